# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a category of resources is like: its attributes, which of them a client writes, and its rules."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.bodies import Shape

if TYPE_CHECKING:
    from jobwise_emulator.oneview.appliance_state import ApplianceState, Call

COMMON = {
    "type": str,
    "uri": str,
    "category": str,
    "state": str,
    "status": str,
    "eTag": str,
    "created": str,
    "modified": str,
    "scopesUri": str,
}
INPUT_ONLY = {"initialScopeUris": ["uri:scopes"]}

Check = Callable[["Call", Json, "Json | None"], None]
"""Refuse what must not be: the body, and the resource as it is (None for a create)."""

Hook = Callable[["ApplianceState", Json], None]
Patch = Callable[["Call", Json, Json], Callable[[], None]]
"""One operation of a JSON patch on a resource: refuse it, or return how it is done."""


def nothing(*dummy: Any) -> None:
    """A hook with nothing to do."""


def unchanged(dummy: ApplianceState, entry: Json, version: int) -> Json:
    """A view that shows everything."""
    return entry


@dataclasses.dataclass(frozen=True)
class Kind:
    """One category below ``/rest/``.

    writable: attributes that a client may send, with their types. defaults: of those that are not sent. shown: further
    attributes, which only the appliance sets, with their first values. fixed: attributes that never change after the
    create. etag: how its eTags look. keeps: attributes that a PUT without them leaves alone (write-only ones).
    exact_names: whether names that differ in nothing but their case may both be there.
    """

    path: str
    type: str
    title: str
    writable: Shape
    defaults: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    shown: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    required: tuple[str, ...] = ("name",)
    fixed: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    key: str = "name"
    etag: str = "date"
    unique: bool = True
    exact_names: bool = False
    names: tuple[str, str, str] = ("Create", "Update", "Delete")
    collection_type: str = ""
    check: Check = nothing
    made: Hook = nothing
    changed: Callable[[ApplianceState, Json, Json], None] = nothing
    leaving: Hook = nothing
    gone: Hook = nothing
    patches: Mapping[str, Patch] = dataclasses.field(default_factory=dict)
    view: Callable[[ApplianceState, Json, int], Json] = unchanged

    @property
    def category(self) -> str:
        """The category as resources name it."""
        return self.path.rpartition("/")[2]

    @property
    def shape(self) -> Shape:
        """All that a body may hold: a PUT sends back what a GET gave."""
        shown = dict.fromkeys(self.shown, object)
        return {**COMMON, **shown, **INPUT_ONLY, **self.writable}
