# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules for options that have an effect only together with other options."""

from __future__ import annotations

import dataclasses
import typing as t

from ..errors import InputError
from .mistakes import UNTOUCHED

Options = t.Mapping[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Requires:
    """The option has an effect only if ``other`` has one of ``values``, or without values, if ``other`` is given.

    ignores: values of the option to which the rule does not apply, such as its default. refuses: values for which the
    task fails, because it would destroy something or mislead the user. For other values it only warns.
    """

    option: str
    other: str
    values: tuple[t.Any, ...] = ()
    ignores: tuple[t.Any, ...] = ()
    refuses: tuple[t.Any, ...] = ()

    def is_broken(self, desired: Options) -> bool:
        """Return whether the task gives the option without effect."""
        value, other = desired.get(self.option), desired.get(self.other)
        if value is None or any(_same(value, known) for known in self.ignores):
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
