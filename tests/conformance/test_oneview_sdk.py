# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows nothing of this project, the vendor's SDK, uses the emulated OneView."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobwise_emulator.process import Emulator
from tests.conformance import environment

SCRIPT = Path(__file__).with_name("oneview_sdk.py")
Run = Callable[..., Any]

ANSWERS = {
    "tasks that take time": {"seconds": {"default": 2.0}},
    "absolute location, no body": {"task_in": {"default": "absolute"}, "accepted_body": "none"},
    "at once": {"async": {"ethernet-networks": False, "fc-networks": False, "network-sets": False}},
    "small pages": {"page_size": 2, "task_type": "TaskResourceV2"},
}


@pytest.fixture(scope="module")
def python() -> Path:
    return environment.oneview_sdk()


@pytest.fixture(scope="module")
def running() -> Iterator[Emulator]:
    with Emulator("oneview", speed=100) as emulator:
        yield emulator


@pytest.fixture
def emulator(running: Emulator) -> Emulator:
    running.reset()
    # The SDK sleeps for a second whenever a task has not ended yet.
    running.change("settings", set={"seconds": {"default": 0, "backups": 0}})
    return running


@pytest.fixture
def sdk(emulator: Emulator, python: Path, tmp_path: Path) -> Run:
    def run(flow: str, *version: str) -> Any:
        there, kept = f"{emulator.host}:{emulator.port}", str(tmp_path / "download")
        command = [str(python), str(SCRIPT), there, flow, kept, *version]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        assert emulator.sessions()["open"] == []
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.mark.parametrize("version", ["8600", "1800", "800"])
def test_users(sdk: Run, version: str) -> None:
    assert sdk("users", version) == {
        "fullName": "Changed by the SDK",
        "found": True,
        "others": False,
        "gone": True,
    }


@pytest.mark.parametrize("settings", ANSWERS.values(), ids=ANSWERS)
def test_networks_however_the_appliance_answers(sdk: Run, emulator: Emulator, settings: dict[str, Any]) -> None:
    emulator.change("settings", set=settings)
    told = sdk("networks")
    assert told["deleted"] == [True, True, True]
    assert (told["name"], told["members"]) == ("sdk-renamed", 1)
    assert told["bandwidth"] == {"typicalBandwidth": 1000, "maximumBandwidth": 4000}
    assert told["names"] == ["vmotion", "prod-103", "prod-102", "prod-101", "mgmt"]


def test_networks_in_bulk_are_made_once(sdk: Run) -> None:
    told = sdk("bulk")
    assert told["counts"] == [[0, 3], [3, 0], [3, 2]]
    assert told["names"] == [f"sdk_{vlan}" for vlan in range(301, 306)]
    assert told["left"] == ["sdkXother"]


def test_snmpv3_destinations(sdk: Run) -> None:
    told = sdk("traps")
    assert (told["user"], told["deleted"], told["left"]) == ("sdk-two", [True, True, True], 0)
    assert "exists already" in told["refusal"]


def test_alerts(sdk: Run) -> None:
    told = sdk("alerts")
    assert (told["state"], told["notes"]) == ("Cleared", "Replaced.")
    assert told["about"] == "Pool CPG_SSD is full."
    assert told["severities"] == ["OK", "Unknown", "Warning"]


@pytest.mark.parametrize("version", ["8600", "1800"])
def test_server_profiles(sdk: Run, version: str) -> None:
    told = sdk("profiles", version)
    assert told["compliance"] == ["Compliant", "NonCompliant", "Compliant"]
    assert "powered on" in told["refusal"]
    assert told["deleted"] is True


@pytest.mark.parametrize("redirected", [False, True], ids=["direct", "redirected"])
def test_backup_is_made_and_downloaded(sdk: Run, emulator: Emulator, tmp_path: Path, redirected: bool) -> None:
    emulator.change("settings", set={"download_redirect": redirected, "backup_bytes": 200_000})
    assert sdk("backups") == {"status": "SUCCEEDED", "size": 200_000, "kept": 1}
    content = (tmp_path / "download").read_bytes()
    assert len(content) == 200_000
    assert len({hashlib.sha256(content[at : at + 32]).digest() for at in range(0, 65536, 32)}) == 2048


def test_scopes(sdk: Run) -> None:
    assert sdk("scopes") == {"in": True, "out": [], "deleted": True}


def test_volumes(sdk: Run) -> None:
    assert sdk("volumes") == {"size": str(2 * 1024**3), "deleted": True}
