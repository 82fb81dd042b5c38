# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The virtual environments of the steps, made when they are first needed."""

from __future__ import annotations

import subprocess
import typing as t
from pathlib import Path

from tests.run.command import ROOT, run

VENVS = ROOT / ".cache" / "venvs"


class Python(t.NamedTuple):
    """A Python of this machine."""

    version: str
    path: str


# Each supported ansible-core, the oldest first, and the Pythons that it runs its tests on. The first Python that is
# there is taken; the first ones differ, so that all of them are tried.
CORES = {
    "2.16": ("3.10", "3.11", "3.12"),
    "2.17": ("3.11", "3.10", "3.12"),
    "2.18": ("3.12", "3.13", "3.11"),
    "2.19": ("3.13", "3.11", "3.12"),
    "2.20": ("3.12", "3.13", "3.14"),
    "2.21": ("3.13", "3.12", "3.14"),
}
# The ansible-core that Galaxy's importer works with, and its Pythons.
IMPORTER = ("2.18", ("3.13", "3.12", "3.11"))

# The Pythons for which there are wheels of all that ansible-rulebook needs.
RULEBOOK = ("3.13", "3.12")


def lint_bin() -> Path:
    """Return the commands of the environment with the linters and molecule."""
    run("tests/run/venv.sh", VENVS / "lint", "newest", "ansible-core", "tests/lint-requirements.txt")
    return VENVS / "lint" / "bin"


def oldest_bin() -> Path | None:
    """Return the commands of the environment with the oldest ansible-core that this machine can install."""
    core = next((core for core in CORES if python_of(core)), None)
    return core_bin(core) if core else None


def core_bin(core: str) -> Path | None:
    """Return the commands of the environment with an ansible-core and what tests need, None without a Python for it."""
    python = python_of(core)
    if not python:
        return None
    folder = VENVS / f"core-{core}"
    run("tests/run/venv.sh", folder, python.path, f"ansible-core=={core}.*", "tests/requirements.txt")
    return folder / "bin"


def python_of(core: str) -> Python | None:
    """Return the Python here that an ansible-core is tested on, None if there is none."""
    there = pythons()
    return next((Python(version, there[version]) for version in CORES[core] if version in there), None)


def coverage_bin() -> Path:
    """Return the commands of the environment that measures which lines the tests run."""
    run("tests/run/venv.sh", VENVS / "coverage", "newest", "ansible-core", "coverage", "tests/requirements.txt")
    return VENVS / "coverage" / "bin"


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


def rulebook_bin() -> Path | None:
    """Return the commands of the environment with ansible-rulebook, None if no Python here can run it."""
    python = next((path for version, path in pythons().items() if version in RULEBOOK), None)
    if not python:
        print(f"ansible-rulebook is not run: it needs one of Python {', '.join(RULEBOOK)}")
        return None
    run(
        "tests/run/venv.sh",
        VENVS / "rulebook",
        python,
        "ansible-rulebook",
        "ansible-runner",
        "ansible-core",
        "requests",
    )
    return VENVS / "rulebook" / "bin"


def pythons(*versions: str) -> dict[str, str]:
    """Return the Pythons of this machine: version to path. versions: which ones; the preferred first without them."""
    command = [str(ROOT / "tests" / "run" / "pythons.sh"), *versions]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(line.split(" ", 1) for line in listed.splitlines())
