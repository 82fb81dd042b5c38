# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A volume in the recycle bin, as it will be once it is recovered.

Source: PowerStore REST API 4.0, recycle_bin. The bin shows size and appliance of a volume. That it comes back with its
id, unmapped, in no group and without a protection policy is an assumption. The bin does not show the other attributes.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.planning.plan import Plan
from ..._engine.table.lists import List
from ..._engine.table.read_path import root_of
from ..._engine.table.resource_type import ResourceType
from ..recycle_bin.items import recover_request

UNKNOWN = "(unknown, in the recycle bin)"
"""What the diff shows of an attribute that the bin does not show. It equals no desired value, so the task writes it."""


def as_recovered(resource: ResourceType, item: Json) -> Json:
    """Return the volume that a recovery of this item brings back."""
    volume: Json = {}
    for attribute in resource.attributes:
        if not isinstance(attribute, List):
            volume[root_of(attribute.read)] = {"id": UNKNOWN} if attribute.ref else UNKNOWN
    return {
        **volume,
        "id": item["id"],
        "name": item["name"],
        "size": item["logical_provisioned"],
        "appliance": {"id": item["appliance_id"]},
        "protection_policy": None,
        "volume_groups": [],
        "mapped_volumes": [],
        "is_replication_destination": False,
    }


def with_recovery(resource: ResourceType, item: Json, changes: Plan) -> Plan:
    """Return the plan that recovers a volume and then changes it. changes: planned for the recovered volume."""
    return dataclasses.replace(
        changes,
        steps=(recover_request(item, f"{resource.title} {item['name']}"), *changes.steps),
        before={**changes.before, "state": "in the recycle bin"},
        after={**changes.after, "state": "present"},
    )
