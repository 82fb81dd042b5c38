# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""server-hardware with its power, and what it stands in: enclosures, enclosure-groups, server-hardware-types.

HPE OneView REST API: power is a sub-resource of its own whose PUT runs as a task; meanwhile the server shows
PoweringOn, PoweringOff or Resetting. A server with a profile cannot be removed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call
from jobwise_emulator.oneview.errors import Refused, conflict, invalid
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.listing import collection
from jobwise_emulator.oneview.tasks import Effect, Work

CONTROLS = ("MomentaryPress", "PressAndHold", "ColdBoot", "Reset")
ADD = {
    "type": str,
    "hostname": str,
    "username": str,
    "password": str,
    "force": bool,
    "licensingIntent": ("OneView", "OneViewNoiLO", "OneViewStandard", "NotApplicable"),
    "configurationState": ("Managed", "Monitored"),
    "mpHostsAndRanges": [str],
    "initialScopeUris": ["uri:scopes"],
}


def made(dummy: ApplianceState, entry: Json) -> None:
    """What every server has of its own."""
    tail = entry["uri"][-12:].upper()
    entry["serialNumber"] = entry.get("serialNumber") or f"CZ{tail[-8:]}"
    entry["uuid"] = entry.get("uuid") or str(uuid.uuid5(uuid.NAMESPACE_URL, entry["uri"])).upper()
    entry["state"] = entry.get("_state") or "NoProfileApplied"
    host = entry["name"].replace(", bay ", "-bay").replace(" ", "")
    entry["mpHostInfo"] = entry.get("mpHostInfo") or {"mpHostName": f"ilo-{host}", "mpIpAddresses": addresses(tail)}


def addresses(tail: str) -> list[Json]:
    """The addresses of an iLO, the link-local one first. They are made of its server's id, and so always the same."""
    number = int(tail, 16)
    local = f"fe80::{number % 0x10000:x}"
    routed = f"198.51.{number // 256 % 256}.{number % 254 + 1}"
    return [{"address": local, "type": "LinkLocal"}, {"address": routed, "type": "DHCP"}]


def leaving(dummy: ApplianceState, entry: Json) -> None:
    """A server with a profile stays."""
    if entry["serverProfileUri"]:
        text = f"{entry['name']} has a server profile."
        raise conflict("SERVER_HAS_PROFILE", text, entry["serverProfileUri"], "Unassign the server profile first.")


def patch_word(name: str, *words: str) -> Callable[[Call, Json, Json], Callable[[], None]]:
    """The rule of an attribute that a PATCH replaces by one of some words."""

    def rule(dummy: Call, entry: Json, one: Json) -> Callable[[], None]:
        value = str(one.get("value"))
        if one["op"] != "replace" or value not in words:
            raise invalid(
                "PATCH_NOT_SUPPORTED", f"{name} can be replaced by {', '.join(words)}.", str(one.get("value"))
            )
        told = value == "true" if set(words) == {"true", "false"} else value
        return lambda: entry.update({name: told})

    return rule


