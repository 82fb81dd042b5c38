# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connections of a server profile: matched by id or name, and compared in what the task gives of each.

Source: HPE OneView REST API, server-profiles (connectionSettings).
"""

from __future__ import annotations

import typing as t

from ..engine.errors import InputError, Refused
from ..engine.resource import Entries, Json
from .client import OneViewClient

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


class Connections(Entries):
    """Connections are the same if they have the same id, or the same name where the task gives no id."""

    def pairs(self, have: t.Any, want: t.Sequence[Json]) -> list[tuple[Json, Json]]:
        """Return each connection asked for beside the one that is there, {} if none is.

        Raises InputError for one that is asked for twice, by its id and by its name.
        """
        found: list[tuple[Json, Json]] = []
        for entry in want:
            key = "id" if entry.get("id") else "name"
            asked = str(entry.get(key)).lower()
            there: Json = next((one for one in have or () if str(one.get(key)).lower() == asked), {})
            if there and any(one is there for one, dummy in found):
                raise InputError(
                    f"connections: {there.get('name')}, which has the id {there.get('id')}, is listed twice.",
                    hint="Give either its id or its name, and all that is asked of it in one entry.",
                )
            found.append((there, {**entry, key: there[key]} if there else entry))
        return found


URI = WIRE["network"]


def wire_connections(given: t.Sequence[Json]) -> list[Json]:
    """Return the connections of a task as bodies carry them, networks still as given, None where one is taken away.

    Raises InputError for connections that cannot be told apart.
    """
    seen = set()
    found = []
    for one in given:
        key = (one.get("id") or "", "" if one.get("id") else str(one.get("name") or "").lower())
        if key == ("", ""):
            raise InputError("connections: each needs an id or a name, by which it is found again.")
        if key in seen:
            raise InputError(f"connections: {one.get('id') or one.get('name')} is listed twice.")
        seen.add(key)
        entry = {wire: one[name] for name, wire in WIRE.items() if one.get(name) is not None}
        if entry.get(URI) == "":
            entry[URI] = None
        if one.get("boot_priority") is not None:
            entry["boot"] = {"priority": one["boot_priority"]}
        found.append(entry)
    return found


class Networks:
    """Finds the networks that connections lead to: Ethernet networks and sets, or storage networks."""

    def __init__(self, client: OneViewClient) -> None:
        self._client = client
        self._known: dict[tuple[bool, str], str] = {}

    def find(self, connections: t.Sequence[Json]) -> None:
        """Look up the networks that are given by name; raise InputError that lists all that there are not."""
        missing = []
        for storage, kinds in ((False, ETHERNET), (True, STORAGE)):
            names = [one[URI] for one in connections if _by_name(one) and _is_storage(one) == storage]
            for kind in kinds:
                left = [name for name in dict.fromkeys(names) if (storage, name.lower()) not in self._known]
                for row in self._rows(kind, left):
                    self._known.setdefault((storage, str(row["name"]).lower()), row["uri"])
            missing += [name for name in dict.fromkeys(names) if (storage, name.lower()) not in self._known]
        if missing:
            raise InputError(
                f"connections: the appliance has no network {', '.join(missing)}.",
                hint="With function_type FibreChannel, storage networks are meant, else Ethernet networks and sets.",
            )

    def _rows(self, kind: str, names: list[str]) -> list[Json]:
        if not names:
            return []
        try:
            return self._client.find(kind, "name", names[0]) if len(names) == 1 else self._client.all(kind)
        except Refused as error:
            if error.status == 404:  # an appliance without this kind of networks
                return []
            raise

    def resolved(self, connections: t.Sequence[Json]) -> list[Json]:
        """Return the connections with URIs for names."""
        return [
            {**one, URI: self._known.get((_is_storage(one), one[URI].lower()), one[URI])} if _by_name(one) else one
            for one in connections
        ]


def _by_name(connection: Json) -> bool:
    given = connection.get(URI)
    return bool(given) and not str(given).startswith("/rest/")


def _is_storage(connection: Json) -> bool:
    return connection.get(WIRE["function_type"]) == "FibreChannel"
