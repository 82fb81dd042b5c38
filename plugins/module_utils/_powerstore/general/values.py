# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that a task gives by the API's names, checked against the facts: names, types, enums and limits."""

from __future__ import annotations

import re
import typing as t

from ..._engine.data import Json
from ..._engine.options.mistakes import Mistakes
from ..._engine.table.attribute import SECRET
from ..._engine.text.words import did_you_mean
from ..schema import AttributeFacts

TAKES = {
    "bool": "true or false",
    "dict": "a dictionary",
    "float": "a number",
    "int": "a whole number",
    "list": "a list",
    "str": "a text",
}
TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
"""Texts that stand for true and false: templates may turn values into texts."""

SECRET_NAME = re.compile(r"password|passphrase|secret|private_key|access_key|authentication_key|token|community")
"""Names of secrets in attributes of newer releases, which no facts mark."""

MANY = 20
"""Of more names or values than this, a message lists only the closest."""

Facts = t.Mapping[str, AttributeFacts]


class Checker:
    """Checks values and converts them. strict: whether to refuse what the facts do not have."""

    def __init__(self, mistakes: Mistakes, strict: bool = True) -> None:
        self.mistakes = mistakes
        self.strict = strict

    def values(self, known: Facts, given: t.Mapping[str, t.Any], place: str, owner: str) -> Json:
        """Return the values that are given. place: the option that holds them. owner: what has the attributes."""
        found: Json = {}
        for name, value in given.items():
            if value is None:
                continue
            if name in known:
                found[name] = self.value(known[name], value, f"{place}.{name}")
            elif self.strict:
                self.mistakes.add(f"{owner} has no {name} that {place} can give. {_nearest(name, known)}")
            else:
                found[name] = value
        return found

    def value(self, known: AttributeFacts, value: t.Any, place: str) -> t.Any:
        """Return a value in the type of its attribute. A value that does not fit is a mistake, and stays as it is."""
        if value == "" and (known.type == "str" or known.nullable or known.clears):
            return value
        if known.type == "list":
            return self._list(known, value, place)
        if known.type == "dict":
            return self._structure(known, value, place)
        return self._single(known, known.type, value, place)

    def _list(self, known: AttributeFacts, value: t.Any, place: str) -> t.Any:
        if not isinstance(value, (list, tuple)):
            self.mistakes.add(f"{place} takes a list{_not(known, value)}.")
            return value
        if known.max_items and self.strict and len(value) > known.max_items:
            self.mistakes.add(f"{place} has {len(value)} entries, at most {known.max_items} are allowed.")
        if known.elements == "dict":
            return [self._structure(known, entry, f"{place}[{index}]", True) for index, entry in enumerate(value)]
        return [self._single(known, known.elements, entry, place) for entry in value]

    def _structure(self, known: AttributeFacts, value: t.Any, place: str, is_entry: bool = False) -> t.Any:
        """Return a structure. is_entry: whether it is an entry of a list, which needs all that a new one needs."""
        if not isinstance(value, dict):
            self.mistakes.add(f"{place} takes a dictionary{_not(known, value)}.")
            return value
        if not known.structure:
            return value
        parts = {part.name: part for part in known.structure}
        found = self.values(parts, value, place, known.name)
        missing = [part.name for part in known.structure if part.required and found.get(part.name) is None]
        if missing and is_entry and self.strict:
            self.mistakes.add(f"{place} lacks {', '.join(missing)}.")
        return found

    def _single(self, known: AttributeFacts, type_: str, value: t.Any, place: str) -> t.Any:
        converted = _converted(type_, value)
        if converted is None:
            takes = "a list of texts" if known.type == "list" and type_ == "str" else TAKES.get(type_, type_)
            self.mistakes.add(f"{place} takes {takes}{_not(known, value)}.")
            return value
        if self.strict:
            self._check_enum(known, converted, place)
            self._check_limits(known, converted, place)
        return converted

    def _check_enum(self, known: AttributeFacts, value: t.Any, place: str) -> None:
        if not known.enum or value in known.enum:
            return
        same = [choice for choice in known.enum if choice.lower() == str(value).lower()]
        few = f"The values are {', '.join(known.enum)}." if len(known.enum) <= MANY else ""
        guess = did_you_mean(str(value), same or known.enum) or few
        newer = "strict: false lets values of a newer release through." if not guess else ""
        self.mistakes.add(f"{place} cannot be {value!r}. {guess or newer}")

    def _check_limits(self, known: AttributeFacts, value: t.Any, place: str) -> None:
        if isinstance(value, str):
            low, high, size = known.min_length, known.max_length, len(value)
            shown = "" if known.secret else f": {value[:40]!r}{'...' if size > 40 else ''}"
            if high and size > high:
                self.mistakes.add(f"{place} has {size} characters, at most {high} are allowed{shown}.")
            if low and size < low:
                self.mistakes.add(f"{place} has {size} characters, at least {low} are needed{shown}.")
        elif not isinstance(value, bool):
            bounds = [f"at least {known.minimum}"] if known.minimum is not None else []
            bounds += [f"at most {known.maximum}"] if known.maximum is not None else []
            too_low = known.minimum is not None and value < known.minimum
            if too_low or (known.maximum is not None and value > known.maximum):
                self.mistakes.add(f"{place} must be {' and '.join(bounds)}, not {value}.")


