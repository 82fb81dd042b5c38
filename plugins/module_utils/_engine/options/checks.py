# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of a task's options against its resource type, before any request is sent."""

from __future__ import annotations

import functools
import typing as t

from ..data import Json
from ..errors import InputError
from ..table.attribute import CANNOT, Attribute, as_lines
from ..table.lists import EXACT, List
from ..table.resource_type import SINGLETON, ResourceType
from ..text.words import and_so_on, with_article
from .rules import Requires, in_vain, misleading

LINE_ENDS = "\r\n"


def check_options(resource: ResourceType, desired: Json) -> None:
    """Raise one InputError for all options that the appliance would refuse."""
    wrong = [*_wrong_key(resource, desired), *_wrong_texts(resource, desired), *_wrong_values(resource, desired)]
    wrong += misleading(rules_of(resource), desired)
    if desired.get("state", "present") == "present":
        wrong += [line for line in (rule.contradiction(desired) for rule in resource.state_rules) if line]
    if wrong:
        raise InputError(" ".join(wrong))


def option_warnings(resource: ResourceType, desired: Json) -> tuple[str, ...]:
    """Return a sentence for each option that has no effect in this task."""
    return tuple(in_vain(rules_of(resource), desired))


def check_new_key(resource: ResourceType, name: str) -> None:
    """Raise InputError for a name that the appliance does not accept."""
    key = resource.key
    bad = "".join(sorted(set(resource.key_without) & set(name)))
    if not name.strip():
        raise InputError(f"The {key} {name!r} is blank. Give a {key} that can be read.")
    if bad:
        raise InputError(
            f"The {key} {name} contains {' '.join(bad)}, which the appliance does not take.",
            hint=f"Give a {key} without any of {' '.join(resource.key_without)}",
        )


@functools.lru_cache(maxsize=256)
def rules_of(resource: ResourceType) -> tuple[Requires, ...]:
    """Return the rules of the resource type, and those that follow from its request parameters, secrets and members.

    With ``state: absent``, attributes cause no warning: a task that describes the whole object may just switch its
    state. A list of members does, because the user may expect that only these members are removed.
    """
    rules = list(resource.rules)
    for parameter in resource.parameters:
        if parameter.on == ("delete",):
            rules.append(Requires(parameter.option, "state", ("absent",), refuses=(True,)))
        rules += [
            Requires(parameter.option, attribute.option)
            for attribute in resource.attributes
            if parameter.along == attribute.api_name
        ]
    secrets = [attribute for attribute in resource.attributes if attribute.sensitive]
    if len(secrets) == 1:
        rules.append(Requires(resource.update_secrets, secrets[0].option, ignores=("on_create", "with_changes")))
    for list_ in resource.lists:
        part = ("add", "remove")
        rules.append(Requires(list_.mode, list_.option, ignores=(EXACT,)))
        # With state absent, the task would delete the whole object instead of some of its members.
        rules.append(Requires(list_.mode, "state", ("present",), ignores=(EXACT,), refuses=part))
        rules.append(Requires(list_.option, "state", ("present",), unless=list_.released_by))
    return tuple(rules)


def _wrong_key(resource: ResourceType, desired: Json) -> list[str]:
    if resource.kind == SINGLETON:
        return []
    key, new = resource.key, f"new_{resource.key}"
    wrong = [
        f"{name} is empty: give the {name} of the {resource.title}{_or_out(name != key or 'id' in desired)}."
        for name in (key, new, "id")
        if desired.get(name) == ""
    ]
    if desired.get(key) is None and desired.get("id") is None:
        wrong.append(f"Give {key} or id of the {resource.title}.")
    if desired.get(key) is not None:
        wrong += [
            f"Give {beside}, too: {resource.title}s are identified by {and_so_on(resource.identified_by)}."
            for beside in resource.needed[1:]
            if desired.get(beside) in (None, "")
        ]
        given = [option for option in resource.one_of if desired.get(option) not in (None, "")]
        if resource.one_of and len(given) != 1:
            instead = f", not {and_so_on(given)}" if given else f" to identify the {resource.title}"
            wrong.append(f"Give one of {', '.join(resource.one_of)}{instead}.")
    if desired.get("state") == "absent" and desired.get(new):
        wrong.append(f"{new} {resource.rename}s {with_article(resource.title)}; it cannot be used with state absent.")
    return wrong


def _or_out(can_be: bool) -> str:
    """Return the words for an option that can be left out, such as the name of an object that also has an id."""
    return ", or leave the option out" if can_be else ""


