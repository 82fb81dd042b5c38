# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a seed (built in, or a JSON file) to resources.

``{"settings": {...}, "<category>": [{attributes}, ...]}``; users have ``password`` and ``permissions``. A reference may
be ``name:<name>`` of a category that is planted before. What a file names replaces what is built in. See README.md.
"""

from __future__ import annotations

import uuid
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview import settings
from jobwise_emulator.oneview.appliance_state import ApplianceState
from jobwise_emulator.oneview.resources import KINDS, backups, certificates, storage, users, volumes
from jobwise_emulator.platforms import OrderError

SPACE = uuid.UUID("0c4f3e0a-3a55-4b1c-8c1e-9f1d3c6e2a77")
FIRST = (
    *("scopes", "users", "ethernet-networks", "fc-networks", "fcoe-networks", "network-sets", "server-hardware-types"),
    *("enclosure-groups", "enclosures", "server-hardware", "storage-systems", "server-profile-templates"),
    "server-profiles",
)
SINGLE = ("backups/config", "appliance/configuration/time-locale")
"""What there is exactly one of."""


def plant(world: ApplianceState, seed: Json, built_in: set[str], certificate: str) -> None:
    """Everything that a seed names; of what is built in, only what refers to nothing that the seed left out."""
    world.settings = settings.merge(None, seed.get("settings", {}))
    unknown = set(seed) - {*KINDS, "settings"}
    if unknown:
        raise OrderError(f"unknown categories in the seed: {', '.join(sorted(unknown))}")
    for path in (*FIRST, *(path for path in KINDS if path not in FIRST)):
        for order in seed.get(path, []):
            try:
                seed_one(world, path, order)
            except OrderError:
                if path not in built_in:
                    raise
    for path in SINGLE:
        if not world.all(path):
            seed_one(world, path, {"uri": f"/rest/{path}"})
    certificates.seeded(world, certificate)
    if "backups" not in seed:
        backups.seeded(world, hours=72)


def seed_one(world: ApplianceState, path: str, order: Json) -> Json:
    """One resource; its id comes from its category and name, and is the same at every start."""
    if path == "users":
        return users.plant(world, {"password": "Password123!", **order})
    kind = KINDS[path]
    if path == "storage-systems":
        return storage_system(world, order)
    if path == "storage-volumes":
        return volumes.plant(world, resolved(world, order))
    if path.startswith("certificates/"):
        return certificates.store(world, kind, order["aliasName"], order["base64Data"])
    name = str(order.get(kind.key, order.get("id", "")))
    facts = {"id": str(uuid.uuid5(SPACE, f"{path} {name.lower()}")), **resolved(world, order)}
    uri = facts.get("uri") or f"/rest/{path}/{facts['id']}"
    if world.find(uri):
        facts["id"] = str(uuid.uuid4())
    if "uri" in order:
        facts.pop("id")
    elif "id" not in kind.shape:
        facts["uri"] = f"/rest/{path}/{facts.pop('id')}"
    return world.add(kind, facts)


def storage_system(world: ApplianceState, order: Json) -> Json:
    """A system that the settings know, by its ``hostname``; managed if the order has ``managedPools``."""
    array = world.settings["arrays"].get(order.get("hostname"))
    if array is None:
        raise OrderError(f"the settings know no array {order.get('hostname')!r}")
    return storage.plant(world, order, array)


def resolved(world: ApplianceState, value: Any) -> Any:
    """A copy with ``name:<category>/<name>`` replaced by URIs."""
    if isinstance(value, dict):
        return {name: resolved(world, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolved(world, inner) for inner in value]
    if isinstance(value, str) and value.startswith("name:"):
        path, dummy, name = value[5:].partition("/")
        found = world.named(path, name, KINDS[path].key) if path in KINDS else None
        if found is None:
            raise OrderError(f"there is no {value!r}")
        return found["uri"]
    return value
