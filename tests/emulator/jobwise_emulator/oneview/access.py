# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who asks: login-sessions, the header ``auth``, roles.

HP OneView REST API Reference and HPE's PowerShell library: a login that fails is a 400 with an AUTHN_ code; a missing
or unknown session is 401; sessions that are idle last 24 hours, and there are at most so many of them per client.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable

from jobwise_emulator.clock import Clock
from jobwise_emulator.exchange import Json, Request
from jobwise_emulator.oneview.errors import Refused, forbidden, invalid, unauthenticated

LOCAL = "LOCAL"
INFRASTRUCTURE = "Infrastructure administrator"
ROLES: dict[str, tuple[str, ...]] = {
    INFRASTRUCTURE: ("*",),
    "Backup administrator": ("backups",),
    "Hardware setup": (),
    "Network administrator": (
        *("ethernet-networks", "fc-networks", "fcoe-networks", "network-sets", "connection-templates"),
    ),
    "Read only": (),
    "Scope administrator": ("scopes",),
    "Scope operator": ("scopes",),
    "Server administrator": ("server-hardware", "server-profiles", "server-profile-templates"),
    "Server profile administrator": ("server-profiles",),
    "Server profile architect": ("server-profiles", "server-profile-templates"),
    "Server profile operator": ("server-profiles",),
    "Software administrator": (),
    "Storage administrator": (*("storage-systems", "storage-pools", "storage-volumes", "storage-volume-templates"),),
}
"""Roles and the categories that they write; all read everything."""


@dataclasses.dataclass
class Session:
    """An open session; times are seconds since the epoch."""

    token: str
    user: str
    domain: str
    created: float
    used: float
    idle: float
    requests: int = 0

    @property
    def id(self) -> str:
        """How the control interface calls it; not what a client authenticates with."""
        return f"session-{self.token[:6]}"


class Access:
    """Open sessions and the counters of logins. ``find_user`` gives a user as stored, by name, ignoring case."""

    def __init__(self, clock: Clock, settings: Callable[[], Json], find_user: Callable[[str], Json | None]) -> None:
        self.clock = clock
        self.settings = settings
        self.find_user = find_user
        self.open: dict[str, Session] = {}
        self.logins = self.logouts = self.failed = 0

    def login(self, name: str, password: str, domain: str, acknowledged: bool) -> Session:
        """Open a session, or say why not."""
        self.drop_idle()
        settings = self.settings()
        wanted = domain or settings["default_domain"]
        is_local = wanted.upper() == LOCAL
        try:
            user = self.local(name, password) if is_local else self.elsewhere(name, password, wanted)
            if settings["login_message"] and not acknowledged:
                text = "The login message has to be acknowledged."
                raise invalid("AUTHN_LOGIN_MESSAGE_ACKNOWLEDGMENT_REQUIRED", text, None, "Send loginMsgAck: true.")
            if len(self.open) >= int(settings["session_limit"]):
                text = "The client 127.0.0.1 has too many active sessions."
                raise Refused(
                    400,
                    "AUTHN_SESSION_CLIENT_LIMIT_CROSSED",
                    text,
                    None,
                    ("Log out of sessions that are not needed any more.",),
                    data={"clientip": "127.0.0.1"},
                )
        except Refused:
            self.failed += 1
            raise
        now = self.clock.now()
        session = Session(secrets.token_urlsafe(24), user, wanted, now, now, float(settings["session_seconds"]))
        self.open[session.token] = session
        self.logins += 1
        return session

    def local(self, name: str, password: str) -> str:
        """A local user."""
        user = self.find_user(name)
        if user is None or user["_password"] != password or not user["enabled"]:
            raise invalid(
                "AUTHN_AUTH_FAIL",
                "Invalid username or password or directory.",
                "The user name, the password or the directory is wrong.",
                "Check the user name, the password and authLoginDomain.",
            )
        if user.get("_must_change"):
            text = "The password has to be changed before anything else."
            raise Refused(403, "PASSWORD_CHANGE_REQUIRED", text, None, ("Change the password.",))
        if not user["_permissions"]:
            raise invalid("AUTHN_AUTH_FAIL_NO_ROLES", "The user has no roles.", None, "Assign a role to the user.")
        return str(user["userName"])

    def elsewhere(self, name: str, password: str, domain: str) -> str:
        """A user of a directory, who is an infrastructure administrator here."""
        directories = {known.lower(): users for known, users in self.settings()["directories"].items()}
        users = directories.get(domain.lower())
        if users is None:
            text = f"The directory {domain} is not configured."
            raise invalid("AUTHN_AUTH_DIR_FAIL", text, None, "Check authLoginDomain.")
        if users.get(name) != password:
            raise invalid("AUTHN_AUTH_FAIL", "Invalid username or password or directory.", None, "Check the password.")
        return f"{domain}\\{name}"

    def authenticate(self, request: Request) -> Session:
        """The session of a request; fills in its ``session`` and ``user``."""
        self.drop_idle()
        session = self.open.get(request.headers.get("auth", ""))
        if session is None:
            raise unauthenticated()
        session.used = self.clock.now()
        session.requests += 1
        request.session, request.user = session.id, session.user
        return session

    def allow(self, session: Session, category: str, doing: str) -> None:
        """Refuse a write that no role of the user allows."""
        user = self.find_user(session.user)
        if user is None:
            return
        names = {permission["roleName"] for permission in user["_permissions"]}
        known = {path for name in names for path in ROLES.get(name, ())}
        if not known & {"*", category}:
            raise forbidden(int(self.settings()["privilege_status"]), doing)

    def drop_idle(self) -> None:
        """End sessions that nobody has used for long."""
        now = self.clock.now()
        for token, session in list(self.open.items()):
            if now - session.used > session.idle:
                del self.open[token]

    def logout(self, request: Request) -> None:
        """End the session of a request."""
        session = self.open.pop(request.headers.get("auth", ""), None)
        if session is None:
            raise invalid("AUTHN_LOGOUT_FAILED", "The logout failed.", "The header auth names no open session.")
        request.session, request.user = session.id, session.user
        self.logouts += 1

    def drop_user(self, name: str) -> None:
        """End the sessions of a user who is gone."""
        self.open = {token: session for token, session in self.open.items() if session.user != name}

    def expire(self, request: Request) -> None:
        """Forget the session of a request."""
        session = self.open.pop(request.headers.get("auth", ""), None)
        if session:
            request.session, request.user = session.id, session.user

    def report(self) -> Json:
        """Open sessions and the counters."""
        self.drop_idle()
        return {
            "open": [
                {
                    "id": session.id,
                    "user": session.user,
                    "created": session.created,
                    "last_used": session.used,
                    "requests": session.requests,
                }
                for session in self.open.values()
            ],
            "logins": self.logins,
            "logouts": self.logouts,
            "failed_logins": self.failed,
        }
