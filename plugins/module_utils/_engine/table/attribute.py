# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Attributes: how one option of a task maps to one attribute of a resource."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json
from ..lookup.references import Ref
from .read_path import root_of, value_at

SECRET, SECRET_SET = "(secret)", "(secret, set again)"
"""What a diff shows instead of a secret that stays, and of one that is written again."""

Normalize = t.Callable[[t.Any], t.Any]

# Normal forms. Two values are equal if their normal forms are.


def as_is(value: t.Any) -> t.Any:
    """Return numbers, booleans and texts as they are; texts are compared with regard to case."""
    return value


def as_text(value: t.Any) -> t.Any:
    """Return a text. An unset text may read back as null or as an empty string."""
    return value or ""


def as_lines(value: t.Any) -> t.Any:
    """Return a text that may have several lines, without regard to how they end, and to empty lines at its end."""
    return "\n".join(str(value or "").splitlines()).rstrip()


def as_list(value: t.Any) -> t.Any:
    """Return a list of plain values whose order matters. An unset list may read back as null."""
    return list(value or ())


def as_set(value: t.Any) -> t.Any:
    """Return a list of plain values without regard to order and repetition."""
    return sorted(set(map(str, value or ())))


def as_number(value: t.Any) -> t.Any:
    """Return a number that some appliances send as a text."""
    return None if value is None else str(value)


@dataclasses.dataclass(frozen=True)
class Format:
    """How people write a value that the API takes in another form, such as ``10 GiB`` for bytes.

    parse: returns the API's value; gets the option's value and its name; raises InputError.
    show: returns the API's value as the diff and messages show it.
    """

    parse: t.Callable[[t.Any, str], t.Any]
    show: t.Callable[[t.Any], t.Any] = as_is


@dataclasses.dataclass(frozen=True)
class OneWay:
    """A value that can change in one direction only.

    allows: whether a current value can become a desired one; both are API values. words: completes "it can only ...".
    only: the only value that a task can set, whatever the current one is; None if that depends on the current one.
    """

    allows: t.Callable[[t.Any, t.Any], bool]
    words: str
    only: t.Any = None


GROW = OneWay(lambda current, desired: current is None or desired >= current, "grow")
EXTEND = OneWay(lambda current, desired: not current or str(desired) >= str(current), "be extended")
ONLY_TRUE = OneWay(lambda current, desired: not current or bool(desired), "change to true")
ONLY_FALSE = OneWay(lambda current, desired: not desired, "change to false", only=False)

EMPTY_TEXT, NULL, CANNOT = "empty text", "null", "cannot"
"""What unsets an attribute in a request: an empty text, null, or nothing. A platform may have a value of its own."""


@dataclasses.dataclass(frozen=True)
class Membership:
    """The object is a member of the one that it refers to, and actions of that one change the members.

    add, remove: the actions. api_name: the list of members in their bodies.
    """

    add: str
    remove: str
    api_name: str


@dataclasses.dataclass(frozen=True)
class Switch:
    """A flag that two actions of the object switch, such as whether a server is joined to a domain.

    on, off: the actions. needs: the request parameters that both must contain. unless: a parameter of ``off`` that is
    enough by itself. A deletion is preceded by ``off`` if the task gives what that needs.
    """

    on: str
    off: str
    needs: tuple[str, ...] = ()
    unless: str = ""

    @property
    def actions(self) -> tuple[str, str]:
        """Both actions."""
        return self.on, self.off


