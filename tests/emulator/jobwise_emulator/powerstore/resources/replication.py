# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replication by policy: a volume or group whose protection policy has a replication rule has a session.

Source: PowerStore REST 4.0, replication_session, replication_rule, policy; volume_modify (protection_policy_id). The
second array does not exist, so nothing appears there.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources import session_clock
from jobwise_emulator.powerstore.resources.members import members

KINDS = ("volume", "volume_group")
ZERO = "Zero"
"""The RPO of a synchronous replication."""
NEEDED = {True: "Synchronous_Block_Replication", False: "Asynchronous_Block_Replication"}


def new_session(world: ApplianceState, kind: str, target: Json, remote_id: str, **attributes: object) -> Json:
    """A stored session of a volume or group, with a pair for each volume, that begins to move."""
    volumes = members(world, target) if kind == "volume_group" else [target]
    session = world.new(
        "replication_session",
        **{
            "resource_type": kind,
            "local_resource_id": target["id"],
            "remote_resource_id": world.new_id(),
            "remote_system_id": remote_id,
            "local_resource_state": "System_Defined",
            "data_connection_state": "OK",
            "storage_element_pairs": [pair(world, volume) for volume in volumes],
            f"@{kind}s": [target["id"]],
            **attributes,
        },
    )
    session_clock.start(world, session)
    world.store.add("replication_session", session)
    return session


def pair(world: ApplianceState, volume: Json) -> Json:
    """A volume and its other half, which is nowhere to be seen."""
    blank = world.catalog.blank_struct("replication_element_pair")
    ids = {"local_storage_element_id": volume["id"], "remote_storage_element_id": world.new_id()}
    return {**blank, **ids, "storage_element_type": "volume"}


def rule_of(world: ApplianceState, policy_id: str | None) -> Json | None:
    """The replication rule of a policy, if it has one."""
    policy = world.store.get("policy", policy_id or "") or {}
    keys = policy.get("@replication_rules") or []
    return world.store.get("replication_rule", keys[0]) if keys else None


def check_policy(world: ApplianceState, kind: str, entry: Json, policy_id: str | None) -> None:
    """422 for a policy that would replicate what cannot be replicated; ``entry`` may be an object yet to be made."""
    rule = rule_of(world, policy_id)
    if rule is not None and kind in KINDS:
        check_rule(world, kind, entry, rule)


def check_rule(world: ApplianceState, kind: str, entry: Json, rule: Json) -> None:
    """What a rule needs: no metro, a remote system that can do it, and for an RPO of zero, low latency and a group that
    keeps the order of writes.
    """
    name, remote = entry["name"], world.find("remote_system", rule["remote_system_id"])
    if entry.get("metro_replication_session_id"):
        raise Refused(422, "0xE02010050010", f"{name} is under metro and takes no replication rule.", name)
    needed = NEEDED[rule["rpo"] == ZERO]
    if needed not in remote["capabilities"]:
        text = f"Remote system {remote['name']} does not support {needed}."
        raise Refused(422, "0xE02010050011", text, remote["name"])
    if rule["rpo"] != ZERO:
        return
    if remote["data_network_latency"] not in (None, "Low"):
        text = f"The latency to remote system {remote['name']} is too high for synchronous replication."
        raise Refused(422, "0xE02010050012", text, remote["name"])
    if kind == "volume_group" and not entry["is_write_order_consistent"]:
        raise Refused(422, "0xE02010050013", f"Volume group {name} does not keep the order of writes.", name)


def source_sessions(world: ApplianceState, entry: Json) -> list[Json]:
    """The sessions that a policy has made for an object, without those that are going away."""
    sessions = world.store.where("replication_session", "local_resource_id", entry["id"])
    return [one for one in sessions if one["role"] == "Source" and session_clock.ENDED not in one]


def follow_policy(world: ApplianceState, kind: str, entry: Json) -> None:
    """Make, keep or end the session of an object, so that it is what the object's policy asks for."""
    rule = rule_of(world, entry["protection_policy_id"])
    for session in source_sessions(world, entry):
        if rule is not None and session["replication_rule_id"] == rule["id"]:
            return
        session_clock.end(world, session)
    if rule is not None:
        how = session_clock.SYNCHRONOUS if rule["rpo"] == ZERO else session_clock.ASYNCHRONOUS
        mark = {"role": "Source", "type": how, "replication_rule_id": rule["id"]}
        new_session(world, kind, entry, rule["remote_system_id"], **mark)


def forget(world: ApplianceState, entry: Json) -> None:
    """Drop the sessions of an object that disappears."""
    for session in world.store.where("replication_session", "local_resource_id", entry["id"]):
        world.store.remove("replication_session", session["id"])
