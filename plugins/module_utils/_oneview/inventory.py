# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The servers of a OneView as hosts of an inventory: each hardware with its profile, or each profile with its hardware.

Source: HPE OneView REST API, server-hardware, server-profiles, scopes and index/resources. The index has the names of
all resources and their scopes, so a handful of requests is enough for any number of servers.
"""

from __future__ import annotations

import ipaddress
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.text.names import spelled
from .._engine.text.words import and_so_on, did_you_mean
from .client import OneViewClient
from .info_query import InfoQuery

HARDWARE, PROFILES = "hardware", "profiles"
HARDWARE_PATH, PROFILES_PATH, SCOPES = "server-hardware", "server-profiles", "/rest/scopes"
INDEX = "/rest/index/resources"
INDEXED = (
    HARDWARE_PATH,
    PROFILES_PATH,
    "server-profile-templates",
    "server-hardware-types",
    "enclosures",
    "enclosure-groups",
)
"""The categories whose names and scopes the hosts need."""
FIRST_WITH_SCOPES = 300
"""The first API version that knows scopes."""
WHOLE = {"ids": None, "names": None, "fields": None, "order": None, "limit": None}

PLAIN_HARDWARE = {
    "serial_number": "serialNumber",
    "uuid": "uuid",
    "model": "model",
    "short_model": "shortModel",
    "power": "powerState",
    "state": "state",
    "status": "status",
    "bay": "position",
    "memory_mb": "memoryMb",
    "maintenance_mode": "maintenanceMode",
    "rom_version": "romVersion",
    "licensing": "licensingIntent",
    "ilo_model": "mpModel",
    "ilo_firmware": "mpFirmwareVersion",
}
NAMED_IN_HARDWARE = {
    "hardware_type": "serverHardwareTypeUri",
    "enclosure": "locationUri",
    "enclosure_group": "serverGroupUri",
}
PLAIN_PROFILE = {
    "profile_description": "description",
    "profile_state": "state",
    "profile_status": "status",
    "template_compliance": "templateCompliance",
}


def hosts(client: OneViewClient, params: t.Mapping[str, t.Any]) -> list[Json]:
    """Return the variables of each host, without their prefix.

    params: ``hosts`` says what is a host, ``hardware`` or ``profiles``; ``filters`` and ``scopes`` choose among these.
    Raises InputError for a scope that does not exist.
    """
    by_profile = params["hosts"] == PROFILES
    chosen, others = (PROFILES_PATH, HARDWARE_PATH) if by_profile else (HARDWARE_PATH, PROFILES_PATH)
    rows, dummy = InfoQuery.of({**WHOLE, "type": chosen, "filters": params["filters"]}).ask(client)
    partners = {str(row["uri"]): row for row in client.all(f"/rest/{others}")}
    index = {str(row["uri"]): row for row in client.all(INDEX, [("category", name) for name in INDEXED])}
    scopes = _scopes(client)
    wanted = _wanted(params["scopes"], scopes)
    scope_names = {str(row["uri"]): str(row["name"]) for row in scopes}
    found = []
    for row in rows:
        partner = partners.get(str(row.get("serverHardwareUri" if by_profile else "serverProfileUri")))
        uris = (index.get(str(row["uri"])) or {}).get("scopeUris") or ()
        if wanted is not None and not wanted & set(uris):
            continue
        hardware, profile = (partner, row) if by_profile else (row, partner)
        names = sorted(scope_names[uri] for uri in uris if uri in scope_names)
        found.append({"name": row["name"], "uri": row["uri"], "scopes": names, **_variables(hardware, profile, index)})
    return found


def _variables(hardware: Json | None, profile: Json | None, index: t.Mapping[str, Json]) -> Json:
    def name_of(row: Json, attribute: str) -> str | None:
        return (index.get(str(row.get(attribute))) or {}).get("name")

    server, settings = hardware or {}, profile or {}
    return {
        "hardware": server.get("name"),
        "hardware_uri": server.get("uri"),
        **{name: server.get(attribute) for name, attribute in PLAIN_HARDWARE.items()},
        **{name: name_of(server, attribute) for name, attribute in NAMED_IN_HARDWARE.items()},
        **_ilo(server.get("mpHostInfo") or {}),
        "profile": settings.get("name"),
        "profile_uri": settings.get("uri"),
        **{name: settings.get(attribute) for name, attribute in PLAIN_PROFILE.items()},
        "template": name_of(settings, "serverProfileTemplateUri"),
    }


def _ilo(info: Json) -> Json:
    addresses = [str(one.get("address")) for one in info.get("mpIpAddresses") or () if one.get("address")]
    usable = sorted((one for one in map(_parsed, addresses) if one is not None), key=lambda one: one.version)
    return {
        "ilo_name": info.get("mpHostName"),
        "ilo_address": str(usable[0]) if usable else info.get("mpHostName"),
        "ilo_addresses": addresses,
    }


def _parsed(address: str) -> t.Union[ipaddress.IPv4Address, ipaddress.IPv6Address, None]:
    """Return an address that other networks can reach, None for one that they cannot, and for anything else."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    return None if parsed.is_link_local or parsed.is_unspecified else parsed


def _scopes(client: OneViewClient) -> list[Json]:
    """Return all scopes."""
    return client.all(SCOPES) if client.api_version >= FIRST_WITH_SCOPES else []


def _wanted(names: t.Sequence[str] | None, scopes: t.Sequence[Json]) -> set[str] | None:
    """Return the URIs of the scopes with these names, None if none are given."""
    if names is None:
        return None
    found = {name: spelled(scopes, name) for name in names}
    unknown = [name for name, rows in found.items() if not rows]
    if unknown:
        known = sorted(str(row["name"]) for row in scopes)
        hint = did_you_mean(unknown[0], known) or (f"It has {and_so_on(known)}." if known else "It has none.")
        raise InputError(f"scopes: the appliance has no scope {and_so_on(unknown)}.", hint=hint)
    return {str(row["uri"]) for rows in found.values() for row in rows}
