# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Login sessions (PowerStore REST developers guide, authentication): Basic opens one, cookie and token carry it."""

from __future__ import annotations

import base64
import binascii
import dataclasses
import secrets
import uuid
from http.cookies import CookieError, SimpleCookie

from jobwise_emulator.clock import Clock, iso
from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.query_language.comparison import instant
from jobwise_emulator.powerstore.store import Store

COOKIE = "auth_cookie"
TOKEN_HEADER = "DELL-EMC-TOKEN"
MAXIMUM = 2000
BAD_LOGINS = 5
LOCKED_SECONDS = 300.0


@dataclasses.dataclass
class Session:
    """One open session; times in seconds since the epoch."""

    cookie: str
    token: str
    user: Json
    created: float
    used: float
    id: str = dataclasses.field(default_factory=lambda: str(uuid.uuid4()))
    requests: int = 0
    logged_in: bool = False


class Unauthenticated(Refused):
    """401 without a body, as the array's front end sends it."""

    def __init__(self) -> None:
        super().__init__(401, "", "not authenticated")

    def reply(self) -> Reply:
        """An empty 401."""
        return Reply(401)


class Sessions:
    """All sessions, the login counters and the locked accounts."""

    def __init__(self, clock: Clock, store: Store) -> None:
        self.clock = clock
        self.store = store
        self.open: dict[str, Session] = {}
        self.logins = 0
        self.logouts = 0
        self.failed_logins = 0
        self.bad: dict[str, int] = {}
        self.locked: dict[str, float] = {}

    def authenticate(self, request: Request) -> Session:
        """The session of a request: its cookie's, or a new one for Basic credentials; else 401, or 403 for the token.

        A request with a cookie that is known must carry the session's token unless it is a GET. Basic credentials are
        looked at only when there is no such cookie.
        """
        self.drop_idle()
        session = self.open.get(cookie_of(request))
        if session is None:
            session = self.login(request)
        elif request.method != "GET" and request.headers.get(TOKEN_HEADER.lower()) != session.token:
            self.note(request, session)
            raise Refused(403, "0xE09040020003", f"The {TOKEN_HEADER} header is missing or does not fit the session.")
        self.note(request, session)
        return session

    def note(self, request: Request, session: Session) -> None:
        """Count a request for its session."""
        session.used = self.clock.now()
        session.requests += 1
        request.session, request.user = session.id, session.user["name"]

    def login(self, request: Request) -> Session:
        """Open a session for the Basic credentials of a request."""
        given = credentials(request)
        if given is None:
            raise Unauthenticated
        request.user = given[0]
        user = self.verify(*given)
        if user is None:
            raise Unauthenticated
        self.logins += 1
        while len(self.open) >= MAXIMUM:
            del self.open[next(iter(self.open))]
        now = self.clock.now()
        session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(24), user, now, now, logged_in=True)
        self.open[session.cookie] = session
        return session

    def verify(self, name: str, password: str) -> Json | None:
        """The user, if the password is right and nothing is locked; a failure counts. An expired password must go."""
        found = self.store.where("local_user", "name", name)
        wrong = not found or found[0].get("@password") != password
        if wrong or found[0].get("is_locked") or self.locked.get(name, 0.0) > self.clock.now():
            self.failed(name, wrong)
            return None
        self.bad.pop(name, None)
        expiry = instant(found[0].get("password_expiration_timestamp") or "")
        if expiry is not None and expiry.timestamp() <= self.clock.now():
            found[0]["@must_change"] = True
        return found[0]

    def failed(self, name: str, wrong: bool) -> None:
        """Count a refused login; the fifth wrong password in a row locks the account for a while."""
        self.failed_logins += 1
        if not wrong:
            return
        self.bad[name] = self.bad.get(name, 0) + 1
        if self.bad[name] >= BAD_LOGINS:
            self.locked[name] = self.clock.now() + LOCKED_SECONDS
            self.bad.pop(name)

    def headers(self, request: Request, session: Session) -> dict[str, str]:
        """Headers of an answer: the cookie once, the token with every GET."""
        headers = {TOKEN_HEADER: session.token} if request.method == "GET" else {}
        if session.logged_in:
            session.logged_in = False
            headers["Set-Cookie"] = f"{COOKIE}={session.cookie}; Path=/; Secure; HttpOnly"
        return headers

    def logout(self, session: Session) -> None:
        """End a session."""
        self.open.pop(session.cookie, None)
        self.logouts += 1

    def identify(self, request: Request) -> Session | None:
        """The session a request came with, noted in the request but not counted as used."""
        session = self.open.get(cookie_of(request))
        if session:
            request.session, request.user = session.id, session.user["name"]
        return session

    def expire(self, request: Request) -> None:
        """Drop the session a request came with, as if its time were over."""
        session = self.identify(request)
        if session:
            del self.open[session.cookie]

    def timeout(self) -> float:
        """Seconds a session may be idle."""
        settings = self.store.get("security_config", "1") or {}
        return float(settings.get("idle_timeout") or 3600)

    def drop_idle(self) -> None:
        """Forget sessions that were idle too long, and those of users that were deleted."""
        oldest = self.clock.now() - self.timeout()
        for cookie, session in list(self.open.items()):
            if session.used < oldest or self.store.get("local_user", session.user["id"]) is None:
                del self.open[cookie]

    def describe(self, session: Session) -> Json:
        """The ``login_session`` object."""
        return {
            "id": session.id,
            "user": session.user["name"],
            "role_ids": [session.user["role_id"]],
            "idle_timeout": int(self.timeout()),
            "is_password_change_required": bool(session.user.get("@must_change")),
            "is_built_in_user": bool(session.user.get("is_built_in")),
        }

    def report(self) -> Json:
        """Open sessions and counters for the control interface."""
        self.drop_idle()
        listed = [
            {
                "id": session.id,
                "user": session.user["name"],
                "created": iso(session.created),
                "last_used": iso(session.used),
                "requests": session.requests,
            }
            for session in self.open.values()
        ]
        counters = {"logins": self.logins, "logouts": self.logouts, "failed_logins": self.failed_logins}
        return {"open": listed, **counters}


def cookie_of(request: Request) -> str:
    """The value of the session cookie, empty without one."""
    try:
        cookies = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def credentials(request: Request) -> tuple[str, str] | None:
    """User and password of a Basic ``Authorization`` header."""
    scheme, dummy, text = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(text.strip(), validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None
