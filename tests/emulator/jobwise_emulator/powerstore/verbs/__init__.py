# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Create, modify and delete of every resource type, from the schema and a few small tables; rules hook into them.

``bodies`` has checked the body against its struct by then. Here come: objects that the body refers to, values that
identify an object, one-way values, lists that are changed by their additions and removals, what is in use.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Check, Rules
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.verbs import identity, one_way, placing, references, use

# Types whose ids count up: the prefix of the ids. All others get a UUID.
COUNTED = {"network": "NW", "appliance": "A"}


def check_of(kind: str, action: str, rules: Rules) -> Check | None:
    """The check of an operation: the type's own, else that of the verb; None for an action without rules."""
    if action in rules.checks:
        return rules.checks[action]
    verb = VERBS.get(action)
    return None if verb is None else partial(verb, kind, rules)


def create(kind: str, rules: Rules, call: Call) -> Effect:
    """A new object."""
    world, body = call.world, call.body
    check_body(kind, "create", rules, call)

    def effect() -> Json:
        prefix = COUNTED.get(kind)
        key = world.new_id(kind) if prefix is None else world.store.next_number(kind, prefix)
        entry = world.new(kind, id=key)
        placing.fill(world, kind, entry, {**placing.defaults(world.catalog, kind), **body})
        if rules.complete:
            rules.complete(world, entry)
        world.store.add(kind, entry)
        placing.connect(world, kind, entry, body)
        follow(rules, "create", call, entry)
        return {"id": key}

    return effect


def modify(kind: str, rules: Rules, call: Call) -> Effect:
    """A change of what the body gives, and of nothing else."""
    world, entry, body = call.world, call.target, call.body
    use.refuse_read_only(kind, entry, body)
    one_way.check(kind, entry, body)
    placing.check_lists(world, kind, entry, body)
    check_body(kind, "modify", rules, call)

    def effect() -> None:
        placing.fill(world, kind, entry, body)
        placing.connect(world, kind, entry, body)
        follow(rules, "modify", call, entry)

    return effect


def delete(kind: str, rules: Rules, call: Call) -> Effect:
    """An object goes, with what belongs to it; not while something uses it."""
    world, entry = call.world, call.target
    use.refuse_read_only(kind, entry)
    use.refuse_used(world, kind, entry)
    before = rules.before.get("delete")
    if before:
        before(call)

    def effect() -> None:
        remove(world, kind, rules, entry)
        follow(rules, "delete", call, entry)

    return effect


def check_body(kind: str, verb: str, rules: Rules, call: Call) -> None:
    """What create and modify check alike: references, identity, and what the type's rules add."""
    facts = call.world.catalog.types[kind]["verbs"][verb]
    if facts.get("body"):
        placing.refuse_unserved(kind, call.body)
        references.check(call.world, kind, facts["body"], call.body)
        identity.check(call.world, kind, call.target, call.body)
    before = rules.before.get(verb)
    if before:
        before(call)


def follow(rules: Rules, verb: str, call: Call, entry: Json) -> None:
    """The effects that the type's rules add to a verb."""
    after = rules.after.get(verb)
    if after:
        after(call, entry)


def remove(world: ApplianceState, kind: str, rules: Rules, entry: Json) -> None:
    """Take an object out with what belongs to it, asking no rule."""
    if rules.remove:
        rules.remove(world, entry)
    else:
        use.remove(world, kind, entry)


VERBS: dict[str, Callable[[str, Rules, Call], Effect]] = {"create": create, "modify": modify, "delete": delete}
