# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""User quotas: one user, by one of four identifiers, in a file system or in one of its tree quotas.

Source: PowerStore REST 4.0, file_user_quota (create: identifiers are exclusive; limits are rounded up to blocks). There
is no delete. Dell's modules look for Windows users with the domain in small letters. That a user has one quota in each
place (422), that a body without an identifier is refused (400), and that the tree quota must be of the file system
(422), are assumptions.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.resources.file_tree_quota import LIMITS, check_has_quotas, check_limits, switch_on

KIND = "file_user_quota"
USERS = ("uid", "unix_name", "windows_name", "windows_sid")


def complete(world: ApplianceState, quota: Json) -> None:
    """What a new quota has if nobody said otherwise."""
    usual = {**dict.fromkeys(LIMITS, 0), "size_used": 0, "remaining_grace_period": -1, "state": "Ok"}
    quota.update({name: value for name, value in usual.items() if quota.get(name) is None})


def check_new(call: Call) -> None:
    """One identifier of a user, who has no quota in this place yet."""
    body, world = call.body, call.world
    given = [name for name in USERS if body.get(name) is not None]
    if len(given) != 1:
        raise invalid(f"Exactly one of {', '.join(USERS)} is needed, not {len(given)}.", *given)
    system = world.find("file_system", body["file_system_id"])
    check_has_quotas(system)
    tree = body.get("tree_quota_id")
    if tree and world.find("file_tree_quota", str(tree))["file_system_id"] != system["id"]:
        raise Refused(422, "0xE08010100011", f"The tree quota is not in file system {system['name']}.")
    if "windows_name" in given:
        domain, backslash, user = body["windows_name"].rpartition("\\")
        body["windows_name"] = f"{domain.lower()}{backslash}{user}"
    user = str(body[given[0]])
    for other in world.store.where(KIND, "file_system_id", system["id"]):
        same_user = str(other.get(given[0]) or "").casefold() == user.casefold()
        if same_user and other.get("tree_quota_id") == tree:
            raise Refused(422, "0xE08010100012", f"The user {user} has a quota already.", user)
    check_limits(call)


RULES = {
    KIND: Rules(complete=complete, before={"create": check_new, "modify": check_limits}, after={"create": switch_on})
}
