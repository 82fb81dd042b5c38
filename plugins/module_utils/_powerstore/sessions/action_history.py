# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The history of a run, as sessions with states need it: which actions it has sent, and which states followed."""

from __future__ import annotations

import re
import typing as t

from ..._engine.planning.history import Accepted, History, Seen

States = t.Tuple[t.Tuple[str, str], ...]
"""The landmark of a read: id and state of the session, followed by those of its members that were read."""


class ActionHistory:
    """A view of the history of one run, whose landmarks are `States`. type: the resource type of the sessions."""

    def __init__(self, history: History, type_: str) -> None:
        self.history = history
        self.type = type_

    @property
    def first(self) -> str:
        """The state of the task's session at the first read, empty without a session."""
        landmarks = self.history.landmarks
        return str(landmarks[0][0][1]) if landmarks and landmarks[0] else ""

    @property
    def created(self) -> bool:
        """Whether the run has created the session."""
        return any(step.path == self.type for step in self.history.steps)

    def taken(self, session_id: str, action: str) -> bool:
        """Return whether the array has accepted the action on the session."""
        return any(step.path == self._path(session_id, action) for step in self.history.steps)

    def settles(self, session_id: str, action: str) -> bool:
        """Return whether the array has accepted the action, but still shows the session in its old state."""
        state, state_before, is_settling = "", "", False
        for event in self.history.events:
            if isinstance(event, Accepted) and event.step.path == self._path(session_id, action):
                state_before, is_settling = state, bool(state)
            elif isinstance(event, Seen):
                state = dict(event.landmark).get(session_id, state)
                is_settling = is_settling and state == state_before
        return is_settling

    def found_so(self, state: str) -> bool:
        """Return whether the session is in the state of the first read, and this run has sent no action."""
        has_acted = any(re.fullmatch(rf"{self.type}/[^/]+/\w+", step.path) for step in self.history.steps)
        return not has_acted and state == self.first

    def _path(self, session_id: str, action: str) -> str:
        return f"{self.type}/{session_id}/{action}"
