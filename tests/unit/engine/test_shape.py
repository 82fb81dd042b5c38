# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Answers are held against their shape: what is wrong is named, what may be left out is left alone."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import UnexpectedResponse
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.shape import (
    ANY,
    FLAG,
    ID,
    NAME,
    NUMBER,
    SCALAR,
    TEXT,
    TEXTS,
    TIME,
    Kind,
    check,
    each,
    one,
)

SHAPE = {
    "id": ID,
    "name": NAME,
    "note": TEXT,
    "size": NUMBER,
    "is_on": FLAG,
    "tags": TEXTS,
    "since": TIME,
    "plain": SCALAR,
    "all": ANY,
    "host": one(id=ID, port=NUMBER),
    "members": each({"id": ID, "name": TEXT}),
}
GOOD: dict[str, t.Any] = {"id": "1", "name": "web"}


@pytest.mark.parametrize(
    "more",
    [
        {},
        dict.fromkeys(("note", "size", "is_on", "tags", "since", "plain", "all", "host", "members")),
        {"note": "", "size": 0, "is_on": False, "tags": [], "since": "", "all": True, "members": [], "new": object()},
        {"size": 1.5, "since": "2030-01-01T00:00:00.123Z", "plain": True, "host": {"id": "h"}, "tags": ["a"]},
        {"members": [{"id": "m", "name": None, "new": 1}, {"id": "n"}]},
    ],
)
def test_what_fits(more: dict[str, t.Any]) -> None:
    row = {**GOOD, **more}
    assert check(row, SHAPE, "GET", "/x") is row
    assert check([row, row], SHAPE, "GET", "/x") == [row, row]


@pytest.mark.parametrize(
    "more, words",
    [
        ({"id": None}, "id is missing or null"),
        ({"id": ".."}, "id must be an id, not '..'"),
        ({"id": 7}, "id must be an id, not a number"),
        ({"name": ""}, "name is empty"),
        ({"note": 7}, "note must be a text, not a number"),
        ({"size": "7"}, "size must be a number, not a text"),
        ({"size": True}, "size must be a number, not true or false"),
        ({"is_on": 1}, "is_on must be true or false, not a number"),
        ({"tags": ["a", 7]}, "tags[1] must be a text, not a number"),
        ({"tags": [None]}, "tags[0] is null"),
        ({"since": "tomorrow"}, "since must be a point in time, not a text"),
        ({"plain": []}, "plain must be a single value, not a list"),
        ({"host": {}}, "host.id is missing or null"),
        ({"host": []}, "host must be an object, not a list"),
        ({"members": {}}, "members must be a list, not an object"),
        ({"members": [{"id": "a"}, "x"]}, "members[1] must be an object, not a text"),
        ({"members": [{"id": ""}]}, "members[0].id is empty"),
    ],
)
def test_what_does_not(more: dict[str, t.Any], words: str) -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        check({**GOOD, **more}, SHAPE, "GET", "/x")
    assert f"The answer to GET /x is not as it must be: {words}." in str(caught.value)
    assert (caught.value.method, caught.value.path, caught.value.kind) == ("GET", "/x", "reply")


def test_values_are_not_shown() -> None:
    """They may be secrets."""
    with pytest.raises(UnexpectedResponse) as caught:
        check({"id": "1", "name": 7, "size": "hunter2"}, SHAPE, "GET", "/x")
    assert "hunter2" not in str(caught.value) and "name must be" in str(caught.value)


def test_many_faults_are_counted() -> None:
    with pytest.raises(UnexpectedResponse, match=r"\[0\].name .*; \[1\].name .*; \[2\].name .* and 2 more"):
        check([{"id": "1"}] * 5, SHAPE, "GET", "/x")


def test_a_kind_may_ask_for_more() -> None:
    even = Kind("an even number", (int,), valid=lambda value: value % 2 == 0)
    with pytest.raises(UnexpectedResponse, match="n must be an even number"):
        check({"n": 3}, {"n": even}, "GET", "/x")
