# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inverse of a table: the options that would give an object the state that it has."""

from __future__ import annotations

import typing as t

from ..data import Json
from ..errors import InputError
from ..lookup.references import Ref
from .attribute import Attribute
from .lists import List
from .resource_type import SINGLETON, ResourceType
from .whole_list import Whole

Written = t.Callable[[Ref, Json], str]
"""Returns a reference as an option takes it. It gets what the option refers to, and the object with id and name."""

UNSET: tuple[t.Any, ...] = (None, "", [], {})


def options_of(resource: ResourceType, row: Json, written: Written, without: t.Collection[str] = ()) -> Json:
    """Return the options of an object as read.

    Options with their defaults, without a value, and those that nobody can read or set again are left out. without:
    options to leave out as well.
    """
    has_name = resource.kind != SINGLETON and resource.has_names
    options: Json = {resource.key: row.get(resource.key)} if has_name else {}
    for attribute in (*resource.owners, *resource.attributes):
        if attribute.option in without:
            continue
        value = _list(attribute, row, written) if isinstance(attribute, List) else _option(attribute, row, written)
        if value is not None:
            options[attribute.option] = value
    return _within_rules(resource, options)


def _within_rules(resource: ResourceType, options: Json) -> Json:
    """Return the options without those that have no effect beside the others, such as the time zone of no time.

    Rules judge values as the API has them: the texts of two sizes have no order.
    """
    forms = {one.option: one.format for one in resource.attributes if one.format and one.option in options}
    values = {**options, **{name: form.parse(options[name], name) for name, form in forms.items()}}
    for rule in resource.state_rules:
        idle = [name for name in values if rule.broken({}, values) and not rule.broken({}, _without(values, name))]
        values = _without(values, idle[0]) if idle else values
    return {name: options[name] for name in values}


def _without(options: Json, name: str) -> Json:
    return {other: value for other, value in options.items() if other != name}


def secrets_of(resource: ResourceType, row: Json) -> list[str]:
    """Return the secret options that an object has, in words such as ``initiators of iqn.x: chap_single_password``."""
    found = [attribute.option for attribute in resource.attributes if attribute.sensitive]
    for list_ in resource.lists:
        for part in list_.item.attributes:
            rows = list_.rows(row) if part.sensitive else []
            owned = [entry for entry in rows if all(entry.get(name) for name in part.belongs_to)]
            found += [f"{list_.option} of {list_.item.name_of(entry)}: {part.option}" for entry in owned]
    return found


def _option(attribute: Attribute, row: Json, written: Written) -> t.Any:
    """Return the value of one option, None to leave it out."""
    value: t.Any = None if attribute.unreadable else attribute.current_value(row)
    if value in UNSET:
        return None
    if attribute.ref:
        return written(attribute.ref, value)
    if attribute.structure:
        parts = {part.option: _option(part, value, written) for part in attribute.structure}
        return {name: part for name, part in parts.items() if part is not None} or None
    if attribute.default is not None and attribute.normalize(value) == attribute.normalize(attribute.default):
        return None
    if attribute.one_way and attribute.one_way.only not in (None, value):
        return None
    option = _as_people_write(attribute, value)
    return option if _is_offered(attribute, option) else None


def _as_people_write(attribute: Attribute, value: t.Any) -> t.Any:
    """Return what an option holds for a value, None if no text stands for exactly this value."""
    form = attribute.format
    if form is None:
        return value
    for text in (form.show(value), value):
        try:
            if attribute.normalize(form.parse(text, attribute.option)) == attribute.normalize(value):
                return text
        except InputError:
            continue
    return None


def _is_offered(attribute: Attribute, value: t.Any) -> bool:
    choices = attribute.spec.get("choices")
    return not choices or all(one in choices for one in (value if isinstance(value, list) else [value]))


def _list(list_: List, row: Json, written: Written) -> list[t.Any] | None:
    """Return the entries of a list. They have a stable order where the order means nothing."""
    rows = list_.rows(row)
    if list_.item.ref:
        return sorted(written(list_.item.ref, entry) for entry in rows) or None
    if not list_.item.attributes:
        return list(rows) or None
    entries = [_entry(list_, entry, written) for entry in rows]
    is_ordered = isinstance(list_.channel, Whole)
    key = list_.item.key
    return (entries if is_ordered else sorted(entries, key=lambda one: [str(one.get(name)) for name in key])) or None


def _entry(list_: List, entry: Json, written: Written) -> Json:
    """Return a structure of a list; what identifies it comes first."""
    names = sorted(list_.item.attributes, key=lambda part: part.option not in list_.item.key)
    values = {part.option: _option(part, entry, written) for part in names}
    return {name: value for name, value in values.items() if value is not None}
