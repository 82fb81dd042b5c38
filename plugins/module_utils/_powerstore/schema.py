# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the REST API documents say of a resource type, parsed from ``facts.py`` when something asks for it.

A task needs a few attributes of one or two types. Each attribute is therefore parsed by itself, once per process.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import typing as t

from .facts import ENUMS, FACTS

TYPES = tuple(FACTS)
"""The names of all resource types."""

FLAGS = {
    "r": "read",
    "c": "create",
    "u": "update",
    "n": "nullable",
    "x": "clears",
    "s": "secret",
    "t": "is_time",
}
LIMITS = {"len": ("min_length", "max_length"), "range": ("minimum", "maximum")}
VERBS = frozenset(("list", "get", "create", "modify", "delete"))


@dataclasses.dataclass(frozen=True)
class AttributeFacts:
    """An attribute of a resource type, of a structure, or of the body of an action.

    type, elements: Ansible types, of the value and of a list's elements. For a list, enum, ref, by_name, is_time and
    all limits but ``max_items`` are those of each element.
    default: the value if the create body, or that of the action, leaves the attribute out; None if not documented.
    relation: the type of the objects that the attribute leads to and that ``select`` can expand (several if it is a
    list). ref: the type whose id the attribute holds. by_name: the API also takes ``name:NAME`` for the id.
    read, create, update: where the attribute is: in the object as read, in the create body, in the modify body. None of
    them is set for the body of an action. required: the create body, or the body of the action, must have it.
    required_on_update: the modify body must have it. nullable: null unsets it in the modify body, clears: ``""`` does.
    since: the first release with the attribute, such as ``3.5``, empty if every release with the type has it.
    values_since: the enum's values that a later release added, each with that release.
    structure: the attributes of the embedded structure, or of each element.
    """

    name: str
    type: str
    elements: str = ""
    enum: t.Tuple[str, ...] = ()
    min_length: t.Optional[int] = None
    max_length: t.Optional[int] = None
    minimum: t.Optional[int] = None
    maximum: t.Optional[int] = None
    max_items: t.Optional[int] = None
    default: t.Any = None
    relation: str = ""
    ref: str = ""
    by_name: bool = False
    read: bool = False
    create: bool = False
    update: bool = False
    required: bool = False
    required_on_update: bool = False
    nullable: bool = False
    clears: bool = False
    secret: bool = False
    is_time: bool = False
    since: str = ""
    values_since: t.Tuple[t.Tuple[str, str], ...] = ()
    structure: t.Tuple[AttributeFacts, ...] = ()


Attributes = t.Mapping[str, AttributeFacts]
Parsed = t.TypeVar("Parsed")


@dataclasses.dataclass(frozen=True)
class TypeFacts:
    """A resource type.

    since: the first release with the type, empty for always. filters: whether the collection takes filters, an order
    and pages. by_name: whether the path of an object takes ``name:NAME`` for the id.
    verbs: those of ``list``, ``get``, ``create``, ``modify`` and ``delete`` that the type has.
    actions, class_actions: of an object and of the type, each with the attributes of its body. delete: the attributes
    of the body of delete.
    """

    name: str
    since: str
    filters: bool
    by_name: bool
    verbs: t.FrozenSet[str]
    attributes: Attributes
    actions: t.Mapping[str, Attributes]
    class_actions: t.Mapping[str, Attributes]
    delete: Attributes


@functools.lru_cache(maxsize=None)
def facts_of(type_: str) -> TypeFacts:
    """Return the facts of a resource type; raise KeyError if PowerStore has no such type."""
    header, *blocks = _blocks(FACTS[type_])
    words = header.split()
    attributes = [block for block in blocks if block[0] not in "/-"]
    actions = [block for block in blocks if block[0] == "/"]
    return TypeFacts(
        name=type_,
        since=next((word[len("since:") :] for word in words if word.startswith("since:")), ""),
        filters="filters" in words,
        by_name="names" in words,
        verbs=VERBS.intersection(words),
        attributes=_attributes(attributes),
        actions=_Parsed({_first(block)[1:]: block for block in actions if block[1] != "/"}, _body),
        class_actions=_Parsed({_first(block)[2:]: block for block in actions if block[1] == "/"}, _body),
        delete=_body(next((block for block in blocks if block[0] == "-"), "")),
    )


