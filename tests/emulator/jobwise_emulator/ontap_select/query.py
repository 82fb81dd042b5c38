# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The query language of GETs: filters, fields, order and number of records.

ONTAP Select Deploy REST API v3: the operator is a prefix of the value, ``f=v``, ``f=<v``, ``f=>=v``, ``f=a|b``,
``f=!v``, ``f=*x*``, ``f=null``, ``f=!null``. Names that are not known are refused (the documentation only says that
input which is not recognized is a bad request).
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import datetime, timezone
from fnmatch import fnmatchcase
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.ontap_select.attributes import CHEAP, KEY, Table, knows, leaves
from jobwise_emulator.ontap_select.errors import invalid

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
CONTROL = ("fields", "order_by", "max_records")
Parameters = list[tuple[str, str]]
Test = Callable[[list[Any]], bool]


def collection(table: Table, records: list[Json], parameters: Parameters) -> Json:
    """The envelope of a collection."""
    tests = [(name, filter_of(table, name, text)) for name, text in parameters if name not in CONTROL]
    found = [record for record in records if all(test(values(record, name)) for name, test in tests)]
    controls = {name: text for name, text in parameters if name in CONTROL}
    if "order_by" in controls:
        found = ordered(table, found, controls["order_by"])
    if "max_records" in controls:
        found = found[: positive(controls["max_records"])]
    paths = chosen(table, controls.get("fields"))
    return {"num_records": len(found), "records": [picked(record, paths) for record in found]}


def instance(table: Table, record: Json, parameters: Parameters) -> Json:
    """The envelope of one object, for which ``fields`` is all that can be asked."""
    unknown = [name for name, dummy in parameters if name != "fields"]
    if unknown:
        raise invalid(f"Parameter {unknown[0]} is not known here.")
    return {"record": picked(record, chosen(table, dict(parameters).get("fields")))}


def positive(text: str) -> int:
    """A number above zero."""
    if not text.isdecimal() or int(text) < 1:
        raise invalid(f"max_records must be a number above 0, not {text}.")
    return int(text)


def chosen(table: Table, text: str | None) -> list[str]:
    """The key attributes and those that ``fields`` asks for besides them, in the order of the table."""
    wanted = {name for name, facts in table.items() if facts.cost == KEY}
    for path in text.split(",") if text is not None else ():
        if path in ("*", "**"):
            wanted |= {name for name, facts in table.items() if path == "**" or facts.cost == CHEAP}
        elif knows(table, path):
            wanted |= set(leaves(table, path))
        else:
            raise invalid(f"Field {path!r} is not known.")
    return [name for name in table if name in wanted]


def picked(record: Json, paths: list[str]) -> Json:
    """A copy of a record with nothing but some of its attributes."""
    answer: Json = {}
    below: dict[str, list[str]] = {}
    for path in paths:
        head, dummy, rest = path.partition(".")
        if rest:
            below.setdefault(head, []).append(rest)
        else:
            answer[head] = record.get(head)
    for head, inner in below.items():
        value = record.get(head)
        if isinstance(value, list):
            answer[head] = [picked(entry, inner) for entry in value]
        else:
            answer[head] = None if value is None else picked(value, inner)
    return {name: answer[name] for name in record if name in answer}


def values(record: Any, path: str) -> list[Any]:
    """What a path leads to; several values where it reaches through a list, ``[None]`` where there is nothing."""
    head, dummy, rest = path.partition(".")
    value = record.get(head)
    members = value if isinstance(value, list) else [value]
    if not rest:
        return members or [None]
    return [inner for entry in members if isinstance(entry, dict) for inner in values(entry, rest)] or [None]


def filter_of(table: Table, name: str, text: str) -> Test:
    """The test that a filter makes of an attribute's values: one of its alternatives fits one of them."""
    if name not in table:
        raise invalid(f"Field {name!r} is not known, so it cannot be filtered on.")
    tests = [alternative(table[name].type, name, part) for part in text.split("|")]
    return lambda found: any(test(found) for test in tests)


def alternative(kind: str, name: str, text: str) -> Test:
    """The test that one alternative of a filter makes of the values."""
    text = text.strip()
    if text.startswith("!"):
        inner = alternative(kind, name, text[1:])
        return lambda found: not inner(found)
    for sign, compare in ORDER.items():
        if text.startswith(sign):
            limit = convert(kind, name, text[len(sign) :].strip())
            return lambda found: any(value is not None and compare(value, limit) for value in found)
    if text == "null":
        return lambda found: all(value is None for value in found)
    if "*" in text:
        return lambda found: any(isinstance(value, str) and fnmatchcase(value, escaped(text)) for value in found)
    wanted = convert(kind, name, text)
    return lambda found: any(value == wanted for value in found)


def escaped(text: str) -> str:
    """A pattern in which only ``*`` is special."""
    return text.replace("[", "[[]").replace("?", "[?]")


def convert(kind: str, name: str, text: str) -> Any:
    """A value of a filter as the attribute's type."""
    if kind == "int":
        if not text.lstrip("-").isdecimal():
            raise invalid(f"{name} is compared with a number, not {text!r}.")
        return int(text)
    if kind == "bool":
        if text.lower() not in ("true", "false"):
            raise invalid(f"{name} is true or false, not {text!r}.")
        return text.lower() == "true"
    return instant(name, text) if kind == "time" else text


def instant(name: str, text: str) -> str:
    """A time in the form in which times are kept, so that they compare as text."""
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise invalid(f"{name} is compared with a time, not {text!r}.") from None
    return stamp(moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc))


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC with microseconds and ``Z``."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def ordered(table: Table, records: list[Json], text: str) -> list[Json]:
    """Records sorted by ``name asc`` or ``type desc, id asc``; unset values come first going up."""
    for part in reversed(text.split(",")):
        name, *direction = part.split()
        if name not in table:
            raise invalid(f"Field {name!r} is not known, so it cannot be sorted by.")
        if direction not in ([], ["asc"], ["desc"]):
            raise invalid(f"order_by takes a field and asc or desc, not {part!r}.")
        records = sorted(records, key=lambda record: rank(values(record, name)[0]), reverse=direction == ["desc"])
    return records


def rank(value: Any) -> tuple[bool, Any]:
    """A key to sort by that copes with unset values."""
    return (value is not None, value if value is not None else 0)
