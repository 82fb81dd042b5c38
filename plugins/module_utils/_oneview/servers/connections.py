# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connections of a server profile, matched by id or name. Only the attributes that the task gives are compared.

Source: HPE OneView REST API, server-profiles (connectionSettings).
"""

from __future__ import annotations

import re
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.table.whole_list import Whole
from ..directory import Directory

OPTIONS: Json = {
    "id": {"type": "int"},
    "name": {"type": "str"},
    "function_type": {"type": "str", "choices": ["Ethernet", "FibreChannel", "Iscsi"]},
    "network": {"type": "str"},
    "port_id": {"type": "str"},
    "requested_mbps": {"type": "str"},
    "boot_priority": {"type": "str", "choices": ["NotBootable", "Primary", "Secondary"]},
}
WIRE = {
    "id": "id",
    "name": "name",
    "function_type": "functionType",
    "network": "networkUri",
    "port_id": "portId",
    "requested_mbps": "requestedMbps",
}
ETHERNET = ("/rest/ethernet-networks", "/rest/network-sets")
STORAGE = ("/rest/fc-networks", "/rest/fcoe-networks")
FUNCTION = WIRE["function_type"]
STORAGE_FUNCTION = "FibreChannel"
LONGEST_NAME = 63
HINT = "A connection with function_type FibreChannel takes a storage network, any other an Ethernet network or a set."


class Connections(Whole):
    """Matches connections by id, or by name if the task gives no id."""

    def pairs(self, current: t.Any, desired: t.Sequence[Json]) -> list[tuple[Json, Json]]:
        """Return pairs of the current and the desired connection; a new connection has {} as the current one.

        Raises InputError if the task lists a connection twice, once by its id and once by its name.
        """
        found: list[tuple[Json, Json]] = []
        for entry in desired:
            key = "id" if entry.get("id") else "name"
            value = str(entry.get(key)).lower()
            existing: Json = next((row for row in current or () if str(row.get(key)).lower() == value), {})
            if existing and any(row is existing for row, dummy in found):
                raise InputError(
                    f"connections: {existing.get('name')}, which has the id {existing.get('id')}, is listed twice.",
                    hint="Identify it by its id or by its name, and give all its attributes in one entry.",
                )
            found.append((existing, {**entry, key: existing[key]} if existing else entry))
        return found


URI = WIRE["network"]


def wire_connections(connections: t.Sequence[Json], mistakes: Mistakes) -> list[Json]:
    """Return a task's connections as request bodies have them.

    Networks stay as the task gives them, but an empty one becomes None. Notes connections without an id or name,
    duplicates, and invalid values.
    """
    seen = set()
    found = []
    for connection in connections:
        key = (connection.get("id") or "", "" if connection.get("id") else str(connection.get("name") or "").lower())
        label = connection.get("id") or connection.get("name")
        if key == ("", ""):
            mistakes.add("connections: each needs an id or a name, so that later runs can find it.")
        elif key in seen:
            mistakes.add(f"connections: {label} is listed twice.")
        seen.add(key)
        if len(connection.get("name") or "") > LONGEST_NAME:
            mistakes.add(f"connections: the name {label} has more than {LONGEST_NAME} characters.")
        bandwidth = connection.get("requested_mbps")
        if bandwidth is not None and not re.fullmatch(r"[1-9][0-9]*|Auto", bandwidth):
            mistakes.add(f"connections: requested_mbps of {label} takes Mb/s or Auto, not {bandwidth!r}.")
        entry = {wire: connection[name] for name, wire in WIRE.items() if connection.get(name) is not None}
        if entry.get(URI) == "":
            entry[URI] = None
        if connection.get("boot_priority") is not None:
            entry["boot"] = {"priority": connection["boot_priority"]}
        found.append(entry)
    return found


class Networks:
    """Finds the networks of connections: Ethernet networks and network sets, or storage networks."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def find(self, connections: t.Sequence[Json]) -> None:
        """Look up the networks that are given by name; the directory notes an error for unknown ones."""
        for kinds in (ETHERNET, STORAGE):
            names = [
                connection[URI] for connection in connections if _by_name(connection) and _kinds(connection) == kinds
            ]
            self._directory.find_all("connections", names, *kinds, hint=HINT)

    def wrong(self, current: t.Any, connections: t.Sequence[Json]) -> list[InputError]:
        """Return errors for unknown network URIs, and for connections whose function type would change.

        current: the profile's connections. connections: those of the task, as ``wire_connections`` returns them.
        """
        found: list[InputError] = []
        for existing, entry in Connections().pairs(current, connections):
            uri, label = entry.get(URI), entry.get("name") or entry.get("id")
            if uri and uri.startswith("/rest/") and uri != existing.get(URI):
                found += self._directory.check("connections", [uri], *_kinds({**existing, **entry}))
            function, now = entry.get(FUNCTION), existing.get(FUNCTION)
            if function and now and function.lower() != now.lower():
                text = f"connections: the function_type of {label} cannot change from {now} to {function}."
                found.append(InputError(text, hint="Give it to a connection with another name or id."))
        return found

    def resolved(self, connections: t.Sequence[Json]) -> list[Json]:
        """Return the connections with URIs instead of the names of networks."""
        return [
            {**connection, URI: self._uri(connection)} if _by_name(connection) else connection
            for connection in connections
        ]

    def _uri(self, connection: Json) -> str:
        first, *others = _kinds(connection)
        known = self._directory.meant(first, connection[URI], *others)
        return str(known.id) if known else str(connection[URI])


def _by_name(connection: Json) -> bool:
    network = connection.get(URI)
    return bool(network) and not str(network).startswith("/rest/")


def _kinds(connection: Json) -> tuple[str, str]:
    return STORAGE if connection.get(FUNCTION) == STORAGE_FUNCTION else ETHERNET
