# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turn a task's options into the values that the engine compares: references, and values in the API's own form."""

from __future__ import annotations

import typing as t

from ..data import Json
from ..lookup.references import Reference
from ..table.attribute import Attribute
from ..table.lists import List
from ..table.resource_type import ResourceType
from .mistakes import Mistakes

AsReference = t.Callable[[str], Reference]


def bind(resource: ResourceType, desired: Json, reference: AsReference, mistakes: Mistakes) -> Json:
    """Return the options with references and formatted values; add a mistake for each value that has a wrong form.

    reference: how the platform reads a reference. An empty text, which clears an attribute, stays as it is.
    """
    bound = dict(desired)
    for option in (resource.key, f"new_{resource.key}"):
        if resource.key_format and bound.get(option):
            with mistakes.noted():
                bound[option] = resource.key_format.parse(bound[option], option)
    for content in resource.contents:
        if bound.get(content.option) is not None:
            with mistakes.noted():
                bound[content.option] = content.bound(bound[content.option])
    for attribute in (*resource.owners, *resource.attributes):
        value = bound.get(attribute.option)
        if value is None:
            continue
        if isinstance(attribute, List):
            bound[attribute.option] = _bound_list(attribute, value, reference, mistakes)
        else:
            with mistakes.noted():
                bound[attribute.option] = _bound(attribute, value, reference)
    return bound


def _bound(attribute: Attribute, value: t.Any, reference: AsReference) -> t.Any:
    if value == "":
        return value
    if attribute.ref:
        return attribute.ref.read_as(value, reference)
    if attribute.structure:
        parts = {part.option: part for part in attribute.structure}
        return {name: part if part is None else _bound(parts[name], part, reference) for name, part in value.items()}
    return attribute.format.parse(value, attribute.option) if attribute.format else value


def _bound_list(list_: List, value: t.Sequence[t.Any], reference: AsReference, mistakes: Mistakes) -> list[t.Any]:
    if list_.item.ref:
        return [list_.item.ref.read_as(name, reference) if name else name for name in dict.fromkeys(value)]
    if not list_.item.attributes:
        return list(value)
    bound = []
    for entry in value:
        entry = dict(entry)
        for attribute in list_.item.attributes:
            if entry.get(attribute.option) is not None:
                with mistakes.noted():
                    entry[attribute.option] = _bound(attribute, entry[attribute.option], reference)
        bound.append(entry)
    return bound
