# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials that Deploy uses with vCenter servers and with stand-alone hosts.

Source: NetApp's documentation of the Deploy REST API, version 3, /security/credentials. It documents no way
to change or remove a credential over REST.
"""

from __future__ import annotations

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.planning.history import History
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Request
from .._engine.table.attribute import SECRET
from .client import SelectClient
from .handler import CREATE, OntapSelectHandler, given

PATH = "security/credentials"
FIELDS = "id,hostname,type,username"
NOT_SENT = (
    "The {} already exists, so the task did not send user_password. Deploy does not show whether it is the same; "
    "change a stored password in Deploy's user interface or CLI."
)
TITLES = {"vcenter": "vCenter", "host": "host"}


class CredentialHandler(OntapSelectHandler):
    """The credential for one server. The server's name identifies it, never the user's name."""

    def __init__(self, client: SelectClient, desired: Json) -> None:
        if not desired["hostname"].strip():
            raise InputError("hostname is empty: give the name or address of the vCenter server or host.")
        super().__init__(client, desired, f"credential for {TITLES[desired['type']]} {desired['hostname']}")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the credential for the server."""
        same = self.client.named(PATH, FIELDS, self.desired["hostname"], "hostname")
        # An older Deploy may not report the type. The name of the server then identifies the credential alone.
        fitting = [row for row in same if row.get("type") in (None, self.desired["type"])]
        return fitting[0] if fitting else None

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; raise InputError if the credential has another user, which REST cannot change."""
        asked = given(self.desired, ("hostname", "type", "user"))
        after = {**asked, "user_password": SECRET}
        if current is None:
            missing = [name for name in ("user", "user_password") if not self.desired.get(name)]
            if missing:
                raise InputError(f"There is no {self.label} yet; to make it, give {' and '.join(missing)}, too.")
            body = {
                "hostname": self.desired["hostname"],
                "type": self.desired["type"],
                "username": self.desired["user"],
                "password": self.desired["user_password"],
            }
            summary = f"add the {self.label} with user {self.desired['user']}"
            return Plan((Request(CREATE, "POST", PATH, body, summary),), {}, after)
        current_value = current.get("username")
        if asked.get("user") is not None and current_value is not None and current_value != asked["user"]:
            raise InputError(
                f"The {self.label} exists with user {current_value}, but the task asks for {asked['user']}.",
                hint="Deploy documents no way to change it over REST: change it in Deploy's user interface or CLI.",
            )
        warnings = (f"{NOT_SENT.format(self.label)}",) if self.desired.get("user_password") else ()
        return Plan((), after, after, warnings)
