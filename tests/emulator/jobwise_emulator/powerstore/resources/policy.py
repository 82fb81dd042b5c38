# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Policies: protection policies with snapshot and replication rules, performance policies with an I/O limit rule.

Source: PowerStore REST 4.0 and 4.1, policy, policy_create, policy_modify and action clone. How many rules a policy
takes is said in Dell's white paper on protecting data.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import names, replication
from jobwise_emulator.powerstore.resources.policies import SLOTS

RULE_KINDS = ("snapshot_rule", "replication_rule")
MOST = {"snapshot_rule": 4, "replication_rule": 1}
LIMITS = {
    "io_limit_rule_id": ("io_limit_rule", "QoS"),
    "file_io_limit_rule_id": ("file_io_limit_rule", "File_Performance"),
}
"""The rule of a policy that has only one, and the type of policy that makes. The second one came with 4.1."""
USERS = ("volume", "volume_group", "nas_server", "file_system", "virtual_volume", "virtual_machine")


def check_name(world: ApplianceState, name: str, own: str | None = None) -> None:
    """Unique among policies, ignoring case."""
    names.visible(name)
    if names.others(world, "policy", name, own):
        raise Refused(400, "0xE02020010004", f"A policy with the name {name} exists already.", name)


def lists(kind: str) -> str:
    """The hidden list that holds a policy's rules of one kind."""
    return f"@{kind}s"


def wanted_rules(world: ApplianceState, policy: Json, body: Json) -> dict[str, list[str]]:
    """The rules a policy has after a body was applied, by kind; every rule named must exist."""
    result: dict[str, list[str]] = {}
    for kind in RULE_KINDS:
        have = list(policy.get(lists(kind)) or [])
        whole, adding, removing = (body.get(f"{prefix}{kind}_ids") for prefix in ("", "add_", "remove_"))
        if whole is not None and (adding is not None or removing is not None):
            raise Refused(400, "0xE02020010005", f"{kind}_ids cannot be combined with its add_ and remove_ forms.")
        for key in [*(whole or []), *(adding or []), *(removing or [])]:
            world.find(kind, key)
        for key in removing or []:
            if key not in have:
                raise Refused(422, "0xE02020010007", f"Rule {key} is not in the policy.", key)
            have.remove(key)
        for key in adding or []:
            if key in have:
                raise Refused(422, "0xE02020010008", f"Rule {key} is in the policy already.", key)
            have.append(key)
        result[kind] = have if whole is None else list(dict.fromkeys(whole))
        if len(result[kind]) > MOST[kind]:
            text = f"A policy has at most {MOST[kind]} {kind.replace('_', ' ')}s."
            raise Refused(422, "0xE0202001000F", text, str(MOST[kind]))
    return result


def check_limits(world: ApplianceState, body: Json) -> list[str]:
    """The attributes of a body that name an I/O limit rule, after checking that it exists."""
    given = [name for name in LIMITS if body.get(name)]
    for name in given:
        world.find(LIMITS[name][0], body[name])
    return given


def set_limit(policy: Json, name: str, key: str) -> None:
    """Give a policy its I/O limit rule; only that of files can be read by its id."""
    if name == "io_limit_rule_id":
        policy["@io_limit_rule"] = [key]
    else:
        policy[name] = key


def create(call: Call) -> Effect:
    """A policy from rules of one kind, which make its type."""
    world, body = call.world, call.body
    check_texts(world, body)
    rules = wanted_rules(world, {}, body)
    limits = check_limits(world, body)
    if len(limits) + any(rules.values()) != 1:
        text = "A policy needs either snapshot or replication rules, or one I/O limit rule."
        raise Refused(400, "0xE02020010009", text)

    def effect() -> Json:
        policy = world.new("policy", name=body["name"], description=body.get("description"), managed_by="User")
        policy["type"] = LIMITS[limits[0]][1] if limits else "Protection"
        policy.update({lists(kind): keys for kind, keys in rules.items()})
        for name in limits:
            set_limit(policy, name, body[name])
        world.store.add("policy", policy)
        return {"id": policy["id"]}

    return effect


