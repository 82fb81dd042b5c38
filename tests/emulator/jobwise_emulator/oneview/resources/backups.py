# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""backups: one on the appliance, made by a task, downloaded by the extra hop through its ``downloadUri``.

HPE OneView REST API: a new backup replaces the old one; what was uploaded cannot be downloaded; ``backups/config`` is
the schedule, whose password is never shown.
"""

from __future__ import annotations

import hashlib
import re

from jobwise_emulator import multipart
from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call
from jobwise_emulator.oneview.errors import Refused, conflict, invalid, unreadable
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.tasks import Effect, Work, stamp

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
CONFIG_SHAPE = {
    "enabled": bool,
    "protocol": ("SCP", "SFTP"),
    "remoteServerName": str,
    "remoteServerDir": str,
    "remoteServerPublicKey": str,
    "userName": str,
    "password": str,
    "scheduleInterval": ("NONE", "DAILY", "WEEKLY"),
    "scheduleDays": [DAYS],
    "scheduleTime": str,
}
NEEDED = ("protocol", "remoteServerName", "remoteServerPublicKey", "userName")


def made(world: ApplianceState, entry: Json) -> None:
    """A backup by id: its content and where it can be had."""
    key = entry["uri"].rpartition("/")[2]
    entry["id"] = key
    if "_content" not in entry:
        entry["_content"] = content(key, int(world.settings["backup_bytes"]))
    entry["backupSize"] = len(entry["_content"])
    entry["state"] = None
    if entry["backupType"] != "UPLOADED":
        entry["downloadUri"] = f"/rest/backups/archive/{key}"
        entry["saveUri"] = f"/rest/backups/remotearchive/{key}"


def content(key: str, size: int) -> bytes:
    """Bytes that look like nothing, the same for each backup."""
    block = b"".join(hashlib.sha256(f"{key} {number}".encode()).digest() for number in range(2048))
    return (block * (size // len(block) + 1))[:size]


KIND = Kind(
    path="backups",
    type="BACKUP",
    title="backup",
    key="id",
    required=(),
    writable={},
    shown={
        "id": None,
        "hostName": "oneview01",
        "fullyQualifiedHostName": "oneview01.example.com",
        "backupType": "ON_DEMAND",
        "backupSize": 0,
        "backupStartTime": None,
        "status": "SUCCEEDED",
        "percentComplete": 100,
        "downloadUri": None,
        "saveUri": None,
        "downloadStatus": "NOT_DOWNLOADED",
        "downloadTime": None,
        "downloadUserName": None,
        "userName": None,
        "hardwareModel": "VMware",
        "platformType": "vm",
        "softwareVersion": "11.30.00-0500000",
        "firmwareVersionMajor": "11",
        "firmwareVersionMinor": "30",
        "compatibilityVersion": "11.30",
        "errorKey": None,
        "errorMessage": None,
        "errorParms": None,
        "resolutionKey": None,
        "resolutionMessage": None,
        "resolutionParms": None,
        "taskUri": None,
    },
    collection_type="BACKUPLIST",
    made=made,
)
CONFIG = Kind(
    path="backups/config",
    type="BackupConfig",
    title="backup configuration",
    key="uri",
    required=(),
    writable=CONFIG_SHAPE,
    defaults={
        "enabled": False,
        "protocol": None,
        "remoteServerName": None,
        "remoteServerDir": None,
        "remoteServerPublicKey": None,
        "userName": None,
        "password": None,
        "scheduleInterval": "NONE",
        "scheduleDays": [],
        "scheduleTime": None,
    },
    keeps=("password",),
    view=lambda world, entry, version: {**entry, "password": None},
)


def current(world: ApplianceState) -> Json | None:
    """The backup on the appliance."""
    return next(iter(world.all("backups")), None)


def name_of(now: str) -> str:
    """The id of a backup, from its moment."""
    return "oneview01_backup_" + re.sub(r"[^0-9]+", "-", now[:23])


def create(call: Call) -> Reply:
    """Make a backup. While it runs it is there as IN_PROGRESS; what was there before is gone then."""
    if bodies.decode(call.request) not in (None, {}):
        raise unreadable("A backup takes no attributes.")
    world = call.world
    running = current(world)
    if running and running["status"] in ("IN_PROGRESS", "CANCEL_IN_PROGRESS"):
        text = "A backup is being made already."
        raise conflict("BACKUP_IN_PROGRESS", text, f"It is {running['uri']}.", "Wait until it has ended.")
    key, started = name_of(world.now()), world.now()
    made_one: Json = {}

    def begin() -> None:
        world.objects["backups"] = {}
        facts = {"id": key, "userName": call.user, "backupStartTime": started, "created": started}
        made_one.update(world.add(KIND, {**facts, "status": "IN_PROGRESS", "percentComplete": 0}))
        entry = world.all("backups")[0]
        entry.update(downloadUri=None, saveUri=None, backupSize=0, created=started)

    def finish() -> Json:
        entry = current(world)
        if entry is None or entry["id"] != key:
            begin()
            entry = world.all("backups")[0]
        entry.update(status="SUCCEEDED", percentComplete=100)
        made(world, entry)
        entry["created"] = world.now()
        world.touch(KIND, entry)
        return entry

    def fail() -> None:
        entry = current(world)
        if entry:
            entry.update(status="FAILED", percentComplete=0, errorMessage="The backup failed.")

    def prepare() -> Effect:
        return finish

    work = Work("Create backup", "backups", None, key, prepare, begin=begin, undo=fail)
    reply = call.perform(KIND, "create", work, 201)
    entry = current(world)
    if entry and call.task:
        entry["taskUri"] = call.task.uri
    return reply


def cancel(call: Call) -> Reply:
    """Cancel a backup that is being made."""
    entry = crud.target(call, KIND)
    task = call.world.tasks.all.get(str(entry["taskUri"]).rpartition("/")[2])
    if task is None or task.ended is not None:
        raise conflict("BACKUP_NOT_IN_PROGRESS", "No backup is being made.", None, "There is nothing to cancel.")
    task.work.undo = lambda: entry.update(status="CANCELED")
    call.world.tasks.cancel(task)
    entry["status"] = "CANCEL_IN_PROGRESS"
    return call.shown(KIND, entry)


def download(call: Call) -> Reply:
    """The content of a backup."""
    entry = call.world.get("backups", f"/rest/backups/{call.keys[0]}")
    if not entry["downloadUri"] or entry["status"] != "SUCCEEDED":
        raise conflict("BACKUP_NOT_DOWNLOADABLE", "This backup cannot be downloaded.", entry["status"], "Make another.")
    if call.world.settings["download_redirect"] and not call.flag("direct"):
        return Reply(302, headers={"Location": f"{entry['downloadUri']}?direct=true"})
    entry.update(downloadStatus="DOWNLOAD_REQUESTED", downloadTime=call.world.now(), downloadUserName=call.user)
    headers = {"Content-Disposition": f'attachment; filename="{entry["id"]}.bkp"'}
    return Reply(200, content=entry["_content"], content_type="application/octet-stream", headers=headers)


def upload(call: Call) -> Reply:
    """Put a backup onto the appliance in place of the one that is there."""
    try:
        parts = multipart.parse(call.header("content-type") or "", call.request.body)
    except ValueError as error:
        raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "The media type is not supported.", str(error)) from None
    found = next((part for part in parts if part.name == "file"), None)
    if found is None or not found.content:
        raise invalid("BACKUP_FILE_MISSING", "The form has no part called file.", None, "Send the file.")
    call.world.objects["backups"] = {}
    name = (call.header("uploadfilename") or found.filename or "uploaded").removesuffix(".bkp")
    facts = {"id": name, "backupType": "UPLOADED", "_content": found.content, "userName": call.user}
    return call.shown(KIND, call.world.add(KIND, facts))


def save(call: Call) -> Reply:
    """Save the backup to the remote server of the configuration."""
    entry = call.world.get("backups", f"/rest/backups/{call.keys[0]}")
    config = call.world.all("backups/config")[0]
    if not config["enabled"]:
        raise conflict("BACKUP_REMOTE_NOT_CONFIGURED", "No remote server is configured.", None, "Configure one.")
    work = Work("Save backup", "backups", entry["uri"], entry["id"], lambda: lambda: entry)
    return call.perform(KIND, "save", work, 200)


def config(call: Call) -> Reply:
    """The schedule."""
    return call.shown(CONFIG, call.world.all("backups/config")[0])


def put_config(call: Call) -> Reply:
    """Set the schedule."""
    entry = call.world.all("backups/config")[0]
    body = bodies.parse(call.request, CONFIG.shape, call.world.exists)
    interval = body.get("scheduleInterval") or "NONE"
    if body.get("enabled"):
        missing = [name for name in NEEDED if not body.get(name)]
        if not body.get("password") and not entry["password"]:
            missing.append("password")
        if missing:
            raise invalid("BACKUP_CONFIG_INCOMPLETE", "The remote server is not complete.", f"{missing}", "Give these.")
    if interval != "NONE" and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", body.get("scheduleTime") or ""):
        raise invalid("BACKUP_CONFIG_INVALID_TIME", "scheduleTime must be HH:MM.", body.get("scheduleTime"), "Give it.")
    if (interval == "WEEKLY") is not bool(body.get("scheduleDays")):
        raise invalid("BACKUP_CONFIG_INVALID_DAYS", "scheduleDays belongs to WEEKLY.", None, "Give days, or none.")
    return crud.replace(call, CONFIG, entry, body)


def get(call: Call) -> Reply:
    """One backup, its percentage up to date."""
    entry = crud.target(call, KIND)
    return call.shown(KIND, entry)


def seeded(world: ApplianceState, hours: float) -> None:
    """A backup that was made some hours ago."""
    moment = stamp(world.clock.now() - hours * 3600)
    world.add(KIND, {"id": name_of(moment), "created": moment, "backupStartTime": moment, "userName": "Administrator"})


KINDS = (KIND, CONFIG)
ROUTES: crud.Routes = {
    "backups": {"GET": lambda call: crud.listing(call, KIND), "POST": create},
    "backups/{}": {"GET": get, "DELETE": cancel},
    "backups/archive": {"POST": upload},
    "backups/archive/{}": {"GET": download},
    "backups/remotearchive/{}": {"PUT": save},
    "backups/config": {"GET": config, "PUT": put_config},
}
