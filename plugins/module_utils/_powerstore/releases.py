# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an array's release lacks. The array says only that it does not know a path or an attribute."""

from __future__ import annotations

import typing as t

from .._engine.errors import Refused, Unsupported
from .._engine.options.mistakes import UNTOUCHED
from .._engine.table.lists import List
from .._engine.table.resource_type import ResourceType
from .._engine.text.words import with_article
from .schema import TYPES, facts_of

OLDEST = (3, 0)
"""The oldest release that the collection reads without care. Later attributes are read only if a task gives them."""

UNKNOWN_PATH, UNKNOWN_ATTRIBUTE = 404, 400

Result = t.TypeVar("Result")


def with_later(name: str, read: t.Callable[[tuple[str, ...]], Result]) -> Result:
    """Return what a read of an attribute of a later release returns; on an array that lacks it, read without it.

    name: may be followed by the fields of a relation in parentheses. read: gets it, or nothing.
    """
    try:
        return read((name,))
    except Refused as error:
        if error.status != UNKNOWN_ATTRIBUTE or name.partition("(")[0] not in _words(error):
            raise
        return read(())


def explained(error: Refused, resource: ResourceType) -> Refused:
    """Return the error of a refused read of a task's object, as `Unsupported` if the array's release is too old."""
    late = {one.api_name: (f"{one.option} of {with_article(resource.title)}", one.since) for one in resource.attributes}
    return _explained(error, resource.type, resource.title, late, UNTOUCHED)


def explained_list(error: Refused, resource: ResourceType, list_: List) -> Refused:
    """Return the error of a refused read of a list by an action, as `Unsupported` if the release lacks the action."""
    if error.status != UNKNOWN_PATH or not list_.since:
        return error
    return _unsupported(error, f"{list_.option} of {resource.title}s", list_.since, UNTOUCHED)


def explained_query(error: Refused, type_: str) -> Refused:
    """Return the error of a refused query of a type, as `Unsupported` if the array's release is too old."""
    if type_ not in TYPES:
        return error
    late = {name: (f"{name} of {type_}", one.since) for name, one in facts_of(type_).attributes.items()}
    return _explained(error, type_, f"type {type_}", late, "")


def _explained(
    error: Refused, type_: str, title: str, attributes: t.Mapping[str, tuple[str, str]], hint: str
) -> Refused:
    """attributes: what each attribute is called, and the release that added it, by the API's name."""
    since, what = "", title
    if error.status == UNKNOWN_PATH:
        since = facts_of(type_).since
    elif error.status == UNKNOWN_ATTRIBUTE:
        unknown = [entry for name, entry in attributes.items() if entry[1] and name in _words(error)]
        if unknown:
            what, since = unknown[0]
    return _unsupported(error, what, since, hint) if since else error


def _unsupported(error: Refused, what: str, since: str, hint: str) -> Unsupported:
    return Unsupported(
        f"The array does not know the {what}, which PowerStoreOS {since} and later has: {error.message}",
        error.method,
        error.path,
        error.status,
        error.messages,
        hint=hint,
    )


def _words(error: Refused) -> list[str]:
    return " ".join(str(message.get("message")) for message in error.messages).split()


def as_release(since: str) -> tuple[int, ...]:
    """Return the release of an attribute so that releases compare, an empty tuple if all have it."""
    return tuple(int(part) for part in since.split(".")[:2]) if since else ()
