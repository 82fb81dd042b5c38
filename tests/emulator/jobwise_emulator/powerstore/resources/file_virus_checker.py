# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Virus checkers of NAS servers, the accounts that may read everything, and scans of file systems.

Source: PowerStore REST 4.0, file_virus_checker (create, modify, start_scan, stop_scan, scan_status,
add_privileged_account, remove_privileged_account, get_privileged_accounts), FileVirusCheckerOfflinePolicyEnum. 4.1 no
longer shows the password, so nothing does. Guesses: 422 for one that is enabled without servers, for a scan by one that
is disabled, of a file system of another NAS server or of one that is scanned already, and for an account that has the
privilege already, or does not have it. How long a scan takes depends on the file system; here, on the clock alone.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources.file_services import OVERRIDE, not_at_destination, servers

CODE = "0xE080100B0001"
LISTS = ("ip_addresses", "files_to_scan", "files_to_exclude")
PASSWORD, ACCOUNTS, SCANS = "msrpc_user_password", "@accounts", "@scans"
SCAN_SECONDS = 60.0
at_destination = not_at_destination()


def check(call: Call) -> None:
    """Lists without repetitions, and servers before it is enabled."""
    at_destination(call)
    servers(call.body.get("ip_addresses"), "ip_addresses")
    for name in LISTS:
        found = call.body.get(name) or []
        if len({one.casefold() for one in found}) < len(found):
            raise invalid(f"{name} lists an item twice.", name)
    wanted = {**call.target, **call.body}
    if wanted.get("is_enabled") and not (wanted.get("ip_addresses") or wanted.get("is_config_file_uploaded")):
        raise Refused(422, CODE, "The virus checker has no servers.")


def check_upload(call: Call) -> None:
    """At the destination of a replication, a file may differ from that of the source (is_destination_override...)."""
    if not call.target.get(OVERRIDE):
        at_destination(call)


def complete(world: ApplianceState, entry: Json) -> None:
    """Disabled at first; clients have access while no server answers (file_virus_checker, offline_policy)."""
    entry["is_enabled"] = bool(entry["is_enabled"])
    entry["is_config_file_uploaded"] = bool(entry["is_config_file_uploaded"])
    entry["offline_policy"] = entry["offline_policy"] or "Allow_Access"
    entry.pop(PASSWORD, None)
    entry[ACCOUNTS] = list(entry.pop("accounts", ()))  # as a seed gives them


def hide(call: Call, entry: Json) -> None:
    """Nothing shows the password."""
    entry.pop(PASSWORD, None)


def accounts(call: Call) -> Effect:
    """The accounts with the privilege."""
    return lambda: {"accounts": list(call.target.get(ACCOUNTS) or ())}


def add_account(call: Call) -> Effect:
    """Give an account the privilege."""
    account, have = str(call.body["account"]), list(call.target.get(ACCOUNTS) or ())
    at_destination(call)
    if account.casefold() in map(str.casefold, have):
        raise Refused(422, CODE, f"The account {account} has the privilege already.", account)
    return lambda: call.target.update({ACCOUNTS: [*have, account]})


def remove_account(call: Call) -> Effect:
    """Take the privilege from an account."""
    account, have = str(call.body["account"]), list(call.target.get(ACCOUNTS) or ())
    at_destination(call)
    left = [one for one in have if one.casefold() != account.casefold()]
    if len(left) == len(have):
        raise Refused(422, CODE, f"The account {account} does not have the privilege.", account)
    return lambda: call.target.update({ACCOUNTS: left})


def start_scan(call: Call) -> Effect:
    """Scan file systems, which clients can write to (start_scan)."""
    at_destination(call)
    if not call.target["is_enabled"]:
        raise Refused(422, CODE, "The virus checker is disabled.")
    keys = own_file_systems(call)
    for key in keys:
        system = call.world.find("file_system", key)
        if system.get("access_type") == "Snapshot":
            raise Refused(422, CODE, f"The file system {system['name']} is read-only.", key)
        if status_of(call, key) == "Scanning":
            raise Refused(422, CODE, f"The file system {system['name']} is scanned already.", key)

    def effect() -> None:
        began = call.world.clock.now()
        call.target[SCANS] = {**(call.target.get(SCANS) or {}), **dict.fromkeys(keys, began)}

    return effect


def stop_scan(call: Call) -> Effect:
    """Stop scans of some file systems, or of all (stop_scan, is_stop_all)."""
    keys = selected(call, "is_stop_all")
    scans = call.target.get(SCANS) or {}
    return lambda: call.target.update({SCANS: {key: began for key, began in scans.items() if key not in keys}})


def scan_status(call: Call) -> Effect:
    """The scans of some file systems, or all that run (scan_status, is_get_all)."""
    keys = selected(call, "is_get_all")
    shown = [key for key in keys if not call.body.get("is_get_all") or status_of(call, key) == "Scanning"]
    counts = {"directories_scanned": 0, "files_scanned": 0, "files_queued": 0, "is_scan_offline_files": False}
    rows = [{"file_system_id": key, "status": status_of(call, key), **counts} for key in shown]
    return lambda: {"scan_status": rows}


def status_of(call: Call, key: str) -> str:
    """Whether a file system is scanned."""
    began = (call.target.get(SCANS) or {}).get(key)
    return "Stopped" if began is None or call.world.clock.now() - began >= SCAN_SECONDS else "Scanning"


def selected(call: Call, everything: str) -> list[str]:
    """The file systems that a body names, or all that have been scanned; 400 for both or neither."""
    given, takes_all = call.body.get("file_system_ids"), bool(call.body.get(everything))
    if (given is not None) is takes_all:
        raise invalid(f"Give either file_system_ids or {everything}.", everything)
    return list(call.target.get(SCANS) or ()) if takes_all else own_file_systems(call)


def own_file_systems(call: Call) -> list[str]:
    """The file systems that a body names, which must be those of the NAS server."""
    keys = [str(call.world.find("file_system", key)["id"]) for key in call.body["file_system_ids"]]
    for key in keys:
        if call.world.find("file_system", key)["nas_server_id"] != call.target["nas_server_id"]:
            raise Refused(422, CODE, f"The file system {key} belongs to another NAS server.", key)
    return keys


RULES = {
    "file_virus_checker": Rules(
        checks={
            "start_scan": start_scan,
            "stop_scan": stop_scan,
            "scan_status": scan_status,
            "get_privileged_accounts": accounts,
            "add_privileged_account": add_account,
            "remove_privileged_account": remove_account,
        },
        complete=complete,
        before={"create": check, "modify": check, "delete": at_destination, "upload_config": check_upload},
        after={"modify": hide, "create": hide},
    )
}
