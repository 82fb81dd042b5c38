# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NIS of NAS servers. Source: PowerStore REST 4.0, file_nis. That a directory in use cannot be deleted is a guess."""

from __future__ import annotations

from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.file_services import checked_servers, keep_source, not_at_destination

SERVERS = "ip_addresses"
at_destination = not_at_destination(SERVERS)
check = checked_servers(SERVERS)


def check_delete(call: Call) -> None:
    """The directory service that the NAS server asks stays."""
    at_destination(call)
    server = call.world.find("nas_server", call.target["nas_server_id"])
    if server.get("current_unix_directory_service") in ("NIS", "Local_Then_NIS"):
        raise Refused(422, "0xE08010070001", "The NAS server uses NIS as its Unix directory service.")


RULES = {
    "file_nis": Rules(
        before={"create": check, "modify": check, "delete": check_delete}, after={"modify": keep_source(SERVERS)}
    )
}
