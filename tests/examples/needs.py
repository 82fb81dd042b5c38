# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the examples of a page need: ``tests/examples/needed/<page>.yml``. A page that needs nothing has no file.

vars
    Variables that the examples use. Those of ``all.yml`` are there for every page.
before
    By the name of an example: a list of what must be there before it, in the language of ``setup`` in ``tests/values``.
    Each entry has one key: a module with the options of one task, or a control command of the emulator, such as
    ``change``, with its body. What an example leaves is there for the next one of the page. ``reset: {}`` brings the
    appliance back to its first state, as in front of each page.
unchanged
    By the name of an example that changes nothing: the reason. Examples that only read need none.
not_played
    By the name of an example that the emulator cannot play: the reason.
"""

from __future__ import annotations

import dataclasses
import typing as t
from pathlib import Path

import yaml

from tests.examples.pages import PREFIX, Page
from tests.values import COMMANDS, platforms

FOLDER = Path(__file__).resolve().parent / "needed"
KEYS = ("vars", "before", "unchanged", "not_played")
ORDERS = (*COMMANDS, "reset")


@dataclasses.dataclass(frozen=True)
class Needs:
    """What a page needs; the module docstring explains the fields."""

    vars: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    before: dict[str, list[dict[str, t.Any]]] = dataclasses.field(default_factory=dict)
    unchanged: dict[str, str] = dataclasses.field(default_factory=dict)
    not_played: dict[str, str] = dataclasses.field(default_factory=dict)

    def tasks_before(self, example: str) -> list[dict[str, t.Any]]:
        """Return the tasks that make what an example needs."""
        return [task(*item) for entry in self.before.get(example, ()) for item in entry.items()]


def task(name: str, body: dict[str, t.Any]) -> dict[str, t.Any]:
    if name in ORDERS:
        return {"emulator": {name: body}}
    return {name if "." in name else PREFIX + name: body}


def file_of(page: str) -> Path:
    """Return the file for what a page needs."""
    return FOLDER / f"{page.replace('/', '-')}.yml"


def needs(page: str) -> Needs:
    path = file_of(page)
    found = Needs(**yaml.safe_load(path.read_text(encoding="utf-8"))) if path.is_file() else Needs()
    common = yaml.safe_load((FOLDER / "all.yml").read_text(encoding="utf-8"))["vars"]
    return dataclasses.replace(found, vars={**common, **found.vars})


def mistakes(pages: t.Sequence[Page]) -> t.Iterator[str]:
    """Yield what is wrong with the files: keys that mean nothing, and names of what is not there any more."""
    by_file = {file_of(page.name): page for page in pages}
    for path in sorted(FOLDER.glob("*.yml")):
        if path.name == "all.yml":
            continue
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key in content.keys() - set(KEYS):
            yield f"{path.name}: {key} is not one of {', '.join(KEYS)}"
        if path not in by_file:
            yield f"{path.name}: there is no such page any more; remove the file"
            continue
        names = [example.name for example in by_file[path].examples]
        for key in ("before", "unchanged", "not_played"):
            for name in content.get(key, {}):
                if name not in names:
                    yield f"{path.name}: {key} names {name!r}, which is not an example of the page any more"
        for entries in content.get("before", {}).values():
            for name in (name for entry in entries for name in entry):
                if name not in ORDERS and "." not in name and name not in platforms():
                    yield f"{path.name}: {name} is neither a module nor one of {', '.join(ORDERS)}"
