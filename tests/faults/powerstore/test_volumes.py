# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes and hosts: which requests a task sends, and what it leaves to others."""

from __future__ import annotations

import collections
import typing as t

from ansible_collections.jobwise.appliance.plugins.modules import host, volume
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = t.Dict[str, t.Any]
DATABASE: Options = {
    "name": "ora01",
    "size": "1TiB",
    "performance_policy": "high",
    "protection_policy": "gold",
    "qos_performance_policy": "bronze-qos",
    "mapped_hosts": [{"host": "linux01", "logical_unit_number": 5}],
    "mapped_host_groups": [{"host_group": "esx-cluster"}],
}


def sent(emulator: Emulator, begin: int = 0) -> collections.Counter[str]:
    """Return how often each request was sent, without polls of jobs and logouts."""
    requests = emulator.requests()["requests"][begin:]
    parts = [(one["method"], one["path"].split("/rest/")[-1].split("/")) for one in requests]
    return collections.Counter(
        f"{method} {path[0]}{f'/{path[2]}' if len(path) > 2 else ''}"
        for method, path in parts
        if path[0] not in ("job", "logout", "login_session")
    )


def test_a_volume_with_everything(run: Runner, emulator: Emulator) -> None:
    """One look-up a type, and one query for the LUNs; the second run reads only the volume."""
    made = run(volume.TASK, **DATABASE)
    assert made["changed"] and not made.get("failed"), made
    assert sent(emulator) == {
        "GET volume": 3,
        "GET policy": 1,
        "GET host": 1,
        "GET host_group": 1,
        "GET host_volume_mapping": 1,
        "GET recycle_bin": 1,
        "POST volume": 1,
        "POST volume/attach": 1,
    }
    begin = len(emulator.requests()["requests"])
    again = run(volume.TASK, **DATABASE)
    assert not again["changed"] and not again.get("failed"), again
    assert sent(emulator, begin) == {"GET volume": 1}


def test_growth_and_a_new_mapping_are_one_task(run: Runner, emulator: Emulator) -> None:
    run(volume.TASK, **DATABASE)
    begin = len(emulator.requests()["requests"])
    options: Options = {"mapped_hosts": [{"host": "linux01"}], "size": "2 TiB", "mapped_host_groups": []}
    result = run(volume.TASK, name="ora01", **options)
    assert result["plan"] == ["change size of volume ora01", "detach host group esx-cluster from volume ora01"]
    writes = {name: count for name, count in sent(emulator, begin).items() if not name.startswith("GET")}
    assert writes == {"PATCH volume": 1, "POST volume/detach": 1}
    assert [row["logical_unit_number"] for row in result["resource"]["mapped_volumes"]] == [5]


def test_a_host_that_others_have_extended(run: Runner, emulator: Emulator) -> None:
    """The mode ``add`` leaves the initiators of others alone, also in the diff."""
    theirs = [{"port_name": f"iqn.2026-01.com.example:{name}", "port_type": "iSCSI"} for name in ("linux01", "theirs")]
    emulator.change("host", name="linux01", set={"host_initiators": theirs})
    ours = {"port_name": "iqn.2026-01.com.example:ours", "port_type": "iSCSI"}
    result = run(host.TASK, name="linux01", initiators=[ours], initiators_mode="add")
    assert result["plan"] == ["add 1 initiator (iqn.2026-01.com.example:ours) to host linux01"]
    before, after = (result["diff"][side]["initiators"] for side in ("before", "after"))
    assert [one["port_name"] for one in before] == [one["port_name"] for one in theirs]
    assert [one for one in after if one not in before] == [ours]
    assert sent(emulator)["GET initiator"] == sent(emulator)["GET chap_config"] == 1


def test_a_new_chap_user_gets_its_password(run: Runner, emulator: Emulator) -> None:
    """Without update_secrets, too: the array has no password of this user yet."""
    initiator = {"port_name": "iqn.2026-01.com.example:linux01", "chap_single_password": "long:enough:1"}
    options: Options = {"name": "linux01", "initiators_mode": "add"}
    result = run(host.TASK, initiators=[{**initiator, "chap_single_username": "u"}], **options)
    assert result["changed"] and "long:enough:1" not in str(result), result
    (written,) = [one for one in emulator.requests()["requests"] if one["method"] == "PATCH"]
    (changed,) = written["request"]["modify_initiators"]
    assert sorted(changed) == ["chap_single_password", "chap_single_username", "port_name"]
    assert not run(host.TASK, initiators=[initiator], **options)["changed"]