def _wrong_texts(resource: ResourceType, desired: Json) -> list[str]:
    found = [(attribute, desired.get(attribute.option)) for attribute in _texts(resource)]
    return [line for attribute, value in found if isinstance(value, str) for line in _wrong_text(attribute, value)]


@functools.lru_cache(maxsize=256)
def _texts(resource: ResourceType) -> tuple[Attribute, ...]:
    """Return the options that may be texts, as attributes."""
    names = (resource.key, f"new_{resource.key}")
    keys = (Attribute(name, max_length=resource.key_length) for name in names)
    return (*keys, *(attribute for attribute in resource.attributes if attribute.option not in names))


def _wrong_text(attribute: Attribute, value: str) -> list[str]:
    wrong = []
    option, low, high = attribute.option, attribute.min_length, attribute.max_length
    shown = "" if attribute.sensitive else f": {value[:40]!r}{'...' if len(value) > 40 else ''}"
    if high and len(value) > high:
        wrong.append(f"{option} has {len(value)} characters, at most {high} are allowed{shown}")
    if value and len(value) < low:
        wrong.append(f"{option} has {len(value)} characters, at least {low} are needed.")
    ends = LINE_ENDS if attribute.normalize is as_lines else ""
    bad = sorted({char for char in value if not char.isprintable() and char not in ends})
    if bad:
        wrong.append(f"{option} contains unprintable characters: {', '.join(repr(char) for char in bad)}.")
    return wrong


def _wrong_values(resource: ResourceType, desired: Json) -> list[str]:
    wrong: list[str] = []
    for attribute in resource.attributes:
        value = desired.get(attribute.option)
        if value is None:
            continue
        wrong += _wrong_list(attribute, value) if isinstance(attribute, List) else _wrong_value(attribute, value)
    return wrong


def _wrong_value(attribute: Attribute, value: t.Any) -> list[str]:
    """Return what is wrong with the value of an attribute, whatever its current value is."""
    option = attribute.option
    if value in ("", []):
        if (attribute.required and value == "") or attribute.clear == CANNOT:
            return [f"{option} is empty: give a value, or leave the option out."]
        return []
    only = attribute.one_way.only if attribute.one_way else None
    if only is not None and value != only:
        return [f"{option} can only be set to {str(only).lower()}, not to {str(value).lower()}."]
    if attribute.max_items and isinstance(value, list) and len(value) > attribute.max_items:
        return [f"{option} has {len(value)} entries, at most {attribute.max_items} are allowed."]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _wrong_number(attribute, value)
    return []


def _wrong_number(attribute: Attribute, value: float) -> list[str]:
    low, high = attribute.minimum, attribute.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return []
    bounds = [f"at least {attribute.in_words(low)}"] if low is not None else []
    bounds += [f"at most {attribute.in_words(high)}"] if high is not None else []
    return [f"{attribute.option} must be {' and '.join(bounds)}, not {attribute.in_words(value)}."]


def _wrong_list(list_: List, value: t.Sequence[t.Any]) -> list[str]:
    """Return what is wrong with the items of a list: empty ones, those listed twice, and wrong values in them."""
    item = list_.item
    if not value and list_.clear == CANNOT:
        return [f"{list_.option} is empty: give at least one {item.noun}, or leave the option out."]
    if list_.max_items and len(value) > list_.max_items:
        return [f"{list_.option} has {len(value)} entries, at most {list_.max_items} are allowed."]
    if not item.attributes:
        is_empty = any(entry == "" for entry in value)
        takes = f"names or ids of {item.noun}s" if item.ref else f"{item.noun}s"
        return [f"{list_.option} has an empty entry: give {takes}."] if is_empty else []
    wrong: list[str] = []
    seen: list[Json] = []
    for entry in value:
        lacking = [key for key in item.key if entry.get(key) in (None, "")]
        if lacking:
            wrong.append(f"{list_.option} has an entry without {' and '.join(lacking)}.")
            continue
        for attribute in item.attributes:
            given = entry.get(attribute.option)
            if given is not None:
                of = "" if attribute.option in item.key else f" of {item.name_of(entry)}"
                texts = _wrong_text(attribute, given) if isinstance(given, str) else []
                wrong += [f"{list_.option}{of}: {line}" for line in (*texts, *_wrong_value(attribute, given))]
        if any(item.is_same(entry, other) for other in seen):
            wrong.append(f"{list_.option}: {item.name_of(entry)} is listed twice.")
        seen.append(entry)
    return wrong
