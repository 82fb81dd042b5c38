# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The course of a session: all steps to a goal, as far as they can be foreseen from the table of its states."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.state_machine import ACTION, WAIT, StateMachine

S = t.TypeVar("S", bound=t.Tuple[t.Any, ...])


@dataclasses.dataclass(frozen=True)
class ForeseenStep:
    """One step on the way to a goal: either an action, or a wait until the session is in a state.

    leads: whether the run also transitions the sessions that this one consists of.
    """

    action: str = ""
    until: str = ""
    leads: bool = False


@dataclasses.dataclass(frozen=True)
class Course(t.Generic[S]):
    """What becomes of a session if nothing fails.

    machine: says what is next. after: the situation right after an action. by_itself: the next situation that the
    session reaches by itself, which may depend on the goal. named: the state of a situation as users read it.
    """

    machine: StateMachine[S]
    after: t.Callable[[S, str], S]
    by_itself: t.Callable[[S, str], S]
    named: t.Callable[[S], str]

    def foresee(self, situation: S, goal: str) -> list[ForeseenStep]:
        """Return the steps from a situation to a goal; empty if the goal is reached or out of reach."""
        steps_ahead: list[ForeseenStep] = []
        transition = self.machine.next(situation, goal)
        while transition.kind in (ACTION, WAIT):
            if transition.kind == ACTION:
                steps_ahead.append(ForeseenStep(transition.action))
                if transition.action == "delete":
                    break
                situation = self.after(situation, transition.action)
            leads = False
            transition = self.machine.next(situation, goal)
            while transition.kind == WAIT:
                leads = leads or bool(transition.members)
                situation = self.by_itself(situation, goal)
                transition = self.machine.next(situation, goal)
            steps_ahead.append(ForeseenStep(until=self.named(situation), leads=leads))
        return steps_ahead
