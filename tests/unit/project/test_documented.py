# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation of each module with a PowerStore table says the limits, releases and choices of that table."""

from __future__ import annotations

import dataclasses
import importlib
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.define import CONVENTION, define
from tests.unit.project.sources import ROOT
from tools.documented import missing
from tools.update_docs import string

MODULES = "ansible_collections.jobwise.appliance.plugins.modules"


def documented() -> t.Iterator[tuple[str, ResourceType, dict[str, t.Any]]]:
    """Yield each module with a table of PowerStore: its name, its table, and the documentation of its options."""
    for path in sorted((ROOT / "plugins" / "modules").glob("*.py")):
        if "_powerstore.resources" in path.read_text(encoding="utf-8"):
            module = importlib.import_module(f"{MODULES}.{path.stem}")
            tables = [
                value
                for value in vars(module).values()
                if isinstance(value, ResourceType) and value.convention is CONVENTION
            ]
            options = yaml.safe_load(module.DOCUMENTATION)["options"]
            yield from ((path.stem, table, options) for table in tables)


DOCUMENTED = {name: (table, options) for name, table, options in documented()}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_documentation_says_what_the_table_says(name: str) -> None:
    assert missing(*DOCUMENTED[name]) == []


def structures(value: t.Any) -> list[t.Any]:
    """Return the paragraphs below the key description that YAML reads as structures, as it does after ``word: ``."""
    if isinstance(value, list):
        return [one for item in value for one in structures(item)]
    if not isinstance(value, dict):
        return []
    own = value.get("description", [])
    paragraphs = [one for one in own if not isinstance(one, str)] if isinstance(own, list) else []
    return paragraphs + [one for key, item in value.items() if key != "description" for one in structures(item)]


@pytest.mark.parametrize("path", sorted((ROOT / "plugins" / "modules").glob("*.py")), ids=lambda path: path.stem)
def test_paragraphs_are_texts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in ("DOCUMENTATION", "RETURN"):
        assert structures(yaml.safe_load(string(text, name))) == []


def test_a_paragraph_that_is_no_text_is_found() -> None:
    page = "description: [Good.]\noptions: {a: {description: ['Fine: in quotes.']}, b: {description: [Bad: here.]}}"
    assert structures(yaml.safe_load(page)) == [{"Bad": "here."}]


def test_modules_are_found() -> None:
    assert {"volume_group", "local_user"} <= set(DOCUMENTED)


RULE = define("snapshot_rule", offer=("interval", "desired_retention", "is_secure", "is_read_only", "remote_system"))


@pytest.mark.parametrize(
    ("option", "change", "fault"),
    [
        ("desired_retention", {"description": "1 to 61320 hours."}, "desired_retention: say '1 to 613200.'"),
        ("is_secure", {"description": "Since 3.0."}, "is_secure: say 'On PowerStoreOS 3.5 and later.'"),
        (
            "is_read_only",
            {"description": "x"},
            "is_read_only: say 'It can be set only when the snapshot rule is created.'",
        ),
        ("name", {"description": "Up to 12 characters."}, "name: say 'Up to 128 characters.'"),
        ("remote_system", {"description": 'V("") PowerStoreOS 3.5 and later'}, "remote_system: say 'By name or id.'"),
        ("interval", {"choices": ["One_Day"]}, "interval: the choices are "),
    ],
)
def test_what_it_says_otherwise_is_found(option: str, change: dict[str, t.Any], fault: str) -> None:
    text = '1 to 613200, 128 characters, PowerStoreOS 3.5 and later, only when, name or id, V("")'
    spec = RULE.argument_spec()
    options = {name: {"description": [text], "choices": spec[name].get("choices")} for name in spec}
    options = {
        name: {key: value for key, value in entry.items() if value is not None} for name, entry in options.items()
    }
    assert missing(dataclasses.replace(RULE), options) == []
    options[option] = {**options[option], **change}
    assert [found[: len(fault)] for found in missing(RULE, options)] == [fault]
