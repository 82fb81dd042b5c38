# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Deploy answers without an attribute, or with another type of it: a task ends in words, and hides nothing."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import (
    ontap_select_cluster,
    ontap_select_credential,
    ontap_select_host,
)
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import CLUSTER, LOGIN, VCENTER
from tests.faults.replay import Replays


@pytest.fixture
def replays(run: Runner, monkeypatch: pytest.MonkeyPatch) -> Replays:
    return Replays(run, monkeypatch)


def test_a_host_is_added(replays: Replays, run: Runner) -> None:
    run(ontap_select_credential.TASK, hostname=VCENTER, **LOGIN)
    options = {"hypervisor_type": "ESX", "management_server": VCENTER}
    replays.check(ontap_select_host.TASK, name="esx01.example.com", **options)


def test_a_cluster_is_made(replays: Replays) -> None:
    replays.check(ontap_select_cluster.TASK, **CLUSTER)


def test_a_cluster_is_changed(replays: Replays, run: Runner) -> None:
    run(ontap_select_cluster.TASK, **CLUSTER)
    replays.check(ontap_select_cluster.TASK, **{**CLUSTER, "dns_ips": ["192.0.2.53"], "ip": "192.0.2.99"})
