# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names that look like ids. Elsewhere such a text is an id; in a document that describes an object of this name, it is
the name."""

from __future__ import annotations

import typing as t

from ..._engine.documents.items import Item
from ..._engine.documents.links import Target
from ..._engine.lookup.references import Ref
from ..._engine.table.lists import List
from ..references import UUID


def read_own_names(items: t.Sequence[Item]) -> None:
    """Write references to what the items describe as names, if they would be read as ids."""
    own = {(item.type.resource.type, item.name.lower()) for item in items if UUID.fullmatch(item.name)}
    if not own:
        return
    for item in items:
        resource = item.type.resource
        for attribute in (*resource.owners, *resource.attributes):
            value = item.desired.get(attribute.option)
            if value is None:
                continue
            if not isinstance(attribute, List):
                item.desired[attribute.option] = _read(attribute.ref, value, own)
            elif attribute.item.attributes:
                refs = {one.option: one.ref for one in attribute.item.attributes}
                item.desired[attribute.option] = [
                    {option: _read(refs.get(option), one, own) for option, one in entry.items()} for entry in value
                ]
            else:
                item.desired[attribute.option] = [_read(attribute.item.ref, one, own) for one in value]


def _read(ref: Ref | None, value: t.Any, own: t.Collection[Target]) -> t.Any:
    is_own = ref and isinstance(value, str) and any((type_, value.lower()) in own for type_ in ref.types)
    return f"name:{value}" if is_own else value
