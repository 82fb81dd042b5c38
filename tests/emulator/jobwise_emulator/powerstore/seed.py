# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects put into the store without the rules for users: the seed, and somebody else's changes.

An entry holds attributes of the type's instances, plus for some types the short forms in ``EXTRA``. A missing id is
made from type, place and name, so that it is the same at every start. ``<relation>_id`` may be ``name:<name>``; a
to-many relation that no foreign key tells may be given as a list of ids.
"""

from __future__ import annotations

import uuid
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError
from jobwise_emulator.powerstore import verbs
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Rules
from jobwise_emulator.powerstore.catalog import is_localized
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources import RULES, import_sources

EXTRA = {
    "volume_group": {"volume_ids"},
    "policy": {"snapshot_rule_ids", "replication_rule_ids", "io_limit_rule_id"},
    "smb_share": {"aces"},
    "file_virus_checker": {"accounts"},
    "local_user": {"password", "is_password_change_required"},
    "x509_certificate": {"certificate", "private_key", "passphrase"},
}
FIRST = (
    "cluster",
    "role",
    "appliance",
    "remote_system",
    "host_group",
    *(family.array for family in import_sources.FAMILIES.values() if family.array),
    *(family.group for family in import_sources.FAMILIES.values() if family.group),
    "snapshot_rule",
    "replication_rule",
    "io_limit_rule",
    "policy",
    "volume",
)
SAMPLES = ("volume", "volume_group")


def plant(world: ApplianceState, seed: Json) -> None:
    """Put every object of a seed into an empty store; raises ``OrderError`` for what the API does not know."""
    kinds = [kind for kind in seed if kind not in ("users", "peers", "settings")]
    set_settings(world, seed.get("settings", {}))
    for kind in sorted(kinds, key=lambda kind: FIRST.index(kind) if kind in FIRST else len(FIRST)):
        for place, attributes in enumerate(seed[kind]):
            seed_one(world, kind, attributes, place)
    roles = {role["name"]: role["id"] for role in world.store.all("role")}
    for user in seed.get("users", []):
        plant_user(world, user, roles)


def set_settings(world: ApplianceState, values: Json) -> None:
    """Change some of the emulator's own settings."""
    unknown = sorted(set(values) - set(world.settings))
    if unknown:
        raise OrderError(f"there is no setting {unknown[0]!r}; there are {sorted(world.settings)}")
    world.settings.update(values)


def plant_user(world: ApplianceState, user: Json, roles: dict[str, str]) -> None:
    """A local user; ``role`` names the role, a user of the same name is replaced."""
    attributes = {key: value for key, value in user.items() if key != "role"}
    if "role" in user:
        if user["role"] not in roles:
            raise OrderError(f"unknown role {user['role']!r}")
        attributes["role_id"] = roles[user["role"]]
    same = world.store.where("local_user", "name", user.get("name"))
    number = same[0]["id"] if same else str(len(world.store.all("local_user")) + 1)
    seed_one(world, "local_user", {"id": number, **attributes}, 0)


def seed_one(world: ApplianceState, kind: str, attributes: Json, place: int) -> Json:
    """One object, completed and stored."""
    refuse_unknown(world, kind)
    refuse_derived(world, kind)
    values = translate(world, kind, attributes)
    seed_of_id = f"{kind}/{place}/{values.get('name')}"
    key = values.get("id") or str(uuid.uuid5(uuid.NAMESPACE_URL, seed_of_id))
    entry = world.new(kind, **{**values, "id": key})
    finish(world, kind, entry)
    world.store.add(kind, entry)
    return entry


def refuse_unknown(world: ApplianceState, kind: str) -> None:
    """A type must exist and have objects, which logout and metrics do not."""
    if kind not in world.catalog.types or f"{kind}_instance" not in world.catalog.structs:
        raise OrderError(f"unknown resource type {kind!r}")


def refuse_derived(world: ApplianceState, kind: str) -> None:
    """Objects that are made from others when they are read cannot be stored."""
    if kind in world.store.providers:
        raise OrderError(f"objects of type {kind} are made by the emulator and cannot be set")


def finish(world: ApplianceState, kind: str, entry: Json) -> None:
    """Let the type's own file fill in the rest."""
    rules = RULES.get(kind)
    if rules and rules.complete:
        try:
            rules.complete(world, entry)
        except Refused as refusal:
            raise OrderError(str(refusal)) from None


def translate(world: ApplianceState, kind: str, attributes: Json) -> Json:
    """Attributes as they are stored: names resolved, relation lists hidden; raises for unknown ones."""
    known = world.internal().catalog.attributes(kind)
    values: Json = {}
    for name, value in attributes.items():
        facts = known.get(name)
        if name in EXTRA.get(kind, set()):
            values[name] = value
        elif facts is None or is_localized(name, known):
            raise OrderError(f"{kind} has no attribute {name!r} that can be set")
        elif facts["type"] == "relation":
            values[f"@{name}"] = list(value)
        else:
            values[name] = resolve(world, known.get(name[:-3]), value)
    return values


def resolve(world: ApplianceState, relation: Json | None, value: Any) -> Any:
    """The id for ``name:<name>`` where a relation tells the type."""
    if relation is None or not relation.get("relation") or not str(value).startswith("name:"):
        return value
    try:
        return world.find(relation["relation"], value)["id"]
    except Refused as refusal:
        raise OrderError(str(refusal)) from None


def change(world: ApplianceState, order: Json) -> Json:
    """Somebody else's change: ``create``, ``set`` or ``delete``; answers the object's id."""
    kind = str(order.get("type"))
    if kind == "settings":
        set_settings(world, order.get("set") or {})
        return {"id": kind}
    refuse_unknown(world, kind)
    if "create" in order:
        return {"id": seed_one(world, kind, {"id": world.new_id(kind), **order["create"]}, 0)["id"]}
    refuse_derived(world, kind)
    entry = lookup(world, kind, order)
    if order.get("delete"):
        verbs.remove(world, kind, RULES.get(kind, Rules()), entry)
    elif isinstance(order.get("set"), dict):
        update(world, kind, entry, order["set"])
    else:
        raise OrderError("a change needs create, set or delete")
    return {"id": entry["id"]}


def update(world: ApplianceState, kind: str, entry: Json, attributes: Json) -> None:
    """Overwrite attributes; embedded structs are merged, the short forms of ``EXTRA`` are taken."""
    values = translate(world, kind, attributes)
    for name, value in values.items():
        both = isinstance(value, dict) and isinstance(entry.get(name), dict)
        entry[name] = {**entry[name], **value} if both else value
    if any(name in EXTRA.get(kind, set()) for name in values):
        if "volume_ids" in values:
            entry["@volumes"] = []
        finish(world, kind, entry)
    rules = RULES.get(kind)
    if rules and rules.changed:
        rules.changed(world, entry, values)


def lookup(world: ApplianceState, kind: str, order: Json) -> Json:
    """The object an order names by ``id`` or ``name``."""
    if "id" in order:
        found = [world.store.get(kind, str(order["id"]))]
    else:
        found = [*world.store.named(kind, str(order.get("name")))]
    if len(found) != 1 or found[0] is None:
        raise OrderError(f"{len([one for one in found if one])} objects of type {kind} match the order")
    return found[0]
