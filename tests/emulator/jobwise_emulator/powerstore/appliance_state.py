# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules of the resource types work with: the objects, the clock, and one call to be checked."""

from __future__ import annotations

import copy
import dataclasses
import uuid
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from jobwise_emulator.clock import Clock, iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.bodies import find
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.index import Record
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.store import Store

SETTINGS: Json = {
    "jobs_at_once": 0,
    "imports_at_once": 2,
    "import_copy_seconds": 10.0,
    "import_failures": {},
    "discoverable": {},
    "domain_users": {},
    "domain_computers": [],
    "bin_keeps_names": True,
    "unknown_accounts": [],
    "replication_phase_seconds": 1.0,
    "physical_total": 20 * 1024**4,
    "physical_used": None,
}
"""How the emulator behaves where the API has no attribute for it, see README."""


class ApplianceState:
    """The array's objects and its time."""

    def __init__(self, catalog: Catalog, clock: Clock) -> None:
        self.catalog = catalog
        self.clock = clock
        self.store = Store()
        self.settings: Json = dict(SETTINGS)
        self.peers: dict[tuple[str, int], Json] = {}

    def internal(self) -> ApplianceState:
        """The same array for somebody who may see internal attributes."""
        other = copy.copy(self)
        other.catalog = self.catalog.internal
        return other

    def now(self) -> str:
        """This instant as the array writes it."""
        return iso(self.clock.now())

    def new_id(self, kind: str = "") -> str:
        """An id for a new object, no longer than the type's ids can be."""
        key = uuid.uuid4()
        longest = self.catalog.attributes(kind).get("id", {}).get("max_length") if kind else None
        return key.hex[:longest] if longest else str(key)

    def new(self, kind: str, **attributes: object) -> Json:
        """A new object with its documented defaults; it is not stored yet."""
        return Record({**self.catalog.blank(kind), "id": self.new_id(kind), **attributes})

    def find(self, kind: str, key: str) -> Json:
        """The object with this id (or ``name:<name>``); raises 404."""
        return find(self.catalog, self.store, kind, key)


@dataclasses.dataclass
class Call:
    """A write to be checked. ``target`` is the object it is about (empty for a create), ``body`` is valid and its
    names are ids already, ``user`` is the ``local_user`` who asks.
    """

    world: ApplianceState
    target: Json
    body: Json
    user: Json

    def value(self, name: str, default: object = None) -> object:
        """An attribute of the body, or the default when it was not given."""
        return self.body.get(name, default)


Check = Callable[[Call], Effect]
Before = Callable[[Call], None]
After = Callable[[Call, Json], None]
Outside = Callable[[Call], Awaitable[None]]
Answer = Callable[[ApplianceState, Json], Json]
Complete = Callable[[ApplianceState, Json], None]
Changed = Callable[[ApplianceState, Json, Json], None]


@dataclasses.dataclass
class Rules:
    """What the emulator knows about writing one type beyond the schema.

    Create, modify and delete of every type come from the schema (package ``verbs``). Hooks, by the name of the verb:

    - ``before`` adds checks: it raises ``Refused`` for what the schema cannot show. It runs after the checks of the
      verb itself, when the request comes and again when its job ends.
    - ``after`` adds effects: it gets the object that was created, changed or deleted.
    - ``checks`` takes the place of the verb, or is an action of the type: it raises ``Refused`` or returns the effect.
    - ``answers``: of an action that changes nothing, what it answers about the object. Only a synchronous request.
    - ``outside``: what has to be asked elsewhere before the check; it may take time and may raise ``Refused``.

    ``unset_id``: the id of settings that an array does not show before somebody has made them; to modify them makes
    them.

    Hooks of the type: ``complete`` fills in what a new object, seeded or created, has beyond the documented defaults.
    ``remove`` takes an object out with all that belongs to it, asking no rule. ``changed`` gets the attributes that
    somebody else's change has set.
    """

    checks: dict[str, Check] = dataclasses.field(default_factory=dict)
    complete: Complete | None = None
    remove: Complete | None = None
    changed: Changed | None = None
    outside: dict[str, Outside] = dataclasses.field(default_factory=dict)
    before: dict[str, Before] = dataclasses.field(default_factory=dict)
    after: dict[str, After] = dataclasses.field(default_factory=dict)
    answers: dict[str, Answer] = dataclasses.field(default_factory=dict)
    unset_id: str = ""


BY_ACTION = ("checks", "answers", "outside", "before", "after")
OF_THE_TYPE = ("complete", "remove", "changed", "unset_id")


def joined(families: Iterable[dict[str, Rules]]) -> dict[str, Rules]:
    """The rules of several files by type; raises ValueError if two of them claim the same hook of a type.

    A file that takes the place of a verb leaves nothing to hook into, so ``before`` and ``after`` count as a second
    claim then.
    """
    found: dict[str, Rules] = {}
    for family in families:
        for kind, rules in family.items():
            known = found.setdefault(kind, Rules())
            for hook in BY_ACTION:
                for action, function in getattr(rules, hook).items():
                    claim(getattr(known, hook), action, function, f"{hook}[{action!r}] of {kind}")
            for hook in OF_THE_TYPE:
                if getattr(rules, hook):
                    claim(vars(known), hook, getattr(rules, hook), f"{hook} of {kind}")
    for kind, rules in found.items():
        for action in sorted(set(rules.checks) & (set(rules.before) | set(rules.after))):
            first = rules.before.get(action) or rules.after[action]
            claim({action: first}, action, rules.checks[action], f"{action} of {kind}")
    return found


def claim(hooks: dict[str, Any], name: str, function: Callable[..., object], what: str) -> None:
    """Note a hook; raises ValueError if there is one already."""
    if hooks.get(name):
        raise ValueError(f"{what}: claimed by {hooks[name].__module__} and by {function.__module__}")
    hooks[name] = function
