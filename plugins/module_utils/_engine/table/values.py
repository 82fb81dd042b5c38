# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The value of one attribute: how it is compared, shown in a diff, and written into a request body."""

from __future__ import annotations

import copy
import typing as t

from ..data import Json
from ..lookup.references import Reference, distinct
from .attribute import CANNOT, EMPTY_TEXT, NULL, SECRET, Attribute
from .lists import List
from .read_path import put_at
from .resource_type import ResourceType
from .whole_list import Whole


def _whole(attribute: Attribute) -> Whole | None:
    """Return the channel of a list of structures that is written as a whole."""
    is_whole = isinstance(attribute, List) and not attribute.item.ref and isinstance(attribute.channel, Whole)
    return t.cast(Whole, t.cast(List, attribute).channel) if is_whole else None


def _given(attribute: Attribute, value: Json) -> list[Attribute]:
    """Return the parts of a structure that the task gives."""
    return [part for part in attribute.structure if value.get(part.option) is not None]


def agrees(attribute: Attribute, current_value: t.Any, value: t.Any) -> bool:
    """Return whether the current value equals the desired one."""
    whole = _whole(attribute)
    if whole:
        return whole.same(current_value, value)
    if attribute.structure:
        return all(
            part.unreadable or agrees(part, part.current_value(current_value or {}), value[part.option])
            for part in _given(attribute, value)
        )
    if isinstance(attribute, List) and attribute.item.ref:
        there = current_value or []
        return len(there) == len(distinct(value)) and all(
            any(reference.matches(other) for other in there) for reference in value
        )
    if isinstance(value, Reference):
        return bool(current_value) and value.matches(current_value)
    if value == "" and (attribute.ref or attribute.clear == NULL):
        return not current_value
    return bool(attribute.normalize(current_value) == attribute.normalize(value))


def as_shown_now(attribute: Attribute, current_value: t.Any, value: t.Any) -> t.Any:
    """Return the current value as the diff shows it. A reference is shown as the task gives it, by name or by id."""
    whole = _whole(attribute)
    if whole:
        return whole.shown(current_value, value)
    if attribute.structure:
        return {
            part.option: SECRET
            if part.unreadable
            else as_shown_now(part, part.current_value(current_value or {}), value[part.option])
            for part in _given(attribute, value)
        }
    if isinstance(attribute, List) and attribute.item.ref:
        return sorted(str(row.get("name") or row["id"]) for row in current_value or ())
    if not attribute.ref:
        return attribute.in_words(current_value)
    if not current_value:
        return ""
    by_id = isinstance(value, Reference) and value.name is None
    return current_value["id"] if by_id else current_value.get("name") or current_value["id"]


def _refers(value: list[t.Any]) -> bool:
    return bool(value) and all(isinstance(item, Reference) for item in value)


def as_shown(attribute: Attribute, value: t.Any) -> t.Any:
    """Return the desired value as the diff shows it."""
    whole = _whole(attribute)
    if whole and whole.unreadable:
        return whole.hidden(value)
    if attribute.structure:
        return {
            part.option: SECRET if part.sensitive else as_shown(part, value[part.option])
            for part in _given(attribute, value)
        }
    if isinstance(value, list) and _refers(value):
        return sorted(map(str, distinct(value)))
    return str(value) if isinstance(value, Reference) else attribute.in_words(value)


def in_body(resource: ResourceType, attribute: Attribute, value: t.Any) -> t.Any:
    """Return the value as request bodies contain it."""
    if attribute.structure:
        return {part.api_name: in_body(resource, part, value[part.option]) for part in _given(attribute, value)}
    if isinstance(value, list) and _refers(value):
        return [reference.in_body(resource.convention.by_name) for reference in distinct(value)]
    if isinstance(value, Reference):
        return value.in_body(resource.convention.by_name)
    return cleared(attribute) if value == "" else value


def cleared(attribute: Attribute) -> t.Any:
    """Return what a request contains to unset an attribute."""
    if attribute.clear == NULL:
        return None
    return "" if attribute.clear in (EMPTY_TEXT, CANNOT) else attribute.clear


def put_into(resource: ResourceType, body: Json, attribute: Attribute, value: t.Any, current_value: t.Any) -> None:
    """Write a value into a body. From current_value, a whole list keeps what the task does not give."""
    whole = _whole(attribute)
    written = whole.merged(current_value, value) if whole else in_body(resource, attribute, value)
    # Bodies that replace the object have its form as read; in others, the structures of the object do not occur.
    within = attribute.within if resource.convention.replace_on_update else ""
    put_at(body, f"{within}.{attribute.api_name}" if within else attribute.api_name, written)


def whole_body(resource: ResourceType, current: Json, changes: Json) -> Json:
    """Return the object as read, with the changes applied and without what the handler added to it."""
    looked_up = (attribute.option for attribute in resource.attributes if attribute.looks_up)
    beside = {"id", *resource.reads, *looked_up}
    body = {name: copy.deepcopy(value) for name, value in current.items() if name not in beside}
    structures = {attribute.within for attribute in resource.attributes if attribute.within}
    for name, value in changes.items():
        body[name] = {**(body.get(name) or {}), **value} if name in structures else value
    return body
