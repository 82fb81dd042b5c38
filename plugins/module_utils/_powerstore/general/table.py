# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The table of any resource type, made from the facts when a task asks for it. Its options have the API's names.

The facts do not say everything. What a table of a module says by hand, such as that a size only grows, the array says
here, when the task writes.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ..._engine.lookup.references import Ref
from ..._engine.table.attribute import CANNOT, Attribute, as_is, as_list, as_set
from ..._engine.table.lists import Item, List, Patch
from ..._engine.table.resource_type import EXISTING, NAMED, SINGLETON, RequestParameter, ResourceType
from ..._engine.table.whole_list import Whole
from ..define import CONVENTION, NOUNS, OTHER_REFS, REFERRED_KINDS, from_facts, ref_of
from ..resources.hosts import INITIATORS
from ..schema import AttributeFacts, TypeFacts, facts_of
from ..timestamps import as_instant
from .offered import is_created

READS = {
    ("bond", "port_ids"): "eth_ports",
    ("nas_server", "file_events_publisher_id"): "file_events_publishers[0]",
}
"""By type and attribute, the relation that shows what a request sets, if it has another name."""

KINDS = {
    "file_system": ("filesystem_type", ("Primary",)),
    **{name: ("type", of) for name, of in REFERRED_KINDS.items()},
}
"""The attribute and the values of the objects that a name means, for types whose collections also hold snapshots."""

ACRONYMS = (
    *("cacpiv", "chap", "dhsm", "dns", "fc", "fsn", "ftp", "ip", "kmip", "ldap", "mfa", "nas", "ndmp", "nfs", "nis"),
    *("ntp", "sas", "smb", "smtp", "snmp", "vmax", "vnx"),
)
WORDS = {**{word: word.upper() for word in ACRONYMS}, "eth": "Ethernet", "io": "I/O", "vcenter": "vCenter"}
"""What people write in the place of a word in a type's name."""

LATER = "later"
"""The release that added an attribute of which the facts know nothing."""


def base_of(facts: TypeFacts, name: str) -> str:
    """Return the list that an attribute such as ``add_hosts`` adds to or removes from; an empty text for others."""
    for prefix, other in (("add_", "remove_"), ("remove_", "add_")):
        base = name[len(prefix) :]
        if name.startswith(prefix) and other + base in facts.attributes and _is_shown(facts, base):
            return base
    return ""


def _is_list(facts: TypeFacts, name: str) -> bool:
    return base_of(facts, f"add_{name}") == name and f"add_{name}" in facts.attributes


def _is_shown(facts: TypeFacts, name: str) -> bool:
    """Return whether the array shows an attribute, or what it refers to."""
    known = facts.attributes.get(name)
    return known is not None and (known.read or bool(relation_of(facts, name)))


def relation_of(facts: TypeFacts, name: str) -> str:
    """Return the read path of what an attribute with an id, or with ids, refers to; an empty text if it has none."""
    if (facts.name, name) in READS:
        return READS[facts.name, name]
    stem = name[:-3] if name.endswith("_id") else f"{name[:-4]}s" if name.endswith("_ids") else ""
    known = facts.attributes.get(stem)
    leads = known is not None and known.relation and known.read
    return stem if leads and has_names(t.cast(AttributeFacts, known).relation) else ""


def has_names(type_: str) -> bool:
    """Return whether objects of a type have names. Others are referred to by their ids."""
    return "name" in facts_of(type_).attributes


def settable(type_: str) -> dict[str, AttributeFacts]:
    """Return what ``desired`` can hold: attributes of the create and modify bodies, and of the body of delete."""
    facts = facts_of(type_)
    written = {name: one for name, one in facts.attributes.items() if one.update or (one.create and is_created(facts))}
    lists = {base_of(facts, name): base_of(facts, name) for name in written}
    shown = {name: _entries_plain(facts.attributes[name]) for name in lists if name}
    plain = {name: shown.get(name, one) for name, one in written.items()}
    return {**shown, **plain, **{name: one for name, one in facts.delete.items() if name not in written}}


def _entries_plain(known: AttributeFacts) -> AttributeFacts:
    """Return a list as requests have it. Of some lists of texts, the array shows structures."""
    return known if known.elements == "dict" else dataclasses.replace(known, structure=())


