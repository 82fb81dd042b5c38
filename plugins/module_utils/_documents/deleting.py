# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task may delete because its document does not list it: the options for that, and what the result says."""

from __future__ import annotations

import dataclasses
import typing as t

from .._engine.data import Json
from .._engine.documents.items import Item
from .._engine.documents.links import Target
from .._engine.documents.overriding import Overriding
from .._engine.errors import InputError
from .._engine.table.resource_type import NAMED
from .._engine.text.words import and_so_on, did_you_mean
from .gathering import grouped, types_of
from .reading import Catalog
from .reporting import report


class Unlisted(t.Protocol):
    """The objects that a document does not list, see the platform."""

    @property
    def kept(self) -> t.Mapping[tuple[str, str], t.Sequence[str]]:
        """By type and reason, the names of the objects that are not deleted."""

    def __call__(self, held: t.AbstractSet[Target]) -> t.Sequence[Item]:
        """Return the items that remove the objects. held: the objects that the document holds."""


FindUnlisted = t.Callable[[t.Any, t.Sequence[str], t.Mapping[str, t.Sequence[str]]], Unlisted]
"""Gets the client, the types, and by type the patterns of names that are never deleted."""


@dataclasses.dataclass(frozen=True)
class Rules:
    """What a task may delete. types: of which types. most: how many. protect: by type, patterns of protected names.

    missing: types that the task names, but the document does not have.
    """

    types: tuple[str, ...]
    most: int
    protect: t.Mapping[str, t.Sequence[str]]
    missing: tuple[str, ...] = ()

    def report(self, document: Overriding, unlisted: Unlisted, diff: bool) -> Json:
        """Return the result. What is deleted comes first."""
        result = report([*document.last, *document.items], diff)
        kept: dict[tuple[str, str], list[str]] = {key: list(names) for key, names in unlisted.kept.items()}
        for item, reason in document.kept:
            kept.setdefault((item.type.name, reason), []).append(item.name)
        warnings = [
            f"only_types: the document has no {name}, so nothing of this type was deleted. An empty list means all."
            for name in self.missing
        ]
        return {**result, "kept": grouped(kept), "warnings": [*result["warnings"], *warnings]}


def rules_of(params: Json, catalog: Catalog) -> Rules:
    """Return what a task may delete; raise InputError for options that make no sense."""
    if not params["only_types"]:
        raise InputError("only_types is missing. It says of which types state: overridden deletes objects.")
    types = types_of(params["only_types"], catalog.types)
    alone = [name for name in types if catalog.item_type(name).resource.kind != NAMED]
    if alone:
        raise InputError(f"only_types: an array always has {and_so_on(alone)}, so there is nothing to delete.")
    if params["max_deletions"] < 0:
        raise InputError(f"max_deletions has to be at least 0, not {params['max_deletions']}.")
    present = tuple(name for name in types if params["config"].get(name) is not None)
    missing = tuple(name for name in types if name not in present)
    return Rules(present, params["max_deletions"], _protect_of(params["protect"] or {}, types), missing)


def _protect_of(given: Json, types: t.Sequence[str]) -> dict[str, list[str]]:
    protect = {}
    for name, patterns in given.items():
        if name not in types:
            guess = did_you_mean(str(name), types) or f"It has {', '.join(types)}."
            raise InputError(f"protect: only_types has no type {name}. {guess}")
        several = patterns if isinstance(patterns, list) else [patterns]
        if not all(isinstance(one, str) and one for one in several):
            raise InputError(f"protect: {name} takes names or patterns, such as [db*, web01].")
        protect[name] = several
    return protect
