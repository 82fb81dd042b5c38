# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""storage-systems and storage-pools.

HPE OneView REST API: a system is added in two steps, first connected by a POST, then managed by a PUT that chooses a
domain and the pools; pools cannot be made or deleted, only managed or not.
"""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call, view
from jobwise_emulator.oneview.errors import Refused, conflict, invalid, unreadable
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.resources.volume_templates import root_template
from jobwise_emulator.oneview.tasks import Effect, Work

POOL = {"name": str, "domain": str, "totalCapacity": str, "freeCapacity": str, "allocatedCapacity": str, "uuid": str}
PORT = {
    "id": str,
    "name": str,
    "groupName": str,
    "expectedNetworkUri": "uri:fc-networks",
    "expectedNetworkName": str,
    "actualNetworkUri": str,
    "mode": ("Auto", "Ignore", "Managed", "AutoSelectExpectedSan"),
    "protocolType": str,
    "status": str,
}
CREDENTIALS = {"username": str, "password": str}
ADD = {
    "type": str,
    "hostname": str,
    "username": str,
    "password": str,
    "credentials": CREDENTIALS,
    "family": ("StoreServ", "StoreVirtual", "Nimble"),
    "initialScopeUris": ["uri:scopes"],
}


def pools_of(world: ApplianceState, system: Json) -> list[Json]:
    """The pools of a system."""
    return world.all(POOLS.path, storageSystemUri=system["uri"])


def managed_names(own: Json) -> list[str]:
    """The names of the pools that a body wants to have managed."""
    pools = own.get("managedPools") or []
    if not isinstance(pools, list) or not all(isinstance(one, dict) for one in pools):
        raise unreadable("managedPools must be a list of objects.")
    return [str(one.get("name")) for one in pools]


def check(call: Call, body: Json, entry: Json | None) -> None:
    """The rules for a system's PUT."""
    if entry is None:
        return
    own = body.get("deviceSpecificAttributes") or {}
    have = entry["deviceSpecificAttributes"]
    domain = own.get("managedDomain")
    if domain and domain not in entry["_domains"]:
        raise invalid("STORAGE_DOMAIN_UNKNOWN", "There is no such domain.", domain, f"Use {entry['_domains']}.")
    if have["managedDomain"] and domain != have["managedDomain"]:
        raise invalid(
            "STORAGE_DOMAIN_FIXED", "The domain of a managed system cannot be changed.", have["managedDomain"]
        )
    known = {one["name"] for one in (*have["discoveredPools"], *have["managedPools"])}
    wanted = managed_names(own)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise invalid("STORAGE_POOL_UNKNOWN", "There is no such pool.", f"{unknown}", "Use those in discoveredPools.")
    if wanted and not domain:
        raise invalid("STORAGE_DOMAIN_MISSING", "managedDomain is missing.", None, "Give it together with the pools.")
    for pool in pools_of(call.world, entry):
        if pool["isManaged"] and pool["name"] not in wanted:
            pool_unused(call.world, pool)


def changed(world: ApplianceState, entry: Json, before: Json) -> None:
    """After a PUT: the chosen pools are managed."""
    own = entry["deviceSpecificAttributes"]
    names = managed_names(own)
    entry["deviceSpecificAttributes"] = {
        **before["deviceSpecificAttributes"],
        "managedDomain": own.get("managedDomain"),
    }
    entry["ports"] = entry["ports"] or before["ports"]
    entry["credentials"] = {"username": (entry.get("credentials") or before["credentials"])["username"]}
    entry["name"] = entry["name"] or before["name"]
    manage(world, entry, names)


def manage(world: ApplianceState, entry: Json, names: list[str]) -> None:
    """Have exactly these pools managed; a system with a managed domain is managed."""
    rows = entry["_pools"]
    own = entry["deviceSpecificAttributes"]
    own["managedPools"] = [dict(one) for one in rows if one["name"] in names]
    own["discoveredPools"] = [dict(one) for one in rows if one["name"] not in names]
    entry["state"] = "Managed" if own["managedDomain"] else "Connected"
    for pool in pools_of(world, entry):
        if pool["isManaged"] is not (pool["name"] in names):
            pool["isManaged"] = pool["name"] in names
            world.touch(POOLS, pool)


