# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replication rules: create, modify, delete.

Source: PowerStore REST 4.0, replication_rule, replication_rule_create and replication_rule_modify. That a synchronous
rule has the threshold 0 is in guides that quote Dell. Statuses and codes of refusals are not documented.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import replication
from jobwise_emulator.powerstore.resources.policy import users_of
from jobwise_emulator.powerstore.resources.replication import ZERO

MINUTES = {
    **{ZERO: 0, "Five_Minutes": 5, "Fifteen_Minutes": 15, "Thirty_Minutes": 30, "One_Hour": 60},
    **{"Six_Hours": 360, "Twelve_Hours": 720, "One_Day": 1440},
}
"""The threshold of a rule that is given none: its recovery point objective in minutes."""
SYNCHRONOUS = {"Synchronous_Block_Replication", "Synchronous_File_Replication"}


def check_body(world: ApplianceState, wanted: Json) -> None:
    """Remote system, recovery point objective and threshold; ``wanted`` is the rule after the request."""
    remote = world.find("remote_system", wanted["remote_system_id"])
    if remote["type"] != "PowerStore":
        raise Refused(422, "0xE02030020002", f"Remote system {remote['name']} is no PowerStore.", remote["name"])
    if wanted["rpo"] != ZERO:
        return
    if not SYNCHRONOUS & set(remote["capabilities"] or ()):
        text = f"Remote system {remote['name']} does not support synchronous replication."
        raise Refused(422, "0xE02030020003", text, remote["name"])
    if wanted.get("alert_threshold"):
        raise Refused(422, "0xE02030020004", "The alert threshold of a synchronous rule is 0.")


def before_create(call: Call) -> None:
    """A new rule."""
    check_body(call.world, call.body)


def before_modify(call: Call) -> None:
    """The remote system of a rule in use stays. NAS servers do not go from or to synchronous replication."""
    world, rule, body = call.world, call.target, call.body
    wanted = {**rule, **body}
    rpo_changes = wanted["rpo"] != rule["rpo"]
    if rpo_changes and "alert_threshold" not in body:
        wanted["alert_threshold"] = None
    check_body(world, wanted)
    if wanted["remote_system_id"] != rule["remote_system_id"]:
        refuse_used(world, rule, "moved to another remote system")
    for kind, entry in users(world, rule) if rpo_changes and ZERO in (wanted["rpo"], rule["rpo"]) else []:
        if kind == "nas_server":
            text = f"NAS server {entry['name']} does not change between synchronous and asynchronous replication."
            raise Refused(422, "0xE02030020005", text, entry["name"])
        if kind in replication.KINDS:
            replication.check_rule(world, kind, entry, wanted)


def users(world: ApplianceState, rule: Json) -> list[tuple[str, Json]]:
    """The storage resources with a policy that holds the rule."""
    policies = world.store.where("policy", "@replication_rules", rule["id"])
    return [user for policy in policies for user in users_of(world, policy)]


def refuse_used(world: ApplianceState, rule: Json, what: str) -> None:
    """422 for a rule in a policy that is assigned to a storage resource."""
    for kind, entry in users(world, rule):
        text = f"Replication rule {rule['name']} cannot be {what}: {kind} {entry.get('name')} has a policy with it."
        raise Refused(422, "0xE02030020006", text, rule["name"])


def after_modify(call: Call, rule: Json) -> None:
    """Another objective has another threshold, unless the request gives one."""
    if "rpo" in call.body and "alert_threshold" not in call.body:
        rule["alert_threshold"] = MINUTES[rule["rpo"]]


def delete(call: Call) -> Effect:
    """Delete a rule that no assigned policy holds; other policies lose it. One that is read-only can be deleted."""
    world, rule = call.world, call.target
    if rule["is_replica"]:
        text = f"Replication rule {rule['name']} is a replica and is managed by its source system."
        raise Refused(422, "0xE02030020007", text, rule["name"])
    refuse_used(world, rule, "deleted")
    return lambda: world.store.remove("replication_rule", rule["id"])


def complete(world: ApplianceState, rule: Json) -> None:
    """Fill in what every rule has."""
    rule["managed_by"] = rule["managed_by"] or "User"
    if rule["alert_threshold"] is None:
        rule["alert_threshold"] = MINUTES.get(rule["rpo"])


RULES = {
    "replication_rule": Rules(
        {"delete": delete},
        complete,
        before={"create": before_create, "modify": before_modify},
        after={"modify": after_modify},
    )
}
