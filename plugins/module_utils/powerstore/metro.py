# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A volume group that is stretched over two arrays, or taken back to one.

Source: PowerStore REST API 4.0, volume_group, actions configure_metro and end_metro, replication_session.
"""

from __future__ import annotations

from ..engine.errors import InputError
from ..engine.plan import Plan, Step
from ..engine.resource import Json
from .client import PowerStoreClient
from .group_actions import GROUPS, TYPE, GroupAction, found, meant

SELECT = "id,name,type,metro_replication_session_id,replication_sessions(id,state,role,remote_system_id)"
SESSION = "metro_replication_session"
END_OPTIONS = ("delete_remote_volume_group", "force")


class MetroSubject(GroupAction):
    """The metro configuration of one volume group."""

    def __init__(self, client: PowerStoreClient, want: Json) -> None:
        super().__init__(client, want)
        self.remote_named = meant(want, "remote_system") if want.get("remote_system") is not None else None
        self.remote: Json | None = None
        if want["state"] == "present" and self.remote_named is None:
            raise InputError("Give remote_system, the PowerStore to stretch the volume group to.")

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the group with its metro session, or None; the remote system is read only if its name is needed."""
        group = found(self.rows([self.group_named], SELECT), self.group_named, GROUPS)
        if group is None:
            if self.want["state"] == "present":
                raise InputError(f"There is no volume group {self.group_named} to stretch.")
            return None
        sessions = group.pop("replication_sessions") or []
        key = group["metro_replication_session_id"]
        group[SESSION] = next((one for one in sessions if one["id"] == key), {"id": key}) if key else None
        if self.want["state"] == "present" and self.remote is None and not self._stretched_to(group):
            self.remote = self._read_remote()
        return group

    def _stretched_to(self, group: Json) -> bool:
        """Tell whether the group is stretched to the system that the task names by its id."""
        session, named = group[SESSION], self.remote_named
        return bool(session and named and named.id is not None and session.get("remote_system_id") == named.id)

    def _read_remote(self) -> Json:
        systems = self.client.query("remote_system", {"select": "id,name,type"})
        fitting = [one for one in systems if self.remote_named and self.remote_named.matches(one)]
        mates = sorted(str(one["name"]) for one in systems if one["type"] == "PowerStore")
        if not fitting:
            known = ", ".join(mates) or "none"
            raise InputError(
                f"remote_system: the array has no remote system {self.remote_named}.",
                hint=f"PowerStores known: {known}.",
            )
        if fitting[0]["type"] != "PowerStore":
            raise InputError(
                f"remote_system: {fitting[0]['name']} is of type {fitting[0]['type']}, metro takes a PowerStore."
            )
        return fitting[0]

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done."""
        if have is None:
            return Plan()
        session = have[SESSION]
        before: Json = {"volume_group": have["name"], "metro": self._shown(session)}
        if self.want["state"] == "absent":
            return self._end(have, before) if session else Plan((), before, before)
        remote_id = self.remote["id"] if self.remote else session["remote_system_id"]
        if session:
            there = session.get("remote_system_id")
            if there not in (None, remote_id):
                raise InputError(
                    f"Volume group {have['name']} is stretched to {there}, not to {self.remote_named}.",
                    hint="End that first, with state: absent.",
                )
            return Plan((), before, before)
        body = {"remote_system_id": remote_id}
        if self.want.get("remote_appliance_id"):
            body["remote_appliance_id"] = self.want["remote_appliance_id"]
        says = f"stretch volume group {have['name']} to {self.remote_named}"
        step = Step("configure_metro", "POST", f"{TYPE}/{have['id']}/configure_metro", body, says)
        return Plan((step,), before, {**before, "metro": str(self.remote_named)})

    def _shown(self, session: Json | None) -> str | None:
        if session is None:
            return None
        key = session.get("remote_system_id")
        if self.remote and self.remote["id"] == key:
            return str(self.remote_named)
        return str(key)

    def _end(self, have: Json, before: Json) -> Plan:
        body = {name: self.want[name] for name in END_OPTIONS if self.want.get(name) is not None}
        said = "".join(f", {name}={str(value).lower()}" for name, value in body.items())
        says = f"end metro of volume group {have['name']}{said}"
        step = Step("end_metro", "POST", f"{TYPE}/{have['id']}/end_metro", body or None, says)
        return Plan((step,), before, {**before, "metro": None})
