# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Python keeps the compiled code of the collection, and of nothing else."""

from __future__ import annotations

import importlib
import sys
import types
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.plugin_utils.compiled import CompiledFinder, compiled

PACKAGE = "kept_for_a_test"


@pytest.fixture(name="folder")
def a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package whose compiled code is kept."""
    package = types.ModuleType(PACKAGE)
    package.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, PACKAGE, package)
    monkeypatch.delitem(sys.modules, f"{PACKAGE}.one", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return tmp_path


def imported() -> int:
    """Import the module of the package as a new process does, and return its value."""
    sys.modules.pop(f"{PACKAGE}.one", None)
    finders = [*sys.meta_path]
    with compiled(PACKAGE):
        value: int = importlib.import_module(f"{PACKAGE}.one").VALUE
    assert sys.meta_path == finders
    return value


def test_compiled_code_is_kept_and_follows_its_source(folder: Path) -> None:
    (folder / "one.py").write_text("VALUE = 1\n", encoding="utf-8")
    assert imported() == 1
    (kept,) = (folder / "__pycache__").iterdir()
    before = kept.stat().st_mtime_ns
    assert imported() == 1
    assert kept.stat().st_mtime_ns == before
    (folder / "one.py").write_text("VALUE = 2000\n", encoding="utf-8")
    assert imported() == 2000


def test_where_nothing_may_be_written_the_import_works_as_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (folder / "one.py").write_text("VALUE = 1\n", encoding="utf-8")
    assert imported() == 1
    assert not (folder / "__pycache__").exists()


@pytest.mark.parametrize("name", ["other.one", PACKAGE, f"{PACKAGE}.nosuch", f"{PACKAGE}.without_code"])
def test_all_else_is_left_to_other_finders(name: str, folder: Path) -> None:
    (folder / "one.py").write_text("VALUE = 1\n", encoding="utf-8")
    (folder / "without_code").mkdir()
    assert CompiledFinder(PACKAGE).find_spec(name, [str(folder)]) is None
