# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write what follows from other files into the modules' documentation, README.md and meta/runtime.yml.

Usage: python -m tools.update_docs [--check]; with --check, name the files that are not up to date and write nothing.

- ``RETURN``: ``plan``, ``jobs`` and ``error`` as in tools/returns.yml. A module keeps its samples, and what its own
  descriptions add to the first paragraph. (A documentation fragment cannot hold them: ansible-doc before
  ansible-core 2.20 aborts on one.)
- ``seealso``: a module whose name begins with the name of another one and the other one refer to each other, and so do
  a platform's ``*_info`` module and its other modules. A module keeps what else it refers to.
- ``PLUGIN`` in the fragments of connection options: the options as inventory plugins have them.
- ``DOCUMENTATION`` of the event sources: the connection options.
- Guides for people who come from other collections: which module has which counterpart, from tools/peers.yml.
- docs/powerstore-types.md: how each resource type of PowerStore is managed, see tools/type_docs.py.
- Argument specs of roles: their examples and modules, see tools/role_docs.py.
- ``README.md``: its lists, see tools/readme.py.
- ``meta/runtime.yml``: an action group for each platform, and the route to the platform's action plugin.

The platform of a module is the one whose connection options it extends.
"""

from __future__ import annotations

import ast
import re
import sys
import typing as t
from pathlib import Path

import yaml

from tools import peers, plugin_options, role_docs, type_docs
from tools.readme import TITLES, readme

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "plugins" / "modules"
ACTIONS = ROOT / "plugins" / "action"
FRAGMENTS = ROOT / "plugins" / "doc_fragments"
INVENTORY = ROOT / "plugins" / "inventory"
EVENT_SOURCES = ROOT / "extensions" / "eda" / "plugins" / "event_source"
RUNTIME = ROOT / "meta" / "runtime.yml"
README = ROOT / "README.md"
RETURNS = ROOT / "tools" / "returns.yml"
COLLECTION = "jobwise.appliance"
# Fragments of every platform.
COMMON = ("attributes", "wait")


def platform_of(module: str) -> str:
    """Return the platform of a module, given its source; raise ValueError unless it has just one."""
    extended = yaml.safe_load(string(module, "DOCUMENTATION"))["extends_documentation_fragment"]
    names: set[str] = {
        name[len(COLLECTION) + 1 :].partition(".")[0] for name in extended if name.startswith(f"{COLLECTION}.")
    }
    platforms = sorted(names - set(COMMON))
    if len(platforms) != 1:
        raise ValueError(f"a module extends the connection options of one platform, not of {platforms}")
    return platforms[0]


def string(source: str, name: str) -> str:
    """Return the string that a module's source assigns to a name; raise ValueError if it does not."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return str(ast.literal_eval(node.value))
    raise ValueError(f"it has no {name}")


def replaced(source: str, name: str, text: str) -> str:
    """Return the source with another text in the raw string that it assigns to a name."""
    return re.sub(rf'^{name} = r"""\n.*?^"""$', lambda _: f'{name} = r"""\n{text}"""', source, flags=re.M | re.S)


def blocks(text: str, indent: str = "") -> dict[str, str]:
    """Return the keys of a mapping in YAML, each with its text: the line of the key and all that is below it."""
    parts = re.split(rf"^(?={indent}\w+:)", text, flags=re.MULTILINE)
    return {part.strip().partition(":")[0]: part for part in parts if part.strip()}


def items(text: str, indent: str) -> list[str]:
    """Return the items of a list in YAML, each with its text, without the line of its key."""
    return re.split(rf"^(?={indent}- )", text.partition("\n")[2], flags=re.MULTILINE)[1:]


def returns(text: str, shared: dict[str, str]) -> str:
    """Return a RETURN with its shared values as they are in ``shared``; see the head of this file for what stays.

    The ``jobs`` of a module without a plan are what the task asks for, which that module describes itself.
    """
    old = blocks(text)
    new = dict(old)
    for key in old.keys() & shared.keys():
        if key != "jobs" or "plan" in old:
            new[key] = value(old[key], shared[key])
    return "".join(new.values())


def value(old: str, shared: str) -> str:
    """Return one value of a RETURN: shared, with the further paragraphs and the sample of the old one."""
    mine, parts = blocks(old.partition("\n")[2], "  "), blocks(shared.partition("\n")[2], "  ")
    parts["description"] += "".join(items(mine["description"], "    ")[1:])
    if "sample" in mine:
        parts["sample"] = mine["sample"]
    return shared.partition("\n")[0] + "\n" + "".join(parts.values())


def siblings(name: str, platforms: dict[str, str]) -> list[str]:
    """Return the modules that a module refers to. platforms: module to platform."""
    same = sorted(other for other, platform in platforms.items() if platform == platforms[name] and other != name)
    info = f"{platforms[name]}_info"
    if name == info:
        return same
    bases = [base for base in (*same, name) if name == base or name.startswith(f"{base}_")]
    family = [other for other in same if any(other == base or other.startswith(f"{base}_") for base in bases)]
    return [*family, *([info] if info in same and info not in family else [])]


