# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look-ups by name. Appliances find names without regard to case, and may hold several that differ in nothing else.

The exact spelling wins. Nobody can say which of several others a task means, so that such a task is refused.
"""

from __future__ import annotations

import difflib
import typing as t

from .errors import InputError

Row = t.Mapping[str, t.Any]
Found = t.TypeVar("Found", bound=Row)

SHOWN = 20
"""How many known names an error lists."""


def is_named(row: Row, name: str, key: str = "name") -> bool:
    """Return whether a row has this name, ignoring case."""
    value = row.get(key)
    return str("" if value is None else value).lower() == name.lower()


def spelled(rows: t.Iterable[Found], name: str, key: str = "name") -> list[Found]:
    """Return the rows with exactly this name; if there are none, those whose name differs in case only."""
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
    """Return the row with this name, None if there is none.

    what: what the rows are, in the singular. option: of the task that gives the name, if it is not the task's own
    object. place: the attribute by which an error shows which is which. hint: what to do if several have exactly this
    name, else to give that attribute.
    Raises InputError, which lists all that may be meant, if several have the name and none or more than one exactly.
    """
    found = spelled(rows, name, key)
    if len(found) < 2:
        return found[0] if found else None
    where = f"{option}: no" if option else "No"
    if found[0].get(key) == name:
        places = ", ".join(str(row.get(place)) for row in found)
        raise InputError(
            f"{where} {what} can be told from others by the name {name}, which {len(found)} have: {places}.",
            hint=hint or f"Give the {place.upper() if place == 'uri' else place} of the one that is meant.",
        )
    listed = ", ".join(f"{row.get(key)} ({row.get(place)})" for row in found)
    raise InputError(
        f"{where} {what} has exactly the name {name}, and {len(found)} differ from it only in case: {listed}.",
        hint="Give the name as it is spelled there.",
    )


def near(name: str, known: t.Iterable[t.Any]) -> str:
    """Return a sentence that helps a person to the right name: close ones, else some of those that there are."""
    folded = _folded(known)
    close = _close(name, folded)
    return f"Did you mean {' or '.join(close)}?" if close else _listed(folded)


def unknown(names: t.Sequence[str], known: t.Iterable[t.Any]) -> tuple[str, str]:
    """Return names that nothing has, each with those that it may be meant for, and a sentence on what there is.

    The sentence is empty if every name has one that is close to it, or if nothing is known.
    """
    folded = _folded(known)
    close = {name: _close(name, folded) for name in names}
    told = [f"{name} (did you mean {' or '.join(close[name])}?)" if close[name] else name for name in names]
    return ", ".join(told), "" if all(close.values()) else _listed(folded)


def _folded(known: t.Iterable[t.Any]) -> dict[str, str]:
    return {str(one).lower(): str(one) for one in known if one}


def _close(name: str, folded: t.Mapping[str, str]) -> list[str]:
    return [folded[one] for one in difflib.get_close_matches(name.lower(), folded, 3)]


def _listed(folded: t.Mapping[str, str]) -> str:
    names = sorted(folded.values(), key=str.lower)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"Known: {', '.join(names[:SHOWN])}{more}." if names else ""
