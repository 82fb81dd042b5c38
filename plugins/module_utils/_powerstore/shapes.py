# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shape that a response must have, derived from the selected attributes and the facts of their types.

Source: PowerStore REST API 4.0 and 4.1 through the facts. Only what the schemas leave open is written by hand.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._engine.shape import ANY, FLAG, ID, LIST, NAME, NUMBER, OBJECT, TEXT, TIME, Kind, Shape, each, one
from .query import split_list
from .schema import TYPES, facts_of

PLAIN = {"str": TEXT, "bool": FLAG, "int": NUMBER, "float": NUMBER, "list": LIST, "dict": OBJECT}

# Attributes that every object of a type has besides its id. Sources of imports may have no name.
NEEDED: t.Mapping[str, t.Mapping[str, Kind]] = {
    "file_import_session": {"name": NAME, "state": NAME, "source_resource_id": NAME, "remote_system_id": NAME},
    "import_session": {"name": NAME, "state": NAME, "source_resource_id": NAME},
    "x509_certificate": {"type": NAME, "service": NAME},
    **{type_: {"name": NAME} for type_ in ("host", "host_group", "local_user", "role")},
    **{type_: {"name": NAME, "type": NAME} for type_ in ("policy", "remote_system", "volume", "volume_group")},
}
# The parts of structures that handlers read, and attributes with a stricter or, for ANY, a looser check.
CLOSER: t.Mapping[t.Tuple[str, str], Kind] = {
    **{("alert", f"{name}_timestamp"): TIME for name in ("generated", "raised", "cleared", "acknowledged")},
    ("file_import_session", "scheduled_timestamp"): TIME,
    ("import_session", "scheduled_timestamp"): TIME,
    ("import_session", "error"): ANY,
    ("job", "response_body"): dataclasses.replace(ANY, inner={"id": TEXT}),
    ("x509_certificate", "members"): each({"depth": NUMBER, "valid_to": TIME, "certificate": TEXT}),
    **{
        (type_, "protection_data"): one(
            source_id=TEXT, parent_id=TEXT, family_id=TEXT, expiration_timestamp=TIME, is_secure=FLAG
        )
        for type_ in ("volume", "volume_group")
    },
}


@functools.lru_cache(maxsize=None)
def shape_of(type_: str, select: str) -> Shape:
    """Return the shape of an object of a type. select: the selected attributes, as in ``id,name,volumes(id,name)``."""
    shape: t.Dict[str, Kind] = {}
    for item in split_list(select):
        name, nested, inner = item.partition("(")
        kind, target = _kind(type_, name)
        shape[name] = _related(kind, shape_of(target, inner[:-1])) if nested else kind
    return {**shape, **{name: kind for name, kind in NEEDED.get(type_, {}).items() if name in shape}}


def _related(kind: Kind, inner: Shape) -> Kind:
    # The name of a related object may be null, even if objects of its type must have a name when read directly.
    inner = {name: TEXT if name == "name" else inner_kind for name, inner_kind in inner.items()}
    return each(inner) if kind is LIST else Kind(OBJECT.words, OBJECT.types, inner=inner)


def _kind(type_: str, name: str) -> t.Tuple[Kind, str]:
    """Return the kind of an attribute as read, and the type of the related objects, empty without a relation."""
    closer = ID if name == "id" else CLOSER.get((type_, name))
    if closer:
        return closer, ""
    facts = facts_of(type_).attributes.get(name) if type_ in TYPES else None
    if facts is None or not facts.read:
        return ANY, ""
    return PLAIN[facts.type], facts.relation
