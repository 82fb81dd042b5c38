# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copies: snapshots and clones of volumes and file systems, snapshot sets and clones of volume groups.

Source: PowerStore REST API 4.0, 4.1. The vendor's samples show that the snapshot of a file system has settings of its
own only if protocols give access to it.
"""

from __future__ import annotations

from ..._engine.options.rules import requires
from ..._engine.table.attribute import EMPTY_TEXT
from ..._engine.table.resource_type import Dependents
from ..define import NOT_IN_NAMES, define
from ..formats import PERFORMANCE_LEVELS, PERFORMANCE_POLICY
from ..timestamps import NEVER, as_instant
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

SETTINGS = (
    "access_policy",
    "locking_policy",
    "folder_rename_policy",
    "is_smb_sync_writes_enabled",
    "is_smb_op_locks_enabled",
    "is_smb_no_notify_enabled",
    "is_smb_notify_on_access_enabled",
    "is_smb_notify_on_write_enabled",
    "smb_notify_on_change_dir_depth",
    "is_async_mtime_enabled",
    "file_events_publishing_mode",
)
"""What a file system offers to its clients, and a snapshot that is shared."""

MTIME = {"is_async_mtime_enabled": "is_async_MTime_enabled"}

FILE_SNAPSHOT = define(
    "file_system",
    title="snapshot",
    kinds=("Snapshot",),
    kind_by="filesystem_type",
    created_by="snapshot",
    offer=(
        "description",
        "expiration_timestamp",
        "is_secure",
        "is_auto_delete_enabled",
        "access_type",
        *SETTINGS,
    ),
    names=MTIME,
    normalize={"expiration_timestamp": as_instant},
    clear={"expiration_timestamp": NEVER},
    default={"is_secure": False},
    state_rules=tuple(requires(option, "access_type", "Protocol") for option in SETTINGS),
    reads=("size_total", "size_used", "creation_timestamp", "last_refresh_timestamp"),
)

FILE_CLONE = define(
    "file_system",
    title="clone",
    kinds=("Primary",),
    kind_by="filesystem_type",
    created_by="clone",
    offer=("description", *SETTINGS, "protection_policy", "performance_policy"),
    names=MTIME,
    clear={"protection_policy": EMPTY_TEXT, "performance_policy": EMPTY_TEXT},
    own_parameters=("accept_compliance",),
    reads=("size_total", "size_used", "creation_timestamp"),
)
