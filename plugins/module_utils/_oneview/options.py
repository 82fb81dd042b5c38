# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options of every OneView task, and the client for them."""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.platform import Platform
from .._http.options import connection_options, endpoint_of, odd_password, wrong_login
from .._http.transport import HEADER_VALUE
from .client import OneViewClient


def _options() -> Json:
    options = connection_options("ONEVIEW")
    for name in ("username", "password"):
        options[name] = {key: value for key, value in options[name].items() if key != "required"}
    options["login_domain"] = {"type": "str", "env": "ONEVIEW_LOGIN_DOMAIN"}
    options["api_version"] = {"type": "int", "env": "ONEVIEW_API_VERSION"}
    options["session_id"] = {"type": "str", "no_log": True, "env": "ONEVIEW_SESSION_ID"}
    return options


def connect(params: t.Mapping[str, t.Any]) -> OneViewClient:
    """Return a client for a task's connection options; raise InputError for invalid ones. It sends no request yet."""
    version = params["api_version"]
    client = OneViewClient(
        endpoint_of(params, list(_wrong(params))),
        params["username"] or "",
        params["password"] or "",
        params["login_domain"] or "",
        version or 0,
        params["session_id"] or "",
    )
    if not params["session_id"]:
        client.warnings += odd_password(params)
    return client


def _wrong(params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    session_id, domain, version = params["session_id"] or "", params["login_domain"] or "", params["api_version"]
    if not session_id and not (params["username"] and params["password"]):
        yield "Give username and password, or the session_id of an open session."
    elif not session_id:
        yield from wrong_login(params, has_basic=False)
        if domain.strip() != domain:
            yield f"login_domain begins or ends with a blank or a line break: {domain!r}."
    elif not HEADER_VALUE.fullmatch(session_id):
        yield "session_id is not valid: it has a line break, a blank at an end, or a character that no session id has."
    if version is not None and version < 1:
        yield f"api_version takes the number of an API version, such as 8600, not {version}."


ONEVIEW = Platform("OneView", _options(), connect)
