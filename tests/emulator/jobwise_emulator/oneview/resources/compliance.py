# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a profile is as its template, and how it is made so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call, copied
from jobwise_emulator.oneview.errors import conflict, invalid
from jobwise_emulator.oneview.resources.connections import complete
from jobwise_emulator.oneview.resources.profile_rules import refuse_on

SECTIONS = ("boot", "bootMode", "bios", "firmware", "localStorage")
OF_CONNECTIONS = ("id", "name", "functionType", "networkUri", "requestedMbps")
ONLINE = ("firmware",)


def aspects(entry: Json) -> Json:
    """What is compared."""
    settings = entry.get("connectionSettings") or {}
    found: Json = {name: entry.get(name) for name in SECTIONS}
    found["connections"] = [
        {name: one.get(name) for name in OF_CONNECTIONS} for one in settings.get("connections") or ()
    ]
    return found


def differences(world: ApplianceState, entry: Json) -> list[str]:
    """The aspects in which a profile differs from its template."""
    template = world.find(entry["serverProfileTemplateUri"]) if entry.get("serverProfileTemplateUri") else None
    if template is None:
        return []
    wanted, have = aspects(template), aspects(entry)
    return [name for name in wanted if not covers(wanted[name], have[name])]


def covers(wanted: Any, have: Any) -> bool:
    """Whether everything that a template says is so."""
    if isinstance(wanted, dict):
        return all(covers(value, (have or {}).get(name)) for name, value in wanted.items())
    if isinstance(wanted, list) and isinstance(have, list):
        return len(wanted) == len(have) and all(covers(a, b) for a, b in zip(wanted, have, strict=True))
    return wanted is None or bool(wanted == have)


def shown(world: ApplianceState, entry: Json, dummy: int) -> Json:
    """A profile with its compliance as it is now."""
    linked = entry.get("serverProfileTemplateUri")
    state = ("NonCompliant" if differences(world, entry) else "Compliant") if linked else "Unknown"
    return {**entry, "templateCompliance": state}


def preview(world: ApplianceState, entry: Json) -> Json:
    """What a PATCH of templateCompliance would do."""
    found = differences(world, entry)
    return {
        "type": "ServerProfileCompliancePreviewV1",
        "isOnlineUpdate": all(name in ONLINE for name in found),
        "automaticUpdates": [f"Change {name} to the values of the template." for name in found],
        "manualUpdates": [],
    }


def patch(call: Call, entry: Json, one: Json) -> Callable[[], None]:
    """Make a profile comply with its template."""
    if one["op"] != "replace" or one.get("value") != "Compliant":
        raise invalid("PATCH_NOT_SUPPORTED", "templateCompliance can only be replaced by Compliant.", None)
    template = call.world.find(entry.get("serverProfileTemplateUri") or "")
    if template is None:
        text = "The profile has no template."
        raise conflict("NO_TEMPLATE", text, None, "Give it a serverProfileTemplateUri.")
    found = differences(call.world, entry)
    if set(found) - set(ONLINE):
        refuse_on(call.world, entry.get("serverHardwareUri"), f"{', '.join(found)} cannot be changed")

    def done() -> None:
        for name in SECTIONS:
            entry[name] = copied(template[name])
        have = {c["id"]: c for c in entry["connectionSettings"]["connections"]}
        entry["connectionSettings"]["connections"] = [
            {**have.get(c["id"], {}), **{name: c.get(name) for name in OF_CONNECTIONS}}
            for c in template["connectionSettings"]["connections"]
        ]
        complete(call.world, entry)

    return done


def template_leaving(world: ApplianceState, entry: Json) -> None:
    """A template that profiles come from stays."""
    names = [one["name"] for one in world.all("server-profiles") if one["serverProfileTemplateUri"] == entry["uri"]]
    if names:
        text = f"{entry['name']} is in use."
        raise conflict("TEMPLATE_IN_USE", text, f"By {', '.join(names)}.", "Give these another template first.")
