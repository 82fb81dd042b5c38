# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an array's release lacks. The array says only that it does not know a path or an attribute."""

from __future__ import annotations

import typing as t

from .._engine.errors import Refused, Unsupported
from .._engine.options.mistakes import UNTOUCHED
from .._engine.table.resource_type import ResourceType
from .schema import facts_of

UNKNOWN_PATH, UNKNOWN_ATTRIBUTE = 404, 400


Result = t.TypeVar("Result")


def with_later(name: str, read: t.Callable[[tuple[str, ...]], Result]) -> Result:
    """Return what a read of an attribute of a later release returns; on an array that lacks it, read without it.

    read: gets the attribute's name, or nothing.
    """
    try:
        return read((name,))
    except Refused as error:
        if error.status != UNKNOWN_ATTRIBUTE or name not in _words(error):
            raise
        return read(())


def explained(error: Refused, resource: ResourceType) -> Refused:
    """Return the error of a refused read, as `Unsupported` if a later release has what the array does not know."""
    since, what = "", resource.title
    if error.status == UNKNOWN_PATH:
        since = facts_of(resource.type).since
    elif error.status == UNKNOWN_ATTRIBUTE:
        unknown = [one for one in resource.attributes if one.since and one.api_name in _words(error)]
        if unknown:
            since, what = unknown[0].since, f"{unknown[0].option} of a {resource.title}"
    if not since:
        return error
    return Unsupported(
        f"The array does not know the {what}, which PowerStoreOS {since} and later has: {error.message}",
        error.method,
        error.path,
        error.status,
        error.messages,
        hint=UNTOUCHED,
    )


def _words(error: Refused) -> list[str]:
    return " ".join(str(message.get("message")) for message in error.messages).split()
