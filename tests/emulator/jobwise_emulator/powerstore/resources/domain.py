# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Joining an Active Directory domain, and leaving it.

Source: PowerStore REST 4.0, nfs_server and smb_server (join, unjoin, is_joined). The domain itself is in the settings:
whose passwords it knows, and which computers it has already. That a NAS server without DNS cannot join, that a refused
login fails the job and not the request, and all codes are guesses.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import Call
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect

ALREADY, NOT_YET, NO_DNS, BAD_LOGIN, NO_LOGIN, TAKEN = (f"0xE0801018000{number}" for number in range(1, 7))
JOINED = "is_joined"


def join(call: Call) -> Effect:
    """A server enters the domain as a computer, in the name of a user whom the domain knows."""
    server = call.target
    if server[JOINED]:
        raise Refused(422, ALREADY, "The server is joined to a domain already.")
    if not call.world.store.where("file_dns", "nas_server_id", server["nas_server_id"]):
        raise Refused(422, NO_DNS, "The NAS server has no DNS, so the domain controller cannot be found.")

    def effect() -> None:
        check_login(call)
        name = computer(server)
        known = call.world.settings["domain_computers"]
        if name in known and not call.body.get("reuse_computer_account"):
            raise Refused(422, TAKEN, f"The domain has a computer account {name} already.", name)
        server[JOINED] = True

    return effect


def unjoin(call: Call) -> Effect:
    """A server leaves the domain; without a login, only its own side of it."""
    if not call.target[JOINED]:
        raise Refused(422, NOT_YET, "The server is not joined to a domain.")
    skips = call.body.get("is_skip_AD_unjoin")
    if not skips and not (call.body.get("domain_user_name") and call.body.get("domain_password")):
        raise Refused(422, NO_LOGIN, "domain_user_name and domain_password are required to leave the domain.")

    def effect() -> None:
        if not skips:
            check_login(call)
        call.target[JOINED] = False

    return effect


def check_login(call: Call) -> None:
    """422 for a login that the domain does not know. It knows every one unless the settings name users."""
    known = call.world.settings["domain_users"]
    user = str(call.body["domain_user_name"])
    if known and known.get(user) != call.body["domain_password"]:
        raise Refused(422, BAD_LOGIN, f"The domain controller refused the login of {user}.", user)


def computer(server: Json) -> str:
    """The name of the computer account of a server."""
    return str(server.get("computer_name") or server.get("host_name") or "").upper()
