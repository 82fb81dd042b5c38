# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The deployment: the job that makes virtual machines of nodes, and takes them back when it fails.

ONTAP Select Deploy REST API v3, POST /clusters/{id}/deploy.
"""

from __future__ import annotations

import zlib
from functools import partial

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call
from jobwise_emulator.ontap_select.errors import invalid
from jobwise_emulator.ontap_select.jobs import Stage, Work
from jobwise_emulator.ontap_select.resources import node_networks, nodes
from jobwise_emulator.ontap_select.resources.clusters import configurable
from jobwise_emulator.ontap_select.routes import Routes

SHAPE = {"ontap_credential": {"password": str}}
NEEDED = ("ip", "netmask", "gateway")


def deploy(call: Call) -> Reply:
    """Check the whole configuration, then start the job."""
    bodies.only(call.request, "inhibit_rollback")
    keep = bodies.flag(call.query, "inhibit_rollback")
    body = bodies.parse(call.request, SHAPE, ("ontap_credential",))
    password = body["ontap_credential"].get("password")
    if not password:
        raise invalid("ontap_credential needs a password.")
    world = call.world
    cluster = world.get("cluster", call.keys[0])
    world.free(cluster)
    configurable(cluster)
    lacking = lacks(world, cluster)
    if lacking:
        raise invalid(f"Cluster {cluster['name']} cannot be deployed. {' '.join(lacking)}")
    return call.on_accepted(work(world, cluster, password, keep), "deploy")


def lacks(world: ApplianceState, cluster: Json) -> list[str]:
    """What keeps a cluster from being deployed, in sentences."""
    found = [f"{name} is not set." for name in NEEDED if not cluster[name]]
    kinds = set()
    for node in world.nodes(cluster):
        host = world.host_of(node)
        if host is None or not host["_ready"]:
            found.append(f"Node {node['name']} has no {'host' if host is None else 'host that is authenticated'}.")
            continue
        kinds.add(host["hypervisor_type"])
        found += node_lacks(world, node)
    if len(kinds) > 1:
        found.append("All nodes must be on hosts of the same hypervisor type.")
    return found


def node_lacks(world: ApplianceState, node: Json) -> list[str]:
    """The same for a node with a host."""
    name = node["name"]
    found = [] if node["ip"] else [f"Node {name} has no ip."]
    for network in world.all("node_network", _node=node["id"]):
        if not network["name"]:
            found.append(f"Node {name} has no {network['purpose']} network.")
    if not world.all("node_pool", _node=node["id"]):
        found.append(f"Node {name} has no storage pool.")
    if node["passthrough_disks"] and not world.all("node_disk", _node=node["id"]):
        found.append(f"Node {name} has no storage disk.")
    return found


def work(world: ApplianceState, cluster: Json, password: str, keep: bool) -> Work:
    """The job: every node is made and started, then they become a cluster."""
    name = cluster["name"]
    stages = [Stage("checking hosts, networks and storage", partial(verify, world, cluster))]
    for node in world.nodes(cluster):
        stages.append(Stage(f"creating node {node['name']}", partial(node.update, {"state": "powered_off"})))
        stages.append(Stage(f"starting node {node['name']}", partial(node.update, {"state": "powered_on"})))
    stages.append(Stage("creating the ONTAP cluster"))
    stages.append(Stage("setting the cluster up", partial(complete, world, cluster, password)))
    subject = ("cluster", cluster["id"])
    return Work(f"Deploy cluster {name}", subject, stages, "done", partial(undo, world, cluster, keep))


def verify(world: ApplianceState, cluster: Json) -> None:
    """Sizes, networks and pools must suit the hosts, which may have changed since they were chosen."""
    for node in world.nodes(cluster):
        host = world.host_of(node)
        if host is None:
            raise invalid(f"The host of node {node['name']} is not registered any more.")
        nodes.check_size(world, node)
        for network in world.all("node_network", _node=node["id"]):
            node_networks.check_name(world, node, network["name"])
        there = [pool["name"] for pool in world.place(host).get("pools", [])]
        for pool in world.all("node_pool", _node=node["id"]):
            if pool["name"] not in there:
                raise invalid(f"Host {host['name']} has no storage pool {pool['name']}.")


def complete(world: ApplianceState, cluster: Json, password: str) -> None:
    """The cluster is there: with the default image and evaluation serial numbers where nothing was chosen."""
    images = [entry["id"] for entry in world.all("image")]
    cluster.update(state="powered_on", is_deployed=True, _password=password)
    cluster["ontap_image_version"] = cluster["ontap_image_version"] or (images[-1] if images else None)
    for number, node in enumerate(world.nodes(cluster), 1):
        node["serial_number"] = node["serial_number"] or f"{zlib.crc32(node['id'].encode()):018}{number:02}"


def undo(world: ApplianceState, cluster: Json, keep: bool) -> tuple[list[Stage], str]:
    """What happens after a failure: roll back, or keep the virtual machines for a look at them."""
    if keep:
        cluster["state"] = "create_failed"
        return [], "The rollback was inhibited, so the virtual machines are still there."
    made = [node for node in world.nodes(cluster) if node["state"] is not None]
    stages = [
        Stage(f"rolling back, removing node {node['name']}", partial(node.update, {"state": None}))
        for node in reversed(made)
    ]
    return stages, "Everything was rolled back; the configuration of the cluster is still there."


ROUTES: Routes = {"clusters/{}/deploy": {"POST": deploy}}
