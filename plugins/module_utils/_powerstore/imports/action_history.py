# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The states that one run has read of import sessions and the actions it has sent, so that it sends none twice."""

from __future__ import annotations

from ..._engine.data import Json


class ActionHistory:
    """The history of one run.

    first: the state of the task's session at the first read, empty without a session, None before the first read.
    created: whether the run has created the session.
    """

    def __init__(self) -> None:
        self.first: str | None = None
        self.created = False
        self._states: dict[str, str] = {}
        self._taken: dict[tuple[str, str], str | None] = {}

    def find(self, state: str) -> None:
        """Note the state at the first read; later calls change nothing."""
        if self.first is None:
            self.first = state

    def see(self, session: Json) -> None:
        """Note the state of a session as read. A new state shows that earlier actions have taken effect."""
        session_id, state = session["id"], session["state"]
        self._states[session_id] = state
        for key, before in self._taken.items():
            if key[0] == session_id and before != state:
                self._taken[key] = None

    def take(self, session_id: str, action: str) -> None:
        """Note an action that the array has accepted."""
        self._taken[session_id, action] = self._states.get(session_id)

    def taken(self, session_id: str, action: str) -> bool:
        """Return whether this run has sent the action to the session."""
        return (session_id, action) in self._taken

    def settles(self, session_id: str, action: str) -> bool:
        """Return whether the array has accepted the action, but still shows the session in its old state."""
        return self._taken.get((session_id, action)) is not None

    def found_so(self, state: str) -> bool:
        """Return whether the session is in the state of the first read, and this run has sent no action."""
        return not self._taken and state == self.first
