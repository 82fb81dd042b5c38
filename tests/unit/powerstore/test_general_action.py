# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Actions by the general tool: what it calls, when it calls nothing, and what it refuses."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ResponseLost
from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.action import shown
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.offered import actions_of
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import TYPES, facts_of
from ansible_collections.jobwise.appliance.plugins.modules.powerstore_action import TASK
from ansible_collections.jobwise.appliance.plugins.modules.powerstore_resource import TASK as RESOURCE
from tests.unit.powerstore.in_process import InProcess, Played

Json = t.Dict[str, t.Any]
SNAPSHOT: Json = {"type": "volume", "name": "web01", "action": "snapshot", "arguments": {"name": "before"}}


@pytest.fixture
def array() -> Played:
    return Played()


def called(array: Played, **options: t.Any) -> Json:
    """Return the result of a task in check mode and for real, which must agree; check mode must write nothing."""
    before = len(array.transport.talk)
    checked = array.play(TASK, check=True, **options)
    assert not [line for line in array.transport.talk[before:] if not line.startswith("GET")]
    ran = array.play(TASK, **options)
    assert not ran.get("failed"), ran["msg"]
    assert (checked["plan"], checked["diff"], checked["changed"]) == (ran["plan"], ran["diff"], ran["changed"])
    return ran


def names(array: Played, type_: str) -> list[str]:
    return [row["name"] for row in array.client.rows(type_, {"select": "id,name"})]


def test_it_calls_waits_and_returns_what_the_action_returns(array: Played) -> None:
    result = called(array, **SNAPSHOT)
    assert result["plan"] == ["snapshot volume web01"] and result["jobs"][0]["state"] == "done"
    assert result["diff"]["after"] == {"snapshot": {"name": "before"}}
    made = array.client.get("volume", result["response"]["id"], {"select": "id,name,type"})
    assert made == {"id": result["response"]["id"], "name": "before", "type": "Snapshot"}
    assert result["resource"]["name"] == "web01"


@pytest.mark.parametrize(
    "conditions, calls",
    [
        ({"only_if": {"size": "gt.1", "name": "eq.web01"}}, True),
        ({"only_if": {"size": "lt.1"}}, False),
        ({"unless": {"name": "like.web*"}}, False),
        ({"unless": {"name": "eq.web02"}}, True),
        ({"only_if": {"name": "eq.web01"}, "unless": {"type": "eq.Primary"}}, False),
    ],
)
def test_conditions_decide(array: Played, conditions: Json, calls: bool) -> None:
    result = called(array, **SNAPSHOT, **conditions)
    assert result["changed"] is calls and ("before" in names(array, "volume")) is calls
    assert calls or (result["plan"], result["response"], result["jobs"]) == ([], None, [])


def test_an_action_of_a_type_has_no_object(array: Played) -> None:
    result = called(array, type="recycle_bin", action="empty")
    assert result["plan"] == ["empty recycle bin"] and result["resource"] is None


def test_an_object_may_be_gone_afterwards(array: Played) -> None:
    """Recovered, a volume is no entry of the recycle bin any more."""
    assert array.play(RESOURCE, type="volume", name="web04", state="absent", desired={"immediate": False})["changed"]
    result = called(array, type="recycle_bin", name="web04", action="recover")
    assert result["changed"] and result["resource"] is None and "warnings" not in result


def test_names_in_arguments_become_ids(array: Played) -> None:
    group = names(array, "host_group")[0]
    result = called(array, type="volume", name="web02", action="attach", arguments={"host_group_id": group})
    assert result["diff"]["after"] == {"attach": {"host_group_id": group}}


