# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options that tasks of all platforms share, each with its environment variable."""

from __future__ import annotations

import re
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError
from .endpoint import Endpoint, check_endpoint

LONGEST_TIMEOUT = 86400.0
"""Seconds. Sockets do not accept much larger values."""

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def connection_options(prefix: str) -> Json:
    """Return the argument spec of the connection; ``env`` names the environment variable that an option falls back to.

    prefix: of these variables, such as ``POWERSTORE``.
    """
    options: Json = {
        "host": {"type": "str", "required": True},
        "port": {"type": "int", "default": 443},
        "username": {"type": "str", "required": True},
        "password": {"type": "str", "required": True, "no_log": True},
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        "timeout": {"type": "float", "default": 60.0},
        "proxy": {"type": "str", "no_log": True},
    }
    return {name: {**option, "env": f"{prefix}_{name.upper()}"} for name, option in options.items()}


def endpoint_of(params: t.Mapping[str, t.Any], wrong: t.Sequence[str] = ()) -> Endpoint:
    """Return the endpoint that the task's connection options describe.

    wrong: the platform's own complaints about its options. Raises one InputError with all complaints.
    """
    host = str(params["host"] or "").strip()
    complaints = [*_complaints(host, params), *wrong]
    if complaints:
        raise InputError(" ".join(complaints))
    return Endpoint(
        host=host,
        port=params["port"],
        validate_certs=params["validate_certs"],
        ca_path=params["ca_path"],
        timeout=params["timeout"],
        proxy=params["proxy"],
    )


def _complaints(host: str, params: t.Mapping[str, t.Any]) -> t.Iterator[str]:
    if not host or "/" in host or "@" in host:
        given = "" if "@" in host else f", not {params['host']!r}"  # it may contain a password
        yield f"host takes a name or an address without scheme, login or path{given}."
    else:
        try:
            check_endpoint(Endpoint(host, proxy=params["proxy"]))
        except InputError as error:
            yield str(error)
    if not 0 < params["port"] < 65536:
        yield f"port has to be between 1 and 65535, not {params['port']}."
    if not 0 < params["timeout"] <= LONGEST_TIMEOUT:  # this way round, it rejects NaN as well
        limits = f"more than 0 and at most {LONGEST_TIMEOUT:g} seconds"
        yield f"timeout has to be {limits}, not {params['timeout']:g}."


def wrong_login(params: t.Mapping[str, t.Any], has_basic: bool = True) -> list[str]:
    """Return what is wrong with user name and password, before a failed login counts towards a lock of the account.

    has_basic: the login is a Basic header, in which a colon ends the user name.
    """
    username, password = params["username"] or "", params["password"] or ""
    empty = [name for name, value in (("username", username), ("password", password)) if not value]
    wrong = [f"{' and '.join(empty)} must not be empty."] if empty else []
    for name, value in (("username", username), ("password", password)):
        if CONTROL.search(value):
            where = (
                "ends in a line break" if CONTROL.search(value[-1]) else "has a line break or a like character in it"
            )
            wrong.append(f"{name} {where}.")
    if username.strip() != username and not CONTROL.search(username):
        wrong.append(f"username begins or ends with a blank: {username!r}.")
    if has_basic and ":" in username:
        wrong.append(f"username must not have a colon in it: {username!r}.")
    return wrong


def odd_password(params: t.Mapping[str, t.Any]) -> list[str]:
    """Return a warning for a password that looks like a mistake, but may be right."""
    password = params["password"] or ""
    return ["The password begins or ends with a blank. It is sent as it is."] if password.strip() != password else []
