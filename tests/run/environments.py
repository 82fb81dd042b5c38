# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The virtual environments of the steps, made when they are first needed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.run.command import ROOT, run

VENVS = ROOT / ".cache" / "venvs"
# The oldest supported ansible-core, and the Pythons that it runs its tests on; the next one for machines without these.
OLDEST = (("2.16", ("3.10", "3.11", "3.12")), ("2.18", ("3.13",)))
# The ansible-core that Galaxy's importer works with, and its Pythons.
IMPORTER = ("2.18", ("3.13", "3.12", "3.11"))


def lint_bin() -> Path:
    """Return the commands of the environment with the linters and molecule."""
    run("tests/run/venv.sh", VENVS / "lint", "newest", "ansible-core", "tests/lint-requirements.txt")
    return VENVS / "lint" / "bin"


def oldest_bin() -> Path | None:
    """Return the commands of the environment with the oldest ansible-core that this machine can install."""
    there = pythons()
    for core, supported in OLDEST:
        python = next((there[version] for version in supported if version in there), None)
        if python:
            folder = VENVS / f"core-{core}"
            run("tests/run/venv.sh", folder, python, f"ansible-core=={core}.*", "requests")
            return folder / "bin"
    return None


def importer_bin() -> Path | None:
    """Return the commands of the environment with Galaxy's importer, None if no Python here can run it."""
    core, supported = IMPORTER
    python = next((path for version, path in pythons().items() if version in supported), None)
    if not python:
        print(f"galaxy-importer is not run: it needs one of Python {', '.join(supported)}")
        return None
    folder = VENVS / "importer"
    run("tests/run/venv.sh", folder, python, "galaxy-importer", f"ansible-core=={core}.*")
    return folder / "bin"


def pythons(*versions: str) -> dict[str, str]:
    """Return the Pythons of this machine: version to path. versions: which ones; the preferred first without them."""
    command = [str(ROOT / "tests" / "run" / "pythons.sh"), *versions]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(line.split(" ", 1) for line in listed.splitlines())
