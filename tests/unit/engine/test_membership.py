# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an object is a member of: set at creation, and later by actions of the other object."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Ref, Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute, Membership
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import Action, Item, List
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from tests.unit.engine.tables import CONVENTION, requests_of


def on(side: str) -> List:
    """Return the list of the walls, or ceilings, that a lamp hangs on: a new one hangs on one of them."""
    place = Attribute(side, api_name=f"{side}_id", read=side, ref=Ref(side))
    hook = Attribute("hook", "int")
    channel = Action("hang", "unhang", creates_one=True)
    return List(f"{side}s", read="places[]", item=Item(side, attributes=(place, hook), key=(side,)), channel=channel)


CLUB = Attribute(
    "club",
    api_name="club_id",
    read="clubs[0]",
    ref=Ref("club", noun="book club"),
    membership=Membership("admit", "expel", "member_ids"),
    reads_id=False,
)
LAMP = ResourceType("lamp", "lamp", CONVENTION, (Attribute("glow"), CLUB, on("wall"), on("ceiling")))
NORTH, SOUTH = Reference(id="n", name="north"), Reference(id="s", name="south")


def planned(current: Json | None, **options: t.Any) -> Plan:
    desired = {name: option.get("default") for name, option in LAMP.argument_spec().items()}
    return make_plan(LAMP, current, {**desired, "name": "lamp", **options})


def lamp(club: Reference | None) -> Json:
    return {"id": "l", "name": "lamp", "glow": "dim", "clubs": [{"id": club.id, "name": club.name}] if club else []}


def test_a_new_one_is_made_as_a_member() -> None:
    plan = planned(None, club=NORTH)
    assert requests_of(plan) == [("PUT", "new/lamp", {"name": "lamp", "club_id": "n"})]
    assert plan.after == {"name": "lamp", "club": "north"}
    assert requests_of(planned(None, club="")) == [("PUT", "new/lamp", {"name": "lamp"})]


@pytest.mark.parametrize(
    "now, wanted, steps",
    [
        (None, NORTH, [("club(n)/admit", "add lamp lamp to book club north")]),
        (NORTH, "", [("club(n)/expel", "remove lamp lamp from book club north")]),
        (
            NORTH,
            SOUTH,
            [
                ("club(n)/expel", "remove lamp lamp from book club north"),
                ("club(s)/admit", "add lamp lamp to book club south"),
            ],
        ),
        (NORTH, Reference(name="NORTH"), []),
        (None, "", []),
    ],
)
def test_it_leaves_one_before_it_joins_another(
    now: Reference | None, wanted: t.Any, steps: list[tuple[str, str]]
) -> None:
    plan = planned(lamp(now), club=wanted)
    assert [(step.path, step.summary) for step in plan.requests] == steps
    assert all(step.body == {"member_ids": ["l"]} for step in plan.requests)
    assert plan.before["club"] == (now.name if now else "")
    assert plan.after["club"] == ("" if wanted == "" else str(wanted) if steps else "north")


def test_changes_of_the_object_come_first_and_its_lists_last() -> None:
    plan = planned(lamp(NORTH), club="", glow="bright", new_name="beam", walls=[{"wall": SOUTH, "hook": None}])
    assert plan.sentences() == [
        "rename lamp lamp to beam, change glow",
        "remove lamp beam from book club north",
        "add wall south to lamp beam",
    ]


def test_a_new_one_takes_one_item_of_all_such_lists() -> None:
    walls = [{"wall": NORTH, "hook": 1}, {"wall": SOUTH, "hook": None}]
    plan = planned(None, walls=walls, ceilings=[{"ceiling": NORTH, "hook": 2}])
    assert requests_of(plan) == [
        ("PUT", "new/lamp", {"name": "lamp", "wall_id": "n", "hook": 1}),
        ("DO", "lamp({id})/hang", {"wall_id": "s"}),
        ("DO", "lamp({id})/hang", {"ceiling_id": "n", "hook": 2}),
    ]
    assert plan.sentences()[0] == "create lamp lamp with wall north"
    assert plan.after["walls"] == [{"wall": "north", "hook": 1}, {"wall": "south"}]
    empty = planned(None, walls=[], ceilings=[{"ceiling": NORTH, "hook": 2}])
    assert requests_of(empty) == [("PUT", "new/lamp", {"name": "lamp", "ceiling_id": "n", "hook": 2})]
