# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documents under faults: each item recovers as a single task does, and what fails stops only what needs it."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._module import ModuleCaller
from ansible_collections.jobwise.appliance.plugins.module_utils._task import perform
from ansible_collections.jobwise.appliance.plugins.modules import powerstore_config
from jobwise_emulator.process import Emulator
from tests.conftest import sample
from tests.faults.conftest import Runner

TASK = powerstore_config.TASK
Document = t.Dict[str, t.Any]


def volumes(*names: str) -> list[dict[str, t.Any]]:
    return [{"name": name, "size": "1 GiB"} for name in names]


def states(result: dict[str, t.Any]) -> dict[str, str]:
    return {row["name"]: row["state"] for row in result["results"]}


def posts(emulator: Emulator, type_: str) -> int:
    requests = emulator.requests()["requests"]
    return sum(one["method"] == "POST" and one["path"].endswith(f"/rest/{type_}") for one in requests)


def test_faults_of_many_kinds_in_one_run(run: Runner, emulator: Emulator) -> None:
    """A lost answer, a session that expires, and an array that is busy are nothing to a document; a failed job is."""
    document: Document = {
        "volume": volumes("v1", "v2", "v3", "v4", "v5"),
        "host": [
            {
                "name": "h1",
                "os_type": "Linux",
                "initiators": [{"port_name": "iqn.2026-01.com.example:h1", "port_type": "iSCSI"}],
            }
        ],
        "host_group": [{"name": "hg1", "hosts": ["h1"]}],
        "volume_group": [{"name": "g1", "volumes": ["v1", "v2"]}],
    }
    document["volume"].append({"name": "v6", "size": "1 GiB", "mapped_host_groups": [{"host_group": "hg1"}]})
    emulator.fault("lost_reply", "POST", "volume")
    emulator.fault("status", "POST", "volume", status=503, after=1, times=2)
    emulator.fault("expire_session", "GET", "job", after=2)
    emulator.fault("job_fail", "POST", "host")
    result = run(TASK, config=document)
    assert states(result) == {
        **{"h1": "failed", "hg1": "blocked", "v6": "blocked", "g1": "changed"},
        **dict.fromkeys(("v1", "v2", "v3", "v4", "v5"), "changed"),
    }
    assert [row["name"] for row in result["results"]][:1] == ["h1"], "what failed comes first"
    assert result["failed"] and result["changed"] and result["error"]["kind"] == "job_failed"
    assert result["msg"].startswith("9 items: 1 failed, 2 blocked, 6 changed. host[0] (h1): ")
    because = {row["name"]: row.get("because") for row in result["results"]}
    assert because["hg1"] == "host[0] (h1)" and because["v6"] == "host_group[0] (hg1)"
    assert emulator.sessions()["open"] == [] and emulator.sessions()["failed_logins"] == 0
    again = run(TASK, config=document)
    assert states(again) == dict.fromkeys(("h1", "hg1", "v6"), "changed"), again
    assert posts(emulator, "host_group") == 1
    assert not run(TASK, config=document)["changed"]


def test_a_run_adopts_what_an_earlier_one_has_started(run: Runner, emulator: Emulator) -> None:
    for name in ("v1", "v2"):
        body = {"name": name, "size": 1 << 30}
        emulator.job("volume", "create", resource_name=name, seconds=2, request=body)
    result = run(TASK, config={"volume": volumes("v1", "v2", "v3")})
    assert states(result) == dict.fromkeys(("v1", "v2", "v3"), "changed"), result
    assert [row["jobs"][0]["adopted"] for row in result["results"]] == [True, True, False]
    assert posts(emulator, "volume") == 1


