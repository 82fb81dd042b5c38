# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ansible-builder makes of the collection and of the project's file. `tests/run/image.sh` builds the image."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .environment import awx_bin
from .setup import PROJECT


def test_the_builder_finds_what_the_collection_needs(collections_path: Path) -> None:
    command = [str(awx_bin() / "ansible-builder"), "introspect", "--sanitize", str(collections_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "- 'requests>=2.25.0  # from collection jobwise.appliance'" in done.stdout
    assert "system: []" in done.stdout


def test_the_builder_takes_the_file_of_the_project(tmp_path: Path) -> None:
    command = [str(awx_bin() / "ansible-builder"), "create", "-c", str(tmp_path), "--output-filename", "Containerfile"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = (tmp_path / "Containerfile").read_text(encoding="utf-8").splitlines()
    # The base is an argument of the build, so that another one, or a digest, needs no other file.
    assert (
        any(line.startswith('ARG EE_BASE_IMAGE="registry.') for line in lines)
        and "FROM $EE_BASE_IMAGE AS base" in lines
    )
    requirements = (tmp_path / "_build" / "requirements.yml").read_text(encoding="utf-8")
    assert requirements == (PROJECT / "collections" / "requirements.yml").read_text(encoding="utf-8")


def test_a_signature_covers_every_file_of_the_project() -> None:
    """ansible-sign takes the files that MANIFEST.in names."""
    covered = {PROJECT / "MANIFEST.in"}
    for line in (PROJECT / "MANIFEST.in").read_text(encoding="utf-8").splitlines():
        command, *words = line.split()
        covered |= set((PROJECT / words[0]).rglob(words[1]) if command == "recursive-include" else [PROJECT / words[0]])
    assert covered == {path for path in PROJECT.rglob("*") if path.is_file()}
