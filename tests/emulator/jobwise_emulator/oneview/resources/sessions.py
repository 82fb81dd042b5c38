# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""login-sessions, version and what else is about sessions."""

from __future__ import annotations

import json

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies
from jobwise_emulator.oneview.appliance_state import Call
from jobwise_emulator.oneview.crud import Routes
from jobwise_emulator.oneview.errors import invalid, unauthenticated, unreadable

LOGIN = {"userName": str, "password": str, "authLoginDomain": str, "loginMsgAck": bool, "type": str}

OPEN = {
    ("GET", "version"),
    ("POST", "login-sessions"),
    ("PUT", "login-sessions"),
    ("DELETE", "login-sessions"),
    ("GET", "logindetails"),
    ("POST", "users/changePassword"),
    ("GET", "appliance/progress"),
    ("GET", "appliance/eula/status"),
}
"""What needs no session, or handles it by itself."""


def version(call: Call) -> Reply:
    """The versions of the API that the appliance speaks."""
    settings = call.world.settings
    return Reply(200, {"currentVersion": settings["current_version"], "minimumVersion": settings["minimum_version"]})


def hidden(body: Json) -> Reply:
    """A reply whose body is kept out of the record: it holds what opens a session."""
    return Reply(200, text=json.dumps(body))


def login(call: Call) -> Reply:
    """Open a session."""
    body = bodies.parse(call.request, LOGIN, call.world.exists)
    if not body.get("userName") or body.get("password") is None:
        raise invalid("AUTHN_AUTH_FAIL", "Invalid username or password or directory.", "userName and password needed.")
    session = call.access.login(
        body["userName"], body["password"], body.get("authLoginDomain") or "", bool(body.get("loginMsgAck"))
    )
    call.request.session, call.request.user = session.id, session.user
    return hidden({"sessionID": session.token, "partnerData": {}})


def again(call: Call) -> Reply:
    """Make sure that a session is still open; the body is a JSON null."""
    if bodies.decode(call.request) not in (None, {}):
        raise unreadable("The body must be null.")
    return hidden({"sessionID": call.access.authenticate(call.request).token, "partnerData": {}})


def logout(call: Call) -> Reply:
    """End a session."""
    call.access.logout(call.request)
    return Reply(204)


def details(call: Call) -> Reply:
    """What a login needs to know."""
    settings = call.world.settings
    return Reply(
        200,
        {
            "type": "LoginSettings",
            "allowLocalLogin": True,
            "defaultLoginDomain": {"name": settings["default_domain"]},
            "configuredLoginDomains": [{"name": name} for name in ("LOCAL", *settings["directories"])],
            "loginMessage": {"acknowledgementRequired": settings["login_message"]},
        },
    )


def idle(call: Call) -> Reply:
    """How long the session may be idle, in milliseconds; a POST sets it."""
    token = call.header("session-id") or call.header("auth") or ""
    session = call.access.open.get(token)
    if session is None:
        raise unauthenticated()
    if call.request.method == "POST":
        body = bodies.parse(call.request, {"idleTimeout": int}, call.world.exists)
        session.idle = min(body.get("idleTimeout") or 0, 86_400_000) / 1000
    return Reply(200, {"idleTimeout": int(session.idle * 1000)})


def progress(call: Call) -> Reply:
    """How far the appliance has started."""
    return Reply(200, {"total": 100, "complete": 50 if call.world.settings["starting"] else 100})


ROUTES: Routes = {
    "version": {"GET": version},
    "login-sessions": {"POST": login, "PUT": again, "DELETE": logout},
    "logindetails": {"GET": details},
    "sessions/idle-timeout": {"GET": idle, "POST": idle},
    "appliance/progress": {"GET": progress},
    "appliance/eula/status": {"GET": lambda call: Reply(200, False)},
}
