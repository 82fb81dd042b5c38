# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shapes of OneView's resources: the attributes that the collection reads, and those of a resource table.

Source: HP OneView REST API Reference and HPE OneView REST API. Responses hold whole resources; only the attributes that
the collection uses are checked.
"""

from __future__ import annotations

import dataclasses
import typing as t
from urllib.parse import unquote

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
    TIME,
    Kind,
    Shape,
    each,
    needed,
    one,
)
from .._engine.table.attribute import Attribute, as_is, as_text
from .._engine.table.lists import List
from .._engine.table.resource_type import ResourceType


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

# Collection paths and the shapes of their members. The longest path that a URI begins with applies, else LOOSE.
SHAPES: t.Mapping[str, Shape] = {
    **{
        f"/rest/{kind}": ROW
        for kind in (
            *("enclosure-groups", "ethernet-networks", "fc-networks", "fcoe-networks", "network-sets", "scopes"),
            *("server-hardware-types", "server-profiles", "server-profile-templates", "storage-volumes"),
        )
    },
    "/rest/alerts": {
        "uri": OWN_URI,
        **dict.fromkeys(("alertState", "severity", "description", "alertTypeID", "assignedToUser"), TEXT),
        **dict.fromkeys(("created", "modified", "clearedTime"), TIME),
        "associatedResource": one(resourceUri=TEXT, resourceName=TEXT, resourceCategory=TEXT),
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
"""A template's sub-resource with the draft of a new profile, which has no name and no URI yet."""


def shape_at(uri: str) -> Shape:
    """Return the shape of the resource at a URI, or of the members if the URI is a collection."""
    path = uri.partition("?")[0].rstrip("/")
    if path.endswith(NEW_PROFILE):
        return {}
    found = [collection for collection in SHAPES if path == collection or path.startswith(f"{collection}/")]
    return SHAPES[max(found, key=len)] if found else LOOSE


def shape_of(resource: ResourceType) -> Shape:
    """Return the shape of a table's resource: the attributes that the table compares and that the engine reads."""
    shape: dict[str, Kind] = {"eTag": TEXT, "state": ANY, "connectionTemplateUri": URI}
    nested: dict[str, dict[str, Kind]] = {}
    for attribute in resource.attributes:
        if attribute.within:
            nested.setdefault(attribute.within, {})[attribute.api_name] = _kind_of(attribute)
        else:
            shape[attribute.api_name] = _kind_of(attribute)
    return {**shape, **{name: dataclasses.replace(OBJECT, inner=inner) for name, inner in nested.items()}}


def _kind_of(attribute: Attribute) -> Kind:
    if attribute.sensitive:
        return ANY
    if isinstance(attribute, List):
        return TEXTS if attribute.item.ref else each({})
    if attribute.type == "list":
        return each({}) if attribute.spec.get("elements") == "dict" else TEXTS
    if attribute.ref:
        return TEXT
    kind = {"bool": FLAG, "int": NUMBER, "dict": OBJECT}.get(attribute.type, TEXT)
    # If the attribute has its own comparison, the appliance may send it in several types, such as a number as a text.
    return SCALAR if kind in (NUMBER, TEXT) and attribute.normalize not in (as_is, as_text) else kind
