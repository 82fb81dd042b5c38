# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulator against the vendor's document: a broad tour through the contract checker, and the derived schema."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import FOLDER
from jobwise_emulator.process import Emulator
from tests import contract
from tests.unit.emulator.powerstore.client import Client

WRITES: list[tuple[str, str, Json | None]] = [
    ("POST", "volume_group", {"name": "tour", "volume_ids": ["name:web01"], "protection_policy_id": "name:gold"}),
    ("PATCH", "volume_group/name:tour", {"description": "d", "qos_performance_policy_id": "name:bronze-qos"}),
    ("PATCH", "volume_group/name:tour", {"protection_policy_id": None, "description": ""}),
    ("POST", "volume_group/name:tour/add_members", {"volume_ids": ["name:web02"]}),
    ("POST", "volume_group/name:tour/remove_members", {"volume_ids": ["name:web02"]}),
    ("POST", "volume_group/name:tour/snapshot", {"name": "tour-set"}),
    ("PATCH", "volume_group/name:tour-set", {"expiration_timestamp": "2099-01-01T00:00:00Z"}),
    ("POST", "volume_group/name:tour/clone", {"name": "tour-clone"}),
    ("POST", "volume_group/name:tour/restore", {"from_snap_id": "name:tour-set"}),
    ("POST", "volume_group/name:tour/refresh", {"from_object_id": "name:tour-clone", "create_backup_snap": False}),
    ("POST", "volume_group/name:tour/configure_metro", {"remote_system_id": "RS1"}),
    ("POST", "volume_group/name:tour/end_metro", None),
    ("DELETE", "volume_group/name:tour-clone", {"delete_members": True, "immediate": False}),
    ("DELETE", "volume_group/name:tour", None),
    ("POST", "volume", {"name": "tour", "size": 1048576}),
    ("PATCH", "volume/name:tour", {"size": 2097152}),
    ("POST", "volume/name:tour/snapshot", {"name": "tour-snap"}),
    ("POST", "volume/name:tour/clone", {"name": "tour-clone"}),
    ("POST", "volume/name:tour/restore", {"from_snap_id": "name:tour-snap"}),
    ("POST", "volume/name:tour/refresh", {"from_object_id": "name:tour-clone", "create_backup_snap": False}),
    ("POST", "volume/name:tour/attach", {"host_id": "H1"}),
    ("POST", "volume/name:tour/detach", {"host_id": "H1"}),
    ("DELETE", "volume/name:tour", {"immediate": False}),
    ("POST", "recycle_bin/empty", None),
    ("POST", "policy", {"name": "tour", "snapshot_rule_ids": ["name:daily"]}),
    ("PATCH", "policy/name:tour", {"add_snapshot_rule_ids": ["name:hourly"]}),
    ("POST", "policy/name:tour/clone", {"name": "tour-copy"}),
    ("DELETE", "policy/name:tour", None),
    ("PATCH", "security_config/1", {"is_http_redirect_enabled": True}),
    ("PATCH", "cluster/0", {"name": "toured"}),
    ("PATCH", "local_user/2", {"password": "Password456!"}),
    ("PATCH", "recycle_bin_config/0", {"expiration_duration": 3}),
    (
        "POST",
        "host",
        {"name": "tour", "os_type": "Linux", "initiators": [{"port_name": "iqn.tour", "port_type": "iSCSI"}]},
    ),
    ("PATCH", "host/name:tour", {"add_initiators": [{"port_name": "iqn.tour.b", "port_type": "iSCSI"}]}),
    ("PATCH", "host/name:tour", {"remove_initiators": ["iqn.tour"], "description": "d"}),
    ("DELETE", "host/name:tour", None),
    ("POST", "host_group", {"name": "tour", "host_ids": ["name:linux01"]}),
    ("PATCH", "host_group/name:tour", {"host_connectivity": "Metro_Optimize_Both"}),
    ("POST", "host_group/name:tour/attach", {"volume_id": "name:web03"}),
    ("POST", "host_group/name:tour/detach", {"volume_id": "name:web03"}),
    ("PATCH", "host_group/name:tour", {"remove_host_ids": ["name:linux01"]}),
    ("DELETE", "host_group/name:tour", None),
    ("POST", "host/name:linux01/attach", {"volume_id": "name:web03", "logical_unit_number": 9}),
    ("POST", "host/name:linux01/detach", {"volume_id": "name:web03"}),
    ("POST", "volume/name:web03/configure_metro", {"remote_system_id": "name:remote1"}),
    ("POST", "volume/name:web03/end_metro", None),
    ("POST", "snapshot_rule", {"name": "tour", "interval": "One_Hour", "desired_retention": 1}),
    ("PATCH", "snapshot_rule/name:tour", {"time_of_day": "02:00"}),
    ("POST", "snapshot_rule/name:tour/clone", {"name": "tour-copy"}),
    ("DELETE", "snapshot_rule/name:tour", {"delete_snaps": True}),
    ("PATCH", "dns/DNS1", {"addresses": ["192.0.2.9"]}),
    ("PATCH", "ntp/NTP1", {"addresses": ["192.0.2.9"]}),
    ("PATCH", "smtp_config/0", {"address": "192.0.2.9"}),
    ("PATCH", "chap_config/0", {"mode": "Disabled"}),
    ("PATCH", "remote_support/0", {"type": "Disabled"}),
    ("PATCH", "remote_support_contact/0", {"email": "ada@example.com"}),
    ("PATCH", "service_config/A1", {"is_ssh_enabled": True}),
    ("PATCH", "service_user/1", {"password": "Password456!"}),
    ("PATCH", "login_banner/0", {"is_enabled": True, "banner_text": "Authorized use only"}),
    ("PATCH", "network/NW1", {"mtu": 1500}),
]
REFUSED: list[tuple[str, str, Json | None]] = [
    ("POST", "volume_group", {"name": "app01"}),
    ("POST", "volume_group", {"colour": "red"}),
    ("POST", "volume_group/name:app01/add_members", {"volume_ids": ["name:nope"]}),
    ("POST", "volume_group/name:app01/remove_members", {"volume_ids": ["name:web01"]}),
    ("DELETE", "volume_group/name:nope", None),
    ("GET", "volume_group/name:nope", None),
    ("DELETE", "job/1", None),
    ("POST", "network/NW1/scale", {"add_port_ids": ["IP_PORT1"]}),
]


