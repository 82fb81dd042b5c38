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
from .meant import Meant
from .offered import NAMELESS, is_created, writable_types
from .table import Extra, base_of, settable, table_of
from .values import Checker, secrets_in, without_secrets

OWN = ("id", "state", "update_secrets")
"""Options of the task, which no attribute of a newer release may hide."""


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

    desired: the attributes, in the types that the facts say. meant: the object. extra: attributes that the facts lack.
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
        self.extra = tuple(Extra.of(name, value) for name, value in self.desired.items() if name not in self.known)
        self.meant = Meant(params, mistakes, self._name_given())
        self._check_identity(mistakes)
        self._check_lists(mistakes)
        self._check_state(mistakes)
        mistakes.refuse()

    def table(self, not_shown: t.Collection[str] = ()) -> ResourceType:
        """Return the table. not_shown: those of the extra attributes that the array does not show."""
        return table_of(
            self.type, self.meant.identity, tuple(one.shown(one.name not in not_shown) for one in self.extra)
        )

    def options(self) -> Json:
        """Return the options of the table's task."""
        key = self.meant.key
        options: Json = {"state": self.params["state"], "update_secrets": self.params["update_secrets"]}
        gone = options["state"] == "absent"
        for name, value in self.desired.items():
            base = base_of(self.facts, name)
            if base and not gone:
                options[base] = self._entries(base, value)
                options[f"{base}_mode"] = ADD if name.startswith("add_") else REMOVE
            elif name == key and not self.meant.refers(key):
                options[f"new_{key}"] = value
            elif not base and (not gone or name in self.facts.delete):
                options[name] = self._in_lists(name, value)
                options.setdefault(f"{name}_mode", EXACT)
        options.update(self.meant.options())
        if options.get(f"new_{key}") == self.meant.name:
            del options[f"new_{key}"]
        return options

    def has_secret(self, name: str) -> bool:
        """Return whether a desired value is a secret, or has one in it."""
        return bool(secrets_in(self.known, {name: self.desired[name]}))

    def _entries(self, base: str, value: t.Sequence[t.Any]) -> list[t.Any]:
        """Return entries to add to a list or to remove from it. Requests remove structures by what identifies them."""
        item = next(one.item for one in self.table().lists if one.option == base)
        return [{item.key[0]: entry} if item.key and not isinstance(entry, dict) else entry for entry in value]

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
        """Return the name in the attributes of an object that tasks can create, if nothing else identifies it."""
        is_only_there = not self.params["id"] and not self.params["identity"] and is_created(self.facts)
        return str(self.desired.get("name") or "") if is_only_there else ""

    def _check_identity(self, mistakes: Mistakes) -> None:
        if not self.meant.identity and is_created(self.facts) and self.type not in NAMELESS:
            mistakes.add(f"Give name, id or identity of the {self.type.replace('_', ' ')}.")
        key, name = self.meant.key, self.meant.name
        facts = self.facts.attributes.get(key)
        asked = self.desired.get(key)
        is_fixed = facts is not None and not facts.update and not self.meant.refers(key)
        if is_fixed and asked is not None and name and asked != name:
            mistakes.add(f"{key} of {self.type} can be set only when it is created: {name} cannot become {asked}.")
        for other, value in self.meant.found_by.items():
            is_beside = other != key or self.meant.refers(other)
            if is_beside and self.desired.get(other, value) != value:
                hint = "To change what identifies an object, give its id."
                mistakes.add(f"identity and desired differ in {other}. {hint}")

    def _check_lists(self, mistakes: Mistakes) -> None:
        """Note lists that are given in two ways."""
        for name in dict.fromkeys(base_of(self.facts, name) or name for name in self.desired):
            forms = [form for form in (name, f"add_{name}", f"remove_{name}") if form in self.desired]
            if len(forms) > 1 and base_of(self.facts, forms[-1]):
                mistakes.add(f"Give only one of {and_so_on(forms)}.")

    def _check_state(self, mistakes: Mistakes) -> None:
        if self.params["state"] == "absent" and "delete" not in self.facts.verbs:
            mistakes.add(f"No request deletes objects of type {self.type}: state: absent is not possible.")
