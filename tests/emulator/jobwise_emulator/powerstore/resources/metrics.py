# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Metrics (PowerStore REST 4.0, metrics/generate): the space of the cluster, which clients ask for before anything."""

from __future__ import annotations

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import no_rules, not_found
from jobwise_emulator.powerstore.resources.members import LIVE

SPACE = "space_metrics_by_cluster"
INTERVAL = 300.0


def generate(world: ApplianceState, body: Json) -> list[Json]:
    """Two rows, the newest one last. Volumes are thin and empty, so only their sizes count; settings say more."""
    if body["entity"] != SPACE:
        raise no_rules("metrics", body["entity"])
    if world.store.get("cluster", body["entity_id"]) is None:
        raise not_found("cluster", body["entity_id"])
    volumes = [volume for volume in world.store.all("volume") if volume["type"] in LIVE]
    used = sum(volume["logical_used"] or 0 for volume in volumes)
    total = int(world.settings["physical_total"])
    physical = used if world.settings["physical_used"] is None else int(world.settings["physical_used"])
    row = {
        "entity": SPACE,
        "response_definition": SPACE,
        "cluster_id": body["entity_id"],
        "logical_provisioned": sum(volume["size"] for volume in volumes),
        "logical_used": used,
        "logical_used_volume": used,
        "logical_used_file_system": 0,
        "logical_used_vvol": 0,
        "physical_total": total,
        "physical_used": physical,
        "data_physical_used": physical,
        "system_free_space": total - physical,
        "efficiency_ratio": 1.0,
        "data_reduction": 1.0,
        "snapshot_savings": 1.0,
        "thin_savings": 1.0,
        "repeat_count": 1,
    }
    now = world.clock.now()
    return [{**row, "timestamp": iso(moment)} for moment in (now - INTERVAL, now)]
