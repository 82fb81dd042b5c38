# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resource types: tables that describe each attribute of a resource in one place.

The argument spec, the request bodies, the comparison, the diff and the list of fields to read derive from the table.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .options.rules import Requires

Json = t.Dict[str, t.Any]
Compare = t.Callable[[t.Any, t.Any], bool]


def exact(current: t.Any, desired: t.Any) -> bool:
    """Compare numbers, booleans, and texts with regard to case."""
    return bool(current == desired)


def members(current: t.Any, desired: t.Any) -> bool:
    """Compare lists of plain values, ignoring their order."""
    return sorted(current or (), key=str) == sorted(desired, key=str)


def text(current: t.Any, desired: t.Any) -> bool:
    """Compare texts. An unset text may read back as null or as an empty string."""
    return bool((current or "") == (desired or ""))


@dataclasses.dataclass(frozen=True)
class Reference:
    """An object that an attribute refers to, by id, by name, or by both."""

    id: str | None = None
    name: str | None = None

    def matches(self, other: t.Mapping[str, t.Any]) -> bool:
        """Return whether ``other``, an object with id and name, is the same object. Names ignore case."""
        if self.id is not None:
            return bool(other.get("id") == self.id)
        return str(other.get("name") or "").lower() == str(self.name).lower()

    def __str__(self) -> str:
        return str(self.id if self.name is None else self.name)


def distinct(references: t.Iterable[Reference]) -> list[Reference]:
    """Return each object once; a reference that has a name is preferred."""
    found: dict[tuple[bool, str], Reference] = {}
    for reference in references:
        key = (False, str(reference.name).lower()) if reference.id is None else (True, reference.id)
        known = found.setdefault(key, reference)
        if known.name is None:
            found[key] = reference
    return list(found.values())


@dataclasses.dataclass(frozen=True)
class Entries:
    """How a list of structures is compared and written. Only the attributes that the task gives are compared.

    key: the attributes that identify an entry; if empty, its position does. Attributes that the appliance adds to an
    entry are not a difference, and are kept when the list is written. others_stay: entries that the task does not name
    stay in the list.
    """

    key: tuple[str, ...] = ()
    others_stay: bool = False

    def pairs(self, current: t.Any, desired: t.Sequence[Json]) -> list[tuple[Json, Json]]:
        """Return pairs of a current entry, {} if it is new, and the desired entry without its None values."""
        wanted = [{name: value for name, value in entry.items() if value is not None} for entry in desired]
        current_value = list(current or ())
        if not self.key:
            return list(zip(current_value + [{}] * (len(wanted) - len(current_value)), wanted))
        known = {self._name(entry): entry for entry in current_value}
        return [(known.get(self._name(entry), {}), entry) for entry in wanted]

    def _name(self, entry: Json) -> tuple[str, ...]:
        return tuple(str(entry.get(name)).lower() for name in self.key)

    def same(self, current: t.Any, desired: t.Sequence[Json]) -> bool:
        """Return whether the list has these entries, and no others unless others_stay."""
        pairs = self.pairs(current, desired)
        replace_on_update = (
            all(there for there, dummy in pairs) if self.others_stay else len(current or ()) == len(desired)
        )
        return replace_on_update and all(_holds(there, entry) for there, entry in pairs)

    def merged(self, current: t.Any, desired: t.Sequence[Json]) -> list[Json]:
        """Return the list to write: the current entries with the desired values applied."""
        pairs = self.pairs(current, desired)
        named = [id(there) for there, dummy in pairs]
        others = [entry for entry in current or () if id(entry) not in named] if self.others_stay else []
        return [_laid_over(there, entry) for there, entry in pairs] + others

    def shown(self, current: t.Any, desired: t.Sequence[Json]) -> list[Json]:
        """Return the current list as the diff shows it, its desired entries reduced to what the task gives."""
        pairs = [(there, entry) for there, entry in self.pairs(current, desired) if there]
        named = [id(there) for there, dummy in pairs]
        others = [] if self.others_stay else [entry for entry in current or () if id(entry) not in named]
        return [_part(there, entry) for there, entry in pairs] + others


def _holds(current: t.Any, desired: t.Any) -> bool:
    """Return whether a value is as desired; of a structure, only the attributes that the task gives count."""
    if isinstance(desired, dict) and isinstance(current, dict):
        return all(_holds(current.get(name), value) for name, value in desired.items())
    return bool(current == desired)


