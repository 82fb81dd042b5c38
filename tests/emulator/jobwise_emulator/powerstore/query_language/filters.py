# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters: ``attribute=[not.]operator.value`` and ``and=(...)``, ``or=(...)``; three-valued, as SQL is.

A comparison with an unset attribute is neither true nor false, so ``neq`` and ``not.`` do not find unset attributes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.errors import validation
from jobwise_emulator.powerstore.query_language.comparison import OPERATORS, comparison
from jobwise_emulator.powerstore.query_language.operand import resolve
from jobwise_emulator.powerstore.query_language.quoting import split, unquoted
from jobwise_emulator.powerstore.relations import Relations

Truth = bool | None
Predicate = Callable[[Json], Truth]
GROUPS = ("and", "or")


class FilterParser:
    """Turns the filter parameters of one request on one type into a predicate."""

    def __init__(self, catalog: Catalog, relations: Relations, kind: str) -> None:
        self.catalog = catalog
        self.relations = relations
        self.kind = kind

    def parameters(self, pairs: Iterable[tuple[str, str]]) -> Predicate:
        """All parameters ANDed; raises 400 for what cannot be understood."""
        return conjunction([self.parameter(name, text) for name, text in pairs])

    def parameter(self, name: str, text: str) -> Predicate:
        """One ``name=text`` of the query string."""
        negated = name.startswith("not.") and name[4:] in GROUPS
        group = name[4:] if negated else name
        if group in GROUPS:
            predicate = self.group(group, text)
            return negation(predicate) if negated else predicate
        return self.condition(name, text)

    def group(self, word: str, text: str) -> Predicate:
        """``(condition,condition,...)`` joined by ``and`` or ``or``."""
        if not (text.startswith("(") and text.endswith(")")):
            raise validation(f"The conditions of {word} must stand in parentheses, got {text}.")
        members = [self.member(part.strip()) for part in split(text[1:-1])]
        return conjunction(members) if word == "and" else disjunction(members)

    def member(self, text: str) -> Predicate:
        """One condition inside a group: ``attr.op.value`` or a nested group."""
        for word in GROUPS:
            for prefix, wrap in ((f"{word}(", False), (f"not.{word}(", True)):
                if text.startswith(prefix) and text.endswith(")"):
                    inner = self.group(word, text[len(prefix) - 1 :])
                    return negation(inner) if wrap else inner
        words = text.split(".")
        for place in range(1, len(words)):
            rest = words[place + 1 :] if words[place] == "not" else words[place:]
            if rest and rest[0] in OPERATORS and len(rest) > 1:
                return self.condition(".".join(words[:place]), ".".join(words[place:]), quoted=True)
        raise validation(f"The condition {text} is not of the form attribute.operator.value.")

    def condition(self, name: str, text: str, quoted: bool = False) -> Predicate:
        """``[not.]operator.value`` on the operand ``name``."""
        operand = resolve(self.catalog, self.relations, self.kind, name)
        negated = text.startswith("not.")
        word, dot, value = text.removeprefix("not.").partition(".")
        if word not in OPERATORS or not dot:
            raise validation(f"Filter {name}={text} has no known operator.")
        test = comparison(self.catalog, operand, word, unquoted(value) if quoted else value)

        def predicate(entry: Json) -> Truth:
            return any_of(test(item) for item in operand.values(entry)) if operand.values(entry) else None

        return negation(predicate) if negated else predicate


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if one is, else None if one is unknown, else False."""
    found: list[Any] = list(truths)
    return True if True in found else None if None in found else False


def negation(predicate: Predicate) -> Predicate:
    """The opposite; unknown stays unknown."""

    def opposite(entry: Json) -> Truth:
        truth = predicate(entry)
        return None if truth is None else not truth

    return opposite


def disjunction(members: list[Predicate]) -> Predicate:
    """One of them."""
    return lambda entry: any_of(member(entry) for member in members)


def conjunction(members: list[Predicate]) -> Predicate:
    """All of them."""

    def all_of(entry: Json) -> Truth:
        truths = [member(entry) for member in members]
        return False if False in truths else None if None in truths else True

    return all_of
