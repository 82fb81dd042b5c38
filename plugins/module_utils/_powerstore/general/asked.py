# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task of ``powerstore_resource`` asks for, checked against the facts and turned into the options of a table."""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.table.lists import ADD, EXACT, REMOVE
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.words import and_so_on, closest, did_you_mean
from ..references import reference
from ..schema import TYPES, TypeFacts, facts_of
from .table import Extra, base_of, has_names, is_created, readable, settable, table_of
from .values import Checker, secrets_in, without_secrets

WRITES = ("create", "modify", "delete")
OWN = ("id", "state", "update_secrets")
"""Options of the task, which no attribute of a newer release may hide."""


def writable_types() -> list[str]:
    """Return the types with objects that a request creates, changes or deletes."""
    return [name for name in TYPES if facts_of(name).verbs.intersection(WRITES)]


def check_type(type_: str) -> TypeFacts:
    """Return the facts of a type; raise InputError if no request creates, changes or deletes its objects."""
    known = writable_types()
    if type_ not in TYPES:
        nearest = f"The nearest of {len(known)} are {', '.join(closest(type_, known, 5, 0.0))}."
        raise InputError(f"PowerStore has no resource type {type_!r}.", hint=did_you_mean(type_, known) or nearest)
    facts = facts_of(type_)
    actions = sorted([*facts.actions, *facts.class_actions])
    if type_ not in known:
        hint = (
            f"powerstore_action calls its actions: {and_so_on(actions)}." if actions else "powerstore_info reads them."
        )
        raise InputError(f"No request creates, changes or deletes objects of type {type_}.", hint=hint)
    return facts


def secrets_of(params: Json) -> set[str]:
    """Return the secrets in a task's options, whether or not something else is wrong with them."""
    known = settable(params["type"]) if params.get("type") in TYPES else {}
    return secrets_in(known, params.get("desired"))


def shown(params: Json) -> Json:
    """Return the options as the result and the log show them."""
    known = settable(params["type"]) if params.get("type") in TYPES else {}
    return {**params, "desired": without_secrets(known, params.get("desired"))}


