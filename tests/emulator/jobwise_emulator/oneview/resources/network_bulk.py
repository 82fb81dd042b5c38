# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many networks made (Ethernet only) or deleted by one request."""

from __future__ import annotations

from functools import partial

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import Call
from jobwise_emulator.oneview.errors import invalid
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.resources.networks import (
    BANDWIDTH,
    ETHERNET,
    FC,
    FCOE,
    PURPOSES,
    check_bandwidth,
    leaving,
)
from jobwise_emulator.oneview.tasks import Effect, Work

BULK = {
    "type": str,
    "namePrefix": str,
    "vlanIdRange": str,
    "purpose": PURPOSES,
    "smartLink": bool,
    "privateNetwork": bool,
    "bandwidth": BANDWIDTH,
    "initialScopeUris": ["uri:scopes"],
}


def vlans(text: str) -> list[int]:
    """``1-3,10`` as numbers."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdigit() or (dash and not last.isdigit()):
            raise invalid("INVALID_VLAN_ID", "The range of VLAN IDs is not valid.", text, "Give 10-12,20.")
        found += range(int(first), int(last or first) + 1)
    if not all(1 <= vlan <= 4094 for vlan in found):
        raise invalid("INVALID_VLAN_ID", "The range of VLAN IDs is not valid.", text, "Give IDs from 1 to 4094.")
    return found


def bulk(call: Call) -> Reply:
    """Several Ethernet networks at once, named by prefix and VLAN."""
    body = bodies.parse(call.request, BULK, call.world.exists)
    if not body.get("namePrefix") or not body.get("vlanIdRange"):
        raise invalid("MISSING_ATTRIBUTE", "namePrefix or vlanIdRange is missing.", None, "Give both.")
    if body.get("bandwidth"):
        check_bandwidth(body["bandwidth"])
    known: Json = {
        name: body[name] for name in ("purpose", "smartLink", "privateNetwork", "initialScopeUris") if name in body
    }
    orders: list[Json] = [
        {"name": f"{body['namePrefix']}_{vlan}", "vlanId": vlan, **known} for vlan in vlans(body["vlanIdRange"])
    ]

    def prepare() -> Effect:
        for order in orders:
            crud.unique(call, ETHERNET, order, None)
        return make

    def make() -> Json:
        for order in orders:
            call.world.add(ETHERNET, {**order, "_bandwidth": body.get("bandwidth")})
        return {"uri": "/rest/ethernet-networks", "eTag": ""}

    work = Work("Create", "ethernet-networks", None, body["namePrefix"], prepare)
    return call.perform(ETHERNET, "bulk", work, 204)


def bulk_delete(call: Call, kind: Kind) -> Reply:
    """Several networks of one type removed at once."""
    body = bodies.parse(call.request, {"networkUris": [f"uri:{kind.path}"]}, call.world.exists)

    def prepare() -> Effect:
        entries = [call.world.get(kind.path, uri) for uri in body.get("networkUris") or ()]
        for entry in entries:
            leaving(call.world, entry)

        def drop() -> None:
            for entry in entries:
                call.world.remove(kind, entry)

        return drop

    return call.perform(kind, "bulk-delete", Work("Delete", kind.path, None, "", prepare), 204)


ROUTES: crud.Routes = {
    "ethernet-networks/bulk": {"POST": bulk},
    **{f"{kind.path}/bulk-delete": {"POST": partial(bulk_delete, kind=kind)} for kind in (ETHERNET, FC, FCOE)},
}
