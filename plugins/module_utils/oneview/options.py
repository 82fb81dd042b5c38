# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that every OneView task has, and the client they lead to."""

from __future__ import annotations

import typing as t

from ..engine.errors import InputError
from ..engine.platform import Platform
from ..engine.resource import Json
from ..http.options import connection_options, endpoint_of
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
    """Return a client for the connection options of a task. Nothing is sent yet."""
    if not params["session_id"] and not (params["username"] and params["password"]):
        raise InputError("Give username and password, or the session_id of a session that is open already.")
    version = params["api_version"]
    if version is not None and version < 100:
        raise InputError(f"api_version takes the number of a version, such as 8600, not {version}.")
    return OneViewClient(
        endpoint_of(params),
        params["username"] or "",
        params["password"] or "",
        params["login_domain"] or "",
        version or 0,
        params["session_id"] or "",
    )


ONEVIEW = Platform("OneView", _options(), connect)