def test_failures_stop_the_start_of_others(run: Runner, emulator: Emulator) -> None:
    emulator.fault("job_fail", "POST", "volume")
    result = run(TASK, config={"volume": volumes("v1", "v2", "v3")}, stop_after=1, parallel=1)
    assert states(result) == {"v1": "failed", "v2": "skipped", "v3": "skipped"}
    assert "Skipped because 1 item failed, and stop_after is 1." in result["msg"]
    assert result["counts"] == {"ok": 0, "changed": 0, "failed": 1, "blocked": 0, "skipped": 2}
    late = run(TASK, config={"volume": volumes("v1", "v2", "v3")}, deadline=0.0001, parallel=1)
    assert late["failed"] and set(states(late).values()) <= {"changed", "skipped"} and late["counts"]["skipped"]
    assert "the deadline of 0.0001 s has passed" in late["msg"]


def test_a_wrong_password_is_sent_once(run: Runner, emulator: Emulator) -> None:
    document = {"volume": volumes("v1", "v2"), "host": [{"name": "linux01"}], "dns": {"addresses": ["192.0.2.9"]}}
    result = run(TASK, config=document, password="Wr0ng-secret")
    assert result["error"]["kind"] == "login" and result["results"] == [] and not result["changed"]
    assert emulator.sessions()["failed_logins"] == 1


def test_a_storm_of_refusals_ends_in_an_error_of_each_item(run: Runner, emulator: Emulator) -> None:
    emulator.fault("status", "POST", "volume", status=503, times=0)
    result = run(TASK, config={"volume": volumes("v1", "v2", "v3")})
    assert states(result) == dict.fromkeys(("v1", "v2", "v3"), "failed")
    assert {row["error"]["kind"] for row in result["results"]} == {"busy"}, result
    assert posts(emulator, "volume") == 9, "each item sent its step three times, as a single task does"


def test_a_secret_of_an_item_is_in_no_result(run: Runner, emulator: Emulator) -> None:
    """Not in that of a failed item either, although a careless gateway sends the request back."""
    secret = "Ultra-S3cret!"
    users = [{"name": name, "role": "Operator", "user_password": secret} for name in ("kim", "lee")]
    emulator.fault("echo", "POST", "local_user")
    for result in (
        run(TASK, config={"local_user": users}),
        run(TASK, config={"local_user": users}, check=True),
        run(TASK, config={"local_user": [*users, {"name": "x", "role": "Operator", "user_password": secret, "y": 1}]}),
    ):
        assert secret not in json.dumps(result)
    assert run(TASK, config={"local_user": users})["counts"]["failed"] == 0


def test_a_plan_for_many_takes_few_reads(run: Runner, emulator: Emulator) -> None:
    """One read of each type, however many items there are."""
    names = [f"many{number:03}" for number in range(60)]
    document = {
        "volume": [
            {**one, "mapped_hosts": [{"host": "linux01"}], "protection_policy": "gold"} for one in volumes(*names)
        ],
        "volume_group": [{"name": f"g{number}", "volumes": names[number::3]} for number in range(3)],
    }
    result = run(TASK, config=document, check=True)
    assert result["counts"]["changed"] == 63, result
    reads = [one["path"].split("/rest/")[1] for one in emulator.requests()["requests"] if one["method"] == "GET"]
    assert {path: reads.count(path) for path in reads} == {
        **{"volume": 2, "volume_group": 1, "host": 1, "policy": 1},
        **{"recycle_bin": 1},
    }, "and one more of what items refer to"


@pytest.mark.parametrize(
    "options, says",
    [
        ({"parallel": 0}, "parallel has to be at least 1, not 0."),
        ({"stop_after": -1}, "stop_after has to be at least 0, not -1."),
        ({"deadline": float("nan")}, "deadline has to be at least 0, not nan."),
    ],
)
def test_limits_that_make_no_sense(run: Runner, options: dict[str, t.Any], says: str) -> None:
    assert run(TASK, config={"dns": {"addresses": ["192.0.2.9"]}}, **options)["msg"] == says


