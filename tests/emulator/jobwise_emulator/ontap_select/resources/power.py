# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Switching a deployed cluster on and off.

ONTAP Select Deploy REST API v3, PATCH /clusters/{id} with ``availability``.
"""

from __future__ import annotations

from functools import partial

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call, done
from jobwise_emulator.ontap_select.errors import invalid
from jobwise_emulator.ontap_select.jobs import Stage, Work

WORDS = {"powered_on": "on", "powered_off": "off"}


def switch(call: Call, cluster: Json, body: Json) -> Reply:
    """Switch a cluster; 200 when it is in that state already. ``force=state`` goes on where a node does not answer."""
    forced = bodies.flag(call.query, "force", ("state",))
    if set(body) != {"availability"} or body["availability"] is None:
        raise invalid("availability cannot be changed together with anything else.")
    if not cluster["is_deployed"]:
        raise invalid(f"Cluster {cluster['name']} is not deployed.")
    wanted = body["availability"]
    if cluster["state"] == wanted:
        return done()
    stages = [
        Stage(f"switching {WORDS[wanted]} node {node['name']}", partial(turn, node, wanted, forced))
        for node in call.world.nodes(cluster)
    ]
    stages.append(Stage("looking at the cluster", partial(cluster.update, {"state": wanted})))
    title = f"Power {WORDS[wanted]} cluster {cluster['name']}"
    undo = partial(degrade, call.world, cluster)
    return call.on_accepted(Work(title, ("cluster", cluster["id"]), stages, "done", undo), "power")


def turn(node: Json, wanted: str, forced: bool) -> None:
    """Switch one node."""
    if node["state"] == "unknown" and not forced:
        raise invalid(f"Node {node['name']} does not answer.")
    node["state"] = wanted


def degrade(world: ApplianceState, cluster: Json) -> tuple[list[Stage], str]:
    """After a failure some nodes may have been switched and others not."""
    if len({node["state"] for node in world.nodes(cluster)}) > 1:
        cluster["state"] = "degraded"
    return [], "Some nodes may be in another state than the others."
