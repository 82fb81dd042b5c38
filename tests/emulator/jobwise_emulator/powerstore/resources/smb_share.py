# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SMB shares: paths, and who may use them (ACL).

Source: PowerStore REST 4.0, smb_share (create, get_acl, set_acl, smb_share_ace): set_acl takes either the whole ACL or
entries to remove and to add, in this order, and stores those that deny before those that allow. Dell's modules show
that an ACL has about 600 entries. That everyone has full access to a new share, that an account must be known (422),
and that a present entry cannot be added and an absent one not be removed (400), are assumptions.
"""

from __future__ import annotations

import copy
import typing as t

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources.file_paths import check_path
from jobwise_emulator.powerstore.resources.file_protocols import need_protocol

KIND = "smb_share"
ACL = "@acl"
"""The hidden attribute that holds what get_acl answers. A seed calls the entries ``aces``."""
EVERYONE = {"trustee_type": "WellKnown", "trustee_name": "Everyone", "access_level": "Full", "access_type": "Allow"}
FLAGS = ("is_ABE_enabled", "is_branch_cache_enabled", "is_continuous_availability_enabled", "is_encryption_enabled")
NEW = {**dict.fromkeys(FLAGS, False), "offline_availability": "None", "umask": "022", ACL: {"aces": [EVERYONE]}}
MOST = 600


def complete(world: ApplianceState, share: Json) -> None:
    """What a new share has if nobody said otherwise."""
    entries = share.pop("aces", None)
    if entries is not None:
        share[ACL] = {"aces": entries}
    share.update({name: value for name, value in NEW.items() if share.get(name) is None})


def check_new(call: Call) -> None:
    """A path within the file system, which other shares may have, too. The NAS server must speak SMB."""
    system = call.world.find("file_system", call.body["file_system_id"])
    need_protocol(call.world, system, "smb_server")
    check_path(call, system)


def get_acl(world: ApplianceState, share: Json) -> Json:
    """The ACL."""
    return copy.deepcopy(t.cast(Json, share[ACL]))


def set_acl(call: Call) -> Effect:
    """A new ACL, or entries to remove from the present one and to add to it."""
    share, body = call.target, call.body
    given = {name: body.get(name) for name in ("aces", "add_aces", "remove_aces")}
    if given["aces"] is not None and (given["add_aces"] is not None or given["remove_aces"] is not None):
        raise invalid("aces excludes add_aces and remove_aces.", "aces")
    if all(value is None for value in given.values()):
        raise invalid("One of aces, add_aces and remove_aces is needed.", "aces")
    entries = [] if given["aces"] is not None else list(share[ACL]["aces"])
    for entry in given["remove_aces"] or ():
        if key_of(entry) not in map(key_of, entries):
            raise invalid(f"The ACL has no such entry for {entry['trustee_name']}.", entry["trustee_name"])
        entries = [one for one in entries if key_of(one) != key_of(entry)]
    for entry in (*(given["aces"] or ()), *(given["add_aces"] or ())):
        check_account(call.world, entry["trustee_name"])
        if key_of(entry) in map(key_of, entries):
            raise invalid(f"The ACL has this entry for {entry['trustee_name']} already.", entry["trustee_name"])
        entries.append(dict(entry))
    if len(entries) > MOST:
        raise Refused(422, "0xE08010110003", f"The ACL would have {len(entries)} entries, more than {MOST}.")

    def effect() -> None:
        share[ACL] = {"aces": sorted(entries, key=lambda entry: str(entry["access_type"]) == "Allow")}

    return effect


def check_account(world: ApplianceState, name: str) -> None:
    """422 for an account that no directory knows, as the setting ``unknown_accounts`` says."""
    unknown = [account.casefold() for account in world.settings["unknown_accounts"]]
    if name.casefold() in unknown:
        raise Refused(422, "0xE08010110002", f"The account {name} cannot be resolved to a SID.", name)


def key_of(entry: Json) -> tuple[str, ...]:
    """An entry without regard to the case of the account."""
    return (
        *(entry[name] for name in ("trustee_type", "access_level", "access_type")),
        entry["trustee_name"].casefold(),
    )


RULES = {
    KIND: Rules(
        complete=complete, before={"create": check_new}, checks={"set_acl": set_acl}, answers={"get_acl": get_acl}
    )
}
