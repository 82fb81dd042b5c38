# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file of a gathered document: when it is written, what is never overwritten, and who may read it."""

from __future__ import annotations

import dataclasses
import json
import os
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader

from ansible_collections.jobwise.appliance.plugins.module_utils._documents.file import DocumentFile, as_text
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult

DOCUMENT = {"volume": [{"name": "db01", "size": "10 GiB"}], "dns": {"addresses": ["192.0.2.1"]}}


@dataclasses.dataclass
class Array:
    name: str = 'a "b"\nc'
    id: str = "PS1"
    release: str = "4.0.0.0"


def text(now: str = "2026-01-31T12:00:00Z", document: dict[str, t.Any] = DOCUMENT, form: str = "yaml") -> str:
    return as_text(document, form, "powerstore_config", Array(), now)


def write(path: Path, content: str, check: bool = False) -> RunResult:
    record = RunResult()
    reconcile(DocumentFile(str(path), content, ("volume", "dns")), WaitOptions(), check, record)
    return record


@pytest.mark.parametrize("form, load", [("yaml", yaml.safe_load), ("yaml", DataLoader().load), ("json", json.loads)])
def test_the_file_holds_the_document_and_nothing_else(form: str, load: t.Callable[[str], t.Any]) -> None:
    assert load(text(form=form)) == DOCUMENT


def test_it_is_written_once_whatever_the_time(tmp_path: Path) -> None:
    file = tmp_path / "array.yml"
    assert write(file, text(), check=True).changed and not file.exists()
    first = write(file, text())
    assert first.changed and first.plan.sentences() == [f"write {file}"] and first.warnings == []
    assert not write(file, text("2027-01-01T00:00:00Z")).changed and file.read_text(encoding="utf-8") == text()
    other = write(file, text("2027-01-01T00:00:00Z", {}))
    assert other.changed and other.plan.before == {"text": text()} and "2027" in file.read_text(encoding="utf-8")
    assert os.listdir(tmp_path) == ["array.yml"]


def test_who_may_read_it(tmp_path: Path) -> None:
    file = tmp_path / "array.yml"
    mask = os.umask(0o027)
    try:
        write(file, text())
        assert file.stat().st_mode & 0o777 == 0o640
        file.chmod(0o600)
        write(file, text(document={}))
        assert file.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(mask)


@pytest.mark.parametrize("content", ["- hosts: all\n", '{"volume": 1, "hosts": 2}', "[1]", "\x00\udcff"])
def test_other_files_are_never_overwritten(tmp_path: Path, content: str) -> None:
    file = tmp_path / "site.yml"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    for check in (True, False):
        with pytest.raises(InputError, match="holds something other than a gathered document"):
            write(file, text(), check)
    assert file.read_bytes() == content.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    "content", ["", "\n", '{"volume": []}', "# Gathered by jobwise.appliance.powerstore_config\n- a"]
)
def test_empty_and_gathered_files_are(tmp_path: Path, content: str) -> None:
    file = tmp_path / "array.yml"
    file.write_text(content, encoding="utf-8")
    assert write(file, text()).changed and file.read_text(encoding="utf-8") == text()


def test_folders_and_links(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder"):
        write(tmp_path, text())
    missing = tmp_path / "there" / "array.yml"
    assert "there is no folder" in write(missing, text(), check=True).warnings[0]
    with pytest.raises(InputError, match="there is no folder"):
        write(missing, text())
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "out.yml").symlink_to(tmp_path / "out.yml")
    with pytest.raises(InputError, match="is a link to .*out.yml, in another folder"):
        write(tmp_path / "here" / "out.yml", text())
    (tmp_path / "alias.yml").symlink_to("real.yml")
    assert write(tmp_path / "alias.yml", text()).changed
    assert (tmp_path / "alias.yml").is_symlink() and (tmp_path / "real.yml").read_text(encoding="utf-8") == text()
