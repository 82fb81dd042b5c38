# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What OneView's answers must look like: what is read of each kind of resource, and what a resource table says of it.

Source: HP OneView REST API Reference and HPE OneView REST API. Whole resources are read, and only what is used of them
is looked at.
"""

from __future__ import annotations

import dataclasses
import typing as t
from urllib.parse import unquote

from .._engine.resource_type import Attribute, ResourceType, exact, text
from .._engine.shape import (
    ANY,
    FLAG,
    LIST,
    NAME,
    NUMBER,
    OBJECT,
    SCALAR,
    TEXT,
    TEXTS,
    Kind,
    Shape,
    each,
    needed,
    one,
)


def _leads_somewhere(uri: str) -> bool:
    return not uri or (uri.startswith("/") and not set(unquote(uri)[1:].split("/")) & {"", ".", ".."})


URI = Kind("a URI", (str,), valid=_leads_somewhere)
OWN_URI = needed(URI)
ROW: Shape = {"uri": OWN_URI, "name": NAME, "eTag": TEXT}
LOOSE: Shape = {"uri": URI, "name": TEXT, "eTag": TEXT}
DETAILS = Kind("an object or a list", (dict, list), items=OBJECT)
ROLE = Kind("a text or an object", (str, dict), inner={"roleName": TEXT, "scopeUri": TEXT})
TASK: Shape = {
    **dict.fromkeys(("name", "taskState", "owner", "created", "category"), TEXT),
    **dict.fromkeys(("percentComplete", "computedPercentComplete"), NUMBER),
    "uri": URI,
    "associatedResource": one(resourceUri=TEXT, resourceName=TEXT),
    "progressUpdates": LIST,
}

# Path of a collection to the shape of its members; the longest that a URI begins with counts, LOOSE if none does.
SHAPES: t.Mapping[str, Shape] = {
    **{
        f"/rest/{kind}": ROW
        for kind in (
            *("enclosure-groups", "ethernet-networks", "fc-networks", "fcoe-networks", "network-sets", "scopes"),
            *("server-hardware-types", "server-profiles", "server-profile-templates", "storage-volumes"),
        )
    },
    "/rest/appliance": LOOSE,
    "/rest/appliance/trap-destinations": {**LOOSE, "destination": TEXT},
    "/rest/backups": {"uri": OWN_URI, **dict.fromkeys(("id", "status", "created", "backupType"), TEXT)},
    "/rest/backups/config": LOOSE,
    "/rest/certificates": {**LOOSE, "certificateDetails": DETAILS},
    "/rest/connection-templates": {
        **LOOSE,
        "uri": OWN_URI,
        "bandwidth": one(typicalBandwidth=NUMBER, maximumBandwidth=NUMBER),
    },
    "/rest/index": {"uri": OWN_URI, "name": TEXT, "category": TEXT},
    "/rest/roles": {"roleName": TEXT, "name": TEXT},
    "/rest/server-hardware": {
        **ROW,
        **dict.fromkeys(("serverHardwareTypeUri", "serverGroupUri", "serverProfileUri"), URI),
        "powerState": TEXT,
        "powerLock": FLAG,
    },
    "/rest/storage-pools": {**ROW, "storageSystemUri": URI},
    "/rest/storage-systems": {**LOOSE, "uri": OWN_URI, "hostname": NAME, "ports": each({"name": NAME})},
    "/rest/storage-volume-templates": {**LOOSE, "uri": OWN_URI, "isRoot": FLAG, "storagePoolUri": URI},
    "/rest/tasks": TASK,
    "/rest/users": {"userName": NAME, "uri": URI, "permissions": dataclasses.replace(LIST, items=ROLE), "roles": LIST},
    "/rest/users/role": {"roleName": TEXT, "scopeUri": TEXT},
}
NEW_PROFILE = "/new-profile"
"""What a template answers for a draft: a resource that is still without a name and a URI."""


def shape_at(uri: str) -> Shape:
    """Return the shape of a resource at a URI, or of the members of the collection there."""
    path = uri.partition("?")[0].rstrip("/")
    if path.endswith(NEW_PROFILE):
        return {}
    found = [one for one in SHAPES if path == one or path.startswith(f"{one}/")]
    return SHAPES[max(found, key=len)] if found else LOOSE


def shape_of(resource: ResourceType) -> Shape:
    """Return the shape of a resource under a table: what the table compares, and what the engine reads."""
    shape: dict[str, Kind] = {"eTag": TEXT, "state": ANY, "connectionTemplateUri": URI}
    nested: dict[str, dict[str, Kind]] = {}
    for attribute in resource.attributes:
        if attribute.within:
            nested.setdefault(attribute.within, {})[attribute.on_wire] = _kind_of(attribute)
        else:
            shape[attribute.on_wire] = _kind_of(attribute)
    return {**shape, **{name: dataclasses.replace(OBJECT, inner=inner) for name, inner in nested.items()}}


def _kind_of(attribute: Attribute) -> Kind:
    if attribute.secret:
        return ANY
    if attribute.entries:
        return each({})
    if attribute.type == "list":
        return each({}) if attribute.shape.get("elements") == "dict" else TEXTS
    if attribute.refers_to:
        return TEXT
    kind = {"bool": FLAG, "int": NUMBER, "dict": OBJECT}.get(attribute.type, TEXT)
    # A table compares in a way of its own what appliances write in more than one way, such as numbers as texts.
    return SCALAR if kind in (NUMBER, TEXT) and attribute.same not in (exact, text) else kind