def test_what_is_released_can_be_deleted_in_the_same_document(run: Runner, emulator: Emulator) -> None:
    """A volume that leaves its group, a policy that its volume loses, a host that leaves its group and its volume."""
    hosts = [
        {
            "name": name,
            "os_type": "Linux",
            "initiators": [{"port_name": f"iqn.2026-01.com.example:{name}", "port_type": "iSCSI"}],
        }
        for name in ("h1", "h2", "h3")
    ]
    made: Document = {
        "host": hosts,
        "host_group": [{"name": "hg", "hosts": ["h1", "h2"]}],
        "volume": [
            {"name": "v1", "size": "1 GiB", "mapped_hosts": [{"host": "h3"}], "protection_policy": "p"},
            {"name": "v2", "size": "1 GiB"},
        ],
        "volume_group": [{"name": "g", "volumes": ["v1", "v2"]}],
        "snapshot_rule": [{"name": "r", "interval": "One_Hour", "desired_retention": 9}],
        "protection_policy": [{"name": "p", "snapshot_rules": ["r"]}],
    }
    assert not run(TASK, config=made).get("failed")
    port = hosts[1]["initiators"]
    changed: Document = {
        "host": [
            {"name": "h1", "state": "absent"},
            {"name": "h2", "initiators": [{"port_name": "iqn.2026-01.com.example:new", "port_type": "iSCSI"}]},
            {"name": "h3", "state": "absent"},
            {"name": "h4", "os_type": "Linux", "initiators": port},
        ],
        "host_group": [{"name": "hg", "hosts": ["h2"]}],
        "volume": [{"name": "v1", "mapped_hosts": [], "protection_policy": ""}, {"name": "v2", "state": "absent"}],
        "volume_group": [{"name": "g", "volumes": ["v1"]}],
        "snapshot_rule": [{"name": "r", "state": "absent"}],
        "protection_policy": [{"name": "p", "state": "absent"}],
    }
    foreseen = run(TASK, config=changed, check=True)
    done = run(TASK, config=changed)
    assert not done.get("failed"), done["msg"]
    assert (foreseen["plan"], foreseen["diff"]) == (done["plan"], done["diff"])
    assert done["plan"][0] == "5 deletions" and done["counts"]["failed"] == 0
    assert not run(TASK, config=changed)["changed"]


def test_a_group_goes_with_its_snapshot_sets_before_its_volumes(run: Runner, emulator: Emulator) -> None:
    """A snapshot in a snapshot set keeps its volume, also after the volume has left the group."""
    assert run(TASK, config={"volume_group": [{"name": "app01", "volumes": ["app01-data"]}]})["changed"]
    gone = [{"name": name, "state": "absent"} for name in ("app01-data", "app01-log")]
    config: Document = {"volume": gone, "volume_group": [{"name": "app01", "state": "absent"}]}
    alone = run(TASK, config={"volume": gone[1:]}, check=True)
    assert "has snapshots in snapshot sets" in alone["msg"]
    foreseen = run(TASK, config=config, check=True)
    done = run(TASK, config=config)
    assert not done.get("failed"), done["msg"]
    assert (foreseen["plan"], foreseen["diff"]) == (done["plan"], done["diff"])
    group = "delete volume group app01 with its snapshot set (app01-nightly)"
    assert done["plan"][1:] == [group, "delete volume app01-data", "delete volume app01-log"]
    assert done["counts"]["changed"] == 3
    assert not run(TASK, config=config)["changed"]


def test_a_group_that_deletes_its_members(run: Runner) -> None:
    """Members that are absent as well are gone with it; one that the document describes is a contradiction."""
    group = {"name": "app01-test", "state": "absent", "delete_members": True}
    names = ("app01-test.app01-data", "app01-test.app01-log")
    kept = run(TASK, config={"volume_group": [group], "volume": [{"name": name} for name in names]}, check=True)
    words = "volume_group[0] (app01-test) removes volume app01-test.app01-log as well, which volume[1] ("
    assert words in kept["msg"] and len(kept["mistakes"]) == 2
    config: Document = {"volume_group": [group], "volume": [{"name": name, "state": "absent"} for name in names]}
    foreseen = run(TASK, config=config, check=True)
    done = run(TASK, config=config)
    assert not done.get("failed") and foreseen["plan"] == done["plan"] and len(done["plan"]) == 2, done
    assert foreseen["counts"] == done["counts"] == {**dict.fromkeys(done["counts"], 0), "ok": 2, "changed": 1}


