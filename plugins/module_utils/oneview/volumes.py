# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A volume: what creates one looks unlike what is read and written later.

Source: HPE OneView REST API, storage-volumes, storage-volume-templates (each pool has a root template), storage-pools.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..engine.capacity import in_bytes
from ..engine.errors import InputError
from ..engine.plan import Plan, Step
from ..engine.resource import Json, Reference, Resource
from .client import OneViewClient
from .subject import OneViewSubject, reference

POOLS = "/rest/storage-pools"
SYSTEMS = "/rest/storage-systems"
TEMPLATES = "/rest/storage-volume-templates"
KEEP = "?suppressDeviceUpdates=true"
OWN = "deviceSpecificAttributes"
# The name in the properties of a create, for each attribute of a volume as it is read.
PROPERTIES = {
    "name": "name",
    "description": "description",
    "provisionedCapacity": "size",
    "storagePoolUri": "storagePool",
    "provisioningType": "provisioningType",
    "isShareable": "isShareable",
}


def same_size(have: t.Any, want: t.Any) -> bool:
    """Compare capacities, which the appliance tells as texts."""
    return str(have) == str(want)


class VolumeSubject(OneViewSubject):
    """The volume that a task names."""

    def __init__(self, client: OneViewClient, resource: Resource, want: Json) -> None:
        want = dict(want)
        if want.get("size") is not None:
            want["size"] = str(in_bytes(want["size"], "size"))
        super().__init__(client, resource, want)
        self._root: str | None = None
        self._pool = ""

    def _resolve_names(self, have: Json | None) -> None:
        for option in ("storage_pool", "snapshot_pool"):
            asked = self.want.get(option)
            if isinstance(asked, Reference) and asked.name is not None:
                self._find_pool(option, asked.name)
        super()._resolve_names(have)
        if have is not None:
            return
        if self.want.get("template") is None and self.want.get("storage_pool"):
            self._root = self._root or self._root_template()
        if self.want.get("template") and self.want.get("storage_pool") is None:
            self._pool = self._pool or self._pool_of_template()

    def _find_pool(self, option: str, name: str) -> None:
        """Look up a pool by name; several systems may have one of that name."""
        if (POOLS, name.lower()) in self._directory:
            return
        rows = self.client.find(POOLS, "name", name)
        if self.want.get("storage_system"):
            rows = self._of_system(rows, option, name)
        if len(rows) > 1:
            raise InputError(
                f"{option}: {len(rows)} storage systems have a pool named {name}.",
                hint="Give storage_system, too, or the pool's URI.",
            )
        if rows:
            self._directory[POOLS, name.lower()] = Reference(rows[0]["uri"], rows[0]["name"])

    def _of_system(self, rows: list[Json], option: str, name: str) -> list[Json]:
        """Return the pools that are on the task's storage system; raise InputError if none is."""
        asked = reference(self.want["storage_system"])
        system = self._system(asked)
        found = [one for one in rows if one.get("storageSystemUri") == system]
        if not found:
            raise InputError(
                f"{option}: storage_system {asked} has no pool {name}; nothing was written.",
                hint="Another storage system has a pool of this name." if rows else "",
            )
        return found

    def _system(self, asked: Reference) -> str:
        if asked.id is not None:
            return asked.id
        found = self.client.find(SYSTEMS, "name", str(asked.name))
        found = found or self.client.find(SYSTEMS, "hostname", str(asked.name))
        if not found:
            raise InputError(f"storage_system: the appliance has no storage system {asked}.")
        return str(found[0]["uri"])

    def _root_template(self) -> str:
        """Return the template that a volume in the pool is made from where the task names none."""
        pool = self.resolved()["storage_pool"].id
        roots = self.client.all(TEMPLATES, [("filter", "\"isRoot='true'\"")])
        fitting = [one["uri"] for one in roots if one.get("isRoot") and one.get("storagePoolUri") == pool]
        return str(fitting[0]) if fitting else ""

    def _pool_of_template(self) -> str:
        """Return the pool of the task's template: the appliance wants it named in the volume, too."""
        template = self.client.get(self.resolved()["template"].id) or {}
        return str(template.get("storagePoolUri") or "")

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done; raise InputError for a size that cannot be."""
        size = self.want.get("size")
        if self.want["state"] == "present":
            if have is None and not (size and (self.want.get("storage_pool") or self.want.get("template"))):
                raise InputError(
                    f"There is no {self.label}; to create it, give size, and storage_pool or template.",
                )
            if have is not None and size and int(size) < int(have.get("provisionedCapacity") or 0):
                raise InputError(
                    f"{self.label[:1].upper()}{self.label[1:]} has {have['provisionedCapacity']} bytes, "
                    f"{size} are asked for: a volume cannot shrink."
                )
        plan = super().plan(have)
        return dataclasses.replace(plan, steps=tuple(map(self._shaped, plan.steps)))

    def _shaped(self, step: Step) -> Step:
        if step.action == "delete" and self.want.get("keep_on_array"):
            return dataclasses.replace(step, path=step.path + KEEP, says=f"{step.says}, its data stay on the array")
        if step.action != "create":
            return step
        flat = dict(step.body or {})
        properties = {PROPERTIES[name]: flat[name] for name in PROPERTIES if name in flat}
        if "size" in properties:
            properties["size"] = int(properties["size"])
        if self._pool:
            properties.setdefault("storagePool", self._pool)
        if (flat.get(OWN) or {}).get("snapshotPoolUri"):
            properties["snapshotPool"] = flat[OWN]["snapshotPoolUri"]
        body: Json = {"properties": properties, "isPermanent": flat.get("isPermanent", True)}
        template = flat.get("volumeTemplateUri") or self._root
        if template:
            body["templateUri"] = template
        return dataclasses.replace(step, body=body)
