# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tree quotas: where they can be, and their limits in blocks.

Source: PowerStore REST 4.0, file_tree_quota. Dell's modules document that the root has none, and that none is inside
of another one; its guides, that file systems for VMware have no quotas. A first quota switches those of the file
system on.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.file_system import BLOCK, up

KIND = "file_tree_quota"
LIMITS = ("hard_limit", "soft_limit")


def complete(world: ApplianceState, quota: Json) -> None:
    """What a new quota has if nobody said otherwise."""
    usual = {**dict.fromkeys(LIMITS, 0), "is_user_quotas_enforced": False, "size_used": 0, "remaining_grace_period": -1}
    quota.update({name: value for name, value in usual.items() if quota.get(name) is None})
    quota["state"] = quota.get("state") or "Ok"


def check_new(call: Call) -> None:
    """Neither the root nor a directory inside or around one that has a quota."""
    body, world = call.body, call.world
    system = world.find("file_system", body["file_system_id"])
    check_has_quotas(system)
    body["path"] = path = "/" + body["path"].strip("/")
    if path == "/":
        raise Refused(422, "0xE08010100002", "The root of a file system has no tree quota.")
    for other in world.store.where(KIND, "file_system_id", system["id"]):
        if path.startswith(f"{other['path']}/") or other["path"].startswith(f"{path}/"):
            text = f"The tree quota {path} would be nested with {other['path']}."
            raise Refused(422, "0xE08010100003", text, path, other["path"])
    check_limits(call)


def check_has_quotas(system: Json) -> None:
    """422 for a file system for VMware."""
    if system["config_type"] == "VMware":
        raise Refused(422, "0xE08010100001", f"File system {system['name']} is for VMware and has no quotas.")


def check_limits(call: Call) -> None:
    """A soft limit is not above the hard one. Both are rounded up to blocks."""
    for name in LIMITS:
        if call.body.get(name):
            call.body[name] = up(call.body[name], BLOCK)
    hard, soft = ((call.body.get(name, call.target.get(name)) or 0) for name in LIMITS)
    if hard and soft > hard:
        raise Refused(422, "0xE08010100004", "The soft limit must not be above the hard limit.")


def switch_on(call: Call, quota: Json) -> None:
    """The array counts what users store from the first quota on."""
    call.world.find("file_system", quota["file_system_id"])["is_quota_enabled"] = True


RULES = {
    KIND: Rules(complete=complete, before={"create": check_new, "modify": check_limits}, after={"create": switch_on})
}
