# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DNS of NAS servers. Source: PowerStore REST 4.0, file_dns. That joined SMB servers need it is a guess."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.file_services import checked_servers, keep_source, not_at_destination

SERVERS = "ip_addresses"
at_destination = not_at_destination(SERVERS)
check = checked_servers(SERVERS)


def check_delete(call: Call) -> None:
    """An SMB server that is joined to a domain needs DNS."""
    at_destination(call)
    server = call.target["nas_server_id"]
    if any(one.get("is_joined") for one in call.world.store.where("smb_server", "nas_server_id", server)):
        raise Refused(422, "0xE08010060001", "An SMB server of the NAS server is joined to a domain and needs DNS.")


def complete(world: ApplianceState, entry: Json) -> None:
    """Questions go by UDP (file_dns_create, transport)."""
    entry["transport"] = entry["transport"] or "UDP"


RULES = {
    "file_dns": Rules(
        complete=complete,
        before={"create": check, "modify": check, "delete": check_delete},
        after={"modify": keep_source(SERVERS)},
    )
}
