# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every resource table says what the facts say, so that no table contradicts the REST API."""

from __future__ import annotations

import dataclasses
import importlib
import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (
    EMPTY_TEXT,
    NULL,
    Attribute,
    Switch,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import Action, List, Patch
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    RequestParameter,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.define import CONVENTION, define
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import (
    TYPES,
    AttributeFacts,
    Attributes,
    TypeFacts,
    attribute_at,
    facts_of,
)

PLUGINS = Path(__file__).resolve().parents[3] / "plugins"
PACKAGE = "ansible_collections.jobwise.appliance.plugins"

MADE_BY = {
    "copies.FILE_CLONE": "clone",
    "copies.FILE_SNAPSHOT": "snapshot",
    "copies.GROUP_CLONE": "clone",
    "copies.SNAPSHOT_SET": "snapshot",
    "copies.VOLUME_CLONE": "clone",
    "nas_servers.NAS_SERVER_CLONE": "clone",
    "copies.VOLUME_SNAPSHOT": "snapshot",
}
"""Tables of objects that an action of another object creates."""
LOOKED_UP_ELSEWHERE = {
    *("import_source", "file_import_nas_server", "file_import_interface", "file_interface", "ldap_domain"),
    "appliance",
}
"""Stands for several types, and the handler knows which one it is; or the document does not name the type."""
COMPUTED = {("maintenance_window", "end_offset")}
"""What a handler computes from other attributes of the object as read."""
OLDEST = "3.0"
"""Attributes of older releases need no ``since``."""


def tables() -> t.Iterator[tuple[str, ResourceType]]:
    """Yield the PowerStore tables of modules and of shared code, each once, with the place where it is."""
    seen: list[ResourceType] = []
    files = [
        *sorted((PLUGINS / "module_utils" / "_powerstore").rglob("*.py")),
        *sorted((PLUGINS / "modules").glob("*")),
    ]
    for path in files:
        if path.suffix != ".py" or not any(
            word in path.read_text(encoding="utf-8") for word in ("CONVENTION", "define(")
        ):
            continue
        name = ".".join(path.relative_to(PLUGINS).with_suffix("").parts)
        for variable, value in vars(importlib.import_module(f"{PACKAGE}.{name}")).items():
            if isinstance(value, ResourceType) and value.convention is CONVENTION and value not in seen:
                seen.append(value)
                yield f"{path.stem}.{variable}", value


TABLES = dict(tables())


def faults_of(place: str, table: ResourceType) -> list[str]:
    """Return what a table says otherwise than the facts."""
    if table.type not in TYPES:
        return [f"there is no type {table.type}"]
    facts = facts_of(table.type)
    made = (
        facts.actions[MADE_BY[place]] if place in MADE_BY else {n: a for n, a in facts.attributes.items() if a.create}
    )
    faults = []
    for attribute in table.plain:
        faults += [f"{attribute.option}: {fault}" for fault in attribute_faults(attribute, facts, made)]
        fixed = not (attribute.switch or attribute.membership or head(attribute.api_name) in made)
        if attribute.create_only and fixed and attribute.option not in table.identity:
            faults.append(f"{attribute.option}: no request takes it")
    for list_ in table.lists:
        faults += [f"{list_.option}: {fault}" for fault in list_faults(list_, facts, made)]
    for parameter in table.parameters:
        faults += [f"{parameter.option}: not in the body of {verb}" for verb in missing_in(parameter, facts)]
    faults += [
        f"reads {name}" for name in table.reads if name not in facts.attributes or not facts.attributes[name].read
    ]
    for name in [table.key] if table.key_length else []:
        if made[name].max_length not in (None, table.key_length):
            faults.append(f"{name}: at most {made[name].max_length} characters")
    for dependents in table.dependents:
        if dependents.type:
            known = facts_of(dependents.type).attributes
            names = [dependents.by, *dependents.filters]
            faults += [f"{dependents.option}: no {name}" for name in names if head(name) not in known]
        elif not facts.attributes[dependents.option].relation:
            faults.append(f"{dependents.option}: no relation")
    return faults


def attribute_faults(attribute: Attribute, facts: TypeFacts, made: Attributes) -> list[str]:
    whole = head(attribute.api_name)
    described = [attribute_at(body, attribute.api_name) for body in (made, facts.attributes) if whole in body]
    if not described:
        return [f"no attribute {attribute.api_name}"]
    own, update = described[0], whole in facts.attributes and attribute_at(facts.attributes, attribute.api_name).update
    structure = whole in facts.attributes and facts.attributes[whole].structure
    create = whole in made and (own.create or not structure)
    lengths = [one.max_length for one in described if one.max_length is not None]
    acted = attribute.membership is not None or attribute.switch is not None  # no request with attributes has it
    checks = {
        "create_only": attribute.create_only or attribute.write_only or acted or update,
        "update_only": attribute.update_only or (attribute.switch is not None and not update) or create or not update,
        "create_only, but modify takes it": not (attribute.create_only and update),
        "update_only, but create takes it": not (attribute.update_only and create),
        f"required is {own.required}": not create or attribute.required == own.required,
        f"secret is {own.secret}": attribute.sensitive == own.secret,
        f"max_length is {lengths}": attribute.max_length in (0, *lengths),
        f"minimum is {own.minimum}": attribute.minimum in (None, own.minimum),
        f"maximum is {own.maximum}": attribute.maximum in (None, own.maximum),
        f"since is {own.since}": attribute.since == (own.since if own.since > OLDEST else ""),
        f"its choices are {own.enum}": set(attribute.spec.get("choices", ())) <= set(own.enum)
        or (own.type == "int" and own.minimum is not None)
        or attribute.format is not None,
        f"type is {own.type}": attribute.type == own.type or attribute.format is not None,
        f"elements are {own.elements}": attribute.spec.get("elements", own.elements) == own.elements,
        f"refers to {own.ref}": attribute.ref is None or attribute.ref.type in (own.ref, *LOOKED_UP_ELSEWHERE),
        "cannot be unset by null": attribute.clear != NULL or any(one.nullable for one in described),
    }
    faults = [fault for fault, holds in checks.items() if not holds]
    faults += membership_faults(attribute)
    faults += [f"no action {name}" for name in getattr(attribute.switch, "actions", ()) if name not in facts.actions]
    is_known = attribute.unreadable or attribute.ref or (facts.name, attribute.option) in COMPUTED
    readable = is_known or is_readable(attribute.read, facts)
    return faults if readable else [*faults, f"cannot be read from {attribute.read}"]


def membership_faults(attribute: Attribute) -> list[str]:
    """Return the actions of a membership that the object referred to lacks, or that take no such list."""
    channel = attribute.membership
    if channel is None or attribute.ref is None:
        return []
    actions = facts_of(attribute.ref.type).actions
    return [
        f"no {name} of {channel.api_name}"
        for name in (channel.add, channel.remove)
        if channel.api_name not in actions[name]
    ]


def is_readable(path: str, facts: TypeFacts) -> bool:
    """Return whether a read path leads to an attribute, through structures and relations."""
    known: t.Mapping[str, AttributeFacts] = facts.attributes
    for part in path.replace("[]", "").split("."):
        if part not in known or not known[part].read:
            return False
        relation = known[part].relation
        known = facts_of(relation).attributes if relation else {inner.name: inner for inner in known[part].structure}
    return True


def list_faults(list_: List, facts: TypeFacts, made: Attributes) -> list[str]:
    channel, known = list_.channel, facts.attributes
    is_read = list_.read_by in facts.actions if list_.read_by else is_readable(list_.read, facts)
    faults = [] if is_read else [f"cannot be read from {list_.read_by or list_.read}"]
    if isinstance(channel, (Action, Patch)) and channel.create and channel.create not in made:
        faults.append(f"create takes no {channel.create}")
    if isinstance(channel, Patch):
        patched = filter(None, (channel.add, channel.remove, channel.modify, channel.whole))
        taken = facts.actions.get(channel.action, [name for name, one in known.items() if one.update])
        faults += [f"{channel.action or 'modify'} takes no {name}" for name in patched if name not in taken]
    if isinstance(channel, Action):
        if channel.creates_one:
            faults += [f"create takes no {one.api_name}" for one in list_.item.attributes if one.api_name not in made]
        for action in (channel.add, channel.remove):
            body = facts.actions.get(action)
            if body is None:
                faults.append(f"no action {action}")
                continue
            names = [channel.api_name] if channel.api_name else [one.api_name for one in list_.item.attributes]
            faults += [f"{action} takes no {name}" for name in names if name not in body and action == channel.add]
            if channel.api_name and list_.item.ref and body[channel.api_name].ref != list_.item.ref.type:
                faults.append(f"{action} takes {body[channel.api_name].ref}")
    return faults


def missing_in(parameter: RequestParameter, facts: TypeFacts) -> list[str]:
    bodies: dict[str, t.Collection[str]] = {
        **facts.actions,
        "create": [name for name, one in facts.attributes.items() if one.create],
        "modify": [name for name, one in facts.attributes.items() if one.update],
        "delete": facts.delete,
    }
    name = parameter.api_name or parameter.option
    return [verb for verb in parameter.on if name not in bodies.get(verb, ())]


def head(path: str) -> str:
    """Return the attribute that a filter begins with, as in ``protection_data->>source_id``."""
    return path.partition("-")[0].partition(".")[0]


@pytest.mark.parametrize("place", TABLES)
def test_a_table_says_what_the_facts_say(place: str) -> None:
    assert faults_of(place, TABLES[place]) == []


def test_tables_are_found() -> None:
    assert {"block.VOLUME_GROUP", "security.LOCAL_USER", "import_session.IMPORT_SESSION"} <= set(TABLES)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"max_length": 255}, "description: max_length is [256, 256]"),
        ({"create_only": True}, "description: create_only, but modify takes it"),
        ({"since": "4.1"}, "description: since is "),
        ({"required": True}, "description: required is False"),
        ({"sensitive": True}, "description: secret is False"),
        ({"type": "bool"}, "description: type is str"),
        ({"spec": {"choices": ["a"]}}, "description: its choices are ()"),
        ({"clear": NULL}, "description: cannot be unset by null"),
        ({"switch": Switch("describe", "snapshot")}, "description: no action describe"),
        ({"api_name": "text", "read": "text"}, "description: no attribute text"),
        ({"read": "protection_data.text"}, "description: cannot be read from protection_data.text"),
    ],
)
def test_what_a_table_says_otherwise_is_found(wrong: dict[str, t.Any], fault: str) -> None:
    attribute = dataclasses.replace(Attribute("description", max_length=256, clear=EMPTY_TEXT), **wrong)
    table = dataclasses.replace(TABLES["block.VOLUME_GROUP"], attributes=(attribute,))
    assert faults_of("block.VOLUME_GROUP", table) == [fault]


@pytest.mark.parametrize(
    "by_hand, words",
    [
        ({"default": {"is_write_order_consistent": True}}, "is_write_order_consistent: the facts give default"),
        ({"clear": {"qos_performance_policy": EMPTY_TEXT}}, "qos_performance_policy: the facts give clear"),
        ({"offer": ("colour",)}, "no request takes colour"),
        ({"parameters": ("hurry",)}, "no request takes hurry"),
    ],
)
def test_a_table_does_not_say_by_hand_what_the_facts_say(by_hand: t.Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        define("volume_group", **{"offer": ("is_write_order_consistent", "qos_performance_policy"), **by_hand})