@pytest.mark.parametrize(
    "options, says",
    [
        ({"type": "volums", "action": "x"}, "no resource type 'volums'. Did you mean volume"),
        ({"type": "role", "action": "x"}, "Type role has no actions. These types have some: appliance, cluster"),
        (
            {"type": "volume", "action": "snapshoot", "name": "a"},
            "no action 'snapshoot'. Did you mean snapshot? The actions",
        ),
        ({"type": "nas_server", "action": "upload/passwd", "name": "a"}, "moves a file"),
        ({"type": "license", "action": "upload"}, "moves a file"),
        ({"type": "metrics", "action": "generate"}, "powerstore_info reads metrics"),
        ({"type": "virtual_machine", "action": "snapshot", "name": "nosuch"}, "There is no virtual machine nosuch."),
        ({"type": "host", "action": "attach", "name": "esx01"}, "attach of host needs volume_id in arguments."),
        ({**SNAPSHOT, "arguments": {"nam": "x"}}, "snapshot has no nam that arguments can give. Did you mean name"),
        ({**SNAPSHOT, "arguments": {"name": "x" * 200}}, "at most 128 are allowed"),
        ({**SNAPSHOT, "only_if": {"nam": "eq.x"}}, "only_if: volume has no attribute 'nam'. Did you mean name?"),
        ({**SNAPSHOT, "unless": {"name": "x"}}, "Did you mean eq.x?"),
        ({"type": "volume", "name": "web02", "action": "attach", "arguments": {"host_id": "esx9"}}, "no host esx9"),
        ({"type": "recycle_bin", "action": "empty", "name": "x"}, "leave id, name and identity out"),
        ({"type": "recycle_bin", "action": "empty", "unless": {"name": "eq.x"}}, "unless cannot be used with empty"),
        (
            {"type": "kmip_config", "action": "verify", "only_if": {"port": "eq.1"}},
            "the array has no filters for it. Use when.",
        ),
    ],
)
def test_what_cannot_be(array: Played, options: Json, says: str) -> None:
    checked, ran = array.play(TASK, check=True, **options), array.play(TASK, **options)
    assert says in ran["msg"] and checked["msg"] == ran["msg"]
    assert ran["error"]["kind"] == "input" and ran["response"] is None


def test_secrets_in_arguments_are_not_shown(array: Played) -> None:
    options: Json = {"type": "hardware", "name": "Appliance-1", "action": "upgrade"}
    options["arguments"] = {"model_name": "M1", "upgrade_type": "x", "service_password": "Sup3r!secret1"}
    assert shown(options)["arguments"]["service_password"] == "(secret)"
    assert "Sup3r!secret1" not in str(array.play(TASK, **options))


class Deaf(InProcess):
    """The responses to writes are lost. sent: the writes."""

    sent = 0

    def exchange(self, method: str, path: str, *more: t.Any) -> Response:
        response = super().exchange(method, path, *more)
        if method == "POST" and "logout" not in path:
            self.sent += 1
            raise ResponseLost("No response arrived.", method, path)
        return response


def test_a_call_that_nothing_shows_is_not_sent_again(array: Played) -> None:
    """No job of the array has the action csr, so a run cannot see whether a lost request has had an effect."""
    array.client._transport = array.transport = deaf = Deaf(array.client.endpoint, array.array)
    arguments = {"type": "Server", "service": "LDAP_HTTP", "key_length": 2048}
    result = array.play(TASK, type="x509_certificate", action="csr", arguments=arguments)
    assert result["error"]["kind"] == "reply_lost" and "Look on the array" in result["msg"] and deaf.sent == 1


def test_a_call_whose_job_is_found_is_not_sent_again(array: Played) -> None:
    array.client._transport = array.transport = deaf = Deaf(array.client.endpoint, array.array)
    result = array.play(TASK, **SNAPSHOT)
    assert not result.get("failed") and deaf.sent == 1 and len(result["jobs"]) == 1


def test_every_action_can_be_called_or_moves_a_file() -> None:
    """149 actions are in the documents of 4.0 beside the downloads, and the logout is none."""
    every = [(type_, name) for type_ in TYPES for name in (*facts_of(type_).actions, *facts_of(type_).class_actions)]
    called = [(type_, name) for type_ in TYPES for name in actions_of(type_)]
    left = {name for type_, name in every if (type_, name) not in called}
    assert {name.partition("/")[0].partition("_")[0] for name in left} == {"upload", "download", "generate"}
    assert len(every) == 164 and len(called) == 138
