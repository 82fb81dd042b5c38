# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a document: each item gets the checks and the normal forms that a task with these options gets."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._arguments import complaints, tidied
from .._engine.data import Json
from .._engine.documents.contradictions import check_names
from .._engine.documents.items import Item, ItemType, place_of
from .._engine.documents.mistakes import DocumentMistakes
from .._engine.errors import InputError
from .._engine.text.words import did_you_mean
from .._task import WAITING

UNASKED = ("default", "required", "fallback", "apply_defaults", "aliases")
"""Keys of an option in an argument spec that mean something also for an item without this option."""


@dataclasses.dataclass(frozen=True)
class Catalog:
    """What a document can hold.

    types: the names of the types, in the order of a plan. item_type: returns a type by its name. refused: modules that
    have no items, each with the reason. connection: the names of the connection options.
    """

    types: tuple[str, ...]
    item_type: t.Callable[[str], ItemType]
    refused: t.Mapping[str, str]
    connection: tuple[str, ...]


@dataclasses.dataclass
class ReadDocument:
    """The items of a document, in the order of their types.

    aside: items with wrong options, of which only what identifies them is left. mistakes: what is wrong.
    """

    items: list[Item]
    aside: list[Item]
    mistakes: DocumentMistakes


def read_document(config: t.Mapping[str, t.Any], catalog: Catalog, secrets: set[str]) -> ReadDocument:
    """Return what a document has.

    secrets: receives the secret values of the items, also if something is wrong.
    """
    mistakes = DocumentMistakes()
    for name in config:
        _check_type(str(name), catalog, mistakes)
    described: list[Item] = []
    items: list[Item] = []
    for name in catalog.types:
        if config.get(name) is None:
            continue
        reader = _Reader(catalog.item_type(name), catalog, secrets)
        for index, given in enumerate(_entries(reader.type, config[name], mistakes)):
            before = len(mistakes)
            item = reader.item(index, given, mistakes)
            described += [item] if item else []
            items += [item] if item and len(mistakes) == before else []
    again = set(check_names(described, mistakes))
    if mistakes:
        _check_values(items, mistakes)
    # Of two items that describe one object, only the first counts for the others.
    wrong = set(described).difference(items, again)
    aside = [item for item in described if item in wrong]
    return ReadDocument([item for item in items if item not in again], aside, mistakes)


def _check_type(name: str, catalog: Catalog, mistakes: DocumentMistakes) -> None:
    if name in catalog.refused:
        why = f"{name} cannot be in a document: {catalog.refused[name]}. Use a task of the module {name}."
        mistakes.add(name, why, names_place=True)
    elif name not in catalog.types:
        short = name.rpartition(".")[2].lower()  # of jobwise.appliance.volume
        guess = did_you_mean(short, [short] if short in catalog.types else catalog.types)
        guess = guess or f"The types are {', '.join(sorted(catalog.types))}."
        mistakes.add(name, f"A document has no type {name}. {guess}", names_place=True)


def _check_values(items: t.Sequence[Item], mistakes: DocumentMistakes) -> None:
    """Add what the handlers find wrong with the options alone. Otherwise they find it while they plan."""
    for item in items:
        try:
            item.type.make_handler(None, item.type.resource, item.desired)
        except InputError as error:
            mistakes.add_error(item.place, error)


def _entries(type_: ItemType, value: t.Any, mistakes: DocumentMistakes) -> t.Sequence[t.Any]:
    """Return what a document holds of a type as a list."""
    if type_.is_singleton:
        if isinstance(value, dict):
            return [value]
        example = next(one.option for one in type_.resource.attributes if one.option not in type_.elsewhere)
        takes = f"{type_.name} takes one dictionary, such as {{{example}: ...}}: an array has only one of these."
        mistakes.add(type_.name, takes, names_place=True)
    elif isinstance(value, (list, tuple)):
        return value
    else:
        takes = f"{type_.name} takes a list of items, such as [{{{type_.resource.key}: ...}}]."
        mistakes.add(type_.name, takes, names_place=True)
    return []


class _Reader:
    """Reads the items of one type."""

    def __init__(self, type_: ItemType, catalog: Catalog, secrets: set[str]) -> None:
        resource = type_.resource
        self.type = type_
        self.secrets = secrets
        self.elsewhere = {**_not_in_items(type_, catalog), **type_.elsewhere}
        self.spec = {name: one for name, one in resource.argument_spec().items() if name not in self.elsewhere}
        self.identity = () if type_.is_singleton else resource.identity
        for option in resource.needed if self.identity else ():
            self.spec[option] = {**self.spec[option], "required": True}
        self.always = {name for name, option in self.spec.items() if any(key in option for key in UNASKED)}
        self.not_given = dict.fromkeys(self.spec)
        self._validators: dict[frozenset[str], t.Any] = {}

    def item(self, index: int, given: t.Any, mistakes: DocumentMistakes) -> Item | None:
        """Return an item, None if it is no dictionary. If something is wrong with its options, only few are left."""
        if not isinstance(given, dict):
            example = f", such as {{{self.identity[0]}: ...}}" if self.identity else ""
            mistakes.places.append(place_of(self.type, index, ""))
            mistakes.add(mistakes.places[-1], f"each item is a dictionary of options{example}.")
            return None
        names = [str(given[option]) for option in self.identity if given.get(option)]
        name = ", ".join(names) if self.identity else self.type.name
        place = place_of(self.type, index, name)
        mistakes.places.append(place)
        given = {str(option): value for option, value in given.items()}
        misplaced = [option for option in given if option in self.elsewhere]
        tidy = tidied(self.spec, {option: value for option, value in given.items() if option not in self.elsewhere})
        checked = self._validator(tidy).validate(tidy)
        self.secrets.update(checked._no_log_values)
        found = [f"{option}: {self.elsewhere[option]}" for option in misplaced]
        found += complaints(self.type.name, self.spec, tidy, checked)
        for line in found:
            mistakes.add(place, line)
        left = {option: given[option] for option in (*self.identity, "state") if self._can_search(option, given)}
        return Item(self.type, place, name, left if found else {**self.not_given, **checked.validated_parameters})

    def _can_search(self, option: str, given: Json) -> bool:
        """Return whether an appliance can be asked for an option of an item in which something is wrong.

        It may refuse to look for a value that is not of the option's type.
        """
        known = self.spec.get(option, {})  # what an array has once has no state
        return known.get("type") == "str" and isinstance(given.get(option), str)

    def _validator(self, given: Json) -> t.Any:
        """Return Ansible's check for items that give these options.

        It goes through a whole argument spec about ten times for each item, so it gets only what it needs: most items
        give few options, and those of one type mostly the same.
        """
        names = frozenset(self.spec).intersection(given)
        if names not in self._validators:
            spec = {name: option for name, option in self.spec.items() if name in names or name in self.always}
            self._validators[names] = ArgumentSpecValidator(spec)
        return self._validators[names]


def _not_in_items(type_: ItemType, catalog: Catalog) -> dict[str, str]:
    """Return the options of the module that an item does not take, each with what to do instead."""
    key = type_.resource.key
    own = {attribute.option for attribute in type_.resource.attributes}
    task = "this is an option of the task, not of an item."
    return {
        **{option: task for option in (*catalog.connection, *WAITING) if option not in own},
        "wait": "a document always waits.",
        "id": f"an item is found by its {key}.",
        f"new_{key}": f"a document does not rename. Use a task of the module {type_.name}, then change the document.",
    }
