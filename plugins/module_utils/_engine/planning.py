# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make the plan of a task from its resource type, the current and the desired state, without any input or output."""

from __future__ import annotations

import dataclasses
import typing as t

from .attribute import Attribute
from .data import Json
from .errors import InputError
from .list_steps import check_additions, list_steps, names_after, names_now
from .lists import ADD, EXACT, List
from .options.checks import check_new_key, option_warnings
from .plan import SECRET, SECRET_SET, Plan
from .resource_type import EXISTING, SINGLETON, ResourceType
from .steps import VERSION_LATER, Request
from .text.paths import ID_LATER, in_path
from .text.words import counted, listed, sentence
from .values import agrees, as_shown, as_shown_now, in_words, put_into, whole_body


def make_plan(resource: ResourceType, current: Json | None, desired: Json) -> Plan:
    """Return the plan that turns the current object into the desired one.

    current: the object as read, or None if it does not exist. desired: the task's options, with references as
    `Reference` objects; the task does not manage an option without a value. Raises InputError for an impossible state.
    """
    if desired.get("state") == "absent":
        plan = _plan_absent(resource, current, desired)
    elif current is None:
        plan = _plan_create(resource, desired)
    else:
        plan = _Update(resource, current, desired).plan()
    return dataclasses.replace(plan, warnings=option_warnings(resource, desired))


def managed(resource: ResourceType, desired: Json) -> list[Attribute]:
    """Return the attributes that the task gives, without the lists that are changed item by item."""
    return [attribute for attribute in resource.plain if desired.get(attribute.option) is not None]


def title_of(resource: ResourceType, current: Json) -> str:
    """Return the words for an existing object in messages."""
    return resource.title if resource.kind == SINGLETON else f"{resource.title} {current[resource.key]}"


def _identity(resource: ResourceType, current: Json) -> Json:
    return {} if resource.kind == SINGLETON else {resource.key: current[resource.key]}


def _plan_absent(resource: ResourceType, current: Json | None, desired: Json) -> Plan:
    if current is None:
        return Plan()
    before = {"id": current["id"], **_identity(resource, current)}
    gone = []
    for list_ in resource.lists:
        before[list_.option] = names_now(list_, current)
        if list_.deleted_by and desired.get(list_.deleted_by):
            gone.append((list_.item.noun, before[list_.option]))
    for dependents in resource.dependents:
        if dependents.go(desired):
            rows = current.get(dependents.option) or ()
            before[dependents.option] = sorted(str(row.get("name") or row["id"]) for row in rows)
            gone.append((dependents.noun, before[dependents.option]))
    along = " and ".join(f"its {listed(noun, names)}" for noun, names in gone if names)
    verb, path = resource.convention.delete
    flags = _parameters(resource, "delete", desired, {})
    extra = "".join(f", {name}={str(value).lower()}" for name, value in flags.items())
    step = Request(
        action="delete",
        verb=verb,
        path=path.format(type=resource.type, id=in_path(current["id"]), action=""),
        body=flags or None,
        summary=f"delete {title_of(resource, current)}{' with ' if along else ''}{along}{extra}",
        version=_version(resource, current),
    )
    return Plan((step,), before, {})


def _plan_create(resource: ResourceType, desired: Json) -> Plan:
    key = resource.key
    name = desired.get(f"new_{key}") or desired.get(key)
    _refuse_impossible_create(resource, name, desired)
    check_new_key(resource, str(name))
    body: Json = {key: name}
    after: Json = {key: name}
    later: Json = {}
    afterwards = []
    for attribute in managed(resource, desired):
        value = desired[attribute.option]
        after[attribute.option] = SECRET if attribute.sensitive else as_shown(attribute, value)
        if not attribute.update_only:
            if value != "":
                put_into(resource, body, attribute, value, None)
        elif not _is_default(attribute, value):
            put_into(resource, later, attribute, value, None)
            afterwards.append(attribute.option)
    with_items: list[str] = []
    items_later: list[Request] = []
    new: Json = {"id": ID_LATER, key: name, resource.convention.version: VERSION_LATER}
    for list_ in resource.lists:
        if desired.get(list_.option) is None:
            continue
        _refuse_removal(resource, list_, str(name), desired)
        after[list_.option] = names_after(resource, list_, None, desired)
        create = getattr(list_.channel, "create", "")
        wanted = list_.wanted(desired)
        if create and (wanted or list_.required):
            check_additions(list_, wanted)
            body[create] = [list_.in_body(item, resource.convention.by_name) for item in wanted]
        if create and wanted:
            with_items.append(counted([list_.item.name_of(item) for item in wanted], list_.item.noun))
        elif wanted:
            items_later += list_steps(resource, list_, None, new, desired)
    body.update(_parameters(resource, "create", desired, body))
    verb, path = resource.convention.create
    summary = f"create {resource.title} {name}{' with ' if with_items else ''}{' and '.join(with_items)}"
    created_by = resource.convention.creates_by
    steps = [Request(created_by, verb, path.format(type=resource.type, id="", action=""), body, summary)]
    if later:
        summary = f"set {', '.join(afterwards)} of {resource.title} {name}"
        steps.append(_modify(resource, new, later, summary, desired))
    return Plan((*steps, *items_later), {}, after)


