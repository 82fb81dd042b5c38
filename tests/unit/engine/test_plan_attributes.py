# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every attribute rule of a change: what is sent, what is not, and what the diff shows of it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils.engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils.engine.plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils.engine.resource import Json, Reference
from ansible_collections.jobwise.appliance.plugins.modules.volume_group import VOLUME_GROUP
from tests.unit.engine.tables import GOLD, GROUP_ID, SHELF, WEB, group, shelf, told, want

BY_NAME = Reference(name="Gold")
BY_ID = Reference(id="p1")
GOVERNED = {"protection_policy_id": "p1", "protection_policy": GOLD}

# what the array has, what the task asks, the body of the one PATCH or None
VOLUME_GROUPS: list[tuple[Json, Json, Json | None]] = [
    ({}, {}, None),
    ({"description": "old", **GOVERNED, "volumes": [WEB]}, {}, None),
    # texts
    ({"description": None}, {"description": ""}, None),
    ({"description": ""}, {"description": ""}, None),
    ({"description": "a"}, {"description": "a"}, None),
    ({"description": "a"}, {"description": "A"}, {"description": "A"}),
    ({"description": "a"}, {"description": ""}, {"description": ""}),
    ({"description": None}, {"description": "a"}, {"description": "a"}),
    ({"description": "None"}, {"description": ""}, {"description": ""}),
    # flags
    ({}, {"is_write_order_consistent": True}, None),
    ({}, {"is_write_order_consistent": False}, {"is_write_order_consistent": False}),
    ({"is_write_order_consistent": None}, {"is_write_order_consistent": False}, {"is_write_order_consistent": False}),
    ({}, {"is_replication_destination": False}, None),
    (
        {"is_replication_destination": True},
        {"is_replication_destination": False},
        {"is_replication_destination": False},
    ),
    # references
    (GOVERNED, {"protection_policy": BY_NAME}, None),
    (GOVERNED, {"protection_policy": Reference(name="gold")}, None),
    (GOVERNED, {"protection_policy": BY_ID}, None),
    (GOVERNED, {"protection_policy": Reference(name="Silver")}, {"protection_policy_id": "name:Silver"}),
    (GOVERNED, {"protection_policy": Reference(id="p2")}, {"protection_policy_id": "p2"}),
    (GOVERNED, {"protection_policy": ""}, {"protection_policy_id": ""}),
    ({}, {"protection_policy": ""}, None),
    ({}, {"protection_policy": BY_NAME}, {"protection_policy_id": "name:Gold"}),
    ({}, {"qos_performance_policy": BY_ID}, {"qos_performance_policy_id": "p1"}),
    ({"qos_performance_policy": GOLD}, {"qos_performance_policy": ""}, {"qos_performance_policy_id": ""}),
    # names
    ({}, {"name": "Finance"}, None),
    ({}, {"name": "finance"}, None),
    ({}, {"name": "Finance", "new_name": "Finance"}, None),
    ({}, {"name": "finance", "new_name": "FINANCE"}, {"name": "FINANCE"}),
    ({}, {"name": "Finance", "new_name": "Books"}, {"name": "Books"}),
    ({"name": "Books"}, {"name": "Finance", "new_name": "Books"}, None),
    ({"name": "books"}, {"name": "Finance", "new_name": "Books"}, {"name": "Books"}),
    ({}, {"id": GROUP_ID, "new_name": "Books"}, {"name": "Books"}),
    # several at once, in one request
    (
        {"description": "old"},
        {"description": "new", "new_name": "Books", "protection_policy": BY_NAME, "is_write_order_consistent": True},
        {"name": "Books", "description": "new", "protection_policy_id": "name:Gold"},
    ),
    # controls
    ({}, {"force": True}, None),
    ({}, {"delete_members": True, "immediate": False}, None),
    (GOVERNED, {"protection_policy": "", "force": True}, {"protection_policy_id": "", "force": True}),
    (GOVERNED, {"protection_policy": "", "force": False}, {"protection_policy_id": "", "force": False}),
    ({}, {"description": "a", "delete_members": True, "immediate": True}, {"description": "a"}),
]


@pytest.mark.parametrize("have, options, body", VOLUME_GROUPS)
def test_changes_of_a_volume_group(have: Json, options: Json, body: Json | None) -> None:
    plan = make_plan(VOLUME_GROUP, group(**have), want(**options))
    assert told(plan) == ([("PATCH", f"volume_group/{GROUP_ID}", body)] if body else [])


SHELVES: list[tuple[Json, Json, Json | None]] = [
    ({"width_real_mm": 800}, {"width": 800}, None),
    ({"width_real_mm": 800}, {"width": 900}, {"width_mm": 900}),
    ({"width_real_mm": 800}, {"width": 0}, {"width_mm": 0}),
    ({"material": "oak"}, {"material": "oak"}, None),
    ({"lit": False}, {"lit": True}, {"lit": True}),
    ({"slots": 4}, {"slots": 5}, {"slots": 5}),
    ({"angle": 90}, {"angle": 0}, {"angle": 0}),
    ({"maker": {"id": "m1", "name": "Acme"}}, {"maker": Reference(name="acme")}, None),
    ({}, {"label": "Top", "new_label": "Low"}, {"label": "Low"}),
]


