# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules between options.

`Requires` concerns the options of a task alone: an option that has an effect only together with another one. A
`StateRule` concerns the object that results: the desired state laid over the current one.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..errors import InputError
from ..text.words import and_so_on
from .mistakes import UNTOUCHED

Options = t.Mapping[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Requires:
    """The option has an effect only if ``other`` has one of ``values``, or without values, if ``other`` is given.

    unless: another option that gives the option an effect as well, if it is true.
    ignores: values of the option to which the rule does not apply, such as its default. refuses: values for which the
    task fails, because it would destroy something or mislead the user. For other values it only warns.
    """

    option: str
    other: str
    values: tuple[t.Any, ...] = ()
    ignores: tuple[t.Any, ...] = ()
    refuses: tuple[t.Any, ...] = ()
    unless: str = ""

    def is_broken(self, desired: Options) -> bool:
        """Return whether the task gives the option without effect."""
        value, other = desired.get(self.option), desired.get(self.other)
        if value is None or desired.get(self.unless) or any(_same(value, known) for known in self.ignores):
            return False
        return not any(_same(other, known) for known in self.values) if self.values else other is None

    def is_refused(self, desired: Options) -> bool:
        """Return whether the task must fail because of this rule."""
        return self.is_broken(desired) and any(_same(desired[self.option], known) for known in self.refuses)

    def sentence(self, desired: Options) -> str:
        """Return what is wrong as a sentence. Only a boolean value is shown: others may be long or secret."""
        value = desired[self.option]
        shown = f"{self.option}: {str(value).lower()}" if isinstance(value, bool) else self.option
        allowed = " or ".join(f"{self.other}: {_shown(known)}" for known in self.values) or self.other
        return f"{shown} has an effect only with {allowed}."


def in_vain(rules: t.Iterable[Requires], desired: Options) -> list[str]:
    """Return a sentence for each option that has no effect and does no harm."""
    return [rule.sentence(desired) for rule in rules if rule.is_broken(desired) and not rule.is_refused(desired)]


def misleading(rules: t.Iterable[Requires], desired: Options) -> list[str]:
    """Return a sentence for each option that has no effect but must not be ignored."""
    return [rule.sentence(desired) for rule in rules if rule.is_refused(desired)]


def check_rules(rules: t.Iterable[Requires], desired: Options) -> None:
    """Raise one InputError for all options that have no effect but must not be ignored."""
    wrong = misleading(rules, desired)
    if wrong:
        raise InputError(" ".join(wrong), hint=UNTOUCHED)


def _same(value: t.Any, other: t.Any) -> bool:
    """Compare option values. False is not 0; a text that Ansible has tagged, a subclass of str, equals a plain one."""
    return isinstance(value, bool) == isinstance(other, bool) and bool(value == other)


def _shown(value: t.Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return '""' if value == "" else str(value)


class StateRule(t.Protocol):
    """A rule for the state that results from a task."""

    def contradiction(self, desired: Options) -> str:
        """Return what is wrong with the options alone as a sentence, or an empty text."""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text.

        current: the managed attributes as they are now, by option; None if the task creates the object.
        """

    def displaced(self, current: Options, desired: Options) -> list[str]:
        """Return the options that lose their current value, because the task gives another one in their place."""


class PlainRule:
    """What most rules have in common: the options alone contradict nothing, and none takes the place of another one."""

    def contradiction(self, desired: Options) -> str:
        """Return an empty text: what the options lack, the object may have."""
        return ""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return an empty text: the options alone show what is wrong."""
        return ""

    def displaced(self, current: Options, desired: Options) -> list[str]:
        """Return nothing: the task gives all values that change."""
        return []


def left(option: str, current: Options | None, desired: Options) -> t.Any:
    """Return the value that an option has in the state that results."""
    return desired[option] if desired.get(option) is not None else (current or {}).get(option)


@dataclasses.dataclass(frozen=True)
class OneOf:
    """Of several attributes, an object has one, or at most one. To set another one unsets the one that it has.

    needed: whether the object must have one of them.
    """

    options: tuple[str, ...]
    needed: bool = True

    def _given(self, desired: Options) -> list[str]:
        return [option for option in self.options if _is_set(desired.get(option))]

    def contradiction(self, desired: Options) -> str:
        """Return what is wrong with the options alone as a sentence, or an empty text."""
        given = self._given(desired)
        return f"Give only one of {and_so_on(given)}." if len(given) > 1 else ""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        if self._given(desired) or not self.needed:
            return ""
        cleared = [option for option in self.options if desired.get(option) is not None]
        kept = [option for option in self.options if option not in cleared and _is_set((current or {}).get(option))]
        if current is None or (cleared and not kept):
            return f"Give one of {' or '.join(self.options)}."
        return ""

    def displaced(self, current: Options, desired: Options) -> list[str]:
        """Return the options that lose their current value."""
        given = self._given(desired)
        return [option for option in self.options if given and option not in given and _is_set(current.get(option))]


@dataclasses.dataclass(frozen=True)
class SomeOf(PlainRule):
    """An object has at least one of several attributes."""

    options: tuple[str, ...]

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        is_met = any(_is_set(left(option, current, desired)) for option in self.options)
        return "" if is_met else f"Give {' or '.join(self.options)}."


@dataclasses.dataclass(frozen=True)
class Needs(PlainRule):
    """An attribute can be set only if another one is set, or has one of ``values``, in the resulting state."""

    option: str
    other: str
    values: tuple[t.Any, ...] = ()

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        if not _is_set(desired.get(self.option)):
            return ""
        other = left(self.other, current, desired)
        fits = any(_same(other, known) for known in self.values) if self.values else _is_set(other)
        allowed = " or ".join(f"{self.other}: {_shown(known)}" for known in self.values) or self.other
        return "" if fits else f"{self.option} needs {allowed}."


@dataclasses.dataclass(frozen=True)
class CallsFor(PlainRule):
    """Some values of an attribute call for another one, in the resulting state: for any value of it, or for some.

    readable: whether the object as read has the other one; if not, only a new object must be given it.
    """

    option: str
    values: tuple[t.Any, ...]
    other: str
    others: tuple[t.Any, ...] = ()
    readable: bool = True

    def contradiction(self, desired: Options) -> str:
        """Return what is wrong with the options alone as a sentence, or an empty text."""
        given = desired.get(self.other)
        is_wrong = given == "" or (given is not None and self.others and given not in self.others)
        return self._sentence(desired[self.option]) if is_wrong and desired.get(self.option) in self.values else ""

    def broken(self, current: Options | None, desired: Options) -> str:
        """Return what is wrong as a sentence, or an empty text."""
        value, other = (left(option, current, desired) for option in (self.option, self.other))
        if value not in self.values or (current is not None and not self.readable):
            return ""
        fits = other in self.others if self.others else _is_set(other)
        return "" if fits else self._sentence(value)

    def _sentence(self, value: t.Any) -> str:
        allowed = " or ".join(f"{self.other}: {_shown(known)}" for known in self.others) or self.other
        return f"{self.option}: {_shown(value)} needs {allowed}."


@dataclasses.dataclass(frozen=True)
class Among(PlainRule):
    """An attribute has one of a few values, which the API's documents do not list as an enum."""

    option: str
    values: tuple[t.Any, ...]

    def contradiction(self, desired: Options) -> str:
        """Return what is wrong with the options alone as a sentence, or an empty text."""
        value = desired.get(self.option)
        if value is None or value in self.values:
            return ""
        *others, last = map(_shown, self.values)
        return f"{self.option} takes {', '.join(others)} or {last}, not {value}."


def exactly_one_of(*options: str) -> OneOf:
    """Return the rule that an object has exactly one of these attributes."""
    return OneOf(options)


def at_least_one_of(*options: str) -> SomeOf:
    """Return the rule that an object has one or several of these attributes."""
    return SomeOf(options)


def at_most_one_of(*options: str) -> OneOf:
    """Return the rule that an object has at most one of these attributes."""
    return OneOf(options, needed=False)


def one_of_values(option: str, *values: t.Any) -> Among:
    """Return the rule that an attribute has one of these values."""
    return Among(option, values)


def requires(option: str, other: str, *values: t.Any) -> Needs:
    """Return the rule that an attribute needs another one, or one of its values, in the resulting state."""
    return Needs(option, other, values)


def calls_for(
    option: str, values: tuple[t.Any, ...], other: str, others: tuple[t.Any, ...] = (), *, readable: bool = True
) -> CallsFor:
    """Return the rule that some values of an attribute need another one, or some of its values."""
    return CallsFor(option, values, other, others, readable)


def _is_set(value: t.Any) -> bool:
    return value is not None and value not in ("", [])