def _refuse_impossible_create(resource: ResourceType, name: str | None, desired: Json) -> None:
    """Raise InputError if the task cannot create the object that does not exist."""
    key, title = resource.key, resource.title
    if resource.kind == SINGLETON:
        raise InputError(f"The appliance has no {title}.", hint="Check that the appliance's release supports them.")
    if resource.kind == EXISTING:
        raise InputError(
            f"There is no {title} {desired.get(key) or desired.get('id')}.",
            hint=f"This module changes an existing {title}; it does not create one.",
        )
    if not name or desired.get("id"):
        raise InputError(
            f"There is no {title} with id {desired.get('id')}.",
            hint=f"An id cannot be chosen: give {key} to create a {title}.",
        )
    missing = [
        attribute.option
        for attribute in resource.attributes
        if attribute.required and desired.get(attribute.option) is None
    ]
    broken = [rule.broken(None, desired) for rule in resource.state_rules]
    wrong = [f"to create it, give {', '.join(missing)}, too."] if missing else []
    wrong += [f"{line[:1].lower()}{line[1:]}" for line in broken if line]
    if wrong:
        raise InputError(f"{sentence(title)} {name} does not exist; {' '.join(wrong)}")


def _refuse_removal(resource: ResourceType, list_: List, name: str, desired: Json) -> None:
    if desired.get(list_.mode, EXACT) not in (EXACT, ADD) and desired[list_.option]:
        raise InputError(
            f"{sentence(resource.title)} {name} does not exist, so nothing can be removed from it.",
            hint=f"Give {list_.mode}: exact or add to create it with {list_.item.noun}s.",
        )


def _is_default(attribute: Attribute, value: t.Any) -> bool:
    """Return whether a new object has the value by default. An attribute without a default is empty."""
    return agrees(attribute, attribute.default, value) or (value in ("", []) and attribute.default is None)


