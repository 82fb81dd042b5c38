# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""I/O limit rules: create and modify, which is allowed while a policy with the rule is in use.

Source: PowerStore REST 4.0, io_limit_rule, io_limit_rule_create and io_limit_rule_modify; 4.1, file_io_limit_rule. That
a rule has a limit is what Dell's Ansible module demands. A rule in a policy cannot be deleted (``use.USED_BY``): the
document permits it while nothing has the policy, but then the policy would be left without a rule.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused

LIMITS = ("max_iops", "max_bw")


def check_limits(call: Call) -> None:
    """At least one of the two limits is left."""
    wanted = {**call.target, **call.body}
    if all(wanted.get(limit) is None for limit in LIMITS):
        raise Refused(422, "0xE0A0E001000A", "An I/O limit rule needs max_iops or max_bw.")


def complete(world: ApplianceState, rule: Json) -> None:
    """Without a burst percentage, nothing may go beyond the limits."""
    rule["burst_percentage"] = rule["burst_percentage"] or 0


RULES = {"io_limit_rule": Rules(complete=complete, before={"create": check_limits, "modify": check_limits})}
