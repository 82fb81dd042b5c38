# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which objects of an appliance a task has changed beside its own."""

from __future__ import annotations

import json
import typing as t

from tests.faults.cuts.appliance import LocalAppliance
from tests.faults.cuts.written import accepted_writes, steady
from tests.writes import is_write

ANY, NEW, GONE = "any", "new", "gone"

DEPENDENTS: dict[str, dict[str, str | frozenset[str]]] = {
    "ethernet-networks": {"connection-templates": ANY},
    "fc-networks": {"connection-templates": ANY},
    "network-sets": {"connection-templates": ANY},
    "scopes": {"*": frozenset({"_scope_uris"})},
    "server-profiles": {"server-hardware": frozenset({"serverProfileUri", "state", "powerState"})},
    "storage-systems": {"storage-pools": ANY, "storage-volume-templates": ANY},
    "storage-volumes": {
        "storage-pools": frozenset({"allocatedCapacity", "freeCapacity"}),
        "storage-systems": frozenset({"_volumes"}),
    },
    "clusters": {"node": ANY, "node_network": ANY, "node_storage_pool": ANY},
    "attach": {"host_volume_mapping": NEW},
    "detach": {"host_volume_mapping": GONE},
    **{kind: {kind: frozenset({"requested_speed", "current_speed"})} for kind in ("eth_port", "fc_port")},
    "file_tree_quota": {"file_system": frozenset({"is_quota_enabled"})},
    "host_group": {"host": frozenset({"host_group_id", "host_connectivity"})},
    "physical_switch": {"physical_switch_connection": ANY},
    "volume": {"host_volume_mapping": NEW, "volume_group": frozenset({"@volumes"})},
    "volume_group": {"volume": GONE},
    "snapshot": {"volume_group": NEW, "volume": NEW, "file_system": NEW},
    "clone": {"volume_group": NEW, "volume": NEW, "file_system": NEW, "nas_server": NEW},
}
"""What the appliance itself changes when a request's path has this part: by type of object ("*" for any type), the
attributes, or whether objects come (new), go (gone), or both and change in any way."""

LOGS = {"event"}
"""Types of objects in which the appliance keeps a record of all requests."""

Places = t.Dict[t.Tuple[str, str], str]


class Snapshot:
    """All objects of an appliance at one moment, to be compared with those of a later one."""

    def __init__(self, appliance: LocalAppliance) -> None:
        self.appliance = appliance
        self.begin = len(appliance.requests())
        self.rows = self.now()

    def now(self) -> Places:
        """Return every object as a line, by type and id."""
        return {
            (kind, key): json.dumps(steady(row), sort_keys=True, default=repr)
            for kind, rows in self.appliance.objects().items()
            for key, row in rows.items()
        }

    def writes(self) -> list[str]:
        """Return the writes that the appliance has accepted since then."""
        return accepted_writes(self.appliance, self.begin)

    def others_touched(self) -> t.Iterator[str]:
        """Yield the objects that have changed since then though no request was about them or their owners."""
        after = self.now()
        places = {place for place in {*self.rows, *after} if place[0] not in LOGS}
        changed = [place for place in places if self.rows.get(place) != after.get(place)]
        writes = [one for one in self.appliance.requests()[self.begin :] if is_write(one["method"], one["path"])]
        for kind, key in sorted(changed):
            change = Change(kind, key, self.rows.get((kind, key)), after.get((kind, key)))
            if not any(change.belongs_to(one["path"], one["request"]) for one in writes):
                yield f"{kind} {key} was touched: {', '.join(change.names)}"


class Change:
    """What has become of one object. before, after: its lines, None if it was or is not there."""

    def __init__(self, kind: str, key: str, before: str | None, after: str | None) -> None:
        self.kind, self.key, self.before, self.after = kind, key.rpartition("/")[2], before, after
        ours, theirs = json.loads(before or "{}"), json.loads(after or "{}")
        self.names = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]

    def belongs_to(self, path: str, body: t.Any) -> bool:
        """Return whether a request may have caused the change."""
        parts = path.strip("/").split("/")
        if parts[-1] in (self.kind, f"{self.kind}s"):  # a create, or a change of an object that the body names
            return self.before is None or self.key in json.dumps(body)
        if self.key in parts:
            return True
        found = [DEPENDENTS[part] for part in parts if part in DEPENDENTS]
        return any(self.is_allowed(known.get(self.kind, known.get("*", frozenset()))) for known in found)

    def is_allowed(self, allowed: str | frozenset[str]) -> bool:
        if isinstance(allowed, frozenset):
            return allowed.issuperset(self.names)
        return {ANY: True, NEW: self.before is None, GONE: self.after is None}[allowed]