def _converted(type_: str, value: t.Any) -> t.Any:
    """Return a single value in a type, None if it has another one. Templates turn numbers and booleans into texts."""
    if isinstance(value, (dict, list)):
        return None
    if type_ == "bool":
        return value if isinstance(value, bool) else TRUTHS.get(str(value).lower())
    if type_ == "str":
        return None if isinstance(value, bool) else str(value)
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    if type_ == "float":
        return number
    return int(str(value)) if re.fullmatch(r"-?\d+", str(value)) else int(number) if number.is_integer() else None


def _not(known: AttributeFacts, value: t.Any) -> str:
    """Return what a value is instead, without the value of a secret or of a structure that may have one."""
    if known.secret:
        return ""
    if isinstance(value, (dict, list)):
        return ", not a dictionary" if isinstance(value, dict) else ", not a list"
    hint = ": put the word in quotes" if isinstance(value, bool) else ""
    return f", not {str(value).lower() if isinstance(value, bool) else repr(value)}{hint}"


def _nearest(name: str, known: Facts) -> str:
    few = f"The names are {', '.join(sorted(known))}." if len(known) <= MANY else ""
    return did_you_mean(name, known) or few or "strict: false lets names of a newer release through."


def secrets_in(known: Facts, given: t.Any) -> set[str]:
    """Return the secret texts in values. Of attributes that the facts lack, the name decides."""
    found: set[str] = set()
    for name, value in given.items() if isinstance(given, dict) else ():
        if _is_secret(known, name):
            found |= {str(value)} if isinstance(value, (str, int)) and value != "" else set()
        for entry in value if isinstance(value, (list, tuple)) else [value]:
            found |= secrets_in(_parts(known, name), entry)
    return found


def without_secrets(known: Facts, given: t.Any) -> t.Any:
    """Return values as a task's result shows them."""
    if isinstance(given, (list, tuple)):
        return [without_secrets(known, entry) for entry in given]
    if not isinstance(given, dict):
        return given
    return {
        name: SECRET if _is_secret(known, name) else without_secrets(_parts(known, name), value)
        for name, value in given.items()
    }


def _is_secret(known: Facts, name: t.Any) -> bool:
    facts = known.get(name)
    return facts.secret if facts else bool(SECRET_NAME.search(str(name)))


def _parts(known: Facts, name: t.Any) -> Facts:
    facts = known.get(name)
    return {part.name: part for part in facts.structure} if facts else {}