def leaving(world: ApplianceState, entry: Json) -> None:
    """A system with volumes stays."""
    uris = {pool["uri"] for pool in pools_of(world, entry)}
    names = [one["name"] for one in world.all("storage-volumes") if one["storagePoolUri"] in uris]
    if names:
        text = f"{entry['name']} has volumes."
        raise conflict("STORAGE_SYSTEM_IN_USE", text, ", ".join(names), "Remove the volumes first.")


def gone(world: ApplianceState, entry: Json) -> None:
    """Pools and templates go with their system."""
    uris = {pool["uri"] for pool in pools_of(world, entry)}
    for path in ("storage-pools", "storage-volume-templates"):
        kept = world.objects.get(path, {})
        for uri, one in list(kept.items()):
            if uri in uris or one.get("storagePoolUri") in uris:
                del kept[uri]


SYSTEMS = Kind(
    path="storage-systems",
    type="StorageSystemV8",
    title="storage system",
    names=("Add", "Update", "Remove"),
    writable={
        "name": str,
        "description": str,
        "hostname": str,
        "credentials": CREDENTIALS,
        "deviceSpecificAttributes": dict,
        "ports": [PORT],
    },
    defaults={"name": None, "description": "", "credentials": None, "deviceSpecificAttributes": {}, "ports": []},
    shown={
        "family": "StoreServ",
        "totalCapacity": "0",
        "allocatedCapacity": "0",
        "storagePoolsUri": None,
        "associatedTaskUri": None,
        "mode": None,
    },
    required=("hostname",),
    keeps=("name",),
    etag="ms",
    check=check,
    changed=changed,
    leaving=leaving,
    gone=gone,
)


def pool_unused(world: ApplianceState, pool: Json) -> None:
    """A pool with volumes stays managed."""
    if world.all("storage-volumes", storagePoolUri=pool["uri"]):
        text = f"The pool {pool['name']} has volumes."
        raise conflict("STORAGE_POOL_IN_USE", text, None, "Remove the volumes first.")


def check_pool(call: Call, body: Json, entry: Json | None) -> None:
    """The rules for a pool's PUT."""
    if entry is None:
        return
    system = call.world.find(entry["storageSystemUri"]) or {}
    if body.get("isManaged") and system.get("state") != "Managed":
        text = "The storage system is not managed."
        raise conflict("STORAGE_SYSTEM_NOT_MANAGED", text, system.get("uri"), "Give it a managedDomain first.")
    if not body.get("isManaged"):
        pool_unused(call.world, entry)


def pool_changed(world: ApplianceState, entry: Json, dummy: Json) -> None:
    """The system tells the same."""
    system = world.find(entry["storageSystemUri"])
    if system:
        manage(world, system, [one["name"] for one in pools_of(world, system) if one["isManaged"]])
        world.touch(SYSTEMS, system)


POOLS = Kind(
    path="storage-pools",
    type="StoragePoolV3",
    title="storage pool",
    writable={"name": str, "description": str, "isManaged": bool},
    defaults={"description": "", "isManaged": False},
    shown={
        "storageSystemUri": None,
        "totalCapacity": "0",
        "freeCapacity": "0",
        "allocatedCapacity": "0",
        "family": "StoreServ",
        "deviceSpecificAttributes": {},
    },
    fixed=("name",),
    unique=False,
    etag="ms",
    check=check_pool,
    changed=pool_changed,
)


