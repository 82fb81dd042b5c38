# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SMB servers: standalone, or the member of a domain.

Source: PowerStore REST 4.0, smb_server (computer_name, netbios_name, workgroup, delete, join). Dell's module gives the
names of one kind only, and shows NetBIOS name and workgroup in capitals; that the array refuses the names of the other
kind, and changes of what the domain knows while joined, is a guess.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import domain
from jobwise_emulator.powerstore.resources.file_protocols import refuse_in_use
from jobwise_emulator.powerstore.resources.file_services import not_at_destination

KIND = "smb_server"
OF_DOMAIN, OF_WORKGROUP = ("computer_name", "domain"), ("netbios_name", "workgroup")
NOT_IN_COMPUTERS = ",~:!@#$%^&'(){}_ \t"
NOT_IN_NETBIOS = '\\/:*?"<>|'
LONGEST_NETBIOS = 15
at_destination = not_at_destination()


def complete(world: ApplianceState, server: Json) -> None:
    """A new server is in no domain, even if it is for one."""
    server[domain.JOINED] = bool(server.get(domain.JOINED))
    shown(server)


def shown(server: Json) -> None:
    """Names as the array shows them; the names of the other kind are gone."""
    if server["is_standalone"]:
        server.update(dict.fromkeys(OF_DOMAIN))
    else:
        server["workgroup"] = None
        server["computer_name"] = (server["computer_name"] or "").partition(".")[0] or None
        server["netbios_name"] = server["netbios_name"] or (server["computer_name"] or "")[:LONGEST_NETBIOS] or None
    for name in OF_WORKGROUP:
        server[name] = server[name] and server[name].upper()
    server["description"] = server["description"] or None


def check_new(call: Call) -> None:
    """The body of a create has the names of its kind."""
    at_destination(call)
    check_names(call.body, call.body)


def check_change(call: Call) -> None:
    """A server that becomes one of the other kind gets other names; what a domain knows stays while it is joined."""
    at_destination(call)
    check_names({**call.target, **call.body}, call.body)
    known = [name for name in ("is_standalone", *OF_DOMAIN, "netbios_name") if differs(call, name)]
    if call.target[domain.JOINED] and known:
        raise Refused(422, "0xE08010190001", f"{known[0]} cannot change while the SMB server is joined.", known[0])


def differs(call: Call, name: str) -> bool:
    """Whether a body changes a name or the kind."""
    given, now = call.body.get(name), call.target.get(name)
    return given is not None and str(given).casefold() != str(now).casefold()


def check_names(state: Json, body: Json) -> None:
    """What the names of a server can be. ``state``: the server as it will be. ``body``: what the request says."""
    own, other = (OF_WORKGROUP, ("computer_name", "domain")) if state["is_standalone"] else (OF_DOMAIN, ("workgroup",))
    lacking = [name for name in own if not state.get(name)]
    wrong = [name for name in other if body.get(name)]
    if lacking or wrong:
        kind = "a standalone SMB server" if state["is_standalone"] else "an SMB server of a domain"
        text = f"{lacking[0]} is required for {kind}." if lacking else f"{wrong[0]} must not be given for {kind}."
        raise invalid(text, (lacking or wrong)[0])
    for name, chars in (("computer_name", NOT_IN_COMPUTERS), ("netbios_name", NOT_IN_NETBIOS)):
        bad = sorted(set(chars) & set(body.get(name) or ""))
        if bad:
            raise invalid(f"{name} must not contain {bad[0]}.", name)
    if body.get("computer_name") and len(body["computer_name"].partition(".")[0]) < 2:
        raise invalid("computer_name needs at least two characters.", "computer_name")
    if body.get("workgroup") and not (body["workgroup"].isascii() and body["workgroup"].isalnum()):
        raise invalid("workgroup must be alphanumeric.", "workgroup")


def check_join(call: Call) -> Effect:
    """Only the server of a domain joins it."""
    if call.target["is_standalone"]:
        raise Refused(422, "0xE08010190002", "A standalone SMB server cannot join a domain.")
    return domain.join(call)


def check_delete(call: Call) -> None:
    """Shares keep the server, and so does a domain, unless the body forces it."""
    at_destination(call)
    refuse_in_use(call.world, call.target, KIND)
    if call.target[domain.JOINED] and not call.body.get("force"):
        raise Refused(422, "0xE08010190003", "The SMB server is joined to a domain. Unjoin it first.")


RULES = {
    KIND: Rules(
        checks={"join": check_join, "unjoin": domain.unjoin},
        complete=complete,
        before={"create": check_new, "modify": check_change, "delete": check_delete},
        after={"modify": lambda call, server: shown(server)},
    )
}
