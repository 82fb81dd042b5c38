# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base class of the platforms' clients."""

from __future__ import annotations

import time
import typing as t
from datetime import datetime, timezone

from .._engine.errors import ApplianceError
from .answers import Response
from .endpoint import Endpoint
from .environment import open_transport
from .retry import with_retries

LOGOUT_TIMEOUT = 5.0
SESSION_IS_GONE = (401, 404)

Self = t.TypeVar("Self", bound="Client")
Result = t.TypeVar("Result")


class Client:
    """Talks to one appliance as one user.

    endpoint: the appliance. sleep: pauses between the tries of a read, takes seconds.
    warnings: messages for the user; complete once the client is closed.
    A client repeats reads only. If a write has no answer, the engine finds out whether it had an effect.
    """

    def __init__(self, endpoint: Endpoint, sleep: t.Callable[[float], None] = time.sleep) -> None:
        self.endpoint = endpoint
        self.warnings: t.List[str] = []
        self._transport = open_transport(endpoint, self.warnings.append)
        self._sleep = sleep

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """End the session and close the connection. A failed logout only adds a warning."""
        try:
            self._logout()
        finally:
            self._transport.close()

    def within(self, seconds: float) -> t.ContextManager[None]:
        """Limit the time that all requests inside the block may take together."""
        return self._transport.deadline.within(seconds)

    def appliance_time(self) -> datetime:
        """Return the time by the appliance's clock, accurate to the second; before its first response, by ours."""
        return datetime.fromtimestamp(time.time() + self._transport.clock_offset, timezone.utc)

    def keep_secret(self, values: t.Iterable[str]) -> None:
        """Register secret values."""
        self._transport.secrets.add(*values)

    def hide(self, value: t.Any) -> t.Any:
        """Return data or a text without the registered secrets, in whatever encoding they appear."""
        return self._transport.secrets.hide(value)

    def _logout(self) -> None:
        """End the session if this client has opened one."""

    def _end_session(self, logout: t.Callable[[], Response]) -> None:
        """Send the logout. If it fails, send it once more on a new connection: the old one may be broken."""
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
        self.warnings.append(f"A session on {self.endpoint.url} may still be open until it times out: {why}.")

    def _patiently(self, read: t.Callable[[], Result], known: t.Callable[[], bool]) -> Result:
        """Return what a read returns; retry it if that can help."""
        return with_retries(read, self._sleep, known, self._transport.deadline.left)
