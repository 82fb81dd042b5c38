# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The value of one attribute: how it is compared, shown in a diff, and written into a request body."""

from __future__ import annotations

import copy
import typing as t

from .resource_type import Attribute, Json, Reference, ResourceType, distinct


def agrees(attribute: Attribute, current_value: t.Any, value: t.Any) -> bool:
    """Return whether the current value equals the desired one."""
    if attribute.entries:
        return attribute.entries.same(current_value, value)
    if not attribute.refers_to:
        return attribute.same(current_value, value)
    if isinstance(value, list):
        there = current_value or []
        return len(there) == len(distinct(value)) and all(
            any(reference.matches(other) for other in there) for reference in value
        )
    if value == "":
        return not current_value
    return bool(current_value) and value.matches(current_value)


def as_shown_now(attribute: Attribute, current_value: t.Any, value: t.Any) -> t.Any:
    """Return the current value as the diff shows it. A reference is shown as the task gives it, by name or by id."""
    if attribute.entries:
        return attribute.entries.shown(current_value, value)
    if not attribute.refers_to:
        return current_value
    if isinstance(value, list):
        return sorted(str(row.get("name") or row["id"]) for row in current_value or ())
    if not current_value:
        return ""
    by_id = isinstance(value, Reference) and value.name is None
    return current_value["id"] if by_id else current_value.get("name") or current_value["id"]


def _refers(value: list[t.Any]) -> bool:
    return bool(value) and all(isinstance(item, Reference) for item in value)


def as_shown(value: t.Any) -> t.Any:
    """Return the desired value as the diff shows it."""
    if isinstance(value, list) and _refers(value):
        return sorted(map(str, distinct(value)))
    return str(value) if isinstance(value, Reference) else value


def on_wire(resource: ResourceType, value: t.Any) -> t.Any:
    """Return the value as request bodies carry it."""
    if isinstance(value, list):
        return [on_wire(resource, item) for item in distinct(value)] if _refers(value) else value
    if not isinstance(value, Reference):
        return value
    return value.id if value.id is not None else resource.style.by_name.format(name=value.name)


def put_into(resource: ResourceType, body: Json, attribute: Attribute, value: t.Any, current_value: t.Any) -> None:
    """Write a value into a body. From current_value, entries keep what the task does not give."""
    holder = body.setdefault(attribute.within, {}) if attribute.within and resource.style.replace_on_update else body
    written = attribute.entries.merged(current_value, value) if attribute.entries else on_wire(resource, value)
    holder[attribute.on_wire] = written


def whole_body(resource: ResourceType, current: Json, changes: Json) -> Json:
    """Return the object as read, with the changes applied and without what the handler added to it."""
    beside = {"id", *resource.reads, *(attribute.relation for attribute in resource.attributes if attribute.joined)}
    body = {name: copy.deepcopy(value) for name, value in current.items() if name not in beside}
    structures = {attribute.within for attribute in resource.attributes if attribute.within}
    for name, value in changes.items():
        body[name] = {**(body.get(name) or {}), **value} if name in structures else value
    return body
