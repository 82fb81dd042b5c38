# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads a document: each item gets the checks and the normal forms that a task with these options gets."""

from __future__ import annotations

import dataclasses
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .._arguments import complaints, tidied
from .._engine.documents.items import Item, ItemType, place_of
from .._engine.errors import InputError
from .._engine.text.words import did_you_mean, number
from .._task import WAITING

MOST_MISTAKES = 100
"""How many mistakes a message shows. More of them have the same cause, as a rule."""


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


def read_document(config: t.Mapping[str, t.Any], catalog: Catalog, secrets: set[str]) -> list[Item]:
    """Return the items of a document, in the order of their types. Raise one InputError for all mistakes.

    secrets: receives the secret values of the items, also if something is wrong.
    """
    wrong = [line for name in config for line in _wrong_type(str(name), catalog)]
    items: list[Item] = []
    for name in catalog.types:
        if config.get(name) is None:
            continue
        reader = _Reader(catalog.item_type(name), catalog, secrets)
        for index, given in enumerate(_entries(reader.type, config[name], wrong)):
            item = reader.item(index, given, wrong)
            items += [item] if item else []
    if wrong:
        wrong += _wrong_values(items)
        raise InputError(_in_words(wrong), hint="Nothing was written.")
    return items


def _wrong_type(name: str, catalog: Catalog) -> t.Iterator[str]:
    if name in catalog.refused:
        yield f"{name} cannot be in a document: {catalog.refused[name]}. Use a task of the module {name}."
    elif name not in catalog.types:
        guess = did_you_mean(name, catalog.types) or f"The types are {', '.join(sorted(catalog.types))}."
        yield f"A document has no type {name}. {guess}"


def _wrong_values(items: t.Sequence[Item]) -> t.Iterator[str]:
    """Yield what the handlers find wrong with the options alone. Otherwise they find it while they plan."""
    for item in items:
        try:
            item.type.make_handler(None, item.type.resource, item.desired)
        except InputError as error:
            yield f"{item.place}: {error.message}"


def _entries(type_: ItemType, value: t.Any, wrong: list[str]) -> t.Sequence[t.Any]:
    """Return what a document holds of a type as a list."""
    if type_.is_singleton:
        if isinstance(value, dict):
            return [value]
        example = next(iter(type_.resource.attributes)).option
        wrong.append(f"{type_.name} takes one dictionary, such as {{{example}: ...}}: an array has only one of these.")
    elif isinstance(value, (list, tuple)):
        return value
    else:
        wrong.append(f"{type_.name} takes a list of items, such as [{{{type_.resource.key}: ...}}].")
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
        for option in self.identity:
            self.spec[option] = {**self.spec[option], "required": True}
        self.validator: t.Any = ArgumentSpecValidator(self.spec)

    def item(self, index: int, given: t.Any, wrong: list[str]) -> Item | None:
        """Return an item, None if something is wrong with it."""
        if not isinstance(given, dict):
            example = f", such as {{{self.identity[0]}: ...}}" if self.identity else ""
            wrong.append(f"{place_of(self.type, index, '')}: each item is a dictionary of options{example}.")
            return None
        names = [str(given[option]) for option in self.identity if given.get(option)]
        name = ", ".join(names) if self.identity else self.type.name
        place = place_of(self.type, index, name)
        misplaced = [option for option in given if option in self.elsewhere]
        tidy = tidied(self.spec, {option: value for option, value in given.items() if option not in self.elsewhere})
        checked = self.validator.validate(tidy)
        self.secrets.update(checked._no_log_values)
        found = [f"{option}: {self.elsewhere[option]}" for option in misplaced]
        found += complaints(self.type.name, self.spec, tidy, checked)
        wrong += [f"{place}: {line}" for line in found]
        return None if found else Item(self.type, place, name, checked.validated_parameters)


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


def _in_words(wrong: t.Sequence[str]) -> str:
    more = len(wrong) - MOST_MISTAKES
    return " ".join(wrong[:MOST_MISTAKES]) + (f" And {number(more, 'more mistake')}." if more > 0 else "")
