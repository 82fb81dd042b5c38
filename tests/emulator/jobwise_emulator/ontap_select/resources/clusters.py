# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clusters before they are deployed: made with their nodes and networks, configured, deleted.

ONTAP Select Deploy REST API v3, /clusters: the POST is synchronous; nodes are named ``<cluster>-01``, ``-02``, ... and
have networks for mgmt, data and, with more than one node, internal.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies, reading
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call, done
from jobwise_emulator.ontap_select.errors import Refused, invalid
from jobwise_emulator.ontap_select.resources.power import switch
from jobwise_emulator.ontap_select.resources.removal import delete
from jobwise_emulator.ontap_select.resources.resize import resize
from jobwise_emulator.ontap_select.routes import Routes

NODE_COUNTS = (1, 2, 4, 6, 8, 10, 12)
LOWEST_MTU, HIGHEST_MTU = 7500, 9000
CONFIGURATION = {
    "name": str,
    "ip": "ip",
    "netmask": "ip",
    "gateway": "ip",
    "dns_info": {"domains": [str], "dns_ips": ["ip"]},
    "ntp_servers": [str],
    "ontap_image_version": str,
    "mtu": int,
}
SHAPE = {
    **CONFIGURATION,
    "availability": ("powered_on", "powered_off"),
    "admin_password": str,
    "nodes": [{"id": str, "instance_type": ("small", "medium", "large")}],
}


def create(call: Call) -> Reply:
    """Make a cluster that is not deployed, with its nodes."""
    bodies.only(call.request, "node_count")
    text = dict(call.query).get("node_count", "")
    if not text.isdecimal() or int(text) not in NODE_COUNTS:
        raise invalid(f"node_count must be one of {', '.join(map(str, NODE_COUNTS))}, not {text or 'missing'}.")
    body = bodies.parse(call.request, CONFIGURATION, ("name",))
    check(call.world, body, int(text))
    cluster = make(call.world, body, int(text))
    return call.created(f"clusters/{cluster['id']}")


def check(world: ApplianceState, body: Json, count: int, own: str = "") -> None:
    """What a configuration must keep to."""
    name = body.get("name")
    if "name" in body and not name:
        raise invalid("name must not be empty.")
    if any(entry["name"] == name and entry["id"] != own for entry in world.all("cluster")):
        raise Refused(409, f"A cluster with the name {name} exists already.")
    version = body.get("ontap_image_version")
    if version is not None and version not in [entry["id"] for entry in world.all("image")]:
        raise invalid(f"There is no ONTAP image {version}.")
    mtu = body.get("mtu")
    if mtu is not None and count == 1:
        raise invalid("mtu is for clusters with more than one node.")
    if mtu is not None and not LOWEST_MTU <= mtu <= HIGHEST_MTU:
        raise invalid(f"mtu must be from {LOWEST_MTU} to {HIGHEST_MTU}, not {mtu}.")


def make(world: ApplianceState, body: Json, count: int) -> Json:
    """A new cluster with its nodes and their networks. The nodes keep their names when the cluster is renamed."""
    blank = dict.fromkeys(CONFIGURATION)
    extra = {"dns_info": body.get("dns_info"), "state": None, "is_deployed": False, "_password": None}
    cluster = world.add("cluster", {**blank, **body, **extra})
    purposes = ("mgmt", "data") if count == 1 else ("mgmt", "data", "internal")
    for number in range(1, count + 1):
        node = world.add("node", blank_node(f"{cluster['name']}-{number:02}", cluster["id"]))
        for purpose in purposes:
            world.add("node_network", {"purpose": purpose, "name": None, "vlan_id": None, "_node": node["id"]})
    return cluster


def blank_node(name: str, cluster: str) -> Json:
    """A node as Deploy makes it."""
    return {
        "name": name,
        "ip": None,
        "host": None,
        "instance_type": "small",
        "passthrough_disks": False,
        "license": None,
        "serial_number": None,
        "is_storage_efficiency_enabled": None,
        "cpu_reservation_percentage": None,
        "state": None,
        "_cluster": cluster,
    }


def modify(call: Call) -> Reply:
    """Configure a cluster, or, when it is deployed, switch it or resize its nodes."""
    bodies.only(call.request, "force")
    body = bodies.parse(call.request, SHAPE)
    cluster = call.world.get("cluster", call.keys[0])
    call.world.free(cluster)
    if "availability" in body:
        return switch(call, cluster, body)
    if "nodes" in body or "admin_password" in body:
        return resize(call, cluster, body)
    bodies.only(call.request)
    configurable(cluster)
    check(call.world, body, len(call.world.nodes(cluster)), cluster["id"])
    cluster.update(body)
    return done()


def configurable(cluster: Json) -> None:
    """Refuse to change a cluster that was deployed, or that failed to be and was left as it is."""
    if cluster["is_deployed"]:
        raise invalid(f"Cluster {cluster['name']} is deployed: its configuration cannot be changed here any more.")
    if cluster["state"] is not None:
        raise invalid(f"Cluster {cluster['name']} is in state {cluster['state']}: it has to be deleted first.")


ROUTES: Routes = {
    "clusters": {"GET": reading.listing("cluster"), "POST": create},
    "clusters/{}": {"GET": reading.reading("cluster"), "PATCH": modify, "DELETE": delete},
}
