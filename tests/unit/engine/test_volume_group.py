# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of volume groups: what each of its lines says in a plan."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.checks import check_options
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VOLUME_GROUP

GOLD = Reference(name="gold")
DATA = Reference("v1", "data")
LOG = Reference("v2", "log")


def task(**options: t.Any) -> Json:
    desired: Json = {name: option.get("default") for name, option in VOLUME_GROUP.argument_spec().items()}
    assert not options.keys() - desired.keys()
    return {**desired, "name": "finance", **options}


def group(**values: t.Any) -> Json:
    current: Json = {
        "id": "g1",
        "name": "finance",
        "type": "Primary",
        "description": None,
        "is_write_order_consistent": True,
        "is_replication_destination": False,
        "protection_policy": None,
        "qos_performance_policy": None,
        "volumes": [{"id": "v1", "name": "data"}],
    }
    assert not values.keys() - current.keys()
    return {**current, **values}


def planned(current: Json | None, **options: t.Any) -> Plan:
    return make_plan(VOLUME_GROUP, current, task(**options))


def talk(plan: Plan) -> list[tuple[str, Json | None]]:
    return [(f"{step.verb} {step.path}", step.body) for step in plan.requests]


POLICIES = {"protection_policy": "protection_policy_id", "qos_performance_policy": "qos_performance_policy_id"}


@pytest.mark.parametrize("option, wire", POLICIES.items())
@pytest.mark.parametrize(
    "now, asked, sent",
    [
        (None, GOLD, "name:gold"),
        (None, Reference(id="p1"), "p1"),
        (None, "", None),
        ({"id": "p1", "name": "Gold"}, GOLD, None),
        ({"id": "p1", "name": "gold"}, Reference(id="p1"), None),
        ({"id": "p2", "name": "silver"}, GOLD, "name:gold"),
        ({"id": "p1", "name": "gold"}, "", ""),
    ],
)
def test_policies(option: str, wire: str, now: Json | None, asked: t.Any, sent: str | None) -> None:
    plan = planned(group(**{option: now}), **{option: asked})
    assert talk(plan) == ([] if sent is None else [("PATCH volume_group/g1", {wire: sent})])


@pytest.mark.parametrize("option, wire", POLICIES.items())
def test_policies_of_a_new_group(option: str, wire: str) -> None:
    assert talk(planned(None, **{option: GOLD})) == [("POST volume_group", {"name": "finance", wire: "name:gold"})]


@pytest.mark.parametrize(
    "current, options, body",
    [
        ({}, {"description": ""}, None),
        ({"description": ""}, {"description": ""}, None),
        ({}, {"description": "Ledger"}, {"description": "Ledger"}),
        ({"description": "Ledger"}, {"description": ""}, {"description": ""}),
        ({}, {"is_write_order_consistent": True}, None),
        ({}, {"is_write_order_consistent": False}, {"is_write_order_consistent": False}),
        ({}, {"is_replication_destination": False}, None),
        (
            {"is_replication_destination": True},
            {"is_replication_destination": False},
            {"is_replication_destination": False},
        ),
        ({}, {"force": True}, None),
        (
            {"protection_policy": {"id": "p1", "name": "gold"}},
            {"protection_policy": "", "force": True},
            {"protection_policy_id": "", "force": True},
        ),
        ({}, {"delete_members": True, "immediate": False}, None),
        ({}, {"new_name": "FINANCE"}, {"name": "FINANCE"}),
    ],
)
def test_attributes_of_a_group(current: Json, options: Json, body: Json | None) -> None:
    assert talk(planned(group(**current), **options)) == ([("PATCH volume_group/g1", body)] if body else [])


@pytest.mark.parametrize(
    "options, body",
    [
        ({"description": "Ledger"}, {"description": "Ledger"}),
        ({"is_write_order_consistent": False}, {"is_write_order_consistent": False}),
        ({"is_write_order_consistent": True}, {"is_write_order_consistent": True}),
        # a new group is no destination; the create call does not take the attribute
        ({"is_replication_destination": False}, {}),
        ({"volumes": [DATA, LOG]}, {"volume_ids": ["v1", "v2"]}),
        ({"volumes": []}, {}),
        ({"force": True}, {}),
    ],
)
def test_attributes_of_a_new_group(options: Json, body: Json) -> None:
    assert talk(planned(None, **options)) == [("POST volume_group", {"name": "finance", **body})]


@pytest.mark.parametrize(
    "mode, asked, expected",
    [
        ("exact", [DATA], []),
        ("exact", [LOG], [("add_members", "v2"), ("remove_members", "v1")]),
        ("exact", [], [("remove_members", "v1")]),
        ("add", [LOG], [("add_members", "v2")]),
        ("remove", [DATA, LOG], [("remove_members", "v1")]),
    ],
)
def test_volumes(mode: str, asked: list[Reference], expected: list[tuple[str, str]]) -> None:
    plan = planned(group(), volumes_mode=mode, volumes=asked)
    assert talk(plan) == [(f"POST volume_group/g1/{action}", {"volume_ids": [one]}) for action, one in expected]


@pytest.mark.parametrize(
    "options, body",
    [
        ({}, None),
        ({"delete_members": True}, {"delete_members": True}),
        ({"delete_members": True, "immediate": False}, {"delete_members": True, "immediate": False}),
        ({"force": True}, None),
    ],
)
def test_the_end_of_a_group(options: Json, body: Json | None) -> None:
    assert talk(planned(group(), state="absent", **options)) == [("DELETE volume_group/g1", body)]


@pytest.mark.parametrize(
    "options, told",
    [
        ({"description": "d" * 257}, "at most 256"),
        ({"name": "n" * 129}, "at most 128"),
        ({"new_name": "n" * 129}, "at most 128"),
        ({"description": "a\nb"}, "unprintable"),
        ({"is_replication_destination": True}, "can only be set to false"),
    ],
)
def test_what_an_array_would_refuse(options: Json, told: str) -> None:
    with pytest.raises(InputError, match=told):
        check_options(VOLUME_GROUP, task(**options))


def test_limits_are_inclusive() -> None:
    check_options(VOLUME_GROUP, task(name="n" * 128, new_name="m" * 128, description="d" * 256))


def test_arrays_before_4_0_are_not_asked_for_what_they_do_not_know() -> None:
    assert "qos_performance_policy" not in VOLUME_GROUP.fields(task(protection_policy=GOLD))
    fields = VOLUME_GROUP.fields(task(qos_performance_policy=GOLD))
    assert fields["qos_performance_policy_id"] == ()
    assert fields["qos_performance_policy"] == ("id", "name")
