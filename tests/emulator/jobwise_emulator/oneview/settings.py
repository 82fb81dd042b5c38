# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the appliance behaves where its versions differ or nobody outside knows; tests change it, see README.md."""

from __future__ import annotations

import copy

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError

ASYNCHRONOUS = {
    "alerts": False,
    "alerts:bulk-delete": True,
    "appliance/configuration/time-locale": True,
    "appliance/snmpv3-trap-forwarding/destinations": False,
    "appliance/snmpv3-trap-forwarding/users": False,
    "appliance/trap-destinations": False,
    "backups": True,
    "backups/config": True,
    "certificates/ca": True,
    "certificates/servers": True,
    "connection-templates": False,
    "ethernet-networks": True,
    "fc-networks": True,
    "fcoe-networks": True,
    "network-sets": True,
    "scopes": False,
    "scopes:delete": True,
    "scopes:patch": True,
    "server-hardware": True,
    "server-profile-templates": True,
    "server-profiles": True,
    "storage-pools": True,
    "storage-systems": True,
    "storage-volume-templates": False,
    "storage-volumes": True,
    "users": False,
}

SETTINGS: Json = {
    "current_version": 8600,
    "minimum_version": 120,
    "starting": False,
    "session_limit": 75,
    "session_seconds": 86400.0,
    "default_domain": "LOCAL",
    "directories": {},
    "login_message": False,
    "privilege_status": 401,
    "missing_etag_status": 403,
    "etag_on_delete": ["scopes", "storage-systems", "storage-volume-templates", "storage-volumes"],
    "etag_on_patch": [],
    "async": ASYNCHRONOUS,
    "task_in": {"default": "location", "scopes": "x-task-uri"},
    "accepted_body": "task",
    "task_type": "TaskResourceV3",
    "seconds": {"default": 2.0, "backups": 4.0},
    "refused_in_task": ["server-profiles", "server-profile-templates"],
    "names_reserved": True,
    "percent_stands": False,
    "page_size": 100,
    "page_end": None,
    "filters": "exact",
    "backup_bytes": 65536,
    "download_redirect": False,
    "remote_certificates": {},
    "arrays": {
        "array01.example.com": {
            "username": "3paradm",
            "password": "Password123!",
            "family": "StoreServ",
            "serial": "CZ3815YP01",
            "domains": ["TestDomain", "OtherDomain"],
            "pools": {"CPG_FC": 50 * 1024**4, "CPG_SSD": 10 * 1024**4},
            "volumes": {"legacy01": 200 * 1024**3},
        },
        "array02.example.com": {
            "username": "3paradm",
            "password": "Password123!",
            "family": "StoreServ",
            "serial": "CZ3815YP02",
            "domains": ["TestDomain"],
            "pools": {"CPG_FC": 50 * 1024**4},
            "volumes": {},
        },
    },
}

MERGED = ("async", "task_in", "seconds", "directories", "remote_certificates", "arrays")
WORDS = {
    "accepted_body": ("task", "empty", "none"),
    "filters": ("exact", "ignored"),
    "page_end": (None, ""),
}
TASK_IN = ("location", "absolute", "x-task-uri", "body", "none")


def merge(settings: Json | None, order: Json) -> Json:
    """New settings: the given ones, or the usual ones, with the changes of an order."""
    new = copy.deepcopy(SETTINGS if settings is None else settings)
    unknown = set(order) - set(SETTINGS)
    if unknown:
        raise OrderError(f"unknown settings: {', '.join(sorted(unknown))}")
    for name, value in order.items():
        if name in WORDS and value not in WORDS[name]:
            raise OrderError(f"{name} must be one of {WORDS[name]}, not {value!r}")
        if name in MERGED:
            new[name].update(value)
        else:
            new[name] = value
    wrong = set(new["task_in"].values()) - set(TASK_IN)
    if wrong:
        raise OrderError(f"task_in must be one of {TASK_IN}, not {wrong.pop()!r}")
    return new
