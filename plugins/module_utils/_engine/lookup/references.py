# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""References: objects that a task names by id or by name, and the one way to look them up on all platforms."""

from __future__ import annotations

import dataclasses
import functools
import re
import typing as t

from ..data import Json
from ..documents.batching import all_of
from ..errors import InputError
from ..options.mistakes import UNTOUCHED, Mistakes
from ..table.read_path import value_at
from ..text.names import near, the_one, unknown


@dataclasses.dataclass(frozen=True)
class Ref:
    """What a reference leads to.

    type: the resource type. also: further types, if the reference can lead to objects of several; the first one that
    has an object of exactly that name wins. kinds: the accepted values of the object's ``type``, the preferred one
    first; empty if objects of this resource type have no such attribute, or if any will do.
    id_form: a regular expression for short ids, such as ``A1``, which people write like names.
    noun: the referenced object in messages, if the words of the type are not what people say.
    named_by: the attribute that people name such an object with, if that is not its name: an interface has an address.
    The source's rows, and objects as read, have it under ``name``. form: how people write it; raises InputError.
    """

    type: str
    kinds: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    id_form: str = ""
    noun: str = ""
    named_by: str = "name"
    form: t.Callable[[str], str] | None = None

    def read_as(self, text: str, reference: t.Callable[[str], Reference]) -> Reference:
        """Return the reference that a text means. reference: how the platform reads texts of any type."""
        if self.id_form and re.fullmatch(self.id_form, text):
            return Reference(id=text)
        found = reference(text)
        return Reference(name=self.form(found.name)) if self.form and found.name is not None else found

    def named(self, row: Json) -> Json:
        """Return an object as read, under the name that people give it."""
        return row if self.named_by == "name" else {**row, "name": row.get(self.named_by)}

    @property
    def types(self) -> tuple[str, ...]:
        """The resource types of the objects, in the order in which they are searched."""
        return (self.type, *self.also)

    @property
    def title(self) -> str:
        """The referenced object in messages, in the singular, such as ``protection policy``."""
        if self.noun:
            return self.noun
        words = self.type.rsplit("/", 1)[-1].replace("_", " ").replace("-", " ")
        if len(self.kinds) != 1:
            return words
        kind = self.kinds[0]
        return f"{kind.lower() if kind.istitle() else kind} {words}"

    def fits(self, row: t.Mapping[str, t.Any]) -> bool:
        """Return whether an object is of an accepted kind."""
        return not self.kinds or row.get("type") in self.kinds


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

    def in_body(self, by_name: str) -> str:
        """Return what stands for the object in a request body: its id, or its name. by_name: template for a name."""
        return self.id if self.id is not None else by_name.format(name=self.name)

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


def references_in(value: t.Any) -> list[Reference]:
    """Return the references in an option's value: itself, or those in a list or a structure."""
    if isinstance(value, Reference):
        return [value]
    items = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    return [reference for item in items for reference in references_in(item)]


@dataclasses.dataclass(frozen=True)
class Wanted:
    """References to look up: those that one option of a task holds.

    noun: an object in messages, in the singular. optional: whether it is no mistake if they do not exist.
    hint: what the option takes, for an error. within: the object that they must belong to, behind the path in the rows
    that leads to it.
    """

    option: str
    ref: Ref
    references: tuple[Reference, ...]
    noun: str = ""
    optional: bool = False
    hint: str = ""
    within: tuple[str, Reference] | None = None

    def fits(self, row: Json) -> bool:
        """Return whether an object is of an accepted kind, and belongs to the right object."""
        return self.ref.fits(row) and (
            self.within is None or self.within[1].matches(value_at(row, self.within[0]) or {})
        )


class Source(t.Protocol):
    """How a platform finds objects. place: the attribute that an error shows to distinguish objects of one name."""

    place: str

    def find(self, type_: str, references: t.Sequence[Reference]) -> list[Json]:
        """Return the rows that may match, each with ``id``, ``name`` and what checks need, with few queries."""

    def known(self, ref: Ref) -> list[str]:
        """Return names of existing objects for the suggestions of an error."""

    def missing(self, want: Wanted, names: str) -> str:
        """Return the words for what does not exist: ``names`` with suggestions, as a sentence without its end."""


