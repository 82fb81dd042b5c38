# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""storage-volumes with their snapshots.

HPE OneView REST API: what creates a volume (``properties``) looks unlike the volume that is read and replaced; sizes
only grow; a DELETE needs an eTag, and with ``suppressDeviceUpdates`` leaves the data on the array.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call, copied
from jobwise_emulator.oneview.errors import conflict, invalid
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.resources.storage import POOLS
from jobwise_emulator.oneview.resources.volume_templates import TEMPLATES
from jobwise_emulator.oneview.tasks import Effect, Work
from jobwise_emulator.platforms import OrderError

LEAST = 256 * 1024**2
PROVISIONING = ("Thin", "Full", "Thin Deduplication")
PROPERTIES = {
    "name": str,
    "description": str,
    "size": int,
    "storagePool": "uri:storage-pools",
    "snapshotPool": "uri:storage-pools",
    "provisioningType": PROVISIONING,
    "isShareable": bool,
    "isDeduplicated": bool,
    "isCompressed": bool,
}
ORDER = {
    "type": str,
    "properties": PROPERTIES,
    "templateUri": "uri:storage-volume-templates",
    "isPermanent": bool,
    "initialScopeUris": ["uri:scopes"],
}
MANAGED = {
    "storageSystemUri": "uri:storage-systems",
    "deviceVolumeName": str,
    "name": str,
    "description": str,
    "isShareable": bool,
    "type": str,
    "initialScopeUris": ["uri:scopes"],
}


def check_name(text: str | None) -> None:
    """A volume has a name."""
    if not text:
        raise invalid("MISSING_ATTRIBUTE", "The attribute name is missing.", None, "Give a name.")


def managed_pool(world: ApplianceState, uri: str | None) -> Json:
    """A pool that volumes can be made in."""
    pool = world.find(uri) if uri else None
    if pool is None:
        raise invalid("MISSING_ATTRIBUTE", "The attribute storagePool is missing.", None, "Give a storage pool.")
    if not pool["isManaged"]:
        raise conflict("STORAGE_POOL_NOT_MANAGED", f"The pool {pool['name']} is not managed.", None, "Manage it first.")
    return pool


def take(world: ApplianceState, pool: Json, size: int) -> None:
    """Account for capacity; a negative size gives it back."""
    used = int(pool["allocatedCapacity"]) + size
    pool.update(allocatedCapacity=str(used), freeCapacity=str(int(pool["totalCapacity"]) - used))
    world.touch(POOLS, pool)


def fits(pool: Json, size: int) -> None:
    """409 when a pool is too small."""
    if size > int(pool["freeCapacity"]):
        details = f"{pool['name']} has {pool['freeCapacity']} bytes free, {size} are needed."
        raise conflict("STORAGE_POOL_FULL", "The storage pool has too little free capacity.", details, "Use another.")


def check(call: Call, body: Json, entry: Json | None) -> None:
    """The rules for a volume's PUT."""
    if entry is None:
        return
    given, old = str(body.get("provisionedCapacity") or entry["provisionedCapacity"]), int(entry["provisionedCapacity"])
    if not given.isdecimal():
        raise invalid("INVALID_VOLUME_SIZE", "The size is not valid.", given, "Give bytes as a text of digits.")
    new = int(given)
    if new < old:
        text = "A volume cannot shrink."
        raise invalid("VOLUME_CANNOT_SHRINK", text, f"It has {old} bytes, {new} are asked for.", "Give a larger size.")
    fits(call.world.find(entry["storagePoolUri"]) or {}, new - old)


def changed(world: ApplianceState, entry: Json, before: Json) -> None:
    """After a PUT: the pool has less."""
    entry["provisionedCapacity"] = entry["provisionedCapacity"] or before["provisionedCapacity"]
    entry["deviceSpecificAttributes"] = {
        **(before["deviceSpecificAttributes"] or {}),
        **(entry["deviceSpecificAttributes"] or {}),
    }
    pool = world.find(entry["storagePoolUri"])
    if pool:
        take(world, pool, int(entry["provisionedCapacity"]) - int(before["provisionedCapacity"]))


def leaving(world: ApplianceState, entry: Json) -> None:
    """A volume that a profile has attached stays."""
    users = [
        one["name"]
        for one in world.all("server-profiles")
        for attached in (one.get("sanStorage") or {}).get("volumeAttachments") or ()
        if attached.get("volumeUri") == entry["uri"]
    ]
    if users:
        raise conflict("VOLUME_IN_USE", f"{entry['name']} is attached.", f"To {', '.join(users)}.", "Detach it first.")


