# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection declares about itself agrees with what it contains."""

from __future__ import annotations

import ast
import re
import typing as t
from pathlib import Path

import pytest
import yaml

from tests.unit.project.sources import ROOT, project_files

PLUGINS = ROOT / "plugins"
MODULES = sorted(path for path in (PLUGINS / "modules").glob("*.py"))
PLATFORMS = sorted(
    path.name.lstrip("_")
    for path in (PLUGINS / "module_utils").iterdir()
    if path.is_dir() and path.name not in ("_engine", "_http", "_certificates", "_documents", "__pycache__")
)


def load(name: str) -> t.Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def constant(path: Path, name: str) -> str:
    """Return a string that a file assigns to a name at its top level."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return str(ast.literal_eval(node.value))
    raise KeyError(f"{path.name} has no {name}")


def fragments(module: Path) -> list[str]:
    return list(yaml.safe_load(constant(module, "DOCUMENTATION"))["extends_documentation_fragment"])


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_action_group_holds_all_modules_of_its_platform(platform: str) -> None:
    """Else module_defaults would carry the connection to some modules and not to others."""
    using = {path.stem for path in MODULES if f"jobwise.appliance.{platform}" in fragments(path)}
    assert using
    assert set(load("meta/runtime.yml")["action_groups"][platform]) == using


def test_every_platform_of_a_module_has_an_action_group() -> None:
    assert set(load("meta/runtime.yml")["action_groups"]) == set(PLATFORMS)


def test_every_module_has_the_action_plugin_of_its_platform() -> None:
    plugins = {path.stem for path in (PLUGINS / "action").glob("*.py")} - {"__init__"}
    documents = "powerstore_config"
    assert plugins == {documents, *(f"{platform}_info" for platform in PLATFORMS)}
    routed = {
        name: route["action_plugin"] for name, route in load("meta/runtime.yml")["plugin_routing"]["modules"].items()
    }
    groups = load("meta/runtime.yml")["action_groups"]
    assert routed.pop(documents) == f"jobwise.appliance.{documents}"
    assert routed == {
        name: f"jobwise.appliance.{platform}_info"
        for platform, names in groups.items()
        for name in names
        if name != documents
    }


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_module_says_what_it_promises(module: Path) -> None:
    promises = [name for name in fragments(module) if name.startswith("jobwise.appliance.attributes.")]
    assert "jobwise.appliance.attributes" in fragments(module) and len(promises) == 1


@pytest.mark.parametrize("path", [*MODULES, *sorted((PLUGINS / "doc_fragments").glob("*.py"))], ids=lambda p: p.stem)
def test_no_markup_ends_at_a_parenthesis_of_its_own(path: Path) -> None:
    """C(a(b)) ends behind b. Only semantic markup can escape a parenthesis, as in V(a(b\\))."""
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\b[CIBMULR]\([^()]*\([^()]*\)", text) == []
    assert re.findall(r"\b[VOEP]\((?:[^()\\]|\\.)*\((?:[^()\\]|\\.)*\)\)", text) == []


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_examples_name_modules_in_full(module: Path) -> None:
    keywords = {"name", "register", "loop", "when", "vars", "module_defaults", "block", "check_mode", "diff"}
    tasks = yaml.safe_load(constant(module, "EXAMPLES"))
    used = {key for task in tasks for key in task if key not in keywords}
    assert f"jobwise.appliance.{module.stem}" in used
    assert all(re.fullmatch(r"\w+\.\w+\.\w+", key) for key in used), used


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_module_is_played_against_the_emulator(module: Path) -> None:
    """By the shared play with values of its own, by a target of its own, or by both."""
    target = ROOT / "tests" / "integration" / "targets" / module.stem / "tasks" / "main.yml"
    assert target.is_file() or (ROOT / "tests" / "values" / f"{module.stem}.yml").is_file()


WITHOUT_VALUES = {"appliance", "import_session", "file_import_session"}
"""An appliance can only be renamed, and nobody makes one. Sessions change from state to state by themselves; their own
fault tests cut and interrupt them in each state."""


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_the_fault_tests_cover_every_module_that_a_table_serves(module: Path) -> None:
    """They take its options from its values."""
    source = module.read_text(encoding="utf-8")
    if any(word in source for word in ("resource_task(", "ResourceType(", ".argument_spec()")):
        has_values = (ROOT / "tests" / "values" / f"{module.stem}.yml").is_file()
        assert has_values or module.stem in WITHOUT_VALUES


def test_the_archive_leaves_out_what_only_development_needs() -> None:
    left_out = set(load("galaxy.yml")["build_ignore"])
    kept = {"changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "roles"}
    kept |= {
        "CHANGELOG.md",
        "CODE_OF_CONDUCT.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "galaxy.yml",
    }
    kept |= {"requirements.txt", "LICENSES", "REUSE.toml"}
    names = [path.relative_to(ROOT) for path in project_files()]
    assert {name.parts[0] for name in names if not left_out & {name.parts[0], "/".join(name.parts[:2])}} - kept == set()
    assert not kept & left_out


def test_the_archive_has_extensions_that_are_not_for_development() -> None:
    """Such as event sources, which Ansible looks for in this folder."""
    left_out = {name for name in load("galaxy.yml")["build_ignore"] if name.startswith("extensions")}
    assert left_out == {"extensions/molecule"}


def test_the_authors_are_as_short_as_galaxy_takes_them() -> None:
    assert [author for author in load("galaxy.yml")["authors"] if len(author) > 64] == []


def test_the_page_of_environment_variables_has_them_all() -> None:
    """Modules name them as E(NAME); without the directive, a page has nowhere to link to."""
    named = {
        name
        for path in (*(PLUGINS / "doc_fragments").glob("*.py"), *MODULES)
        for name in re.findall(r"E\((\w+)\)", path.read_text(encoding="utf-8"))
    }
    page = (ROOT / "docs" / "docsite" / "rst" / "environment.rst").read_text(encoding="utf-8")
    described = re.findall(r"^\.\. envvar:: (\w+)$", page, re.MULTILINE)
    assert sorted(described) == sorted(named)
    assert sorted(load("docs/docsite/config.yml")["envvar_directives"]) == sorted(named)


def test_the_readme_lists_every_module() -> None:
    row = r"^\| \[`(\w+)`\]\(\S+/plugins/modules/\w+\.py\) \| (.*) \|$"
    rows = re.findall(row, (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    documents = [(path.stem, yaml.safe_load(constant(path, "DOCUMENTATION"))) for path in MODULES]
    assert sorted(rows) == [(name, document["short_description"]) for name, document in documents]


def kinds() -> set[str]:
    """The words that ``error.kind`` can be, but for the one of the base class, which is never raised itself."""
    words = {
        str(getattr(node.value, "value", ""))
        for one in ast.walk(ast.parse((PLUGINS / "module_utils" / "_engine" / "errors.py").read_text(encoding="utf-8")))
        if isinstance(one, ast.ClassDef)
        for node in one.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "kind"
    }
    return words - {"error"}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_every_module_lists_the_kinds_of_its_errors(module: Path) -> None:
    told = yaml.safe_load(constant(module, "RETURN"))["error"]["description"]
    assert set(re.findall(r"V\((\w+)\)", told[0])) == kinds()


@pytest.mark.parametrize("page", ["README.md", "docs/errors.md"])
def test_the_kinds_of_errors_are_told_where_people_look(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [kind for kind in sorted(kinds()) if f"`{kind}`" not in text] == []


def test_the_guide_to_errors_has_a_row_for_each_kind() -> None:
    table = (
        (ROOT / "docs" / "errors.md").read_text(encoding="utf-8").partition("## Kinds of errors")[2].partition("## ")[0]
    )
    assert sorted(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == sorted(kinds())


def test_every_guide_has_its_place_in_the_site() -> None:
    """A guide that is not in docs/guides.yml would be on no page that leads to it."""
    listed = [name for names in load("docs/guides.yml").values() for name in names]
    assert [path.stem for path in (ROOT / "docs").glob("*.md") if path.stem not in listed] == []
    assert len(listed) == len(set(listed))


def test_requirements_agree() -> None:
    """What an execution environment installs is what the collection needs; ansible-core is not for it to choose."""
    environment = load("meta/execution-environment.yml")["dependencies"]["python"]
    needed = (ROOT / environment).read_text(encoding="utf-8").split()
    assert [re.split(r"[<>=~]", line)[0] for line in needed] == ["requests"]
