# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copies: snapshots and clones of volumes, snapshot sets and clones of volume groups.

Source: PowerStore REST API 4.0, 4.1.
"""

from __future__ import annotations

from ..._engine.table.resource_type import Dependents
from ..define import NOT_IN_NAMES, define
from ..formats import PERFORMANCE_LEVELS, PERFORMANCE_POLICY
from ..timestamps import as_instant
from .block import SNAPSHOT_SETS, SNAPSHOTS

ORIGIN = {"expiration_timestamp": "protection_data.expiration_timestamp", "is_secure": "protection_data.is_secure"}
"""Where a snapshot has what its creation says of its end."""

SNAPSHOT_SET = define(
    "volume_group",
    title="snapshot set",
    kinds=("Snapshot",),
    key_without=NOT_IN_NAMES,
    renames=False,
    offer=("description", "expiration_timestamp", "is_secure"),
    read=ORIGIN,
    created_by="snapshot",
    normalize={"expiration_timestamp": as_instant},
    default={"is_secure": False},
    reads=("creation_timestamp", "protection_data", "is_write_order_consistent"),
)

GROUP_CLONE = define(
    "volume_group",
    title="clone",
    created_by="clone",
    kinds=("Clone",),
    key_without=NOT_IN_NAMES,
    renames=False,
    offer=("description", "protection_policy", "qos_performance_policy"),
    parameters=("delete_members", "immediate"),
    dependents=(Dependents("volumes", "volume", only_with="delete_members"), SNAPSHOT_SETS),
    reads=("creation_timestamp", "protection_data", "is_write_order_consistent"),
)

VOLUME_SNAPSHOT = define(
    "volume",
    title="snapshot",
    kinds=("Snapshot",),
    renames=False,
    offer=("description", "performance_policy", "expiration_timestamp", "is_secure"),
    read=ORIGIN,
    created_by="snapshot",
    format={"performance_policy": PERFORMANCE_POLICY},
    choices={"performance_policy": PERFORMANCE_LEVELS},
    normalize={"expiration_timestamp": as_instant},
    default={"is_secure": False},
    reads=("size", "creation_timestamp", "protection_data"),
)

VOLUME_CLONE = define(
    "volume",
    title="clone",
    created_by="clone",
    kinds=("Clone",),
    renames=False,
    offer=("description", "performance_policy", "protection_policy", "qos_performance_policy"),
    format={"performance_policy": PERFORMANCE_POLICY},
    choices={"performance_policy": PERFORMANCE_LEVELS},
    parameters=("immediate",),
    dependents=(SNAPSHOTS,),
    reads=("size", "wwn", "nguid", "nsid", "creation_timestamp", "protection_data"),
)