class Resolver:
    """Looks up references, each object once.

    All references to one type are one request to the source. The exact spelling of a name wins over one that differs
    only in case; a name that several objects have is refused.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._rows: dict[tuple[Ref, str], Json] = {}

    def row(self, ref: Ref, reference: Reference) -> Json | None:
        """Return the object as read, None if it was not looked up or does not exist."""
        return self._rows.get((ref, str(reference).lower()))

    def keep(self, ref: Ref, reference: Reference, row: Json) -> None:
        """Store an object that was read."""
        self._rows[ref, str(reference).lower()] = row

    def reference(self, ref: Ref, reference: Reference) -> Reference:
        """Return a reference with id and name, or the given one if the object is not known."""
        row = self.row(ref, reference)
        return Reference(row["id"], row.get("name")) if row else reference

    def resolved(self, ref: Ref, value: t.Any) -> t.Any:
        """Return an option's value with ids and names in its references."""
        if isinstance(value, list):
            return [self.resolved(ref, item) for item in value]
        return self.reference(ref, value) if isinstance(value, Reference) else value

    def look_up(self, wanted: t.Sequence[Wanted], mistakes: Mistakes) -> None:
        """Look up what is not known yet; add a mistake for everything that does not exist or is ambiguous."""
        rows: dict[int, list[Json]] = {index: [] for index in range(len(wanted))}
        for rank in range(max((len(want.ref.types) for want in wanted), default=0)):
            asked: dict[str, list[Reference]] = {}
            for index, want in enumerate(wanted):
                asked.setdefault(_type_at(want, rank), []).extend(self._left(want, rows[index]))
            types = [type_ for type_, refs in asked.items() if type_ and refs]
            rows_of = all_of(functools.partial(self._source.find, type_, distinct(asked[type_])) for type_ in types)
            found = dict(zip(types, rows_of))
            for index, want in enumerate(wanted):
                rows[index] += found.get(_type_at(want, rank), [])
        for index, want in enumerate(wanted):
            missing = [ref for ref in want.references if not self._found(want, ref, rows[index], mistakes)]
            if missing and not want.optional:
                with mistakes.noted():
                    self._refuse(want, missing, rows[index])

    def _left(self, want: Wanted, rows: list[Json]) -> list[Reference]:
        """Return the references that no row has exactly so far."""
        return [
            ref
            for ref in want.references
            if self.row(want.ref, ref) is None and not any(row.get("name") == ref.name for row in rows)
        ]

    def _found(self, want: Wanted, reference: Reference, rows: list[Json], mistakes: Mistakes) -> bool:
        """Keep the row that a reference means; return False without one. An ambiguous name is a mistake."""
        if self.row(want.ref, reference) is not None:
            return True
        fitting = [row for row in rows if want.fits(row) and reference.matches(row)]
        if not fitting and reference.id is None:
            # Users may give an id that does not look like one, such as "4".
            fitting = [row for row in rows if want.fits(row) and row.get("id") == reference.name]
            if fitting:
                self.keep(want.ref, reference, fitting[0])
                return True
        if reference.id is not None or not fitting:
            row = fitting[0] if fitting else None
        else:
            row = None
            with mistakes.noted():
                row = the_one(
                    _preferred(want.ref, fitting),
                    str(reference.name),
                    want.noun or want.ref.title,
                    want.option,
                    place=self._source.place,
                )
            if row is None:
                return True
        if row is not None:
            self.keep(want.ref, reference, row)
        return row is not None

    def _refuse(self, want: Wanted, missing: list[Reference], rows: list[Json]) -> t.NoReturn:
        names = list(dict.fromkeys(map(str, missing)))
        others = [str(row.get("type")) for row in rows if any(ref.matches(row) for ref in missing) and row.get("type")]
        known = self._source.known(want.ref)
        if len(names) == 1:
            text = f"{names[0]}, but one of type {others[0]}" if others else names[0]
            suggestion = near(names[0], known)
        else:
            text, suggestion = unknown(names, known)
        # The suggestion belongs to the message: a hint that several mistakes share is shown once, behind all of them.
        if want.within:
            text = f"{text} in {want.within[1]}"
        raise InputError(f"{self._source.missing(want, text)}. {suggestion}".strip(), hint=want.hint or UNTOUCHED)


def _preferred(ref: Ref, rows: list[Json]) -> list[Json]:
    """Return the rows of the first kind that any row has, since objects of two kinds may share a name."""
    for kind in ref.kinds:
        same = [row for row in rows if row.get("type") == kind]
        if same:
            return same
    return rows


def _type_at(want: Wanted, rank: int) -> str:
    """Return the type that a reference leads to at this rank, or an empty text."""
    types = want.ref.types
    return types[rank] if rank < len(types) else ""
