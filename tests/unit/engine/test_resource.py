# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What derives from a resource table: options, fields to read, checks; and how references are compared."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import (
    Ref,
    Reference,
    distinct,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute, as_is, as_text
from tests.unit.engine.tables import SHELF, task


def test_the_argument_spec_derives_from_the_table() -> None:
    assert SHELF.argument_spec() == {
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "id": {"type": "str"},
        "name": {"type": "str"},
        "new_name": {"type": "str"},
        "note": {"type": "str"},
        "boards": {"type": "int"},
        "wood": {"type": "str"},
        "locked": {"type": "bool"},
        "dusty": {"type": "bool"},
        "owner": {"type": "str"},
        "lender": {"type": "str"},
        "finish": {"type": "str"},
        "books": {"type": "list", "elements": "str"},
        "books_mode": {"type": "str", "choices": ["exact", "add", "remove"], "default": "exact"},
        "careful": {"type": "bool"},
        "burn": {"type": "bool"},
        "sweep": {"type": "bool"},
    }


def test_each_argument_spec_is_its_own() -> None:
    """Ansible writes into the specs it is given."""
    SHELF.argument_spec()["state"]["choices"].clear()
    assert SHELF.argument_spec()["state"]["choices"] == ["present", "absent"]


@pytest.mark.parametrize(
    "attribute, on_wire, reads_back",
    [
        (Attribute("a"), "a", "a"),
        (Attribute("a", api_name="w"), "w", "w"),
        (Attribute("a", read="r"), "a", "r"),
        (Attribute("a", api_name="w", read="r"), "w", "r"),
    ],
)
def test_names_on_the_wire_default_to_the_option(attribute: Attribute, on_wire: str, reads_back: str) -> None:
    assert (attribute.api_name, attribute.read) == (on_wire, reads_back)


def test_a_relation_stands_beside_the_object_wherever_its_id_stands() -> None:
    pool = Attribute("pool", api_name="poolUri", read="own.poolUri", ref=Ref("pool"))
    assert pool.current_value({"own": {"poolUri": "p1"}, "pool": {"id": "p1", "name": "fast"}}) == {
        "id": "p1",
        "name": "fast",
    }
    assert Attribute("mode", read="own.mode").current_value({"own": {"mode": "x"}}) == "x"


def test_the_same_object_counts_once_however_it_is_named() -> None:
    by_id, by_both, by_name = Reference(id="b1"), Reference(id="b1", name="Book 1"), Reference(name="Book 2")
    assert distinct([by_id, by_both, by_name, Reference(name="book 2")]) == [by_both, by_name]


ALWAYS_READ: dict[str, tuple[str, ...]] = {
    "id": (),
    "name": (),
    "age": (),
    "note": (),
    "boards_mounted": (),
    "wood": (),
    "locked": (),
    "dusty": (),
    "owner_id": (),
    "owner": ("id", "name"),
    "books": ("id", "name"),
}


@pytest.mark.parametrize(
    "options, more",
    [
        ({}, {}),
        ({"finish": "oil"}, {"finish": ()}),
        ({"finish": ""}, {"finish": ()}),
        ({"lender": Reference(name="Anna")}, {"lender_id": (), "lender": ("id", "name")}),
    ],
)
def test_what_older_releases_lack_is_read_only_when_asked_for(options: Json, more: Json) -> None:
    assert SHELF.fields(task(**options)) == {**ALWAYS_READ, **more}


@pytest.mark.parametrize(
    "current, desired, same", [(1, 1, True), (1, 2, False), (None, "", False), ("a", "A", False), (False, None, False)]
)
def test_values_as_they_are_distinguish_everything(current: t.Any, desired: t.Any, same: bool) -> None:
    assert (as_is(current) == as_is(desired)) is same


@pytest.mark.parametrize(
    "current, desired, same", [(None, "", True), ("", "", True), ("a", "a", True), ("a", "A", False), ("a", "", False)]
)
def test_an_unset_text_is_an_empty_one(current: t.Any, desired: t.Any, same: bool) -> None:
    assert (as_text(current) == as_text(desired)) is same


@pytest.mark.parametrize(
    "reference, other, matches",
    [
        (Reference(id="1"), {"id": "1", "name": "a"}, True),
        (Reference(id="1"), {"id": "2", "name": "1"}, False),
        (Reference(name="a"), {"id": "1", "name": "a"}, True),
        (Reference(name="a"), {"id": "1", "name": "A"}, True),
        (Reference(name="ÄRA"), {"id": "1", "name": "ära"}, True),
        (Reference(name="1"), {"id": "1", "name": "a"}, False),
        (Reference(name="a"), {"id": "1"}, False),
        (Reference(name="a"), {"id": "1", "name": None}, False),
        # the id decides where both are known: names move from one object to another
        (Reference(id="1", name="a"), {"id": "2", "name": "a"}, False),
        (Reference(id="1", name="a"), {"id": "1", "name": "b"}, True),
    ],
)
def test_references_match_by_id_else_by_name(reference: Reference, other: Json, matches: bool) -> None:
    assert reference.matches(other) is matches


@pytest.mark.parametrize(
    "reference, words", [(Reference(id="1"), "1"), (Reference(name="a"), "a"), (Reference(id="1", name="a"), "a")]
)
def test_references_are_told_by_name_where_it_is_known(reference: Reference, words: str) -> None:
    assert str(reference) == words
