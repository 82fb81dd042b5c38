# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What one run has seen of import sessions and done to them, so that it sends no action twice."""

from __future__ import annotations

from ..._engine.resource_type import Json


class Passage:
    """One run's memory.

    first: the state in which it found the session of its task, empty if there was none, None before it has looked.
    created: whether it has created the session.
    """

    def __init__(self) -> None:
        self.first: str | None = None
        self.created = False
        self._states: dict[str, str] = {}
        self._taken: dict[tuple[str, str], str | None] = {}

    def find(self, state: str) -> None:
        """Take note of the first look."""
        if self.first is None:
            self.first = state

    def see(self, session: Json) -> None:
        """Take note of a session as read."""
        found, state = session["id"], session["state"]
        self._states[found] = state
        for key, before in self._taken.items():
            if key[0] == found and before != state:
                self._taken[key] = None

    def take(self, session_id: str, action: str) -> None:
        """Take note of an action that the array has accepted."""
        self._taken[session_id, action] = self._states.get(session_id)

    def taken(self, session_id: str, action: str) -> bool:
        """Tell whether this run has sent the action."""
        return (session_id, action) in self._taken

    def settles(self, session_id: str, action: str) -> bool:
        """Tell whether the array has accepted the action and shows the session in the state before it ever since."""
        return self._taken.get((session_id, action)) is not None

    def found_so(self, state: str) -> bool:
        """Tell whether the session is as it was found, and nothing was done about it."""
        return not self._taken and state == self.first
