# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Metro: stretch a volume or a volume group over two arrays, or end that.

Source: PowerStore REST API 4.0, volume and volume_group, actions configure_metro and end_metro, replication_session.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.options.rules import Requires, check_rules, in_vain
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.names import near
from ..._engine.text.paths import in_path
from ..._engine.text.words import sentence
from ..client import PowerStoreClient
from ..other_array import MATE, METRO, PREFERRED, SESSION_FIELDS, check_destination, other_array
from .family import SNAPSHOT, ActionHandler, Family, meant

SELECT = ("id", "name", "type", METRO)
MEMBERS = "volumes(id)"
"""What shows whether a group has members. The other fields of checks come with the family."""
SESSIONS = f"replication_sessions({SESSION_FIELDS})"
"""Read with the object, since 4.0; on an older array, the session is read on its own."""
SESSION = "metro_replication_session"
STRETCHES = (Requires("remote_appliance_id", "state", ("present",)),)


class MetroHandler(ActionHandler):
    """The metro configuration of one volume or volume group."""

    def __init__(self, client: PowerStoreClient, family: Family, desired: Json) -> None:
        # A task with an option for the end of metro, but without state: absent, must not stretch anything.
        ends = tuple(Requires(option, "state", ("absent",), refuses=(True,)) for option in family.end_options)
        check_rules(ends, desired)
        self.warnings = tuple(in_vain((*ends, *STRETCHES), desired))
        super().__init__(client, family, desired)
        self.remote_named = meant(desired, "remote_system") if desired.get("remote_system") is not None else None
        self.remote: Json | None = None
        if desired["state"] == "present" and self.remote_named is None:
            raise InputError(f"Give remote_system, the PowerStore to stretch the {family.noun} to.")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object with its metro session, or None.

        Raise InputError if the task stretches the object and it or the remote system does not exist.
        """
        reads = (*self.family.reads, MEMBERS) if self.family.one_set_of_names else self.family.reads
        rows = self.rows([self.named], tuple(dict.fromkeys((*SELECT, *reads))), later=SESSIONS)
        current = self.family.find(rows, self.named)
        if current is not None:
            current[SESSION] = self._session(current)
        if self.desired["state"] == "absent" or (current and (current[SESSION] or self.remote)):
            return current
        mistakes = Mistakes()
        if current is None:
            snapshot = self.family.found(rows, self.named, (SNAPSHOT,))
            mistakes.add(
                f"There is no {self.family.noun} {self.named} to stretch.",
                f"{snapshot['name']} is a {self.family.snapshot}, which stays on one array."
                if snapshot
                else self.family.suggested(self.client, self.named, self.desired),
            )
        with mistakes.noted():
            self.remote = self._read_remote()
        if mistakes and current is not None:
            with mistakes.noted():
                self._check_groups(current)
        mistakes.refuse()
        return current

    def _session(self, current: Json) -> Json | None:
        """Return the metro session of the object, or None. Read it only if the object does not list it."""
        sessions: list[Json] = current.pop("replication_sessions", None) or []
        key = current[METRO]
        if not key:
            return None
        listed = next((session for session in sessions if session["id"] == key), None)
        return listed or self.client.get("replication_session", key, {"select": SESSION_FIELDS}) or {"id": key}

    def _read_remote(self) -> Json:
        """Return the remote system of the task; raise InputError if it does not exist or is not a PowerStore."""
        systems = self.client.query("remote_system", {"select": "id,name,type"})
        fitting = [system for system in systems if self.remote_named and self.remote_named.matches(system)]
        if not fitting:
            mates = [system["name"] for system in systems if system["type"] == MATE]
            raise InputError(
                f"remote_system: the array has no remote system {self.remote_named}.",
                hint=near(str(self.remote_named), mates) or f"No remote system is a {MATE}, which metro needs.",
            )
        if fitting[0]["type"] != MATE:
            raise InputError(
                f"remote_system: {fitting[0]['name']} is of type {fitting[0]['type']}, but metro needs a {MATE}."
            )
        return fitting[0]

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the start or the end of metro; raise InputError if the object is stretched to a different system."""
        return dataclasses.replace(self._plan(current), warnings=self.warnings)

    def _plan(self, current: Json | None) -> Plan:
        if current is None:
            return Plan()
        session = current[SESSION]
        there: Json = (session or {}).get("remote_system") or {}
        name = other_array(session) if session else None
        before: Json = {self.family.type: current["name"], "metro": name}
        if session is None:
            return self._stretch(current, before, self.remote) if self.remote else Plan((), before, before)
        if there and self.remote_named and not self.remote_named.matches(there):
            raise InputError(
                f"{sentence(self.family.noun)} {current['name']} is stretched to {name}, not to {self.remote_named}.",
                hint="To stretch it to another system, end metro first with state: absent.",
            )
        return self._end(current, before) if self.desired["state"] == "absent" else Plan((), before, before)

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if the array would refuse to stretch the object, or to end metro on this side."""
        if current is None or not plan.requests:
            return
        self._check_groups(current)
        what = f"{sentence(self.family.noun)} {current['name']}"
        session = current[SESSION]
        if session is None:
            check_destination(self.client, self.family.noun, current, "stretch it")
            if not current.get("volumes") and self.family.one_set_of_names:
                raise InputError(
                    f"{what} has no members, so there is nothing to stretch.", hint="Give it volumes first."
                )
        elif session.get("role", PREFERRED) != PREFERRED and not self.desired.get("force"):
            there = other_array(session)
            raise InputError(
                f"{what} is the other side of metro with {there}, which is the preferred side and ends metro.",
                hint=f"Run the task against {there}. If that array is lost, give force: true here. {UNTOUCHED}",
            )

    def _check_groups(self, current: Json) -> None:
        """Raise InputError for a volume in a group, which keeps it from being stretched or taken back on its own."""
        for group in current.get("volume_groups") or ():
            raise InputError(
                f"{sentence(self.family.noun)} {current['name']} is in volume group {group['name']}, and a group is "
                "stretched, or taken back, only as a whole.",
                hint=f"Use volume_group_metro for {group['name']}, or remove the volume from the group. {UNTOUCHED}",
            )

    def _stretch(self, current: Json, before: Json, remote: Json) -> Plan:
        body = {"remote_system_id": remote["id"]}
        if self.desired.get("remote_appliance_id"):
            body["remote_appliance_id"] = self.desired["remote_appliance_id"]
        summary = f"stretch {self.family.noun} {current['name']} to {remote['name']}"
        return Plan(
            (self._step("configure_metro", current, body, summary),), before, {**before, "metro": remote["name"]}
        )

    def _end(self, current: Json, before: Json) -> Plan:
        body = {name: self.desired[name] for name in self.family.end_options if self.desired.get(name) is not None}
        shown = "".join(f", {name}={str(value).lower()}" for name, value in body.items())
        summary = f"end metro of {self.family.noun} {current['name']} to {before['metro']}{shown}"
        return Plan((self._step("end_metro", current, body or None, summary),), before, {**before, "metro": None})

    def _step(self, action: str, current: Json, body: Json | None, summary: str) -> Request:
        return Request(action, "POST", f"{self.type}/{in_path(current['id'])}/{action}", body, summary)
