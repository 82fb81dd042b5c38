# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plans for the members of an object: exact, add and remove, by name, by id and both."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from tests.unit.engine.tables import book, member, planned, requests_of, shelf


def named(number: int) -> Reference:
    return Reference(name=f"Book {number}")


def by_id(number: int) -> Reference:
    return Reference(id=f"b{number}")


@pytest.mark.parametrize("refer", [book, named, by_id])
@pytest.mark.parametrize(
    "current, asked, books_mode, take, put, after",
    [
        # exact
        ([], [], "exact", [], [], []),
        ([1, 2], [1, 2], "exact", [], [], [1, 2]),
        ([1, 2], [2, 1], "exact", [], [], [1, 2]),
        ([1, 2], [], "exact", [1, 2], [], []),
        ([1, 2], [2], "exact", [1], [], [2]),
        ([], [1, 2], "exact", [], [1, 2], [1, 2]),
        ([1, 2], [2, 3], "exact", [1], [3], [2, 3]),
        ([1], [2], "exact", [1], [2], [2]),
        # add
        ([1, 2], [], "add", [], [], [1, 2]),
        ([1, 2], [1], "add", [], [], [1, 2]),
        ([1, 2], [3], "add", [], [3], [1, 2, 3]),
        ([], [3, 1], "add", [], [3, 1], [1, 3]),
        # remove
        ([1, 2], [], "remove", [], [], [1, 2]),
        ([1, 2], [3], "remove", [], [], [1, 2]),
        ([1, 2], [2, 3], "remove", [2], [], [1]),
        ([1, 2], [2, 1], "remove", [1, 2], [], []),
        ([], [1], "remove", [], [], []),
    ],
)
def test_members(
    refer: t.Callable[[int], Reference],
    current: list[int],
    asked: list[int],
    books_mode: str,
    take: list[int],
    put: list[int],
    after: list[int],
) -> None:
    plan = planned(
        shelf(books=[member(one) for one in current]), books=[refer(one) for one in asked], books_mode=books_mode
    )
    new = {f"b{one}": refer(one) for one in put}
    sent_as = [f"@Book {one}" for one in put] if refer is named else list(new)
    expected = []
    if put:
        expected.append(("DO", "shelf(s1)/put", {"book_ids": sent_as}))
    if take:
        expected.append(("DO", "shelf(s1)/take", {"book_ids": [f"b{one}" for one in take]}))
    assert requests_of(plan) == expected
    assert plan.before["books"] == [f"Book {one}" for one in current]
    shown = {one: str(new[f"b{one}"]) if one in put else f"Book {one}" for one in after}
    assert plan.after["books"] == sorted(shown.values())


def test_one_member_named_in_two_ways_hides_no_removal() -> None:
    plan = planned(shelf(books=[member(1), member(2)]), books=[book(1), by_id(1)])
    assert requests_of(plan) == [("DO", "shelf(s1)/take", {"book_ids": ["b2"]})]
    ((dummy, path, body),) = requests_of(planned(None, books=[by_id(1), book(1)]))
    assert path == "new/shelf" and body and body["book_ids"] == ["b1"]


def test_what_is_not_asked_for_is_left_alone() -> None:
    plan = planned(shelf(books=[member(1)]), books_mode="exact")
    assert plan.steps == ()
    assert "books" not in {**plan.before, **plan.after}


def test_ids_and_names_can_be_mixed() -> None:
    plan = planned(shelf(books=[member(1), member(2), member(3)]), books=[by_id(3), named(1), book(4)])
    assert requests_of(plan) == [
        ("DO", "shelf(s1)/put", {"book_ids": ["b4"]}),
        ("DO", "shelf(s1)/take", {"book_ids": ["b2"]}),
    ]


def test_names_of_members_ignore_case() -> None:
    plan = planned(shelf(books=[member(1)]), books=[Reference(name="BOOK 1")])
    assert plan.steps == ()
    assert plan.before == plan.after


@pytest.mark.parametrize("books_mode, action", [("exact", []), ("add", []), ("remove", ["take"])])
def test_a_member_given_twice_counts_once(books_mode: str, action: list[str]) -> None:
    plan = planned(
        shelf(books=[member(1)]), books=[by_id(1), named(1), Reference(name="book 1")], books_mode=books_mode
    )
    assert [step.action for step in plan.requests] == action
    assert [step.body for step in plan.requests] == [{"book_ids": ["b1"]} for dummy in action]


@pytest.mark.parametrize("exists", [True, False])
def test_a_new_member_given_twice_is_sent_once(exists: bool) -> None:
    plan = planned(shelf() if exists else None, books=[book(1), book(1)])
    body = plan.requests[0].body or {}
    assert body["book_ids"] == ["b1"]
    assert plan.after["books"] == ["Book 1"]


def test_a_member_without_a_name_is_told_by_its_id() -> None:
    plan = planned(shelf(books=[{"id": "b1"}, member(2)]), books=[by_id(2)])
    assert plan.before["books"] == ["Book 2", "b1"]
    assert plan.after["books"] == ["Book 2"]
    assert plan.sentences() == ["remove 1 book (b1) from book shelf hall"]


def test_a_relation_without_members_may_be_null() -> None:
    assert planned(shelf(books=None), books=[]).steps == ()
    assert len(planned(shelf(books=None), books=[book(1)]).steps) == 1


@pytest.mark.parametrize("books_mode, expected", [("exact", ["put", "take"]), ("add", ["put"]), ("remove", ["take"])])
def test_steps_in_order(books_mode: str, expected: list[str]) -> None:
    """Additions stand before removals: if the appliance refuses them, no member is lost."""
    current = shelf(books=[member(1), member(2)])
    plan = planned(current, books=[book(2), book(3)], books_mode=books_mode, note="new", new_name="attic")
    assert [step.action for step in plan.requests] == ["modify", *expected]


@pytest.mark.parametrize(
    "count, counted",
    [
        (1, "1 book (Book 1)"),
        (2, "2 books (Book 1, Book 2)"),
        (5, "5 books (Book 1, Book 2, Book 3, Book 4, Book 5)"),
        (6, "6 books (Book 1, Book 2, Book 3, Book 4, Book 5 and 1 more)"),
    ],
)
def test_sentences_name_the_first_few(count: int, counted: str) -> None:
    many = range(1, count + 1)
    assert planned(shelf(), books=[book(one) for one in many]).sentences() == [f"add {counted} to book shelf hall"]
    current = shelf(books=[member(one) for one in many])
    assert planned(current, books=[]).sentences() == [f"remove {counted} from book shelf hall"]


def test_calls_on_members_carry_no_flags() -> None:
    plan = planned(shelf(), books=[book(1)], careful=True, burn=True)
    assert requests_of(plan) == [("DO", "shelf(s1)/put", {"book_ids": ["b1"]})]
