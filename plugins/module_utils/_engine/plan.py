# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The plan of a run. It is computed from the current and the desired state, without any input or output."""

from __future__ import annotations

import dataclasses
import typing as t

from .errors import InputError
from .options.checks import check_new_key, option_warnings
from .resource_type import Attribute, Json, Members, Reference, ResourceType, distinct
from .steps import VERSION_LATER, Change, Request, Step, Wait
from .text.paths import ID_LATER, in_path
from .values import agrees, as_shown, as_shown_now, on_wire, put_into, whole_body

SECRET = "(secret)"
SECRET_SET = "(secret, set again)"


@dataclasses.dataclass(frozen=True)
class Plan:
    """The steps in their order, and the managed attributes before and after them, by option."""

    steps: tuple[Step, ...] = ()
    before: Json = dataclasses.field(default_factory=dict)
    after: Json = dataclasses.field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """Return the summaries of the steps."""
        return [step.summary for step in self.steps]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The steps that change something: all but the waits."""
        return tuple(step for step in self.steps if not isinstance(step, Wait))

    @property
    def requests(self) -> tuple[Request, ...]:
        """The steps that send a request."""
        return tuple(step for step in self.steps if isinstance(step, Request))

    def with_requests(self, replace: t.Callable[[Request], Request]) -> Plan:
        """Return the plan with each request replaced by what the function makes of it."""
        steps = tuple(replace(step) if isinstance(step, Request) else step for step in self.steps)
        return dataclasses.replace(self, steps=steps)


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
        plan = _plan_update(resource, current, desired)
    return dataclasses.replace(plan, warnings=option_warnings(resource, desired))


def managed(resource: ResourceType, desired: Json) -> list[Attribute]:
    """Return the attributes that the task gives."""
    return [attribute for attribute in resource.attributes if desired.get(attribute.option) is not None]


def _plan_absent(resource: ResourceType, current: Json | None, desired: Json) -> Plan:
    if current is None:
        return Plan()
    before = {"id": current["id"], resource.key: current[resource.key]}
    gone = []
    for members in resource.members:
        before[members.option] = _names(current.get(members.relation))
        if members.deleted_by and desired.get(members.deleted_by):
            gone.append((members.noun, before[members.option]))
    for dependents in resource.dependents:
        if dependents.go(desired):
            before[dependents.option] = _names(current.get(dependents.option))
            gone.append((dependents.noun, before[dependents.option]))
    along = " and ".join(f"its {_listed(noun, names)}" for noun, names in gone if names)
    verb, path = resource.style.delete
    flags = _controls(resource, "delete", desired, {})
    extra = "".join(f", {name}={str(value).lower()}" for name, value in flags.items())
    step = Request(
        action="delete",
        verb=verb,
        path=path.format(type=resource.type, id=in_path(current["id"]), action=""),
        body=flags or None,
        summary=f"delete {resource.title} {current[resource.key]}{' with ' if along else ''}{along}{extra}",
        version=_version(resource, current),
    )
    return Plan((step,), before, {})


def _plan_create(resource: ResourceType, desired: Json) -> Plan:
    key = resource.key
    name = desired.get(f"new_{key}") or desired.get(key)
    if not name or desired.get("id"):
        raise InputError(
            f"There is no {resource.title} with id {desired.get('id')}.",
            hint=f"An id cannot be chosen: give {key} to create a {resource.title}.",
        )
    check_new_key(resource, name)
    body: Json = {key: name}
    after: Json = {key: name}
    later: Json = {}
    afterwards = []
    for attribute in managed(resource, desired):
        value = desired[attribute.option]
        after[attribute.option] = SECRET if attribute.secret else as_shown(value)
        if attribute.create:
            if value != "":
                put_into(resource, body, attribute, value, None)
        elif not _is_fresh(attribute, value):
            put_into(resource, later, attribute, value, None)
            afterwards.append(attribute.option)
    counted = ""
    missing = [
        attribute.option
        for attribute in resource.attributes
        if attribute.required and desired.get(attribute.option) is None
    ]
    if missing:
        raise InputError(
            f"{_sentence(resource.title)} {name} does not exist; to create it, give {', '.join(missing)}, too."
        )
    for members in resource.members:
        if desired.get(members.option) is None:
            continue
        wanted = distinct(desired[members.option])
        if desired[members.mode] == "remove" and wanted:
            raise InputError(
                f"{_sentence(resource.title)} {name} does not exist, so nothing can be removed from it.",
                hint=f"Give {members.mode}: exact or add to create it with {members.noun}s.",
            )
        after[members.option] = sorted(map(str, wanted))
        if wanted:
            body[members.wire] = [on_wire(resource, reference) for reference in wanted]
            counted = f" with {_count(wanted, members)}"
    body.update(_controls(resource, "create", desired, body))
    verb, path = resource.style.create
    summary = f"create {resource.title} {name}{counted}"
    steps = [Request(resource.style.creates_by, verb, path.format(type=resource.type, id="", action=""), body, summary)]
    if later:
        summary = f"set {', '.join(afterwards)} of {resource.title} {name}"
        steps.append(
            _modify(resource, {"id": ID_LATER, resource.style.version: VERSION_LATER}, later, summary, desired)
        )
    return Plan(tuple(steps), {}, after)


def _is_fresh(attribute: Attribute, value: t.Any) -> bool:
    """Return whether a new object has the value by default. An attribute without a default is empty."""
    return agrees(attribute, attribute.fresh, value) or (value in ("", []) and attribute.fresh is None)


def _plan_update(resource: ResourceType, current: Json, desired: Json) -> Plan:
    key = resource.key
    old_name = current[key]
    name = desired.get(f"new_{key}") or old_name
    title = f"{resource.title} {old_name}"
    before: Json = {key: old_name}
    after: Json = {key: name}
    body: Json = {}
    changed: list[str] = []
    fixed: list[str] = []
    if name != old_name:
        check_new_key(resource, name)
        body[key] = name
    for attribute in managed(resource, desired):
        current_value, value = attribute.current_value(current), desired[attribute.option]
        if attribute.secret:
            before[attribute.option] = after[attribute.option] = SECRET
            if desired[attribute.update_option] == "always":
                after[attribute.option] = SECRET_SET
                put_into(resource, body, attribute, value, None)
                changed.append(attribute.option)
            continue
        before[attribute.option] = as_shown_now(attribute, current_value, value)
        after[attribute.option] = as_shown(value)
        if agrees(attribute, current_value, value):
            after[attribute.option] = before[attribute.option]
        elif attribute.update:
            put_into(resource, body, attribute, value, current_value)
            changed.append(attribute.option)
        else:
            fixed.append(f"{attribute.option} is {before[attribute.option]!r}, asked for {as_shown(value)!r}")
    if fixed:
        raise InputError(
            f"{_sentence(title)} exists and these attributes can be set only when it is created: {'; '.join(fixed)}.",
            hint="Leave them out, or remove the object first.",
        )
    steps = []
    if body:
        said = [f"rename {title} to {name}"] if name != old_name else []
        said += [f"change {' and '.join(changed)}" + ("" if said else f" of {title}")] if changed else []
        steps.append(_modify(resource, current, body, ", ".join(said), desired))
    for members in resource.members:
        if desired.get(members.option) is not None:
            before[members.option] = _names(current.get(members.relation))
            steps += _member_steps(resource, members, {**current, key: name}, desired)
            after[members.option] = _names_after(members, current, desired)
    return Plan(tuple(steps), before, after)


def _modify(resource: ResourceType, current: Json, changes: Json, summary: str, desired: Json) -> Request:
    verb, path = resource.style.modify
    body = whole_body(resource, current, changes) if resource.style.replace_on_update else changes
    body = {**body, **_controls(resource, "modify", desired, body)}
    path = path.format(type=resource.type, id=in_path(current["id"]), action="")
    return Request("modify", verb, path, body, summary, version=_version(resource, current))


def _version(resource: ResourceType, current: Json) -> str:
    return str(current.get(resource.style.version) or "") if resource.style.version else ""


def _member_steps(resource: ResourceType, members: Members, current: Json, desired: Json) -> list[Request]:
    """Return the steps that change a list of members.

    Additions come first: if the appliance refuses them, no member has been removed yet.
    """
    add, remove = member_changes(members, current, desired)
    steps = []
    for action, changes, word in ((members.add, add, "add"), (members.remove, remove, "remove")):
        if changes:
            verb, path = resource.style.action
            preposition = "to" if word == "add" else "from"
            steps.append(
                Request(
                    action,
                    verb,
                    path.format(type=resource.type, id=in_path(current["id"]), action=action),
                    {members.wire: [on_wire(resource, reference) for reference in changes]},
                    f"{word} {_count(changes, members)} {preposition} {resource.title} {current[resource.key]}",
                )
            )
    return steps


def member_changes(members: Members, current: Json, desired: Json) -> tuple[list[Reference], list[Reference]]:
    """Return the members to add and the members to remove, under the mode that the task gives."""
    wanted = distinct(desired[members.option])
    mode = desired[members.mode]
    current_value = current.get(members.relation) or []
    missing = [reference for reference in wanted if not any(reference.matches(member) for member in current_value)]
    named = [member for member in current_value if any(reference.matches(member) for reference in wanted)]
    others = [member for member in current_value if member not in named]
    gone = {"exact": others, "add": [], "remove": named}[mode]
    to_remove = [Reference(member["id"], member.get("name")) for member in gone]
    return ([] if mode == "remove" else missing), to_remove


def _sentence(words: str) -> str:
    """Return the words with a capital first letter. The other letters may belong to names and stay as they are."""
    return words[:1].upper() + words[1:]


def _names_after(members: Members, current: Json, desired: Json) -> list[str]:
    add, remove = member_changes(members, current, desired)
    gone = {reference.id for reference in remove}
    kept = [
        str(member.get("name") or member["id"])
        for member in current.get(members.relation) or []
        if member["id"] not in gone
    ]
    return sorted(kept + [str(reference) for reference in add])


def _names(related: t.Iterable[Json] | None) -> list[str]:
    return sorted(str(row.get("name") or row["id"]) for row in related or ())


def _count(references: t.Sequence[Reference], members: Members) -> str:
    names = ", ".join(str(reference) for reference in references[:5])
    more = f" and {len(references) - 5} more" if len(references) > 5 else ""
    return f"{_number(len(references), members.noun)} ({names}{more})"


def _listed(noun: str, names: t.Sequence[str]) -> str:
    """Return a list of all names: a message must show everything that a deletion destroys."""
    return f"{noun if len(names) == 1 else _number(len(names), noun)} ({', '.join(names)})"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _controls(resource: ResourceType, action: str, desired: Json, body: Json) -> Json:
    fitting = (
        control
        for control in resource.controls
        if action in control.on and (not control.along or control.along in body)
    )
    return {control.option: desired[control.option] for control in fitting if desired.get(control.option) is not None}
