# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""File systems: sizes, what a new one has, what one for VMware cannot have, quotas, file-level retention (FLR).

Source: PowerStore REST 4.0, file_system (create, modify), flr_instance, flr_create. What a new one shows, and that
about 1.5 GiB of it are in use, is in the samples of Dell's modules and in csi-powerstore. Dell's modules and
terraform-provider-powerstore refuse quotas and retention for VMware. That a shrink below what is used, a soft limit
above the hard one, and the deletion of locked files are refused with 422, and a wrong order of retention times with
400, are assumptions.
"""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.resources import file_expiry

KIND = "file_system"
MEGABYTE, BLOCK = 1024**2, 8192
WEEK = 7 * 24 * 3600
FRESH = 1621098496
LIMITS = ("default_hard_limit", "default_soft_limit")
SMB = {
    "is_smb_sync_writes_enabled": False,
    "is_smb_op_locks_enabled": True,
    "is_smb_notify_on_access_enabled": False,
    "is_smb_notify_on_write_enabled": False,
    "smb_notify_on_change_dir_depth": 512,
}
NEW = {
    "filesystem_type": "Primary",
    "config_type": "General",
    "access_policy": "Native",
    "locking_policy": "Advisory",
    "folder_rename_policy": "All_Forbidden",
    **SMB,
    "is_smb_no_notify_enabled": False,
    "is_async_MTime_enabled": False,
    "file_events_publishing_mode": "None",
    "is_quota_enabled": False,
    **dict.fromkeys(LIMITS, 0),
    "size_used": FRESH,
}
FOR_VMWARE = {
    "folder_rename_policy": "SMB_Forbidden",
    "is_async_MTime_enabled": True,
    "host_io_size": "VMware_8K",
}
NO_RETENTION = {
    "mode": "None",
    **dict.fromkeys(("minimum_retention", "default_retention", "maximum_retention"), "0D"),
    "auto_lock": False,
    "auto_delete": False,
    "policy_interval": 0,
    "has_protected_files": False,
}
RETENTIONS = ("minimum_retention", "default_retention", "maximum_retention")
DAYS = {"D": 1, "M": 30, "Y": 365}


def complete(world: ApplianceState, system: Json) -> None:
    """What a new file system has if nobody said otherwise."""
    if system["filesystem_type"] == "Snapshot":
        return
    usual: Json = {**NEW, **(FOR_VMWARE if system["config_type"] == "VMware" else {})}
    system.update({name: value for name, value in usual.items() if system.get(name) is None})
    system["creation_timestamp"] = system["creation_timestamp"] or world.now()
    given = {name: value for name, value in (system.get("flr_attributes") or {}).items() if value is not None}
    blank = world.catalog.blank_struct("flr_instance")
    system["flr_attributes"] = {**blank, **NO_RETENTION}
    if given.get("mode", "None") != "None" or (given and "mode" not in given):
        mode = given.get("mode") or "Enterprise"
        times = {"minimum_retention": "1D", "maximum_retention": "infinite", "policy_interval": 3600}
        times["default_retention"] = "infinite" if mode == "Enterprise" else "1Y"
        system["flr_attributes"].update({**times, "clock_time": world.now(), **given, "mode": mode})


def check_new(call: Call) -> None:
    """A create body: a size counts in megabytes, only VMware has a size of I/O, and a policy must fit."""
    body = call.body
    if body.get("host_io_size") and body.get("config_type") != "VMware":
        raise Refused(422, "0xE08010080020", "host_io_size is only for file systems with config_type VMware.")
    check_common(call, body.get("config_type") or "General", body.get("flr_attributes") or {})


def check_change(call: Call) -> None:
    """A modify body: what is used stays, quotas and retention must be possible, and snapshots alone can expire."""
    body, system = call.body, call.target
    file_expiry.check_change(call)
    size = body.get("size_total")
    if size is not None and size < (system["size_used"] or 0):
        text = f"The size of file system {system['name']} cannot be less than the {system['size_used']} bytes in use."
        raise Refused(422, "0xE08010080021", text, system["name"])
    hard, soft = ((body.get(name, system[name]) or 0) for name in LIMITS)
    if hard and soft > hard:
        raise Refused(422, "0xE08010080022", "The default soft limit must not be above the default hard limit.")
    retention = system["flr_attributes"] or NO_RETENTION
    if body.get("flr_attributes") and retention["mode"] == "None":
        text = f"File system {system['name']} has no file-level retention."
        raise Refused(422, "0xE08010080023", text, system["name"])
    check_common(call, system["config_type"], {**retention, **(body.get("flr_attributes") or {})})
    for name in LIMITS:
        if body.get(name):
            body[name] = up(body[name], BLOCK)


def check_common(call: Call, config: str, retention: Json) -> None:
    """What create and modify check alike."""
    body = call.body
    if body.get("size_total"):
        body["size_total"] = up(body["size_total"], MEGABYTE)
    refuse_for_vmware(body, config)
    check_retention(retention)
    key = body.get("performance_policy_id")
    if key and call.world.find("policy", str(key))["type"] != "File_Performance":
        raise Refused(422, "0xE0A090010010", "performance_policy_id takes a policy of type File_Performance.")


def refuse_for_vmware(body: Json, config: str) -> None:
    """422 for what a file system for VMware cannot have."""
    if config != "VMware":
        return
    changed = [name for name, value in SMB.items() if body.get(name) not in (None, value)]
    changed += [name for name in ("is_quota_enabled", *LIMITS) if body.get(name)]
    changed += ["flr_attributes"] if (body.get("flr_attributes") or {}).get("mode", "None") != "None" else []
    if body.get("file_events_publishing_mode") not in (None, "None", "NFS_Only"):
        changed.append("file_events_publishing_mode")
    if changed:
        raise Refused(422, "0xE08010080024", f"{changed[0]} cannot be set for config_type VMware.", changed[0])


def check_retention(retention: Json) -> None:
    """400 for retention times in a wrong order."""
    times = [days(retention[name]) for name in RETENTIONS if retention.get(name)]
    if times != sorted(times):
        raise Refused(400, "0xE08010080025", "The minimum, default and maximum retention must be in ascending order.")


def check_delete(call: Call) -> None:
    """422 for a file system of which nobody may delete the locked files, and for a secure snapshot."""
    file_expiry.check_held(call.world, call.target)
    if call.target["filesystem_type"] == "Snapshot":
        return
    retention = call.target["flr_attributes"] or NO_RETENTION
    if retention["mode"] == "Compliance" and retention["has_protected_files"]:
        name = call.target["name"]
        raise Refused(422, "0xE08010080026", f"File system {name} has protected files.", name)


def show_grace_period(call: Call, system: Json) -> None:
    """A new file system shows one week, although its documents give other defaults."""
    system["grace_period"] = WEEK


def days(text: str) -> float:
    """A retention time that can be compared."""
    return float("inf") if text == "infinite" else int(text[:-1]) * DAYS[text[-1]]


def up(value: Any, unit: int) -> int:
    """A number of bytes, rounded up to whole units."""
    return -(-int(value) // unit) * unit


RULES = {
    KIND: Rules(
        complete=complete,
        before={"create": check_new, "modify": check_change, "delete": check_delete},
        after={"create": show_grace_period, "modify": file_expiry.unset},
    ),
}
