# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The objects of the array, by type and id.

An object is a plain dict of its stored attributes. Keys that start with ``@`` are hidden: ``@<relation>`` holds the
ids of a relation that no foreign key tells, other ones hold secrets.
"""

from __future__ import annotations

from typing import Protocol

from jobwise_emulator.exchange import Json


class Provider(Protocol):
    """Objects of a type that are made up at the moment they are read."""

    def all(self) -> list[Json]:
        """Every object."""

    def get(self, key: str) -> Json | None:
        """The object with this id."""


class Store:
    """All objects. Types with a provider (jobs) come from there."""

    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Json]] = {}
        self.providers: dict[str, Provider] = {}
        self.numbers: dict[str, int] = {}

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
        folded = name.casefold()
        return [entry for entry in self.all(kind) if str(entry.get("name") or "").casefold() == folded]

    def where(self, kind: str, attribute: str, value: object) -> list[Json]:
        """Every object whose attribute has this value."""
        return [entry for entry in self.all(kind) if entry.get(attribute) == value]

    def next_number(self, kind: str) -> str:
        """An id for a type that counts its objects; the number of a deleted one does not come back."""
        used = [int(key) for key in self.objects.get(kind, {}) if key.isdigit()]
        self.numbers[kind] = max(self.numbers.get(kind, 0), *used, 0) + 1
        return str(self.numbers[kind])

    def add(self, kind: str, entry: Json) -> None:
        """Put an object in."""
        self.objects.setdefault(kind, {})[entry["id"]] = entry

    def remove(self, kind: str, key: str) -> None:
        """Take an object out, and its id out of every hidden list."""
        self.objects.get(kind, {}).pop(key, None)
        for entries in self.objects.values():
            for entry in entries.values():
                for name, value in entry.items():
                    if name.startswith("@") and isinstance(value, list) and key in value:
                        value.remove(key)
