# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Environments with other people's clients. They are made once, below .cache, and kept."""

from __future__ import annotations

import fcntl
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENVS = ROOT / ".cache" / "venvs"
ONEVIEW_SDK = "hpeOneView==11.4.0"
POWERSTORE_SDK = "PyPowerStore==3.5.1.0"
SCHEMATHESIS = "schemathesis==4.32.5"


def oneview_sdk() -> Path:
    """The Python that has the vendor's SDK for OneView; an error if it cannot be installed."""
    return with_package("oneview-sdk", ONEVIEW_SDK)


def powerstore_sdk() -> Path:
    """The Python that has the vendor's SDK for PowerStore; an error if it cannot be installed."""
    return with_package("powerstore-sdk", POWERSTORE_SDK)


def schemathesis() -> Path:
    """The Python that has schemathesis, which sends requests made from an OpenAPI document; an error without it."""
    return with_package("schemathesis", SCHEMATHESIS)


def with_package(name: str, *packages: str) -> Path:
    """The Python of the environment of that name, which has packages from PyPI; an error if one cannot be installed."""
    folder = VENVS / name
    VENVS.mkdir(parents=True, exist_ok=True)
    with (VENVS / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = ["tests/run/venv.sh", str(folder), "newest", *packages]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{packages[0]} cannot be installed:\n{done.stdout}{done.stderr}")
    return folder / "bin" / "python"
