# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connections of profiles and templates: what a client sends, and what the appliance adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.errors import invalid

if TYPE_CHECKING:
    from jobwise_emulator.oneview.appliance_state import ApplianceState

FUNCTIONS = {
    "Ethernet": ("ethernet-networks", "network-sets"),
    "iSCSI": ("ethernet-networks", "network-sets"),
    "FibreChannel": ("fc-networks", "fcoe-networks"),
}
SENT: dict[str, Any] = {
    "id": int,
    "name": str,
    "functionType": tuple(FUNCTIONS),
    "networkUri": "uri",
    "portId": str,
    "requestedMbps": str,
    "requestedVFs": str,
    "boot": {
        "priority": ("NotBootable", "Primary", "Secondary"),
        "bootVlanId": int,
        "targets": object,
        "iscsi": object,
    },
    "ipv4": object,
    "isolatedTrunk": bool,
    "lagName": str,
    "managed": bool,
    "mac": str,
    "macType": ("Virtual", "Physical", "UserDefined"),
    "wwnn": str,
    "wwpn": str,
    "wwpnType": ("Virtual", "Physical", "UserDefined"),
}
ADDED = {
    "allocatedMbps": 2500,
    "maximumMbps": 10000,
    "deploymentStatus": "Deployed",
    "interconnectUri": None,
    "interconnectPort": 1,
    "networkName": None,
    "allocatedVFs": None,
    "state": "Deployed",
    "status": "OK",
}
CONNECTION: dict[str, Any] = {**SENT, **dict.fromkeys(ADDED, object)}


def check(world: ApplianceState, connections: list[Json]) -> None:
    """Ids and boot priorities are used once, networks fit the function."""
    ids = [one["id"] for one in connections if one.get("id")]
    if len(set(ids)) != len(ids):
        raise invalid("DUPLICATE_CONNECTION_ID", "Two connections have the same id.", f"{ids}", "Give each its own.")
    boots = [one["boot"]["priority"] for one in connections if (one.get("boot") or {}).get("priority")]
    for priority in ("Primary", "Secondary"):
        if boots.count(priority) > 2:
            raise invalid("TOO_MANY_BOOT_CONNECTIONS", f"Too many {priority} boot connections.", None, "Two at most.")
    for one in connections:
        function = one.get("functionType") or "Ethernet"
        uri = one.get("networkUri")
        if uri and not any(world.exists(uri, path) for path in FUNCTIONS[function]):
            text = f"A connection of type {function} cannot lead to {uri}."
            raise invalid(
                "INVALID_NETWORK_FOR_CONNECTION", text, f"Connection {one.get('id')}", "Choose another network."
            )
        asked = str(one.get("requestedMbps") or "2500")
        if asked != "Auto" and not (asked.isdigit() and 100 <= int(asked) <= 50000):
            raise invalid("INVALID_BANDWIDTH", "requestedMbps is not valid.", asked, "Give 100 to 50000, or Auto.")


def complete(world: ApplianceState, entry: Json) -> None:
    """Connections in the order of their ids, with what the appliance sets."""
    settings = entry.get("connectionSettings")
    if not settings:
        return
    connections = settings.get("connections") or []
    taken = {one["id"] for one in connections if one.get("id")}
    free = (number for number in range(1, 1000) if number not in taken)
    is_profile = entry["category"] == "server-profiles"
    for one in connections:
        one["id"] = one.get("id") or next(free)
        network = world.find(one["networkUri"]) if one.get("networkUri") else None
        boot = {"priority": "NotBootable", **(one.get("boot") or {})}
        usual = {"name": "", "functionType": "Ethernet", "portId": "Auto", "requestedMbps": "2500", "managed": True}
        filled = {name: one.get(name) if one.get(name) is not None else value for name, value in usual.items()}
        one.update(filled, boot=boot)
        if is_profile:
            one.update(addresses(entry, one))
            allocated = 2500 if one["requestedMbps"] == "Auto" else int(one["requestedMbps"])
            port = f"Mezz 3:{1 + one['id'] % 2}-{'abcdefgh'[(one['id'] - 1) // 2 % 8]}"
            one["portId"] = port if one["portId"] == "Auto" else one["portId"]
            one.update({**ADDED, "allocatedMbps": allocated, "networkName": network["name"] if network else None})
    settings["connections"] = sorted(connections, key=lambda one: one["id"])


def addresses(entry: Json, one: Json) -> Json:
    """The addresses of a connection, the same as long as it exists."""
    tail = f"{int(entry['uri'][-6:], 16) % 65536:04X}{one['id']:02X}"
    pairs = ":".join(tail[at : at + 2] for at in (0, 2, 4))
    found: Json = {"mac": one.get("mac") or f"66:0B:C5:{pairs}", "macType": one.get("macType") or "Virtual"}
    if one["functionType"] == "FibreChannel":
        found["wwnn"] = one.get("wwnn") or f"10:00:66:0B:C5:{pairs}"
        found["wwpn"] = one.get("wwpn") or f"50:01:66:0B:C5:{pairs}"
        found["wwpnType"] = one.get("wwpnType") or "Virtual"
    return found
