# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a command and measures what it costs: the command itself, and what the emulated array saw of it."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import subprocess
import tempfile
import time
import typing as t
from pathlib import Path

from jobwise_emulator.process import Emulator
from tests.playbook import ROOT, ansible_environment, ansible_playbook, connection

LONGEST = 300.0
"""Seconds after which a command is stopped: something is wrong then."""

WRITES = ("POST", "PATCH", "DELETE")


@dataclasses.dataclass(frozen=True)
class Measured:
    """What a command cost.

    seconds: from start to end. cpu: of the command and all processes that it started. memory: MB of the largest of
    these processes. requests: all that the array got; reads: those that read, without logins. left: sessions that are
    still open.
    """

    seconds: float
    cpu: float
    memory: float
    requests: int = 0
    reads: int = 0
    writes: int = 0
    connections: int = 0
    logins: int = 0
    left: int = 0


class CommandFailed(RuntimeError):
    """A command that is measured ended with an error; the text has what it wrote."""


def measure(command: t.Sequence[str], environment: t.Mapping[str, str]) -> Measured:
    """Run a command to its end, and measure it. Whatever interrupts this ends the command, too."""
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdout=output, stderr=output, start_new_session=True
        )
        ended = False
        alarm = signal.signal(signal.SIGALRM, _too_long)
        signal.setitimer(signal.ITIMER_REAL, LONGEST)
        try:
            dummy, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            ended = True
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, alarm)
            if not ended:
                _end(process)
        seconds = time.monotonic() - start
        if process.returncode:
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
            raise CommandFailed(f"{' '.join(command)} ended with {process.returncode}:\n{text[-3000:]}")
    return Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _too_long(number: int, frame: object) -> None:
    raise CommandFailed(f"A command took longer than {LONGEST:g} s.")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command and what it has started: all are in a process group of their own."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def counted(measured: Measured, emulator: Emulator) -> Measured:
    """Return what was measured, with what the array saw since its last reset."""
    seen, sessions = emulator.requests(), emulator.sessions()
    requests = [one for one in seen["requests"] if "log" not in one["path"].rpartition("/")[2]]
    writes = sum(one["method"] in WRITES for one in requests)
    return dataclasses.replace(
        measured,
        requests=len(seen["requests"]),
        reads=len(requests) - writes,
        writes=writes,
        connections=seen["connections"],
        logins=sessions["logins"],
        left=len(sessions["open"]),
    )


class Bench:
    """Measures playbooks. folder: for the files that they need."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def playbook(self, play: str, environment: t.Mapping[str, str], *arguments: str) -> Measured:
        """Measure a playbook, given as text."""
        path = self.folder / "play.yml"
        path.write_text(play, encoding="utf-8")
        return measure([ansible_playbook(), str(path), *arguments], environment)

    def against(
        self, emulator: Emulator, play: str, added: float = 0.0, settings: t.Mapping[str, t.Any] | None = None
    ) -> Measured:
        """Measure a playbook against an array in its first state. added: seconds that each request takes longer."""
        self.prepare(emulator, added, settings)
        return counted(self.playbook(play, ansible_environment(**connection(emulator))), emulator)

    def library(self, python: Path, emulator: Emulator, work: str, names: t.Sequence[str], added: float) -> Measured:
        """Measure a loop that starts a process with the vendor's library for each volume group."""
        self.prepare(emulator, added)
        each = (
            f'for name in "$@"; do {python} {Path(__file__).with_name("with_library.py")} {work} "$name" || exit; done'
        )
        environment = ansible_environment(**connection(emulator))
        return counted(measure(["sh", "-c", each, "sh", *names], environment), emulator)

    @staticmethod
    def prepare(emulator: Emulator, added: float = 0.0, settings: t.Mapping[str, t.Any] | None = None) -> None:
        """Bring an array back to its first state, with what it does differently."""
        emulator.reset()
        if settings:
            emulator.change("settings", set=dict(settings))
        if added:
            emulator.fault("delay", times=0, seconds=added)
