# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lookups by name. Appliances ignore case when they search, and may hold names that differ only in case.

The exact spelling wins. If several names match and none is exact, the task is ambiguous and is refused.
"""

from __future__ import annotations

import typing as t

from ..errors import InputError
from .words import did_you_mean

Row = t.Mapping[str, t.Any]
Found = t.TypeVar("Found", bound=Row)

SHOWN = 20
"""How many known names an error lists."""


def is_named(row: Row, name: str, key: str = "name") -> bool:
    """Return whether a row has this name, ignoring case."""
    value = row.get(key)
    return str("" if value is None else value).lower() == name.lower()


def spelled(rows: t.Iterable[Found], name: str, key: str = "name") -> list[Found]:
    """Return the rows with exactly this name. Without one, return those whose name differs only in case."""
    same = [row for row in rows if is_named(row, name, key)]
    return [row for row in same if row.get(key) == name] or same


def the_one(
    rows: t.Iterable[Found],
    name: str,
    what: str,
    option: str = "",
    key: str = "name",
    place: str = "id",
    hint: str = "",
) -> Found | None:
    """Return the row with this name, or None.

    what: the type of the rows, in the singular. option: the option that holds the name, unless it is the name of the
    task's own object. place: the attribute that an error shows to distinguish the rows. hint: what to do if several
    rows have exactly this name; the default is to give that attribute.
    Raises InputError, which lists the candidates, if the name is ambiguous.
    """
    found = spelled(rows, name, key)
    if len(found) < 2:
        return found[0] if found else None
    where = f"{option}: no" if option else "No"
    if found[0].get(key) == name:
        places = ", ".join(str(row.get(place)) for row in found)
        raise InputError(
            f"{where} {what} can be identified by the name {name} alone: {len(found)} have it ({places}).",
            hint=hint or f"Give the {place.upper() if place == 'uri' else place} instead.",
        )
    listed = ", ".join(f"{row.get(key)} ({row.get(place)})" for row in found)
    raise InputError(
        f"{where} {what} has exactly the name {name}, and {len(found)} differ from it only in case: {listed}.",
        hint="Give the name as it is spelled there.",
    )


def near(name: str, known: t.Iterable[t.Any]) -> str:
    """Return a sentence that suggests names: those close to this one, or else some of the known names."""
    names = _named(known)
    return did_you_mean(name, names) or _listed(names)


def unknown(names: t.Sequence[str], known: t.Iterable[t.Any]) -> tuple[str, str]:
    """Return a list of unknown names with suggestions, and a sentence that lists the known names.

    The sentence is empty if there is a suggestion for every name, or if no names are known.
    """
    there = _named(known)
    guesses = {name: did_you_mean(name, there) for name in names}
    suggestions = [f"{name} ({guess.replace('Did', 'did', 1)})" if guess else name for name, guess in guesses.items()]
    return ", ".join(suggestions), "" if all(guesses.values()) else _listed(there)


def _named(known: t.Iterable[t.Any]) -> list[str]:
    return [str(name) for name in known if name]


def _listed(names: t.Sequence[str]) -> str:
    names = sorted(dict.fromkeys(names), key=str.lower)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"Known: {', '.join(names[:SHOWN])}{more}." if names else ""
