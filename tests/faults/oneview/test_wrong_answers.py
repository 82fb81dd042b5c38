# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OneView answers without an attribute, or with another type of it: a task ends in words, and hides nothing."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import oneview_ethernet_network, oneview_server_profile
from tests.faults.conftest import Runner
from tests.faults.replay import Replays


@pytest.fixture
def replays(run: Runner, monkeypatch: pytest.MonkeyPatch) -> Replays:
    return Replays(run, monkeypatch)


def test_a_network_is_made(replays: Replays) -> None:
    bandwidth = {"typical_bandwidth": 1000, "maximum_bandwidth": 2000}
    replays.check(oneview_ethernet_network.TASK, name="faulty", vlan_id=7, **bandwidth)


def test_a_network_is_changed(replays: Replays) -> None:
    replays.check(oneview_ethernet_network.TASK, name="prod-101", purpose="ISCSI", typical_bandwidth=1100)


def test_a_profile_is_made(replays: Replays) -> None:
    connections = [{"id": 1, "name": "a", "network": "prod-101"}, {"id": 2, "name": "b", "network": "prod-102"}]
    options = {
        "server_hardware_type": "SY 480 Gen10 1",
        "enclosure_group": "EG1",
        "server_hardware": "encl1, bay 3",
        "connections": connections,
    }
    replays.check(oneview_server_profile.TASK, name="faulty", **options)
