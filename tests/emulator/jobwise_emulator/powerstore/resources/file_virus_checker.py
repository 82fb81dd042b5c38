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


RULES = {
    "file_virus_checker": Rules(
        checks={
            "get_privileged_accounts": accounts,
            "add_privileged_account": add_account,
            "remove_privileged_account": remove_account,
        },
        complete=complete,
        before={"create": check, "modify": check, "delete": at_destination, "upload_config": check_upload},
        after={"modify": hide, "create": hide},
    )
}
