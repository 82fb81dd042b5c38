# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ids: the emulator gives its objects other ids than the appliance, so requests are translated.

Objects with one name are the same, and so are the objects that one request has created on both sides.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

LONG = 8
"""Length from which an id means the same object wherever it occurs."""

ID_NAMES = re.compile(r"(^|_)ids?$|^uri$|Uris?$|^resourceUri$")
NOT_TRANSLATED = ("select", "limit", "offset", "order", "fields", "count", "start")
"""Parameters that hold no ids."""


class Ids:
    """The ids of the appliance, each with that of the emulator."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}
        self.short: dict[tuple[str, str], str] = {}
        self.versions: dict[tuple[str, str], str] = {}
        self.pattern: re.Pattern[str] | None = None

    def learn(self, recorded: Any, emulated: Any, kind: str) -> None:
        """Take the ids from two answers to one request. ``kind``: the type of the objects in them."""
        if isinstance(recorded, dict) and isinstance(emulated, dict):
            if isinstance(recorded.get("eTag"), str) and emulated.get("eTag"):
                self.versions[(str(recorded.get("uri")), recorded["eTag"])] = str(emulated["eTag"])
            for name, value in recorded.items():
                other = emulated.get(name)
                if ID_NAMES.search(name) and isinstance(value, str) and isinstance(other, str):
                    self.add(value, other, kind if name == "id" else "")
                else:
                    self.learn(value, other, name)
        elif isinstance(recorded, list) and isinstance(emulated, list):
            for one, other in aligned(recorded, emulated):
                if isinstance(one, str) and isinstance(other, str):
                    if ID_NAMES.search(kind) and len(recorded) == 1 == len(emulated):
                        self.add(one, other, "")
                else:
                    self.learn(one, other, kind)

    def add(self, recorded: str, emulated: str, kind: str) -> None:
        """Note a pair of ids. The first one counts."""
        if recorded == emulated:
            return
        if len(recorded) >= LONG and recorded not in self.known:
            self.known[recorded] = emulated
            self.pattern = None
        elif len(recorded) < LONG and kind:
            self.short.setdefault((kind, recorded), emulated)

    def in_text(self, text: str) -> str:
        """A text with the ids in it translated."""
        if not self.known:
            return text
        if self.pattern is None:
            longest_first = sorted(self.known, key=len, reverse=True)
            self.pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
        return self.pattern.sub(lambda found: self.known[found.group()], text)

    def in_path(self, path: str) -> str:
        """A path with its ids translated, also the short one behind its type."""
        parts = self.in_text(path).split("/")
        for place in range(1, len(parts)):
            other = self.short.get((parts[place - 1], parts[place]))
            parts[place] = quote(other, safe="") if other else parts[place]
        return "/".join(parts)

    def in_query(self, query: list[list[str]]) -> list[tuple[str, str]]:
        """Parameters with the ids in them translated."""
        return [(name, text if name in NOT_TRANSLATED else self.in_text(text)) for name, text in query]

    def in_headers(self, path: str, headers: dict[str, str]) -> dict[str, str]:
        """Headers with the version of the object translated. ``path``: the recorded one."""
        versions = {value: other for (uri, value), other in self.versions.items() if uri == path}
        return {name: versions.get(value, value) for name, value in headers.items()}

    def in_body(self, body: Any) -> Any:
        """A body with the ids in it translated."""
        if isinstance(body, dict):
            return {name: self.in_body(value) for name, value in body.items()}
        if isinstance(body, list):
            return [self.in_body(value) for value in body]
        return self.in_text(body) if isinstance(body, str) else body


def aligned(recorded: list[Any], emulated: list[Any]) -> list[tuple[Any, Any]]:
    """Entries of two lists that belong together: by name, else by their place if the lists are of one length."""
    names = {str(one["name"]): one for one in emulated if named(one)}
    if names and all(map(named, recorded)):
        return [(one, names[str(one["name"])]) for one in recorded if str(one["name"]) in names]
    return list(zip(recorded, emulated, strict=True)) if len(recorded) == len(emulated) else []


def named(one: Any) -> bool:
    """Whether an entry is an object with a name."""
    return isinstance(one, dict) and bool(one.get("name"))


def kind_of(path: str) -> str:
    """The type of the objects that a path returns: its segment behind the prefix."""
    parts = [part for part in path.split("/") if part and part not in ("api", "rest", "v3")]
    return parts[0] if parts else ""
