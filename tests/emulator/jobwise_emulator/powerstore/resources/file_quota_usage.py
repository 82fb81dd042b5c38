# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What quotas show of their use. Source: PowerStore REST 4.0, refresh of quotas, refresh_quota, FileQuotaStateEnum.

The array shows what it knew last; the actions look at what is really there. Here a change of ``size_used`` by somebody
else stands for data that was written, and ``state`` and the grace period follow with the action. That no grace period
runs is shown as -1, as the vendor's modules document it.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import file_tree_quota, file_user_quota
from jobwise_emulator.powerstore.resources.file_tree_quota import check_has_quotas

WEEK = 7 * 24 * 3600
NOT_RUNNING = -1
KINDS = (file_tree_quota.KIND, file_user_quota.KIND)


def look(quota: Json, grace_period: int) -> None:
    """Bring state and grace period of a quota up to what is used."""
    used, hard, soft = (int(quota.get(name) or 0) for name in ("size_used", "hard_limit", "soft_limit"))
    if hard and used >= hard:
        quota["state"] = "Hard_Reached"
    else:
        quota["state"] = "Soft_Exceeded" if soft and used > soft else "Ok"
    runs = bool(soft and used > soft)
    if not runs:
        quota["remaining_grace_period"] = NOT_RUNNING
    elif quota.get("remaining_grace_period") in (None, NOT_RUNNING):
        quota["remaining_grace_period"] = quota.get("grace_period") or grace_period or WEEK


def refresh(call: Call) -> Effect:
    """Look at one quota."""
    system = call.world.find("file_system", call.target["file_system_id"])
    return lambda: look(call.target, system.get("grace_period") or 0)


def refresh_all(call: Call) -> Effect:
    """Look at all quotas of a file system."""
    check_has_quotas(call.target)

    def effect() -> None:
        for kind in KINDS:
            for quota in call.world.store.where(kind, "file_system_id", call.target["id"]):
                look(quota, call.target.get("grace_period") or 0)

    return effect


RULES = {**{kind: Rules({"refresh": refresh}) for kind in KINDS}, "file_system": Rules({"refresh_quota": refresh_all})}