def readable(type_: str) -> dict[str, AttributeFacts]:
    """Return what can identify an object: plain attributes that the array shows."""
    facts = facts_of(type_)
    return {
        name: one
        for name, one in facts.attributes.items()
        if one.type not in ("dict", "list") and not one.secret and _is_shown(facts, name)
    }


@dataclasses.dataclass(frozen=True)
class Extra:
    """An attribute that the facts lack. parts: the names of the parts of a structure. is_shown: whether it is read."""

    name: str
    type: str
    parts: tuple[str, ...] = ()
    is_shown: bool = True

    @classmethod
    def of(cls, name: str, value: t.Any) -> Extra:
        """Return the attribute that a value is for."""
        if isinstance(value, dict):
            return cls(name, "dict", tuple(map(str, value)))
        if isinstance(value, (list, tuple)):
            return cls(name, "list", ("",) if any(isinstance(entry, dict) for entry in value) else ())
        return cls(name, type(value).__name__)

    def shown(self, is_shown: bool) -> Extra:
        """Return it, read or not."""
        return dataclasses.replace(self, is_shown=is_shown)

    def attribute(self) -> Attribute:
        """Return its attribute of a table. Only tasks that give it read it."""
        if self.type == "list" and self.parts:
            return List(self.name, item=Item(_noun(self.name)), since=LATER)
        structure = tuple(Attribute(part, clear=CANNOT) for part in self.parts)
        normalize = as_list if self.type == "list" else as_is
        return Attribute(self.name, type=self.type, since=LATER, structure=structure, normalize=normalize)


@functools.lru_cache(maxsize=64)
def table_of(type_: str, identity: tuple[str, ...], extra: tuple[Extra, ...] = ()) -> ResourceType:
    """Return the table of a type.

    identity: the attributes that identify the object, as in `ResourceType`; none for one of which there is only one.
    extra: attributes that the facts lack.
    """
    facts = facts_of(type_)
    key = identity[0] if identity else ""
    is_named = bool(key) and _ref(facts, facts.attributes[key]) is None
    attributes: list[Attribute] = []
    parameters: list[RequestParameter] = []
    for name, known in settable(type_).items():
        if name == key and is_named:
            continue
        if name not in facts.attributes or _is_sent_along(facts, known):
            parameters.append(_parameter(facts, name))
        elif not base_of(facts, name):
            attributes.append(_attribute(facts, known))
    there = {one.option for one in attributes}
    attributes += [
        dataclasses.replace(_attribute(facts, facts.attributes[name]), create_only=True)
        for name in identity[1 if is_named else 0 :]
        if name not in there
    ]
    attributes += [one.attribute() for one in extra if one.is_shown]
    parameters += [RequestParameter(one.name, on=("create", "modify"), type="raw") for one in extra if not one.is_shown]
    kind_by, kinds = KINDS.get(type_, ("type", ())) if key == "name" else ("type", ())
    of_names = facts.attributes.get(key) if is_named else None
    return ResourceType(
        type=type_,
        title=title_of(type_),
        convention=CONVENTION,
        attributes=tuple(attributes),
        kind=(NAMED if is_created(facts) else EXISTING) if identity else SINGLETON,
        kinds=() if kind_by in identity else kinds,
        kind_by=kind_by,
        identity=identity or ("name",),
        parameters=tuple(parameters),
        reads=(kind_by,) if kinds else (),
        renames=bool(of_names and of_names.update),
    )


def title_of(type_: str) -> str:
    """Return the words for an object of a type in messages."""
    return NOUNS.get(type_) or " ".join(WORDS.get(word, word) for word in type_.split("_"))


def _is_sent_along(facts: TypeFacts, known: AttributeFacts) -> bool:
    """Return whether a value can be changed but never read, and is no secret. Other changes contain it."""
    return known.update and not known.secret and not _is_shown(facts, known.name) and not base_of(facts, known.name)


def _parameter(facts: TypeFacts, name: str) -> RequestParameter:
    known, gone = facts.attributes.get(name), facts.delete.get(name)
    on = [action for action, has in (("create", known and known.create), ("modify", known and known.update)) if has]
    on += ["delete"] if gone else []
    of = known or t.cast(AttributeFacts, gone)
    return RequestParameter(name, on=tuple(on), type=of.type, sensitive=of.secret)


