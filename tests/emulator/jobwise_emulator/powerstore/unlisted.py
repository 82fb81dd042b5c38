# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What shipping clients of the vendor and of others use, and the OpenAPI documents do not list.

A client that works with arrays for years is stronger evidence than a strict reading of the schema.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json

HEADER, VALUE = "dell-visibility", "internal"
METADATA: Json = {"type": "object"}
FORCE: Json = {"type": "boolean"}

# Attributes that exist for requests with the header ``DELL-VISIBILITY: internal`` only. Those of bodies have no effect.
INTERNAL: dict[str, Json] = {
    "node_instance": {"name": {"type": "string"}},
    "volume_group_add_members": {"force_internal": FORCE},
    "volume_group_remove_members": {"force_internal": FORCE},
    "volume_group_snapshot": {"force_internal": FORCE},
    "volume_snapshot": {"force_internal": FORCE},
    "host_create": {"metadata": METADATA, "force_internal": FORCE},
    "host_modify": {"force_internal": FORCE},
    "volume_create": {"metadata": METADATA},
    "volume_group_create": {"metadata": METADATA},
    "nas_server_create": {"metadata": METADATA},
    "file_system_create": {"metadata": METADATA},
}

# Actions that exist for such requests only. Dell's volume module asks for the appliances of the other array before it
# configures metro; ResourceActionEnum of the documents has the action's name.
ACTIONS: dict[str, Json] = {
    "remote_system": {"query_appliances": {"level": "instance", "method": "post", "statuses": [200, 404, 422]}},
}

# Facts of an attribute that the documents lack or state otherwise; None takes one away.
CORRECTED: dict[tuple[str, str], Json] = {
    ("volume_modify", "protection_policy_id"): {"clears": True},
    # Dell's modules for NAS servers and file systems document the empty text; gopowerstore says so of all four.
    ("nas_server_modify", "protection_policy_id"): {"clears": True},
    ("nas_server_modify", "performance_policy_id"): {"clears": True},
    ("file_system_modify", "protection_policy_id"): {"clears": True},
    ("file_system_modify", "performance_policy_id"): {"clears": True},
    # The array's rules refuse these sizes, in words of their own.
    ("volume_create", "size"): {"min": None},
    ("volume_modify", "size"): {"min": None},
    # Bodies say less of these than instances, which give them back.
    ("file_import_session_create", "scheduled_timestamp"): {"format": "date-time"},
    ("fsn_create", "description"): {"max_length": 128},
    ("fsn_modify", "description"): {"max_length": 128},
    # The document writes "none" as the default of a time: there is no default.
    ("datacollection_create", "log_from_timestamp"): {"default": None},
}

# Other names of relations in ``select``: a client's name is the name of the join, the answer has the attribute's name.
JOINS = {("volume_group", "volume.volume_group_membership"): "volumes"}


def corrected(structs: Json) -> Json:
    """Structs as shipping clients know them; the ones given stay as they are."""
    found = dict(structs)
    for (name, attribute), facts in CORRECTED.items():
        if attribute not in found[name]["attributes"]:  # it came with a later release
            continue
        merged = {**found[name]["attributes"][attribute], **facts}
        kept = {key: value for key, value in merged.items() if value is not None}
        found[name] = {**found[name], "attributes": {**found[name]["attributes"], attribute: kept}}
    return found


def with_actions(types: Json) -> Json:
    """Types with the internal actions; the ones given stay as they are."""
    added = {kind: {**types[kind], "actions": {**types[kind]["actions"], **ACTIONS[kind]}} for kind in ACTIONS}
    return {**types, **added}


def extended(structs: Json) -> Json:
    """Structs with the internal attributes; the ones given stay as they are."""
    return {
        **structs,
        **{
            name: {**structs[name], "attributes": {**structs[name]["attributes"], **attributes}}
            for name, attributes in INTERNAL.items()
            if name in structs
        },
    }
