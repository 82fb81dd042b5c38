# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Remote systems, and the volumes and consistency groups on them that can be imported.

Source: PowerStore REST API 4.0, remote_system, import_*_volume, import_*_consistency_group, importable_criteria.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..client import PowerStoreClient
from ..query import one_of

SYSTEM_FIELDS = ("id", "name", "type", "management_address")
SOURCE_FIELDS = "id,name,importable_criteria,importable_criteria_l10n"
AGENTLESS, NON_DISRUPTIVE = "Agentless", "Non_Disruptive"
READY_FOR = {"Ready": NON_DISRUPTIVE, "Ready_For_Agentless_Import": AGENTLESS}

# Type of remote system: the resource types of the discovered array, of its volumes, and of its consistency groups.
FAMILIES = {
    "Unity": ("import_unity", "import_unity_volume", "import_unity_consistency_group"),
    "Storage_Center": (
        "import_storage_center",
        "import_storage_center_volume",
        "import_storage_center_consistency_group",
    ),
    "PS_Equallogic": ("import_psgroup", "import_psgroup_volume"),
    "VNX": ("import_vnx_array", "import_vnx_volume", "import_vnx_consistency_group"),
    "XtremIO": ("import_xtremio", "import_xtremio_volume", "import_xtremio_consistency_group"),
    "NetApp": ("import_netapp", "import_netapp_volume"),
    "PowerMax_VMAX": ("import_vmax", "import_vmax_volume", "import_vmax_storage_group"),
    "Universal": ("", "import_universal_volume", "import_universal_consistency_group"),
}
NOTHING_TO_IMPORT = ("PowerStore", "PowerProtect_DD")


@dataclasses.dataclass(frozen=True)
class Source:
    """A volume or consistency group on a remote system.

    criteria: the array's value of importable_criteria, empty if unknown. reason: the array's text for it.
    here: whether the source is known to be on the remote system of the task.
    """

    id: str
    name: str
    is_group: bool = False
    criteria: str = ""
    reason: str = ""
    here: bool = False


def find_system(client: PowerStoreClient, reference: Reference) -> Json:
    """Return the remote system with id, name, type and address; raise InputError if it does not exist."""
    systems = client.query("remote_system", {"select": ",".join(SYSTEM_FIELDS)})
    found = [system for system in systems if str(reference) == system["id"] or reference.matches(system)]
    if not found:
        known = ", ".join(sorted(str(system["name"]) for system in systems)) or "none"
        raise InputError(f"remote_system: the array has no remote system {reference}.", hint=f"Known: {known}.")
    return found[0]


def find_source(client: PowerStoreClient, system: Json, reference: Reference, expected: str = "") -> Source:
    """Return the source with an id or a name; raise InputError if nothing matches or the name is ambiguous.

    expected: the id that decides between several sources of the same name.
    Several arrays may have sources of the same name: those on this system take precedence.
    For a type of remote system that this collection does not know, the id is used without a look-up.
    """
    kind = str(system.get("type"))
    if kind in NOTHING_TO_IMPORT:
        raise InputError(f"remote_system: {system['name']} is of type {kind}; nothing can be imported from it.")
    if kind not in FAMILIES:
        return Source(str(reference), str(reference))
    found: list[Source] = []
    array, *types = FAMILIES[kind]
    place = f"{array}(management_address)" if array else "remote_system_id"
    for type_ in types:
        rows = client.query(type_, {**_filter(reference), "select": f"{SOURCE_FIELDS},{place}"})
        for row in rows:
            where = (row.get(array) or {}).get("management_address") if array else row.get("remote_system_id")
            here = where == system.get("management_address" if array else "id")
            found.append(_source(row, is_group=type_ != types[0], here=here))
        by_id = [source for source in found if source.id in (str(reference), expected)]
        if by_id:
            return by_id[0]
    if not found:
        raise InputError(
            f"source: no volume or consistency group {reference} has been found on {system['name']}.",
            hint="The array knows only the sources that its last discovery of the remote system found.",
        )
    found = [source for source in found if source.here] or found
    if len(found) > 1:
        ids = ", ".join(source.id for source in found)
        raise InputError(f"source: there are {len(found)} sources named {reference}.", hint=f"Give the id: {ids}.")
    return found[0]


def _filter(reference: Reference) -> dict[str, str]:
    if reference.id is not None:
        return {"id": f"eq.{reference.id}"}
    either = one_of([str(reference.name)])  # ids are not UUIDs on every kind of system
    return {"or": f"(id.{either},name.{either})"}


def _source(row: Json, is_group: bool, here: bool) -> Source:
    criteria = str(row.get("importable_criteria") or "")
    reason = str(row.get("importable_criteria_l10n") or criteria)
    return Source(str(row["id"]), str(row.get("name") or row["id"]), is_group, criteria, reason, here)


def check_importable(source: Source, type_: str) -> list[str]:
    """Return a warning if the source fits another type of import; raise InputError if the array cannot import it."""
    title = "Consistency group" if source.is_group else "Volume"
    if not source.criteria:
        return []
    fits = READY_FOR.get(source.criteria)
    if fits is None:
        hint = {
            "In_Progress": "It already has an import session.",
            "Imported": "It has been imported before.",
        }.get(source.criteria, "Correct that, discover the remote system again, then run the task again.")
        raise InputError(
            f"{title} {source.name} cannot be imported; the array says: {source.reason} ({source.criteria}).", hint=hint
        )
    if fits != type_:
        return [f"{title} {source.name} is {source.criteria}, which fits type: {fits} rather than {type_}."]
    return []
