# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole seed of a twin: what every array has, the objects of a document, and who may log in."""

from __future__ import annotations

import dataclasses
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore import default_seed, default_system
from jobwise_emulator.powerstore.catalog import DEFAULT_VERSION, Catalog
from jobwise_emulator.powerstore.twin.document import Document
from jobwise_emulator.powerstore.twin.options import KINDS
from jobwise_emulator.powerstore.twin.translation import objects_of

NEWEST = "4.1"
KNOWN = (DEFAULT_VERSION, NEWEST)
SAMPLE_TYPES = ("storage_container",)
"""Types of the built-in system that the document describes instead."""


OF_APPLIANCES = ("service_config",)
"""Types whose objects people name by their appliance, also if there is only one."""


@dataclasses.dataclass(frozen=True)
class Login:
    """Who works with the twin. A user of the document without a password gets this one."""

    username: str
    password: str


def api_version(document: Document) -> str:
    """The version of the API that a twin follows: that of the document's release, or the closest one known."""
    numbers = [int(part) for part in document.release.split(".")[:2] if part.isdigit()]
    if len(numbers) < 2:
        needs_newest = any(name.startswith("file_") for name in document.objects)
        return NEWEST if needs_newest else DEFAULT_VERSION
    return NEWEST if numbers >= [int(part) for part in NEWEST.split(".")] else DEFAULT_VERSION


def seed_of(document: Document, catalog: Catalog, login: Login, more: Json) -> Json:
    """The seed. ``more``: further objects by type, in the form of a seed."""
    objects = objects_of(document.objects, catalog)
    system = {**default_system.built_in(), **default_seed.system(catalog.api)}
    users = [named(user) for user in objects.pop("local_user", [])]
    seed: Json = {kind: entries for kind, entries in system.items() if kind not in SAMPLE_TYPES}
    for kind in {kind.api for kind in KINDS.values() if kind.is_built_in or kind.id}:
        seed[kind] = overlaid(system[kind], objects.pop(kind, []))
    seed["appliance"] = appliances(system["appliance"], objects.pop("appliance", []), says_where(document.objects))
    for found in (objects, {kind: value for kind, value in more.items() if kind not in ("users", "settings")}):
        for kind, entries in found.items():
            seed[kind] = [*seed.get(kind, []), *entries]
    seed["cluster"] = [described(one, document, len(seed["appliance"])) for one in seed["cluster"]]
    if document.release:
        seed["software_installed"] = [
            {**one, "release_version": document.release, "build_version": document.release}
            for one in system["software_installed"]
        ]
    seed["users"] = [*logins([*users, *more.get("users", [])], login)]
    seed["settings"] = more.get("settings", {})
    return seed


def overlaid(built_in: list[Json], given: list[Json]) -> list[Json]:
    """What every array has, with what a document says of it."""
    known = {one["id"]: one for one in built_in}
    return list({**known, **{one["id"]: {**known.get(one["id"], {}), **one} for one in given}}.values())


def says_where(objects: Json) -> bool:
    """Whether a document says of an object on which appliance it is, as it does only if there are several."""
    others = [name for name in objects if name not in OF_APPLIANCES]
    items = [item for name in others for item in (objects[name] if isinstance(objects[name], list) else ())]
    return any(isinstance(item, dict) and item.get("appliance") for item in items)


def appliances(built_in: list[Json], named_ones: list[Json], are_several: bool) -> list[Json]:
    """The appliances of a document that names some."""
    if not named_ones:
        return built_in
    if len(named_ones) == 1 and are_several:
        named_ones = [*named_ones, {"id": "A2", "name": "another appliance"}]
    return [{**built_in[0], **one} for one in named_ones]


def described(cluster: Json, document: Document, appliances: int) -> Json:
    """The cluster with the name and the id of the real one."""
    known = {"name": document.name or "twin", "global_id": document.id or "PStwin", "appliance_count": appliances}
    return {**cluster, **known}


def named(user: Json) -> Json:
    """A user as seeds have it: they give the number of a user themselves."""
    return {name: value for name, value in user.items() if name != "id"}


def logins(users: list[Json], login: Login) -> list[Json]:
    """All users: those of the document, the built-in ``admin``, and whoever works with the twin."""
    found: dict[str, Any] = {"admin": {"name": "admin", "role": "Administrator", "is_built_in": True}}
    for user in users:
        found[user["name"]] = user
    found.setdefault(login.username, {"name": login.username, "role": "Administrator", "is_built_in": True})
    return [{"password": login.password, **user} for user in found.values()]
