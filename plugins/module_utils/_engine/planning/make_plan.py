# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make the plan of a task from its resource type, the current and the desired state, without any input or output."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from ..errors import InputError
from ..lookup.naming import name_asked
from ..options.checks import check_new_key, option_warnings
from ..table.attribute import SECRET, Attribute
from ..table.lists import ADD, EXACT, Action, List
from ..table.resource_type import EXISTING, SINGLETON, ResourceType
from ..table.values import agrees, as_shown, put_into
from ..text.paths import in_path
from ..text.words import and_so_on, counted, listed, sentence, with_article
from .list_steps import check_additions, list_steps, names_after, names_now
from .plan import Plan
from .requests import (
    identity_of,
    managed,
    modify_request,
    new_object,
    parameters_in,
    set_after_uploads,
    title_of,
    upload_steps,
    version_of,
)
from .steps import Request
from .switching import steps_before_deletion, switch_steps
from .update import Update


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
        plan = Update(resource, current, desired).plan()
    return dataclasses.replace(plan, warnings=option_warnings(resource, desired))


def _plan_absent(resource: ResourceType, current: Json | None, desired: Json) -> Plan:
    if current is None:
        return Plan()
    if resource.lifted:
        return _plan_lifted(resource, current)
    before = {"id": current["id"], **identity_of(resource, current)}
    gone = []
    for list_ in resource.lists:
        if list_.read_by and list_.option not in current:
            continue
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
    flags = parameters_in(resource, "delete", desired, {})
    extra = "".join(f", {name}={str(value).lower()}" for name, value in flags.items())
    step = Request(
        action="delete",
        verb=verb,
        path=path.format(type=resource.type, id=in_path(current["id"]), action=""),
        body=flags or None,
        summary=f"delete {title_of(resource, current)}{' with ' if along else ''}{along}{extra}",
        version=version_of(resource, current),
    )
    return Plan((*steps_before_deletion(resource, current, desired), step), before, {})


def _plan_lifted(resource: ResourceType, current: Json) -> Plan:
    """Return the plan that takes the effect from an object that nobody can delete."""
    before, body = identity_of(resource, current), t.cast(Json, {})
    after = dict(before)
    for attribute in resource.plain:
        if attribute.option not in resource.lifted:
            continue
        now, value = attribute.current_value(current), resource.lifted[attribute.option]
        before[attribute.option], after[attribute.option] = attribute.in_words(now), attribute.in_words(value)
        if agrees(attribute, now, value):
            after[attribute.option] = before[attribute.option]
        else:
            put_into(resource, body, attribute, value, now)
    summary = f"lift {title_of(resource, current)}"
    steps = (modify_request(resource, current, body, summary, {}),) if body else ()
    return Plan(steps, before, after)


def _plan_create(resource: ResourceType, desired: Json) -> Plan:
    name = name_asked(resource, desired)
    _refuse_impossible_create(resource, name, desired)
    named = {resource.key: name} if resource.has_names else {}
    if named:
        check_new_key(resource, name)
    body: Json = dict(named)
    after: Json = {**named, **{owner.option: str(desired[owner.option]) for owner in resource.owners}}
    later: Json = {}
    last: Json = {}
    afterwards, at_last = [], []
    waiting = set_after_uploads(resource, None, desired)
    for attribute in managed(resource, desired):
        value = desired[attribute.option]
        after[attribute.option] = SECRET if attribute.sensitive else as_shown(attribute, value)
        if attribute.option in waiting:
            put_into(resource, last, attribute, value, None)
            at_last.append(attribute.option)
        elif not attribute.update_only and not attribute.switch:
            if value != "" and (value != [] or attribute.required or attribute.default):
                put_into(resource, body, attribute, value, None)
        elif not attribute.switch and not _is_default(attribute, value):
            put_into(resource, later, attribute, value, None)
            afterwards.append(attribute.option)
    with_items: list[str] = []
    has_one = False
    items_later: list[Request] = []
    new = new_object(resource, desired)
    for list_ in resource.lists:
        if desired.get(list_.option) is None:
            continue
        _refuse_removal(resource, list_, name, desired)
        after[list_.option] = names_after(resource, list_, None, desired)
        create = getattr(list_.channel, "create", "")
        wanted = list_.wanted(desired)
        if create and (wanted or list_.required):
            check_additions(list_, wanted)
            body[create] = [list_.in_body(item, resource.convention.by_name) for item in wanted]
        if wanted and not has_one and isinstance(list_.channel, Action) and list_.channel.creates_one:
            has_one = True
            body.update(list_.in_body(wanted[0], resource.convention.by_name))
            with_items.append(f"{list_.item.noun} {list_.item.name_of(wanted[0])}")
            items_later += list_steps(resource, list_, None, new, {**desired, list_.option: wanted[1:]})
        elif create and wanted:
            with_items.append(counted([list_.item.name_of(item) for item in wanted], list_.item.noun))
        elif wanted or list_.default:
            items_later += list_steps(resource, list_, None, new, desired)
    body.update(parameters_in(resource, "create", desired, body))
    verb, path = resource.convention.create
    summary = f"create {resource.title} {name}{' with ' if with_items else ''}{' and '.join(with_items)}"
    created_by = resource.convention.creates_by
    steps = [Request(created_by, verb, path.format(type=resource.type, id="", action=""), body, summary)]
    if later:
        steps.append(_set(resource, new, later, afterwards, desired))
    items_later += upload_steps(resource, None, new, desired, {}, after)
    if last:
        items_later.append(_set(resource, new, last, at_last, desired))
    items_later += switch_steps(resource, resource.plain, new, desired, True)
    return Plan((*steps, *items_later), {}, after)


def _set(resource: ResourceType, new: Json, body: Json, options: t.Sequence[str], desired: Json) -> Request:
    """Return the request that sets what a create cannot set."""
    summary = f"set {', '.join(options)} of {resource.title} {name_asked(resource, desired)}"
    return modify_request(resource, new, body, summary, desired)


def _refuse_impossible_create(resource: ResourceType, name: str, desired: Json) -> None:
    """Raise InputError if the task cannot create the object that does not exist."""
    title = resource.title
    if resource.kind == SINGLETON:
        raise InputError(f"The appliance has no {title}.", hint="Check that the appliance's release supports them.")
    if resource.kind == EXISTING:
        raise InputError(
            f"There is no {title} {desired.get(resource.key) or name or desired.get('id')}.",
            hint=f"This module changes an existing {title}; it does not create one.",
        )
    if not name or desired.get("id"):
        raise InputError(
            f"There is no {title} with id {desired.get('id')}.",
            hint=f"An id cannot be chosen: give {and_so_on(resource.identified_by)} to create {with_article(title)}.",
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
