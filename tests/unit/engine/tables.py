# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A made-up resource type that uses every notion of a resource table, spelled unlike any real platform."""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Ref, Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (
    ONLY_FALSE,
    Attribute,
    as_text,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import Action, Item, List
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    RequestParameter,
    ResourceType,
    RestConvention,
)

CONVENTION = RestConvention(
    create=("PUT", "new/{type}"),
    modify=("MERGE", "{type}({id})"),
    delete=("ERASE", "{type}({id})"),
    action=("DO", "{type}({id})/{action}"),
    by_name="@{name}",
)

SHELF = ResourceType(
    type="shelf",
    title="book shelf",
    convention=CONVENTION,
    key_length=20,
    attributes=(
        Attribute("note", normalize=as_text, max_length=10),
        Attribute("boards", "int", api_name="board_count", read="boards_mounted"),
        Attribute("wood", create_only=True),
        Attribute("locked", "bool", update_only=True, default=False),
        Attribute("dusty", "bool", update_only=True, default=False, one_way=ONLY_FALSE),
        Attribute("owner", api_name="owner_id", read="owner", ref=Ref("person", ("Reader",))),
        Attribute("lender", api_name="lender_id", read="lender", ref=Ref("person"), since="2.0"),
        Attribute("finish", since="2.0"),
        List(
            "books",
            api_name="book_ids",
            read="books[]",
            item=Item("book", ref=Ref("book")),
            channel=Action("put", "take", api_name="book_ids", create="book_ids"),
        ),
    ),
    parameters=(
        RequestParameter("careful", on=("modify",)),
        RequestParameter("burn", on=("delete",)),
        RequestParameter("sweep", on=("delete",)),
    ),
    reads=("age",),
)

ANNA = Reference(id="p1", name="Anna")
BEN = Reference(id="p2", name="Ben")


def member(number: int) -> Json:
    """Return a book as it reads back within a shelf."""
    return {"id": f"b{number}", "name": f"Book {number}"}


def book(number: int) -> Reference:
    """Return the same book as a task refers to it once it has been looked up."""
    return Reference(id=f"b{number}", name=f"Book {number}")


def shelf(**values: t.Any) -> Json:
    """Return a shelf as it reads back."""
    current: Json = {
        "id": "s1",
        "name": "hall",
        "age": 3,
        "note": None,
        "boards_mounted": 4,
        "wood": "oak",
        "locked": False,
        "dusty": True,
        "owner_id": None,
        "owner": None,
        "lender_id": None,
        "lender": None,
        "finish": "wax",
        "books": [],
    }
    assert not values.keys() - current.keys()
    return {**current, **values}


def task(**options: t.Any) -> Json:
    """Return the options of a task as Ansible hands them over: what is not given is None."""
    desired: Json = {name: option.get("default") for name, option in SHELF.argument_spec().items()}
    assert not options.keys() - desired.keys()
    return {**desired, "name": "hall", **options}


def planned(current: Json | None, **options: t.Any) -> Plan:
    """Return the plan for a task on a shelf, None for one that does not exist."""
    return make_plan(SHELF, current, task(**options))


def requests_of(plan: Plan) -> list[tuple[str, str, Json | None]]:
    """Return what the steps would send: verb, path, body."""
    return [request_of(step) for step in plan.requests]


def request_of(step: Request) -> tuple[str, str, Json | None]:
    return (step.verb, step.path, step.body)
