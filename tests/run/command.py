# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs commands in the checkout."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import typing as t
from pathlib import Path

from tests.run.collection import ROOT

__all__ = ["BIN", "ROOT", "Failed", "chosen", "run"]

BIN = Path(sys.executable).parent
"""The commands of the environment that runs this, with the newest ansible-core."""


PATIENCE = 30
"""Seconds that a command has to clean up when it is ended."""


class Failed(Exception):
    """A command ended with an error; it has said why."""


def run(*command: str | Path, cwd: Path = ROOT, limit: float | None = None, **environment: str) -> None:
    """Run a command, show what it prints; raise Failed unless it succeeds. limit: seconds after which it is ended."""
    sys.stdout.flush()
    called = " ".join(str(part) for part in command[:4])
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        start_new_session=limit is not None,
    )
    try:
        status = process.wait(limit)
    except subprocess.TimeoutExpired:
        raise Failed(f"{called} ... has not ended after {limit:.0f} s") from None
    finally:
        if process.poll() is None:
            stop(process, group=limit is not None)
    if status:
        raise Failed(f"{called} ... ended with {status}")


def stop(process: subprocess.Popen[bytes], group: bool) -> None:
    """End a process. group: with all processes that it has started; those that do not end by themselves are killed."""
    if not group:
        process.terminate()
    else:
        until = time.monotonic() + PATIENCE
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
            while time.monotonic() < until:
                time.sleep(0.05)
                process.poll()
                os.killpg(process.pid, 0)
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def chosen(variable: str, known: t.Collection[str]) -> list[str]:
    """Return what a variable of the environment names, everything known without it."""
    names = (os.environ.get(variable) or " ".join(known)).split()
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise Failed(f"{variable} names {', '.join(unknown)}; there are: {', '.join(known)}")
    return names
