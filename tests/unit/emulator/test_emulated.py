# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m tests.emulated``: what ends it, ends the emulator as well and leaves no files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jobwise_emulator.process import Emulator
from tests.emulated import THERE
from tests.run.collection import ROOT

ENDINGS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]
CASES = [("powerstore", number) for number in ENDINGS] + [("oneview", ENDINGS[0]), ("ontap_select", ENDINGS[0])]


def alive(pid: int) -> bool:
    """Whether a process runs. One that was not waited for yet counts as gone."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rsplit(")", 1)[1].split()[0] != "Z"


def signals_that_end() -> None:
    """Undo what a shell or nohup has done to a test run in the background: there these signals are ignored."""
    for number in ENDINGS:
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize(("platform", "number"), CASES)
def test_a_signal_ends_the_emulator_too(tmp_path: Path, platform: str, number: signal.Signals) -> None:
    assert {name for name, dummy in CASES} == set(THERE)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.emulated", platform],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=signals_that_end,
    )
    assert process.stdout is not None
    try:
        assert process.stdout.readline().startswith(b"An emulated appliance")
        (folder,) = tmp_path.glob("emulator-*")
        emulator = int((folder / "pid").read_text(encoding="utf-8"))
        assert alive(emulator)
        process.send_signal(number)
        assert process.wait(30) == (0 if number == signal.SIGINT else 128 + number)
    finally:
        process.kill()
        process.stdout.close()
    assert not alive(emulator)
    assert list(tmp_path.iterdir()) == []


def test_a_start_that_is_interrupted_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    emulator = Emulator()

    def interrupted(seconds: float) -> None:
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr("jobwise_emulator.process.time.sleep", interrupted)
    with pytest.raises(KeyboardInterrupt):
        emulator.start()
    assert emulator.process is not None
    assert emulator.process.poll() is not None
    assert not emulator.state.exists()
