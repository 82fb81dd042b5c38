# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects, tasks and a made-up resource table for the tests of plans."""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils.engine.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils.engine.resource import (
    Attribute,
    Control,
    Json,
    Members,
    Reference,
    Resource,
    Style,
    text,
)
from ansible_collections.jobwise.appliance.plugins.modules.volume_group import VOLUME_GROUP

GROUP_ID = "11111111-0000-4000-8000-000000000001"
WEB = {"id": "w1", "name": "web01"}
DATA = {"id": "d1", "name": "data01"}
LOGS = {"id": "l1", "name": "Logs"}
GOLD = {"id": "p1", "name": "Gold"}

STYLE = Style(
    create=("POST", "{type}"),
    modify=("PUT", "{type}/{id}"),
    delete=("DELETE", "{type}/{id}"),
    action=("POST", "{type}/{id}/{action}"),
    by_name="called {name}",
)

SHELF = Resource(
    type="shelf",
    title="wall shelf",
    style=STYLE,
    key="label",
    key_length=12,
    attributes=(
        Attribute("note", same=text, max_length=10),
        Attribute("width", "int", wire="width_mm", read="width_real_mm"),
        Attribute("material", update=False),
        Attribute("maker", update=False, wire="maker_id", refers_to="company", relation="maker"),
        Attribute("lit", "bool", create=False, fresh=False),
        Attribute("slots", "int", create=False, fresh=4),
        Attribute("angle", "int", only=(0, 90)),
        Attribute("sensor", since="7.1"),
    ),
    members=(
        Members(
            option="books",
            mode="books_mode",
            refers_to="book",
            relation="books",
            wire="book_ids",
            add="put",
            remove="take",
            noun="book",
        ),
    ),
    controls=(Control("gently", on=("modify", "delete")), Control("burn", on=("delete",))),
    reads=("colour",),
)
"""Has what volume groups have no case for: attributes only for creating or only for changing, another key, ..."""


def ref(of: t.Mapping[str, str]) -> Reference:
    """Return a reference as a platform hands it to the plan: looked up, with id and name."""
    return Reference(of["id"], of["name"])


def group(**attributes: t.Any) -> Json:
    """Return a volume group as it reads back."""
    plain = {
        "id": GROUP_ID,
        "name": "Finance",
        "type": "Primary",
        "description": None,
        "is_write_order_consistent": True,
        "is_replication_destination": False,
        "protection_policy_id": None,
        "protection_policy": None,
        "qos_performance_policy_id": None,
        "qos_performance_policy": None,
        "volumes": [],
    }
    return {**plain, **attributes}


def shelf(**attributes: t.Any) -> Json:
    """Return a shelf as it reads back."""
    plain = {
        "id": "s1",
        "label": "Top",
        "colour": "red",
        "note": None,
        "width_real_mm": 800,
        "material": "oak",
        "maker_id": None,
        "maker": None,
        "lit": False,
        "slots": 4,
        "angle": 0,
        "books": [],
    }
    return {**plain, **attributes}


def want(resource: Resource = VOLUME_GROUP, **options: t.Any) -> Json:
    """Return the options of a task: those given, the others as Ansible fills them in."""
    spec = resource.argument_spec()
    return {**{name: option.get("default") for name, option in spec.items()}, **options}


def told(plan: Plan) -> list[tuple[str, str, Json | None]]:
    """Return what the steps would send: verb, path, body."""
    return [(step.verb, step.path, step.body) for step in plan.steps]
