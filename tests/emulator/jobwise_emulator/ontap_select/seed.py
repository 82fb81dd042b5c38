# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a seed (built in, or a JSON file) to objects.

``{"users", "deploy", "inventory", "settings", "<type>": [{attributes}, ...]}`` with the types credential, host,
cluster, license, image and mediator. What a file names replaces what is built in. See README.
"""

from __future__ import annotations

import copy
import uuid

from jobwise_emulator.exchange import Json
from jobwise_emulator.ontap_select.appliance_state import SETTINGS, ApplianceState
from jobwise_emulator.ontap_select.attributes import TABLES
from jobwise_emulator.ontap_select.resources import clusters, credentials, hosts, node_storage
from jobwise_emulator.platforms import OrderError

KINDS = ("image", "license", "mediator", "credential", "host", "cluster", "backup")
SPACE = uuid.UUID("6f9619ff-8b86-d011-b42d-00cf4fc964ff")


def plant(world: ApplianceState, seed: Json) -> None:
    """Everything that a seed names."""
    unknown = set(seed) - {*KINDS, "users", "deploy", "inventory", "settings"}
    if unknown:
        raise OrderError(f"unknown types in the seed: {', '.join(sorted(unknown))}")
    world.settings = copy.deepcopy(SETTINGS)
    apply_settings(world, seed.get("settings", {}))
    world.deploy = dict(seed["deploy"])
    world.inventory["vcenters"] = copy.deepcopy(seed["inventory"].get("vcenters", {}))
    world.inventory["hosts"] = {entry["name"]: dict(entry) for entry in seed["inventory"].get("hosts", [])}
    for kind in KINDS:
        for number, order in enumerate(seed.get(kind, [])):
            entry = dict(order) if isinstance(order, dict) else {"id": order}
            name = entry.get("hostname") or entry.get("name") or number
            entry.setdefault("id", str(uuid.uuid5(SPACE, f"{kind} {name}")))
            seed_one(world, kind, entry)


def apply_settings(world: ApplianceState, settings: Json) -> None:
    """Change some settings; ``seconds`` is merged."""
    unknown = set(settings) - set(SETTINGS) | set(settings.get("seconds", {})) - set(SETTINGS["seconds"])
    if unknown:
        raise OrderError(f"unknown settings: {', '.join(sorted(unknown))}")
    seconds = {**world.settings["seconds"], **settings.get("seconds", {})}
    world.settings.update(settings, seconds=seconds)
    world.jobs.messages_count = bool(world.settings["messages_wake_polls"])


def seed_one(world: ApplianceState, kind: str, order: Json) -> Json:
    """One object with all that belongs to it."""
    if kind == "cluster":
        return plant_cluster(world, order)
    if kind == "credential":
        return world.add(kind, credentials.stored({"password": "Password123!", **order}))
    if kind == "host":
        return world.add(kind, hosts.stored({"_ready": True, **order}))
    parts = {"node_network", "node_pool", "node_disk"}
    blank = {name: None for name in TABLES[kind] if "." not in name}
    if kind in parts and "_node" not in order:
        node = [entry for entry in world.all("node") if entry["name"] == order.get("node")]
        if not node:
            raise OrderError(f"{kind} needs the name of its node")
        order = {**{name: value for name, value in order.items() if name != "node"}, "_node": node[0]["id"]}
    return world.add(kind, {**blank, **order})


def plant_cluster(world: ApplianceState, order: Json) -> Json:
    """A cluster with its nodes, deployed or not."""
    facts = dict(order)
    nodes: list[Json] = facts.pop("nodes", [{}])
    own = {name: facts.pop(name) for name in ("state", "is_deployed", "password") if name in facts}
    cluster = clusters.make(world, facts, len(nodes))
    deployed = bool(own.get("is_deployed"))
    cluster.update(is_deployed=deployed, state=own.get("state", "powered_on" if deployed else None))
    cluster["_password"] = own.get("password", "Password123!")
    for node, facts in zip(world.nodes(cluster), nodes, strict=True):
        plant_node(world, node, dict(facts), deployed)
    return cluster


def plant_node(world: ApplianceState, node: Json, facts: Json, deployed: bool) -> None:
    """The configuration of one node; host by name, networks by purpose, pools and disks."""
    networks, pools, disks = facts.pop("networks", {}), facts.pop("pools", []), facts.pop("disks", [])
    if isinstance(facts.get("host"), str):
        found = world.all("host", name=facts["host"])
        if not found:
            raise OrderError(f"there is no host {facts['host']}")
        facts["host"] = {"id": found[0]["id"]}
    node.update({"state": "powered_on" if deployed else None, **facts})
    for purpose, network in networks.items():
        target = world.all("node_network", _node=node["id"], purpose=purpose)
        if not target:
            raise OrderError(f"node {node['name']} has no network for {purpose!r}")
        target[0].update(network if isinstance(network, dict) else {"name": network})
    for pool in pools:
        node_storage.add_pool(world, node, pool)
    for disk in disks:
        world.add("node_disk", {"name": disk, "_node": node["id"]})
