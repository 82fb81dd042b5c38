# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots of volumes, below ``storage-volumes/{id}/snapshots``."""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import Call
from jobwise_emulator.oneview.errors import conflict, not_found
from jobwise_emulator.oneview.resources.volumes import VOLUMES, check_name
from jobwise_emulator.oneview.tasks import Effect, Work


def snapshots(call: Call) -> Reply:
    """The snapshots of a volume."""
    rows = crud.target(call, VOLUMES)["_snapshots"]
    return Reply(200, {"type": "SnapshotCollectionV5", "members": rows, "count": len(rows), "total": len(rows)})


def snap(call: Call) -> Reply:
    """Make a snapshot."""
    entry = crud.target(call, VOLUMES)
    body = bodies.parse(call.request, {"type": str, "name": str, "description": str}, call.world.exists)
    check_name(body.get("name"))

    def prepare() -> Effect:
        if any(one["name"] == body["name"] for one in entry["_snapshots"]):
            raise conflict("DUPLICATE_SNAPSHOT_NAME", "There is such a snapshot.", body["name"], "Choose another name.")
        return done

    def done() -> Json:
        number = len(entry["_snapshots"]) + 1
        own = {"uri": f"{entry['snapshotsUri']}/{entry['uri'][-8:]}-{number}", "storageVolumeUri": entry["uri"]}
        made = {"type": "SnapshotV5", "category": "snapshots", "name": body["name"], "created": call.world.now(), **own}
        told: Json = {**made, "description": body.get("description"), "eTag": call.world.now()}
        entry["_snapshots"].append(told)
        return told

    work = Work("Create", "snapshots", None, body["name"], prepare)
    return call.perform(VOLUMES, "snapshot", work, 201)


def snapshot(call: Call) -> Reply:
    """One snapshot, read or deleted."""
    entry = crud.target(call, VOLUMES)
    found: Any = next((one for one in entry["_snapshots"] if one["uri"].endswith(f"/{call.keys[1]}")), None)
    if found is None:
        raise not_found(f"{entry['snapshotsUri']}/{call.keys[1]}")
    if call.request.method == "GET":
        return Reply(200, found, {"ETag": found["eTag"]})
    call.check_version(found, None)
    work = Work("Delete", "snapshots", found["uri"], found["name"], lambda: lambda: entry["_snapshots"].remove(found))
    return call.perform(VOLUMES, "snapshot", work, 204)


ROUTES: crud.Routes = {
    "storage-volumes/{}/snapshots": {"GET": snapshots, "POST": snap},
    "storage-volumes/{}/snapshots/{}": {"GET": snapshot, "DELETE": snapshot},
}
