# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects of the array, by type and id, and by the values of their attributes.

Keys of an object that start with ``@`` are hidden: ``@<relation>`` holds the ids of a relation that no foreign key
shows, other ones hold secrets. A look-up by a value reads an index, never all objects, so an array with 10,000 groups
answers like one with ten. An index follows each attribute that is set; it does not see a change inside a list or an
embedded structure. Set the attribute instead: ``group["@volumes"] = [*group["@volumes"], key]``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.index import Index, Record, folded, keys_at, value_at

Watcher = Callable[[str, Json], None]


class Provider(Protocol):
    """Objects of a type that are made up at the moment they are read."""

    def all(self) -> list[Json]:
        """Every object."""

    def get(self, key: str) -> Json | None:
        """The object with this id."""

    def like(self, path: str, value: object) -> list[Json] | None:
        """At least the objects with a value at a path; None if only a walk over all of them finds these."""


NUMBERED = re.compile(r"(\D*)(\d{1,9})")
"""An id that ends in a number, of a type that counts its objects."""


class Store:
    """All objects. Types with a provider (jobs) come from there."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Record]] = {}
        self.providers: dict[str, Provider] = {}
        self.numbers: dict[tuple[str, str], int] = {}
        self.added = 0
        self.indexes: dict[str, dict[str, Index]] = {}
        self.watchers: dict[tuple[str, str], Watcher] = {}
        self.lists: set[tuple[str, str]] = set()

    def all(self, kind: str) -> list[Json]:
        """Every object of a type, in the order of creation."""
        if kind in self.providers:
            return self.providers[kind].all()
        return list(self.objects.get(kind, {}).values())

    def get(self, kind: str, key: str | None) -> Json | None:
        """The object with this id."""
        if kind in self.providers:
            return self.providers[kind].get(key or "")
        return self.objects.get(kind, {}).get(key or "")

    def named(self, kind: str, name: str) -> list[Json]:
        """Every object of that name, ignoring case."""
        return self.like(kind, "name", name) if name else []

    def where(self, kind: str, path: str, value: object) -> list[Json]:
        """Every object whose attribute has this value, or whose list holds it. ``path`` may lead into an embedded
        structure: ``protection_data.parent_id``.
        """
        return [entry for entry in self.like(kind, path, value) if holds(value_at(entry, path), value)]

    def like(self, kind: str, path: str, value: object) -> list[Json]:
        """The same, ignoring the case of texts."""
        if kind in self.providers:
            found = self.providers[kind].like(path, value)
            entries = self.providers[kind].all() if found is None else found
            return [entry for entry in entries if folded(value) in keys_at(entry, path)]
        records = [self.objects[kind][key] for key in self.index(kind, path).find(value)]
        return [*sorted(records, key=lambda entry: entry.number)]

    def index(self, kind: str, path: str) -> Index:
        """The index of one attribute, made when it is first needed."""
        indexes = self.indexes.setdefault(kind, {})
        if path not in indexes:
            indexes[path] = Index(path)
            for entry in self.objects.get(kind, {}).values():
                indexes[path].put(entry)
        return indexes[path]

    def next_number(self, kind: str, prefix: str = "") -> str:
        """An id for a type that counts its objects; the number of a deleted one does not come back."""
        number = self.numbers[kind, prefix] = self.numbers.get((kind, prefix), 0) + 1
        return f"{prefix}{number}"

    def add(self, kind: str, entry: Json) -> None:
        """Put an object in that ``ApplianceState.new`` has made; raises TypeError for any other."""
        if not isinstance(entry, Record):
            raise TypeError(f"this {kind} is no Record, so the store would not hear of its changes")
        self.added += 1
        entry.number = self.added
        self.objects.setdefault(kind, {})[entry["id"]] = entry
        numbered = NUMBERED.fullmatch(entry["id"])
        if numbered:
            counted = (kind, numbered[1])
            self.numbers[counted] = max(self.numbers.get(counted, 0), int(numbered[2]))
        entry.heard = lambda changed, name: self.heard(kind, changed, name)
        for index in self.indexes.get(kind, {}).values():
            index.put(entry)
        for name, value in list(entry.items()):
            self.notice(kind, entry, name, value)

    def heard(self, kind: str, entry: Record, name: str) -> None:
        """An attribute of a stored object was set."""
        for index in self.indexes.get(kind, {}).values():
            if index.attribute == name:
                index.put(entry)
        self.notice(kind, entry, name, entry.get(name))

    def notice(self, kind: str, entry: Record, name: str, value: Any) -> None:
        """Remember which hidden lists there are, and call who watches the attribute."""
        if isinstance(value, list) and name.startswith("@"):
            self.lists.add((kind, name))
        watcher = self.watchers.get((kind, name))
        if watcher:
            watcher(kind, entry)

    def watch(self, kind: str, attribute: str, watcher: Watcher) -> None:
        """Have a function called with each object of a type that is added, or whose attribute is set."""
        self.watchers[(kind, attribute)] = watcher

    def remove(self, kind: str, key: str) -> None:
        """Take an object out, and its id out of every hidden list."""
        entry = self.objects.get(kind, {}).pop(key, None)
        if entry is not None:
            entry.heard = None
            for index in self.indexes.get(kind, {}).values():
                index.drop(key)
        for other, name in sorted(self.lists):
            for holder in self.where(other, name, key):
                holder[name] = [one for one in holder[name] if one != key]

    def stale(self) -> list[str]:
        """The indexes that do not agree with the objects; there are none unless an object was changed inside."""
        found = []
        for kind, indexes in self.indexes.items():
            for path, index in indexes.items():
                fresh = Index(path)
                for entry in self.objects.get(kind, {}).values():
                    fresh.put(entry)
                if fresh.rows != index.rows:
                    found.append(f"{kind}.{path}")
        return found


def holds(have: object, value: object) -> bool:
    """Whether a value is the wanted one, or a list that holds it."""
    return have == value or (isinstance(have, list) and value in have)