def _attribute(facts: TypeFacts, known: AttributeFacts) -> Attribute:
    """Return the attribute of a table whose option has the API's name."""
    name, relation = known.name, relation_of(facts, known.name)
    ref = _ref(facts, known)
    limits: dict[str, t.Any] = {"min_length": 0, "max_length": 0, "minimum": None, "maximum": None, "max_items": 0}
    if facts.name == "host" and name == INITIATORS.option:
        return INITIATORS
    if _is_list(facts, name):
        return _patched(facts, facts.attributes[name], ref, relation)
    if known.type == "list":
        return _whole_list(facts, facts.attributes[name], ref, relation)
    by_hand: dict[str, t.Any] = {"ref": ref, "read": relation, **limits}
    if known.is_time:
        by_hand["normalize"] = as_instant
    if known.type == "dict" and known.structure:
        by_hand["structure"] = tuple(_part(part, known) for part in known.structure)
    by_hand["write_only"] = not _is_shown(facts, name) and not known.secret
    return from_facts(known, name, **by_hand)


def _ref(facts: TypeFacts, known: AttributeFacts) -> Ref | None:
    """Return what an attribute refers to, None if it holds no id or that of an object without a name."""
    stem = known.name[:-3] if known.name.endswith("_id") else known.name
    ref = OTHER_REFS.get((facts.name, stem)) or ref_of(known, stem)
    return with_long_ids(ref) if ref and has_names(ref.type) else None


def with_long_ids(ref: Ref) -> Ref:
    """Return a reference that takes ids without dashes as well, as arrays give them to ports and other hardware."""
    return dataclasses.replace(ref, id_form="|".join(filter(None, (ref.id_form, "[0-9a-f]{32}"))))


def _part(known: AttributeFacts, whole: AttributeFacts) -> Attribute:
    """Return a part of a structure. Within structures, references are ids."""
    by_hand: dict[str, t.Any] = {"ref": None, "create_only": False, "update_only": False, "required": False}
    if known.type == "dict" and known.structure:
        by_hand["structure"] = tuple(_part(part, known) for part in known.structure)
    by_hand["write_only"] = _is_unseen(known, whole) and not known.secret
    return from_facts(known, known.name, **by_hand)


def _is_unseen(part: AttributeFacts, whole: AttributeFacts) -> bool:
    """Return whether the array never shows a part of a structure. Of some structures, the facts do not say it."""
    return part.secret or (not part.read and any(other.read for other in whole.structure))


def _noun(name: str) -> str:
    """Return what messages call an entry of a list."""
    stem = name[:-4] if name.endswith("_ids") else name[:-1] if name.endswith("s") else name
    return stem.replace("_", " ")


def _patched(facts: TypeFacts, known: AttributeFacts, ref: Ref | None, relation: str) -> List:
    """Return a list that requests change by what they add and remove."""
    name = known.name
    read = f"{relation}[]" if relation else f"{name}[].{known.structure[0].name}" if known.structure else name
    return List(
        name,
        read=read,
        required=known.required,
        item=Item(_noun(name), ref=ref if relation else None),
        channel=Patch(f"add_{name}", f"remove_{name}", create=name if known.create else "", together=True),
        since=known.since,
    )


def _whole_list(facts: TypeFacts, known: AttributeFacts, ref: Ref | None, relation: str) -> Attribute:
    """Return a list that a request contains as a whole. The order of an enumeration's values does not count."""
    name = known.name
    fixed = known.create and not known.update
    flags: dict[str, t.Any] = {
        "create_only": fixed,
        "update_only": known.update and not known.create,
        "required": known.required,
        "since": known.since,
    }
    if relation:
        ref = ref or with_long_ids(Ref(facts.attributes[relation].relation))
        return List(name, read=f"{relation}[]", item=Item(_noun(name), ref=ref), **flags)
    if known.elements == "dict" and known.read:
        secrets = tuple(part.name for part in known.structure if _is_unseen(part, known))
        takes = tuple(part.name for part in known.structure if part.create or part.update)
        return List(name, item=Item(_noun(name)), channel=Whole(unreadable=secrets, takes=takes), **flags)
    by_hand: dict[str, t.Any] = {"ref": None, "max_items": 0}
    if known.structure and known.elements == "str":
        by_hand["read"] = f"{name}[].{known.structure[0].name}"
    if known.elements == "dict":
        by_hand["normalize"] = as_is
    elif known.enum:
        by_hand["normalize"] = as_set
    return from_facts(known, name, **by_hand)
