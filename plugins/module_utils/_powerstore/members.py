# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look up the desired members of an object by name or id, unless they are members already."""

from __future__ import annotations

import typing as t

from .._engine.errors import InputError
from .._engine.options.mistakes import UNTOUCHED
from .._engine.resource_type import Json, Members, Reference
from .directory import Directory


def look_up_members(directory: Directory, members: Members, desired: Json, current: Json | None) -> None:
    """Look up the desired members that the object does not have; raise InputError that names all that do not exist.

    One current member is read with them, because the checks compare new members with it.
    """
    if desired.get(members.mode) == "remove":
        return  # an object that does not exist is not a member, so nothing has to be removed
    current_value = current_members(members, current)
    references: list[Reference] = desired.get(members.option) or []
    joining = [ref for ref in references if not any(ref.matches(member) for member in current_value)]
    unknown = [ref for ref in joining if directory.row(members.refers_to, ref) is None]
    if not unknown:
        return
    beside = [Reference(id=current_value[0]["id"])] if current_value else []
    directory.fill(members.refers_to, [*unknown, *beside])
    missing = [ref for ref in unknown if directory.row(members.refers_to, ref) is None]
    if missing:
        raise InputError(
            f"No {members.noun} on the array for: {', '.join(map(str, missing))}.",
            hint=f"{members.option} takes names or ids of {members.noun}s. {UNTOUCHED}",
        )


def resolved_members(
    directory: Directory, members: Members, references: t.Sequence[Reference], current: Json | None
) -> list[Reference]:
    """Return the desired members with the ids and names that are known."""
    current_value = current_members(members, current)

    def resolved(ref: Reference) -> Reference:
        there = next((member for member in current_value if ref.matches(member)), None)
        return Reference(there["id"], there.get("name")) if there else directory.reference(members.refers_to, ref)

    return [resolved(ref) for ref in references]


def current_members(members: Members, current: Json | None) -> list[Json]:
    """Return the current members of the object, none if it does not exist."""
    return list((current or {}).get(members.relation) or [])
