# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The object that a task of a general tool means: by id, by name, or by the attributes that identify it."""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.options.mistakes import Mistakes
from ..._engine.text.words import and_so_on
from ..schema import AttributeFacts, TypeFacts, facts_of
from .table import has_names, readable
from .values import Checker


class Meant:
    """The object of a task.

    type, facts: its type. found_by: the attributes in ``identity``, in the types that the facts say. name: the name
    that identifies the object, or the text that does so for types without names; empty without one. identity: the
    attributes that identify it, as in `ResourceType`.
    """

    def __init__(self, params: Json, mistakes: Mistakes, name: str = "") -> None:
        self.params = params
        self.type: str = params["type"]
        self.facts: TypeFacts = facts_of(self.type)
        self.known: t.Mapping[str, AttributeFacts] = readable(self.type)
        self.found_by = Checker(mistakes).values(self.known, params["identity"] or {}, "identity", self.type)
        self.name = str(params["name"]) if params["name"] is not None else name
        self.identity = self._identity()
        self._check(mistakes)

    @property
    def key(self) -> str:
        """The first attribute of the identity; empty if nothing identifies the object, because there is only one."""
        return self.identity[0] if self.identity else ""

    def options(self) -> Json:
        """Return the options of a table's task that say which object is meant."""
        options: Json = dict(self.found_by)
        if self.key and self.key != "id" and not self.refers(self.key):
            options[self.key] = self.name or None
        return {**options, **({"id": self.params["id"]} if self.params["id"] else {})}

    def _identity(self) -> tuple[str, ...]:
        """Return the attributes that identify the object. A text that is no id comes first, if there is one."""
        is_named = "name" in self.known
        if self.params["id"]:
            return ("name",) if is_named else ("id",)
        if self.name and is_named:
            return ("name", *(name for name in self.found_by if name != "name"))
        names = sorted(self.found_by, key=self._rank)
        if names and not self.refers(names[0]):
            self.name = str(self.found_by[names[0]])
        return tuple(names)

    def _rank(self, name: str) -> tuple[bool, ...]:
        """Return what sorts the attributes of an identity: the one that is most like a name comes first."""
        known = self.facts.attributes[name]
        is_text = known.type == "str" and not self.refers(name)
        return name != "name", not is_text, not self.refers(name), bool(known.enum)

    def refers(self, name: str) -> bool:
        """Return whether an attribute holds the id of an object with a name."""
        known = self.facts.attributes[name]
        return bool(known.ref) and has_names(known.ref)

    def _check(self, mistakes: Mistakes) -> None:
        params = self.params
        if params["name"] == "" or params["id"] == "":
            mistakes.add(f"{'name' if params['name'] == '' else 'id'} is empty. Leave the option out, or give a value.")
        if params["id"] and (params["identity"] or params["name"] is not None):
            mistakes.add("Give either id, or name and identity.")
        if params["name"] is not None and "name" not in self.known:
            near = and_so_on(sorted(self.known))
            mistakes.add(f"Objects of type {self.type} have no name. Give id, or in identity some of {near}.")
        known = self.facts.attributes.get(self.key)
        if known and known.type != "str":
            mistakes.add("identity needs an attribute that is a text or leads to another object, beside the numbers.")
