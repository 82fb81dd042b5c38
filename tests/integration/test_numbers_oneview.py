# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tasks cost a OneView, counted from the appliance's own record."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator

from .conftest import Player

NETWORK = "jobwise.appliance.oneview_ethernet_network"
BLUE = {"name": "blue", "vlan_id": 120, "purpose": "General"}
OPENING = ["GET version", "POST login-sessions"]
END = ["DELETE login-sessions"]


@pytest.fixture
def platform() -> str:
    return "oneview"


class Counting:
    """Plays single tasks, and tells what the appliance was asked for each, in short; one connection is enough."""

    def __init__(self, player: Player, route: str) -> None:
        self.player, self.emulator, self.route = player, player.emulator, route
        self.seen = 0

    def __call__(self, options: dict[str, t.Any], *arguments: str, module: str = NETWORK, loop: int = 0) -> list[str]:
        task = {"name": "it", module: options, **({"loop": list(range(loop))} if loop else {})}
        run = self.player.play([task], self.route, *arguments)
        assert run.returncode == 0, run.output
        requests = self.emulator.requests()["requests"]
        new, self.seen = requests[self.seen :], len(requests)
        assert len({one["connection"] for one in new}) == 1 and not self.emulator.sessions()["open"]
        return [f"{one['method']} {one['path'].partition('/rest/')[2].partition('/')[0]}" for one in new]


def at_once(emulator: Emulator) -> None:
    """Let tasks be over when they are first looked at, and not be told in the reply that names them."""
    emulator.change("settings", set={"seconds": {"default": 0}, "accepted_body": "empty"})


def test_create_then_changed_then_gone(newest: Player, route: str) -> None:
    at_once(newest.emulator)
    asked = Counting(newest, route)
    read, look, again = "GET ethernet-networks", "GET tasks", "GET ethernet-networks"
    assert asked(BLUE) == [*OPENING, read, look, read, "POST ethernet-networks", look, again, *END]
    change = {**BLUE, "purpose": "Management"}
    assert asked(change) == [*OPENING, read, "PUT ethernet-networks", look, again, *END]
    gone = {"name": "blue", "state": "absent"}
    assert asked(gone) == [*OPENING, read, "DELETE ethernet-networks", look, again, *END]


def test_a_task_that_the_reply_tells_to_be_over_is_not_read(newest: Player) -> None:
    newest.emulator.change("settings", set={"seconds": {"default": 0}, "accepted_body": "task"})
    asked = Counting(newest, "controller")
    assert asked(BLUE)[2:-1] == [
        "GET ethernet-networks",
        "GET tasks",
        "GET ethernet-networks",
        "POST ethernet-networks",
        "GET ethernet-networks",
    ]


def test_a_known_version_saves_a_request(newest: Player, route: str) -> None:
    asked = Counting(newest, route)
    assert asked({"name": "mgmt", "api_version": 8600}) == [OPENING[1], "GET ethernet-networks", *END]


@pytest.mark.parametrize(
    "module, options",
    [
        ("network_set", {"name": "production", "native_network": ""}),
        ("server_power", {"name": "encl1, bay 1", "state": "powered_on"}),
        ("server_profile", {"name": "web-01", "boot_order": ["PXE", "HardDisk", "CD"]}),
    ],
)
def test_converged_without_names_to_look_up(newest: Player, module: str, options: dict[str, t.Any]) -> None:
    """One read. Tasks with names of other resources are counted in test_shared_play.py."""
    asked = Counting(newest, "controller")(options, module=f"jobwise.appliance.oneview_{module}")
    assert len(asked) == len([*OPENING, *END]) + 1


def test_a_loop_shares_one_login(newest: Player) -> None:
    asked = Counting(newest, "controller")
    assert asked({"name": "prod-10{{ item + 1 }}"}, loop=3) == [*OPENING, *["GET ethernet-networks"] * 3, *END]


@pytest.mark.parametrize(
    "module, options",
    [
        (NETWORK, {**BLUE, "typical_bandwidth": 1000}),
        (NETWORK, {"name": "mgmt", "purpose": "ISCSI", "typical_bandwidth": 1000, "new_name": "control"}),
        (NETWORK, {"name": "mgmt", "state": "absent"}),
        ("jobwise.appliance.oneview_fc_network", {"name": "san-a", "typical_bandwidth": 1000}),
        ("jobwise.appliance.oneview_fc_network", {"name": "san-c", "typical_bandwidth": 1000}),
        ("jobwise.appliance.oneview_network_set", {"name": "production", "networks": [], "maximum_bandwidth": 9000}),
        ("jobwise.appliance.oneview_scope", {"name": "new", "resources": ["ethernet-networks/mgmt"]}),
    ],
)
def test_check_mode_writes_nothing(newest: Player, module: str, options: dict[str, t.Any]) -> None:
    asked = Counting(newest, "controller")(options, "--check", "--diff", module=module)
    assert asked[:2] == OPENING and asked[-1:] == END
    assert [one for one in asked[2:-1] if not one.startswith("GET")] == []
