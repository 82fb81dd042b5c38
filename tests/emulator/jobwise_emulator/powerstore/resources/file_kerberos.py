# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kerberos of NAS servers.

Source: PowerStore REST 4.0, file_kerberos (kdc_addresses: names alone; add_ and remove_ cannot be combined), nfs_server
(is_secure_enabled, is_use_smb_config_enabled). That secure NFS keeps its realm is a guess.
"""

from __future__ import annotations

import ipaddress

from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.resources.file_services import not_at_destination

KDCS = "kdc_addresses"
at_destination = not_at_destination()


def check(call: Call) -> None:
    """Names of servers, at least one, each once."""
    at_destination(call)
    if call.body.get(KDCS) == []:
        raise invalid(f"{KDCS} must not be empty.", KDCS)
    for listed in (KDCS, f"add_{KDCS}"):
        names = [str(text).lower() for text in call.body.get(listed) or ()]
        for text in names:
            if is_address(text) or names.count(text) > 1:
                raise invalid(f"{listed} takes fully qualified names, each once, and not {text}.", text)


def is_address(text: str) -> bool:
    """Whether a text is an IP address."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def check_delete(call: Call) -> None:
    """Secure NFS needs its realm, unless it uses that of the SMB server."""
    at_destination(call)
    for server in call.world.store.where("nfs_server", "nas_server_id", call.target["nas_server_id"]):
        if server.get("is_secure_enabled") and not server.get("is_use_smb_config_enabled"):
            raise Refused(422, "0xE080100A0001", "Secure NFS is enabled and uses this realm.", str(server["id"]))


RULES = {"file_kerberos": Rules(before={"create": check, "modify": check, "delete": check_delete})}