class _Update:
    """The plan that changes an existing object."""

    def __init__(self, resource: ResourceType, current: Json, desired: Json) -> None:
        self.resource = resource
        self.current = current
        self.desired = desired
        self.title = title_of(resource, current)
        self.before: Json = _identity(resource, current)
        self.after: Json = dict(self.before)
        self.body: Json = {}
        self.changed: list[str] = []
        self.fixed: list[str] = []
        self.wrong: list[str] = []

    def plan(self) -> Plan:
        """Return the plan: first the attributes in one request, then each list."""
        key = self.resource.key
        renamed = self._rename()
        for attribute in managed(self.resource, self.desired):
            self._compare(attribute)
        self._apply_rules()
        self._refuse()
        steps = []
        if self.body:
            words = [f"rename {self.title} to {renamed}"] if renamed else []
            if self.changed:
                words.append(f"change {' and '.join(self.changed)}" + ("" if words else f" of {self.title}"))
            steps.append(_modify(self.resource, self.current, self.body, ", ".join(words), self.desired))
        after_rename = {**self.current, key: renamed} if renamed else self.current
        for list_ in self.resource.lists:
            if self.desired.get(list_.option) is not None:
                self.before[list_.option] = names_now(list_, self.current, self.desired)
                steps += list_steps(self.resource, list_, self.current, after_rename, self.desired)
                self.after[list_.option] = names_after(self.resource, list_, self.current, self.desired)
        return Plan(tuple(steps), self.before, self.after)

    def _rename(self) -> str:
        """Take over a new name; return it, or an empty text if the name stays."""
        key = self.resource.key
        new = str(self.desired.get(f"new_{key}") or "")
        if not new or self.resource.kind == SINGLETON or new == self.current[key]:
            return ""
        check_new_key(self.resource, new)
        self.after[key] = self.body[key] = new
        return new

    def _compare(self, attribute: Attribute) -> None:
        """Compare an attribute and take over what differs."""
        option, value = attribute.option, self.desired[attribute.option]
        if attribute.unreadable:
            self._take_unreadable(attribute, value)
            return
        current_value = attribute.current_value(self.current)
        self.before[option] = as_shown_now(attribute, current_value, value)
        self.after[option] = as_shown(attribute, value)
        if agrees(attribute, current_value, value):
            self.after[option] = self.before[option]
            if self._writes_secrets_of(attribute, value):
                put_into(self.resource, self.body, attribute, value, current_value)
                self.changed.append(option)
        elif attribute.create_only:
            self.fixed.append(f"{option} is {self.before[option]!r}, asked for {self.after[option]!r}")
        elif attribute.one_way and not attribute.one_way.allows(current_value, value):
            now, asked = self.before[option], self.after[option]
            self.wrong.append(f"{option} is {now} and can only {attribute.one_way.words}, asked for {asked}.")
        else:
            put_into(self.resource, self.body, attribute, value, current_value)
            self.changed.append(option)

    def _writes_secrets_of(self, attribute: Attribute, value: t.Any) -> bool:
        """Return whether the task writes the secrets in a structure again, although its other parts are as desired."""
        given = [part for part in attribute.structure if part.sensitive and value.get(part.option) is not None]
        if not given or self.desired[self.resource.update_secrets] != "always":
            return False
        self.after[attribute.option] = {
            **self.before[attribute.option],
            **{part.option: SECRET_SET for part in given},
        }
        return True

    def _take_unreadable(self, attribute: Attribute, value: t.Any) -> None:
        """Write a secret again if the task says so. A write-only attribute counts only when an object is created."""
        if not attribute.sensitive:
            return
        self.before[attribute.option] = self.after[attribute.option] = SECRET
        if self.desired[self.resource.update_secrets] == "always" and not attribute.create_only:
            self.after[attribute.option] = SECRET_SET
            put_into(self.resource, self.body, attribute, value, None)
            self.changed.append(attribute.option)

    def _apply_rules(self) -> None:
        """Note broken rules of the resulting state, and show what loses its value."""
        attributes = {attribute.option: attribute for attribute in self.resource.plain}
        now = {name: attribute.current_value(self.current) for name, attribute in attributes.items()}
        for rule in self.resource.state_rules:
            self.wrong += filter(None, [rule.broken(now, self.desired)])
            for option in rule.displaced(now, self.desired):
                self.before[option] = in_words(attributes[option], now[option])
                self.after[option] = None

    def _refuse(self) -> None:
        lines = list(self.wrong)
        if self.fixed:
            lines.insert(
                0,
                f"{sentence(self.title)} exists and these attributes can be set only when it is created: "
                f"{'; '.join(self.fixed)}.",
            )
        if lines:
            hint = "Leave them out, or remove the object first." if self.fixed else ""
            prefix = "" if self.fixed else f"{sentence(self.title)}: "
            raise InputError(f"{prefix}{' '.join(lines)}", hint=hint)


def _modify(resource: ResourceType, current: Json, changes: Json, summary: str, desired: Json) -> Request:
    verb, path = resource.convention.modify
    body = whole_body(resource, current, changes) if resource.convention.replace_on_update else changes
    body = {**body, **_parameters(resource, "modify", desired, body)}
    path = path.format(type=resource.type, id=in_path(current["id"]), action="")
    return Request("modify", verb, path, body, summary, version=_version(resource, current))


def _version(resource: ResourceType, current: Json) -> str:
    return str(current.get(resource.convention.version) or "") if resource.convention.version else ""


def _parameters(resource: ResourceType, action: str, desired: Json, body: Json) -> Json:
    fitting = (
        parameter
        for parameter in resource.parameters
        if action in parameter.on and (not parameter.along or parameter.along in body)
    )
    return {
        parameter.option: desired[parameter.option]
        for parameter in fitting
        if desired.get(parameter.option) is not None
    }
