# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session of one user on one array, which several connections can share.

Source: PowerStore REST API developers guide (authentication and sessions).
"""

from __future__ import annotations

import copy
import dataclasses
import threading
import typing as t

from .._engine.errors import ConnectionFailed, LoginFailed
from .._http.answers import Response
from .._http.secrets import Secrets, basic

COOKIE = "auth_cookie"
TOKEN = "DELL-EMC-TOKEN"


@dataclasses.dataclass(frozen=True)
class Proof:
    """What a request shows to prove who sends it. Without a cookie there is no session, and the request logs in.

    generation: how many sessions have ended before this one.
    """

    cookie: str | None = None
    token: str | None = None
    generation: int = 0


class PowerStoreSession:
    """The login of one user, and the session that it opens.

    lock: a connection holds it while it opens or ends the session, so that the others wait and share the outcome.
    authenticated: whether the array has ever accepted the login. on_busy: called when the array takes no more requests
    for now.
    """

    def __init__(self, username: str, password: str, secrets: Secrets) -> None:
        self.username = username
        self.lock = threading.RLock()
        self.authenticated = False
        self.on_busy: t.Callable[[], None] = lambda: None
        self._secrets = secrets
        self._basic = secrets.add_login(username, password)
        self._change = threading.RLock()
        self._proof = Proof()
        self._refusal: LoginFailed | None = None
        self._is_over = False

    @property
    def proof(self) -> Proof:
        """What a request shows now."""
        return self._proof

    def headers(self, proof: Proof, method: str) -> dict[str, str]:
        """Return the headers that prove who sends a request."""
        if proof.cookie is None:
            return {"Authorization": self._basic}
        token = {TOKEN: proof.token} if method != "GET" and proof.token else {}
        return {"Cookie": f"{COOKIE}={proof.cookie}", **token}

    def note(self, response: Response, proof: Proof) -> None:
        """Keep the cookie and the token of a response. proof: what its request has shown.

        The login has opened a session even if the array refused the request that came with it. A late response to a
        request of an earlier session has the token of that one.
        """
        if response.status == 401:
            return
        with self._change:
            self.authenticated = True
            now = self._proof
            if now.generation == proof.generation:
                cookie, token = response.cookies.get(COOKIE), response.headers.get(TOKEN)
                self._proof = Proof(cookie or now.cookie, token or now.token, now.generation)
                self._secrets.add(self._proof.cookie, self._proof.token)

    def forget(self) -> None:
        """Note that the session has ended."""
        with self._change:
            self._proof = Proof(generation=self._proof.generation + 1)

    def logs_in_with(self, password: str) -> bool:
        """Return whether the session logs in with this password."""
        return self._basic == basic(self.username, password)

    def renew_password(self, password: str) -> None:
        """Use a new password for the next login."""
        self._basic = self._secrets.add_login(self.username, password)
        self._refusal = None

    def refused(self, error: LoginFailed) -> LoginFailed:
        """Remember that the array has refused the login, and return the error. A repetition could lock the account."""
        self._refusal = error
        return error

    def check_login(self) -> None:
        """Raise an error unless a connection may log in: a refused login is not repeated, an ended session stays so."""
        if self._refusal is not None:
            raise copy.copy(self._refusal)
        if self._is_over:
            raise ConnectionFailed("The session has ended, so nothing more is sent to the array.")

    def end(self) -> None:
        """Permit no further login, because the task is over. A request that is still on its way must not log in."""
        self._is_over = True

    def begin(self) -> None:
        """Permit a login again."""
        self._is_over = False
