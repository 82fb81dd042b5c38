# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An emulated Deploy, and clusters in it."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import ontap_select_cluster, ontap_select_credential
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import CLUSTER, LOGIN, SECRET, VCENTER, make


@pytest.fixture(scope="session")
def running_emulator() -> t.Iterator[Emulator]:
    with Emulator("ontap_select", speed=20) as emulator:
        yield emulator


@pytest.fixture
def hosts(run: Runner, emulator: Emulator) -> None:
    """vCenter and two of its hosts."""
    run(ontap_select_credential.TASK, hostname=VCENTER, **LOGIN)
    for name in ("esx01.example.com", "esx02.example.com"):
        emulator.change("host", create={"name": name, "hypervisor_type": "ESX", "management_server": VCENTER})


@pytest.fixture
def cluster(run: Runner, hosts: None) -> dict[str, t.Any]:
    """A cluster of two nodes, not configured."""
    made: dict[str, t.Any] = run(ontap_select_cluster.TASK, **CLUSTER)["resource"]
    return made


@pytest.fixture
def configured(emulator: Emulator) -> None:
    make(emulator)


@pytest.fixture
def deployed(emulator: Emulator) -> None:
    make(emulator, 4, is_deployed=True, state="powered_on", password=SECRET)
