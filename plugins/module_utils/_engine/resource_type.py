# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resource tables: everything that is to be known of an attribute, told once.

The argument spec, the request bodies, the comparison, the diff and the list of fields to read derive from the table.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .options.rules import Requires

Json = t.Dict[str, t.Any]
Compare = t.Callable[[t.Any, t.Any], bool]


def exact(current: t.Any, desired: t.Any) -> bool:
    """Compare numbers, booleans and names that differ by case."""
    return bool(current == desired)


def members(current: t.Any, desired: t.Any) -> bool:
    """Compare lists of plain values whose order means nothing."""
    return sorted(current or (), key=str) == sorted(desired, key=str)


def text(current: t.Any, desired: t.Any) -> bool:
    """Compare texts, where an unset one reads back as null or as an empty string."""
    return bool((current or "") == (desired or ""))


@dataclasses.dataclass(frozen=True)
class Reference:
    """An object that an attribute refers to: by id, by name, or both where both are known."""

    id: str | None = None
    name: str | None = None

    def matches(self, other: t.Mapping[str, t.Any]) -> bool:
        """Tell whether ``other``, an expanded relation with id and name, is the same object (names ignore case)."""
        if self.id is not None:
            return bool(other.get("id") == self.id)
        return str(other.get("name") or "").lower() == str(self.name).lower()

    def __str__(self) -> str:
        return str(self.id if self.name is None else self.name)


def distinct(references: t.Iterable[Reference]) -> list[Reference]:
    """Return each object once: the same one may be given by name and by id. What knows the name is preferred."""
    found: dict[tuple[bool, str], Reference] = {}
    for one in references:
        key = (False, str(one.name).lower()) if one.id is None else (True, one.id)
        known = found.setdefault(key, one)
        if known.name is None:
            found[key] = one
    return list(found.values())


@dataclasses.dataclass(frozen=True)
class Entries:
    """How the entries of a list of structures are held against each other: only what the task gives of each counts.

    key: the attributes that tell which entry is meant, none where their order does. What the appliance adds to an entry
    is no difference, and goes along when the list is written. others_stay: entries that the task does not name stay.
    """

    key: tuple[str, ...] = ()
    others_stay: bool = False

    def pairs(self, current: t.Any, desired: t.Sequence[Json]) -> list[tuple[Json, Json]]:
        """Return each entry asked for, without what is None in it, beside the one that is there, {} if none is."""
        asked = [{name: value for name, value in entry.items() if value is not None} for entry in desired]
        current_value = list(current or ())
        if not self.key:
            return list(zip(current_value + [{}] * (len(asked) - len(current_value)), asked))
        known = {self._name(entry): entry for entry in current_value}
        return [(known.get(self._name(entry), {}), entry) for entry in asked]

    def _name(self, entry: Json) -> tuple[str, ...]:
        return tuple(str(entry.get(name)).lower() for name in self.key)

    def same(self, current: t.Any, desired: t.Sequence[Json]) -> bool:
        """Tell whether the list has these entries, and no others unless those stay."""
        pairs = self.pairs(current, desired)
        replace_on_update = (
            all(there for there, dummy in pairs) if self.others_stay else len(current or ()) == len(desired)
        )
        return replace_on_update and all(_holds(there, entry) for there, entry in pairs)

    def merged(self, current: t.Any, desired: t.Sequence[Json]) -> list[Json]:
        """Return the list to write."""
        pairs = self.pairs(current, desired)
        named = [id(there) for there, dummy in pairs]
        others = [entry for entry in current or () if id(entry) not in named] if self.others_stay else []
        return [_laid_over(there, entry) for there, entry in pairs] + others

    def shown(self, current: t.Any, desired: t.Sequence[Json]) -> list[Json]:
        """Return the present list for people: of the entries that are asked for only what is asked of them."""
        pairs = [(there, entry) for there, entry in self.pairs(current, desired) if there]
        named = [id(there) for there, dummy in pairs]
        others = [] if self.others_stay else [entry for entry in current or () if id(entry) not in named]
        return [_part(there, entry) for there, entry in pairs] + others


def _holds(there: t.Any, asked: t.Any) -> bool:
    """Tell whether a value is as asked, a structure in what is asked of it."""
    if isinstance(asked, dict) and isinstance(there, dict):
        return all(_holds(there.get(name), value) for name, value in asked.items())
    return bool(there == asked)


def _laid_over(there: t.Any, asked: t.Any) -> t.Any:
    if isinstance(asked, dict) and isinstance(there, dict):
        return {**there, **{name: _laid_over(there.get(name), value) for name, value in asked.items()}}
    return asked


def _part(there: t.Any, asked: t.Any) -> t.Any:
    if isinstance(asked, dict) and isinstance(there, dict):
        return {name: _part(there.get(name), value) for name, value in asked.items()}
    return there


@dataclasses.dataclass(frozen=True)
class Attribute:
    """One option that maps to one attribute of the resource.

    option, type: as in the task. wire: name in request bodies; read: where it reads back; both default to the option.
    create, update: in which requests it may be written. fresh: value of a new object that was created without it.
    refers_to: resource type of a reference, kind: which value of its ``type`` is meant, relation: where the object it
    refers to reads back with id and name. A list of references is compared without regard to its order.
    within: the structure that holds it when it is read. joined: the platform does not expand the relation, whoever
    looks the object up puts it there. entries: how the entries of a list of structures are compared and merged.
    shape: further keys of the option's argument spec, such as elements, choices, options.
    secret: never read back and never compared; written when update_option says so.
    only: the values that may be written. since: release of the platform that introduced it; it is read only by tasks
    that ask for it, so that older releases still answer.
    """

    option: str
    type: str = "str"
    wire: str = ""
    read: str = ""
    create: bool = True
    update: bool = True
    fresh: t.Any = None
    same: Compare = exact
    refers_to: str = ""
    kind: str = ""
    relation: str = ""
    within: str = ""
    joined: bool = False
    secret: bool = False
    required: bool = False
    max_length: int = 0
    only: tuple[t.Any, ...] = ()
    since: str = ""
    entries: Entries | None = None
    shape: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)

    @property
    def on_wire(self) -> str:
        """Name in request bodies."""
        return self.wire or self.option

    def current_value(self, current: Json) -> t.Any:
        """Return the value in the object as read."""
        holder = current.get(self.within) or {} if self.within and not self.joined else current
        return holder.get(self.reads_back)

    @property
    def update_option(self) -> str:
        """Option that tells when a secret is written."""
        return f"update_{self.on_wire}"

    @property
    def reads_back(self) -> str:
        """Name in the object as read."""
        return self.relation or self.read or self.on_wire


