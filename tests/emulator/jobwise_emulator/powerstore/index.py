# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Indexes over the objects of the store, and the objects that report their changes to them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from jobwise_emulator.exchange import Json


class Record(dict[str, Any]):
    """An object of the array: a dict of its attributes. ``heard`` is called with the object and the name of each
    attribute that is set or deleted; ``number`` says how many objects came into the store before it.
    """

    heard: Callable[[Record, str], None] | None = None
    number = 0

    def __setitem__(self, name: str, value: Any) -> None:
        super().__setitem__(name, value)
        if self.heard:
            self.heard(self, name)

    def __delitem__(self, name: str) -> None:
        super().__delitem__(name)
        if self.heard:
            self.heard(self, name)

    def pop(self, name: str, *default: Any) -> Any:
        """Take an attribute out."""
        value = super().pop(name, *default)
        if self.heard:
            self.heard(self, name)
        return value

    def setdefault(self, name: str, default: Any = None) -> Any:
        """An attribute, set to a default if it is not there."""
        if name not in self:
            self[name] = default
        return self[name]

    def update(self, *sources: Any, **attributes: Any) -> None:
        """Set several attributes."""
        for name, value in dict(*sources, **attributes).items():
            self[name] = value


class Index:
    """Ids of the objects of a type by the values at one path. Case is ignored; a list counts with each of its items."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.attribute = path.partition(".")[0]
        self.rows: dict[Hashable, set[str]] = {}
        self.known: dict[str, set[Hashable]] = {}

    def put(self, entry: Json) -> None:
        """Note an object, or what has become of it."""
        key = str(entry["id"])
        values = keys_at(entry, self.path)
        if values == self.known.get(key):
            return
        self.drop(key)
        self.known[key] = values
        for value in values:
            self.rows.setdefault(value, set()).add(key)

    def drop(self, key: str) -> None:
        """Forget an object."""
        for value in self.known.pop(key, set()):
            self.rows[value].discard(key)
            if not self.rows[value]:
                del self.rows[value]

    def find(self, value: Any) -> set[str]:
        """Ids of the objects that have a value."""
        return self.rows.get(folded(value), set())


def value_at(entry: Json, path: str) -> Any:
    """The value of an attribute, of a part of an embedded structure, or of that part of each structure in a list."""
    value: Any = entry
    for step in path.split("."):
        if isinstance(value, list):
            value = [item.get(step) for item in value if isinstance(item, dict)]
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def keys_at(entry: Json, path: str) -> set[Hashable]:
    """The value at a path as an index counts it, or those of a list; embedded structures are left out."""
    value = value_at(entry, path)
    items = value if isinstance(value, list) else [value]
    return {folded(item) for item in items if item is None or isinstance(item, str | int | float)}


def folded(value: Any) -> Hashable:
    """A value as an index counts it."""
    key: Hashable = value.casefold() if isinstance(value, str) else value
    return key
