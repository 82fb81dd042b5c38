# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What profiles and templates must not be.

HPE OneView REST API: "some attributes cannot be changed while the server hardware is powered on"; a server has one
profile; its type is the profile's.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call
from jobwise_emulator.oneview.errors import conflict, invalid
from jobwise_emulator.oneview.resources import connections

WHILE_ON = ("name", "description", "affinity", "serverProfileTemplateUri", "firmware", "hideUnusedFlexNics")
"""What can be changed while the server is on."""

COMPARED = (
    *("serverHardwareUri", "serverHardwareTypeUri", "connectionSettings", "boot", "bootMode", "bios", "localStorage"),
    *("sanStorage", "serialNumberType", "macType", "wwnType"),
)


def is_on(world: ApplianceState, uri: str | None) -> bool:
    """Whether there is such a server, and it is not off."""
    server = world.find(uri) if uri else None
    return server is not None and server["powerState"] != "Off"


def refuse_on(world: ApplianceState, uri: str | None, doing: str) -> None:
    """409 while a server is not off."""
    if is_on(world, uri):
        server = world.find(uri or "") or {}
        raise conflict(
            "ServerPoweredOn",
            "Some server profile attributes cannot be changed while the server hardware is powered on.",
            f"{server.get('name')} is {server.get('powerState')}: {doing}.",
            "Power off the server hardware, then try again.",
        )


def check(call: Call, body: Json, entry: Json | None) -> None:
    """The rules for a profile's POST and PUT."""
    world = call.world
    check_settings(world, body)
    has, had = body.get("serverHardwareUri"), (entry or {}).get("serverHardwareUri")
    if not has and body.get("enclosureUri") and entry is not None and had:
        text = "A profile without a server has no enclosure and no bay."
        raise invalid("ENCLOSURE_WITHOUT_SERVER", text, None, "Leave enclosureUri and enclosureBay out.")
    server = world.find(has) if has else None
    if server:
        if server["serverProfileUri"] not in (None, (entry or {}).get("uri")):
            other = world.find(server["serverProfileUri"]) or {"name": "another profile"}
            text = f"{server['name']} has a server profile already."
            raise conflict("SERVER_HAS_PROFILE", text, f"It is {other['name']}.", "Choose another server.")
        if server["state"] == "Monitored":
            raise conflict("SERVER_MONITORED", f"{server['name']} is only monitored.", None, "Choose another server.")
        wanted = body.get("serverHardwareTypeUri")
        if wanted and wanted != server["serverHardwareTypeUri"]:
            text = "The server is of another hardware type than the profile."
            raise invalid(
                "SERVER_HARDWARE_TYPE_MISMATCH", text, server["serverHardwareTypeUri"], "Choose another server."
            )
    if has != had:
        refuse_on(world, has, "it cannot be assigned")
        refuse_on(world, had, "it cannot be unassigned")
    elif entry is not None and has:
        different = [name for name in COMPARED if differs(body.get(name), entry.get(name), name in body)]
        if different:
            refuse_on(world, has, f"{', '.join(different)} cannot be changed")


def differs(new: object, old: object, given: bool) -> bool:
    """Whether a PUT would change an attribute; what it leaves out of a structure does not count."""
    if not given:
        return bool(old) and not isinstance(old, str | dict)
    if isinstance(new, dict) and isinstance(old, dict):
        return any(differs(value, old.get(name), True) for name, value in new.items() if name != "reapplyState")
    if isinstance(new, list) and isinstance(old, list):
        return len(new) != len(old) or any(differs(a, b, True) for a, b in zip(new, old, strict=True))
    return new != old and new is not None


def check_settings(world: ApplianceState, body: Json) -> None:
    """What templates and profiles have in common."""
    connections.check(world, (body.get("connectionSettings") or {}).get("connections") or [])
    order = (body.get("boot") or {}).get("order") or []
    known = ("CD", "Floppy", "USB", "HardDisk", "FibreChannelHba", "PXE")
    if len(set(order)) != len(order) or set(order) - set(known):
        raise invalid(
            "INVALID_BOOT_ORDER", "The boot order is not valid.", f"{order}", f"Use {', '.join(known)}, once."
        )
    ids = [one.get("id") for one in (body.get("bios") or {}).get("overriddenSettings") or []]
    if len(set(ids)) != len(ids):
        raise invalid("DUPLICATE_BIOS_SETTING", "A BIOS setting is listed twice.", f"{ids}", "List each once.")


def check_template(call: Call, body: Json, dummy: Json | None) -> None:
    """The rules for a template."""
    check_settings(call.world, body)


def leaving(world: ApplianceState, entry: Json) -> None:
    """A profile whose server is on stays."""
    refuse_on(world, entry.get("serverHardwareUri"), "the profile cannot be deleted")
