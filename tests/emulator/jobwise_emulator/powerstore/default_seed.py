# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The built-in seed: what a small array holds before anybody's test, and bulk objects for load tests."""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore import default_imports, default_system

GIB = 1024**3
RELEASES = {"4.0": "4.0.0.0", "4.1": "4.1.0.0"}

ROLES = {
    "1": ("Administrator", "Can view status and performance information and modify all settings."),
    "2": ("Storage Administrator", "Can view and modify storage settings, but not security settings."),
    "3": ("Operator", "Can view status and settings, but not modify them."),
    "4": ("VM Administrator", "Can view and modify virtual machine storage."),
    "5": ("Security Administrator", "Can view and modify users and security settings."),
}


def system(version: str) -> Json:
    """What every array has: roles, users, cluster, software, settings, the built-in performance policies."""
    release = RELEASES.get(version or "4.0", version)
    return {
        "role": [
            {"id": key, "name": name, "is_built_in": True, "description": text} for key, (name, text) in ROLES.items()
        ],
        "appliance": [
            {
                "id": "A1",
                "name": "emulated-appliance-1",
                "service_tag": "EMU0001",
                "model": "PowerStore 1200T",
                "mode": "Unified",
                "node_count": 2,
                "drive_failure_tolerance_level": "Single",
                "is_hyper_converged": False,
            }
        ],
        "cluster": [
            {
                "id": "0",
                "global_id": "PSemulated0001",
                "name": "emulated",
                "management_address": "127.0.0.1",
                "master_appliance_id": "A1",
                "primary_appliance_id": "A1",
                "appliance_count": 1,
                "physical_mtu": 9000,
                "is_encryption_enabled": True,
                "state": "Configured",
            }
        ],
        "software_installed": [software(release, is_cluster=True), software(release, is_cluster=False)],
        "security_config": [{"id": "1", "idle_timeout": 3600, "protocol_mode": "TLSv1_2", "is_stig_enabled": False}],
        "recycle_bin_config": [{"id": "0", "expiration_duration": 7}],
        "policy": [
            {
                "id": f"default_{level}",
                "name": f"Default {level.capitalize()}",
                "type": "Performance",
                "is_read_only": True,
                "performance_rules": [f"performance_rule_{level}"],
            }
            for level in ("low", "medium", "high")
        ],
        "users": [
            {"name": "admin", "password": "Password123!", "role": "Administrator", "is_built_in": True},
            {"name": "operator", "password": "Password123!", "role": "Operator"},
        ],
    }


def software(release: str, is_cluster: bool) -> Json:
    """One installed software entry."""
    entry: Json = {
        "is_cluster": is_cluster,
        "release_version": release,
        "build_version": release,
        "build_flavor": "Retail",
        "build_type": "Release",
        "build_id": "2284811",
        "installed_date": "2025-03-01T08:15:30.000+00:00",
        "release_timestamp": "2025-01-15T00:00:00.000+00:00",
    }
    if not is_cluster:
        entry["appliance"] = ["A1"]
    return entry


def rules() -> Json:
    """Snapshot rules and an I/O limit rule for policies."""
    return {
        "snapshot_rule": [
            {"name": "hourly", "interval": "One_Hour", "desired_retention": 24, "days_of_week": []},
            {"name": "daily", "time_of_day": "02:00", "timezone": "UTC", "desired_retention": 168, "days_of_week": []},
        ],
        "io_limit_rule": [{"name": "bronze-limit", "type": "Absolute", "max_iops": 5000, "max_bw": 200000}],
    }


def samples() -> Json:
    """Volumes, policies and groups to try things on; the copies of group ``app01`` are made by the platform."""
    sizes: list[tuple[str, int]] = [(f"web0{number}", 50) for number in range(1, 5)]
    sizes += [(f"db0{number}", 500) for number in range(1, 5)]
    sizes += [("app01-data", 200), ("app01-log", 20), ("files01", 1024), ("scratch01", 10)]
    return {
        "policy": [
            {"name": "gold", "description": "hourly and daily", "snapshot_rule_ids": ["name:hourly", "name:daily"]},
            {"name": "silver", "snapshot_rule_ids": ["name:daily"]},
            {"name": "bronze-qos", "io_limit_rule_id": "name:bronze-limit"},
        ],
        "volume": [{"name": name, "size": size * GIB} for name, size in sizes],
        "volume_group": [
            {
                "name": "app01",
                "description": "first application",
                "volume_ids": ["name:app01-data", "name:app01-log"],
                "protection_policy_id": "name:gold",
            }
        ],
        "users": [
            {"name": "helpdesk", "password": "Password123!", "role": "Operator", "is_mfa_bypass": True},
            {"name": "storage.team", "password": "Password123!", "role": "Storage Administrator"},
            {"name": "security", "password": "Password123!", "role": "Security Administrator"},
            {"name": "former.employee", "password": "Password123!", "role": "Operator", "is_locked": True},
        ],
    }


def bulk(volumes: int, groups: int) -> Json:
    """Many volumes and groups; group ``bulk0001`` holds volumes ``bulk0001`` and ``bulk0002``, and so on."""
    listed: list[Any] = [{"name": f"bulk{number:04}", "size": GIB} for number in range(1, volumes + 1)]
    grouped: list[Any] = []
    for number in range(1, groups + 1):
        pair = (2 * number - 1, 2 * number)
        grouped.append(
            {"name": f"bulk{number:04}", "volume_ids": [f"name:bulk{one:04}" for one in pair if one <= volumes]}
        )
    return {"volume": listed, "volume_group": grouped}


def built_in(version: str, seed: Json | None, cluster: str = "") -> Json:
    """The whole seed. A seed file takes the place of the samples; of the other types it replaces those it names, and
    its users and policies are added to the built-in ones. ``cluster`` is the name of the cluster, if it is to have
    another one; its global id follows it.
    """
    base = {**system(version), **rules(), **default_system.built_in(), **default_imports.built_in()}
    extra = samples() if seed is None else seed
    joined = {**base, **extra}
    for kind in ("policy", "users"):
        joined[kind] = [*base[kind], *extra.get(kind, [])]
    joined["settings"] = {**base["settings"], **extra.get("settings", {})}
    if cluster:
        joined["cluster"] = [{**one, "name": cluster, "global_id": f"PS{cluster}"} for one in joined["cluster"]]
    return joined
