# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes and hosts: what their tables cannot say."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.binding import bind
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.checks import check_options
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.mistakes import Mistakes
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.hosts.initiators import check_form
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.references import reference
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VOLUME
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.hosts import HOST

GIB = 1024**3
IQN = "iqn.1994-05.com.redhat:one"
CURRENT: Json = {
    "id": "v1",
    "name": "data",
    "type": "Primary",
    "size": 10 * GIB,
    "app_type": "Healthcare_Other",
    "app_type_other": "ward",
    "performance_policy_id": "default_medium",
    "node_affinity": "System_Selected_Node_B",
    "mapped_volumes": [],
}


def bound(table: ResourceType, **options: t.Any) -> Json:
    """Return the options as a handler compares them; raise InputError for mistakes in them."""
    desired = {name: option.get("default") for name, option in table.argument_spec().items()}
    mistakes = Mistakes()
    desired = bind(table, {**desired, "name": "data", **options}, reference, mistakes)
    mistakes.refuse()
    check_options(table, desired)
    return desired


def body_of(**options: t.Any) -> Json | None:
    """Return the body of the only request that changes the volume, None if there is none."""
    steps = make_plan(VOLUME, CURRENT, bound(VOLUME, **options)).requests
    assert len(steps) < 2
    return steps[0].body if steps else None


@pytest.mark.parametrize(
    "options, body",
    [
        ({"size": "10GiB"}, None),
        ({"size": str(10 * GIB)}, None),
        ({"size": "10.5 G"}, {"size": 10 * GIB + GIB // 2}),
        ({"performance_policy": "medium"}, None),
        ({"performance_policy": "low"}, {"performance_policy_id": "default_low"}),
        ({"node_affinity": "System_Select_At_Attach"}, None),
        ({"node_affinity": "Preferred_Node_B"}, {"node_affinity": "Preferred_Node_B"}),
        ({"min_size": "1GiB", "sector_size": 4096}, None),
        ({"app_type_other": "WARD"}, {"app_type_other": "WARD"}),
        ({"app_type": "Other"}, {"app_type": "Other"}),
    ],
)
def test_what_changes_a_volume(options: Json, body: Json | None) -> None:
    assert body_of(**options) == body


def test_an_app_type_clears_the_other_one() -> None:
    plan = make_plan(VOLUME, CURRENT, bound(VOLUME, app_type="Healthcare_Epic"))
    assert [step.body for step in plan.requests] == [{"app_type": "Healthcare_Epic"}]
    assert plan.before["app_type_other"] == "ward" and plan.after["app_type_other"] is None
    kept = make_plan(VOLUME, CURRENT, bound(VOLUME, app_type="Other"))
    assert "app_type_other" not in kept.after


@pytest.mark.parametrize(
    "options, says",
    [
        ({"size": "9GiB"}, "size is 10 GiB and can only grow, asked for 9 GiB"),
        ({"size": "9000"}, "size must be a multiple of 8192 bytes, not 9000 bytes"),
        ({"app_type": "Healthcare_Epic", "app_type_other": "x"}, "ends in Other, not Healthcare_Epic"),
        ({"is_replication_destination": True}, "can only be set to false"),
    ],
)
def test_what_a_volume_cannot_become(options: Json, says: str) -> None:
    with pytest.raises(InputError, match=says):
        body_of(**options)


@pytest.mark.parametrize(
    "text, meant",
    [
        ("A1", Reference(id="A1")),
        ("name:A1", Reference(name="A1")),
        ("id:A1", Reference(id="A1")),
        ("a1", Reference(name="a1")),
        ("A1-west", Reference(name="A1-west")),
    ],
)
def test_an_appliance_has_a_short_id(text: str, meant: Reference) -> None:
    assert bound(VOLUME, appliance=text)["appliance"] == meant
    assert bound(VOLUME, protection_policy="A1")["protection_policy"] == Reference(name="A1")


@pytest.mark.parametrize(
    "spelled", ["10:00:00:90:fa:13:81:8c", "10:00:00:90:FA:13:81:8C", "10000090fa13818c", " 10000090FA13818C "]
)
def test_a_wwn_in_any_spelling(spelled: str) -> None:
    """The array demands colons, and shows letters as they were written."""
    current: Json = {"id": "h1", "name": "data", "type": "External", "host_initiators": []}
    wanted = bound(HOST, initiators=[{"port_name": spelled, "port_type": "FC"}])
    added = make_plan(HOST, current, wanted).requests[0].body
    assert added == {"add_initiators": [{"port_name": "10:00:00:90:fa:13:81:8c", "port_type": "FC"}]}
    there = {**current, "host_initiators": [{"port_name": "10:00:00:90:FA:13:81:8c", "port_type": "FC"}]}
    assert make_plan(HOST, there, wanted).steps == ()
    gone = make_plan(HOST, there, bound(HOST, initiators=[{"port_name": spelled}], initiators_mode="remove"))
    assert [step.body for step in gone.requests] == [{"remove_initiators": ["10:00:00:90:FA:13:81:8c"]}]


@pytest.mark.parametrize(
    "options, says",
    [
        ({"port_name": IQN, "port_type": "iSCSI", "chap_single_password": "0123456789ab"}, ""),
        ({"port_name": IQN}, ""),
        ({"port_name": "eui.02004567A425678D", "port_type": "iSCSI"}, ""),
        ({"port_name": "nqn.2014-08.org.nvmexpress:uuid:1", "port_type": "NVMe_vVol"}, ""),
        ({"port_name": IQN, "port_type": "FC"}, "is no FC port name"),
        ({"port_name": IQN, "port_type": "NVMe"}, "is no NVMe port name"),
        ({"port_name": "10:00:00:90:fa:13:81", "port_type": "FC"}, "is no FC port name"),
        ({"port_name": "iqn. one", "port_type": "iSCSI"}, "is no iSCSI port name"),
        ({"port_name": IQN, "port_type": "iSCSI", "chap_single_password": "0123-56789ab"}, "may contain only letters"),
        ({"port_name": "nqn.x", "port_type": "NVMe", "chap_single_username": "u"}, "given only for iSCSI, not NVMe"),
    ],
)
def test_the_form_of_an_initiator(options: Json, says: str) -> None:
    mistakes = Mistakes()
    check_form([options], mistakes)
    if not says:
        assert not mistakes
        return
    with pytest.raises(InputError, match=says) as caught:
        mistakes.refuse()
    assert "0123-56789ab" not in str(caught.value)