@functools.lru_cache(maxsize=None)
def needed_in_changes(type_: str) -> t.Tuple[str, ...]:
    """Return the attributes that every change of an object must contain. To find them takes all facts of the type."""
    return tuple(one.name for one in facts_of(type_).attributes.values() if one.required_on_update)


def attribute_at(attributes: Attributes, path: str) -> AttributeFacts:
    """Return an attribute, or a part of a structure such as ``flr_attributes.mode``, which has its path as name.

    Raise KeyError if the type lacks it.
    """
    name, dot, rest = path.partition(".")
    known = attributes[name]
    if not dot:
        return known
    part = attribute_at({one.name: one for one in known.structure}, rest)
    required = part.required and known.required  # else only who gives another part must give it
    return dataclasses.replace(part, name=path, since=part.since or known.since, required=required)


def takes_filters(type_: str) -> bool:
    """Return whether a collection takes filters, an order and pages. A type that the documents lack is taken to."""
    return type_ not in FACTS or facts_of(type_).filters


class _Parsed(t.Mapping[str, Parsed]):
    """Facts by name. Each is parsed when something asks for it."""

    def __init__(self, blocks: t.Mapping[str, str], parse: t.Callable[[str], Parsed]) -> None:
        self._blocks = blocks
        self._parse = parse
        self._known: t.Dict[str, Parsed] = {}

    def __getitem__(self, name: str) -> Parsed:
        if name not in self._known:
            self._known[name] = self._parse(self._blocks[name])
        return self._known[name]

    def __iter__(self) -> t.Iterator[str]:
        return iter(self._blocks)

    def __len__(self) -> int:
        return len(self._blocks)

    def __contains__(self, name: object) -> bool:
        return name in self._blocks


def _blocks(text: str) -> t.List[str]:
    """Split a text into blocks: a line and the lines below it that are indented further, these after a NUL each."""
    return text.replace("\n ", "\0 ").split("\n") if text else []


def _first(block: str) -> str:
    """Return the first line of a block."""
    return block.partition("\0")[0]


def _inner(block: str) -> t.List[str]:
    """Return the blocks below the first line of a block."""
    return _blocks("\n".join(line[1:] for line in block.split("\0")[1:]))


def _body(block: str) -> Attributes:
    return _attributes(_inner(block))


def _attributes(blocks: t.Iterable[str]) -> Attributes:
    return _Parsed({block.partition(" ")[0]: block for block in blocks}, _attribute)


def _attribute(block: str) -> AttributeFacts:
    line, dummy, default = _first(block).partition(" =")
    name, flags, type_, *words = line.split(" ")
    facts: t.Dict[str, t.Any] = {FLAGS[flag]: True for flag in flags.lower() if flag in FLAGS}
    facts["required"] = "C" in flags or "!" in flags
    facts["required_on_update"] = "U" in flags
    for word in words:
        facts.update(_fact(word))
    if default:
        facts["default"] = json.loads(default)
    if "\0" in block:
        facts["structure"] = tuple(_attribute(inner) for inner in _inner(block))
    if type_[0] == "[":
        return AttributeFacts(name, "list", type_[1:-1], **facts)
    return AttributeFacts(name, type_, **facts)


def _fact(word: str) -> t.Dict[str, t.Any]:
    """Return what one word of an attribute's line stands for."""
    key, colon, value = word.partition(":")
    if key == "enum":
        pairs = [entry.partition("@") for entry in ENUMS[value].split()]
        return {
            "enum": tuple(name for name, dummy, since in pairs),
            "values_since": tuple((name, since) for name, dummy, since in pairs if since),
        }
    if key in LIMITS:
        low, dots, high = value.partition("..")
        lowest, highest = LIMITS[key]
        return {lowest: int(low) if low else None, highest: int(high) if high else None}
    if key == "items":
        return {"max_items": int(value)}
    if key == "names":
        return {"by_name": True}
    return {key: value} if colon else {"relation": word[1:]}
