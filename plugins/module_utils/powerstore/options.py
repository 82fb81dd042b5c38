# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that every PowerStore task has, and the client they lead to."""

from __future__ import annotations

import typing as t

from ..engine.errors import InputError
from ..engine.platform import Platform
from ..engine.resource import Json
from ..http.transport import Endpoint
from .client import PowerStoreClient

CONNECTION: Json = {
    "host": {"type": "str", "required": True, "env": "POWERSTORE_HOST"},
    "port": {"type": "int", "default": 443, "env": "POWERSTORE_PORT"},
    "username": {"type": "str", "required": True, "env": "POWERSTORE_USERNAME"},
    "password": {"type": "str", "required": True, "no_log": True, "env": "POWERSTORE_PASSWORD"},
    "validate_certs": {"type": "bool", "default": True, "env": "POWERSTORE_VALIDATE_CERTS"},
    "ca_path": {"type": "path", "env": "POWERSTORE_CA_PATH"},
    "timeout": {"type": "float", "default": 60.0, "env": "POWERSTORE_TIMEOUT"},
    "proxy": {"type": "str", "no_log": True, "env": "POWERSTORE_PROXY"},
}


def connect(params: t.Mapping[str, t.Any]) -> PowerStoreClient:
    """Return a client for the connection options of a task. Nothing is sent yet."""
    host = str(params["host"]).strip()
    if not host or "/" in host or "@" in host:
        given = "" if "@" in host else f", not {params['host']!r}"  # a login is not to be repeated
        raise InputError(f"host takes a name or an address without scheme, login or path{given}.")
    if not 0 < params["port"] < 65536:
        raise InputError(f"port has to be between 1 and 65535, not {params['port']}.")
    if params["timeout"] <= 0:
        raise InputError(f"timeout has to be more than 0 seconds, not {params['timeout']:g}.")
    endpoint = Endpoint(
        host=host,
        port=params["port"],
        validate_certs=params["validate_certs"],
        ca_path=params["ca_path"],
        timeout=params["timeout"],
        proxy=params["proxy"],
    )
    return PowerStoreClient(endpoint, params["username"], params["password"])


POWERSTORE = Platform("PowerStore", CONNECTION, connect)
