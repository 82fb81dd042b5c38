# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the guides print can be used as it is."""

from __future__ import annotations

import re
import types
import typing as t
from pathlib import Path

import jinja2
import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import TYPES, item_type
from tests.unit.project.sources import ROOT

GUIDES = sorted((ROOT / "docs").glob("*.md"))


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(name: str) -> list[t.Any]:
    """Return what the YAML in a guide says."""
    text = read(ROOT / "docs" / name)
    return [yaml.safe_load(one) for one in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]


def injected(inputs: dict[str, t.Any]) -> dict[str, str]:
    """Return the variables that AWX sets for a credential of the type in docs/awx.md."""
    kind, injectors = blocks("awx.md")[:2]
    known = {field["id"] for field in kind["fields"]}
    assert set(kind["required"]) <= set(inputs) <= known
    files = types.SimpleNamespace(filename=types.SimpleNamespace(ca="/runner/env/ca"))
    values = {"unverified": False, **inputs, "tower": files}
    return {name: jinja2.Template(text).render(values) for name, text in injectors["env"].items()}


def test_a_credential_with_nothing_but_a_login_leaves_the_rest_unset() -> None:
    variables = injected({"username": "admin", "password": "secret"})
    assert variables == {
        "POWERSTORE_HOST": "",
        "POWERSTORE_PORT": "",
        "POWERSTORE_USERNAME": "admin",
        "POWERSTORE_PASSWORD": "secret",
        "POWERSTORE_VALIDATE_CERTS": "true",
        "POWERSTORE_CA_PATH": "",
    }


def test_a_credential_with_everything() -> None:
    inputs = {
        "host": "a.example.com",
        "port": "8443",
        "username": "u",
        "password": "p",
        "unverified": True,
        "ca": "PEM",
    }
    variables = injected(inputs)
    assert (variables["POWERSTORE_HOST"], variables["POWERSTORE_PORT"]) == ("a.example.com", "8443")
    assert (variables["POWERSTORE_VALIDATE_CERTS"], variables["POWERSTORE_CA_PATH"]) == ("false", "/runner/env/ca")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_module_in_a_guide_exists_with_these_options(guide: Path) -> None:
    prefix, shared = "jobwise.appliance.", "".join(map(read, (ROOT / "plugins" / "doc_fragments").glob("*.py")))
    for task in tasks(blocks(guide.name)):
        for name, options in task.items():
            if not name.startswith(prefix):
                continue
            text = read(ROOT / "plugins" / "modules" / f"{name[len(prefix) :]}.py") + shared
            assert [one for one in options if f"\n  {one}:\n" not in text] == []


def tasks(value: t.Any) -> t.Iterator[dict[str, t.Any]]:
    """Return all that may be a task in a block."""
    if isinstance(value, dict):
        yield {key: inner for key, inner in value.items() if isinstance(key, str) and isinstance(inner, dict)}
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from tasks(inner)


def test_the_guide_to_documents_lists_what_they_hold() -> None:
    table = read(ROOT / "docs" / "arrays-as-code.md").partition("| a document holds")[2].partition("\n\n")[0]
    held = re.findall(r"`(\w+)`", table)
    assert sorted(held) == sorted(TYPES)
    assert {name for name in held if item_type(name).is_singleton} == {"dns", "ntp", "recycle_bin_config"}