def _laid_over(current: t.Any, desired: t.Any) -> t.Any:
    if isinstance(desired, dict) and isinstance(current, dict):
        return {**current, **{name: _laid_over(current.get(name), value) for name, value in desired.items()}}
    return desired


def _part(current: t.Any, desired: t.Any) -> t.Any:
    if isinstance(desired, dict) and isinstance(current, dict):
        return {name: _part(current.get(name), value) for name, value in desired.items()}
    return current


@dataclasses.dataclass(frozen=True)
class Attribute:
    """One option of a task, which maps to one attribute of the resource.

    option, type: name and Ansible type of the option. wire: name in request bodies, by default the option.
    read: name in the object as read, by default the name in request bodies.
    create, update: whether the request of this kind may contain it. fresh: default value of a new object.
    same: how two values are compared.
    refers_to: resource type that a reference leads to. kind: the required value of that object's ``type``.
    relation: the attribute of the object as read that holds the referenced object, with id and name. A list of
    references is compared without regard to its order.
    within: the structure that holds the attribute in the object as read.
    joined: the API returns only the id; the handler looks up the name. entries: how a list of structures is compared.
    secret: the API never returns it; ``update_option`` says when it is written. required: a create must contain it.
    max_length: of a text, 0 for no limit. only: the values that can be set.
    since: the first release that has it; only tasks that give the option read it, so that older releases still answer.
    shape: further keys of the option's argument spec, such as elements, choices, options.
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
        """Name of the option that says when a secret is written."""
        return f"update_{self.on_wire}"

    @property
    def reads_back(self) -> str:
        """Name in the object as read."""
        return self.relation or self.read or self.on_wire


@dataclasses.dataclass(frozen=True)
class Members:
    """A list of members that actions of the API change.

    option: the desired members. mode: the option that says whether the list is ``exact``, or members to ``add`` or
    ``remove``. refers_to: the members' resource type. relation: the attribute of the object as read that holds them.
    wire: their name in request bodies. add, remove: the actions. noun: a member's name in messages, in the singular.
    deleted_by: the option that deletes the members together with the object.
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
    """Objects that the appliance deletes together with the object.

    option: their attribute in the object as read, and in the diff; the handler adds it, with id and name of each.
    type: their resource type; without it, they are a relation that is read with the object. by: the attribute of a
    dependent that holds the object's id. filters, select: the rest of the query that finds them.
    only_with: the option that has them deleted; without it they stay.
    """

    option: str
    noun: str
    type: str = ""
    filters: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    by: str = ""
    select: str = ""
    only_with: str = ""

    def go(self, desired: Json) -> bool:
        """Return whether the task deletes them."""
        return desired.get("state") == "absent" and bool(not self.only_with or desired.get(self.only_with))


@dataclasses.dataclass(frozen=True)
class RequestParameter:
    """An option that controls a request and is never a reason to send one.

    on: the actions whose body takes it. along: an attribute that the body must contain as well, or empty.
    """

    option: str
    on: tuple[str, ...]
    type: str = "bool"
    along: str = ""
    secret: bool = False


@dataclasses.dataclass(frozen=True)
class RestConvention:
    """How a platform writes requests.

    create, modify, delete, action: HTTP verb and path template of each kind of step.
    by_name: template for a name in place of an id. creates_by: the action that the jobs of a create have.
    replace_on_update: bodies have the form of the object as read, and a change sends the whole object as read with the
    changes applied. version: the attribute that holds an object's version; the appliance refuses a change if the
    version is no longer the one that the plan is based on.
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
    """The table of one resource type.

    type: the API's name. title: the name in messages. key: the attribute that identifies an object, usually its name.
    key_length: the longest key, 0 for no limit. key_without: characters that a new key must not contain.
    controls: its request parameters. reads: attributes that are only shown in the result and never written.
    renames: whether there is an option ``new_<key>``. secret_tests: further choices of a secret's ``update_option``, if
    the platform can find out whether the secret is still valid.
    rules: options that have an effect only together with others, in addition to the rules that follow from the table.
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
                # Ansible takes an option with such a name for a secret, unless no_log says otherwise.
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
        """Return the fields to read for a task: attribute names, each with the sub-fields of a relation or ()."""
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
