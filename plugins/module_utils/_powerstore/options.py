# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options of all PowerStore tasks, and the client for them."""

from __future__ import annotations

import typing as t

from .._engine.platform import Platform
from .._http.options import connection_options, endpoint_of, odd_password, wrong_login
from .client import PowerStoreClient


def connect(params: t.Mapping[str, t.Any]) -> PowerStoreClient:
    """Return a client for the connection options of a task; raise InputError if they are wrong. Sends nothing."""
    client = PowerStoreClient(endpoint_of(params, wrong_login(params)), params["username"], params["password"])
    client.warnings += odd_password(params)
    return client


POWERSTORE = Platform("PowerStore", connection_options("POWERSTORE"), connect)
