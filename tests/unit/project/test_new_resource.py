# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tool for new modules writes files that fit together, for every type that a table can serve, and no others."""

from __future__ import annotations

import ast
import contextlib
import re
import shutil
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import TYPES
from tests.run import prose
from tests.unit.project.sources import ROOT
from tools import new_resource
from tools.documented import missing
from tools.module_text import SENTENCE, module_text, values_text
from tools.resource_choice import RESERVED, Choice, Refused, choice_of
from tools.update_docs import string

RULES = prose.rules(prose.PATTERNS.read_text(encoding="utf-8"))


def served() -> t.Iterator[Choice]:
    """Yield what can be offered of each type that has a name or is a singleton."""
    for type_ in TYPES:
        with contextlib.suppress(Refused):
            yield choice_of(type_)


UNNAMED = {
    "file_dns": ("nas_server",),
    "file_interface": ("nas_server", "ip_address"),
    "nfs_export": ("name", "file_system.nas_server"),
    "storage_container_destination": ("storage_container", "remote_system"),
}
"""Types that are identified by more than a name, or by what they refer to."""
CHOICES = {
    **{choice.type: choice for choice in served()},
    **{f"{type_} by {identity}": choice_of(type_, identity=identity) for type_, identity in UNNAMED.items()},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with what the tool reads and writes, without the module ntp."""
    for folder in ("plugins/modules", "tests/values"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copytree(ROOT / new_resource.RESOURCES, tmp_path / new_resource.RESOURCES)
    shutil.copy(ROOT / "galaxy.yml", tmp_path)
    system = tmp_path / new_resource.RESOURCES / "system.py"
    tables = re.split(r"(?m)^(?=[A-Z_]+ = )", system.read_text(encoding="utf-8"))
    system.write_text("".join(one for one in tables if not one.startswith("NTP = ")), encoding="utf-8")
    return tmp_path


def test_most_types_are_served() -> None:
    assert len(CHOICES) > 50
    assert {"ntp", "smtp_config", "fc_port", "policy", "io_limit_rule", "nfs_export"} <= set(CHOICES)


@pytest.mark.parametrize("type_", CHOICES)
def test_the_documentation_fits_the_table(type_: str) -> None:
    choice = CHOICES[type_]
    text = module_text(choice, "system", "1.0.0")
    ast.parse(text)
    assert [line for line in text.splitlines() if len(line) > 120] == []
    options = yaml.safe_load(string(text, "DOCUMENTATION"))["options"]
    spec = choice.table().argument_spec()
    keys = ("type", "elements", "choices", "default", "required")
    documented = {name: {key: one[key] for key in keys if key in one} for name, one in options.items()}
    assert documented == {name: {key: one[key] for key in keys if key in one} for name, one in spec.items()}
    assert missing(choice.table(), options) == []
    assert set(options).isdisjoint(RESERVED - {"state", "id", "name", "new_name"})
    for name in ("EXAMPLES", "RETURN"):
        assert yaml.safe_load(string(text, name))


@pytest.mark.parametrize("type_", CHOICES)
def test_the_source_makes_the_table(type_: str) -> None:
    choice = CHOICES[type_]
    imports = "".join(
        f"from ansible_collections.jobwise.appliance.plugins.module_utils.{module.replace('..._engine', '_engine')}"
        f" import {', '.join(names)}\n".replace("module_utils...define", "module_utils._powerstore.define")
        for module, names in choice.imports().items()
    )
    made: dict[str, t.Any] = {}
    exec(imports + choice.source(), made)
    assert repr(made[choice.constant]) == repr(choice.table())


@pytest.mark.parametrize("type_", CHOICES)
def test_the_values_are_options_of_the_module(type_: str) -> None:
    choice = CHOICES[type_]
    values = yaml.safe_load(values_text(choice))
    assert set(values["create"]) | set(values["change"] or ()) <= set(choice.table().argument_spec())
    assert (values.get("absent", "") is None) == (choice.kind != "named")


def test_the_lint_refuses_what_a_person_must_still_write() -> None:
    text = module_text(CHOICES["ntp"], "system", "1.0.0")
    found = [hit for hit in prose.hits("plugins/modules/ntp.py", text, RULES) if hit.found == "TODO"]
    assert len(found) == text.count(SENTENCE) > 2


def test_it_writes_three_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_resource.main(["ntp"], root) == 0
    paths = re.findall(r"(\S+) is written", capsys.readouterr().out)
    assert paths == [
        "plugins/modules/ntp.py",
        "tests/values/ntp.yml",
        "plugins/module_utils/_powerstore/resources/system.py",
    ]
    table = (root / paths[-1]).read_text(encoding="utf-8")
    assert "\nNTP = define(" in table and "\nDNS = define(" in table
    assert new_resource.main(["ntp", "--count"], root) == 0
    assert "   0 lines written by hand in 3 files" in capsys.readouterr().out
    values = root / "tests/values/ntp.yml"
    values.write_text(values.read_text(encoding="utf-8") + "same:\n  - {addresses: [192.0.2.2]}\n", encoding="utf-8")
    assert new_resource.main(["ntp", "--count"], root) == 0
    assert "   2 tests/values/ntp.yml" in capsys.readouterr().out


def test_it_writes_a_new_file_of_tables(root: Path) -> None:
    (root / new_resource.RESOURCES / "network.py").unlink()
    assert new_resource.main(["nfs_export", "--name", "share", "--area", "network"], root) == 0
    table = (root / new_resource.RESOURCES / "network.py").read_text(encoding="utf-8")
    assert "\nfrom ..define import define\n\nSHARE = define(\n" in table
    module = (root / "plugins/modules/share.py").read_text(encoding="utf-8")
    assert 'resource_task(POWERSTORE, SHARE, TableHandler, name="share")' in module


@pytest.mark.parametrize("there", ["plugins/modules/ntp.py", "tests/values/ntp.yml"])
def test_it_never_overwrites(root: Path, capsys: pytest.CaptureFixture[str], there: str) -> None:
    (root / there).write_text("mine", encoding="utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert new_resource.main(["ntp"], root) == 1
    assert f"It exists already: {there}." in capsys.readouterr().err
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["snapshot_ruel"], "no resource type snapshot_ruel. Did you mean snapshot_rule?"),
        (["job"], "No request creates or changes a job. powerstore_info reads it."),
        (["file_dns"], "A file_dns has no name: give --identity"),
        (["file_dns", "--identity", "nas"], "A file_dns has no attribute nas."),
        (["nfs_export", "--identity", "name,file_system.nas"], "A nfs_export has no attribute file_system.nas."),
        (["dns", "--kind", "named"], "No request creates a dns: give --kind existing or singleton."),
    ],
)
def test_what_it_cannot_do(root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    assert new_resource.main(arguments, root) == 1
    assert words in capsys.readouterr().err


def test_imports_are_merged_in_order() -> None:
    text = "from __future__ import annotations\n\nfrom ..define import define\nfrom ..formats import A\n\nX = 1\n"
    needed = {"..define": ["define", "OLDEST"], "..._engine.table.lists": ["Patch", "List"]}
    assert new_resource.with_imports(text, needed) == text.replace(
        "from ..define import define\n",
        "from ..._engine.table.lists import List, Patch\nfrom ..define import OLDEST, define\n",
    )
