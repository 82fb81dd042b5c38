# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be imported from where: the source objects of external arrays (PowerStore REST 4.0, import_*).

An array object such as ``import_unity`` has the id of its remote system, so that the ``import_unity_id`` of a volume
names both.
"""

from __future__ import annotations

import dataclasses

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused, not_found


@dataclasses.dataclass(frozen=True)
class Family:
    """Types of the objects found on one type of remote system; ``array`` and ``group`` are empty if there is none."""

    array: str
    volume: str
    group: str = ""

    @property
    def system_key(self) -> str:
        """The attribute of volumes and groups that names their system."""
        return f"{self.array or 'remote_system'}_id"


FAMILIES = {
    "Unity": Family("import_unity", "import_unity_volume", "import_unity_consistency_group"),
    "Storage_Center": Family(
        "import_storage_center", "import_storage_center_volume", "import_storage_center_consistency_group"
    ),
    "PS_Equallogic": Family("import_psgroup", "import_psgroup_volume"),
    "VNX": Family("import_vnx_array", "import_vnx_volume", "import_vnx_consistency_group"),
    "XtremIO": Family("import_xtremio", "import_xtremio_volume", "import_xtremio_consistency_group"),
    "NetApp": Family("import_netapp", "import_netapp_volume"),
    "PowerMax_VMAX": Family("import_vmax", "import_vmax_volume", "import_vmax_storage_group"),
    "Universal": Family("", "import_universal_volume", "import_universal_consistency_group"),
}
READY_FOR = {"Non_Disruptive": "Ready", "Agentless": "Ready_For_Agentless_Import"}


@dataclasses.dataclass(frozen=True)
class Source:
    """A volume or consistency group on an external array; ``members`` are the group's volumes, empty for a volume."""

    kind: str
    entry: Json
    is_group: bool
    members: tuple[Json, ...] = ()


def locate(world: ApplianceState, key: str) -> tuple[Family, Source] | None:
    """The source object with this id, on whatever system."""
    for family in FAMILIES.values():
        volume = world.store.get(family.volume, key)
        if volume is not None:
            return family, Source(family.volume, volume, is_group=False)
        group = world.store.get(family.group, key) if family.group else None
        if group is not None:
            members = world.store.where(family.volume, f"{family.group}_id", key)
            return family, Source(family.group, group, is_group=True, members=tuple(members))
    return None


def find(world: ApplianceState, remote: Json, key: str) -> Source:
    """The source object with this id on a remote system: 404 for an unknown id, 422 for one on another system."""
    found = locate(world, key)
    if found is None:
        raise not_found("import source", key)
    family, source = found
    if source.entry[family.system_key] != remote["id"]:
        text = f"{source.entry['name']} is not a storage resource of remote system {remote['name']}."
        raise Refused(422, "0xE0A0D0020002", text, key, remote["name"])
    return source


def check_system(world: ApplianceState, remote: Json, kind: str) -> None:
    """422 for a system that nothing can be imported from, or not in this way, or not at the moment."""
    family, name = FAMILIES.get(remote["type"]), remote["name"]
    if family is None:
        text = f"Remote system {name} is of type {remote['type']}; nothing can be imported from it."
        raise Refused(422, "0xE0A0D0020003", text, name)
    if remote["state"] == "Management_Connection_Lost":
        text = f"The management connection to remote system {name} is lost."
        raise Refused(422, "0xE0A0D0020004", text, name)
    array = world.store.get(family.array, remote["id"]) if family.array else {"supported_import_type": "Agentless"}
    supported = (array or {}).get("supported_import_type") or "Not_Supported"
    if supported == "Not_Supported" or (supported == "Agentless" and kind != "Agentless"):
        text = f"Remote system {name} does not support an import of type {kind}: {supported}."
        raise Refused(422, "0xE0A0D0020005", text, name, supported)


def check_importable(source: Source, kind: str) -> None:
    """422 for a source that is not ready for this type of import; the text names its importable criteria."""
    name, criteria = str(source.entry["name"] or source.entry["id"]), str(source.entry["importable_criteria"])
    if source.is_group and not source.members:
        raise Refused(422, "0xE0A0D0020007", f"{name} cannot be imported: No_Members.", name, "No_Members")
    if criteria != READY_FOR[kind]:
        text = f"{name} cannot be imported ({kind} import): its importable criteria is {criteria}."
        raise Refused(422, "0xE0A0D0020006", text, name, criteria)


def claim(session: Json, entry: Json) -> None:
    """Mark a source as being imported; what it was before is kept."""
    session["@criteria"] = entry["importable_criteria"]
    entry["importable_criteria"] = "In_Progress"


def release(world: ApplianceState, session: Json, imported: bool) -> None:
    """Mark the source of a session as imported, or as what it was before."""
    found = locate(world, session["source_resource_id"] or "")
    before = session.pop("@criteria", None)
    if found is not None and (imported or before):
        found[1].entry["importable_criteria"] = "Imported" if imported else before
