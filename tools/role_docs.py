# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ``ansible-doc -t role`` shows beside the options of a role: its examples, from README.md, and its modules."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GENERATED = ("seealso", "examples")
KEY = re.compile(r"^(?=    \w+:)", re.MULTILINE)


def specs() -> dict[Path, str]:
    """Return the argument specs of all roles, with examples and modules as they have to be."""
    paths = sorted((ROOT / "roles").glob("*/meta/argument_specs.yml"))
    return {path: spec(path.read_text(encoding="utf-8"), path.parents[1]) for path in paths}


def spec(text: str, role: Path) -> str:
    """Return an argument spec with one entry point, and the generated keys in front of its options."""
    head, *parts = KEY.split(text)
    kept = [part for part in parts if not part.strip().startswith(tuple(f"{name}:" for name in GENERATED))]
    place = next(number for number, part in enumerate(kept) if part.startswith("    options:"))
    return head + "".join([*kept[:place], seealso(role), examples(role), *kept[place:]])


def seealso(role: Path) -> str:
    """Return the modules that the tasks of a role use."""
    used = {name for path in role.glob("tasks/*.yml") for name in modules(path.read_text(encoding="utf-8"))}
    rows = "".join(f"      - module: jobwise.appliance.{name}\n" for name in sorted(used))
    return f"    seealso:\n{rows}" if rows else ""


def modules(tasks: str) -> t.Iterator[str]:
    for name in re.findall(r"^\s*(?:- )?jobwise\.appliance\.(\w+):", tasks, re.MULTILINE):
        if (ROOT / "plugins" / "modules" / f"{name}.py").is_file():
            yield name


def examples(role: Path) -> str:
    """Return the examples of README.md, which a test plays."""
    text = (role / "README.md").read_text(encoding="utf-8")
    lines = "\n".join(re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)).splitlines()
    return "".join(["    examples: |\n", *(f"      {line}".rstrip() + "\n" for line in lines)]) if lines else ""