def tour(client: Client, run: str, query: dict[str, str]) -> None:
    """Every write with rules, one after the other; names are made different for each run."""
    for method, path, body in WRITES:
        renamed = json.loads(json.dumps(body).replace("tour", f"tour{run}"))
        reply = client.call(method, path.replace("tour", f"tour{run}"), renamed, **query)
        assert reply.status_code < 300, (method, path, reply.text)
        if reply.status_code == 202:
            wait(client, reply.json()["id"], f"{method} {path}")


def wait(client: Client, job: str, what: str) -> None:
    """Follow a job to its end, which must be a good one."""
    for _turn in range(500):
        found = client.call("GET", f"job/{job}", select="*,children,root(id)").json()
        if found["phase"] in ("Completed", "Failed"):
            break
    assert found["phase"] == "Completed", (what, found)


@pytest.mark.parametrize("version", ["4.0", "4.1"])
def test_a_tour_keeps_the_contract(shared: Path, tmp_path: Path, version: str) -> None:
    journal = tmp_path / "journal.jsonl"
    extra = ("--api-version", version, "--volumes", "120")
    with Emulator(speed=200, journal=journal, arguments=extra) as emulator:
        emulator.change("host", create={"id": "H1", "name": "h1"})
        emulator.change("remote_system", create={"id": "RS1", "name": "rs1"})
        client = Client(emulator)
        tour(client, "1", {})
        tour(client, "2", {"is_async": "true"})
        space = {"entity": "space_metrics_by_cluster", "entity_id": "0"}
        assert client.call("POST", "metrics/generate", space).status_code == 200
        for method, path, body in REFUSED:
            assert client.call(method, path, body).status_code >= 400
        schema = json.loads((FOLDER / f"powerstore-{version}.json").read_text(encoding="utf-8"))
        for kind, entry in schema["types"].items():
            if "list" in entry["verbs"]:
                client.call("GET", kind, select="*")
        assert client.call("GET", "volume", select="*,volume_groups(*,protection_policy(*))").status_code == 206
        assert client.call("GET", "volume", offset="9999").status_code == 416
        emulator.fault("job_fail", "PATCH")
        client.call("PATCH", "volume_group/name:app01", {"description": "x"})
        emulator.fault("status", "GET", "volume", status=502, body="<html>")
        client.call("GET", "volume")
        client.close()
    contract.check(journal, shared, version)


def test_the_checker_finds_what_is_wrong(shared: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    line: Json = {"method": "GET", "path": "/api/rest/volume_group", "query": {}, "request": None, "status": 200}
    journal.write_text(json.dumps({**line, "response": [{"colour": "red"}]}) + "\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="1 violations"):
        contract.check(journal, shared)
