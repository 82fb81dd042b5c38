# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Inventory plugins and event sources are documented as they are, and shipped."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.inventory import oneview, ontap_select
from ansible_collections.jobwise.appliance.plugins.plugin_utils.event_source import SPEC
from tests.unit.project.sources import ROOT
from tools import plugin_options

EDA = ROOT / "extensions" / "eda"
EVENT_SOURCES = sorted((EDA / "plugins" / "event_source").glob("*.py"))
ANSIBLES = {"plugin"}
COMMON = ("strict", "compose", "groups", "keyed_groups", "cache")
"""What Ansible's fragments add. The options of the cache have names that begin with that of the last one."""
KEYS = ("type", "elements", "choices", "default")


def documented(text: str) -> dict[str, dict[str, t.Any]]:
    """Return the options of a documentation."""
    options: dict[str, dict[str, t.Any]] = yaml.safe_load(text)["options"]
    return options


def facts(option: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    """Return what documentation and code must say alike of an option."""
    return {key: option[key] for key in KEYS if option.get(key) is not None}


@pytest.mark.parametrize("module", [oneview, ontap_select], ids=lambda module: module.__name__.rpartition(".")[2])
def test_options_of_an_inventory(module: t.Any) -> None:
    task = module.InventoryModule.TASK
    fragment = (ROOT / "plugins" / "doc_fragments" / f"{task.name}.py").read_text(encoding="utf-8")
    connection = documented(re.findall(r'    PLUGIN = r"""\n(.*?)"""', fragment, re.DOTALL)[0])
    own = documented(module.DOCUMENTATION)
    assert set(own) - ANSIBLES == set(task.spec)
    assert {name: facts(own[name]) for name in task.spec} == {name: facts(one) for name, one in task.spec.items()}
    assert {name: facts(one) for name, one in connection.items()} == {
        name: facts(one) for name, one in task.platform.options.items()
    }
    variables = {name: one["env"][0]["name"] for name, one in connection.items()}
    assert variables == {name: one["env"] for name, one in task.platform.options.items()}
    for example in yaml.safe_load_all(module.EXAMPLES):
        left = set(example) - {*own, *connection, *COMMON}
        assert [name for name in left if not name.startswith("cache_")] == []


@pytest.mark.parametrize("path", EVENT_SOURCES, ids=lambda path: path.stem)
def test_options_of_an_event_source(path: Path) -> None:
    module = runpy.run_path(str(path))
    source = module["SOURCE"]
    options = {**SPEC, **source.platform.options}
    assert source.name == path.stem
    found = documented(module["DOCUMENTATION"])
    assert {name: facts(one) for name, one in found.items()} == {name: facts(one) for name, one in options.items()}
    (example,) = yaml.safe_load(module["EXAMPLES"])
    used = example["sources"][0][f"jobwise.appliance.{source.name}"]
    assert set(used) <= set(options)


def test_rulebooks_use_event_sources_and_playbooks_that_exist() -> None:
    names = {path.stem for path in (*EVENT_SOURCES, *(ROOT / "playbooks").glob("*.yml"))}
    for path in (EDA / "rulebooks").glob("*.yml"):
        used = re.findall(r"jobwise\.appliance\.(\w+)", path.read_text(encoding="utf-8"))
        assert set(used) <= names | {path.stem} and len(used) > 2


def test_galaxy_lists_the_event_sources() -> None:
    (one,) = yaml.safe_load((ROOT / "meta" / "extensions.yml").read_text(encoding="utf-8"))["extensions"]
    assert ROOT / "extensions" / one["args"]["ext_dir"] == EDA / "plugins" / "event_source"


def test_an_option_that_a_variable_can_give_is_not_required_in_an_inventory() -> None:
    text = (
        "  host:\n    description:\n"
        "      - Required in the task, in C(module_defaults), or as the environment variable E(X_HOST).\n"
        "    type: str\n    required: true\n"
    )
    assert plugin_options.of_inventory(text) == (
        "  host:\n    description:\n      - Required in the file, or as the environment variable E(X_HOST).\n"
        "    type: str\n    env:\n      - name: X_HOST\n"
    )
    assert "required: true" not in plugin_options.of_event_source(text)


@pytest.mark.parametrize("is_ordinary", [False, True], ids=["namespace", "package"])
def test_an_event_source_imports_from_its_own_collection(tmp_path: Path, is_ordinary: bool) -> None:
    """Also if there is another copy, beside an ``ansible_collections`` that the package ansible has made ordinary."""
    other = tmp_path / "other" / "ansible_collections"
    errors = other / "jobwise" / "appliance" / "plugins" / "module_utils" / "_engine" / "errors.py"
    errors.parent.mkdir(parents=True)
    (errors.parent / "__init__.py").touch()
    errors.write_text("", encoding="utf-8")
    if is_ordinary:
        (other / "__init__.py").touch()
    mine = tmp_path / "mine" / "ansible_collections" / "jobwise" / "appliance"
    mine.parent.mkdir(parents=True)
    mine.symlink_to(ROOT, target_is_directory=True)
    code = (
        f"import runpy, sys; sys.path.insert(0, {str(other.parent)!r})\n"
        f"runpy.run_path({str(mine / 'extensions/eda/plugins/importing.py')!r})['make_importable']()\n"
        "from ansible_collections.jobwise.appliance.plugins.module_utils._engine import errors; print(errors.__file__)"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.startswith(str(mine)), done.stdout + done.stderr