def gone(world: ApplianceState, entry: Json) -> None:
    """The pool has more, unless the volume was only to be forgotten; snapshots go along."""
    pool = world.find(entry["storagePoolUri"])
    system = world.find(pool["storageSystemUri"]) if pool else None
    if pool:
        take(world, pool, -int(entry["provisionedCapacity"]))
    if system and entry.get("_stays"):
        system["_volumes"][entry["deviceVolumeName"]] = int(entry["provisionedCapacity"])


VOLUMES = Kind(
    path="storage-volumes",
    type="StorageVolumeV8",
    title="volume",
    writable={
        "name": str,
        "description": str,
        "provisionedCapacity": str,
        "isShareable": bool,
        "deviceSpecificAttributes": {
            **dict.fromkeys(
                ("copyState", "snapshotPoolUri", "isDeduplicated", "isCompressed", "transport", "iqn"), object
            ),
        },
    },
    defaults={"description": "", "provisionedCapacity": None, "isShareable": False, "deviceSpecificAttributes": None},
    shown={
        "allocatedCapacity": "0",
        "isPermanent": True,
        "provisioningType": "Thin",
        "storagePoolUri": None,
        "volumeTemplateUri": None,
        "templateConsistency": "Consistent",
        "templateVersion": None,
        "deviceVolumeName": None,
        "lunWwn": None,
        "snapshotsUri": None,
        "family": "StoreServ",
        "requestingRefresh": False,
    },
    fixed=(),
    etag="ms",
    check=check,
    changed=changed,
    leaving=leaving,
    gone=gone,
)


def build(world: ApplianceState, order: Json, size: int, pool: Json) -> Json:
    """Make a volume of what an order says."""
    facts = order["properties"]
    entry = world.add(
        VOLUMES,
        {
            "name": facts["name"],
            "description": facts.get("description") or "",
            "provisionedCapacity": str(size),
            "allocatedCapacity": str(size if facts.get("provisioningType") == "Full" else 0),
            "isShareable": bool(facts.get("isShareable")),
            "isPermanent": order.get("isPermanent") is not False,
            "provisioningType": facts.get("provisioningType") or "Thin",
            "storagePoolUri": pool["uri"],
            "volumeTemplateUri": order.get("templateUri"),
            "deviceVolumeName": order.get("_device") or facts["name"],
            "family": pool["family"],
            "state": "Managed",
            "initialScopeUris": order.get("initialScopeUris"),
            "deviceSpecificAttributes": {
                "copyState": "Normal",
                "snapshotPoolUri": facts.get("snapshotPool") or pool["uri"],
                "isDeduplicated": bool(facts.get("isDeduplicated")),
                "isCompressed": bool(facts.get("isCompressed")),
                "transport": "FC",
                "iqn": None,
            },
            "_snapshots": [],
        },
    )
    digits = entry["uri"][-12:].upper()
    entry["lunWwn"] = ":".join(f"60002AC0{digits}"[at : at + 2] for at in range(0, 20, 2))
    entry["snapshotsUri"] = f"{entry['uri']}/snapshots"
    take(world, pool, size)
    return entry


def plant(world: ApplianceState, facts: Json) -> Json:
    """A volume of a seed: ``name``, ``storagePoolUri``, perhaps ``provisionedCapacity`` (bytes) and more."""
    pool = world.objects.get(POOLS.path, {}).get(str(facts.get("storagePoolUri")))
    if pool is None:
        raise OrderError(f"the volume {facts.get('name')!r} needs storagePoolUri")
    size = int(facts.get("provisionedCapacity") or LEAST)
    named = {name: facts[name] for name in PROPERTIES if name in facts}
    entry = build(world, {"properties": named, "templateUri": facts.get("volumeTemplateUri")}, size, pool)
    own = {name: value for name, value in facts.items() if name not in named and name in VOLUMES.shape}
    entry.update({**own, "provisionedCapacity": str(size)})
    return entry


def with_template(world: ApplianceState, order: Json) -> Json:
    """An order completed by its template, whose locked properties cannot be otherwise."""
    template = world.find(order["templateUri"]) if order.get("templateUri") else None
    facts: Json = dict(order.get("properties") or {})
    for name, rule in ((template or {}).get("properties") or {}).items():
        default, locked = rule.get("default"), (rule.get("meta") or {}).get("locked")
        if facts.get(name) is None:
            facts[name] = copied(default)
        elif locked and facts[name] != default:
            text = f"The template locks {name}."
            raise invalid("VOLUME_PROPERTY_LOCKED", text, f"It is {default!r}.", "Leave it out, or unlock it.")
    if template and template["storagePoolUri"] and not facts.get("storagePool"):
        facts["storagePool"] = template["storagePoolUri"]
    return {**order, "properties": facts}


