# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lookups by name. Appliances ignore case when they search, and may hold names that differ only in case.

The exact spelling wins. If several names match and none is exact, the task is ambiguous and is refused.
"""

from __future__ import annotations

import difflib
import typing as t

from ..errors import InputError

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
    folded = _folded(known)
    close = _close(name, folded)
    return f"Did you mean {' or '.join(close)}?" if close else _listed(folded)


def unknown(names: t.Sequence[str], known: t.Iterable[t.Any]) -> tuple[str, str]:
    """Return a list of unknown names with suggestions, and a sentence that lists the known names.

    The sentence is empty if there is a suggestion for every name, or if no names are known.
    """
    folded = _folded(known)
    close = {name: _close(name, folded) for name in names}
    suggestions = [f"{name} (did you mean {' or '.join(close[name])}?)" if close[name] else name for name in names]
    return ", ".join(suggestions), "" if all(close.values()) else _listed(folded)


def _folded(known: t.Iterable[t.Any]) -> dict[str, str]:
    return {str(name).lower(): str(name) for name in known if name}


def _close(name: str, folded: t.Mapping[str, str]) -> list[str]:
    return [folded[key] for key in difflib.get_close_matches(name.lower(), folded, 3)]


def _listed(folded: t.Mapping[str, str]) -> str:
    names = sorted(folded.values(), key=str.lower)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"Known: {', '.join(names[:SHOWN])}{more}." if names else ""
