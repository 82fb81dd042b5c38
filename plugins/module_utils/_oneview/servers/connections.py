# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connections of a server profile: matched by id or name, and compared in what the task gives of each.

Source: HPE OneView REST API, server-profiles (connectionSettings).
"""

from __future__ import annotations

import re
import typing as t

from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.resource_type import Entries, Json
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
HINT = "With function_type FibreChannel, storage networks are meant, else Ethernet networks and sets."


class Connections(Entries):
    """Connections are the same if they have the same id, or the same name where the task gives no id."""

    def pairs(self, current: t.Any, desired: t.Sequence[Json]) -> list[tuple[Json, Json]]:
        """Return each connection asked for beside the one that is there, {} if none is.

        Raises InputError for one that is asked for twice, by its id and by its name.
        """
        found: list[tuple[Json, Json]] = []
        for entry in desired:
            key = "id" if entry.get("id") else "name"
            asked = str(entry.get(key)).lower()
            there: Json = next((one for one in current or () if str(one.get(key)).lower() == asked), {})
            if there and any(one is there for one, dummy in found):
                raise InputError(
                    f"connections: {there.get('name')}, which has the id {there.get('id')}, is listed twice.",
                    hint="Give either its id or its name, and all that is asked of it in one entry.",
                )
            found.append((there, {**entry, key: there[key]} if there else entry))
        return found


URI = WIRE["network"]


def wire_connections(given: t.Sequence[Json], mistakes: Mistakes) -> list[Json]:
    """Return the connections of a task as bodies carry them, networks still as given, None where one is taken away.

    Notes connections that cannot be told apart, and what no connection has.
    """
    seen = set()
    found = []
    for one in given:
        key = (one.get("id") or "", "" if one.get("id") else str(one.get("name") or "").lower())
        called = one.get("id") or one.get("name")
        if key == ("", ""):
            mistakes.add("connections: each needs an id or a name, by which it is found again.")
        elif key in seen:
            mistakes.add(f"connections: {called} is listed twice.")
        seen.add(key)
        if len(one.get("name") or "") > LONGEST_NAME:
            mistakes.add(f"connections: the name {called} has more than {LONGEST_NAME} characters.")
        bandwidth = one.get("requested_mbps")
        if bandwidth is not None and not re.fullmatch(r"[1-9][0-9]*|Auto", bandwidth):
            mistakes.add(f"connections: requested_mbps of {called} takes Mb/s or Auto, not {bandwidth!r}.")
        entry = {wire: one[name] for name, wire in WIRE.items() if one.get(name) is not None}
        if entry.get(URI) == "":
            entry[URI] = None
        if one.get("boot_priority") is not None:
            entry["boot"] = {"priority": one["boot_priority"]}
        found.append(entry)
    return found


class Networks:
    """Finds the networks that connections lead to: Ethernet networks and sets, or storage networks."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def find(self, connections: t.Sequence[Json]) -> None:
        """Look up the networks that are given by name; the directory notes those that there are not."""
        for kinds in (ETHERNET, STORAGE):
            names = [one[URI] for one in connections if _by_name(one) and _kinds(one) == kinds]
            self._directory.find("connections", names, *kinds, hint=HINT)

    def wrong(self, current: t.Any, connections: t.Sequence[Json]) -> list[InputError]:
        """Return what is wrong with the networks that are going to be written by URI, and with other functions.

        have: the connections that there are. connections: as the task gives them.
        """
        found: list[InputError] = []
        for there, entry in Connections().pairs(current, connections):
            uri, called = entry.get(URI), entry.get("name") or entry.get("id")
            if uri and uri.startswith("/rest/") and uri != there.get(URI):
                found += self._directory.check("connections", [uri], *_kinds({**there, **entry}))
            function, now = entry.get(FUNCTION), there.get(FUNCTION)
            if function and now and function.lower() != now.lower():
                text = f"connections: {called} has the function_type {now} for ever, {function} is asked for."
                found.append(InputError(text, hint="A connection of another name or id can have it."))
        return found

    def resolved(self, connections: t.Sequence[Json]) -> list[Json]:
        """Return the connections with URIs for names."""
        return [{**one, URI: self._uri(one)} if _by_name(one) else one for one in connections]

    def _uri(self, connection: Json) -> str:
        meant = self._directory.meant(_kinds(connection)[0], connection[URI])
        return str(meant.id) if meant else str(connection[URI])


def _by_name(connection: Json) -> bool:
    given = connection.get(URI)
    return bool(given) and not str(given).startswith("/rest/")


def _kinds(connection: Json) -> tuple[str, str]:
    return STORAGE if connection.get(FUNCTION) == STORAGE_FUNCTION else ETHERNET
