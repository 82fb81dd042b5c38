# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Dependencies point downwards, and only into the engine from everywhere; the engine knows no vendor."""

from __future__ import annotations

import ast
import sys
import typing as t

import pytest

from tests.unit.project.sources import Source, sources

COLLECTION = "ansible_collections.jobwise.appliance."
VENDORS = ("powerstore", "oneview", "ontap", "select_deploy", "dell", "hpe", "netapp")
PLATFORMS = ("powerstore", "oneview", "ontap_select")
THIRD_PARTIES = ("ansible", "requests", "urllib3")

# What each layer may import beside the standard library; every layer may import itself.
MAY_IMPORT = {
    "engine": set[str](),
    "http": {"engine", "requests", "urllib3"},
    "certificates": {"engine"},
    "platform": {"engine", "http", "certificates"},
    "arguments": {"engine", "ansible"},
    "result": {"engine"},
    "task": {"arguments", "result", "engine", "http", "ansible"},
    "documents": {"task", "arguments", "result", "engine", "ansible"},
    "module": {"task", "arguments", "engine", "ansible"},
    "modules": {"module", "task", "documents", "result", "platform", "engine"},
    "plugin_utils": {"task", "arguments", "result", "engine", "http", "ansible"},
    "action": {"plugin_utils", "platform"},
    "inventory": {"plugin_utils", "task", "platform"},
    "event_source": {"plugin_utils", "platform"},
    "filter": {"plugin_utils", "ansible"},
    "doc_fragments": set[str](),
}


def layer_of(path: str) -> str:
    """Return the layer that a file or dotted name of the collection belongs to."""
    plain = path.removesuffix(".py").replace("/", ".").removeprefix("extensions.eda.")
    parts = plain.removeprefix("plugins.").split(".")
    if parts[0] != "module_utils":
        return parts[0]
    name = parts[1].lstrip("_")
    return "platform" if name in PLATFORMS else name


def imported_names(source: Source) -> t.Iterator[str]:
    """Yield the dotted names that a file imports, relative ones made absolute from plugins on."""
    package = source.path.split("/")[:-1]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            # "from . import x" names modules, "from .x import y" what is in one
            names = [f"{module}.{alias.name}" for alias in node.names] if not node.module else [module]
            yield from names


def wrong_imports(source: Source) -> list[str]:
    """Return what the file imports although its layer must not."""
    layer = layer_of(source.path)
    wrong = []
    for name in imported_names(source):
        inner = name.removeprefix(COLLECTION)
        below = layer_of(inner) if inner.startswith("plugins.") else name.split(".")[0]
        ours = inner.startswith("plugins.") or below in THIRD_PARTIES
        if (
            (ours or (layer == "engine" and not is_standard(below)))
            and below != layer
            and below not in MAY_IMPORT[layer]
        ):
            wrong.append(f"{source.path} imports {name}")
    return wrong


def is_standard(module: str) -> bool:
    return module in sys.stdlib_module_names or module == "__future__"


SOURCES = [*sources("plugins"), *sources("extensions/eda/plugins/event_source")]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.path)
def test_dependencies_point_downwards(source: Source) -> None:
    assert wrong_imports(source) == []


@pytest.mark.parametrize(
    "path, line",
    [
        ("plugins/module_utils/_engine/plan.py", "from .._http.transport import Transport"),
        ("plugins/module_utils/_engine/plan.py", "from .. import _task"),
        ("plugins/module_utils/_engine/plan.py", "import yaml"),
        ("plugins/module_utils/_engine/job.py", "from ansible.module_utils.basic import AnsibleModule"),
        ("plugins/module_utils/_http/transport.py", "from .._powerstore.client import PowerStoreClient"),
        ("plugins/module_utils/_powerstore/client.py", "from .._task import Task"),
        ("plugins/module_utils/_powerstore/client.py", "import requests"),
        ("plugins/module_utils/_task.py", f"from {COLLECTION}plugins.modules.volume_group import TASK"),
        ("plugins/modules/volume_group.py", f"from {COLLECTION}plugins.module_utils._http.transport import Transport"),
        ("plugins/module_utils/_task.py", "from ._module import run_module"),
        ("plugins/plugin_utils/sessions.py", f"import {COLLECTION}plugins.module_utils._powerstore.client"),
        ("extensions/eda/plugins/event_source/x.py", f"from {COLLECTION}plugins.module_utils._task import Task"),
        ("plugins/plugin_utils/controller.py", f"from {COLLECTION}plugins.module_utils._module import run_module"),
    ],
)
def test_an_import_upwards_is_noticed(path: str, line: str) -> None:
    assert len(wrong_imports(Source(path, line))) == 1


@pytest.mark.parametrize("source", sources("plugins/module_utils/_engine"), ids=lambda source: source.path)
def test_the_engine_names_no_vendor(source: Source) -> None:
    assert [vendor for vendor in VENDORS if vendor in source.text.lower()] == []
