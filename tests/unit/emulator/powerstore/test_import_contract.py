# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports against the vendor's document: a tour over the wire through the contract checker."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.process import Emulator
from tests import contract
from tests.unit.emulator.powerstore.client import Client
from tests.unit.emulator.powerstore.test_import_states import STATES
from tests.unit.emulator.powerstore.test_remote_system import POWERSTORE, UNITY

ALL = "*,remote_system(*)"
REFUSED: list[tuple[str, str, Json | None]] = [
    ("POST", "import_session", {"name": "two words", "remote_system_id": "x", "source_resource_id": "x"}),
    ("POST", "import_session", {"name": "x"}),
    ("POST", "import_session", {"name": "x", "remote_system_id": "name:unity1", "source_resource_id": "nope"}),
    ("POST", "import_session/name:m1/resume", None),
    ("PATCH", "import_session/name:m1", {"scheduled_timestamp": "2099-01-01T00:00:00Z"}),
    ("DELETE", "import_session/name:m1", None),
    ("DELETE", "import_session/name:nope", None),
    ("POST", "remote_system", {"type": "Unity"}),
    ("DELETE", "remote_system/name:unity1", None),
    ("POST", "remote_system/name:remote1/discover", None),
]


class Tour:
    """One client that reads every session after each step."""

    def __init__(self, client: Client, query: dict[str, str]) -> None:
        self.client = client
        self.query = query

    def do(self, method: str, path: str, body: Json | None = None) -> None:
        """A write that succeeds, and a look at everything."""
        reply = self.client.call(method, path, body, **self.query)
        assert reply.status_code < 300, (method, path, reply.text)
        while reply.status_code == 202:
            job = self.client.call("GET", f"job/{reply.json()['id']}", select="*").json()
            if job["phase"] in ("Completed", "Failed"):
                assert job["phase"] == "Completed", job
                break
        self.look()

    def look(self) -> None:
        """All sessions, all attributes."""
        assert self.client.call("GET", "import_session", select=ALL).status_code == 200

    def source(self, kind: str, name: str) -> str:
        """The id of a source object."""
        return str(self.client.call("GET", f"{kind}/name:{name}").json()["id"])

    def start(self, name: str, kind: str, source: str, **more: object) -> None:
        """Create a session."""
        key = self.source(kind, source)
        body = {"name": name, "remote_system_id": "name:unity1", "source_resource_id": key, **more}
        self.do("POST", "import_session", body)

    def reach(self, name: str, state: str) -> None:
        """Wait until a session is in a state."""
        for dummy in range(400):
            shown = self.client.call("GET", f"import_session/name:{name}", select=ALL).json()
            if shown["state"] == state:
                return
            time.sleep(0.005)
        raise AssertionError(shown)


def tour(one: Tour, number: int) -> None:
    """Every operation once; volumes ``lun01`` to ``lun04`` and their like serve one tour each."""
    volume, group = "import_unity_volume", "import_unity_consistency_group"
    late, later = "2099-01-01T00:00:00Z", "2099-02-01T00:00:00.000Z"
    one.start("m1", volume, f"lun0{number}", protection_policy_id="name:gold", description="tour")
    one.reach("m1", "Ready_For_Cutover")
    one.do("POST", "import_session/name:m1/cutover")
    one.reach("m1", "Import_Completed")
    one.do("DELETE", "import_session/name:m1")
    one.start("m2", volume, f"lun0{number + 2}", scheduled_timestamp=late, volume_group_id="name:app01")
    one.do("PATCH", "import_session/name:m2", {"scheduled_timestamp": later})
    one.do("POST", "import_session/name:m2/cancel", {"force": False})
    one.reach("m2", "Cancelled")
    hosts = {"host_ids": ["name:linux01"], "host_group_ids": ["name:esx-cluster"]}
    one.start("m3", volume, f"lun0{number + 4}", type="Agentless", automatic_cutover=True, **hosts)
    one.reach("m3", "Mirror_Enabled")
    one.do("POST", "import_session/name:m3/enable_destination_volume", {})
    one.do("POST", "import_session/name:m3/start_copy")
    one.reach("m3", "Import_Completed")
    one.start("g1", group, "cg01")
    one.reach("g1", "Ready_For_Cutover")
    one.do("POST", "import_session/name:g1/cancel")
    one.reach("g1", "Cancelled")
    for name in ("m2", "m3", "g1"):
        one.do("DELETE", f"import_session/name:{name}")
    one.do("POST", "remote_system", UNITY)
    one.do("POST", "remote_system/name:unity2/verify", {"update_transport": False})
    one.do("POST", "remote_system/name:unity2/discover")
    one.do("PATCH", "remote_system/name:unity2", {"description": "third"})
    one.do("DELETE", "remote_system/name:unity2")
    one.do("POST", "remote_system", {**POWERSTORE, "management_address": f"192.0.2.7{number}"})
    one.do("POST", "import_unity/name:unity1/discover")


@pytest.mark.parametrize("version", ["4.0", "4.1"])
def test_a_tour_keeps_the_contract(shared: Path, tmp_path: Path, version: str) -> None:
    journal = tmp_path / "journal.jsonl"
    with Emulator(speed=200, journal=journal, arguments=("--api-version", version)) as emulator:
        client = Client(emulator)
        tour(Tour(client, {}), 1)
        tour(Tour(client, {"is_async": "true"}), 2)
        one = Tour(client, {})
        one.start("m1", "import_unity_volume", "lun13")
        for action, state in (("pause", "Copy_In_Progress"), ("resume", "Paused"), ("cleanup", "Cleanup_Required")):
            emulator.change("import_session", name="m1", set={"state": state})
            one.do("POST", f"import_session/name:m1/{action}")
        error: Json = {"code": "0xE0A0D0030001", "message_l10n": "broken", "arguments": ["m1"]}
        for state in STATES:
            emulator.change("import_session", name="m1", set={"state": state, "error": error})
            one.look()
        emulator.change("import_session", name="m1", set={"state": "Copy_In_Progress"})
        for method, path, body in REFUSED:
            assert client.call(method, path, body).status_code >= 400, (method, path)
        for kind in ("import_unity", "import_unity_volume", "import_storage_center_volume", "import_universal_volume"):
            assert client.call("GET", kind, select="*").status_code == 200
        client.close()
        assert "Secret123!" not in str(emulator.requests())
    assert "Secret123!" not in journal.read_text(encoding="utf-8")
    contract.check(journal, shared, version)
