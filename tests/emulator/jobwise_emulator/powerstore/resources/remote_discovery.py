# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a discovery finds on an external array (PowerStore REST 4.0, remote_system discover)."""

from __future__ import annotations

import uuid

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.resources.import_sources import FAMILIES, Family

TIMES = ("last_updated_timestamp", "last_update_time")


def discover(world: ApplianceState, system: Json) -> None:
    """Bring the source objects of a remote system up to date; those known already stay as they are.

    The setting ``discoverable`` holds, by name of the remote system and type, what there is to be found.
    """
    family = FAMILIES.get(system["type"])
    if family is None:
        return
    add_array(world, family, system)
    found = world.settings["discoverable"].get(system["name"], {})
    of_files = ("file_import_nas_server", "remote_system_id")
    for kind, system_key in ((family.group, family.system_key), (family.volume, family.system_key), of_files):
        for attributes in found.get(kind, []):
            known = [one["name"] for one in world.store.where(kind, system_key, system["id"])]
            if attributes["name"] not in known:
                key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{system['id']}/{kind}/{attributes['name']}"))
                entry = world.new(kind, **{**attributes, "id": key, system_key: system["id"]})
                world.store.add(kind, entry)


def add_array(world: ApplianceState, family: Family, system: Json) -> None:
    """The object of the array itself, which has the id of its remote system."""
    if not family.array:
        return
    entry = world.store.get(family.array, system["id"])
    if entry is None:
        entry = world.new(family.array, id=system["id"])
        known = world.catalog.attributes(family.array)
        usual = {name: system[name] for name in ("name", "management_address", "user_name")}
        usual["supported_import_type"] = "Agentless"
        if "Block_Nondisruptive_Import" in system["capabilities"]:
            usual["supported_import_type"] = "Non_Disruptive_And_Agentless"
        entry.update({name: value for name, value in usual.items() if name in known})
        world.store.add(family.array, entry)
    for name in TIMES:
        if name in entry:
            entry[name] = world.now()
