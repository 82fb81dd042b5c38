# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A connection to one PowerStore: it logs in with the first request, again if the session expires, and logs out.

Source: PowerStore REST API developers guide (authentication and sessions) and the 4.0 document.
"""

from __future__ import annotations

import copy
import time
import typing as t

from .._engine.errors import ApplianceError, LoginFailed
from .._http.answers import Response
from .._http.client import LOGOUT_TIMEOUT, Client
from .._http.endpoint import Endpoint
from .._http.environment import open_transport
from .._http.statuses import TOO_MANY_REQUESTS, UNAVAILABLE
from .responses import messages_of
from .session import PowerStoreSession, Proof

BASE = "/api/rest"
CLIENT = "Ansible/jobwise.appliance"
WHO_AM_I = {"select": "id,user,role_ids,is_password_change_required"}
DOWNLOAD = "/download"
"""In the path of an action that returns a file."""

Files = t.Optional[t.Mapping[str, t.Any]]
Self = t.TypeVar("Self", bound="Connection")


class Connection(Client):
    """A connection to one array in the session of one user.

    sleep: waits before another try, for a number of seconds. One thread at a time uses a connection; its siblings
    share its session, its secrets and its warnings.
    """

    def __init__(
        self, endpoint: Endpoint, username: str, password: str, sleep: t.Callable[[float], None] = time.sleep
    ) -> None:
        super().__init__(endpoint, sleep)
        self._session = PowerStoreSession(username, password, self._transport.secrets)
        self._is_sibling = False
        self._siblings: list[Connection] = []

    def sibling(self: Self) -> Self:
        """Return another connection in the same session. Only the first client logs out."""
        other = copy.copy(self)
        other._transport = open_transport(self.endpoint, self.warnings.append, self._transport.secrets)
        other._is_sibling = True
        self._siblings.append(other)
        return other

    def close(self) -> None:
        """End the session and close its connections. A sibling closes itself only."""
        try:
            super().close()
        finally:
            if not self._is_sibling:
                while self._siblings:
                    self._siblings.pop().close()
            elif self in self._siblings:  # the first client may go on for long, and opens others
                self._siblings.remove(self)

    @property
    def username(self) -> str:
        """The user who logs in."""
        return self._session.username

    def logs_in_with(self, password: str) -> bool:
        """Return whether the session logs in with this password."""
        return self._session.logs_in_with(password)

    def renew_password(self, password: str) -> None:
        """Use a new password for the next login, because the user's password was changed."""
        self._session.renew_password(password)

    def when_busy(self, call: t.Callable[[], None]) -> None:
        """Call a function whenever the array answers any connection of the session that it takes no more requests."""
        self._session.on_busy = call

    def _logout(self) -> None:
        if not self._is_sibling:
            self._session.end()
            with self._session.lock:
                self._leave_session()

    def _leave_session(self) -> None:
        if self._session.proof.cookie is not None:
            self._end_session(lambda: self._send("POST", f"{BASE}/logout", None, None, timeout=LOGOUT_TIMEOUT))
            self._session.forget()

    def _authorised(
        self, method: str, path: str, query: t.Mapping[str, str] | None, body: t.Any, files: Files = None
    ) -> Response:
        """Send a request within the session; log in again once if the array no longer accepts the session.

        files: the parts of a form, in the place of a body.

        The array answers an expired session with 401 or 403, and 403 to a user without the permission. A new login
        shows which of the two it is.
        """
        session = self._session
        if session.proof.cookie is None:
            with session.lock:  # one connection logs in with its request, the others wait for the outcome
                if session.proof.cookie is None:
                    return self._log_in(method, path, query, body, files)
        proof = session.proof
        response = self._send(method, path, query, body, proof=proof, files=files)
        if response.status not in (401, 403):
            return response
        with session.lock:
            login = self._renew_session() if session.proof.generation == proof.generation else None
        if session.proof.cookie is None and login is None:
            return self._authorised(method, path, query, body, files)
        again = self._send(method, path, query, body, files=files)
        if login is not None:
            self._check_password_change(login, again, method, path)
        return again

    def _log_in(self, method: str, path: str, query: t.Mapping[str, str] | None, body: t.Any, files: Files) -> Response:
        """Send a request that logs in, behind another one if its response would lack the session's token.

        Only responses to GET carry the token, without which the array refuses everything else, the logout included.
        """
        if method != "GET":
            login = self._renew_session()
            if not login.is_success:
                return login
            response = self._send(method, path, query, body, files=files)
            self._check_password_change(login, response, method, path)
            return response
        self._check_login()
        response = self._send(method, path, query, body)
        if response.status == 401:
            raise self._login_failed(response)
        if response.status == 403:
            login = self._send("GET", f"{BASE}/login_session", WHO_AM_I, None)
            self._check_password_change(login, response, method, path)
        return response

    def _renew_session(self) -> Response:
        """Log in again, and return what the array says of the new session. Another connection must not do so, too."""
        self._leave_session()  # the old session may be alive and would stay open
        self._check_login()
        login = self._send("GET", f"{BASE}/login_session", WHO_AM_I, None)
        if login.status == 401:
            raise self._login_failed(login)
        return login

    def _check_login(self) -> None:
        """Raise an error unless this connection may log in."""
        if not self._is_sibling:
            self._session.begin()
        self._session.check_login()

    def _check_password_change(self, session: Response, response: Response, method: str, path: str) -> None:
        """Raise LoginFailed if the array refused the request because the user must first change the password."""
        if response.status == 403 and _must_change_password(session):
            raise LoginFailed(
                f"User {self.username} must change the password before the array permits anything else.",
                method=method,
                path=path,
                status=403,
                hint="local_user does it with the user's id, user_password, current_password, update_password: always.",
            )

    def _send(
        self,
        method: str,
        path: str,
        query: t.Mapping[str, str] | None,
        body: t.Any,
        timeout: float | None = None,
        proof: Proof | None = None,
        files: Files = None,
    ) -> Response:
        """Send a request with a proof of who sends it, by default that of the session as it is now."""
        proof = proof or self._session.proof
        accept = "application/json" if DOWNLOAD not in path else "*/*"
        headers = {"Accept": accept, "Accept-Language": "en-US", "Application-Type": CLIENT}
        headers.update(self._session.headers(proof, method))
        response = self._transport.exchange(method, path, query, body, headers, timeout, files)
        self._session.note(response, proof)
        if response.status in (TOO_MANY_REQUESTS, UNAVAILABLE):
            self._session.on_busy()
        return response

    def _login_failed(self, response: Response) -> ApplianceError:
        error = LoginFailed(
            f"{self.endpoint.url} does not accept user {self.username} with this password.",
            status=response.status,
            messages=messages_of(response.body),
            hint="Check username and password, and whether the account is locked. The login was tried once.",
        )
        return self._session.refused(error)


def _must_change_password(session: Response) -> bool:
    rows = session.body if isinstance(session.body, list) else []
    return any(isinstance(row, dict) and row.get("is_password_change_required") for row in rows)
