# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rules of the resource types work with: the objects, the clock, and one call to be checked."""

from __future__ import annotations

import copy
import dataclasses
import uuid
from collections.abc import Awaitable, Callable

from jobwise_emulator.clock import Clock, iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.bodies import find
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.store import Store

SETTINGS: Json = {
    "imports_at_once": 2,
    "import_copy_seconds": 10.0,
    "import_failures": {},
    "discoverable": {},
    "bin_keeps_names": True,
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

    def new_id(self) -> str:
        """An id for a new object."""
        return str(uuid.uuid4())

    def new(self, kind: str, **attributes: object) -> Json:
        """A new object with its documented defaults; it is not stored yet."""
        return {**self.catalog.blank(kind), "id": self.new_id(), **attributes}

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
Outside = Callable[[Call], Awaitable[None]]
Complete = Callable[[ApplianceState, Json], None]
Changed = Callable[[ApplianceState, Json, Json], None]


@dataclasses.dataclass
class Rules:
    """What the emulator knows about writing one type.

    ``checks`` by action name (create, modify, delete and the type's own): a check raises ``Refused`` or returns the
    effect. ``complete`` fills in what a seeded object needs beyond the documented defaults; ``remove`` takes an object
    out with all that belongs to it, asking no rule. ``outside`` by action: what has to be asked elsewhere before the
    check; it may take time and may raise ``Refused``. ``changed`` is told which attributes somebody else's change set.
    """

    checks: dict[str, Check] = dataclasses.field(default_factory=dict)
    complete: Complete | None = None
    remove: Complete | None = None
    changed: Changed | None = None
    outside: dict[str, Outside] = dataclasses.field(default_factory=dict)
