# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a question becomes on the line, and what is made of the answers."""

from __future__ import annotations

import typing as t
from urllib.parse import quote

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.info_query import InfoQuery
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, login
from tests.unit.powerstore.test_questions import question

Row = dict[str, t.Any]


def named(*names: str) -> list[Row]:
    return [{"id": f"id-{name}", "name": name} for name in names]


def asked(array: MakeArray, what: InfoQuery, *answers: Answer) -> tuple[list[dict[str, str]], list[Row], list[str]]:
    """Ask; return the queries without what belongs to pages, the objects, and what is missing."""
    one = array(*(answers or [login()]))
    found, missing = what.ask(one.client)
    assert set(one.talk) == {f"GET {what.type}"} and one.script.answers == []
    return [{name: text for name, text in query.items() if name != "limit"} for query in one.queries], found, missing


@pytest.mark.parametrize(
    "options, query",
    [
        ({}, {"select": "*", "order": "id"}),
        ({"order": ["name", "size.desc"]}, {"select": "*", "order": "name,size.desc,id"}),
        ({"select": ["name", "volume_groups(id)"]}, {"select": "name,volume_groups(id)", "order": "id"}),
        ({"filters": {"size": "gt.1"}}, {"select": "*", "order": "id", "size": "gt.1"}),
        (
            {"filters": {"size": ["gte.1", "lt.5"], "name": "ilike.w*"}},
            {"select": "*", "order": "id", "size": "gte.1", "and": "(size.lt.5)", "name": "ilike.w*"},
        ),
        (
            {"filters": {"size": ["gte.1", "lt.5"], "or": "(name.eq.a,name.eq.b)"}},
            {"select": "*", "order": "id", "size": "gte.1", "and": "(size.lt.5,or(name.eq.a,name.eq.b))"},
        ),
        (
            {"filters": {"or": "(name.eq.a,name.eq.b)"}},
            {"select": "*", "order": "id", "or": "(name.eq.a,name.eq.b)"},
        ),
        (
            {"filters": {"or": ["(name.eq.a,name.eq.b)", "(size.eq.1,size.eq.2)"]}},
            {"select": "*", "order": "id", "and": "(or(name.eq.a,name.eq.b),or(size.eq.1,size.eq.2))"},
        ),
        ({"filters": {"and": "(size.gt.1,size.lt.5)"}}, {"select": "*", "order": "id", "and": "(size.gt.1,size.lt.5)"}),
        ({"names": ["a", "b"]}, {"select": "*", "name": "in.(a,b)"}),
        ({"names": ["a,b"]}, {"select": "*", "name": 'in.("a,b")'}),
        ({"ids": ["1"]}, {"select": "*", "id": "in.(1)"}),
        ({"names": ["a"], "select": ["size"]}, {"select": "size,name", "name": "in.(a)"}),
        ({"ids": ["1"], "select": ["size", "id"]}, {"select": "size,id", "id": "in.(1)"}),
        ({"names": ["a"], "order": ["size"]}, {"select": "*", "name": "in.(a)", "order": "size,id"}),
        ({"names": ["a"], "filters": {"size": "gt.1"}}, {"select": "*", "name": "in.(a)", "size": "gt.1"}),
    ],
)
def test_the_query(array: MakeArray, options: dict[str, t.Any], query: dict[str, str]) -> None:
    assert asked(array, question("volume", **options))[0] == [query]


@pytest.mark.parametrize(
    "filters",
    [
        {"name": "ilike.w*"},
        {"name": ["ilike.w*", "neq.web9"]},
        {"name": "ilike.w*", "and": "(size.gt.1,size.lt.5)"},
        {"name": "ilike.w*", "or": "(size.gt.1,size.lt.5)"},
        {"and": "(size.gt.1,size.lt.5)"},
    ],
)
def test_no_condition_gets_lost_beside_names(array: MakeArray, filters: dict[str, t.Any]) -> None:
    """Whatever way they are joined, each is there once."""
    (query,), found, missing = asked(array, question("volume", names=["a"], filters=filters))
    sent = " ".join(f"{name} {text}" for name, text in query.items())
    for words in (
        "in.(a)",
        *(one for value in filters.values() for one in ([value] if isinstance(value, str) else value)),
    ):
        assert sent.count(words) == 1, (words, query)


def test_what_is_missing_is_told(array: MakeArray) -> None:
    queries, found, missing = asked(array, question("volume", names=["a", "B", "c"]), login(named("A", "b")))
    assert found == named("A", "b")
    assert missing == ["c"], "names ignore case"