class Asked:
    """A task's object and its desired attributes.

    desired, found_by: the attributes of ``desired`` and ``identity``, in the types that the facts say. name: the name
    that identifies the object, if any. identity: the attributes that identify it, as in `ResourceType`. extra:
    attributes that the facts lack.
    """

    def __init__(self, params: Json) -> None:
        self.params = params
        self.type: str = params["type"]
        self.facts = check_type(self.type)
        self.known = settable(self.type)
        mistakes = Mistakes()
        checker = Checker(mistakes, params["strict"])
        given = self._without_read_only(params["desired"] or {}, mistakes)
        self.desired = checker.values(self.known, given, "desired", self.type)
        self.found_by = Checker(mistakes).values(readable(self.type), params["identity"] or {}, "identity", self.type)
        self.extra = tuple(Extra.of(name, value) for name, value in self.desired.items() if name not in self.known)
        self.name = self._name_given()
        self.identity = self._identity()
        self._check_identity(mistakes)
        self._check_lists(mistakes)
        self._check_state(mistakes)
        mistakes.refuse()

    def table(self, not_shown: t.Collection[str] = ()) -> ResourceType:
        """Return the table. not_shown: those of the extra attributes that the array does not show."""
        return table_of(self.type, self.identity, tuple(one.shown(one.name not in not_shown) for one in self.extra))

    def options(self) -> Json:
        """Return the options of the table's task."""
        key = self.identity[0] if self.identity else ""
        options: Json = {"state": self.params["state"], "update_secrets": self.params["update_secrets"]}
        gone = options["state"] == "absent"
        for name, value in self.desired.items():
            base = base_of(self.facts, name)
            if base:
                options[base], options[f"{base}_mode"] = value, ADD if name.startswith("add_") else REMOVE
            elif name == key and not self._refers(key):
                options[f"new_{key}"] = value
            elif not gone or name in self.facts.delete:
                options[name] = self._in_lists(name, value)
                options.setdefault(f"{name}_mode", EXACT)
        options.update(self.found_by)
        if key and key != "id" and not self._refers(key):
            options[key] = self.name or None
            if options.get(f"new_{key}") == self.name:
                del options[f"new_{key}"]
        return {**options, **({"id": self.params["id"]} if self.params["id"] else {})}

    def has_secret(self, name: str) -> bool:
        """Return whether a desired value is a secret, or has one in it."""
        return bool(secrets_in(self.known, {name: self.desired[name]}))

    def _in_lists(self, name: str, value: t.Any) -> t.Any:
        """Return a value in which names of objects are marked as such, where the array looks them up itself."""
        known = self.known.get(name)
        if known is None or not (known.ref and known.by_name and known.type == "list"):
            return value
        attribute = next((one for one in self.table().attributes if one.option == name), None)
        if attribute is not None and getattr(attribute, "item", None):
            return value
        return [reference(text).in_body("name:{name}") for text in value]

    def _without_read_only(self, desired: t.Mapping[t.Any, t.Any], mistakes: Mistakes) -> Json:
        given = {str(name): value for name, value in desired.items()}
        for name in given:
            facts = self.facts.attributes.get(name)
            if facts and name not in self.known and self.params["strict"]:
                near = did_you_mean(name, self.known, 1)
                mistakes.add(f"desired.{name} of {self.type} can only be read. {near}".rstrip())
            elif name in OWN:
                mistakes.add(f"{name} is an option of the task, not an attribute in desired.")
        wrong = self.facts.attributes if self.params["strict"] else ()
        return {n: v for n, v in given.items() if n in self.known or (n not in wrong and n not in OWN)}

    def _name_given(self) -> str:
        """Return the name that identifies the object: that of the task, or that in the attributes of a new object."""
        if self.params["name"] is not None:
            return str(self.params["name"])
        is_only_there = not self.params["id"] and not self.found_by and is_created(self.facts)
        return str(self.desired.get("name") or "") if is_only_there else ""

    def _identity(self) -> tuple[str, ...]:
        """Return the attributes that identify the object. A text that is no id comes first, if there is one."""
        has_names = "name" in readable(self.type)
        if self.params["id"]:
            return ("name",) if has_names else ("id",)
        if self.name and has_names:
            return ("name", *(name for name in self.found_by if name != "name"))
        names = sorted(self.found_by, key=self._rank)
        if names and not self._refers(names[0]):
            self.name = str(self.found_by[names[0]])
        return tuple(names)

    def _rank(self, name: str) -> tuple[bool, ...]:
        """Return what sorts the attributes of an identity: the one that is most like a name comes first."""
        known = self.facts.attributes[name]
        return name != "name", self._refers(name), known.type != "str", bool(known.enum)

    def _refers(self, name: str) -> bool:
        """Return whether an attribute holds the id of an object with a name."""
        known = self.facts.attributes[name]
        return bool(known.ref) and has_names(known.ref)

    def _check_identity(self, mistakes: Mistakes) -> None:
        params = self.params
        if params["name"] == "" or params["id"] == "":
            mistakes.add(f"{'name' if params['name'] == '' else 'id'} is empty. Leave the option out, or give a value.")
        if params["id"] and (params["identity"] or params["name"] is not None):
            mistakes.add("Give either id, or name and identity.")
        if params["name"] is not None and "name" not in readable(self.type):
            near = and_so_on(sorted(readable(self.type)))
            mistakes.add(f"Objects of type {self.type} have no name. Give id, or in identity some of {near}.")
        if not self.identity and is_created(self.facts):
            mistakes.add(f"Give name, id or identity of the {self.type.replace('_', ' ')}.")
        key = self.identity[0] if self.identity else ""
        facts = self.facts.attributes.get(key)
        asked = self.desired.get(key)
        is_fixed = facts is not None and not facts.update and not self._refers(key)
        if is_fixed and asked is not None and self.name and asked != self.name:
            mistakes.add(f"{key} of {self.type} can be set only when it is created: {self.name} cannot become {asked}.")
        for name in self.identity:
            beside = name != key or self._refers(name)
            if beside and name in self.desired and name in self.found_by and self.desired[name] != self.found_by[name]:
                mistakes.add(
                    f"identity and desired differ in {name}. To change what identifies an object, give its id."
                )

    def _check_lists(self, mistakes: Mistakes) -> None:
        """Note lists that are given in two ways."""
        for name in dict.fromkeys(base_of(self.facts, name) or name for name in self.desired):
            forms = [form for form in (name, f"add_{name}", f"remove_{name}") if form in self.desired]
            if len(forms) > 1 and base_of(self.facts, forms[-1]):
                mistakes.add(f"Give only one of {and_so_on(forms)}.")

    def _check_state(self, mistakes: Mistakes) -> None:
        if self.params["state"] == "absent" and "delete" not in self.facts.verbs:
            mistakes.add(f"No request deletes objects of type {self.type}: state: absent is not possible.")
