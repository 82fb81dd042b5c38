# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows nothing of this project, the vendor's SDK, uses the emulated PowerStore."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobwise_emulator.process import Emulator
from tests.conformance import environment

SCRIPT = Path(__file__).with_name("powerstore_sdk.py")
GIB = 1024**3
Run = Callable[[str], Any]


@pytest.fixture(scope="module")
def python() -> Path:
    return environment.powerstore_sdk()


@pytest.fixture(scope="module", params=["4.0", "4.1"])
def running(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    with Emulator(speed=100, arguments=("--api-version", request.param)) as emulator:
        yield emulator


@pytest.fixture
def sdk(running: Emulator, python: Path) -> Run:
    running.reset()

    def run(flow: str) -> Any:
        command = [str(python), str(SCRIPT), f"{running.host}:{running.port}", running.ca_path, flow]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stderr
        assert running.sessions()["open"] == []
        return json.loads(done.stdout.splitlines()[-1])

    return run


def test_volume_groups(sdk: Run) -> None:
    assert sdk("groups") == {
        "added": ["web01", "web02", "web03"],
        "left": ["web03"],
        "consistent": False,
        "groups": ["app01", "app01-nightly", "app01-test"],
    }


def test_volumes(sdk: Run) -> None:
    assert sdk("volumes") == {"policies": ["silver", None], "size": 2 * GIB, "lun": 7, "left": []}


def test_hosts(sdk: Run) -> None:
    told = sdk("hosts")
    assert "0xE0A01001002D" in told.pop("refusal")
    assert told == {
        "name": "sdk-renamed",
        "ports": ["iqn.2026-01.com.example:sdk2"],
        "hosts": ["esx01", "esx02", "linux01"],
    }


def test_settings(sdk: Run) -> None:
    assert sdk("settings") == {
        "dns": ["192.0.2.61"],
        "ntp": ["192.0.2.62"],
        "smtp": {"id": "0", "address": "192.0.2.63", "port": 25, "source_email": "array@example.com"},
        "contact": {"id": "0", "email": "ada@example.com", "first_name": "Ada", "last_name": None, "phone": None},
        "support": "Disabled",
        "chap": "Single",
        "ssh": True,
        "service": "1",
        "security": 3600,
    }


def test_systems(sdk: Run) -> None:
    assert sdk("systems") == {
        "cluster": ["sdk-cluster", 9000],
        "nodes": ["NodeA", "NodeB"],
        "network": "Management",
        "addresses": 3,
        "appliance": ["Appliance-1"],
        "certificate": ["certificate", "depth", "issuer"],
        "remote": "PowerStore",
        "discovered": [],
        "container": ["PowerStore emulated"],
        "total": 20 * 1024 * GIB,
    }


def test_users(sdk: Run) -> None:
    assert sdk("users") == {"role": "2", "locked": True, "left": None}
