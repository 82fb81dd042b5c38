# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMB shares: check who may use them before the first write.

Source: PowerStore REST API 4.0, smb_share_ace. Whether an account exists, only the array knows.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.options.mistakes import Mistakes
from ..file_protocols.servers import SMB
from ..formats import A_SID, SECURITY_ID
from .exports import SharedHandler


class ShareHandler(SharedHandler):
    """An SMB share."""

    protocol = SMB

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add entries of the ACL whose names are not of their type."""
        for entry in desired.get("acl") or ():
            name = str(entry.get("trustee_name") or "")
            is_sid = bool(SECURITY_ID.fullmatch(name))
            if entry.get("trustee_type") == "SID" and name and not is_sid:
                mistakes.add(f"acl: with trustee_type: SID, trustee_name takes a SID such as {A_SID}, not {name}.")
            elif entry.get("trustee_type") not in (None, "SID") and is_sid:
                mistakes.add(f"acl: {name} is a SID. Give trustee_type: SID.")
