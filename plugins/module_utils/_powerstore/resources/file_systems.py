# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File systems and their quotas.

Source: PowerStore REST API 4.0, 4.1, file_system. That a size is rounded up to a megabyte, and a limit to a block, is
in their descriptions.
"""

from __future__ import annotations

from ..._engine.options.consent import Consent
from ..._engine.options.rules import requires
from ..._engine.table.attribute import CANNOT, EMPTY_TEXT
from ..define import define
from ..formats import FILE_SIZE, LIMIT, RETENTION, SID, WINDOWS_NAME, as_account, as_grace_period, as_limit
from .file_rules import OnlyGeneral, RetentionOrder, SoftLimit

FLR_PARTS = (
    "mode",
    "minimum_retention",
    "default_retention",
    "maximum_retention",
    "auto_lock",
    "auto_delete",
    "policy_interval",
)
"""What file-level retention (FLR) is set with, each as an option of its own."""

LOCKING_MODES = ("Enterprise", "Compliance")

FILE_SYSTEM = define(
    "file_system",
    kinds=("Primary",),
    kind_by="filesystem_type",
    identity=("name", "nas_server"),
    offer=(
        "nas_server",
        "description",
        "size",
        "config_type",
        "host_io_size",
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
        "protection_policy",
        "performance_policy",
        "is_quota_enabled",
        "grace_period",
        "default_hard_limit",
        "default_soft_limit",
        *(f"flr_{part}" for part in FLR_PARTS),
    ),
    names={
        "size": "size_total",
        "is_async_mtime_enabled": "is_async_MTime_enabled",
        **{f"flr_{part}": f"flr_attributes.{part}" for part in FLR_PARTS},
    },
    format={
        "size": FILE_SIZE,
        "default_hard_limit": LIMIT,
        "default_soft_limit": LIMIT,
        **{f"flr_{part}": RETENTION for part in FLR_PARTS if part.endswith("retention")},
    },
    normalize={
        "is_quota_enabled": bool,
        "grace_period": as_grace_period,
        "default_hard_limit": as_limit,
        "default_soft_limit": as_limit,
    },
    clear={
        "protection_policy": EMPTY_TEXT,
        "performance_policy": EMPTY_TEXT,
        **{f"flr_{part}": CANNOT for part in FLR_PARTS if part.endswith("retention")},
    },
    default={
        "grace_period": None,  # the documents have two, and arrays show a third
        "is_quota_enabled": False,
        "default_hard_limit": 0,
        "default_soft_limit": 0,
        "flr_auto_lock": False,
        "flr_auto_delete": False,
    },
    choices={"flr_mode": LOCKING_MODES},
    consents=(
        Consent(
            "accept_compliance",
            of="flr_mode",
            values=("Compliance",),
            because="nobody can delete a locked file, nor a file system that has one, before its retention has ended",
        ),
    ),
    state_rules=(
        requires("host_io_size", "config_type", "VMware"),
        OnlyGeneral(),
        SoftLimit("default_soft_limit", "default_hard_limit"),
        *(requires(f"flr_{part}", "flr_mode", *LOCKING_MODES) for part in FLR_PARTS if part != "mode"),
        RetentionOrder(),
    ),
    reads=("size_used", "creation_timestamp", "parent_id"),
)

FILE_TREE_QUOTA = define(
    "file_tree_quota",
    title="tree quota",
    identity=("path", "file_system", "file_system.nas_server"),
    offer=("file_system", "description", "hard_limit", "soft_limit", "grace_period", "is_user_quotas_enforced"),
    format={"hard_limit": LIMIT, "soft_limit": LIMIT},
    normalize={
        "hard_limit": as_limit,
        "soft_limit": as_limit,
        "grace_period": as_grace_period,
        "is_user_quotas_enforced": bool,
    },
    default={"hard_limit": 0, "soft_limit": 0, "is_user_quotas_enforced": False},
    state_rules=(SoftLimit("soft_limit", "hard_limit"),),
    reads=("size_used", "state", "remaining_grace_period"),
)

USERS = ("uid", "unix_name", "windows_name", "windows_sid")
"""What names the user of a user quota: a task gives one of them."""

FILE_USER_QUOTA = define(
    "file_user_quota",
    title="user quota",
    identity=("file_system", "file_system.nas_server", "tree_quota", *USERS),
    optional=("tree_quota",),
    one_of=USERS,
    offer=("file_system", "tree_quota", *USERS, "hard_limit", "soft_limit"),
    format={"windows_name": WINDOWS_NAME, "windows_sid": SID, "hard_limit": LIMIT, "soft_limit": LIMIT},
    normalize={"windows_name": as_account, "hard_limit": as_limit, "soft_limit": as_limit},
    default={"hard_limit": 0, "soft_limit": 0},
    lifted={"hard_limit": 0, "soft_limit": 0},
    state_rules=(SoftLimit("soft_limit", "hard_limit"),),
    reads=("size_used", "state", "remaining_grace_period"),
)
