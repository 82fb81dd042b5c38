# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The desired import session: check its options before anything is sent, and look up the ids of its names.

Source: PowerStore REST API 4.0, import_session create.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.steps import Request
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.names import near
from ..client import PowerStoreClient
from ..query import one_of
from ..references import in_queries, reference
from ..timestamps import canonical
from .session import SCHEDULE
from .sources import AGENTLESS, NON_DISRUPTIVE, Source, check_importable, find_source, find_system

HOSTS = {"hosts": "host", "host_groups": "host_group"}
MEMBER_HOSTS = {"member_hosts": "hosts", "member_host_groups": "host_groups"}
WIRE = {
    "hosts": "host_ids",
    "host_groups": "host_group_ids",
    "member_hosts": "consistency_group_member_host_ids",
    "member_host_groups": "consistency_group_member_host_group_ids",
}
KINDS = {"policy": ("Protection",), "volume_group": ("Primary", "Clone")}
TITLES = {"policy": "protection policy", "volume_group": "volume group", "host": "host", "host_group": "host group"}


def check_request(desired: Json) -> None:
    """Raise InputError for options that the array would refuse. Change scheduled_timestamp to its canonical form."""
    name = desired.get("name") or ""
    if any(char.isspace() for char in name):
        raise InputError(f"The name of an import session must not contain white space: {name!r}.")
    for option in ("source", "remote_system", "protection_policy", "volume_group", SCHEDULE):
        if desired.get(option) == "":
            raise InputError(f"{option} is empty: give one, or leave the option out.")
    if desired.get(SCHEDULE):
        desired[SCHEDULE] = canonical(desired[SCHEDULE], SCHEDULE)
    given = [option for option in WIRE if desired.get(option)]
    if given and desired.get("type") != AGENTLESS:
        raise InputError(f"{given[0]} is only for imports of type: {AGENTLESS}.", hint="Give the type, too.")
    for option in given:
        inner = MEMBER_HOSTS.get(option)
        names = [name for entry in desired[option] for name in entry[inner]] if inner else desired[option]
        if "" in names:
            raise InputError(f"{option} has an empty entry: give names or ids.")


