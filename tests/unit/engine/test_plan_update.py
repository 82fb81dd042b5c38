# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans for the attributes of an object that exists, and for its end."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from tests.unit.engine.tables import BEN, member, planned, requests_of, shelf

ANNA_READ = {"owner_id": "p1", "owner": {"id": "p1", "name": "Anna"}}


@pytest.mark.parametrize(
    "current, options, shown",
    [
        ({}, {}, {}),
        ({"note": "old"}, {}, {}),
        ({"note": "old"}, {"note": "old"}, {"note": "old"}),
        ({"note": None}, {"note": ""}, {"note": None}),
        ({"note": ""}, {"note": ""}, {"note": ""}),
        ({}, {"boards": 4}, {"boards": 4}),
        ({}, {"wood": "oak"}, {"wood": "oak"}),
        ({}, {"locked": False}, {"locked": False}),
        ({}, {"finish": "wax"}, {"finish": "wax"}),
        (ANNA_READ, {"owner": Reference(name="Anna")}, {"owner": "Anna"}),
        (ANNA_READ, {"owner": Reference(name="ANNA")}, {"owner": "Anna"}),
        (ANNA_READ, {"owner": Reference(id="p1")}, {"owner": "p1"}),
        ({}, {"owner": ""}, {"owner": ""}),
        ({}, {"new_name": "hall"}, {}),
        # the name finds the object; only new_name changes how it is written
        ({}, {"name": "HALL"}, {}),
        ({}, {"name": None, "id": "s1"}, {}),
        # flags steer calls and are no reason for one
        ({}, {"careful": True, "burn": True, "sweep": True}, {}),
    ],
)
def test_nothing_to_do(current: Json, options: Json, shown: Json) -> None:
    plan = planned(shelf(**current), **options)
    assert plan == Plan((), {"name": "hall", **shown}, {"name": "hall", **shown})


@pytest.mark.parametrize(
    "current, options, body, before, after",
    [
        ({}, {"note": "new"}, {"note": "new"}, {"note": None}, {"note": "new"}),
        ({"note": "old"}, {"note": ""}, {"note": ""}, {"note": "old"}, {"note": ""}),
        ({"note": "old"}, {"note": "OLD"}, {"note": "OLD"}, {"note": "old"}, {"note": "OLD"}),
        ({}, {"boards": 0}, {"board_count": 0}, {"boards": 4}, {"boards": 0}),
        ({}, {"locked": True}, {"locked": True}, {"locked": False}, {"locked": True}),
        ({}, {"dusty": False}, {"dusty": False}, {"dusty": True}, {"dusty": False}),
        ({}, {"finish": ""}, {"finish": ""}, {"finish": "wax"}, {"finish": ""}),
        ({}, {"owner": Reference(name="Ben")}, {"owner_id": "@Ben"}, {"owner": ""}, {"owner": "Ben"}),
        (ANNA_READ, {"owner": Reference(name="Ben")}, {"owner_id": "@Ben"}, {"owner": "Anna"}, {"owner": "Ben"}),
        (ANNA_READ, {"owner": Reference(id="p2")}, {"owner_id": "p2"}, {"owner": "p1"}, {"owner": "p2"}),
        (ANNA_READ, {"owner": BEN}, {"owner_id": "p2"}, {"owner": "Anna"}, {"owner": "Ben"}),
        (ANNA_READ, {"owner": ""}, {"owner_id": ""}, {"owner": "Anna"}, {"owner": ""}),
        # a reference whose name the user may not see reads back with its id alone
        (
            {"owner_id": "p1", "owner": {"id": "p1"}},
            {"owner": Reference(name="Ben")},
            {"owner_id": "@Ben"},
            {"owner": "p1"},
            {"owner": "Ben"},
        ),
    ],
)
def test_what_differs_is_changed(current: Json, options: Json, body: Json, before: Json, after: Json) -> None:
    plan = planned(shelf(**current), **options)
    assert requests_of(plan) == [("MERGE", "shelf(s1)", body)]
    assert plan.requests[0].action == "modify"
    assert (plan.before, plan.after) == ({"name": "hall", **before}, {"name": "hall", **after})
    assert plan.sentences() == [f"change {next(iter(options))} of book shelf hall"]


