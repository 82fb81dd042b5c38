# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings whose change is nothing but the attributes of the body (PowerStore REST 4.0): ntp and its like."""

from __future__ import annotations

from jobwise_emulator.powerstore.appliance_state import Call, Check, Rules
from jobwise_emulator.powerstore.errors import no_rules
from jobwise_emulator.powerstore.jobs import Effect

KINDS = (
    *("ntp", "smtp_config", "chap_config", "remote_support", "remote_support_contact"),
    *("service_config", "service_user", "login_banner", "network"),
)


def modify(kind: str) -> Check:
    """The check of a change: passwords are kept where nobody sees them, anything else must be an attribute."""

    def check(call: Call) -> Effect:
        known = call.world.catalog.attributes(kind)
        hidden = {name for name in call.body if name not in known}
        for name in sorted(hidden):
            if not name.endswith("password"):
                raise no_rules(kind, name)

        def effect() -> None:
            call.target.update({f"@{name}" if name in hidden else name: value for name, value in call.body.items()})

        return effect

    return check


RULES = {kind: Rules({"modify": modify(kind)}) for kind in KINDS}
