# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs commands in the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.run.collection import ROOT

__all__ = ["BIN", "ROOT", "Failed", "run"]

BIN = Path(sys.executable).parent
"""The commands of the environment that runs this, with the newest ansible-core."""


class Failed(Exception):
    """A command ended with an error; it has said why."""


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> None:
    """Run a command, show what it prints; raise Failed unless it succeeds."""
    sys.stdout.flush()
    done = subprocess.run([str(part) for part in command], cwd=cwd, env={**os.environ, **environment}, check=False)
    if done.returncode:
        raise Failed(f"{' '.join(str(part) for part in command[:4])} ... ended with {done.returncode}")
