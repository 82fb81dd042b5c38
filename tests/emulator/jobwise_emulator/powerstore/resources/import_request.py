# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new import session may ask for (PowerStore REST 4.0, import_session create)."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call
from jobwise_emulator.powerstore.errors import Refused, not_found
from jobwise_emulator.powerstore.resources import names, protection
from jobwise_emulator.powerstore.resources.import_sources import Source
from jobwise_emulator.powerstore.resources.members import LIVE, refuse_destination

HOSTS = {"host_ids": "host", "host_group_ids": "host_group"}
MEMBER_HOSTS = {
    "consistency_group_member_host_ids": "host_ids",
    "consistency_group_member_host_group_ids": "host_group_ids",
}
FQDN = re.compile(
    r"(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\.?"
)

Sides = dict[str, list[Json]]
"""Hosts and host groups to map to, as bodies of a mapping, by the WWN of the source volume."""


def check_plain(world: ApplianceState, body: Json) -> None:
    """Name, description and discovery address: 400 for what cannot be."""
    name = body["name"]
    names.plain(name)
    if any(character.isspace() for character in name):
        raise Refused(400, "0xE0A0D0040001", f"The import session name {name} contains white space.", name)
    if world.store.named("import_session", name):
        raise Refused(400, "0xE0A0D0040002", f"An import session with the name {name} exists already.", name)
    names.printable(body.get("description") or "", "description")
    if "global_storage_discovery_address" in body:
        check_address(body["global_storage_discovery_address"], "global_storage_discovery_address")


def check_address(address: str, what: str) -> None:
    """400 for what is neither an IP address nor a host name."""
    try:
        ipaddress.ip_address(address)
    except ValueError:
        digits_only = re.fullmatch(r"[\d.]*", address)
        if digits_only or not FQDN.fullmatch(address):
            raise Refused(400, "0xE0A0D0040003", f"{what}: {address} is no address.", address) from None


def check_schedule(world: ApplianceState, body: Json) -> None:
    """422 for a start that lies in the past."""
    when = body.get("scheduled_timestamp")
    if when is not None and protection.past(world, when):
        raise Refused(422, "0xE0A0D0040004", f"The scheduled time {when} is in the past.", when)


def check_group(world: ApplianceState, body: Json, source: Source) -> None:
    """The volume group that an imported volume joins: only for volumes, and a live group that nobody else writes."""
    if not body.get("volume_group_id"):
        return
    if source.is_group:
        text = "volume_group_id is only for the import of a volume; a consistency group gets a volume group of its own."
        raise Refused(422, "0xE0A0D0040005", text)
    group = world.find("volume_group", body["volume_group_id"])
    if group["type"] not in LIVE:
        text = f"{group['name']} is a {group['type']}; a volume can only be imported into a primary group or a clone."
        raise Refused(422, "0xE0A0D0040006", text, group["name"])
    refuse_destination(group)


def refuse_replication(world: ApplianceState, body: Json) -> None:
    """422 for a protection policy with a replication rule, which only the job finds out."""
    if body.get("protection_policy_id"):
        policy = world.find("policy", body["protection_policy_id"])
        if policy.get("@replication_rules"):
            text = f"Policy {policy['name']} has a replication rule; only snapshot policies are supported in an import."
            raise Refused(422, "0xE0A0D0040007", text, policy["name"])


def check_hosts(call: Call, source: Source, kind: str) -> Sides:
    """Hosts and host groups: only for agentless imports, member mappings only for groups, and all of them exist.

    Answers the mappings for each source volume by its WWN.
    """
    body = call.body
    given = [name for name in (*HOSTS, *MEMBER_HOSTS) if body.get(name)]
    if given and kind != "Agentless":
        raise Refused(422, "0xE0A0D0040008", f"{given[0]} is only for agentless imports.", given[0])
    common = [side for name in HOSTS for side in sides(call.world, name, body.get(name) or [])]
    wwns = [str(member["wwn"]) for member in source.members or (source.entry,)]
    found = {wwn: list(common) for wwn in wwns}
    for name, inner in MEMBER_HOSTS.items():
        if not body.get(name):
            continue
        if not source.is_group:
            raise Refused(422, "0xE0A0D0040009", f"{name} is only for the import of a consistency group.", name)
        if body.get(inner):
            raise Refused(422, "0xE0A0D004000A", f"{inner} and {name} cannot be given together.", inner, name)
        for wwn, more in member_sides(call.world, name, body[name], wwns):
            found[wwn] += more
    return found


def sides(world: ApplianceState, name: str, keys: list[Any]) -> list[Json]:
    """The mappings for a list of ids of hosts or host groups that must exist."""
    for key in keys:
        if world.store.get(HOSTS[name], key) is None:
            raise not_found(HOSTS[name], str(key))
    return [{f"{HOSTS[name]}_id": key} for key in keys]


def member_sides(
    world: ApplianceState, name: str, entries: list[Json], wwns: list[str]
) -> list[tuple[str, list[Json]]]:
    """The mappings of a consistency group's members; each member at most once, and none that is not one."""
    result: list[tuple[str, list[Json]]] = []
    for entry in entries:
        wwn = str(entry.get("volume_wwn"))
        if wwn not in wwns:
            text = f"{name}: {wwn} is not the WWN of a volume in the consistency group."
            raise Refused(422, "0xE0A0D004000B", text, wwn)
        if wwn in [one for one, dummy in result]:
            raise Refused(422, "0xE0A0D004000C", f"{name}: {wwn} is listed twice.", wwn)
        inner = MEMBER_HOSTS[name]
        result.append((wwn, sides(world, inner, entry.get(inner) or [])))
    return result
