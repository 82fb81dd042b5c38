# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NAS servers: the node on which one runs, and which policies protect one (PowerStore REST 4.0, nas_server)."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources.replication import rule_of


def complete(world: ApplianceState, server: Json) -> None:
    """A server runs on a node that the array chooses. Dell's module looks that node up on every read."""
    node = server["current_node_id"] or min((one["id"] for one in world.store.all("node")), default=None)
    usual = {"current_node_id": node, "preferred_node_id": node, "operational_status": "Started"}
    usual.update(is_production_mode_enabled=True, is_replication_destination=False, is_dr_test=False)
    server.update({name: value for name, value in usual.items() if server[name] is None})


def check_policy(call: Call) -> None:
    """A policy for NAS servers replicates (nas_server, protection_policy_id, since 3.0)."""
    key = call.body.get("protection_policy_id")
    if key and rule_of(call.world, str(key)) is None:
        name = call.world.find("policy", str(key))["name"]
        raise Refused(422, "0xE08010020010", f"Policy {name} has no replication rule.", name)


RULES = {"nas_server": Rules(complete=complete, before={"create": check_policy, "modify": check_policy})}