@dataclasses.dataclass(frozen=True)
class Attribute:
    """One option of a task, which maps to one attribute of the resource.

    option, type: name and Ansible type of the option. api_name: name in request bodies, by default the option.
    read: path of the value in the object as read, by default ``api_name``: ``protection_data.is_secure`` leads into a
    structure, ``volume_groups[].id`` collects a value from each entry of a list.
    default: value of a new object. normalize: normal form, from which equality and diff follow. format: how people
    write the value. one_way: the direction in which it can change.
    ref: what it refers to. If ``read`` leads to the id alone, the handler looks the object up and puts its id and name
    into the object as read, under the option's name.
    membership: how the reference of an existing object changes, if no request to the object itself changes it.
    clear: what unsets the attribute if the task gives an empty text: one of the constants above, or the very value that
    a request then contains.
    switch: the actions that switch the value, if it is a flag that no other request contains.
    create_only, update_only: the request that may contain it. write_only: it cannot be read and is given only when the
    object is created, so it is not compared. sensitive: a secret, which cannot be read either; the option
    ``update_secrets`` says when it is written. belongs_to: of a value that cannot be read, the attributes that it
    belongs to, such as the user of a password; if one of them changes, the value is written with it. is_lacking: of
    such a value, whether the object as read shows that it lacks it; then it is written once in a run.
    required: a create must contain it.
    min_length, max_length: of a text, 0 for no limit. minimum, maximum: of a number. max_items: of a list, 0 for no
    limit.
    structure: the parts of a nested table; the option is a dictionary of them. Only parts that the task gives are
    compared, and a request contains only these.
    reads_id: of a reference, whether the object as read has the id as well as the related object.
    since: the first release that has it; only tasks that give the option read it, so that older releases still answer.
    spec: further keys of the option's argument spec, such as elements, choices, options.
    """

    option: str
    type: str = "str"
    api_name: str = ""
    read: str = ""
    default: t.Any = None
    normalize: Normalize = as_is
    format: Format | None = None
    one_way: OneWay | None = None
    ref: Ref | None = None
    membership: Membership | None = None
    switch: Switch | None = None
    clear: str = EMPTY_TEXT
    create_only: bool = False
    update_only: bool = False
    write_only: bool = False
    sensitive: bool = False
    belongs_to: tuple[str, ...] = ()
    is_lacking: t.Callable[[Json], bool] | None = None
    required: bool = False
    min_length: int = 0
    max_length: int = 0
    minimum: int | None = None
    maximum: int | None = None
    max_items: int = 0
    structure: tuple[Attribute, ...] = ()
    reads_id: bool = True
    since: str = ""
    spec: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "api_name", self.api_name or self.option)
        object.__setattr__(self, "read", self.read or self.api_name)

    @property
    def looks_up(self) -> bool:
        """Whether the object as read holds only the id of what the attribute refers to."""
        return self.ref is not None and self.read.rpartition(".")[2] == self.api_name

    @property
    def unreadable(self) -> bool:
        """Whether the API never returns the value."""
        return self.sensitive or self.write_only

    @property
    def is_written_again(self) -> bool:
        """Whether a value that cannot be read is ever written to an object that exists."""
        return self.unreadable and not self.create_only and bool(self.sensitive or self.belongs_to or self.is_lacking)

    def is_due(self, current: Json, changed: t.Collection[str]) -> bool:
        """Return whether a value that cannot be read is written, as others change or as the object lacks it."""
        belongs = any(one in changed for one in self.belongs_to)
        return belongs or bool(self.is_lacking and self.is_lacking(current))

    @property
    def has_secret(self) -> bool:
        """Whether the value is a secret, or a structure with a secret in it."""
        return self.sensitive or any(part.sensitive for part in self.structure)

    @property
    def within(self) -> str:
        """The structure that holds the value in the object as read, or an empty text."""
        return self.read.rpartition(".")[0]

    def current_value(self, current: Json) -> t.Any:
        """Return the value in the object as read; of a reference, the object that it leads to, with id and name."""
        if self.looks_up:
            return current.get(self.option)
        value = value_at(current, self.read)
        return self.ref.named(value) if self.ref and isinstance(value, dict) else value

    def in_words(self, value: t.Any) -> t.Any:
        """Return a value as people write it."""
        return self.format.show(value) if self.format and value is not None else value

    def argument(self) -> Json:
        """Return the option's argument spec."""
        if self.structure:
            return {"type": "dict", "options": {part.option: part.argument() for part in self.structure}, **self.spec}
        return {"type": self.type, **self.spec, **({"no_log": True} if self.sensitive else {})}

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read: attribute names, each with the sub-fields of a relation, or ()."""
        if self.unreadable:
            return {}
        root = root_of(self.read)
        if self.ref is None or self.looks_up:
            return {root: ()}
        return {**({self.api_name: ()} if self.reads_id else {}), root: ("id", self.ref.named_by)}
