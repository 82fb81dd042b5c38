# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials, hosts and licences of ONTAP Select Deploy, and every write with what may happen on its way."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import (
    ontap_select_cluster,
    ontap_select_credential,
    ontap_select_host,
    ontap_select_info,
    ontap_select_license,
    ontap_select_network_check,
    ontap_select_node,
)
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import CLUSTER, LOGIN, VCENTER, node, writes


def test_a_second_vcenter_with_the_same_user_gets_a_credential_of_its_own(run: Runner) -> None:
    assert run(ontap_select_credential.TASK, hostname=VCENTER, **LOGIN)["changed"]
    assert run(ontap_select_credential.TASK, hostname="vcenter02.example.com", **LOGIN)["changed"]
    assert not run(ontap_select_credential.TASK, hostname=VCENTER, **LOGIN)["changed"]
    assert run(ontap_select_info.TASK, type="security/credentials", fields=["id"])["count"] == 2


def test_names_are_the_same_in_any_case(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    """Deploy's filters take a name as it is written."""
    before = writes(emulator)
    upper = VCENTER.upper()
    assert not run(ontap_select_credential.TASK, hostname=upper, **LOGIN)["changed"]
    host: dict[str, t.Any] = {"name": "ESX01.example.com", "hypervisor_type": "ESX", "management_server": upper}
    assert not run(ontap_select_host.TASK, **host)["changed"]
    assert not run(ontap_select_cluster.TASK, **{**CLUSTER, "name": "C1"})["changed"]
    assert run(ontap_select_info.TASK, type="hosts", names=["ESX01.example.com"])["missing"] == []
    assert writes(emulator) == before


def test_a_credential_whose_answer_is_lost_is_made_once(run: Runner, emulator: Emulator) -> None:
    emulator.fault("lost_reply", "POST", "security/credentials")
    result = run(ontap_select_credential.TASK, hostname=VCENTER, **LOGIN)
    assert result["changed"] and not result.get("failed")
    assert writes(emulator) == ["POST /api/v3/security/credentials"]


def test_a_host_whose_job_fails_tells_its_message(run: Runner, emulator: Emulator, hosts: None) -> None:
    emulator.fault("job_fail", "POST", "hosts", messages=["The host does not answer."])
    host: dict[str, t.Any] = {"name": "esx03.example.com", "hypervisor_type": "ESX", "management_server": VCENTER}
    result = run(ontap_select_host.TASK, **host)
    assert result["failed"] and not result["changed"]
    assert "The host does not answer." in result["msg"] and result["error"]["kind"] == "job_failed"
    assert run(ontap_select_host.TASK, **host)["changed"]


def test_a_wrong_password_is_tried_once(run: Runner, emulator: Emulator) -> None:
    result = run(ontap_select_cluster.TASK, **CLUSTER, password="wrong-1")
    assert result["error"]["kind"] == "login" and "wrong-1" not in str(result)
    assert len(emulator.requests()["requests"]) == 1


def test_a_host_in_use_stays(run: Runner, emulator: Emulator, cluster: t.Any) -> None:
    run(ontap_select_node.TASK, **node(1))
    result = run(ontap_select_host.TASK, name="esx01.example.com", state="absent")
    assert result["error"]["kind"] == "input" and "is used by nodes of cluster c1" in result["msg"]
    assert run(ontap_select_host.TASK, name="esx02.example.com", state="absent")["changed"]


def host(run: Runner) -> dict[str, t.Any]:
    return run(ontap_select_host.TASK, name="esx03.example.com", hypervisor_type="ESX", management_server=VCENTER)


def licence(run: Runner, path: Path) -> dict[str, t.Any]:
    path.write_text('{"statusResp": {"serialNumber": "320000099"}}', encoding="utf-8")
    return run(ontap_select_license.TASK, license_file=str(path))


def check_network(run: Runner) -> dict[str, t.Any]:
    networks = [{"host_name": f"esx0{one}.example.com", "network_name": "ONTAP-Internal"} for one in (1, 2)]
    return run(ontap_select_network_check.TASK, host_networks=networks, mtu=9000)


FAULTS: list[dict[str, t.Any]] = [
    {"fault": "lost_reply"},
    {"fault": "reset_before"},
    {"fault": "status", "status": 503},
    {"fault": "status", "status": 504, "body": "<html>Gateway</html>", "content_type": "text/html"},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault['fault']} {fault.get('status', '')}")
def test_every_other_write_outlives_what_happens_on_the_way(
    run: Runner, emulator: Emulator, cluster: t.Any, tmp_path: Path, fault: dict[str, t.Any]
) -> None:
    emulator.fault(method="POST", path="hosts", **fault)
    emulator.fault(method="POST", path="licensing/licenses", **fault)
    emulator.fault(method="PATCH", path="clusters/*", **fault)
    emulator.fault(method="POST", path="network/*", **fault)
    emulator.fault(method="DELETE", path="clusters/*", **fault)
    done = [
        host(run),
        licence(run, tmp_path / "l.nlf"),
        run(ontap_select_cluster.TASK, name="c1", gateway="192.0.2.7"),
        run(ontap_select_cluster.TASK, name="c1", state="absent"),
    ]
    assert [bool(one.get("failed")) or not one["changed"] for one in done] == [False] * 4, done
    checked = check_network(run)
    assert not checked.get("failed") and not checked["changed"], checked
    assert len(emulator.faults()["fired"]) == 5
    again = [host(run), licence(run, tmp_path / "l.nlf"), run(ontap_select_cluster.TASK, name="c1", state="absent")]
    assert [one["changed"] for one in again] == [False] * 3


def test_a_job_that_deploy_no_longer_knows(run: Runner, emulator: Emulator) -> None:
    """The host tells what became of it."""
    run(ontap_select_credential.TASK, hostname=VCENTER, **LOGIN)
    emulator.fault("job_slow", "POST", "hosts", seconds=0)
    emulator.fault("status", "GET", "jobs/*", status=404, times=0)
    host: dict[str, t.Any] = {"name": "esx01.example.com", "hypervisor_type": "ESX", "management_server": VCENTER}
    result = run(ontap_select_host.TASK, **host)
    assert not result.get("failed") and result["changed"]
    assert "no longer knows job" in " ".join(result["warnings"])
