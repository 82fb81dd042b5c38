# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The items of a document. Each is what a single task would be: a table, options, a handler and a run."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from ..errors import ApplianceError
from ..handler import ResourceHandler
from ..lookup.references import Resolver
from ..running.run import Run
from ..running.run_result import RunResult
from ..table.list_changes import Changes
from ..table.lists import List
from ..table.resource_type import SINGLETON, ResourceType

OK, CHANGED, FAILED, BLOCKED, SKIPPED = "ok", "changed", "failed", "blocked", "skipped"
"""What became of an item: nothing to do, done, refused by the appliance, not tried because an item that it depends on
failed, and not tried because the task stopped before."""

STATES = (OK, CHANGED, FAILED, BLOCKED, SKIPPED)


class TableHandler(ResourceHandler, t.Protocol):
    """A handler whose object a table describes.

    desired: the task's options, with references in the place of names. resolver: what it has looked up.
    """

    resource: ResourceType
    desired: Json
    resolver: Resolver

    def changes(self, list_: List, current: Json | None) -> Changes:
        """Return what the task changes in a list, nothing if it does not give the list."""

    def resolved_options(self, current: Json | None) -> Json:
        """Return the options, with the ids that were looked up."""


@dataclasses.dataclass(frozen=True)
class ItemType:
    """A type of items: what a document holds under the name of a module.

    name: the module. make_handler: as `resource_task` takes it.
    elsewhere: options that a document does not take here, each with the sentence that says where they belong.
    exclusive: the lists whose members belong to one object only. slots: by list, the attribute of its items that only
    one object can have with what the item refers to, such as the LUN of a volume on a host.
    barred: of a list, the lists of other types that must not name the same objects, as pairs of module and option.
    after: types whose items are done first, although none of them refers to another: only when hosts have their users
    of CHAP may the array demand them.
    used_by: the relations of an object to others that use it, as far as the appliance would nevertheless delete it.
    rests_on: types of items that an object cannot be without although it does not refer to theirs, each with the option
    that leads both to the same object: an export needs the NFS server of its NAS server. comes_after: the same for
    types that an object can be without; they only come before it, and go after it.
    goes_with: the option that names what an object is part of, and with which the appliance deletes it. serves:
    whether that uses the object, so that it must stop using it before the object is deleted.
    """

    name: str
    resource: ResourceType
    make_handler: t.Callable[[t.Any, ResourceType, Json], TableHandler]
    elsewhere: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    exclusive: tuple[str, ...] = ()
    slots: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    barred: t.Mapping[str, tuple[tuple[str, str], ...]] = dataclasses.field(default_factory=dict)
    after: tuple[str, ...] = ()
    used_by: tuple[str, ...] = ()
    rests_on: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    comes_after: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    goes_with: str = ""
    serves: bool = False

    @property
    def is_singleton(self) -> bool:
        """Whether a document holds one mapping of options, and no list of items."""
        return self.resource.kind == SINGLETON


@dataclasses.dataclass(eq=False)
class Item:
    """One item of a document, and what became of it.

    place: where it is, with its name: ``volume[3] (db07)``. desired: its options, checked.
    handler, run: from `plan_all` on. needs: the items that must have been done before.
    because: of a blocked item, the items that it waited for in vain; of a skipped one, why the task stopped.
    """

    type: ItemType
    place: str
    name: str
    desired: Json
    record: RunResult = dataclasses.field(default_factory=RunResult)
    handler: TableHandler | None = None
    run: Run | None = None
    needs: set[Item] = dataclasses.field(default_factory=set)
    state: str = OK
    error: ApplianceError | None = None
    because: str = ""

    @property
    def is_absent(self) -> bool:
        """Whether the item removes its object."""
        return bool(self.desired.get("state") == "absent")

    @property
    def is_due(self) -> bool:
        """Whether there is something to do for the item."""
        return bool(self.record.plan.changes)

    @property
    def words(self) -> str:
        """The object in messages, such as ``volume db07``."""
        title = self.type.resource.title
        return title if self.type.is_singleton else f"{title} {self.name}"


def place_of(type_: ItemType, index: int, name: str) -> str:
    """Return the place of an item in messages."""
    if type_.is_singleton:
        return type_.name
    return f"{type_.name}[{index}]" + (f" ({name})" if name else "")
