# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects that a body refers to: each must exist (404). The first one that is missing is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.errors import not_found
from jobwise_emulator.powerstore.verbs import placing

# The types that an id may be of, where the document names none.
UNMARKED: dict[tuple[str, str], tuple[str, ...]] = {
    ("bond", "port_ids"): ("eth_port",),
    ("bond", "add_port_ids"): ("eth_port",),
    ("fsn", "port_ids"): ("eth_port", "bond"),
    ("fsn", "primary_port_id"): ("eth_port", "bond"),
    ("file_import_session", "import_file_interface_id"): ("file_import_interface",),
    ("file_import_session", "source_resource_id"): ("file_import_nas_server",),
    ("ldap_account", "domain_id"): ("ldap_domain",),
    ("migration_session", "family_id"): ("volume", "volume_group", "virtual_volume"),
    ("migration_session", "destination_appliance_id"): ("appliance",),
    **{
        ("nas_server", f"{role}_{version}_interface_id"): ("file_interface",)
        for role in ("production", "backup")
        for version in ("IPv4", "IPv6")
    },
}
# An id of any type: the attribute of the same body that names the type.
ANY_TYPE = {"resource_id": "resource_type"}


def check(world: ApplianceState, kind: str, struct: str, body: Json) -> None:
    """Raise 404 for an id in a body that nobody has."""
    for targets, key in found(world.catalog, kind, struct, body):
        if all(world.store.get(target, key) is None for target in targets):
            raise not_found(targets[0], key)


def found(catalog: Catalog, kind: str, struct: str, body: Json) -> Iterator[tuple[tuple[str, ...], str]]:
    """Possible types and id of each reference in a body, those in embedded structures included."""
    attributes = catalog.struct(struct)["attributes"]
    for name, value in body.items():
        facts = attributes.get(name)
        if facts is None:
            continue
        items = facts.get("items", {})
        target = facts.get("ref") or items.get("ref") or by_place(catalog, kind, name, facts)
        if target == "#resource" and name in ANY_TYPE:
            target = body.get(ANY_TYPE[name])
        targets = UNMARKED.get((kind, name)) or ((target,) if target in catalog.types else ())
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one and targets:
                yield targets, one
        inner = facts.get("struct") or items.get("struct")
        for part in value if isinstance(value, list) else [value]:
            if inner and isinstance(part, dict):
                yield from found(catalog, "", inner, part)


def by_place(catalog: Catalog, kind: str, name: str, facts: Json) -> Any:
    """The type that an attribute without a reference of its own leads to, by where it is stored; else None."""
    if not kind or not name.endswith(("_id", "_ids")) or facts["type"] not in ("string", "array"):
        return None
    relation = catalog.attributes(kind).get(name.removesuffix("_id"), {})
    if relation.get("relation"):
        return relation["relation"]
    place = placing.place_of(catalog, kind, name)
    return catalog.attributes(kind)[place.name]["relation"] if place.relation else None
