# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What keeps a volume or a clone from being deleted.

Source: PowerStore REST API 4.0, volume (delete), protection_data.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.make_plan import make_plan
from ..._engine.planning.plan import Plan
from ..._engine.table.list_changes import changes_of
from ..._engine.table.lists import REMOVE
from ..._engine.table.resource_type import ResourceType
from ..._engine.table.values import agrees
from ..client import PowerStoreClient
from ..other_array import METRO, source_array
from ..preflight import is_held
from ..resources.block import SNAPSHOTS

POLICY = "protection_policy"
CONSENT = "allow_detach"
OWN_TASK = "in a task of its own with"


def released_first(resource: ResourceType, current: Json, desired: Json, deletion: Plan) -> Plan:
    """Return the plan of a deletion that first releases the volume from what the task names, if the task allows it.

    These are mappings and the protection policy. Whatever else uses the volume keeps it from being deleted.
    """
    if not deletion.deletes or not desired.get(CONSENT):
        return deletion
    release: Json = {"state": "present", resource.key: current[resource.key]}
    for list_ in resource.lists:
        release.update({list_.option: desired.get(list_.option), list_.mode: REMOVE})
    if _names_policy(resource, current, desired):
        release[POLICY] = ""
    return dataclasses.replace(deletion, steps=(*make_plan(resource, current, release).steps, *deletion.steps))


def without_released(resource: ResourceType, current: Json, desired: Json) -> Json:
    """Return a volume as it is when the plan deletes it: without what the task has released."""
    if not desired.get(CONSENT):
        return current
    gone = [
        row["id"]
        for list_ in resource.lists
        if desired.get(list_.option)
        for row in changes_of(list_, current, {**desired, list_.mode: REMOVE}).remove
    ]
    mappings = [row for row in current.get("mapped_volumes") or () if row["id"] not in gone]
    policy = None if _names_policy(resource, current, desired) else current.get(POLICY)
    return {**current, "mapped_volumes": mappings, POLICY: policy}


def _names_policy(resource: ResourceType, current: Json, desired: Json) -> bool:
    """Return whether the task names the protection policy that the volume has."""
    attribute = next(one for one in resource.attributes if one.option == POLICY)
    now, named = attribute.current_value(current), desired.get(POLICY)
    return bool(now and named) and agrees(attribute, now, named)


def check_removal(client: PowerStoreClient, current: Json | None, plan: Plan, to_bin: bool, module: str = "") -> None:
    """Raise InputError that names everything that keeps a volume from being deleted.

    to_bin: whether the volume goes to the recycle bin. module: the module whose options remove an obstacle, if it is
    not the task's own.
    """
    if current is None or not plan.deletes:
        return
    mistakes = Mistakes()
    obstacles = _obstacles(current, f"with {module} and" if module else OWN_TASK)
    for message, hint in (*obstacles, *_snapshots(current, to_bin), *_sessions(client, current)):
        mistakes.add(f"Volume {current['name']} {message}.", f"{hint} {UNTOUCHED}".lstrip())
    mistakes.refuse()


def _sessions(client: PowerStoreClient, current: Json) -> list[tuple[str, str]]:
    """Return a message and a hint if a replication session writes to the volume."""
    source = source_array(client, current)
    if source is None:
        return []
    return [
        (
            f"is the destination of a replication from {source}",
            f"Remove the protection policy from its source on {source} first.",
        )
    ]


def _obstacles(current: Json, how: str) -> list[tuple[str, str]]:
    """Return what keeps a volume from being deleted, as phrases, each with a hint.

    how: the task that removes an obstacle, in words. It is never the task that deletes the volume: a list of hosts that
    turns out empty must not be enough to delete a volume that hosts use.
    """
    found = []
    sides = [row.get("host") or row.get("host_group") for row in current.get("mapped_volumes") or ()]
    if sides:
        names = ", ".join(sorted(str(side.get("name") or side["id"]) for side in sides if side))
        options = " and ".join(
            option
            for option, relation in (("mapped_hosts: []", "host"), ("mapped_host_groups: []", "host_group"))
            if any(row.get(relation) for row in current["mapped_volumes"])
        )
        consent = "" if how != OWN_TASK else f", or name them with {CONSENT}: true"
        found.append((f"is mapped to {names}", f"Unmap it first, {how} {options}{consent}."))
    groups = ", ".join(str(group.get("name") or group["id"]) for group in current.get("volume_groups") or ())
    if groups:
        found.append((f"is in volume group {groups}", f'Remove it from the group first, {how} volume_group: "".'))
    policy = current.get(POLICY)
    if policy:
        name = policy.get("name") or policy["id"]
        found.append((f"has protection policy {name}", f'Remove the policy first, {how} protection_policy: "".'))
    if current.get(METRO):
        found.append(("is a metro volume", "End metro first, with volume_metro and state: absent."))
    if current.get("migration_session_id"):
        found.append(("is being migrated to another appliance", "Wait for the end of the migration, or cancel it."))
    return found


def _snapshots(current: Json, to_bin: bool) -> list[tuple[str, str]]:
    """Return the snapshots that keep a volume from being deleted, as phrases, each with a hint.

    to_bin: whether the volume goes to the recycle bin, where secure snapshots stay secure.
    """
    rows = current.get(SNAPSHOTS.option) or []
    held = [str(row["name"]) for row in rows if is_held(row) and not to_bin]
    mapped = [str(row["name"]) for row in rows if row.get("mapped_volumes")]
    in_sets = [
        f"{row['name']} (in {', '.join(str(group.get('name') or group['id']) for group in row['volume_groups'])})"
        for row in rows
        if row.get("volume_groups")
    ]
    found = []
    if held:
        hint = "immediate: false moves the volume to the recycle bin with them."
        found.append((f"has secure snapshots, which nobody can delete before they expire: {', '.join(held)}", hint))
    if mapped:
        found.append((f"has snapshots that are mapped: {', '.join(mapped)}", "Unmap them first."))
    if in_sets:
        found.append((f"has snapshots in snapshot sets: {', '.join(in_sets)}", "Delete the snapshot sets first."))
    return found