@dataclasses.dataclass(frozen=True)
class Members:
    """A list of members that actions change, with an option that says how the asked list is meant.

    deleted_by: the option with which they are deleted together with the object.
    """

    option: str
    mode: str
    refers_to: str
    relation: str
    wire: str
    add: str
    remove: str
    noun: str
    deleted_by: str = ""


@dataclasses.dataclass(frozen=True)
class Dependents:
    """Objects that go when the object is deleted: whoever looks it up puts them beside it, with id and name.

    option: where they stand in the object as read and in the diff. by: the attribute of theirs that holds its id.
    filters, select: the rest of the query that finds them; without a type they are a relation of the object, which is
    read with it. only_with: the option without which they stay.
    """

    option: str
    noun: str
    type: str = ""
    filters: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    by: str = ""
    select: str = ""
    only_with: str = ""

    def go(self, desired: Json) -> bool:
        """Return whether they go with the object that the task deletes."""
        return desired.get("state") == "absent" and bool(not self.only_with or desired.get(self.only_with))


@dataclasses.dataclass(frozen=True)
class RequestParameter:
    """What steers a call and is never a reason to make one.

    on: the actions whose body takes it. along: the attribute that has to be in the body, too, if not empty.
    """

    option: str
    on: tuple[str, ...]
    type: str = "bool"
    along: str = ""
    secret: bool = False


@dataclasses.dataclass(frozen=True)
class RestConvention:
    """How a platform spells requests: verb and path template per kind of step, and a name in place of an id.

    creates_by: the action that an appliance's jobs name when an object is made.
    whole: bodies are shaped as objects are read, and a change sends the whole object as read, with the change put in.
    version: the attribute that tells the version of an object; changes are made only to the version that the plan saw.
    """

    create: tuple[str, str]
    modify: tuple[str, str]
    delete: tuple[str, str]
    action: tuple[str, str]
    by_name: str
    creates_by: str = "create"
    replace_on_update: bool = False
    version: str = ""


@dataclasses.dataclass(frozen=True)
class ResourceType:
    """The table of one resource type. title: what people call it.

    reads: attributes that only the result shows; where whole objects are written they are left out.

    renames: whether there is an option new_<key>. secret_tests: what a secret's update_option may be beside on_create
    and always, where the platform can prove by other means whether a secret holds.
    rules: options that have an effect only beside others, apart from those that follow from the table itself.
    key_without: characters that the appliance takes in no name, neither of a new object nor of a renamed one.
    """

    type: str
    title: str
    style: RestConvention
    attributes: tuple[Attribute, ...]
    key: str = "name"
    key_length: int = 0
    members: tuple[Members, ...] = ()
    controls: tuple[RequestParameter, ...] = ()
    dependents: tuple[Dependents, ...] = ()
    reads: tuple[str, ...] = ()
    renames: bool = True
    secret_tests: tuple[str, ...] = ()
    rules: tuple[Requires, ...] = ()
    key_without: str = ""

    def argument_spec(self) -> Json:
        """Return the Ansible argument spec of the resource, without the platform's connection options."""
        spec: Json = {
            "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
            "id": {"type": "str"},
            self.key: {"type": "str"},
        }
        if self.renames:
            spec[f"new_{self.key}"] = {"type": "str"}
        for attribute in self.attributes:
            spec[attribute.option] = {"type": attribute.type, **attribute.shape}
            if attribute.secret:
                spec[attribute.option]["no_log"] = True
                choices = ["on_create", "always", *self.secret_tests]
                # Ansible takes an option for a secret whose name looks like one.
                update = {"type": "str", "choices": choices, "default": "on_create", "no_log": False}
                spec[attribute.update_option] = update
        for members in self.members:
            spec[members.option] = {"type": "list", "elements": "str"}
            spec[members.mode] = {"type": "str", "choices": ["exact", "add", "remove"], "default": "exact"}
        for control in self.controls:
            spec[control.option] = {"type": control.type}
            if control.secret:
                spec[control.option]["no_log"] = True
        return spec

    def fields(self, desired: Json) -> dict[str, tuple[str, ...]]:
        """Return the fields to read for a task: attribute name to the sub-fields of a relation, or to nothing."""
        fields: dict[str, tuple[str, ...]] = {"id": (), self.key: ()}
        fields.update((name, ()) for name in self.reads)
        for attribute in self.attributes:
            if attribute.secret or (attribute.since and desired.get(attribute.option) is None):
                continue
            if attribute.relation:
                fields[attribute.on_wire] = ()
                if not attribute.joined:
                    fields[attribute.relation] = ("id", "name")
            else:
                fields[attribute.within or attribute.reads_back] = ()
        for members in self.members:
            fields[members.relation] = ("id", "name")
        for dependents in self.dependents:
            if not dependents.type and dependents.go(desired):
                fields[dependents.option] = ("id", "name")
        return fields
