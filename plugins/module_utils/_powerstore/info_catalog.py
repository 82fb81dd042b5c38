# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The names that a query of a resource type may contain, by the documents' facts."""

from __future__ import annotations

from .._engine.errors import InputError
from .._engine.text.words import closest, did_you_mean
from .info_details import is_added
from .query import split_list
from .schema import TYPES, AttributeFacts, facts_of

UNKNOWN = AttributeFacts("", "")
"""Stands for an attribute of which only the array knows."""


class Catalog:
    """The attributes of the resource types.

    strict: raise InputError for unknown names. Otherwise the array checks them, since a newer release may know more.
    """

    def __init__(self, strict: bool = True) -> None:
        self.strict = strict

    def check_type(self, type_: str) -> None:
        """Raise InputError for an unknown resource type, if strict."""
        if not self.strict or (type_ in TYPES and "list" in facts_of(type_).verbs):
            return
        known = [name for name in TYPES if "list" in facts_of(name).verbs]
        nearest = ", ".join(closest(type_, known, 5, 0.0))
        places = f"The nearest of {len(known)} are {nearest}. Dell's PowerStore REST API reference lists all."
        raise InputError(f"PowerStore has no resource type {type_!r}.", hint=did_you_mean(type_, known) or places)

    def attributes(self, type_: str) -> dict[str, AttributeFacts]:
        """Return the readable attributes of a type by name, without the display texts (_l10n) of enumerations."""
        known = facts_of(type_).attributes if type_ in TYPES else {}
        return {name: facts for name, facts in known.items() if facts.read}

    def facts(self, type_: str, name: str, use: str) -> AttributeFacts:
        """Return the facts of an attribute; raise InputError if the type does not have it and the catalog is strict.

        use: the option that names the attribute, for the message.
        """
        known = self.attributes(type_)
        base = name[: -len("_l10n")] if name.endswith("_l10n") else name
        if base in known:
            return known[base] if base == name else UNKNOWN
        if not self.strict or not known:
            return UNKNOWN
        guess = did_you_mean(name, known) or f"Known: {', '.join(sorted(known))}."
        if is_added(name, known):
            guess = "The task adds it to the result, and the array does not know it."
        raise InputError(f"{use}: {type_} has no attribute {name!r}.", hint=guess)

    def check_path(self, type_: str, path: str, use: str) -> None:
        """Raise InputError unless the attribute of a path exists.

        path: an attribute, an attribute of a related object (relation.attribute), or a part of a structure
        (name->>part). use: the option that names the path, for the message.
        """
        if not path:
            raise InputError(f"{use}: an attribute is missing.")
        name, arrow, dummy = path.partition("->")
        if arrow:
            self.facts(type_, name, use)
            return
        name, dot, rest = path.partition(".")
        facts = self.facts(type_, name, use)
        if dot and facts.relation:
            self.check_path(facts.relation, rest, use)
        elif dot and self.strict and not facts.structure:
            raise InputError(f"{use}: {name} of {type_} has no parts, so {path!r} cannot exist.")

    def check_select(self, type_: str, text: str) -> None:
        """Raise InputError unless each attribute exists, at every level of nested relations.

        Only the array checks the parts of embedded structures.
        """
        for item in split_list(text):
            if item == "*":
                continue
            name, nested, inner = item.partition("(")
            facts = self.facts(type_, name.strip(), "select")
            if not nested:
                continue
            if self.strict and not (facts.relation or facts.structure):
                raise InputError(f"select: {name} of {type_} has no parts, so nothing can be selected in it.")
            if not inner.endswith(")") or not inner[:-1].strip():
                raise InputError(f"select: {item!r} lists no attributes; write {name}(id,name).")
            if facts.relation:
                self.check_select(facts.relation, inner[:-1])
