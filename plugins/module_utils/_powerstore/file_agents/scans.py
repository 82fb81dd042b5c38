# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scans of file systems for viruses: start them, or stop them.

A scan ends by itself, and the array does not record it. A run therefore starts each scan once: if it has ended before
the run looks again, it is not started again.

Source: PowerStore REST API 4.0, file_virus_checker (start_scan, stop_scan, scan_status), file_system (access_type).
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.shape import NAME, NUMBER, TEXT, check, each
from ..._engine.text.paths import in_path
from ..._engine.text.words import counted, did_you_mean
from ..client import PowerStoreClient
from ..connection import BASE
from ..handler import PowerStoreHandler
from ..references import reference

TYPE, STATUS, SYSTEMS = "file_virus_checker", "scan_status", "file_systems"
STARTED, STOPPED = "started", "stopped"
START, STOP = "start_scan", "stop_scan"
SCANNING = "Scanning"
MOST = 50
SNAPSHOT = "Snapshot"
PROGRESS = ("directories_scanned", "files_scanned", "files_queued")
SHAPE = {STATUS: each({"file_system_id": NAME, "status": TEXT, **dict.fromkeys(PROGRESS, NUMBER)})}


class ScanHandler(PowerStoreHandler):
    """The scans of file systems of one NAS server. Without file systems, those that run."""

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        self.starts = desired["state"] == STARTED
        self.server, mistakes = reference(desired["nas_server"]), Mistakes()
        names: list[str] = list(dict.fromkeys(desired.get(SYSTEMS) or ()))
        self.wanted = [reference(name) for name in names if name]
        if "" in names:
            mistakes.add(f"{SYSTEMS} has an empty entry: give names or ids of file systems.")
        if not names and (self.starts or desired.get(SYSTEMS) is not None):
            mistakes.add(f"Give {SYSTEMS}: which file systems to scan.")
        if len(names) > MOST:
            mistakes.add(f"{SYSTEMS} has {len(names)} entries, at most {MOST} are allowed.")
        mistakes.refuse()
        super().__init__(client, TYPE, f"scans of NAS server {self.server}")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the virus checker with the scans of the file systems; ``object_id`` is not needed.

        Return None if there is nothing to stop, because there is no virus checker. Raise InputError if scans need one,
        and for a file system that does not exist or cannot be scanned.
        """
        checker = self._checker()
        if checker is None:
            return None
        query = {"nas_server_id": f"eq.{checker['nas_server']['id']}", "select": "id,name,access_type"}
        systems = self.client.query("file_system", query)
        meant = self._meant(systems) if self.wanted else systems
        body: Json = {"file_system_ids": [row["id"] for row in meant]} if self.wanted else {"is_get_all": True}
        answer = self.client.returned(TYPE, checker["id"], STATUS, body)
        check(answer, SHAPE, "POST", f"{BASE}/{TYPE}/{checker['id']}/{STATUS}")
        known = {row["file_system_id"]: row for row in answer.get(STATUS) or ()}
        scans = [{"name": row["name"], **known.get(row["id"], {"file_system_id": row["id"]})} for row in meant]
        shown = [row for row in scans if self.wanted or row.get("status") == SCANNING]
        return {**checker, STATUS: sorted(shown, key=lambda row: str(row["name"]))}

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for scans by a virus checker that is disabled."""
        if current and self.starts and plan.requests and not current["is_enabled"]:
            raise InputError(
                f"The virus checker of NAS server {current['nas_server']['name']} is disabled.",
                hint=f"file_virus_checker enables it with is_enabled: true. {UNTOUCHED}",
            )

    def _checker(self) -> Json | None:
        """Return the virus checker of the NAS server; None if it has none, and the task only stops scans."""
        rows = self.client.query(TYPE, {"select": "id,is_enabled,nas_server(id,name)"})
        found = [row for row in rows if self.server.matches(row["nas_server"])]
        if found:
            return found[0]
        servers = self.client.query("nas_server", {"select": "id,name"})
        if any(self.server.matches(row) for row in servers):
            if not self.starts:
                return None
            raise InputError(
                f"NAS server {self.server} has no virus checker.",
                hint=f"Make one with file_virus_checker first. {UNTOUCHED}",
            )
        raise InputError(
            f"nas_server: the array has no NAS server {self.server}. "
            f"{did_you_mean(str(self.server), [str(row['name']) for row in servers])}".strip(),
            hint=UNTOUCHED,
        )

    def _meant(self, systems: t.Sequence[Json]) -> list[Json]:
        """Return the file systems that the task names."""
        mistakes, found = Mistakes(), []
        for wanted in self.wanted:
            rows = [row for row in systems if wanted.matches(row)]
            if not rows:
                near = did_you_mean(str(wanted), [str(row["name"]) for row in systems])
                mistakes.add(f"{SYSTEMS}: NAS server {self.server} has no file system {wanted}. {near}".strip())
            elif self.starts and rows[0].get("access_type") == SNAPSHOT:
                mistakes.add(f"{SYSTEMS}: {rows[0]['name']} is a read-only snapshot, which cannot be scanned.")
            else:
                found.append(rows[0])
        mistakes.refuse()
        return list({row["id"]: row for row in found}.values())

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan: one request for all scans that do not run yet, or that still run."""
        scans = (current or {}).get(STATUS) or []
        due = [row for row in scans if (row.get("status") == SCANNING) is not self.starts]
        before = {row["name"]: row.get("status") or "Stopped" for row in scans}
        action, words, after = (START, "start", SCANNING) if self.starts else (STOP, "stop", "Stopped")
        if current is None or not due or history.includes(action):
            return Plan((), before, before)
        names = [str(row["name"]) for row in due]
        summary = f"{words} the scan of {counted(names, 'file system')} of NAS server {current['nas_server']['name']}"
        path = f"{TYPE}/{in_path(current['id'])}/{action}"
        step = Request(action, "POST", path, {"file_system_ids": [row["file_system_id"] for row in due]}, summary)
        return Plan((step,), before, {**before, **dict.fromkeys(names, after)})