def test_a_name_that_looks_like_an_id(run: Runner) -> None:
    """What the document describes is meant, whether it is there yet or not. Otherwise such a text is an id."""
    names = [f"{digit * 8}-1111-2222-3333-444444444444" for digit in "56789"]
    volume, host, rule, policy, group = names
    port = {"port_name": "iqn.2026-01.com.example:uuid", "port_type": "iSCSI"}
    config: Document = {
        "host": [{"name": host, "os_type": "Linux", "initiators": [port]}],
        "host_group": [{"name": group, "hosts": [host]}],
        "snapshot_rule": [{"name": rule, "interval": "One_Hour", "desired_retention": 9}],
        "protection_policy": [{"name": policy, "snapshot_rules": [rule]}],
        "volume": [{"name": volume, "size": "1 GiB", "mapped_host_groups": [{"host_group": group}]}],
        "volume_group": [{"name": group, "volumes": [volume], "protection_policy": policy}],
    }
    foreseen = run(TASK, config=config, check=True)
    done = run(TASK, config=config)
    assert not done.get("failed") and foreseen["plan"] == done["plan"], done["msg"]
    assert done["counts"]["changed"] == 6 and not run(TASK, config=config)["changed"]
    by_id = run(TASK, config={"volume_group": [{"name": "other", "volumes": [volume]}]}, check=True)
    assert f"the array has no volume {volume}" in by_id["msg"]


class Broken(ModuleCaller):
    """A caller with a bug that shows once something was done."""

    def still_wanted(self) -> None:
        raise ValueError


def test_a_bug_in_the_middle_hides_nothing_that_was_done(run: Runner, emulator: Emulator) -> None:
    params = {name: option.get("default") for name, option in TASK.argument_spec().items()}
    caller = Broken(
        {**params, **run.connection(), "config": {"volume": volumes("v1", "v2")}, "parallel": 1}, False, True
    )
    client = TASK.platform.connect(caller.params)
    with client:
        result = perform(TASK, caller, client)
    assert result["error"]["kind"] == "bug" and result["changed"], result
    assert states(result) == {"v1": "changed", "v2": "skipped"}


CUT: Document = {
    "host": [
        {
            "name": "h1",
            "os_type": "Linux",
            "initiators": [{"port_name": "iqn.2026-01.com.example:h1", "port_type": "iSCSI"}],
        }
    ],
    "volume": [{"name": "v1", "size": "1 GiB", "mapped_hosts": [{"host": "h1"}]}, *volumes("v2", "v3")],
    "volume_group": [{"name": "g1", "volumes": ["v1", "v2"], "protection_policy": "gold"}],
}


@pytest.mark.sampled
@pytest.mark.parametrize(
    "fault, exchange", sample([(fault, k) for fault in ("lost_reply", "reset_before") for k in range(24)], 3)
)
def test_a_connection_that_is_cut_at_any_exchange(run: Runner, emulator: Emulator, fault: str, exchange: int) -> None:
    """After a second run the array has accepted the same as without cuts: each object was made once."""
    emulator.fault(fault, "*", "*", after=exchange, times=3)
    run(TASK, config=CUT)
    emulator.clear_faults()
    result = run(TASK, config=CUT)
    assert not result.get("failed"), result["msg"]
    assert not run(TASK, config=CUT)["changed"]
    made = emulator.requests()["requests"]
    accepted = [
        one["path"].split("/rest/")[1] for one in made if one["method"] == "POST" and one["status"] in (201, 202)
    ]
    assert sorted(accepted) == ["host", "volume", "volume", "volume", "volume_group"]