HARDWARE = Kind(
    path="server-hardware",
    type="server-hardware-13",
    title="server",
    collection_type="server-hardware-list-13",
    names=("Add", "Update", "Remove"),
    writable={"name": str},
    shown={
        "serialNumber": None,
        "uuid": None,
        "model": "ProLiant DL360 Gen10",
        "shortModel": "DL360 Gen10",
        "mpModel": "iLO5",
        "mpHostInfo": None,
        "mpFirmwareVersion": "3.03 Mar 15 2024",
        "mpState": "OK",
        "romVersion": "U32 v3.10 (02/29/2024)",
        "powerState": "Off",
        "powerLock": False,
        "uidState": "Off",
        "oneTimeBoot": "NORMAL",
        "refreshState": "NotRefreshing",
        "position": 0,
        "locationUri": None,
        "serverGroupUri": None,
        "serverHardwareTypeUri": None,
        "serverProfileUri": None,
        "licensingIntent": "OneView",
        "configurationState": "Managed",
        "maintenanceMode": False,
        "memoryMb": 131072,
        "processorCount": 2,
        "processorCoreCount": 16,
        "processorSpeedMhz": 2900,
        "processorType": "Intel(R) Xeon(R) Gold 6226R",
    },
    etag="ms",
    made=made,
    leaving=leaving,
    patches={
        "/uidState": patch_word("uidState", "On", "Off"),
        "/maintenanceMode": patch_word("maintenanceMode", "true", "false"),
        "/oneTimeBoot": patch_word("oneTimeBoot", "NORMAL", "CDROM", "USB", "HDD", "NETWORK"),
        "/mpState": patch_word("mpState", "Reset"),
    },
)
TYPES = Kind(
    path="server-hardware-types",
    type="server-hardware-type-13",
    title="server hardware type",
    writable={"name": str, "description": str},
    shown={"model": "DL360 Gen10", "formFactor": "1U", "adapters": [], "biosSettings": [], "capabilities": []},
)
GROUPS = Kind(
    path="enclosure-groups",
    type="EnclosureGroupV8",
    title="enclosure group",
    exact_names=True,
    writable={
        "name": str,
        "description": str,
        "enclosureCount": int,
        "ipAddressingMode": ("DHCP", "External", "IpPool"),
        "ipRangeUris": [str],
        "powerMode": ("RedundantPowerFeed", "RedundantPowerSupply"),
        "interconnectBayMappings": [
            {"enclosureIndex": int, "interconnectBay": int, "logicalInterconnectGroupUri": str},
        ],
    },
    defaults={
        "description": None,
        "enclosureCount": 1,
        "ipAddressingMode": "External",
        "ipRangeUris": [],
        "powerMode": "RedundantPowerFeed",
        "interconnectBayMappings": [],
    },
    shown={"stackingMode": "Enclosure", "portMappings": [], "associatedLogicalInterconnectGroups": []},
)
ENCLOSURES = Kind(
    path="enclosures",
    type="EnclosureV8",
    title="enclosure",
    writable={"name": str},
    shown={"enclosureGroupUri": None, "enclosureType": "SY12000", "serialNumber": None, "deviceBayCount": 12},
)


def add(call: Call) -> Reply:
    """Take a server into the appliance, by the address of its management processor."""
    body = bodies.parse(call.request, ADD, call.world.exists)
    for name in ("hostname", "username", "password"):
        if not body.get(name):
            raise invalid("MISSING_ATTRIBUTE", f"The attribute {name} is missing.", None, f"Give {name}.")
    kind = call.world.named(TYPES.path, "DL360 Gen10 1") or {"uri": None}
    monitored = body.get("configurationState") == "Monitored"
    facts = {
        "name": body["hostname"],
        "mpHostInfo": {"mpHostName": body["hostname"], "mpIpAddresses": []},
        "serverHardwareTypeUri": kind["uri"],
        "licensingIntent": body.get("licensingIntent") or "OneView",
        "configurationState": body.get("configurationState") or "Managed",
        "initialScopeUris": body.get("initialScopeUris"),
        "_state": "Monitored" if monitored else None,
    }

    def prepare() -> Effect:
        crud.unique(call, HARDWARE, facts, None)
        return lambda: call.world.add(HARDWARE, facts)

    return call.perform(HARDWARE, "create", Work("Add", HARDWARE.path, None, body["hostname"], prepare), 201)


