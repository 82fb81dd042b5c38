# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Parts that all plans share: how an object is named, and the requests that change it and its files."""

from __future__ import annotations

import typing as t

from ..data import Json
from ..lookup.naming import in_words, name_asked, name_of
from ..lookup.references import Reference
from ..table.attribute import Attribute
from ..table.read_path import put_at
from ..table.resource_type import SINGLETON, ResourceType
from ..table.values import whole_body
from ..text.paths import ID_LATER, in_path
from .steps import VERSION_LATER, Request

if t.TYPE_CHECKING:
    from ..table.content import Content


def managed(resource: ResourceType, desired: Json) -> list[Attribute]:
    """Return the attributes that the task gives, without the lists that are changed item by item."""
    return [attribute for attribute in resource.plain if desired.get(attribute.option) is not None]


def title_of(resource: ResourceType, current: Json) -> str:
    """Return the words for an existing object in messages."""
    return resource.title if resource.kind == SINGLETON else f"{resource.title} {name_of(resource, current)}"


def identity_of(resource: ResourceType, current: Json) -> Json:
    """Return what identifies an existing object, for the diff."""
    if resource.kind == SINGLETON:
        return {}
    named = {resource.key: current[resource.key]} if resource.has_names else {}
    shown = resource.owners if resource.has_names else resource.identifying
    values = {one.option: one.current_value(current) for one in shown}
    return {**named, **{option: in_words(value) for option, value in values.items() if value is not None}}


def new_object(resource: ResourceType, desired: Json) -> Json:
    """Return what a plan knows of the object that it creates: what identifies it. Its id is not known yet."""
    new: Json = {"id": ID_LATER, resource.convention.version: VERSION_LATER}
    if resource.has_names:
        return {**new, resource.key: name_asked(resource, desired)}
    for attribute in resource.identifying:
        value = desired.get(attribute.option)
        shown = {"id": value.id, "name": str(value)} if isinstance(value, Reference) else value
        put_at(new, attribute.option if attribute.looks_up else attribute.read, shown)
    return new


def modify_request(resource: ResourceType, current: Json, changes: Json, summary: str, desired: Json) -> Request:
    verb, path = resource.convention.modify
    body = whole_body(resource, current, changes) if resource.convention.replace_on_update else changes
    body = {**body, **parameters_in(resource, "modify", desired, body)}
    path = path.format(type=resource.type, id=in_path(current["id"]), action="")
    return Request("modify", verb, path, body, summary, version=version_of(resource, current))


def version_of(resource: ResourceType, current: Json) -> str:
    return str(current.get(resource.convention.version) or "") if resource.convention.version else ""


def parameters_in(resource: ResourceType, action: str, desired: Json, body: Json) -> Json:
    fitting = (
        parameter
        for parameter in resource.parameters
        if action in parameter.on and (not parameter.along or parameter.along in body)
    )
    return {
        parameter.api_name or parameter.option: desired[parameter.option]
        for parameter in fitting
        if desired.get(parameter.option) is not None
    }


def set_after_uploads(resource: ResourceType, current: Json | None, desired: Json) -> set[str]:
    """Return the options that the appliance can set only once it has a file that the plan uploads."""
    missing = [one for one in resource.contents if one.before and _differs(one, current, desired)]
    return {option for one in missing for option in one.before if desired.get(option)}


def _differs(content: Content, current: Json | None, desired: Json) -> bool:
    """Return whether the task gives a file that differs from the one that the object has."""
    file = desired.get(content.option)
    return file is not None and (current is None or current.get(content.option) != str(file))


def upload_steps(
    resource: ResourceType, current: Json | None, target: Json, desired: Json, before: Json, after: Json
) -> list[Request]:
    """Return the uploads, and add the sums of the files to the diff.

    current: the object as read, None if the plan creates it. target: the object that the steps address.
    """
    steps = []
    verb, path = resource.convention.action
    for content in resource.contents:
        file = desired.get(content.option)
        if file is None:
            continue
        after[content.option] = str(file)
        if current is not None:
            before[content.option] = current.get(content.option)
        if not _differs(content, current, desired):
            continue
        step_path = path.format(type=resource.type, id=in_path(target["id"]), action=content.upload)
        summary = f"upload {content.option} to {title_of(resource, target)}"
        steps.append(Request(content.upload, verb, step_path, None, summary))
    return steps