def add(call: Call) -> Reply:
    """Connect a system that the settings know."""
    body = bodies.parse(call.request, ADD, call.world.exists)
    login = {**(body.get("credentials") or {}), **{name: body[name] for name in CREDENTIALS if body.get(name)}}
    for name, value in (("hostname", body.get("hostname")), *((name, login.get(name)) for name in CREDENTIALS)):
        if not value:
            raise invalid("MISSING_ATTRIBUTE", f"The attribute {name} is missing.", None, f"Give {name}.")

    def prepare() -> Effect:
        if any(one["hostname"].lower() == body["hostname"].lower() for one in call.world.all(SYSTEMS.path)):
            text = f"The storage system {body['hostname']} has been added already."
            raise conflict("STORAGE_SYSTEM_EXISTS", text, None, "Use that one.")
        return connect

    def connect() -> Json:
        array: Any = call.world.settings["arrays"].get(body["hostname"])
        if array is None or (login["username"], login["password"]) != (array["username"], array["password"]):
            text = f"The storage system {body['hostname']} cannot be reached with these credentials."
            raise Refused(500, "STORAGE_SYSTEM_UNREACHABLE", text, None, ("Check host name and credentials.",))
        return plant(call.world, {**body, "name": None, "initialScopeUris": body.get("initialScopeUris")}, array)

    crud.reserve(call, SYSTEMS, body["hostname"])
    work = Work("Add", SYSTEMS.path, None, body["hostname"], prepare)
    return call.perform(SYSTEMS, "create", work, 201)


def plant(world: ApplianceState, order: Json, array: Json) -> Json:
    """A connected system with its pools; ``managedPools`` of the order makes it a managed one."""
    rows = [
        {
            "name": name,
            "domain": array["domains"][0],
            "totalCapacity": str(size),
            "freeCapacity": str(size),
            "allocatedCapacity": "0",
            "uuid": f"{array['serial']}-{number}",
        }
        for number, (name, size) in enumerate(array["pools"].items())
    ]
    names = [f"{node}:{slot}:{port}" for node in (0, 1) for slot in (1,) for port in (1, 2)]
    ports = [{"id": name, "name": name, "mode": "Auto", "protocolType": "FC", "status": "OK"} for name in names]
    managed = order.get("managedPools") or []
    facts: Json = {
        "name": order.get("name") or order["hostname"].partition(".")[0],
        "hostname": order["hostname"],
        "family": order.get("family") or array["family"],
        "credentials": {"username": array["username"]},
        "ports": [{**dict.fromkeys(PORT), **port} for port in ports],
        "totalCapacity": str(sum(array["pools"].values())),
        "initialScopeUris": order.get("initialScopeUris"),
        "deviceSpecificAttributes": {
            "serialNumber": array["serial"],
            "firmware": "3.3.2.199",
            "model": "HPE 3PAR 8440",
            "defaultDomain": None,
            "managedDomain": array["domains"][0] if managed else None,
            "discoveredDomains": array["domains"],
        },
        "_domains": array["domains"],
        "_pools": rows,
        "_volumes": dict(array.get("volumes", {})),
    }
    if order.get("uri"):
        facts["uri"] = order["uri"]
    entry = world.add(SYSTEMS, facts)
    entry["storagePoolsUri"] = f"{entry['uri']}/storage-pools"
    for row in rows:
        own = {"domain": row["domain"], "uuid": row["uuid"], "deviceType": "FC", "supportedRAIDLevel": "RAID6"}
        told = {name: row[name] for name in ("name", "totalCapacity", "freeCapacity", "allocatedCapacity")}
        own_kind = {"family": entry["family"], "storageSystemUri": entry["uri"]}
        pool = world.add(POOLS, {**told, **own_kind, "deviceSpecificAttributes": own})
        root_template(world, entry, pool)
    manage(world, entry, managed)
    return entry


def pools(call: Call) -> Reply:
    """The pools of a system."""
    rows = pools_of(call.world, crud.target(call, SYSTEMS))
    return Reply(200, {"type": "StoragePoolCollectionV3", "members": [view(call.world, POOLS, one, 0) for one in rows]})


KINDS = (SYSTEMS, POOLS)
_SYSTEMS, _POOLS = crud.routes(SYSTEMS), crud.routes(POOLS)
_SYSTEMS[SYSTEMS.path]["POST"] = add
_POOLS[POOLS.path].pop("POST")
_POOLS[f"{POOLS.path}/{{}}"].pop("DELETE")
ROUTES: crud.Routes = {**_SYSTEMS, **_POOLS, "storage-systems/{}/storage-pools": {"GET": pools}}
