# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""State machines: what is next for an object in a situation, on its way to a goal.

A situation is a named tuple that a handler computes from an object, because a state alone often does not decide: the
role of a side or the type of a session matters as well. A machine is a list of rows. A row names the goals that it is
for and, for some fields of the situation, the values; it is for all values of the other fields. The first row that fits
decides, so an exception stands before its rule.
"""

from __future__ import annotations

import dataclasses
import itertools
import typing as t

ACTION, WAIT, DONE, IMPOSSIBLE = "action", "wait", "done", "impossible"


@dataclasses.dataclass(frozen=True)
class Transition:
    """What is next: an action, a wait, nothing, or the reason why the goal is out of reach.

    kind: ACTION, WAIT, DONE or IMPOSSIBLE. reason: words for a message; an action that repeats has one, too.
    again: the action repeats one that failed. A person must correct the cause first; one run never repeats it twice.
    members: the goal for the objects that the object consists of, before or while the run waits for the object itself.
    """

    kind: str
    action: str = ""
    reason: str = ""
    again: bool = False
    members: str = ""


NOTHING = Transition(DONE)
HOLD = Transition(WAIT)


def act(action: str) -> Transition:
    """Return the transition that sends an action."""
    return Transition(ACTION, action)


def impossible(reason: str) -> Transition:
    """Return the transition for a goal that is out of reach."""
    return Transition(IMPOSSIBLE, reason=reason)


@dataclasses.dataclass(frozen=True)
class Row:
    """One row of a machine. goals: the goals that it is for. where: for some fields, the values that it is for."""

    goals: tuple[str, ...]
    then: Transition
    where: tuple[tuple[str, tuple[t.Any, ...]], ...]

    def fits(self, situation: t.Any, goal: str) -> bool:
        """Return whether the row is for this situation and this goal."""
        return goal in self.goals and all(getattr(situation, field, None) in values for field, values in self.where)

    def __str__(self) -> str:
        values = ", ".join(f"{field} {'/'.join(map(str, values))}" for field, values in self.where)
        return f"{' '.join(self.goals)} at {values or 'anything'}: {self.then.action or self.then.kind}"


def row(goals: str, then: Transition, **where: t.Any) -> Row:
    """Return a row. goals: their names, with blanks between them. where: a field's value, or names with blanks."""
    values = ((field, tuple(value.split()) if isinstance(value, str) else (value,)) for field, value in where.items())
    return Row(tuple(goals.split()), then, tuple(values))


S = t.TypeVar("S", bound=t.Tuple[t.Any, ...])


class StateMachine(t.Generic[S]):
    """The transitions of one kind of object.

    situation: the class of the situations, a named tuple. fields: all values of each of its fields. goals: all goals.
    unknown: the transition for a value that `fields` does not list, as a later release may report it.
    """

    def __init__(
        self,
        situation: type[S],
        fields: t.Mapping[str, t.Sequence[t.Any]],
        goals: t.Sequence[str],
        rows: t.Sequence[Row],
        unknown: Transition,
    ) -> None:
        self.situation = situation
        self.fields = fields
        self.goals = goals
        self.rows = rows
        self.unknown = unknown

    def next(self, situation: S, goal: str) -> Transition:
        """Return the transition for a situation and a goal."""
        if any(getattr(situation, field) not in values for field, values in self.fields.items()):
            return self.unknown
        return next(one.then for one in self.rows if one.fits(situation, goal))

    def pairs(self) -> t.Iterator[tuple[S, str]]:
        """Return all pairs of a situation and a goal."""
        for values in itertools.product(*self.fields.values()):
            for goal in self.goals:
                yield self.situation(**dict(zip(self.fields, values))), goal

    def mistakes(self) -> list[str]:
        """Return what is wrong with the rows, for tests.

        Each pair needs a row, each row needs a pair that no earlier row has taken, and no row may name a goal, field or
        value that does not exist.
        """
        taken: set[int] = set()
        found = []
        for situation, goal in self.pairs():
            number = next((number for number, one in enumerate(self.rows) if one.fits(situation, goal)), None)
            if number is None:
                found.append(f"no row for {goal} at {situation}")
            else:
                taken.add(number)
        for number, one in enumerate(self.rows):
            wrong = [goal for goal in one.goals if goal not in self.goals]
            for field, values in one.where:
                wrong += [f"{field} {value}" for value in values if value not in self.fields.get(field, ())]
            if wrong:
                found.append(f"row {one}: there is no {', '.join(wrong)}")
            elif number not in taken:
                found.append(f"row {one}: an earlier row takes all that it is for")
            if one.then.kind == IMPOSSIBLE and not one.then.reason:
                found.append(f"row {one}: the reason is missing")
        return found