def test_one_request_carries_all_that_differs_and_nothing_else() -> None:
    plan = planned(shelf(note="same"), note="same", boards=5, locked=True, wood="oak", careful=True, burn=True)
    assert requests_of(plan) == [("MERGE", "shelf(s1)", {"board_count": 5, "locked": True, "careful": True})]
    assert plan.sentences() == ["change boards and locked of book shelf hall"]
    assert plan.before == {"name": "hall", "note": "same", "boards": 4, "wood": "oak", "locked": False}
    assert plan.after == {"name": "hall", "note": "same", "boards": 5, "wood": "oak", "locked": True}


@pytest.mark.parametrize(
    "options, body, summary",
    [
        ({"new_name": "attic"}, {"name": "attic"}, "rename book shelf hall to attic"),
        ({"new_name": "Hall"}, {"name": "Hall"}, "rename book shelf hall to Hall"),
        ({"new_name": "attic", "careful": True}, {"name": "attic", "careful": True}, "rename book shelf hall to attic"),
        (
            {"new_name": "attic", "note": "up", "boards": 5},
            {"name": "attic", "note": "up", "board_count": 5},
            "rename book shelf hall to attic, change note and boards",
        ),
    ],
)
def test_renaming_goes_with_the_other_changes(options: Json, body: Json, summary: str) -> None:
    plan = planned(shelf(), **options)
    assert requests_of(plan) == [("MERGE", "shelf(s1)", body)]
    assert (plan.before["name"], plan.after["name"]) == ("hall", options["new_name"])
    assert plan.sentences() == [summary]


def test_an_object_that_has_its_new_name_is_left_alone() -> None:
    assert planned(shelf(name="attic"), name="hall", new_name="attic").steps == ()


@pytest.mark.parametrize(
    "options, told",
    [
        ({"wood": "pine"}, "wood is 'oak', asked for 'pine'"),
        ({"wood": ""}, "wood is 'oak', asked for ''"),
        ({"wood": "pine", "note": "new", "books": []}, "wood is 'oak', asked for 'pine'"),
    ],
)
def test_what_only_a_create_can_set_is_an_error_that_names_it(options: Json, told: str) -> None:
    with pytest.raises(InputError) as caught:
        planned(shelf(), **options)
    assert told in str(caught.value)
    assert "Book shelf hall exists" in str(caught.value)
    assert "note" not in str(caught.value)


def test_an_error_spells_the_name_as_it_is() -> None:
    with pytest.raises(InputError, match="Book shelf Hall A exists"):
        planned(shelf(name="Hall A"), wood="pine")


ERASE = ("ERASE", "shelf(s1)")


@pytest.mark.parametrize(
    "options, body, summary",
    [
        ({}, None, ""),
        ({"burn": True}, {"burn": True}, ", burn=true"),
        ({"burn": False, "sweep": True}, {"burn": False, "sweep": True}, ", burn=false, sweep=true"),
        ({"careful": True}, None, ""),
        ({"note": "new", "wood": "pine", "owner": BEN}, None, ""),
        ({"name": None, "id": "s1"}, None, ""),
    ],
)
def test_an_end_is_one_request(options: Json, body: t.Any, summary: str) -> None:
    plan = planned(shelf(books=[member(2), member(1)]), state="absent", **options)
    assert requests_of(plan) == [(*ERASE, body)]
    assert plan.requests[0].action == "delete"
    assert (plan.before, plan.after) == ({"id": "s1", "name": "hall", "books": ["Book 1", "Book 2"]}, {})
    assert plan.sentences() == [f"delete book shelf hall{summary}"]


@pytest.mark.parametrize("options", [{}, {"burn": True}, {"note": "new"}, {"name": None, "id": "s9"}])
def test_what_does_not_exist_need_not_end(options: Json) -> None:
    assert planned(None, state="absent", **options) == Plan()