class ImportRequest:
    """The objects that a task refers to. Each is looked up once.

    desired: the task's options. source: the volume or group to import, None before it is looked up.
    """

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        self.client = client
        self.resource = resource
        self.desired = desired
        self.source: Source | None = None
        self._found: dict[tuple[str, str], Reference] = {}

    def resolve(self, current: Json | None) -> Json:
        """Return the options with ids instead of names, and add the names of referenced objects to ``current``.

        Raise InputError for an object that does not exist. If the session exists, ids are not looked up.
        """
        desired = dict(self.desired)
        if current is None:
            self._resolve_source(desired)
            self._look_up_hosts()
        elif isinstance(desired.get("source"), Reference):
            source = desired["source"] = self._source_of(current, desired["source"])
            same = source.id == current["source_resource_id"]
            current["source"] = {"id": current["source_resource_id"], "name": source.name if same else None}
        for option, type_ in (("protection_policy", "policy"), ("volume_group", "volume_group")):
            ref = desired.get(option)
            if not isinstance(ref, Reference):
                continue
            if current is None or ref.id is None:
                ref = desired[option] = self._one(option, type_, ref)
            if current is not None:
                current_value = current.get(f"{option}_id")
                name = ref.name if current_value == ref.id else None
                current[option] = {"id": current_value, "name": name} if current_value else None
        return desired

    def _resolve_source(self, desired: Json) -> None:
        """Look up the remote system and the source of a new session."""
        if not isinstance(desired.get("remote_system"), Reference):
            return
        if ("remote_system", "") not in self._found:
            system = find_system(self.client, desired["remote_system"])
            self._found["remote_system", ""] = Reference(system["id"], system["name"])
            if isinstance(desired.get("source"), Reference):
                self.source = find_source(self.client, system, desired["source"])
        desired["remote_system"] = self._found["remote_system", ""]
        if self.source is not None:
            desired["source"] = Reference(self.source.id, self.source.name)

    def _source_of(self, current: Json, ref: Reference) -> Reference:
        """Return the source of the task. Look it up only if the task gives neither a UUID nor the session's source."""
        if ref.id is not None or str(ref) == current["source_resource_id"]:
            return Reference(id=str(ref))
        if self.source is None:
            system = current.get("remote_system") or {"name": "?"}
            self.source = find_source(self.client, system, ref, current["source_resource_id"])
        return Reference(self.source.id, self.source.name)

    def _one(self, option: str, type_: str, ref: Reference) -> Reference:
        """Return the object with id and name; raise InputError if there is no object of a fitting kind."""
        key = (type_, str(ref).lower())
        if key not in self._found:
            wanted = {"id": f"eq.{ref.id}"} if ref.id is not None else {"name": f"eq.{ref.name}"}
            rows = self.client.query(type_, {**wanted, "select": "id,name,type"})
            fitting = [row for row in rows if row["type"] in KINDS[type_]]
            if not fitting:
                found = f", but one of type {rows[0]['type']}" if rows else ""
                known = self.client.query(type_, {"type": one_of(KINDS[type_]), "select": "id,name"})
                raise InputError(
                    f"{option}: the array has no {TITLES[type_]} {ref}{found}.",
                    hint=f"{near(str(ref), [row['name'] for row in known])} {UNTOUCHED}".strip(),
                )
            self._found[key] = Reference(fitting[0]["id"], fitting[0]["name"])
        return self._found[key]

    # Hosts are sent only when a session is created, and cannot be read back.

    def _look_up_hosts(self) -> None:
        """Look up all hosts and host groups of the task; raise InputError that names those that do not exist."""
        for option, type_ in HOSTS.items():
            names = list(self.desired.get(option) or ())
            for outer, inner in MEMBER_HOSTS.items():
                if inner == option:
                    names += [name for entry in self.desired.get(outer) or () for name in entry[inner]]
            refs = [reference(name) for name in dict.fromkeys(names)]
            refs = [ref for ref in refs if (type_, str(ref).lower()) not in self._found]
            for part in in_queries(refs):
                self._fill(type_, part)
            missing = [str(ref) for ref in refs if (type_, str(ref).lower()) not in self._found]
            if missing:
                raise InputError(f"No {TITLES[type_]} on the array for: {', '.join(missing)}. {UNTOUCHED}")

    def _fill(self, type_: str, refs: list[Reference]) -> None:
        ids, names = [ref.id for ref in refs if ref.id], [str(ref.name) for ref in refs if ref.id is None]
        parts = [f"id.{one_of(ids)}"] * bool(ids) + [f"name.{one_of(names)}"] * bool(names)
        for row in self.client.query(type_, {"or": f"({','.join(parts)})", "select": "id,name"}):
            for ref in refs:
                if ref.matches(row):
                    self._found[type_, str(ref).lower()] = Reference(row["id"], row["name"])

    def _ids(self, option: str, names: t.Sequence[str]) -> list[str | None]:
        found = [self._found[HOSTS[option], str(reference(name)).lower()].id for name in names]
        return list(dict.fromkeys(found))

    def complete(self, step: Request) -> tuple[Request, list[str]]:
        """Return the request that creates the session, with the ids of the hosts, and warnings.

        Raise InputError with the array's reason if the source cannot be imported.
        """
        warnings = check_importable(self.source, self.desired.get("type") or NON_DISRUPTIVE) if self.source else []
        body = dict(step.body or {})
        for option in HOSTS:
            if self.desired.get(option):
                body[WIRE[option]] = self._ids(option, self.desired[option])
        for option, inner in MEMBER_HOSTS.items():
            if self.desired.get(option):
                body[WIRE[option]] = [
                    {"volume_wwn": entry["volume_wwn"], WIRE[inner]: self._ids(inner, entry[inner])}
                    for entry in self.desired[option]
                ]
        return dataclasses.replace(step, body=body), warnings

    def shown(self) -> Json:
        """Return the hosts as the diff shows them."""
        return {option: self.desired[option] for option in WIRE if self.desired.get(option)}
