# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task imports is most of what it costs, so it does not grow unnoticed."""

from __future__ import annotations

import json
import subprocess
import sys
import typing as t

import pytest

PLUGINS = "ansible_collections.jobwise.appliance.plugins."
DOCUMENTS = "module_utils._powerstore.documents"
BY_ANSIBLE = {
    *("action", "action.powerstore_config", "modules", "module_utils"),
    *("plugin_utils", "plugin_utils.compiled", "plugin_utils.lasting"),
}
"""What Ansible's own loader imports: packages, plugins, and what is needed to import the rest otherwise."""

MOST = {"action": 113, "modules.volume_group": 8, "action.powerstore_config": 86}
"""How many files of the collection are imported before a worker starts, in the worker of a converged task beyond that,
and for documents beyond that. Each takes nearly a millisecond. Rather than raise a number, import where it is needed.
The tables of resource types are not counted: all of them are imported once, before workers start, and there are more
with each family of types.
"""

TABLES = "._powerstore.resources."

LIBRARIES = {"requests", "urllib3", "idna", "charset_normalizer", "certifi"}
"""The packages that are imported beside Ansible and the standard library: requests, and what it needs."""

SCRIPT = """
import importlib, json, sys
from ansible.plugins.loader import init_plugin_loader
from ansible.cli.playbook import PlaybookCLI
import ansible.plugins.action
init_plugin_loader([])
plugins = sys.argv[1]
seen, before = {}, set(sys.modules)
for name in sys.argv[2:]:
    if name.startswith("modules."):  # as the plugin of its platform does
        with importlib.import_module(plugins + "plugin_utils.compiled").compiled(plugins[:-1]):
            importlib.import_module(plugins + name)
    importlib.import_module(plugins + name)
    seen[name] = {one: type(sys.modules[one].__spec__.loader).__name__ for one in sys.modules if one not in before}
    before |= set(seen[name])
print(json.dumps(seen))
"""

Imported = t.Mapping[str, t.Mapping[str, str]]


@pytest.fixture(scope="module", name="imported")
def what_is_imported() -> Imported:
    """By step, the modules that it imports, each with the class of its loader."""
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT, PLUGINS, *MOST], check=True, capture_output=True, text=True, timeout=60
    )
    found: Imported = json.loads(answer.stdout)
    return found


def own(modules: t.Iterable[str]) -> set[str]:
    """Return the names of modules of the collection, without what they begin with."""
    return {name[len(PLUGINS) :] for name in modules if name.startswith(PLUGINS) and TABLES not in name}


@pytest.mark.parametrize("step", MOST)
def test_the_number_of_imported_files_does_not_grow(step: str, imported: Imported) -> None:
    files = own(imported[step])
    assert len(files) <= MOST[step], sorted(files)


def test_a_task_imports_nothing_of_documents(imported: Imported) -> None:
    files = own(imported["action"]) | own(imported["modules.volume_group"])
    assert not [name for name in files if name.startswith(("module_utils._documents", DOCUMENTS))]


def test_no_other_library_is_imported(imported: Imported) -> None:
    packages = {name.partition(".")[0].lstrip("_") for modules in imported.values() for name in modules}
    known = {name.lstrip("_") for name in sys.stdlib_module_names}
    assert {name for name in packages if "__mypyc" not in name} - known - {"ansible_collections"} <= LIBRARIES


def test_compiled_code_is_kept_of_all_that_is_imported(imported: Imported) -> None:
    compiled_again = {
        name
        for modules in imported.values()
        for name, loader in modules.items()
        if name.startswith(PLUGINS) and loader != "SourceFileLoader"
    }
    assert own(compiled_again) == BY_ANSIBLE
