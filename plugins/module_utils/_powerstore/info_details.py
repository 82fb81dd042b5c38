# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the info module adds to objects for people: names of related objects, sizes in words, and days until expiry.

The facts say which attributes are sizes, points in time and relations, so this works for objects of every type. By
hand come only the lists of related objects that are worth reading with an object.

Source: PowerStore REST API 4.0, 4.1, the schemas of all types; developers guide, querying resource data (select).
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t
from datetime import datetime

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.options.capacity import in_words
from .formats import port_name
from .releases import as_release
from .schema import TYPES, AttributeFacts, facts_of
from .timestamps import instant

NEWEST = (4, 0)
"""The release up to which related objects are read: that of the older of the two documents."""

LISTS: dict[str, tuple[str, ...]] = {
    "file_io_limit_rule": ("policies",),
    "host": ("mapped_hosts",),
    "host_group": ("hosts", "mapped_host_groups"),
    "io_limit_rule": ("policies",),
    "policy": ("replication_rules", "snapshot_rules"),
    "replication_rule": ("policies",),
    "snapshot_rule": ("policies",),
    "storage_container": ("destinations",),
    "volume": ("mapped_volumes", "volume_groups"),
    "volume_group": ("volumes",),
}
"""Lists of related objects that are read with an object, by type. Others grow with the array, such as the volumes of an
appliance."""

PORT_NAME = "port_name"
SIZE = re.compile(r"(^|_)(size(_total|_used)?|logical_(used|provisioned)|quota|(hard|soft)_limit)$")
LIMIT = re.compile(r"(^|_)(quota|limit|max_file_size)$")
"""What is a limit if its value is not 0."""
EXPIRY = re.compile(r"(^|_)expiration_|^valid_to$")
TEXT = "_text"
DAYS_LEFT = "days_left"

Parts = t.Mapping[str, AttributeFacts]


def is_size(facts: AttributeFacts) -> bool:
    """Return whether an attribute is a number of bytes."""
    return facts.type == "int" and bool(SIZE.search(facts.name))


def is_expiry(facts: AttributeFacts) -> bool:
    """Return whether an attribute is the point in time from which something no longer counts."""
    return facts.is_time and bool(EXPIRY.search(facts.name))


def is_added(name: str, parts: Parts) -> bool:
    """Return whether the task adds an attribute of this name to the objects, parts: the array's own attributes."""
    size = parts.get(name[: -len(TEXT)]) if name.endswith(TEXT) else None
    return name == DAYS_LEFT or (size is not None and is_size(size))


def related(type_: str, newest: tuple[int, ...]) -> list[str]:
    """Return the relations of a type for ``select``, each with what names the related objects.

    newest: the release after which an attribute is too new.
    """
    if type_ not in TYPES:
        return []
    lists = LISTS.get(type_, ())
    found = []
    for facts in _readable(type_, newest):
        if facts.relation and (facts.type != "list" or facts.name in lists):
            found += _item(facts, type_, newest)
    return found


def _item(facts: AttributeFacts, owner: str, newest: tuple[int, ...]) -> list[str]:
    """Return a relation for ``select``.

    Mappings have no names. They are read whole, with the names at their other end.
    """
    if "name" in facts_of(facts.relation).attributes:
        return [f"{facts.name}(id,name)"]
    if facts.type != "list":
        return []  # the id is in the object
    inner = []
    for part in _readable(facts.relation, newest):
        if not part.relation and not part.structure:
            inner.append(part.name)
        elif part.type != "list" and part.relation != owner:
            inner += _item(part, owner, newest)
    return [f"{facts.name}({','.join(inner)})"]


def _readable(type_: str, newest: tuple[int, ...]) -> list[AttributeFacts]:
    every = facts_of(type_).attributes.values()
    return [facts for facts in every if facts.read and as_release(facts.since) <= newest]


@dataclasses.dataclass(frozen=True)
class Shape:
    """What an object or a structure has that gets details, found once for all rows of a result.

    sizes, expiries, ports: names of attributes. structures: the shapes of structures. relations: the types of related
    objects.
    """

    sizes: tuple[str, ...]
    expiries: tuple[str, ...]
    ports: tuple[str, ...]
    structures: t.Mapping[str, Shape]
    relations: t.Mapping[str, str]

    @classmethod
    def of(cls, parts: t.Iterable[AttributeFacts]) -> Shape:
        """Return the shape of what has these attributes."""
        known = [facts for facts in parts if facts.read or not (facts.create or facts.update)]
        return cls(
            sizes=tuple(facts.name for facts in known if is_size(facts)),
            expiries=tuple(facts.name for facts in known if is_expiry(facts)),
            ports=tuple(facts.name for facts in known if facts.name == PORT_NAME),
            structures={
                facts.name: cls.of(facts.structure) for facts in known if facts.structure and not facts.relation
            },
            relations={facts.name: facts.relation for facts in known if facts.relation},
        )


@functools.lru_cache(maxsize=None)
def _shape_of(type_: str) -> Shape:
    return Shape.of(facts_of(type_).attributes.values() if type_ in TYPES else ())


def with_details(type_: str, rows: t.Iterable[Json], now: datetime) -> list[Json]:
    """Return objects of a type with sizes in words, days left, and the WWNs of ports as tasks give them.

    now: counts the days.
    """
    return [_object(_shape_of(type_), now, row) for row in rows]


def _object(shape: Shape, now: datetime, row: Json) -> Json:
    """Return an object with its own expiry, the first one if it has several, as a chain of certificates does."""
    expiries: list[datetime] = []
    found = _structure(shape, now, expiries, row)
    if expiries:
        found.setdefault(DAYS_LEFT, (min(expiries) - now).days)
    return found


def _structure(shape: Shape, now: datetime, expiries: list[datetime], value: Json) -> Json:
    """Return an object or a structure of it; add what expires to ``expiries``."""
    found = dict(value)
    for name in shape.sizes:
        if isinstance(value.get(name), int):
            is_limit = value[name] == 0 and LIMIT.search(name)
            found[name + TEXT] = "no limit" if is_limit else in_words(value[name])
    for name in shape.expiries:
        if value.get(name):
            expiries += _instants(value[name])
    for name in shape.ports:
        if value.get(name):
            found[name] = port_name(value[name], name)
    for name, inner in shape.structures.items():
        if value.get(name):
            found[name] = _each(value[name], functools.partial(_structure, inner, now, expiries))
    for name, type_ in shape.relations.items():
        if value.get(name):
            found[name] = _each(value[name], functools.partial(_object, _shape_of(type_), now))
    return found


def _each(value: t.Any, change: t.Callable[[Json], Json]) -> t.Any:
    """Return a structure or a list of them, each changed. What is no structure stays as it is."""
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    return change(value) if isinstance(value, dict) else value


def _instants(value: t.Any) -> list[datetime]:
    """Return a point in time. A text that cannot be read gives nothing, so that the object can still be shown."""
    try:
        return [instant(str(value), "")]
    except InputError:
        return []
