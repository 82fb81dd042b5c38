# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in seed: an appliance with some users, networks and servers."""

from __future__ import annotations

from tests.emulator.exchange import Json
from tests.emulator.oneview.access import INFRASTRUCTURE

PASSWORD = "Password123!"


def built_in(seed: Json | None, dummy: str, bulk: dict[str, int]) -> Json:
    """The seed to start from; what a file names replaces the built-in part of that name, but users are added."""
    given = dict(seed or {})
    names = {str(user.get("userName")).lower() for user in given.get("users", [])}
    kept = [user for user in users() if user["userName"].lower() not in names]
    usual: Json = {"ethernet-networks": ethernet(bulk.get("volumes", 0)), "fc-networks": fc(), "network-sets": sets()}
    return {**usual, **given, "users": [*kept, *given.get("users", [])]}


def users() -> list[Json]:
    """Who there is."""
    rows = [
        ("Administrator", "Administrator", INFRASTRUCTURE),
        ("admin", "Automation", INFRASTRUCTURE),
        ("operator", "Operator", "Read only"),
        ("backup", "Backup job", "Backup administrator"),
        ("netadmin", "Network team", "Network administrator"),
        ("former", "Former employee", "Read only"),
    ]
    return [
        {
            "userName": name,
            "fullName": full,
            "password": PASSWORD,
            "enabled": name != "former",
            "permissions": [{"roleName": role, "scopeUri": None}],
        }
        for name, full, role in rows
    ]


def ethernet(bulk: int) -> list[Json]:
    """Ethernet networks; ``bulk`` adds so many."""
    named = [("mgmt", 10, "Management"), ("vmotion", 20, "VMMigration"), ("prod-101", 101, "General")]
    named += [(f"prod-{vlan}", vlan, "General") for vlan in (102, 103)]
    rows: list[Json] = [{"name": name, "vlanId": vlan, "purpose": purpose} for name, vlan, purpose in named]
    rows += [{"name": f"bulk{number:04}", "vlanId": 200 + number % 3800} for number in range(1, bulk + 1)]
    return rows


def fc() -> list[Json]:
    """FC networks."""
    return [{"name": "san-a"}, {"name": "san-b"}]


def sets() -> list[Json]:
    """Network sets."""
    members = [f"name:ethernet-networks/prod-{vlan}" for vlan in (101, 102, 103)]
    return [{"name": "production", "networkUris": members}]