def power(call: Call) -> Reply:
    """Switch a server on or off."""
    entry = crud.target(call, HARDWARE)
    shape = {"powerState": ("On", "Off"), "powerControl": CONTROLS}
    body = bodies.parse(call.request, shape, call.world.exists)
    wanted, control = body.get("powerState"), body.get("powerControl") or "MomentaryPress"
    if not wanted:
        raise invalid("MISSING_ATTRIBUTE", "The attribute powerState is missing.", None, "Give powerState.")
    before = entry["powerState"]
    if control in ("ColdBoot", "Reset") and (wanted != "On" or before != "On"):
        raise conflict(
            "INVALID_POWER_CONTROL", f"{control} needs a server that is on.", f"It is {before}.", "Power on."
        )
    if control == "PressAndHold" and wanted == "On" and before != "On":
        raise invalid("INVALID_POWER_CONTROL", "PressAndHold does not power a server on.", None, "MomentaryPress does.")

    def prepare() -> Effect:
        if entry["powerLock"]:
            raise conflict("POWER_LOCKED", f"The power of {entry['name']} is locked.", None, "Wait until it is free.")
        return done

    def done() -> Json:
        if wanted == "Off" and control == "MomentaryPress" and entry.get("_ignores_press"):
            text = f"{entry['name']} did not power off in time."
            raise Refused(500, "POWER_OFF_TIMEOUT", text, "The operating system ignored it.", ("Use PressAndHold.",))
        show(wanted)
        return entry

    def show(state: str) -> None:
        entry["powerState"] = state
        call.world.touch(HARDWARE, entry)

    meanwhile = "Resetting" if control in ("ColdBoot", "Reset") else f"Powering{wanted}"
    work = Work(f"Power {wanted.lower()}", HARDWARE.path, entry["uri"], entry["name"], prepare)
    if before != wanted or meanwhile == "Resetting":
        work.begin, work.undo = (lambda: show(meanwhile)), (lambda: show(before))
    return call.perform(HARDWARE, "power", work, 200)


def refresh(call: Call) -> Reply:
    """Read a server anew."""
    entry = crud.target(call, HARDWARE)
    body = bodies.parse(call.request, {**HARDWARE.shape, "refreshState": ("RefreshPending",)}, call.world.exists)
    if body.get("refreshState") is None:
        raise invalid("MISSING_ATTRIBUTE", "The attribute refreshState is missing.", None, "Give RefreshPending.")

    def turn(state: str) -> Json:
        entry["refreshState"] = state
        call.world.touch(HARDWARE, entry)
        return entry

    work = Work("Refresh", HARDWARE.path, entry["uri"], entry["name"], lambda: lambda: turn("NotRefreshing"))
    work.begin, work.undo = (lambda: turn("Refreshing")), (lambda: turn("RefreshFailed"))
    return call.perform(HARDWARE, "refresh", work, 200)


def part(name: str, body: Json) -> crud.Handler:
    """A sub-resource that is only looked at."""

    def answer(call: Call) -> Reply:
        entry = crud.target(call, HARDWARE)
        return Reply(200, {**body, "uri": f"{entry['uri']}/{name}", "serverUuid": entry["uuid"]})

    return answer


def all_firmware(call: Call) -> Reply:
    """What ``server-hardware/{id}/firmware`` says, of every server."""
    members = [
        {**FIRMWARE, "uri": f"{one['uri']}/firmware", "serverName": one["name"], "serverHardwareUri": one["uri"]}
        for one in call.world.all(HARDWARE.path)
    ]
    name = "server-hardware-firmware-list-1"
    return Reply(200, collection(call.request, members, call.world.settings, name, HARDWARE.category))


FIRMWARE: Json = {"type": "server-hardware-firmware-1", "components": []}
_TYPES = crud.routes(TYPES)
_TYPES[TYPES.path].pop("POST")
_TYPES[f"{TYPES.path}/{{}}"] = {verb: _TYPES[f"{TYPES.path}/{{}}"][verb] for verb in ("GET", "PUT")}
_ROUTES = crud.routes(HARDWARE)
_ROUTES[HARDWARE.path]["POST"] = add
_ROUTES[f"{HARDWARE.path}/{{}}"].pop("PUT")
ROUTES: crud.Routes = {
    **_TYPES,
    **_ROUTES,
    "server-hardware/{}/powerState": {"PUT": power},
    "server-hardware/{}/refreshState": {"PUT": refresh},
    "server-hardware/{}/bios": {"GET": part("bios", {"biosVersion": "U32", "currentSettings": []})},
    "server-hardware/{}/firmware": {"GET": part("firmware", FIRMWARE)},
    "server-hardware/*/firmware": {"GET": all_firmware},
    "server-hardware/{}/environmentalConfiguration": {"GET": part("environmentalConfiguration", {"rackId": None})},
}
