# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans for an object that does not exist."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute, as_set
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.paths import ID_LATER
from tests.unit.engine.tables import CONVENTION, book, planned, requests_of


@pytest.mark.parametrize(
    "options, body, after",
    [
        ({}, {}, {}),
        ({"note": "new"}, {"note": "new"}, {"note": "new"}),
        ({"boards": 0}, {"board_count": 0}, {"boards": 0}),
        ({"wood": "oak"}, {"wood": "oak"}, {"wood": "oak"}),
        ({"owner": Reference(name="Anna")}, {"owner_id": "@Anna"}, {"owner": "Anna"}),
        ({"owner": Reference(id="p1")}, {"owner_id": "p1"}, {"owner": "p1"}),
        ({"owner": Reference(id="p1", name="Anna")}, {"owner_id": "p1"}, {"owner": "Anna"}),
        ({"finish": "oil"}, {"finish": "oil"}, {"finish": "oil"}),
        # clearing what a new object does not have needs no word in the body
        ({"note": ""}, {}, {"note": ""}),
        ({"owner": ""}, {}, {"owner": ""}),
        ({"books": []}, {}, {"books": []}),
        # what a new object has anyway needs no step
        ({"locked": False}, {}, {"locked": False}),
        ({"dusty": False}, {}, {"dusty": False}),
        # flags of other calls
        ({"careful": True, "burn": True}, {}, {}),
    ],
)
def test_one_request_creates(options: Json, body: Json, after: Json) -> None:
    plan = planned(None, **options)
    assert requests_of(plan) == [("PUT", "new/shelf", {"name": "hall", **body})]
    assert plan.requests[0].action == "create"
    assert (plan.before, plan.after) == ({}, {"name": "hall", **after})
    assert plan.sentences() == ["create book shelf hall"]


@pytest.mark.parametrize("books_mode", ["exact", "add"])
@pytest.mark.parametrize(
    "numbers, ids, after, counted",
    [
        ((2,), ["b2"], ["Book 2"], "1 book (Book 2)"),
        ((3, 1), ["b3", "b1"], ["Book 1", "Book 3"], "2 books (Book 3, Book 1)"),
        (
            (1, 2, 3, 4, 5, 6, 7),
            ["b1", "b2", "b3", "b4", "b5", "b6", "b7"],
            [f"Book {number}" for number in range(1, 8)],
            "7 books (Book 1, Book 2, Book 3, Book 4, Book 5 and 2 more)",
        ),
    ],
)
def test_members_come_with_the_new_object(
    books_mode: str, numbers: tuple[int, ...], ids: list[str], after: list[str], counted: str
) -> None:
    plan = planned(None, books=[book(number) for number in numbers], books_mode=books_mode)
    assert requests_of(plan) == [("PUT", "new/shelf", {"name": "hall", "book_ids": ids})]
    assert plan.after == {"name": "hall", "books": after}
    assert plan.sentences() == [f"create book shelf hall with {counted}"]


def test_members_that_were_not_looked_up_are_sent_by_name() -> None:
    plan = planned(None, books=[Reference(name="Atlas"), Reference(id="b1")])
    assert requests_of(plan) == [("PUT", "new/shelf", {"name": "hall", "book_ids": ["@Atlas", "b1"]})]


def test_removing_members_of_nothing_is_an_error() -> None:
    with pytest.raises(InputError) as caught:
        planned(None, books=[book(1)], books_mode="remove")
    assert "Book shelf hall does not exist" in str(caught.value)
    assert "books_mode: exact or add" in str(caught.value)


def test_removing_no_members_of_nothing_creates() -> None:
    assert planned(None, books=[], books_mode="remove").sentences() == ["create book shelf hall"]


def test_a_new_name_is_the_name_of_a_new_object() -> None:
    plan = planned(None, new_name="attic")
    assert requests_of(plan) == [("PUT", "new/shelf", {"name": "attic"})]
    assert plan.after == {"name": "attic"}
    assert plan.sentences() == ["create book shelf attic"]


def test_an_id_cannot_be_created() -> None:
    with pytest.raises(InputError) as caught:
        planned(None, name=None, id="s9")
    assert "There is no book shelf with id s9." in str(caught.value)
    assert "give name" in str(caught.value)


def test_an_id_cannot_be_created_under_a_new_name_either() -> None:
    with pytest.raises(InputError, match="There is no book shelf with id s9."):
        planned(None, name=None, id="s9", new_name="attic")


@pytest.mark.parametrize(
    "options, body",
    [
        ({"locked": True}, {"locked": True}),
        ({"locked": True, "dusty": False}, {"locked": True}),
        # flags of the modify call go with it, flags of other calls do not
        ({"locked": True, "careful": False, "burn": True}, {"locked": True, "careful": False}),
    ],
)
def test_what_a_create_cannot_take_follows_it(options: Json, body: Json) -> None:
    plan = planned(None, note="new", **options)
    assert requests_of(plan) == [
        ("PUT", "new/shelf", {"name": "hall", "note": "new"}),
        ("MERGE", f"shelf({ID_LATER})", body),
    ]
    assert [step.action for step in plan.requests] == ["create", "modify"]
    assert plan.sentences() == ["create book shelf hall", "set locked of book shelf hall"]
    assert plan.after["locked"] is True


@pytest.mark.parametrize(
    "names, body",
    [([], {}), (["a"], {"names": ["a"]})],
)
def test_an_empty_list_is_what_a_new_object_has(names: list[str], body: Json) -> None:
    """APIs that take a list without entries in a change refuse it in a create."""
    ring = ResourceType("ring", "ring", CONVENTION, (Attribute("names", "list", normalize=as_set),))
    plan = make_plan(ring, None, {"name": "one", "names": names})
    assert requests_of(plan) == [("PUT", "new/ring", {"name": "one", **body})]
    assert plan.after == {"name": "one", "names": names}