def referring(text: str, wanted: t.Sequence[str]) -> str:
    """Return a DOCUMENTATION that refers to the wanted modules, after those that it refers to already."""
    parts = blocks(text)
    there = items(parts.get("seealso", ""), "  ")
    named = {module for item in there for module in re.findall(rf"module: {re.escape(COLLECTION)}\.(\w+)$", item, re.M)}
    there += [f"  - module: {COLLECTION}.{name}\n" for name in wanted if name not in named]
    if there:
        parts["seealso"] = "seealso:\n" + "".join(there)
    return "".join(parts.values())


def runtime(text: str, platforms: dict[str, str], actions: t.Collection[str]) -> str:
    """Return meta/runtime.yml. platforms: module to platform; actions: names of the action plugins.

    A module without an action plugin of its own is routed to that of its platform's ``*_info`` module.
    """
    groups: dict[str, list[str]] = {}
    for name in sorted(platforms):
        groups.setdefault(platforms[name], []).append(name)
    lines = ["action_groups:"]
    for platform, names in sorted(groups.items()):
        lines += [f"  {platform}:", *(f"    - {name}" for name in names)]
    routes = {
        name: name if name in actions else f"{platform}_info"
        for platform, names in groups.items()
        if f"{platform}_info" in actions
        for name in names
    }
    if routes:
        lines += ["plugin_routing:", "  modules:"]
    for name, action in sorted(routes.items()):
        lines += [f"    {name}:", f"      action_plugin: {COLLECTION}.{action}"]
    return text.partition("action_groups:\n")[0] + "\n".join(lines) + "\n"


def short_description(source: str) -> str:
    """Return the short description of a module, given its source."""
    return str(yaml.safe_load(string(source, "DOCUMENTATION"))["short_description"])


def version_added(source: str) -> str:
    """Return the first version with a module, given its source."""
    return str(yaml.safe_load(string(source, "DOCUMENTATION"))["version_added"])


def fragments() -> dict[Path, str]:
    """Return the fragments of connection options, with what inventory plugins have of them."""
    texts = {}
    for platform in stems(INVENTORY):
        path = FRAGMENTS / f"{platform}.py"
        texts[path] = in_class(path.read_text(encoding="utf-8"), plugin_options.fragment)
    return texts


def in_class(source: str, make: t.Callable[[str], str]) -> str:
    """Return a fragment's source with what ``make`` returns for its DOCUMENTATION as its PLUGIN."""
    documentation = source.partition('    DOCUMENTATION = r"""')[2].partition('"""')[0]
    plugin = f'    PLUGIN = r"""{make(documentation)}"""'
    return re.sub(r'^    PLUGIN = r""".*?"""', lambda dummy: plugin, source, flags=re.M | re.S)


def event_sources(connections: t.Mapping[str, str]) -> dict[Path, str]:
    """Return the event sources, with their connection options. connections: source of the fragment by platform."""
    texts = {}
    for path in EVENT_SOURCES.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        platform = next(name for name in connections if path.stem.startswith(f"{name}_"))
        documentation = string(source, "DOCUMENTATION").lstrip("\n")
        fragment = connections[platform].partition('    DOCUMENTATION = r"""')[2].partition('"""')[0]
        texts[path] = replaced(source, "DOCUMENTATION", plugin_options.event_source(documentation, fragment))
    return texts


def stems(folder: Path) -> list[str]:
    """Return the names of the plugins in a folder."""
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


def wanted() -> dict[Path, str]:
    """Return what each file that this program writes to has to contain."""
    sources = {name: (MODULES / f"{name}.py").read_text(encoding="utf-8") for name in stems(MODULES)}
    platforms = {name: platform_of(source) for name, source in sources.items()}
    shared = blocks(RETURNS.read_text(encoding="utf-8").partition("---\n")[2])
    texts = {RUNTIME: runtime(RUNTIME.read_text(encoding="utf-8"), platforms, stems(ACTIONS))}
    descriptions = {name: short_description(source) for name, source in sources.items()}
    texts.update(fragments())
    texts.update(event_sources({name: (FRAGMENTS / f"{name}.py").read_text(encoding="utf-8") for name in TITLES}))
    texts.update(peers.pages(sources))
    of_powerstore = [name for name, platform in platforms.items() if platform == "powerstore"]
    texts.update(type_docs.page({name: version_added(sources[name]) for name in of_powerstore}))
    texts.update(role_docs.specs())
    texts[README] = readme(README.read_text(encoding="utf-8"), platforms, descriptions)
    for name, source in sources.items():
        documentation = referring(string(source, "DOCUMENTATION").lstrip("\n"), siblings(name, platforms))
        source = replaced(source, "DOCUMENTATION", documentation)
        texts[MODULES / f"{name}.py"] = replaced(
            source, "RETURN", returns(string(source, "RETURN").lstrip("\n"), shared)
        )
    return texts


def outdated() -> dict[Path, str]:
    """Return the files that are not up to date, each with what it has to contain."""
    return {path: text for path, text in wanted().items() if path.read_text(encoding="utf-8") != text}


def main() -> int:
    files = outdated()
    check = "--check" in sys.argv[1:]
    for path, text in files.items():
        print(f"{path.relative_to(ROOT)} {'is not up to date: run make generated' if check else 'is written'}")
        if not check:
            path.write_text(text, encoding="utf-8")
    return 1 if check and files else 0


if __name__ == "__main__":
    sys.exit(main())
