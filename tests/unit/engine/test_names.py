# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look-ups by name, and names that differ in case only."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.names import (
    near,
    spelled,
    the_one,
    unknown,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.words import closest, did_you_mean

ROWS: list[dict[str, t.Any]] = [
    {"id": "1", "name": "Gone"},
    {"id": "2", "name": "GONE"},
    {"id": "3", "name": "Lab"},
    {"id": "4", "name": "twin"},
    {"id": "5", "name": "twin"},
    {"id": "6", "name": None},
    {"id": "7"},
]

FIRST = [f"n{number:02}" for number in range(20)]


@pytest.mark.parametrize(
    "name, meant", [("Gone", "1"), ("GONE", "2"), ("Lab", "3"), ("LAB", "3"), ("nobody", None), ("None", None)]
)
def test_the_exact_spelling_wins_and_a_single_one_needs_none(name: str, meant: str | None) -> None:
    found = the_one(ROWS, name, "network")
    assert (found["id"] if found else None) == meant


def test_several_of_another_spelling_are_refused_and_listed() -> None:
    with pytest.raises(InputError) as caught:
        the_one(ROWS, "gone", "network", "networks")
    assert str(caught.value) == (
        "networks: no network has exactly the name gone, and 2 differ from it only in case: Gone (1), GONE (2). "
        "Give the name as it is spelled there."
    )


def test_several_of_one_spelling_are_refused_and_listed() -> None:
    with pytest.raises(InputError) as caught:
        the_one(ROWS, "twin", "network")
    assert str(caught.value) == (
        "No network can be identified by the name twin alone: 2 have it (4, 5). Give the id instead."
    )
    with pytest.raises(InputError) as caught:
        the_one(ROWS, "twin", "pool", place="name", hint="Give the system, too.")
    assert caught.value.hint == "Give the system, too."


def test_whatever_the_key_is() -> None:
    rows = [{"uri": "/1", "hostname": "Array"}, {"uri": "/2", "hostname": "array"}]
    found = the_one(rows, "array", "storage system", key="hostname", place="uri")
    assert found and found["uri"] == "/2"
    assert [row["uri"] for row in spelled(rows, "ARRAY", "hostname")] == ["/1", "/2"]


@pytest.mark.parametrize(
    "names, known, told, sentence",
    [
        (["wbe"], ["web", "rack"], "wbe (did you mean web?)", ""),
        (["golden", "xyz"], ["Gold", "silver"], "golden (did you mean Gold?), xyz", "Known: Gold, silver."),
        (["web"], ["rack", "Bay", None, ""], "web", "Known: Bay, rack."),
        (["web"], [], "web", ""),
        (["x"], [f"n{number:02}" for number in range(23)], "x", f"Known: {', '.join(FIRST)} and 3 more."),
    ],
)
def test_help_to_the_right_name(names: list[str], known: list[t.Any], told: str, sentence: str) -> None:
    assert unknown(names, known) == (told, sentence)


@pytest.mark.parametrize(
    "name, sentence",
    [("golden", "Did you mean Gold?"), ("xyz", "Known: Gold, silver."), ("silver", "Did you mean silver?")],
)
def test_help_to_one_name(name: str, sentence: str) -> None:
    assert near(name, ["silver", "Gold"]) == sentence


def test_a_suggestion_ignores_case() -> None:
    assert did_you_mean("EQS", ["eq", "in"]) == "Did you mean eq?"
    assert closest("volumes", ["volume", "Volume_Group"], 1) == ["volume"]
    assert closest("volumes", ["volume", "Volume_Group"], 2, 0.9) == ["volume"]
