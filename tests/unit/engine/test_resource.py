# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What derives from a resource table: options, fields to read, and the limits checked before anything is sent."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils.engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils.engine.resource import (
    Attribute,
    Json,
    Reference,
    Resource,
    exact,
    text,
)
from ansible_collections.jobwise.appliance.plugins.modules.volume_group import VOLUME_GROUP
from tests.unit.engine.tables import SHELF, WEB, want


def test_every_line_of_the_table_is_an_option() -> None:
    assert SHELF.argument_spec() == {
        "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
        "id": {"type": "str"},
        "label": {"type": "str"},
        "new_label": {"type": "str"},
        "note": {"type": "str"},
        "width": {"type": "int"},
        "material": {"type": "str"},
        "maker": {"type": "str"},
        "lit": {"type": "bool"},
        "slots": {"type": "int"},
        "angle": {"type": "int"},
        "sensor": {"type": "str"},
        "books": {"type": "list", "elements": "str"},
        "books_mode": {"type": "str", "choices": ["exact", "add", "remove"], "default": "exact"},
        "gently": {"type": "bool"},
        "burn": {"type": "bool"},
    }


def test_no_attribute_has_a_default_of_its_own() -> None:
    """A default would change what a task did not ask for."""
    spec = VOLUME_GROUP.argument_spec()
    assert {name for name, option in spec.items() if "default" in option} == {"state", "members"}


def test_an_attribute_is_read_under_the_name_it_reads_back_as() -> None:
    fields = SHELF.fields(want(SHELF))
    assert "width_real_mm" in fields and "width" not in fields and "width_mm" not in fields
    assert "colour" in fields
    assert fields["books"] == ("id", "name")


def test_a_reference_is_read_as_id_and_as_relation() -> None:
    fields = VOLUME_GROUP.fields(want())
    assert fields["protection_policy"] == ("id", "name")
    assert fields["protection_policy_id"] == ()


@pytest.mark.xfail(strict=True, reason="the relation's name is asked for under the key of the referring type")
def test_a_referred_object_is_recognised_by_its_own_name() -> None:
    """Reference.matches looks at ``name``; what the referring type calls its own key does not matter."""
    assert SHELF.fields(want(SHELF))["maker"] == ("id", "name")


@pytest.mark.parametrize(
    "resource, option, value, field",
    [(SHELF, "sensor", "x", "sensor"), (VOLUME_GROUP, "qos_performance_policy", "", "qos_performance_policy_id")],
)
def test_an_attribute_of_a_later_release_is_read_only_when_asked_for(
    resource: Resource, option: str, value: str, field: str
) -> None:
    """An older appliance refuses to select what it does not know."""
    assert field not in resource.fields(want(resource))
    assert field in resource.fields(want(resource, **{option: value}))


@pytest.mark.parametrize(
    "resource, options, words",
    [
        (VOLUME_GROUP, {"name": "n" * 129}, ["name has 129 characters", "at most 128"]),
        (VOLUME_GROUP, {"name": "a", "new_name": "n" * 200}, ["new_name has 200 characters", "at most 128"]),
        (VOLUME_GROUP, {"name": "a", "description": "d" * 257}, ["description has 257 characters", "at most 256"]),
        (VOLUME_GROUP, {"name": "a\tb"}, ["name contains unprintable", "'\\t'"]),
        (VOLUME_GROUP, {"name": "a", "description": "x\ny\x00"}, ["description contains unprintable", "'\\x00', '\\n'"]),
        (VOLUME_GROUP, {"name": ""}, ["name is empty"]),
        (VOLUME_GROUP, {"id": ""}, ["id is empty", "volume group"]),
        (VOLUME_GROUP, {"name": "a", "new_name": ""}, ["new_name is empty"]),
        (VOLUME_GROUP, {"name": "a", "new_name": "b", "state": "absent"}, ["new_name", "state absent"]),
        (
            VOLUME_GROUP,
            {"name": "a", "is_replication_destination": True},
            ["is_replication_destination can only be set to false, not to true"],
        ),
        (SHELF, {"label": "n" * 13}, ["label has 13 characters", "at most 12"]),
        (SHELF, {"label": "a", "note": "n" * 11}, ["note has 11 characters", "at most 10"]),
        (SHELF, {"label": "a", "angle": 45}, ["angle can only be set to 0 or 90, not to 45"]),
    ],
)
def test_what_the_appliance_would_refuse_is_refused_first(resource: Resource, options: Json, words: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        resource.check(want(resource, **options))
    assert all(word in str(caught.value) for word in words), str(caught.value)
    assert caught.value.facts()["kind"] == "input"


@pytest.mark.parametrize(
    "resource, options",
    [
        (VOLUME_GROUP, {"name": "n" * 128, "new_name": "m" * 128, "description": "d" * 256}),
        (VOLUME_GROUP, {"name": "a", "description": ""}),
        (VOLUME_GROUP, {"name": "Größe 1, (neu)", "description": "größer 👍"}),
        (VOLUME_GROUP, {"name": "a", "is_replication_destination": False}),
        (VOLUME_GROUP, {"id": "1", "new_name": "b"}),
        (VOLUME_GROUP, {"name": "a", "state": "absent"}),
        (SHELF, {"label": "a", "angle": 0}),
        (SHELF, {"label": "a", "angle": 90, "note": "", "material": "m" * 500}),
    ],
)
def test_what_is_allowed_passes(resource: Resource, options: Json) -> None:
    resource.check(want(resource, **options))


@pytest.mark.parametrize(
    "reference, other, same",
    [
        (Reference(id="w1"), WEB, True),
        (Reference(id="W1"), WEB, False),
        (Reference(name="web01"), WEB, True),
        (Reference(name="WEB01"), WEB, True),
        (Reference(name="web02"), WEB, False),
        (Reference(id="w1", name="renamed meanwhile"), WEB, True),
        (Reference(id="x1", name="web01"), WEB, False),
        (Reference(name="web01"), {"id": "w1"}, False),
    ],
)
def test_references_match_by_id_and_otherwise_by_name(reference: Reference, other: Json, same: bool) -> None:
    assert reference.matches(other) is same


def test_a_reference_is_shown_by_its_name_where_that_is_known() -> None:
    shown = [Reference(id="w1"), Reference(name="web01"), Reference("w1", "web01")]
    assert [str(reference) for reference in shown] == ["w1", "web01", "web01"]


@pytest.mark.parametrize("have, asked, same", [(None, "", True), ("", "", True), ("a", "A", False), ("a", "", False)])
def test_texts_that_are_unset_are_empty(have: str | None, asked: str, same: bool) -> None:
    assert text(have, asked) is same


@pytest.mark.parametrize("have, asked, same", [(0, 0, True), (None, False, False), (True, True, True), ("a", "A", False)])
def test_other_values_are_compared_as_they_are(have: t.Any, asked: t.Any, same: bool) -> None:
    assert exact(have, asked) is same


def test_names_of_an_attribute_default_to_the_option() -> None:
    plain = Attribute("note")
    assert (plain.on_wire, plain.reads_back) == ("note", "note")
    renamed = Attribute("note", wire="remark")
    assert (renamed.on_wire, renamed.reads_back) == ("remark", "remark")
    related = Attribute("maker", wire="maker_id", relation="maker_object")
    assert (related.on_wire, related.reads_back) == ("maker_id", "maker_object")