def modify(call: Call) -> Effect:
    """Change name, description or rules. The rule of an assigned performance policy stays, though not what it says."""
    world, policy, body = call.world, call.target, call.body
    refuse_read_only(policy)
    check_texts(world, body, policy["id"])
    rules = wanted_rules(world, policy, body)
    limits = check_limits(world, body)
    if policy["type"] != "Protection" and any(rules.values()):
        raise wrong_kind(policy, "snapshot or replication rules")
    if policy["type"] == "Protection" and not any(rules.values()):
        raise Refused(422, "0xE0202001000A", "A protection policy must keep at least one rule.", policy["name"])
    copied = rules["replication_rule"] != (policy.get("@replication_rules") or [])
    users = users_of(world, policy) if copied else []
    for kind, entry in users if rules["replication_rule"] else []:
        if kind in replication.KINDS:
            rule = world.find("replication_rule", rules["replication_rule"][0])
            replication.check_rule(world, kind, entry, rule)
    for name in limits:
        if policy["type"] != LIMITS[name][1]:
            raise wrong_kind(policy, name)
        refuse_assigned(world, policy, "changed")

    def effect() -> None:
        policy.update({name: body[name] for name in ("name", "description") if name in body})
        policy.update({lists(kind): keys for kind, keys in rules.items()})
        for name in limits:
            set_limit(policy, name, body[name])
        for kind, entry in users:
            if kind in replication.KINDS:
                replication.follow_policy(world, kind, entry)

    return effect


def check_texts(world: ApplianceState, body: Json, own: str | None = None) -> None:
    """Name and description."""
    names.printable(body.get("description") or "", "description")
    if "name" in body:
        check_name(world, body["name"], own)


def wrong_kind(policy: Json, what: str) -> Refused:
    """422 for a rule that does not go into this type of policy."""
    return Refused(422, "0xE0202001000B", f"A policy of type {policy['type']} takes no {what}.", policy["name"])


def refuse_read_only(policy: Json) -> None:
    """422 for a policy that somebody else manages: a predefined one, or the replica of another system's."""
    if policy["is_read_only"] or policy["is_replica"]:
        raise Refused(422, "0xE0202001000C", f"Policy {policy['name']} is read-only.", policy["name"])


def refuse_assigned(world: ApplianceState, policy: Json, what: str) -> None:
    """422 for a policy that is assigned to a storage resource."""
    for kind, entry in users_of(world, policy):
        text = f"Policy {policy['name']} is assigned to {kind} {entry.get('name')} and cannot be {what}."
        raise Refused(422, "0xE0202001000D", text, policy["name"])


def users_of(world: ApplianceState, policy: Json) -> list[tuple[str, Json]]:
    """The storage resources a policy is assigned to, with their types."""
    return [(kind, entry) for kind in USERS for slot in SLOTS for entry in world.store.where(kind, slot, policy["id"])]


def delete(call: Call) -> Effect:
    """Delete a policy that nobody uses."""
    refuse_read_only(call.target)
    refuse_assigned(call.world, call.target, "deleted")
    return lambda: call.world.store.remove("policy", call.target["id"])


def clone(call: Call) -> Effect:
    """Copy a protection policy with copies of its rules."""
    world, policy, body = call.world, call.target, call.body
    if policy["type"] != "Protection":
        raise wrong_kind(policy, "clone")
    if policy["managed_by"] != "User" and not body.get("force"):
        raise Refused(422, "0xE0202001000E", "Only a policy managed by users can be cloned without force.")
    check_name(world, body["name"])

    def effect() -> Json:
        copy = world.new("policy", name=body["name"], description=policy["description"], managed_by="User")
        copy["type"] = "Protection"
        for kind in RULE_KINDS:
            copy[lists(kind)] = [clone_rule(world, kind, key, body["name"]) for key in policy.get(lists(kind)) or []]
        world.store.add("policy", copy)
        return {"id": copy["id"]}

    return effect


def clone_rule(world: ApplianceState, kind: str, key: str, name: str) -> str:
    """Copy one rule under a name made of the policy's and its own."""
    rule = world.find(kind, key)
    copy = world.new(
        kind, **{**rule, "id": world.new_id(), "name": names.made_up(world, kind, f"{name}.{rule['name']}")}
    )
    world.store.add(kind, copy)
    return str(copy["id"])


def complete(world: ApplianceState, policy: Json) -> None:
    """Fill in a seeded policy; ``snapshot_rule_ids``, ``replication_rule_ids`` and ``io_limit_rule_id`` are taken."""
    for kind in RULE_KINDS:
        policy[lists(kind)] = [world.find(kind, key)["id"] for key in policy.pop(f"{kind}_ids", None) or []]
    limit = policy.pop("io_limit_rule_id", None)
    policy["@io_limit_rule"] = [world.find("io_limit_rule", limit)["id"]] if limit else []
    policy["type"] = policy.get("type") or ("QoS" if limit else "Protection")
    policy["managed_by"] = policy.get("managed_by") or "User"


RULES = {"policy": Rules({"create": create, "modify": modify, "delete": delete, "clone": clone}, complete)}