@pytest.mark.parametrize("have, options, body", SHELVES)
def test_changes_of_something_else(have: Json, options: Json, body: Json | None) -> None:
    plan = make_plan(SHELF, shelf(**have), want(SHELF, **options))
    assert told(plan) == ([("PUT", "shelf/s1", body)] if body else [])


@pytest.mark.parametrize(
    "have, options, words",
    [
        ({}, {"material": "steel"}, ["material is 'oak', asked for 'steel'"]),
        ({"material": None}, {"material": "steel"}, ["material is None, asked for 'steel'"]),
        ({"maker": {"id": "m1", "name": "Acme"}}, {"maker": Reference(name="Bolt")}, ["maker is 'Acme'", "'Bolt'"]),
        ({"maker": {"id": "m1", "name": "Acme"}}, {"maker": Reference(id="m2")}, ["maker is 'm1'", "'m2'"]),
        ({"maker": {"id": "m1", "name": "Acme"}}, {"maker": ""}, ["maker is 'Acme', asked for ''"]),
        ({}, {"material": "steel", "maker": Reference(name="Bolt"), "note": "x"}, ["material is", "maker is"]),
    ],
)
def test_what_can_be_set_only_at_creation_is_an_error_that_names_it(
    have: Json, options: Json, words: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        make_plan(SHELF, shelf(**have), want(SHELF, **options))
    assert all(word in str(caught.value) for word in [*words, "exists", "when it is created"]), str(caught.value)
    assert "note" not in str(caught.value)


@pytest.mark.xfail(strict=True, reason="str.capitalize lowers the case of the object's name")
def test_an_error_spells_the_name_as_it_is() -> None:
    with pytest.raises(InputError, match="^Wall shelf TopLeft exists"):
        make_plan(SHELF, shelf(label="TopLeft"), want(SHELF, material="steel"))


# what the array has, what the task asks, before, after
DIFFS: list[tuple[Json, Json, Json, Json]] = [
    ({"description": "old", "volumes": [WEB]}, {}, {"name": "Finance"}, {"name": "Finance"}),
    (
        {"description": "old"},
        {"description": "new"},
        {"name": "Finance", "description": "old"},
        {"name": "Finance", "description": "new"},
    ),
    (
        {"description": None},
        {"description": ""},
        {"name": "Finance", "description": None},
        {"name": "Finance", "description": None},
    ),
    (
        {},
        {"name": "finance", "new_name": "FINANCE"},
        {"name": "Finance"},
        {"name": "FINANCE"},
    ),
    (
        GOVERNED,
        {"protection_policy": Reference(name="Silver")},
        {"name": "Finance", "protection_policy": "Gold"},
        {"name": "Finance", "protection_policy": "Silver"},
    ),
    (
        GOVERNED,
        {"protection_policy": Reference(id="p2")},
        {"name": "Finance", "protection_policy": "p1"},
        {"name": "Finance", "protection_policy": "p2"},
    ),
    (
        GOVERNED,
        {"protection_policy": Reference(name="GOLD")},
        {"name": "Finance", "protection_policy": "Gold"},
        {"name": "Finance", "protection_policy": "Gold"},
    ),
    (
        GOVERNED,
        {"protection_policy": ""},
        {"name": "Finance", "protection_policy": "Gold"},
        {"name": "Finance", "protection_policy": ""},
    ),
    (
        {},
        {"protection_policy": BY_NAME, "force": True},
        {"name": "Finance", "protection_policy": ""},
        {"name": "Finance", "protection_policy": "Gold"},
    ),
]


@pytest.mark.parametrize("have, options, before, after", DIFFS)
def test_the_diff_shows_what_the_task_manages_and_nothing_else(
    have: Json, options: Json, before: Json, after: Json
) -> None:
    plan = make_plan(VOLUME_GROUP, group(**have), want(**options))
    assert (plan.before, plan.after) == (before, after)


@pytest.mark.parametrize(
    "options, sentence",
    [
        ({"new_name": "Books"}, "rename volume group Finance to Books"),
        ({"description": "x"}, "change description of volume group Finance"),
        ({"protection_policy": ""}, "change protection_policy of volume group Finance"),
        (
            {"description": "x", "is_write_order_consistent": False},
            "change description and is_write_order_consistent of volume group Finance",
        ),
        ({"new_name": "Books", "description": "x"}, "rename volume group Finance to Books, change description"),
    ],
)
def test_a_step_says_what_it_does(options: Json, sentence: str) -> None:
    assert make_plan(VOLUME_GROUP, group(**GOVERNED), want(**options)).sentences() == [sentence]


@pytest.mark.parametrize("value", [None])
@pytest.mark.parametrize("option", ["description", "protection_policy", "is_write_order_consistent", "volumes"])
def test_none_is_not_asked(option: str, value: t.Any) -> None:
    have = group(description="x", **GOVERNED, volumes=[WEB], is_write_order_consistent=False)
    plan = make_plan(VOLUME_GROUP, have, want(name="Finance", **{option: value}))
    assert plan.steps == () and option not in plan.before and option not in plan.after
