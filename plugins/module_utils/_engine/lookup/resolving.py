# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task refers to: which references must be looked up, and the options with what the look-up found."""

from __future__ import annotations

import typing as t

from ..data import Json
from ..table.attribute import Attribute
from ..table.lists import REMOVE, List
from ..table.resource_type import ResourceType
from ..table.values import agrees
from .references import Ref, Reference, Resolver, Wanted, references_in


def wanted_of(resource: ResourceType, desired: Json, current: Json | None) -> list[Wanted]:
    """Return the references that a task may write: those that the current object does not have yet."""
    wanted = [_wanted_owner(owner, desired) for owner in resource.owners] if current is None else []
    for attribute in resource.attributes:
        value = desired.get(attribute.option)
        if value is None:
            continue
        if isinstance(attribute, List):
            wanted += _wanted_in_list(attribute, desired, current)
        elif isinstance(value, Reference) and attribute.ref and not _is_there(attribute, current, value):
            wanted.append(
                Wanted(attribute.option, attribute.ref, (value,), within=_owner(resource, attribute, desired))
            )
    return [want for want in wanted if want.references]


def _wanted_owner(owner: Attribute, desired: Json) -> Wanted:
    value = desired.get(owner.option)
    return Wanted(owner.option, t.cast(Ref, owner.ref), (value,) if isinstance(value, Reference) else ())


def _owner(resource: ResourceType, attribute: Attribute, desired: Json) -> tuple[str, Reference] | None:
    """Return the owner of what an attribute refers to, with the path that leads to it, if the task gives it."""
    for owner in resource.owners:
        through, dummy, path = owner.read.partition(".")
        value = desired.get(owner.option)
        if through == attribute.read and isinstance(value, Reference):
            return path, value
    return None


def _is_there(attribute: Attribute, current: Json | None, value: Reference) -> bool:
    """Return whether the object as read shows that it refers to this object already."""
    known = current is not None and not attribute.looks_up
    return known and agrees(attribute, attribute.current_value(t.cast(Json, current)), value)


def _wanted_in_list(list_: List, desired: Json, current: Json | None) -> list[Wanted]:
    if list_.mode and desired.get(list_.mode) == REMOVE:
        return []  # an object that does not exist is not in the list, so nothing has to be removed
    rows, items = ([] if list_.looks_up else list_.rows(current)), desired[list_.option]
    joining = [item for item in items if not any(list_.item.matches(row, item) for row in rows)]
    if list_.item.ref:
        references = tuple(item for item in joining if isinstance(item, Reference))
        return [Wanted(list_.option, list_.item.ref, references, list_.item.noun)]
    return [
        Wanted(
            f"{list_.option}.{attribute.option}",
            attribute.ref,
            tuple(item[attribute.option] for item in joining if isinstance(item.get(attribute.option), Reference)),
        )
        for attribute in list_.item.attributes
        if attribute.ref
    ]


def resolved(resource: ResourceType, desired: Json, current: Json | None, resolver: Resolver) -> Json:
    """Return the options with the ids and names of what they refer to, as far as they are known."""
    found = dict(desired)
    for attribute in resource.attributes:
        value = desired.get(attribute.option)
        if value is None:
            continue
        if not isinstance(attribute, List):
            if attribute.ref:
                found[attribute.option] = resolver.resolved(attribute.ref, value)
        elif attribute.item.ref:
            ref = attribute.item.ref
            rows = attribute.rows(current)
            found[attribute.option] = [_known(ref, item, rows, resolver) for item in value]
        elif attribute.item.attributes:
            found[attribute.option] = [_resolved_item(attribute, item, resolver) for item in value]
    return found


def _known(ref: Ref, item: t.Any, rows: t.Sequence[Json], resolver: Resolver) -> t.Any:
    """Return a reference as the current list has it, or as it was looked up."""
    if not isinstance(item, Reference):
        return item
    there = next((row for row in rows if item.matches(row)), None)
    return Reference(there["id"], there.get("name")) if there else resolver.reference(ref, item)


def _resolved_item(list_: List, item: Json, resolver: Resolver) -> Json:
    referring: t.Iterable[Attribute] = (attribute for attribute in list_.item.attributes if attribute.ref)
    known = {
        attribute.option: resolver.resolved(t.cast(Ref, attribute.ref), item[attribute.option])
        for attribute in referring
        if references_in(item.get(attribute.option))
    }
    return {**item, **known}
