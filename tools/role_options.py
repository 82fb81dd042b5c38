# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of modules in a role whose variable lists items with these options.

``update_docs`` writes them into two files of ``roles/powerstore_provision``: the argument spec, and the tasks that pass
them to the modules. The role therefore takes every option that its modules take, and refuses all others.
"""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import yaml

ROLE = "powerstore_provision"
SPEC = Path("roles", ROLE, "meta", "argument_specs.yml")
TASKS = Path("roles", ROLE, "tasks", "configure.yml")
NOT_IN_ITEMS = {"id", "new_name"}
"""Options of modules that an item does not have: its name identifies it."""
OWNED_BY_OTHERS = {"volume": {"volume_group"}}
"""By module, options for a relation that items of another type have: volumes belong to a group by the group's list."""
MARK = "          # tools/role_options.py writes everything below.\n"
WIDTH = 90
"""Lists that are longer are written one item a line."""
COPIED = ("type", "elements", "choices")
Options = t.Mapping[str, t.Mapping[str, t.Any]]


def wanted(root: Path, options: t.Mapping[str, Options]) -> dict[Path, str]:
    """Return the two files of the role with the options of its modules. options: those of each module of all."""
    tasks_text = (root / TASKS).read_text(encoding="utf-8")
    modules = {name: options[name] for name in re.findall(r"^  jobwise\.appliance\.(\w+):$", tasks_text, re.MULTILINE)}
    spec_text = (root / SPEC).read_text(encoding="utf-8")
    return {root / SPEC: argument_spec(spec_text, modules), root / TASKS: tasks(tasks_text, modules)}


def item_options(module: str, options: Options) -> dict[str, t.Mapping[str, t.Any]]:
    """Return the options of an item, given those of its module."""
    missing = NOT_IN_ITEMS | OWNED_BY_OTHERS.get(module, set())
    return {name: option for name, option in options.items() if name not in missing}


def argument_spec(text: str, modules: t.Mapping[str, Options]) -> str:
    """Return the argument spec of the role. modules: the options of each module, in the order of the spec."""
    spec = {
        name: {
            "description": [f"Items with the options of M(jobwise.appliance.{name})."],
            "type": "list",
            "elements": "dict",
            "options": _specs(name, item_options(name, options)),
        }
        for name, options in modules.items()
    }
    written = yaml.dump(spec, sort_keys=False, width=1000, Dumper=_Indented, allow_unicode=True)
    return text.partition(MARK)[0] + MARK + re.sub("^(?=.)", " " * 10, written, flags=re.MULTILINE)


def _specs(module: str, options: Options, above: str = "") -> dict[str, t.Any]:
    """Return the specs of options. above: the path of the option that they belong to."""
    found: dict[str, t.Any] = {}
    for name, option in options.items():
        path = f"{above}{name}"
        spec: dict[str, t.Any] = {"description": [f"As O(jobwise.appliance.{module}#module:{path})."]}
        spec.update((key, option[key]) for key in COPIED if key in option)
        if len(str(spec.get("choices", WIDTH * " "))) < WIDTH:
            spec["choices"] = _Short(spec["choices"])
        if option.get("required") or path == "name":
            spec["required"] = True
        if "suboptions" in option:
            spec["options"] = _specs(module, option["suboptions"], f"{path}[].")
        found[name] = spec
    return found


def tasks(text: str, modules: t.Mapping[str, Options]) -> str:
    """Return the tasks of the role with all options of their modules."""
    for module, options in modules.items():
        names = [name for name in item_options(module, options) if name not in ("name", "state")]
        lines = ['    name: "{{ powerstore_provision_item.name }}"', *(f"    {name}: {_value(name)}" for name in names)]
        head = f"  jobwise.appliance.{module}:\n"
        text = re.sub(rf"(?<={re.escape(head)})(?:    .*\n)+", "\n".join(lines).replace("\\", r"\\") + "\n", text)
    return text


def _value(option: str) -> str:
    item = "powerstore_provision_item"
    return f'"{{{{ {item}.{option} | default(omit) }}}}"'


class _Short(t.List[t.Any]):
    """A list that is written in brackets, on one line."""


class _Indented(yaml.SafeDumper):
    """Indents the items of lists, as yamllint wants it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Indented.add_representer(
    _Short, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)
