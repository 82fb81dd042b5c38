# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the clients of all platforms have in common: one connection, its secrets, its time, and the end of a session."""

from __future__ import annotations

import time
import typing as t

from .._engine.errors import ApplianceError
from .answers import Response
from .endpoint import Endpoint
from .retry import with_retries
from .transport import Transport

LOGOUT_TIMEOUT = 5.0
SESSION_IS_GONE = (401, 404)

Self = t.TypeVar("Self", bound="Client")
Result = t.TypeVar("Result")


class Client:
    """Speaks to one appliance as one user.

    endpoint: where. sleep: between tries of a read. warnings: what the person should know when the session is closed.
    Only reads are ever repeated here; what became of a write without an answer is for the engine to find out.
    """

    def __init__(self, endpoint: Endpoint, sleep: t.Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self.warnings: t.List[str] = []
        self._transport = Transport(endpoint)
        self._sleep = sleep

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """End the session and close the connection. A logout that fails fails no task, but leaves a warning."""
        try:
            self._logout()
        finally:
            self._transport.close()

    def within(self, seconds: float) -> t.ContextManager[None]:
        """Bound the time of all requests inside of the block."""
        return self._transport.deadline.within(seconds)

    def keep_secret(self, values: t.Iterable[str]) -> None:
        """Take note of what a task sends and nobody may see."""
        self._transport.secrets.add(*values)

    def hide(self, value: t.Any) -> t.Any:
        """Return data or a text without anything that was sent as a secret, in whatever form it came back."""
        return self._transport.secrets.hide(value)

    def _logout(self) -> None:
        """End the session, if there is one and it was opened here."""

    def _end_session(self, logout: t.Callable[[], Response]) -> None:
        """Send the logout, if need be once more on a new connection: the one at hand may be broken."""
        why = ""
        for dummy in range(2):
            try:
                response = logout()
                if response.is_success or response.status in SESSION_IS_GONE:
                    return
                why = f"the logout was answered with HTTP {response.status}"
            except ApplianceError as error:
                why = error.message.rstrip(".")
            self._transport.hang_up()
        self.warnings.append(f"A session on {self.endpoint.url} may still be open, until it is idle for long: {why}.")

    def _patiently(self, read: t.Callable[[], Result], known: t.Callable[[], bool]) -> Result:
        """Return what a read returns, tried again as long as there is a point in it."""
        return with_retries(read, self._sleep, known, self._transport.deadline.left)
