# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Decides which changes of a server profile require its server to be off.

Source: HPE OneView help, server profiles. Assigning, moving, deleting and most settings require it. A change of the
name, the description or the template does not, and neither do some changes of networks.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.planning.plan import Plan

WHILE_ON = ("name", "description", "template", "affinity", "hide_unused_flex_nics")
"""The options that can change while the server is on."""


def needs_off(current: Json | None, plan: Plan) -> bool:
    """Return whether the servers may have to be off for a plan."""
    changed = [name for name in plan.after if plan.before.get(name) != plan.after[name]]
    return bool(plan.steps) and (not current or not plan.after or any(name not in WHILE_ON for name in changed))


def surely_needs_off(current: Json | None, plan: Plan) -> bool:
    """Return whether the servers must be off. Some changes of connections are possible while they are on."""
    changed = [name for name in plan.after if plan.before.get(name) != plan.after[name]]
    return needs_off(current, plan) and (not changed or any(name not in (*WHILE_ON, "connections") for name in changed))


def done_to(current: Json | None, plan: Plan) -> str:
    """Return what the plan does to the profile, for the sentence "the profile cannot be ..."."""
    if current is None or not plan.after:
        return "deleted" if current else "assigned"
    changed = [name for name in plan.after if plan.before.get(name) != plan.after[name] and name not in WHILE_ON]
    return f"changed in {', '.join(changed)}"


def may_be_refused(running: t.Sequence[Json]) -> str:
    """Return the warning for a change of connections while these servers are on."""
    names = " and ".join(str(server.get("name")) for server in running)
    return (
        f"{names} is on: the appliance may refuse to change the connections now. "
        "With power_off: true, this module powers the server off."
    )
