# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What turns a current list into the desired one."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from .attribute import Attribute
from .lists import ADD, EXACT, REMOVE, List, Patch, unique


@dataclasses.dataclass(frozen=True)
class Changes:
    """What turns a list into the desired one.

    add, remove: desired items and current entries. modify, replace: pairs of a current entry and the desired item, with
    the attributes that differ. kept: the current entries that stay, each with its desired item, None if not named.
    """

    add: tuple[t.Any, ...] = ()
    remove: tuple[t.Any, ...] = ()
    modify: tuple[tuple[t.Any, t.Any, tuple[Attribute, ...]], ...] = ()
    replace: tuple[tuple[t.Any, t.Any, tuple[Attribute, ...]], ...] = ()
    kept: tuple[tuple[t.Any, t.Any], ...] = ()


def changes_of(list_: List, current: Json | None, desired: Json, update_secrets: bool = False) -> Changes:
    """Return what changes a list of the current object, under the mode that the task gives."""
    item, mode = list_.item, desired.get(list_.mode) or EXACT
    wanted, rows = unique(item, desired[list_.option]), list_.rows(current)
    pairs = [(row, next((want for want in wanted if item.matches(row, want)), None)) for row in rows]
    if mode == REMOVE:
        return Changes(
            remove=tuple(row for row, want in pairs if want is not None),
            kept=tuple((row, None) for row, want in pairs if want is None),
        )
    missing = tuple(want for want in wanted if not any(item.matches(row, want) for row in rows))
    gone = tuple(row for row, want in pairs if want is None) if mode == EXACT else ()
    kept = tuple((row, want) for row, want in pairs if want is not None or mode == ADD)
    differing = [
        (row, want, tuple(item.differing(row, want, update_secrets))) for row, want in kept if isinstance(want, dict)
    ]
    can_modify = isinstance(list_.channel, Patch) and bool(list_.channel.modify)
    modify: list[tuple[t.Any, t.Any, tuple[Attribute, ...]]] = []
    replace: list[tuple[t.Any, t.Any, tuple[Attribute, ...]]] = []
    for row, want, attributes in differing:
        if attributes:
            fixed = not can_modify or any(attribute.create_only for attribute in attributes)
            (replace if fixed else modify).append((row, want, attributes))
    return Changes(missing, gone, tuple(modify), tuple(replace), kept)
