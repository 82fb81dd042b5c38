# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""References to objects of an array in playbooks: by name or by id."""

from __future__ import annotations

import re
import typing as t

from .._engine.lookup.references import Reference
from .._http.url import in_parts
from .query import one_of, quoted

NAMED_BY = {"file_interface": "ip_address", "file_tree_quota": "path", "ldap_domain": "domain_name"}
"""What people name objects with that have no names, or only those that the array makes up."""

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def reference(text: str) -> Reference:
    """Return the reference in an option: a UUID is an id, anything else is a name.

    The prefixes ``name:`` and ``id:`` decide it explicitly.
    """
    prefix, colon, rest = text.partition(":")
    if colon and prefix in ("name", "id"):
        return Reference(name=rest) if prefix == "name" else Reference(id=rest)
    return Reference(id=text) if UUID.fullmatch(text) else Reference(name=text)


def in_queries(references: t.Sequence[Reference]) -> list[list[Reference]]:
    """Split references into lists that one query can look up each."""
    return in_parts(references, lambda ref: f"{quoted(str(ref))},")


def by_id_or_name(references: t.Sequence[Reference], named_by: str = "name") -> dict[str, str]:
    """Return the filter for objects with one of these ids or names. named_by: the attribute that holds the names."""
    ids = [str(reference.id) for reference in references if reference.id is not None]
    names = [str(reference.name) for reference in references if reference.id is None]
    if ids and names:
        return {"or": f"(id.{one_of(ids)},{named_by}.{one_of(names)})"}
    return {"id" if ids else named_by: one_of(ids or names)}
