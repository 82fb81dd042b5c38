# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMB servers: check names, and before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, smb_server (computer_name, netbios_name, delete). That a joined server keeps what its
domain knows of it is an assumption.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..resources.protocol_rules import STANDALONE
from ..table_handler import Check
from .servers import SMB, ProtocolHandler

NOT_IN_COMPUTERS = ",~:!@#$%^&'(){}_ "
NOT_IN_NETBIOS = '\\/:*?"<>|'
SHORTEST_COMPUTER = 2
KNOWN_TO_DOMAIN = (STANDALONE, "computer_name", "domain", "netbios_name")


class SmbServerHandler(ProtocolHandler):
    """The SMB server of a NAS server."""

    protocol = SMB

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add names that no SMB server can have."""
        for option, chars in (("computer_name", NOT_IN_COMPUTERS), ("netbios_name", NOT_IN_NETBIOS)):
            bad = [char for char in chars if char in (desired.get(option) or "")]
            if bad:
                shown = " ".join("blanks" if char == " " else char for char in bad)
                mistakes.add(f"{option} contains {shown}, which such a name cannot have.")
        computer, workgroup = desired.get("computer_name"), desired.get("workgroup")
        if computer and len(computer.partition(".")[0]) < SHORTEST_COMPUTER:
            mistakes.add(f"computer_name needs at least {SHORTEST_COMPUTER} characters before the first dot.")
        if workgroup and not (workgroup.isascii() and workgroup.isalnum()):
            mistakes.add("workgroup takes letters and digits only.")

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (*super().checks(), check_domain)


def check_domain(current: Json | None, plan: Plan) -> None:
    """Raise InputError for a change of what the domain knows, or a deletion, of a server that does not leave first."""
    if not current or not current.get("is_joined") or any(step.action == "unjoin" for step in plan.requests):
        return
    name, login = current["nas_server"]["name"], "domain_user_name and domain_password"
    for step in plan.requests:
        body = step.body or {}
        changed = [option for option in KNOWN_TO_DOMAIN if step.action == "modify" and option in body]
        if changed:
            raise InputError(
                f"{' and '.join(changed)} cannot change while the SMB server of NAS server {name} is joined to a "
                "domain.",
                hint=f"Give is_joined: false with {login} to leave it, and join again after that. {UNTOUCHED}",
            )
        if step.action == "delete" and not body.get("force"):
            raise InputError(
                f"The SMB server of NAS server {name} is joined to a domain.",
                hint=f"Give {login} to leave it, or is_skip_ad_unjoin: true or force: true to leave its account there. "
                f"{UNTOUCHED}",
            )
