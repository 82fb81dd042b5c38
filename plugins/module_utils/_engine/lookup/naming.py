# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one rule for renaming on all platforms: which object a task with a name and a new name means."""

from __future__ import annotations

import typing as t

from ..data import Json
from ..errors import InputError
from ..table.resource_type import ResourceType


def names_to_find(resource: ResourceType, desired: Json, ignores_case: bool = True) -> list[str]:
    """Return the names to look for: the name, and the new name if it may be that of another object.

    ignores_case: whether names that differ only in case are the same to the appliance.
    """
    old, new = desired[resource.key], desired.get(f"new_{resource.key}")
    is_same = not new or (new.lower() == old.lower() if ignores_case else new == old)
    return [old] if is_same else [old, str(new)]


def name_of(resource: ResourceType, current: Json) -> str:
    """Return the words for an existing object in messages: its name, or the names of what identifies it."""
    if resource.has_names:
        return str(current[resource.key])
    values = (attribute.current_value(current) for attribute in resource.identifying)
    return ", ".join(in_words(value) for value in values if value is not None)


def name_asked(resource: ResourceType, desired: Json) -> str:
    """Return the words for the object that a task means, as the task names it; empty if it gives only an id.

    Of an object that the task renames, this is the new name.
    """
    if resource.has_names:
        return str(desired.get(f"new_{resource.key}") or desired.get(resource.key) or "")
    given = (desired.get(attribute.option) for attribute in resource.identifying)
    return ", ".join(str(value) for value in given if value is not None)


def in_words(value: t.Any) -> str:
    """Return a value of an identity in messages: the name of an object, or the value itself."""
    return str(value.get("name") or value["id"]) if isinstance(value, dict) else str(value)


def meant(
    resource: ResourceType,
    desired: Json,
    find: t.Callable[[str], Json | None],
    was_sent: bool = False,
    ignores_case: bool = True,
) -> Json | None:
    """Return the object that a task means, or None. An object that has the new name already was renamed before.

    find: returns the object with a name. was_sent: whether this run has sent a write; then an object with the new name
    is its result, although the old name may belong to a new object by now. ignores_case: as in `names_to_find`.
    Raises InputError if two objects have the two names.
    """
    names = names_to_find(resource, desired, ignores_case)
    if len(names) == 1:
        return find(names[0])
    if was_sent:
        renamed = find(names[1])
        return renamed if renamed is not None else find(names[0])
    current, renamed = find(names[0]), find(names[1])
    if current and renamed and (ignores_case or renamed[resource.key] == names[1]):
        raise InputError(
            f"Cannot {resource.rename} {resource.title} {names[0]} to {names[1]}: another {resource.title} has this "
            f"{resource.key}.",
            hint=f"Remove or {resource.rename} that one first, or give another {resource.key}.",
        )
    return current or renamed
