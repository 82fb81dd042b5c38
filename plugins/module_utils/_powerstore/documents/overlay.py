# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rows as they will be when the items before this one are done: without the links that these release.

The checks of an item then see a host without the group that it leaves, or a rule without the policy that is deleted.
"""

from __future__ import annotations

import itertools
import re
import typing as t

from ..._engine.data import Json
from ..._engine.documents.document import Released
from ..._engine.documents.links import Target
from ..._engine.text.paths import ID_LATER
from ..formats import as_port_name
from ..query import one_of, split_list
from ..schema import facts_of

ASSOCIATIONS = ("host_volume_mapping",)
"""Types whose objects are links themselves: one goes if two of the objects that it connects are no longer linked."""

INITIATORS = "initiators"


class Overlay:
    """Removes released links from rows. released: as a document gives them."""

    def __init__(self, released: Released) -> None:
        self._gone = {owner for owner, link in released if not link.option}
        self._pairs = {frozenset((owner, link.target)) for owner, link in released if link.option}

    def rows(self, type_: str, rows: t.Iterable[Json]) -> list[Json]:
        """Return rows without those that are gone, and without released links."""
        if not self._gone and not self._pairs:
            return list(rows)
        return [self.row(type_, row) for row in rows if not self._is_gone(type_, row)]

    def row(self, type_: str, row: Json) -> Json:
        """Return a row without released links."""
        if not self._gone and not self._pairs:
            return row
        me = (type_, str(row.get("id")))
        return {name: self._value(type_, me, name, value) for name, value in row.items()}

    def _value(self, type_: str, me: Target, name: str, value: t.Any) -> t.Any:
        facts = facts_of(type_).attributes.get(name)
        if facts is None or not value:
            return value
        if facts.relation and isinstance(value, list):
            return [one for one in value if not self._is_released(me, facts.relation, one)]
        if facts.relation and isinstance(value, dict):
            return None if self._is_released(me, facts.relation, value) else value
        if facts.ref and isinstance(value, str):
            return None if self._is_released(me, facts.ref, {"id": value}) else value
        return value

    def _is_released(self, me: Target, type_: str, row: Json) -> bool:
        """Return whether an object is no longer linked to a row that its own row contains."""
        if type_ in ASSOCIATIONS:
            return self._parted([me, *_connected(type_, row)])
        other = (type_, str(row.get("id")))
        return other in self._gone or frozenset((me, other)) in self._pairs

    def _is_gone(self, type_: str, row: Json) -> bool:
        if (type_, str(row.get("id"))) in self._gone:
            return True
        if type_ == "initiator" and row.get("port_name"):
            port = (INITIATORS, str(as_port_name(row["port_name"])))
            return self._parted([port, *_connected(type_, row)])
        return type_ in ASSOCIATIONS and self._parted(_connected(type_, row))

    def _parted(self, targets: t.Sequence[Target]) -> bool:
        pairs = itertools.combinations(targets, 2)
        return any(one in self._gone for one in targets) or any(frozenset(pair) in self._pairs for pair in pairs)


def _connected(type_: str, row: Json) -> list[Target]:
    """Return the objects that a row refers to."""
    found = {}
    for name, value in row.items():
        facts = facts_of(type_).attributes.get(name)
        other = value.get("id") if isinstance(value, dict) else value
        if facts and (facts.relation or facts.ref) and isinstance(other, str):
            found[facts.relation or facts.ref] = other
    return list(found.items())


def without_later(query: t.Mapping[str, str]) -> dict[str, str] | None:
    """Return a query without the ids of objects that do not exist yet; None if it asks only for what they have."""
    asked = dict(query)
    for name, text in query.items():
        if ID_LATER not in text:
            continue
        values = re.fullmatch(r"in\.\((.*)\)", text, re.DOTALL)
        left = [value for value in split_list(values.group(1)) if ID_LATER not in value] if values else []
        if not left:
            return None
        asked[name] = one_of(value.strip('"') for value in left)
    return asked