def create(call: Call) -> Reply:
    """Make a volume."""
    body = bodies.parse(call.request, ORDER, call.world.exists)
    if not body.get("properties"):
        raise invalid("MISSING_ATTRIBUTE", "The attribute properties is missing.", None, "Give properties.")
    order = with_template(call.world, body)
    facts = order["properties"]
    check_name(facts.get("name"))

    def prepare() -> Effect:
        crud.unique(call, VOLUMES, facts, None)
        pool = managed_pool(call.world, facts.get("storagePool"))
        size = facts.get("size")
        if not isinstance(size, int) or size < LEAST:
            raise invalid("INVALID_VOLUME_SIZE", "The size is not valid.", f"{size}", "Give bytes, 256 MiB or more.")
        fits(pool, size)
        return lambda: build(call.world, order, size, pool)

    crud.reserve(call, VOLUMES, facts["name"])
    return call.perform(VOLUMES, "create", Work("Create", VOLUMES.path, None, facts["name"], prepare), 201)


def from_existing(call: Call) -> Reply:
    """Manage a volume that the array has already."""
    body = bodies.parse(call.request, MANAGED, call.world.exists)
    system = call.world.find(body.get("storageSystemUri") or "")
    name = body.get("deviceVolumeName")
    if system is None or name not in system["_volumes"]:
        raise invalid("DEVICE_VOLUME_NOT_FOUND", "The array has no such volume.", f"{name}", "Check deviceVolumeName.")
    pool = next(one for one in call.world.all(POOLS.path, storageSystemUri=system["uri"]))
    check_name(body.get("name"))

    def prepare() -> Effect:
        crud.unique(call, VOLUMES, body, None)
        if name not in system["_volumes"]:
            text = "The volume of the array is managed already."
            raise conflict("DEVICE_VOLUME_MANAGED", text, f"{name}", "Choose another one.")
        return done

    def done() -> Json:
        size = int(system["_volumes"].pop(name))
        return build(call.world, {"properties": body, "_device": name, **body}, size, pool)

    return call.perform(VOLUMES, "create", Work("Create", VOLUMES.path, None, body["name"], prepare), 201)


def from_snapshot(call: Call) -> Reply:
    """Make a volume of a snapshot."""
    body = bodies.parse(call.request, {**ORDER, "snapshotUri": str}, call.world.exists)
    source = str(body.get("snapshotUri") or "").partition("/snapshots/")[0]
    parent = call.world.objects.get(VOLUMES.path, {}).get(source)
    if parent is None or not any(one["uri"] == body["snapshotUri"] for one in parent["_snapshots"]):
        text = "snapshotUri names a snapshot that does not exist."
        raise invalid("RESOURCE_NOT_FOUND", text, f"{body.get('snapshotUri')}", "Give an existing URI.")
    facts = {"storagePool": parent["storagePoolUri"], **(body.get("properties") or {})}
    check_name(facts.get("name"))
    size = max(int(facts.get("size") or 0), int(parent["provisionedCapacity"]))

    def prepare() -> Effect:
        crud.unique(call, VOLUMES, facts, None)
        pool = managed_pool(call.world, facts["storagePool"])
        fits(pool, size)
        return lambda: build(call.world, {**body, "properties": facts}, size, pool)

    return call.perform(VOLUMES, "create", Work("Create", VOLUMES.path, None, facts["name"], prepare), 201)


def delete(call: Call) -> Reply:
    """Delete a volume, here or on the array as well."""
    entry = crud.target(call, VOLUMES)
    entry["_stays"] = call.flag("suppressDeviceUpdates") or (call.header("exportonly") or "").lower() == "true"
    return crud.delete(call, VOLUMES, entry)


KINDS = (VOLUMES, TEMPLATES)
_VOLUMES = crud.routes(VOLUMES)
_VOLUMES[VOLUMES.path]["POST"] = create
_VOLUMES[f"{VOLUMES.path}/{{}}"]["DELETE"] = delete
ROUTES: crud.Routes = {
    **_VOLUMES,
    **crud.routes(TEMPLATES),
    "storage-volumes/from-existing": {"POST": from_existing},
    "storage-volumes/from-snapshot": {"POST": from_snapshot},
    "storage-volumes/attachable-volumes": {"GET": lambda call: crud.listing(call, VOLUMES)},
}