def test_with_a_limit_nobody_knows_what_is_missing(array: MakeArray) -> None:
    what = question("volume", names=["a", "b", "c"], limit=2)
    assert asked(array, what, login(named("a", "b")))[1:] == (named("a", "b"), [])


def test_with_filters_nobody_knows_what_is_missing(array: MakeArray) -> None:
    """The ones that are not returned may exist and not meet the conditions."""
    what = question("volume", names=["a", "b"], filters={"size": "gt.1"})
    assert asked(array, what, login(named("a")))[1:] == (named("a"), [])


@pytest.mark.parametrize("type_", ["volume", "role"])
@pytest.mark.parametrize("key", ["ids", "names"])
def test_an_empty_list_asks_for_nothing(array: MakeArray, type_: str, key: str) -> None:
    one = array()
    assert question(type_, **{key: []}).ask(one.client) == ([], [])
    assert one.talk == []


def test_many_names_are_asked_in_parts(array: MakeArray) -> None:
    names = [f"{'ä' * 30}{number:03}" for number in range(50)]  # 186 bytes each as they are sent
    answers = [login(named(*names[:22])), Answer(200, named(*names[22:44])), Answer(200, named(*names[44:49]))]
    queries, found, missing = asked(array, question("volume", names=names), *answers)
    assert [query["name"].count(",") + 1 for query in queries] == [22, 22, 6]
    assert all(len(quote(query["name"])) < 4110 for query in queries)
    assert found == named(*names[:49]) and missing == [names[49]]


def test_many_names_in_an_order_are_sorted_here(array: MakeArray) -> None:
    """The array can only sort each part by itself."""
    names = [f"{'x' * 120}{number:03}" for number in range(50)]
    answers = [login(named(*names[:32][::-1])), Answer(200, named(*names[32:][::-1]))]
    what = question("volume", names=names, order=["name"], limit=40)
    queries, found, dummy = asked(array, what, *answers)
    assert found == named(*names[:40]) and len(queries) == 2


def test_a_limit_ends_the_parts(array: MakeArray) -> None:
    names = [f"{'x' * 40}{number}" for number in range(250)]
    what = question("volume", names=names, limit=100)
    queries, found, missing = asked(array, what, login(named(*names[:100])))
    assert len(queries) == 1 and len(found) == 100 and missing == []


class TestSmallCollections:
    """Some collections take no filter, no order and no limit: all of it is read, and the rest is done here."""

    ROLES = [*named("Operator", "admin", "Zeta"), {"id": "x", "name": None}]

    def test_nothing_is_asked_that_the_array_would_refuse(self, array: MakeArray) -> None:
        what = question("role", names=["ADMIN", "nobody"], order=["name.desc"])
        queries, found, missing = asked(array, what, login(self.ROLES))
        assert queries == [{"select": "*"}]
        assert found == named("admin") and missing == ["nobody"]

    def test_ids(self, array: MakeArray) -> None:
        what = question("role", ids=["id-Zeta", "7"], select=["name"])
        queries, found, missing = asked(array, what, login(self.ROLES))
        assert queries == [{"select": "name,id"}] and found == named("Zeta") and missing == ["7"]

    @pytest.mark.parametrize(
        "order, names",
        [
            (["name"], ["admin", "Operator", "Zeta", None]),
            (["name.asc"], ["admin", "Operator", "Zeta", None]),
            (["name.desc"], [None, "Zeta", "Operator", "admin"]),
            ([], ["Operator", "admin", "Zeta", None]),
        ],
    )
    def test_order(self, array: MakeArray, order: list[str], names: list[str | None]) -> None:
        found = asked(array, question("role", order=order), login(self.ROLES))[1]
        assert [row["name"] for row in found] == names

    def test_order_by_two(self, array: MakeArray) -> None:
        rows = [{"id": "1", "user": "b", "idle_timeout": 60}, {"id": "2", "user": "a", "idle_timeout": 60}]
        rows.append({"id": "3", "user": "c", "idle_timeout": 300})
        found = asked(array, question("login_session", order=["idle_timeout.desc", "user"]), login(rows))[1]
        assert [row["id"] for row in found] == ["3", "2", "1"]

    def test_what_is_sorted_by_is_read(self, array: MakeArray) -> None:
        what = question("role", select=["id"], order=["name"])
        assert asked(array, what, login(self.ROLES))[0] == [{"select": "id,name"}]

    def test_a_limit_is_kept_and_then_nothing_is_missing(self, array: MakeArray) -> None:
        what = question("role", names=["admin", "Zeta", "nobody"], limit=1)
        assert asked(array, what, login(self.ROLES))[1:] == (named("admin"), [])
