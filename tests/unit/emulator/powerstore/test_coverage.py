# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README of the emulator says how much of the API is emulated, as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import jobwise_emulator
from jobwise_emulator.powerstore import coverage

README = Path(jobwise_emulator.__file__).parents[1] / "README.md"
COMMAND = "python -m jobwise_emulator.powerstore.coverage tests/emulator/README.md"


def test_the_readme_says_what_is_emulated() -> None:
    have = README.read_text(encoding="utf-8")
    assert coverage.START in have
    assert have == coverage.written(have), f"run: PYTHONPATH=tests/emulator {COMMAND}"


def test_the_command_writes_the_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "README.md"
    page.write_text(f"before\n{coverage.START}\nold\n{coverage.END}\nafter\n", encoding="utf-8")
    assert coverage.main([str(page)]) == 0
    assert page.read_text(encoding="utf-8") == f"before\n{coverage.START}\n{coverage.text()}\n{coverage.END}\nafter\n"
    assert coverage.main([]) == 2
    assert "Usage" in capsys.readouterr().err
