# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of a task's options against its resource type, before any request is sent."""

from __future__ import annotations

from ..errors import InputError
from ..resource_type import Json, ResourceType
from .rules import Requires, in_vain, misleading


def check_options(resource: ResourceType, desired: Json) -> None:
    """Raise one InputError for all options that the appliance would refuse."""
    wrong = [*_wrong_key(resource, desired), *_wrong_texts(resource, desired), *_wrong_values(resource, desired)]
    wrong += misleading(rules_of(resource), desired)
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


def rules_of(resource: ResourceType) -> list[Requires]:
    """Return the rules of the resource type, and those that follow from its request parameters, secrets and members.

    With ``state: absent``, attributes cause no warning: a task that describes the whole object may just switch its
    state. A list of members does, because the user may expect that only these members are removed.
    """
    rules = list(resource.rules)
    for control in resource.controls:
        if control.on == ("delete",):
            rules.append(Requires(control.option, "state", ("absent",), refuses=(True,)))
        rules += [
            Requires(control.option, attribute.option)
            for attribute in resource.attributes
            if control.along == attribute.on_wire
        ]
    for attribute in resource.attributes:
        if attribute.secret:
            rules.append(Requires(attribute.update_option, attribute.option, ignores=("on_create",)))
    for members in resource.members:
        part = ("add", "remove")
        rules.append(Requires(members.mode, members.option, ignores=("exact",)))
        # With state absent, the task would delete the whole object instead of some of its members.
        rules.append(Requires(members.mode, "state", ("present",), ignores=("exact",), refuses=part))
        rules.append(Requires(members.option, "state", ("present",)))
    return rules


def _wrong_key(resource: ResourceType, desired: Json) -> list[str]:
    key, new = resource.key, f"new_{resource.key}"
    wrong = [
        f"{name} is empty: give the {name} of the {resource.title}, or leave the option out."
        for name in (key, new, "id")
        if desired.get(name) == ""
    ]
    if desired.get(key) is None and desired.get("id") is None:
        wrong.append(f"Give {key} or id of the {resource.title}.")
    if desired.get("state") == "absent" and desired.get(new):
        wrong.append(f"{new} renames a {resource.title}; it cannot be used with state absent.")
    return wrong


def _wrong_texts(resource: ResourceType, desired: Json) -> list[str]:
    limits = [(resource.key, resource.key_length), (f"new_{resource.key}", resource.key_length)]
    limits += [(attribute.option, attribute.max_length) for attribute in resource.attributes]
    texts = [(option, desired.get(option), limit) for option, limit in limits]
    return [
        line for option, value, limit in texts if isinstance(value, str) for line in _wrong_text(option, value, limit)
    ]


def _wrong_text(option: str, value: str, limit: int) -> list[str]:
    wrong = []
    if limit and len(value) > limit:
        wrong.append(f"{option} has {len(value)} characters, at most {limit} are allowed: {value[:40]!r}...")
    bad = sorted({char for char in value if not char.isprintable()})
    if bad:
        wrong.append(f"{option} contains unprintable characters: {', '.join(repr(char) for char in bad)}.")
    return wrong


def _wrong_values(resource: ResourceType, desired: Json) -> list[str]:
    wrong = [
        f"{members.option} has an empty entry: give names or ids of {members.noun}s."
        for members in resource.members
        if "" in (desired.get(members.option) or ())
    ]
    for attribute in resource.attributes:
        value = desired.get(attribute.option)
        if attribute.required and value == "":
            wrong.append(f"{attribute.option} is empty: give a value, or leave the option out.")
        if attribute.only and value is not None and value not in attribute.only:
            allowed = " or ".join(str(choice).lower() for choice in attribute.only)
            wrong.append(f"{attribute.option} can only be set to {allowed}, not to {str(value).lower()}.")
    return wrong
