# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Creating and deleting."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils.engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils.engine.plan import ID_LATER, Plan, make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils.engine.resource import Json, Reference
from ansible_collections.jobwise.appliance.plugins.modules.volume_group import VOLUME_GROUP
from tests.unit.engine.tables import DATA, GROUP_ID, SHELF, WEB, group, ref, shelf, told, want

# what the task asks, the body of the POST
CREATED: list[tuple[Json, Json]] = [
    ({"name": "a"}, {"name": "a"}),
    ({"name": "a", "new_name": "b"}, {"name": "b"}),
    ({"name": "a", "description": ""}, {"name": "a"}),
    ({"name": "a", "description": "d"}, {"name": "a", "description": "d"}),
    ({"name": "a", "protection_policy": ""}, {"name": "a"}),
    ({"name": "a", "protection_policy": Reference(name="Gold")}, {"name": "a", "protection_policy_id": "name:Gold"}),
    ({"name": "a", "protection_policy": Reference(id="p1")}, {"name": "a", "protection_policy_id": "p1"}),
    ({"name": "a", "is_write_order_consistent": False}, {"name": "a", "is_write_order_consistent": False}),
    ({"name": "a", "is_write_order_consistent": True}, {"name": "a", "is_write_order_consistent": True}),
    ({"name": "a", "is_replication_destination": False}, {"name": "a"}),
    ({"name": "a", "volumes": []}, {"name": "a"}),
    ({"name": "a", "volumes": [ref(WEB), ref(DATA)]}, {"name": "a", "volume_ids": ["w1", "d1"]}),
    ({"name": "a", "volumes": [ref(WEB)], "members": "add"}, {"name": "a", "volume_ids": ["w1"]}),
    ({"name": "a", "volumes": [], "members": "remove"}, {"name": "a"}),
    ({"name": "a", "force": True, "delete_members": True, "immediate": False}, {"name": "a"}),
]


@pytest.mark.parametrize("options, body", CREATED)
def test_a_volume_group_is_created_with_one_request(options: Json, body: Json) -> None:
    assert told(make_plan(VOLUME_GROUP, None, want(**options))) == [("POST", "volume_group", body)]


def test_the_diff_of_a_creation() -> None:
    options = {"name": "a", "description": "d", "protection_policy": Reference(name="Gold"), "volumes": [ref(WEB)]}
    plan = make_plan(VOLUME_GROUP, None, want(**options))
    assert plan.before == {}
    assert plan.after == {"name": "a", "description": "d", "protection_policy": "Gold", "volumes": ["web01"]}
    assert plan.sentences() == ["create volume group a with 1 volume (web01)"]


def test_a_creation_with_nobody_says_nothing_of_members() -> None:
    assert make_plan(VOLUME_GROUP, None, want(name="a", volumes=[])).sentences() == ["create volume group a"]


@pytest.mark.parametrize(
    "options, later",
    [
        ({}, None),
        ({"lit": False}, None),
        ({"slots": 4}, None),
        ({"lit": True}, {"lit": True}),
        ({"lit": True, "slots": 2}, {"lit": True, "slots": 2}),
        ({"lit": True, "gently": True}, {"lit": True, "gently": True}),
    ],
)
def test_what_cannot_be_created_with_is_set_in_a_second_step(options: Json, later: Json | None) -> None:
    """Unless a new object has this value anyway."""
    plan = make_plan(SHELF, None, want(SHELF, label="Top", material="oak", **options))
    steps = [("POST", "shelf", {"label": "Top", "material": "oak"})]
    steps += [("PUT", f"shelf/{ID_LATER}", later)] if later else []
    assert told(plan) == steps


def test_the_second_step_says_what_it_sets() -> None:
    plan = make_plan(SHELF, None, want(SHELF, label="Top", lit=True, slots=2))
    assert plan.sentences() == ["create wall shelf Top", "set lit, slots of wall shelf Top"]
    assert plan.after == {"label": "Top", "lit": True, "slots": 2}


def test_nothing_can_be_removed_from_what_does_not_exist() -> None:
    with pytest.raises(InputError) as caught:
        make_plan(VOLUME_GROUP, None, want(name="a", volumes=[ref(WEB)], members="remove"))
    assert "Volume group a does not exist" in str(caught.value)
    assert "members: exact or add" in str(caught.value)


def test_an_id_cannot_be_chosen() -> None:
    with pytest.raises(InputError, match="There is no volume group with id 42.*give name"):
        make_plan(VOLUME_GROUP, None, want(id="42", description="x"))


@pytest.mark.xfail(strict=True, reason="an unknown id with new_name creates a group")
def test_an_unknown_id_is_an_error_with_a_new_name_too() -> None:
    """A mistyped id of a group to be renamed must not make a new, empty group."""
    with pytest.raises(InputError, match="no volume group with id 42"):
        make_plan(VOLUME_GROUP, None, want(id="42", new_name="b"))


@pytest.mark.parametrize(
    "options, body, words",
    [
        ({}, None, ""),
        ({"force": True}, None, ""),
        ({"description": "x", "volumes": [ref(WEB)], "protection_policy": ""}, None, ""),
        ({"delete_members": True}, {"delete_members": True}, ", delete_members=true"),
        (
            {"delete_members": True, "immediate": False},
            {"delete_members": True, "immediate": False},
            ", delete_members=true, immediate=false",
        ),
    ],
)
def test_deleting(options: Json, body: Json | None, words: str) -> None:
    plan = make_plan(VOLUME_GROUP, group(volumes=[WEB]), want(name="finance", state="absent", **options))
    assert told(plan) == [("DELETE", f"volume_group/{GROUP_ID}", body)]
    assert plan.sentences() == [f"delete volume group Finance{words}"]
    assert plan.before == {"id": GROUP_ID, "name": "Finance", "volumes": ["web01"]}
    assert plan.after == {}


@pytest.mark.parametrize("options", [{"name": "a"}, {"id": "42"}, {"name": "a", "delete_members": True}])
def test_what_is_absent_stays_absent(options: Json) -> None:
    assert make_plan(VOLUME_GROUP, None, want(state="absent", **options)) == Plan()


def test_deleting_takes_the_controls_of_its_own() -> None:
    plan = make_plan(SHELF, shelf(), want(SHELF, state="absent", gently=True, burn=True))
    assert told(plan) == [("DELETE", "shelf/s1", {"gently": True, "burn": True})]
