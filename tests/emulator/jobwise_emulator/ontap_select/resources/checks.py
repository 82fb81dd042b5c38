# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network check: a job that tries the networks between hosts; one at a time.

ONTAP Select Deploy REST API v3, POST /network/connectivitychecks.
"""

from __future__ import annotations

from functools import partial

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call
from jobwise_emulator.ontap_select.errors import Refused, invalid
from jobwise_emulator.ontap_select.jobs import Stage, Work
from jobwise_emulator.ontap_select.routes import Routes

SHAPE = {
    "mode": ("quick", "extended", "cleanup"),
    "mtu": int,
    "vswitch_type": ("StandardvSwitch", "DistributedvSwitch", "OpenvSwitch"),
    "debug": bool,
    "host_networks": [{"host_name": str, "network_name": str}],
}
STANDARD_MTU = 1500
SUBJECT = ("network check", "")


def check(call: Call) -> Reply:
    """Start a check; what it finds is in the job's message."""
    bodies.only(call.request)
    body = bodies.parse(call.request, SHAPE, ("mode", "host_networks"))
    for order in body["host_networks"]:
        if not order.get("host_name") or not order.get("network_name"):
            raise invalid("Every entry of host_networks needs host_name and network_name.")
        if not call.world.all("host", name=order["host_name"]):
            raise invalid(f"There is no host {order['host_name']}.")
    if call.world.jobs.busy(*SUBJECT):
        raise Refused(409, "A network check is running already.")
    stages = [
        Stage(
            f"{body['mode']} check of {order['host_name']}, {order['network_name']}",
            partial(probe, call.world, body, order),
        )
        for order in body["host_networks"]
    ]
    return call.on_accepted(Work("Network check", SUBJECT, stages, "all networks are connected"), "check")


def probe(world: ApplianceState, body: Json, order: Json) -> None:
    """Try one network of one host. Networks of the same name are connected unless the inventory says otherwise."""
    host = world.all("host", name=order["host_name"])
    where = f"host {order['host_name']}, network {order['network_name']}"
    networks = world.place(host[0]).get("networks", []) if host else []
    real = next((network for network in networks if network["name"] == order["network_name"]), None)
    if real is None:
        raise invalid(f"There is no {where}.")
    kind = body.get("vswitch_type")
    if kind and real.get("_vswitch_type", kind) != kind:
        raise invalid(f"On {where} the switch is a {real['_vswitch_type']}.")
    if (body.get("mtu") or STANDARD_MTU) > real.get("_mtu", 9000):
        raise invalid(f"On {where} packets of {body['mtu']} bytes are lost.")
    if real.get("_cut"):
        raise invalid(f"On {where} nothing can be reached.")


ROUTES: Routes = {"network/connectivitychecks": {"POST": check}}
