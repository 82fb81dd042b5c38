# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Metro: stretch a volume group over two arrays, or end that.

Source: PowerStore REST API 4.0, volume_group, actions configure_metro and end_metro, replication_session.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.rules import Requires, check_rules, in_vain
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from ..client import PowerStoreClient
from .group_base import GROUPS, TYPE, GroupAction, found, meant

SESSION_FIELDS = "id,state,role,remote_system(id,name)"
SELECT = (
    "id,name,type,is_replication_destination,volumes(id),metro_replication_session_id,"
    f"replication_sessions({SESSION_FIELDS})"
)
SESSION = "metro_replication_session"
END_OPTIONS = ("delete_remote_volume_group", "force")
ENDS = tuple(Requires(option, "state", ("absent",), refuses=(True,)) for option in END_OPTIONS)
"""Options for the end of metro. A task with one of them but without ``state: absent`` must not stretch a group."""
STRETCHES = (Requires("remote_appliance_id", "state", ("present",)),)
MATE = "PowerStore"
"""The type of remote system that metro takes."""


class MetroHandler(GroupAction):
    """The metro configuration of one volume group."""

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        check_rules(ENDS, desired)
        self.warnings = tuple(in_vain((*ENDS, *STRETCHES), desired))
        super().__init__(client, desired)
        self.remote_named = meant(desired, "remote_system") if desired.get("remote_system") is not None else None
        self.remote: Json | None = None
        if desired["state"] == "present" and self.remote_named is None:
            raise InputError("Give remote_system, the PowerStore to stretch the volume group to.")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the group with its metro session, or None.

        Raise InputError if the task stretches the group and it or the remote system does not exist.
        """
        group = found(self.rows([self.group_named], SELECT), self.group_named, GROUPS)
        if group is None:
            if self.desired["state"] == "present":
                raise InputError(f"There is no volume group {self.group_named} to stretch.")
            return None
        group[SESSION] = self._session(group)
        if self.desired["state"] == "present" and not group[SESSION] and self.remote is None:
            self.remote = self._read_remote()
        return group

    def _session(self, group: Json) -> Json | None:
        """Return the metro session of the group, or None. Read it only if the group does not list it."""
        sessions: list[Json] = group.pop("replication_sessions") or []
        key = group["metro_replication_session_id"]
        if not key:
            return None
        listed = next((session for session in sessions if session["id"] == key), None)
        return listed or self.client.get("replication_session", key, {"select": SESSION_FIELDS}) or {"id": key}

    def _read_remote(self) -> Json:
        """Return the remote system of the task; raise InputError if it does not exist or is not a PowerStore."""
        systems = self.client.query("remote_system", {"select": "id,name,type"})
        fitting = [system for system in systems if self.remote_named and self.remote_named.matches(system)]
        if not fitting:
            known = ", ".join(sorted(str(system["name"]) for system in systems if system["type"] == MATE)) or "none"
            raise InputError(
                f"remote_system: the array has no remote system {self.remote_named}.",
                hint=f"PowerStores known: {known}.",
            )
        if fitting[0]["type"] != MATE:
            raise InputError(
                f"remote_system: {fitting[0]['name']} is of type {fitting[0]['type']}, but metro needs a {MATE}."
            )
        return fitting[0]

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the start or the end of metro; raise InputError if the group is stretched to a different system."""
        return dataclasses.replace(self._plan(current), warnings=self.warnings)

    def _plan(self, current: Json | None) -> Plan:
        if current is None:
            return Plan()
        session = current[SESSION]
        there: Json = (session or {}).get("remote_system") or {}
        name = there.get("name") or there.get("id") or "an unknown system"
        before: Json = {"volume_group": current["name"], "metro": name if session else None}
        if session is None and self.remote:
            self._check_group(current)
        if session is None:
            return self._stretch(current, before, self.remote) if self.remote else Plan((), before, before)
        if there and self.remote_named and not self.remote_named.matches(there):
            raise InputError(
                f"Volume group {current['name']} is stretched to {name}, not to {self.remote_named}.",
                hint="To stretch it to another system, end metro first with state: absent.",
            )
        return self._end(current, before) if self.desired["state"] == "absent" else Plan((), before, before)

    def _check_group(self, current: Json) -> None:
        """Raise InputError if the array would refuse to stretch the group."""
        if current.get("is_replication_destination"):
            raise InputError(
                f"Volume group {current['name']} is the destination of a replication, so it stays on one array."
            )
        if not current.get("volumes"):
            raise InputError(
                f"Volume group {current['name']} has no members, so there is nothing to stretch.",
                hint="Give it volumes first.",
            )

    def _stretch(self, current: Json, before: Json, remote: Json) -> Plan:
        body = {"remote_system_id": remote["id"]}
        if self.desired.get("remote_appliance_id"):
            body["remote_appliance_id"] = self.desired["remote_appliance_id"]
        summary = f"stretch volume group {current['name']} to {remote['name']}"
        step = Request("configure_metro", "POST", f"{TYPE}/{in_path(current['id'])}/configure_metro", body, summary)
        return Plan((step,), before, {**before, "metro": remote["name"]})

    def _end(self, current: Json, before: Json) -> Plan:
        body = {name: self.desired[name] for name in END_OPTIONS if self.desired.get(name) is not None}
        shown = "".join(f", {name}={str(value).lower()}" for name, value in body.items())
        summary = f"end metro of volume group {current['name']} to {before['metro']}{shown}"
        step = Request("end_metro", "POST", f"{TYPE}/{in_path(current['id'])}/end_metro", body or None, summary)
        return Plan((step,), before, {**before, "metro": None})
