# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shape that a response must have, derived from the selected attributes and the catalog of types.

Source: PowerStore REST API 4.0 and 4.1 through the catalog. Only what the schemas leave open is written by hand.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from .._engine.shape import ANY, FLAG, ID, LIST, NAME, NUMBER, OBJECT, TEXT, TIME, Kind, Shape, each, one
from .catalog import TYPE_MARKS, TYPES
from .query import split_list

PLAIN = {"?": FLAG, "#": NUMBER, "]": LIST}

# Attributes that every object of a type has besides its id. Sources of imports may have no name.
NEEDED: t.Mapping[str, t.Mapping[str, Kind]] = {
    "import_session": {"name": NAME, "state": NAME, "source_resource_id": NAME},
    "x509_certificate": {"type": NAME, "service": NAME},
    **{type_: {"name": NAME} for type_ in ("host", "host_group", "local_user", "role")},
    **{type_: {"name": NAME, "type": NAME} for type_ in ("policy", "remote_system", "volume", "volume_group")},
}
# The parts of structures that handlers read, and attributes with a stricter or, for ANY, a looser check.
CLOSER: t.Mapping[t.Tuple[str, str], Kind] = {
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
    known = _kinds(type_)
    shape: t.Dict[str, Kind] = {}
    for item in split_list(select):
        name, nested, inner = item.partition("(")
        kind, target = known.get(name, (ANY, ""))
        if nested:
            shape[name] = _related(kind, shape_of(target, inner[:-1]))
        else:
            shape[name] = kind
    return {**shape, **{name: kind for name, kind in NEEDED.get(type_, {}).items() if name in shape}}


def _related(kind: Kind, inner: Shape) -> Kind:
    # The name of a related object may be null, even if objects of its type must have a name when read directly.
    inner = {name: TEXT if name == "name" else inner_kind for name, inner_kind in inner.items()}
    return each(inner) if kind is LIST else Kind(OBJECT.words, OBJECT.types, inner=inner)


@functools.lru_cache(maxsize=None)
def _kinds(type_: str) -> t.Dict[str, t.Tuple[Kind, str]]:
    """Return the kind of each attribute of a type, and the type of the related object, empty without a relation."""
    kinds: t.Dict[str, t.Tuple[Kind, str]] = {}
    for word in TYPES.get(type_, "").split():
        marked, dummy, target = word.partition(">")
        name = marked.rstrip(TYPE_MARKS)
        mark = marked.rstrip(".")[-1]
        plain = PLAIN.get(mark) or (OBJECT if target or marked.endswith(".") else TEXT)
        kinds[name] = CLOSER.get((type_, name), plain), target
    return {**kinds, "id": (ID, "")}
