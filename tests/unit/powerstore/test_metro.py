# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Metro of a volume group: one read where it is as asked, one more to find the system that it is stretched to."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.modules import volume_metro
from ansible_collections.jobwise.appliance.plugins.modules.volume_group_metro import SPEC, make_handler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, login, refused

G1 = "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
SOUTH = {"id": "7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10", "name": "south"}
SESSION = {"id": "m1", "state": "OK", "role": "Metro_Preferred", "remote_system": SOUTH}
OTHER = {"id": "r1", "state": "OK", "role": "Source", "remote_system": {"id": "e", "name": "east"}}
SINGLE: dict[str, t.Any] = {
    "id": G1,
    "name": "web",
    "type": "Primary",
    "volumes": [{"id": "v1"}],
    "metro_replication_session_id": None,
    "replication_sessions": [],
}
SYSTEMS = [{**SOUTH, "type": "PowerStore"}, {"id": "u", "name": "old", "type": "Unity"}]


def desired(**options: t.Any) -> dict[str, t.Any]:
    given = {"volume_group": "web", "remote_system": "south", **options}
    return {**{name: one.get("default") for name, one in SPEC.items()}, **given}


def stretched() -> dict[str, t.Any]:
    return {**SINGLE, "metro_replication_session_id": "m1", "replication_sessions": [OTHER, SESSION]}


@pytest.mark.parametrize("remote", ["south", "SOUTH", SOUTH["id"]])
def test_as_asked_costs_one_read(array: MakeArray, remote: str) -> None:
    one = array(login([stretched()]))
    sought = make_handler(one.client, desired(remote_system=remote))
    plan = sought.plan(sought.read(), NEW_RUN)
    assert (plan.steps, plan.before, plan.before) == ((), plan.after, {"volume_group": "web", "metro": "south"})
    assert one.talk == ["GET volume_group"]


def test_a_session_that_the_group_does_not_list_is_read(array: MakeArray) -> None:
    one = array(login([{**stretched(), "replication_sessions": []}]), Answer(200, SESSION))
    sought = make_handler(one.client, desired())
    assert sought.plan(sought.read(), NEW_RUN).steps == ()
    assert one.talk == ["GET volume_group", "GET replication_session/m1"]


def test_a_release_that_lists_no_sessions(array: MakeArray) -> None:
    """Volumes have metro since 3.0, and list their sessions since 4.0."""
    row = {"id": G1, "name": "web", "type": "Primary", "metro_replication_session_id": "m1", "volume_groups": []}
    unknown = refused(400, text="Unknown attribute replication_sessions in select")
    one = array(login(), unknown, Answer(200, [row]), Answer(200, SESSION))
    given = {"volume": "web", "remote_system": "south"}
    options = {**{name: spec.get("default") for name, spec in volume_metro.SPEC.items()}, **given}
    sought = volume_metro.make_handler(one.client, options)
    one.client.query("volume", {})
    assert sought.plan(sought.read(), NEW_RUN).steps == ()
    assert one.talk[1:] == ["GET volume", "GET volume", "GET replication_session/m1"]


@pytest.mark.parametrize("appliance", [None, "A2"])
def test_stretching(array: MakeArray, appliance: str | None) -> None:
    one = array(login([SINGLE]), Answer(200, SYSTEMS))
    sought = make_handler(one.client, desired(remote_appliance_id=appliance))
    plan = sought.plan(sought.read(), NEW_RUN)
    (step,) = plan.requests
    assert (step.verb, step.path) == ("POST", f"volume_group/{G1}/configure_metro")
    more = {"remote_appliance_id": "A2"} if appliance else {}
    assert step.body == {"remote_system_id": SOUTH["id"], **more}
    assert step.summary == "stretch volume group web to south"
    assert (plan.before["metro"], plan.after["metro"]) == (None, "south")


@pytest.mark.parametrize("remote, words", [("north", "no remote system north"), ("old", "is of type Unity")])
def test_systems_that_it_cannot_be_stretched_to(array: MakeArray, remote: str, words: str) -> None:
    sought = make_handler(array(login([SINGLE]), Answer(200, SYSTEMS)).client, desired(remote_system=remote))
    with pytest.raises(InputError, match=words):
        sought.read()


@pytest.mark.parametrize("state", ["present", "absent"])
def test_metro_with_another_system_is_left_alone(array: MakeArray, state: str) -> None:
    sought = make_handler(array(login([stretched()])).client, desired(remote_system="north", state=state))
    current = sought.read()
    with pytest.raises(InputError, match="is stretched to south, not to north"):
        sought.plan(current, NEW_RUN)


@pytest.mark.parametrize(
    "options, body, said",
    [
        ({}, None, ""),
        ({"remote_system": None}, None, ""),
        (
            {"delete_remote_volume_group": True},
            {"delete_remote_volume_group": True},
            ", delete_remote_volume_group=true",
        ),
        ({"force": False}, {"force": False}, ", force=false"),
    ],
)
def test_ending(array: MakeArray, options: dict[str, t.Any], body: dict[str, t.Any] | None, said: str) -> None:
    one = array(login([stretched()]))
    sought = make_handler(one.client, desired(state="absent", **options))
    plan = sought.plan(sought.read(), NEW_RUN)
    (step,) = plan.requests
    assert (step.path, step.body) == (f"volume_group/{G1}/end_metro", body)
    assert step.summary == "end metro of volume group web to south" + said
    assert (plan.before["metro"], plan.after["metro"]) == ("south", None)
    assert one.talk == ["GET volume_group"]


@pytest.mark.parametrize("rows", [[], [SINGLE], [{**SINGLE, "type": "Snapshot"}]])
def test_nothing_to_end(array: MakeArray, rows: list[dict[str, t.Any]]) -> None:
    sought = make_handler(array(login(rows)).client, desired(state="absent"))
    assert sought.plan(sought.read(), NEW_RUN).steps == ()


@pytest.mark.parametrize(
    "options, words",
    [
        ({"remote_system": None}, "Give remote_system"),
        ({"remote_system": " "}, "remote_system is empty"),
        ({"volume_group": ""}, "volume_group is empty"),
    ],
)
def test_what_has_to_be_given(array: MakeArray, options: dict[str, t.Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        make_handler(array().client, desired(**options))
