# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way of a session to the goal of a task: its steps, and the reason why it does not get there."""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import ApplianceError, InputError, JobFailed
from ..._engine.planning.steps import Request, Step, Wait
from ..._engine.state_machine import ACTION, IMPOSSIBLE, Transition
from ..._engine.text.paths import in_path
from ..._engine.text.words import sentence
from ..handler import PowerStoreHandler
from .action_history import ActionHistory, States
from .course import Course, ForeseenStep


class Journey(PowerStoreHandler):
    """What the handlers of all sessions have in common, however they find their session.

    goal: the goal of the task. course: what becomes of a session. words: an action in the words of a plan, where its
    own word will not do.
    """

    goal: str
    course: Course[t.Any]
    words: t.Mapping[str, str] = {}

    def situation(self, current: Json) -> t.Any:
        """Return what decides about the next transition of a session."""
        raise NotImplementedError

    def title_of(self, session: Json) -> str:
        """Return what messages call a session."""
        raise NotImplementedError

    def body_of(self, dummy_action: str) -> tuple[Json | None, str]:
        """Return the body of an action, and what its summary says of it."""
        return None, ""

    def progress_text(self, session: Json) -> str:
        """Return the progress of a session as text."""
        return self.state_of(session)

    def messages(self, dummy_session: Json) -> list[Json]:
        """Return the array's messages about a failure of the session."""
        return []

    def state_of(self, session: Json) -> str:
        """Return the state of a session as users read it."""
        return self.course.named(self.situation(session))

    def landmark(self, current: Json | None) -> States:
        """Return the state of the session."""
        return ((current["id"], self.state_of(current)),) if current else ()

    def way(self, current: Json, history: ActionHistory) -> list[Step]:
        """Return the steps to the goal as far as they can be foreseen; raise an error if it is out of reach."""
        transition = self._checked(self.course.machine.next(self.situation(current), self.goal), current, history)
        if transition.kind == ACTION and history.settles(current["id"], transition.action):
            # The array has accepted the action but does not show its effect yet: a second request would be an error.
            words = f"wait until the array shows the effect of {transition.action}"
            return [Wait(words, self.progress_text(current))]
        return self.steps(current, transition, history)

    def steps(self, current: Json, dummy_transition: Transition, dummy_history: ActionHistory) -> list[Step]:
        """Return the steps to the goal, which begin with the transition."""
        return [self.step(one, current) for one in self.course.foresee(self.situation(current), self.goal)]

    def step(self, foreseen: ForeseenStep, session: Json) -> Step:
        """Return the request or the wait of one foreseen step. session: may be a new one, which has no state."""
        title = self.title_of(session)
        if not foreseen.action:
            return Wait(
                f"wait until {title} is {foreseen.until}", self.progress_text(session) if "state" in session else ""
            )
        summary = self.words.get(foreseen.action, foreseen.action + " {}").format(title)
        path = f"{self.type}/{in_path(session['id'])}"
        if foreseen.action == "delete":
            return Request("delete", "DELETE", path, None, summary)
        body, addition = self.body_of(foreseen.action)
        return Request(foreseen.action, "POST", f"{path}/{foreseen.action}", body, summary + addition)

    def _checked(self, transition: Transition, current: Json, history: ActionHistory) -> Transition:
        """Return the transition; raise an error if the goal is out of reach.

        It is also out of reach if this run has sent the action and the session came back to this state, and if the
        action repeats one that has failed during this run: a person must look at the reason first.
        """
        used = transition.kind == ACTION and history.taken(current["id"], transition.action)
        in_vain = used and not history.settles(current["id"], transition.action)
        unseen = transition.again and not used and not history.found_so(self.state_of(current))
        if transition.kind != IMPOSSIBLE and not in_vain and not unseen:
            return transition
        reason = transition.reason or f"{transition.action} was accepted, but the session came back to this state"
        raise self.failure(current, history, reason)

    def failure(self, current: Json, history: ActionHistory, reason: str) -> ApplianceError:
        """Return the error: InputError if this run found the session in this state and sent nothing, else JobFailed."""
        messages = self.messages(current)
        hint = " ".join(f"The array says: {_quoted(message)}." for message in messages)
        state = self.state_of(current)
        text = f"{sentence(self.title_of(current))} is {state}: {reason}."
        kind = InputError if history.found_so(state) else JobFailed
        return kind(text, messages=messages, hint=hint)


def _quoted(message: Json) -> str:
    """Return a message of the array with its code, if it has one, without a full stop at the end."""
    text, code = str(message["message"]), message["code"]
    return f"{text} ({code})" if code else text.rstrip(".")
