# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options that tasks of all platforms share, each with its environment variable."""

from __future__ import annotations

import typing as t

from ..engine.errors import InputError
from ..engine.resource import Json
from .endpoint import Endpoint


def connection_options(prefix: str) -> Json:
    """Return the argument spec of the connection; ``env`` names the variable that an option falls back to."""
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


def endpoint_of(params: t.Mapping[str, t.Any]) -> Endpoint:
    """Return where the task's connection options lead to; raise InputError for values that cannot be."""
    host = str(params["host"]).strip()
    if not host or "/" in host or "@" in host:
        given = "" if "@" in host else f", not {params['host']!r}"  # a login is not to be repeated
        raise InputError(f"host takes a name or an address without scheme, login or path{given}.")
    if not 0 < params["port"] < 65536:
        raise InputError(f"port has to be between 1 and 65535, not {params['port']}.")
    if params["timeout"] <= 0:
        raise InputError(f"timeout has to be more than 0 seconds, not {params['timeout']:g}.")
    return Endpoint(
        host=host,
        port=params["port"],
        validate_certs=params["validate_certs"],
        ca_path=params["ca_path"],
        timeout=params["timeout"],
        proxy=params["proxy"],
    )
