# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""FTP of NAS servers: check texts and lists. Source: PowerStore REST API 4.0, file_ftp."""

from __future__ import annotations

import ipaddress

from ..._engine.data import Json
from ..._engine.options.mistakes import Mistakes
from ..nas_servers.services import ServiceHandler
from ..resources.file_protocols import FTP_LISTS

LONGEST_LIST, LONGEST_NAME = 64, 63
LONGEST_TEXT, LONGEST_LINE = 511, 80


class FtpHandler(ServiceHandler):
    """FTP and SFTP of a NAS server."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add texts that are too long for the array, which counts bytes, and lists that it does not take."""
        for option in ("welcome_message", "message_of_the_day", "default_homedir", "audit_dir"):
            text = desired.get(option) or ""
            if len(text.encode()) > LONGEST_TEXT:
                mistakes.add(f"{option} has {len(text.encode())} bytes in UTF-8, at most {LONGEST_TEXT} are allowed.")
        for option in ("welcome_message", "message_of_the_day"):
            for line in (desired.get(option) or "").splitlines():
                if len(line.encode()) > LONGEST_LINE:
                    mistakes.add(
                        f"{option} has a line of {len(line.encode())} bytes in UTF-8, at most {LONGEST_LINE} are "
                        f"allowed: {line[:20]}..."
                    )
        for option, noun in FTP_LISTS.items():
            entries = [str(entry) for entry in desired.get(option) or ()]
            if len(entries) > LONGEST_LIST:
                mistakes.add(f"{option} has {len(entries)} entries, at most {LONGEST_LIST} are allowed.")
            long = [entry for entry in entries if option != "hosts" and len(entry) > LONGEST_NAME]
            if long:
                mistakes.add(f"{option} has a {noun} of more than {LONGEST_NAME} characters: {long[0][:20]}...")
        wrong = [repr(str(host)) for host in desired.get("hosts") or () if host and not _is_network(str(host))]
        if wrong:
            mistakes.add(
                f"hosts takes IP addresses and networks, not {', '.join(wrong)}.", "Examples: 192.0.2.7, 192.0.2.0/24."
            )


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True
