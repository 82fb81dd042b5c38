# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Volumes. The request that creates a volume has another form than the volume that is read and updated later.

Source: HPE OneView REST API, storage-volumes, storage-volume-templates (each pool has a root template), storage-pools.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Reference
from ..._engine.options.capacity import in_bytes
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.attribute import Attribute
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.names import the_one
from ..client import OneViewClient
from ..directory import reference
from ..handler import OneViewHandler, collection_of

POOLS = "/rest/storage-pools"
SYSTEMS = "/rest/storage-systems"
TEMPLATES = "/rest/storage-volume-templates"
KEEP = "?suppressDeviceUpdates=true"
OWN = "deviceSpecificAttributes"
# Maps each attribute of a volume that was read to its name in the properties of a create request.
PROPERTIES = {
    "name": "name",
    "description": "description",
    "provisionedCapacity": "size",
    "storagePoolUri": "storagePool",
    "provisioningType": "provisioningType",
    "isShareable": "isShareable",
}


class VolumeHandler(OneViewHandler):
    """Handles the volume that a task names."""

    def __init__(self, client: OneViewClient, resource: ResourceType, desired: Json) -> None:
        desired, mistakes = dict(desired), Mistakes()
        if desired.get("size") is not None:
            with mistakes.noted():
                desired["size"] = str(in_bytes(desired["size"], "size"))
        super().__init__(client, resource, desired, mistakes)
        self._root: str | None = None
        self._template: Json = {}

    def _resolve_names(self, current: Json | None) -> None:
        super()._resolve_names(current)
        if current is not None:
            return
        if not self.desired.get("template") and self._uri_of("storage_pool"):
            self._root = self._root or self._root_template()
        if self._uri_of("template"):
            self._template = self.directory.row(self._uri_of("template")) or {}

    def _uri_of(self, option: str) -> str:
        value = self.resolved().get(option)
        return str(value.id or "") if isinstance(value, Reference) else ""

    def find(self, attribute: Attribute, names: list[str]) -> None:
        """Look up the names that an attribute refers to; for pools, within the task's storage system."""
        if collection_of(attribute) != POOLS:
            super().find(attribute, names)
            return
        for name in names:
            with self.directory.noted():
                self._find_pool(attribute.option, name)

    def _find_pool(self, option: str, name: str) -> None:
        """Look up a pool by name. Several storage systems may have a pool with this name."""
        if self.directory.meant(POOLS, name):
            return
        rows = self.client.find(POOLS, "name", name)
        if self.desired.get("storage_system"):
            rows = self._of_system(rows, option, name)
        hint = "Give storage_system, too, or the pool's URI."
        pool = the_one(rows, name, "storage pool", option, place="uri", hint=hint)
        if pool:
            self.directory.note(POOLS, name, pool)
        else:
            self.directory.find_all(option, [name], POOLS)

    def _of_system(self, rows: list[Json], option: str, name: str) -> list[Json]:
        """Return the pools on the task's storage system; raise InputError if it has no such pool."""
        named = reference(self.desired["storage_system"])
        system = self._system(named)
        found = [pool for pool in rows if pool.get("storageSystemUri") == system]
        if not found:
            raise InputError(
                f"{option}: storage_system {named} has no pool {name}. Nothing was written.",
                hint="Another storage system has a pool of this name." if rows else "",
            )
        return found

    def _system(self, system: Reference) -> str:
        """Return the URI of a storage system. Users may give its name or its host name."""
        if system.id is not None:
            return system.id
        name = str(system.name)
        rows: dict[str, Json] = {}
        for key in ("name", "hostname"):
            for row in self.client.find(SYSTEMS, key, name):
                known = rows.setdefault(row["uri"], {"uri": row["uri"], "name": row[key]})
                known["name"] = name if row[key] == name else known["name"]
            if any(row["name"] == name for row in rows.values()):
                break
        found = the_one(rows.values(), name, "storage system", "storage_system", place="uri")
        if found is None:
            raise InputError(f"storage_system: the appliance has no storage system {system}.")
        return str(found["uri"])

    def _root_template(self) -> str:
        """Return the URI of the pool's root template, from which a volume is made if the task names no template."""
        pool = self._uri_of("storage_pool")
        roots = self.client.all(TEMPLATES, [("filter", "\"isRoot='true'\"")])
        fitting = [
            template["uri"] for template in roots if template.get("isRoot") and template.get("storagePoolUri") == pool
        ]
        return str(fitting[0]) if fitting else ""

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan, with the appliance's own form of a create request."""
        return super().plan(current, history).with_requests(self._shaped)

    def wrong(self, current: Json | None) -> list[InputError]:
        """Return also errors for a new volume without required options or against its template, and for shrinking."""
        found = super().wrong(current)
        size = self.desired.get("size")
        if self.is_new(current):
            needed = [] if size else ["size"]
            needed += (
                [] if self.desired.get("storage_pool") or self.desired.get("template") else ["storage_pool or template"]
            )
            if needed:
                found.append(
                    InputError(f"{self.sentence} does not exist; to create it, give {' and '.join(needed)}, too.")
                )
            found += self._locked()
        elif current is not None and self.desired["state"] == "present" and size:
            capacity = int(current.get("provisionedCapacity") or 0)
            if int(size) < capacity:
                found.append(InputError(f"{self.sentence} has {capacity} bytes and cannot shrink to {size} bytes."))
        return found

    def _locked(self) -> list[InputError]:
        """Return errors for options of a new volume that its template locks to another value."""
        desired, found = self.resolved(), []
        rules = self._template.get("properties") or {}
        for attribute in self.resource.attributes:
            rule, value = rules.get(PROPERTIES.get(attribute.api_name, "")) or {}, desired.get(attribute.option)
            if value is None or not (rule.get("meta") or {}).get("locked"):
                continue
            wanted = value.id if isinstance(value, Reference) else value
            if wanted is not None and str(wanted).lower() != str(rule.get("default")).lower():
                text = f"{attribute.option}: the template locks it to {rule.get('default')!r}, not to {wanted!r}."
                found.append(InputError(text, hint="Leave it out, or unlock it in the template."))
        return found

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return also an error if the pool of a new volume is not managed."""
        found = super().refused(current, plan)
        uri = self._pool_uri() if self.is_new(current) else ""
        pool = self.directory.row(uri) if uri else None
        if pool is not None and pool.get("isManaged") is False:
            hint = "Let oneview_storage_system manage it first."
            found.append(InputError(f"The storage pool {pool.get('name')} is not managed.", hint=hint))
        return found

    def _pool_uri(self) -> str:
        """Return the URI of a new volume's pool. If the task names none, it is the template's pool.

        The appliance requires the pool even if the request names a template.
        """
        return self._uri_of("storage_pool") or str(self._template.get("storagePoolUri") or "")

    def _shaped(self, step: Request) -> Request:
        if step.action == "delete" and self.desired.get("keep_on_array"):
            return dataclasses.replace(
                step, path=step.path + KEEP, summary=f"{step.summary}, but keep its data on the array"
            )
        if step.action != "create":
            return step
        flat = dict(step.body or {})
        properties = {PROPERTIES[name]: flat[name] for name in PROPERTIES if name in flat}
        if "size" in properties:
            properties["size"] = int(properties["size"])
        if self._pool_uri():
            properties.setdefault("storagePool", self._pool_uri())
        if (flat.get(OWN) or {}).get("snapshotPoolUri"):
            properties["snapshotPool"] = flat[OWN]["snapshotPoolUri"]
        body: Json = {"properties": properties, "isPermanent": flat.get("isPermanent", True)}
        template = flat.get("volumeTemplateUri") or self._root
        if template:
            body["templateUri"] = template
        return dataclasses.replace(step, body=body)
