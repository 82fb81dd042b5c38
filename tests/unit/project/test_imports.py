# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task imports is most of what it costs, so it does not grow unnoticed."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import typing as t

PLUGINS = "ansible_collections.jobwise.appliance.plugins."
BY_ANSIBLE = {"action", "plugin_utils", "plugin_utils.compiled", "plugin_utils.lasting", "modules", "module_utils"}
"""What Ansible's own loader imports: packages, and what is needed to import the rest otherwise."""

SCRIPT = """
import importlib, json, sys
from ansible.plugins.loader import init_plugin_loader
import ansible.plugins.action
init_plugin_loader([])
plugins = sys.argv[1]
seen = {}
for name in sys.argv[2:]:
    before = set(sys.modules)
    importlib.import_module(plugins + name)
    new = [one for one in sys.modules if one.startswith(plugins) and one not in before]
    seen[name] = {one[len(plugins):]: type(sys.modules[one].__spec__.loader).__name__ for one in new}
print(json.dumps(seen))
"""


@functools.lru_cache(maxsize=None)
def imported() -> dict[str, dict[str, str]]:
    """Return what a process imports for a task, then for a document, each with the class of its loader."""
    names = ("action", "modules.volume_group", "action.powerstore_config")
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT, PLUGINS, *names], check=True, capture_output=True, text=True, timeout=60
    )
    found: dict[str, dict[str, str]] = json.loads(answer.stdout)
    return found


def of(names: t.Iterable[str], start: str) -> list[str]:
    """Return the names that start so."""
    return [name for name in names if name.startswith(f"module_utils.{start}")]


def test_compiled_code_is_kept_of_all_that_is_imported() -> None:
    compiled_again = {
        name for modules in imported().values() for name, loader in modules.items() if loader != "SourceFileLoader"
    }
    assert compiled_again == BY_ANSIBLE
