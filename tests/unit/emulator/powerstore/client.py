# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small HTTP client for tests over the wire: one ``requests`` session with cookie and token."""

from __future__ import annotations

import requests

from jobwise_emulator.exchange import Json
from jobwise_emulator.process import Emulator
from tests.unit.emulator.powerstore.array import PASSWORD


class Client:
    """Logged in at once; ``call`` sends the token with everything."""

    def __init__(self, emulator: Emulator, user: str = "admin") -> None:
        self.base = f"{emulator.url}/api/rest/"
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = emulator.ca_path
        reply = self.http.get(f"{self.base}login_session", auth=(user, PASSWORD), timeout=10)
        assert reply.status_code == 200, reply.text
        self.http.headers["DELL-EMC-TOKEN"] = reply.headers["DELL-EMC-TOKEN"]

    def call(self, method: str, path: str, body: Json | None = None, **query: str) -> requests.Response:
        """One exchange."""
        return self.http.request(method, self.base + path, json=body, params=query, timeout=10)

    def close(self) -> None:
        """Log out and close the connection."""
        self.call("POST", "logout")
        self.http.close()
