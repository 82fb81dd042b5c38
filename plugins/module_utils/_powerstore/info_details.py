# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the info module adds to objects for people: names of related objects, sizes in words, and days until expiry.

The facts say which attributes are sizes, points in time and relations, so this works for objects of every type. By
hand come only the lists of related objects that are worth reading with an object.

Source: PowerStore REST API 4.0, 4.1, the schemas of all types; developers guide, querying resource data (select).
"""

from __future__ import annotations

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


def with_details(type_: str, rows: t.Iterable[Json], now: datetime) -> list[Json]:
    """Return objects of a type with sizes in words, days left, and the WWNs of ports as tasks give them.

    now: counts the days.
    """
    parts = facts_of(type_).attributes if type_ in TYPES else {}
    return [_object(parts, row, now) for row in rows]


def _object(parts: Parts, row: Json, now: datetime) -> Json:
    """Return an object with its own expiry, the first one if it has several, as a chain of certificates does."""
    expiries: list[datetime] = []
    found = _structure(parts, row, now, expiries)
    if expiries:
        found.setdefault(DAYS_LEFT, (min(expiries) - now).days)
    return found


def _structure(parts: Parts, value: Json, now: datetime, expiries: list[datetime]) -> Json:
    """Return an object or a structure of it; add what expires to ``expiries``."""
    found: Json = {}
    for name, one in value.items():
        facts = parts.get(name)
        found[name] = one if facts is None else _value(facts, one, now, expiries)
        if facts is not None and is_size(facts) and isinstance(one, int):
            found[name + TEXT] = "no limit" if one == 0 and LIMIT.search(name) else in_words(one)
    return found


def _value(facts: AttributeFacts, value: t.Any, now: datetime, expiries: list[datetime]) -> t.Any:
    if isinstance(value, list):
        return [_value(facts, one, now, expiries) for one in value]
    if isinstance(value, dict):
        if facts.relation:
            return _object(facts_of(facts.relation).attributes, value, now)
        return _structure({part.name: part for part in facts.structure}, value, now, expiries)
    if is_expiry(facts) and value:
        expiries += _instants(value)
    return port_name(value, facts.name) if facts.name == PORT_NAME and value else value


def _instants(value: t.Any) -> list[datetime]:
    """Return a point in time. A text that cannot be read gives nothing, so that the object can still be shown."""
    try:
        return [instant(str(value), "")]
    except InputError:
        return []
