# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of structures that a request contains as a whole."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from .attribute import SECRET


@dataclasses.dataclass(frozen=True)
class Whole:
    """The channel of a list that a request contains as a whole. Only attributes that the task gives are compared.

    key: the attributes that identify an entry, in the API's words; if empty, its position does. Attributes that the
    appliance adds to an entry are not a difference, and are kept when the list is written. others_stay: entries that
    the task does not name stay in the list. unreadable: the attributes that the appliance never shows, such as
    passwords. They are not compared. takes: the attributes that requests take; all of them, if empty.
    """

    key: tuple[str, ...] = ()
    others_stay: bool = False
    unreadable: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()

    def pairs(self, current: t.Any, desired: t.Sequence[Json]) -> list[tuple[Json, Json]]:
        """Return pairs of a current entry, {} if it is new, and the desired entry without its None values."""
        wanted = [{name: value for name, value in entry.items() if value is not None} for entry in desired]
        current_value = list(current or ())
        if not self.key:
            return list(zip(current_value + [{}] * (len(wanted) - len(current_value)), wanted))
        known = {self._name(entry): entry for entry in current_value}
        return [(known.get(self._name(entry), {}), entry) for entry in wanted]

    def _name(self, entry: Json) -> tuple[str, ...]:
        return tuple(str(entry.get(name)).lower() for name in self.key)

    def same(self, current: t.Any, desired: t.Sequence[Json]) -> bool:
        """Return whether the list has these entries, and no others unless others_stay."""
        pairs = self.pairs(current, desired)
        replace_on_update = (
            all(there for there, dummy in pairs) if self.others_stay else len(current or ()) == len(desired)
        )
        return replace_on_update and all(_holds(there, self._shown_of(entry)) for there, entry in pairs)

    def _shown_of(self, entry: Json) -> Json:
        """Return an entry without what the appliance never shows."""
        return {name: value for name, value in entry.items() if name not in self.unreadable}

    def hidden(self, entries: t.Sequence[Json], words: str = SECRET) -> list[Json]:
        """Return entries as the diff shows them. words: what it shows instead of what the appliance never shows."""
        return [{name: words if name in self.unreadable else value for name, value in one.items()} for one in entries]

    def has_unreadable(self, desired: t.Sequence[Json]) -> bool:
        """Return whether an entry gives what the appliance never shows."""
        return any(entry.get(name) is not None for entry in desired for name in self.unreadable)

    def merged(self, current: t.Any, desired: t.Sequence[Json]) -> list[Json]:
        """Return the list to write: the current entries with the desired values applied."""
        pairs = self.pairs(current, desired)
        named = [id(there) for there, dummy in pairs]
        others = [entry for entry in current or () if id(entry) not in named] if self.others_stay else []
        return [self._taken(_laid_over(there, entry)) for there, entry in pairs] + others

    def _taken(self, entry: Json) -> Json:
        """Return an entry without what requests do not take."""
        names = self.takes or entry
        return {name: value for name, value in entry.items() if name in names and (value is not None or not self.takes)}

    def shown(self, current: t.Any, desired: t.Sequence[Json]) -> list[Json]:
        """Return the current list as the diff shows it, its desired entries reduced to what the task gives."""
        pairs = [(there, entry) for there, entry in self.pairs(current, desired) if there]
        named = [id(there) for there, dummy in pairs]
        others = [] if self.others_stay else [entry for entry in current or () if id(entry) not in named]
        return self.hidden([_part(there, entry) for there, entry in pairs]) + others


def _holds(current: t.Any, desired: t.Any) -> bool:
    """Return whether a value is as desired; of a structure, only the attributes that the task gives count."""
    if isinstance(desired, dict) and isinstance(current, dict):
        return all(_holds(current.get(name), value) for name, value in desired.items())
    return bool(current == desired)


def _laid_over(current: t.Any, desired: t.Any) -> t.Any:
    if isinstance(desired, dict) and isinstance(current, dict):
        return {**current, **{name: _laid_over(current.get(name), value) for name, value in desired.items()}}
    return desired


def _part(current: t.Any, desired: t.Any) -> t.Any:
    if isinstance(desired, dict) and isinstance(current, dict):
        return {name: _part(current.get(name), value) for name, value in desired.items()}
    return current
