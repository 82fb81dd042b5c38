# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stand-ins: objects that a document only refers to, because it does not describe them.

A gathered document leaves out what somebody else manages. A stand-in of a type that the document has is therefore
managed by somebody else as well, so that gathering the twin gives the same document. A stand-in of a type that the
document lacks is an ordinary object.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.twin.options import Reference

GIB = 1024**3
USUAL: dict[str, Json] = {
    "volume": {"size": GIB},
    "host": {"os_type": "Linux"},
    "snapshot_rule": {"interval": "One_Day", "desired_retention": 24, "managed_by": "User"},
    "replication_rule": {"rpo": "One_Hour", "managed_by": "User"},
    "policy": {"managed_by": "User"},
    "io_limit_rule": {"type": "Absolute", "max_iops": 10000},
    "file_io_limit_rule": {"max_bw": 10000},
    "file_system": {"filesystem_type": "Primary", "size_total": 3 * GIB},
    "remote_system": {"type": "PowerStore", "management_address": "192.0.2.200", "data_network_latency": "Low"},
    "appliance": {"model": "PowerStore 1200T", "mode": "Unified", "node_count": 2},
}
"""What a stand-in has beside its name."""

NAMED_BY = {"ldap_domain": "domain_name"}
"""The attribute that holds what people call an object, where that is not ``name``."""

ELSEWHERE: dict[str, Json] = {
    "volume": {"is_replication_destination": True},
    "host": {"type": "Internal"},
    "snapshot_rule": {"is_replica": True},
    "replication_rule": {"is_replica": True},
    "policy": {"managed_by": "Metro"},
    "io_limit_rule": {"max_iops": None},
}
"""What shows that somebody else than the user of the document manages an object."""


def made(kind: str, key: str, wanted: Reference, is_described: bool, policy_type: str) -> list[Json]:
    """The stand-ins for one object. ``is_described``: whether the document has objects of the type.

    A document refers by id to objects whose names do not lead to them, which are several with one name.
    """
    name = NAMED_BY.get(kind, "name")
    entry: Json = {"id": key, **USUAL.get(kind, {}), **(ELSEWHERE.get(kind, {}) if is_described else {})}
    if policy_type:
        entry["type"] = policy_type
    if not wanted.is_id:
        return [{**entry, name: wanted.text}]
    return [{**entry, "id": one, name: f"known by its id {key}"} for one in (key, f"{key}-2")]
