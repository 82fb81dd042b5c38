# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups of the Deploy VM: made by a job, downloaded from a place of their own, deleted.

ONTAP Select Deploy REST API v3, /backups. Restoring is not part of the API.
"""

from __future__ import annotations

import hashlib
from functools import partial

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies, reading
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call, done
from jobwise_emulator.ontap_select.errors import Refused, not_found
from jobwise_emulator.ontap_select.jobs import Stage, Work
from jobwise_emulator.ontap_select.routes import Routes

PLACE = "backup_files"


def create(call: Call) -> Reply:
    """Make a backup, encrypted with a password."""
    bodies.only(call.request)
    bodies.parse(call.request, {"password": str}, ("password",))
    entry = call.world.add("backup", {"download_url": None})
    url = call.url(f"{PLACE}/{entry['id']}.bin", "/")
    stages = [Stage("collecting"), Stage("encrypting", partial(entry.update, {"download_url": url}))]
    undo = partial(discard, call.world, entry)
    work = Work("Back up Deploy", ("backup", entry["id"]), stages, "done", undo)
    return call.on_accepted(work, "backup", f"backups/{entry['id']}")


def discard(world: ApplianceState, entry: Json) -> tuple[list[Stage], str]:
    """A backup that failed is not kept."""
    world.remove("backup", entry["id"])
    return [], "No backup was made."


def download(call: Call) -> Reply:
    """The file of a backup: bytes that look encrypted and are the same every time."""
    key = call.keys[0].rpartition(".")[0]
    entry = call.world.get("backup", key)
    if not entry["download_url"]:
        raise not_found("file of backup", key)
    return Reply(200, content=content(call.world, key), content_type="application/octet-stream")


def content(world: ApplianceState, key: str) -> bytes:
    """So many bytes as the settings say."""
    return hashlib.shake_256(key.encode()).digest(int(world.settings["backup_bytes"]))


def delete(call: Call) -> Reply:
    """Delete a backup that is not being made just now."""
    bodies.only(call.request)
    bodies.nothing(call.request)
    entry = call.world.get("backup", call.keys[0])
    if call.world.jobs.busy("backup", entry["id"]):
        raise Refused(409, "The backup is being made.")
    call.world.remove("backup", entry["id"])
    return done()


ROUTES: Routes = {
    "backups": {"GET": reading.listing("backup"), "POST": create},
    "backups/{}": {"GET": reading.reading("backup"), "DELETE": delete},
}
FILES: Routes = {f"{PLACE}/{{}}": {"GET": download}}
