# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The clusters and nodes of an ONTAP Select Deploy as hosts of an inventory.

Source: NetApp's documentation of the Deploy REST API, version 3, /clusters and /hosts. Deploy's own hosts, the
hypervisors, are called so here, as a host of an inventory is something else.
"""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.text.paths import in_path
from .client import SelectClient
from .clusters.node_order import host_id, in_order

CLUSTERS, NODES = "clusters", "nodes"
CLUSTER_FIELDS = "id,name,state,is_deployed,ip,netmask,gateway,dns_info,ntp_servers,ontap_image_version,nodes"
NODE_FIELDS = "id,name,state,ip,host,instance_type,serial_number"
HYPERVISOR_FIELDS = "id,name,hypervisor_type,management_server"


def hosts(client: SelectClient, params: t.Mapping[str, t.Any]) -> list[Json]:
    """Return the variables of each host, without their prefix; ``group`` is clusters or nodes.

    params: ``hosts`` lists these two, or one; without ``include_undeployed``, only clusters that run ONTAP count.
    """
    clusters = client.query("clusters", CLUSTER_FIELDS, order_by="name asc")
    clusters = [row for row in clusters if row.get("is_deployed") or params["include_undeployed"]]
    found: t.List[Json] = []
    with_nodes = NODES in params["hosts"]
    hypervisors = {str(row["id"]): row for row in client.query("hosts", HYPERVISOR_FIELDS)} if with_nodes else {}
    for cluster in clusters:
        nodes = in_order(cluster.get("nodes") or [], cluster["name"])
        if CLUSTERS in params["hosts"]:
            found.append(_cluster(cluster, nodes))
        if with_nodes:
            full = {str(row["id"]): row for row in _full(client, cluster, nodes)}
            found += [
                _node(cluster, full.get(str(node["id"]), node), number, hypervisors)
                for number, node in enumerate(nodes, 1)
            ]
    return found


def _full(client: SelectClient, cluster: Json, nodes: t.Sequence[Json]) -> list[Json]:
    """Return the nodes with all attributes. A cluster lists its nodes, but a Deploy may leave out most attributes."""
    if all("ip" in node and "host" in node for node in nodes):
        return list(nodes)
    return client.query(f"clusters/{in_path(str(cluster['id']))}/nodes", NODE_FIELDS)


def _cluster(cluster: Json, nodes: t.Sequence[Json]) -> Json:
    dns = cluster.get("dns_info") or {}
    return {
        "group": CLUSTERS,
        "name": cluster["name"],
        "address": cluster.get("ip"),
        "id": cluster["id"],
        "cluster": cluster["name"],
        "state": cluster.get("state"),
        "is_deployed": bool(cluster.get("is_deployed")),
        "version": cluster.get("ontap_image_version"),
        "netmask": cluster.get("netmask"),
        "gateway": cluster.get("gateway"),
        "dns_domains": dns.get("domains") or [],
        "dns_addresses": dns.get("dns_ips") or [],
        "ntp_servers": cluster.get("ntp_servers") or [],
        "nodes": [node["name"] for node in nodes],
    }


def _node(cluster: Json, node: Json, number: int, hypervisors: t.Mapping[str, Json]) -> Json:
    hypervisor = hypervisors.get(host_id(node)) or {}
    return {
        "group": NODES,
        "name": node["name"],
        "address": node.get("ip"),
        "id": node["id"],
        "cluster": cluster["name"],
        "cluster_address": cluster.get("ip"),
        "state": node.get("state"),
        "is_deployed": bool(cluster.get("is_deployed")),
        "version": cluster.get("ontap_image_version"),
        "node_number": number,
        "instance_type": node.get("instance_type"),
        "serial_number": node.get("serial_number"),
        "hypervisor": hypervisor.get("name"),
        "hypervisor_type": hypervisor.get("hypervisor_type"),
        "management_server": hypervisor.get("management_server"),
    }
