# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""storage-volume-templates: defaults of volumes, some of them locked; each pool has a root that locks nothing."""

from __future__ import annotations

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call
from jobwise_emulator.oneview.errors import conflict, invalid
from jobwise_emulator.oneview.kinds import Kind


def check_template(call: Call, body: Json, entry: Json | None) -> None:
    """The rules for a template."""
    if entry is None:
        root = call.world.find(body.get("rootTemplateUri") or "")
        if root is None:
            text = "rootTemplateUri names a template that does not exist."
            raise invalid("RESOURCE_NOT_FOUND", text, f"{body.get('rootTemplateUri')}", "Give a root template.")
    for name, rule in (body.get("properties") or {}).items():
        if not isinstance(rule, dict):
            raise invalid(
                "INVALID_TEMPLATE_PROPERTY", f"The property {name} is not valid.", f"{rule!r}", "Give an object."
            )


def template_made(world: ApplianceState, entry: Json) -> None:
    """The pool of a template is the default of its property."""
    entry["storagePoolUri"] = ((entry["properties"] or {}).get("storagePool") or {}).get("default")
    entry["version"] = "1.1"


def template_leaving(dummy: ApplianceState, entry: Json) -> None:
    """Root templates stay."""
    if entry["isRoot"]:
        raise conflict("ROOT_TEMPLATE", "A root template cannot be deleted.", None, "Keep it.")


TEMPLATES = Kind(
    path="storage-volume-templates",
    type="StorageVolumeTemplateV6",
    title="volume template",
    writable={
        "name": str,
        "description": str,
        "properties": dict,
        "rootTemplateUri": "uri:storage-volume-templates",
    },
    defaults={"description": "", "properties": {}, "rootTemplateUri": None},
    shown={
        "version": "1.0",
        "isRoot": False,
        "storagePoolUri": None,
        "family": "StoreServ",
        "compatibleStorageSystemsUri": None,
    },
    fixed=("rootTemplateUri",),
    check=check_template,
    made=template_made,
    changed=lambda world, entry, before: template_made(world, entry),
    leaving=template_leaving,
)


def root_template(world: ApplianceState, system: Json, pool: Json) -> Json:
    """What every managed pool has: a template that locks nothing."""
    types = {"name": "string", "size": "integer", "provisioningType": "string", "isShareable": "boolean"}
    defaults = {"name": "", "size": 1024**3, "provisioningType": "Thin", "isShareable": False}
    rules = {name: {"type": kind, "default": defaults[name], "meta": {"locked": False}} for name, kind in types.items()}
    rules["name"].pop("default")
    rules["storagePool"] = {"type": "string", "default": pool["uri"], "meta": {"locked": False}}
    facts = {"name": f"{system['name']} {pool['name']} root", "properties": rules, "isRoot": True}
    return world.add(TEMPLATES, {**facts, "family": system["family"]})
