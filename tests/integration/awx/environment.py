# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An environment like AWX's own: ansible-runner, AWX's code that injects credentials, and the collection awx.awx."""

from __future__ import annotations

import fcntl
import subprocess
import tempfile
import zipfile
from pathlib import Path

from tests.conformance.environment import ROOT, VENVS, with_package

RUNNER = "ansible-runner==2.4.3"
INJECTOR = "awx-plugins-interfaces==0.0.1a5"
BUILDER = "ansible-builder==3.2.0"
COLLECTIONS = "ansible==12.3.0"
"""The newest package with awx.awx, in version 24.6.1. Of its 500 MB, only this collection is unpacked."""
MODULES = "ansible_collections/awx/awx/"


def awx_bin() -> Path:
    """Return the commands of the environment; an error if it cannot be installed."""
    python = with_package("awx", RUNNER, INJECTOR, BUILDER, "ansible-core", "requests")
    packages = next((python.parents[1] / "lib").glob("python*/site-packages"))
    with (VENVS / "awx.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (packages / MODULES / "MANIFEST.json").exists():
            unpack(python, packages)
    return python.parent


def unpack(python: Path, packages: Path) -> None:
    """Put awx.awx where Ansible finds it beside this collection."""
    with tempfile.TemporaryDirectory() as name:
        command = [str(python), "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:"]
        done = subprocess.run(
            [*command, "-d", name, COLLECTIONS], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{COLLECTIONS} cannot be downloaded:\n{done.stdout}{done.stderr}")
        with zipfile.ZipFile(next(Path(name).glob("*.whl"))) as wheel:
            files = [one for one in wheel.namelist() if one.startswith(MODULES)]
            files.sort(key=lambda one: one.endswith("MANIFEST.json"))  # last, as a sign that all are there
            wheel.extractall(packages, files)
