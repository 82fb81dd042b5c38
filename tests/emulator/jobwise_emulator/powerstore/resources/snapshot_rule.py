# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshot rules: create, modify, delete, clone. No snapshots are taken by them.

Source: PowerStore REST 4.0, snapshot_rule, snapshot_rule_create, snapshot_rule_modify, snapshot_rule_delete and action
clone. That a time is shown with seconds is what Dell's Ansible and Terraform clients expect.
"""

from __future__ import annotations

import re

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names, protection
from jobwise_emulator.powerstore.resources.policy import users_of
from jobwise_emulator.powerstore.resources.volume import remove_volume
from jobwise_emulator.powerstore.resources.volume_group import remove_group

TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
LONGEST = {"local": 8760, "remote": 613200}
"""Hours: one year for snapshots on this array, 70 years for those on another system."""
REMOVERS = {
    "volume_group": lambda world, entry: remove_group(world, entry, with_members=True),
    "volume": remove_volume,
}


def create(call: Call) -> Effect:
    """A new rule."""
    world, body = call.world, call.body
    check_name(world, body["name"])
    check_body(world, body, body.get("remote_system_id"))
    if not (body.get("interval") or body.get("time_of_day")):
        raise Refused(400, "0xE02030010002", "Either interval or time_of_day is needed.")

    def effect() -> Json:
        rule = world.new("snapshot_rule", **body)
        complete(world, rule)
        world.store.add("snapshot_rule", rule)
        return {"id": rule["id"]}

    return effect


def check_name(world: ApplianceState, name: str, own: str | None = None) -> None:
    """Unique among snapshot rules, ignoring case."""
    names.visible(name)
    if len(name) > names.MAXIMUM:
        raise Refused(400, "0xE02030010006", f"The name must not be longer than {names.MAXIMUM} characters.", name)
    if names.others(world, "snapshot_rule", name, own):
        raise Refused(400, "0xE02030010015", f"A snapshot rule with the name {name} exists already.", name)


def check_body(world: ApplianceState, body: Json, remote: str | None) -> None:
    """Schedule, retention and remote system; ``remote`` is the system that the rule has after the request."""
    if body.get("interval") and body.get("time_of_day"):
        raise Refused(400, "0xE02030010001", "Only one of interval and time_of_day can be given.")
    if "time_of_day" in body and not TIME.fullmatch(body["time_of_day"]):
        raise Refused(400, "0xE02030010003", f"{body['time_of_day']} is not a time as hh:mm.", body["time_of_day"])
    longest = LONGEST["remote" if remote else "local"]
    if body.get("desired_retention", 0) > longest:
        raise Refused(400, "0xE02030010004", f"The longest retention is {longest} hours.", str(longest))
    if body.get("remote_system_id"):
        system = world.find("remote_system", body["remote_system_id"])
        if system["type"] != "PowerProtect_DD":
            text = f"Remote system {system['name']} is no PowerProtect DD."
            raise Refused(422, "0xE02030010005", text, system["name"])


def modify(call: Call) -> Effect:
    """Change a rule; a new kind of schedule takes the place of the old one."""
    world, rule, body = call.world, call.target, call.body
    refuse_foreign(rule)
    if rule["is_read_only"]:
        raise Refused(422, "0xE02030010011", f"Snapshot rule {rule['name']} is read-only.", rule["name"])
    if "name" in body:
        check_name(world, body["name"], rule["id"])
    check_body(world, body, rule["remote_system_id"])
    if body.get("remote_system_id", rule["remote_system_id"]) != rule["remote_system_id"]:
        if not rule["remote_system_id"]:
            text = f"Snapshot rule {rule['name']} is for local snapshots and stays so."
            raise Refused(422, "0xE02030010012", text, rule["name"])
        refuse_used(world, rule, "moved to another remote system")

    def effect() -> None:
        if body.get("interval"):
            rule["time_of_day"] = None
        if body.get("time_of_day"):
            rule["interval"] = None
        rule.update(body)
        complete(world, rule)

    return effect


def refuse_foreign(rule: Json) -> None:
    """422 for a rule that another system manages."""
    if rule["is_replica"]:
        text = f"Snapshot rule {rule['name']} is a replica and is managed by its source system."
        raise Refused(422, "0xE02030010013", text, rule["name"])


def refuse_used(world: ApplianceState, rule: Json, what: str) -> None:
    """422 for a rule in a policy that is assigned to a storage resource."""
    for policy in world.store.where("policy", "@snapshot_rules", rule["id"]):
        for kind, entry in users_of(world, policy):
            text = f"Snapshot rule {rule['name']} cannot be {what}: policy {policy['name']} is assigned to {kind}"
            raise Refused(422, "0xE02030010014", f"{text} {entry.get('name')}.", rule["name"], policy["name"])


def delete(call: Call) -> Effect:
    """Delete a rule that no assigned policy holds; other policies lose it. Its snapshots go if asked to."""
    world, rule = call.world, call.target
    refuse_foreign(rule)
    refuse_used(world, rule, "deleted")

    def effect() -> None:
        for kind, remove in REMOVERS.items() if call.value("delete_snaps") else ():
            for entry in world.store.where(kind, "protection_data.created_by_rule_id", rule["id"]):
                if world.store.get(kind, entry["id"]) is not None and not protection.locked(world, entry):
                    remove(world, entry)
        world.store.remove("snapshot_rule", rule["id"])

    return effect


def clone(call: Call) -> Effect:
    """Copy a rule; the copy is the user's and can be changed."""
    world, rule, body = call.world, call.target, call.body
    check_name(world, body["name"])
    if rule["managed_by"] != "User" and not body.get("force"):
        text = "Only a snapshot rule managed by users can be cloned without force."
        raise Refused(422, "0xE02030010016", text, rule["name"])

    def effect() -> Json:
        own = {"id": world.new_id(), "name": body["name"], "managed_by": "User", "managed_by_id": None}
        copy = world.new("snapshot_rule", **{**rule, **own, "is_read_only": False, "is_replica": False})
        world.store.add("snapshot_rule", copy)
        return {"id": copy["id"]}

    return effect


def complete(world: ApplianceState, rule: Json) -> None:
    """Fill in what every rule has; the time zone of a rule with an interval has no meaning and is UTC."""
    if rule["time_of_day"] and TIME.fullmatch(rule["time_of_day"]):
        rule["time_of_day"] += ":00"
    rule["timezone"] = (rule["timezone"] or "UTC") if rule["time_of_day"] else "UTC"
    rule["days_of_week"] = rule["days_of_week"] or list(DAYS)
    rule["nas_access_type"] = rule["nas_access_type"] or "Protocol"
    rule["managed_by"] = rule["managed_by"] or "User"


RULES = {
    "snapshot_rule": Rules({"create": create, "modify": modify, "delete": delete, "clone": clone}, complete),
}
