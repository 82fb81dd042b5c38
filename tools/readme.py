# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The lists in README.md: modules by platform, roles, plugins, playbooks and guides, each with a link.

Links are absolute, as the file is also shown where the checkout is not: by Ansible Galaxy.
"""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCES = "https://github.com/jobwise/appliance/blob/main"
# What the readme calls the platforms, in the heads of their tables.
TITLES = {"powerstore": "Dell PowerStore", "oneview": "HPE OneView", "ontap_select": "NetApp ONTAP Select Deploy"}
Rows = t.List[t.Tuple[str, str, str]]


def readme(text: str, platforms: t.Mapping[str, str], descriptions: t.Mapping[str, str]) -> str:
    """Return README.md with its lists. platforms, descriptions: by module."""
    tables = {
        title: [
            (name, f"plugins/modules/{name}.py", descriptions[name])
            for name in sorted(platforms)
            if platforms[name] == platform
        ]
        for platform, title in TITLES.items()
    }
    tables.update({"role": roles(), "plugin": plugins(), "playbook": playbooks(), "guide": guides()})
    for title, rows in tables.items():
        head = f"| {title} | |\n|---|---|\n"
        body = "".join(row(*one, code=title != "guide") for one in rows)
        text = re.sub(rf"^{re.escape(head)}(?:\|.*\n)*", (head + body).replace("\\", r"\\"), text, flags=re.M)
    return text


def row(name: str, path: str, description: str, code: bool = True) -> str:
    shown = f"`{name}`" if code else name
    return f"| [{shown}]({SOURCES}/{path}) | {description} |\n"


def roles() -> Rows:
    found: Rows = []
    for path in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")):
        name = path.parents[1].name
        main = yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]["main"]
        found.append((name, f"roles/{name}/README.md", main["short_description"]))
    return found


def plugins() -> Rows:
    """Return the plugins that users name: inventories and event sources."""
    paths = [
        *(ROOT / "plugins" / "inventory").glob("*.py"),
        *(ROOT / "extensions").glob("eda/plugins/event_source/*.py"),
    ]
    found: Rows = []
    for path in sorted(path for path in paths if path.stem != "__init__"):
        described = re.search(r"^short_description: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        kind = {"inventory": "inventory plugin", "event_source": "event source"}[path.parent.name]
        words = str(yaml.safe_load(described[1])) if described else ""
        found.append((path.stem, path.relative_to(ROOT).as_posix(), f"{kind}. {words}"))
    return found


def playbooks() -> Rows:
    """Return the playbooks that are in the archive, with the names of their first plays."""
    ignored = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["build_ignore"]
    found: Rows = []
    for path in sorted((ROOT / "playbooks").glob("*.yml")):
        inside = path.relative_to(ROOT)
        if not any(inside.match(pattern) for pattern in ignored):
            plays = yaml.safe_load(path.read_text(encoding="utf-8"))
            found.append((path.stem, inside.as_posix(), plays[0].get("name", "")))
    return found


def guides() -> Rows:
    """Return the guides in the order of the site, each with the heading of its page."""
    found: Rows = []
    for name, words in yaml.safe_load((ROOT / "docs" / "guides.yml").read_text(encoding="utf-8")).items():
        for one in words:
            path = f"docs/{one}.md"
            if (ROOT / path).is_file():
                found.append((heading(ROOT / path), path, name))
    return found


def heading(path: Path) -> str:
    """Return the heading of a page in Markdown."""
    found = re.search(r"^# (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise ValueError(f"{path} has no heading")
    return found[1]
