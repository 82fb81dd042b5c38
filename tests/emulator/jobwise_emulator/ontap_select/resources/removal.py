# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting a cluster: at once when it was never deployed, else by a job.

ONTAP Select Deploy REST API v3, DELETE /clusters/{id}: a deployed cluster must be offline.
"""

from __future__ import annotations

from functools import partial

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call, done
from jobwise_emulator.ontap_select.errors import invalid
from jobwise_emulator.ontap_select.jobs import Stage, Work

OFFLINE = ("powered_off", "delete_failed")


def delete(call: Call) -> Reply:
    """Delete a cluster with its nodes; ``force=true`` does not mind that it is online."""
    bodies.only(call.request, "force")
    bodies.nothing(call.request)
    forced = bodies.flag(call.query, "force")
    world = call.world
    cluster = world.get("cluster", call.keys[0])
    world.free(cluster)
    if not cluster["is_deployed"] and cluster["state"] is None:
        remove(world, cluster)
        return done()
    if cluster["is_deployed"] and cluster["state"] not in OFFLINE and not forced:
        raise invalid(f"Cluster {cluster['name']} must be offline before it is deleted.")
    stages = [Stage(f"removing node {node['name']}") for node in world.nodes(cluster)]
    stages.append(Stage("removing the cluster", partial(remove, world, cluster)))
    undo = partial(failed, cluster)
    work = Work(f"Delete cluster {cluster['name']}", ("cluster", cluster["id"]), stages, "done", undo)
    return call.on_accepted(work, "delete")


def remove(world: ApplianceState, cluster: Json) -> None:
    """Forget a cluster and all that belongs to it."""
    for node in world.nodes(cluster):
        for kind in ("node_network", "node_pool", "node_disk"):
            for entry in world.all(kind, _node=node["id"]):
                world.remove(kind, entry["id"])
        world.remove("node", node["id"])
    world.remove("cluster", cluster["id"])


def failed(cluster: Json) -> tuple[list[Stage], str]:
    """After a failure the cluster says so; it can be deleted again."""
    cluster["state"] = "delete_failed"
    return [], "The cluster is still there."
