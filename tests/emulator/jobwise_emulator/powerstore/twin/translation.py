# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a document to the objects of an array, in the form of a seed."""

from __future__ import annotations

import uuid
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.default_ports import ports
from jobwise_emulator.powerstore.default_seed import ROLES
from jobwise_emulator.powerstore.twin import stand_ins
from jobwise_emulator.powerstore.twin.options import (
    KINDS,
    NESTED,
    POLICY_TYPES,
    REFERENCES,
    RELATIONS,
    RENAMED,
    WITHOUT,
    Kind,
    Reference,
    plain,
    reference,
    unknown,
)

SPACE = uuid.UUID("5e0a5c0c-53a5-4d0e-8a43-6b0b0a2c1f77")
SIDES = {"mapped_hosts": "host", "mapped_host_groups": "host_group"}
BUILT_IN = {(kind, str(one.get("name")).lower()): one["id"] for kind, rows in ports().items() for one in rows}
"""The ids of the ports that every array has, by type and name."""
UNSTATED_SIZE = 1024**3 + 512
"""Of a volume whose document does not say it: gathering leaves a size out that is no multiple of the block size."""
INITIATOR = ("port_name", "port_type", "chap_single_username", "chap_mutual_username")


def objects_of(document: Json, catalog: Catalog) -> Json:
    """The objects of a document by type; raises ``OrderError`` for what is no document."""
    return Translation(document, catalog).objects()


class Translation:
    """One document on its way to objects. Objects that it only refers to get a stand-in."""

    def __init__(self, document: Json, catalog: Catalog) -> None:
        self.catalog = catalog
        self.items = {name: items_of(name, value) for name, value in document.items()}
        self.found: dict[str, dict[str, Json]] = {}
        self.ids = {("role", name): key for key, (name, dummy) in ROLES.items()}
        self.ids_ignoring_case = {(kind, name.lower()): key for (kind, name), key in self.ids.items()}
        self.described = {KINDS[name].api for name in self.items}
        self.numbers: dict[str, set[int]] = {}

    def objects(self) -> Json:
        """The objects by type."""
        for name, items in self.items.items():
            self.check_release(name)
            for place, item in enumerate(items):
                self.name_one(name, place, item)
        for name in KINDS:
            for place, item in enumerate(self.items.get(name, [])):
                self.add(name, KINDS[name], item, where(name, place, item))
        self.choose_numbers()
        return {kind: list(entries.values()) for kind, entries in self.found.items()}

    def check_release(self, name: str) -> None:
        """A type must exist in the release of the array."""
        if f"{KINDS[name].api}_instance" not in self.catalog.structs:
            release = ".".join(self.catalog.api.split(".")[:2])
            raise OrderError(f"{name}: PowerStore {release} has no such objects. Give --api-version 4.1")

    def name_one(self, name: str, place: int, item: Json) -> None:
        """Give an object its id, so that all others can refer to it."""
        kind = KINDS[name]
        if not kind.has_name:
            return
        if not str(item.get(kind.key) or ""):
            raise OrderError(f"{name}[{place}] has no {kind.key}")
        key = (kind.api, key_of(kind, item))
        if key in self.ids:
            raise OrderError(f"{name}[{place}]: there are two objects called {item[kind.key]}")
        known = BUILT_IN.get((kind.api, str(item[kind.key]).lower()), "") if kind.is_built_in else ""
        self.remember(*key, known or str(uuid.uuid5(SPACE, "/".join(key))))

    def remember(self, kind: str, name: str, key: str) -> None:
        """Note the id of an object with a name."""
        self.ids[(kind, name)] = key
        self.ids_ignoring_case.setdefault((kind, name.lower()), key)

    def add(self, name: str, kind: Kind, item: Json, place: str) -> None:
        """One object with all that belongs to it."""
        entry: Json = {**kind.fixed, **({"size": UNSTATED_SIZE} if name == "volume" else {})}
        if kind.id:
            entry["id"] = kind.id
        elif kind.has_name:
            entry.update({"id": self.ids[(kind.api, key_of(kind, item))], kind.key: str(item[kind.key])})
        mapped: dict[str, list[Any]] = {}
        for option, value in item.items():
            if (option == kind.key and kind.has_name) or option in WITHOUT or option in kind.without or value is None:
                continue
            if option in SIDES:
                mapped[option] = value
            elif option == "file_system" and kind.place:
                entry["file_system_id"] = self.file_system(item, value)
            else:
                for attribute, found in self.attribute(name, kind, option, value, place).items():
                    whole = isinstance(found, dict) and attribute in entry
                    entry[attribute] = {**entry[attribute], **found} if whole else found
        if name == "service_config":  # the array has one for each appliance, under the id of that
            entry["id"] = entry["appliance_id"]
        entry.setdefault("id", str(uuid.uuid5(SPACE, place)))
        self.found.setdefault(kind.api, {})[entry["id"]] = entry
        self.add_members(name, entry)
        for option, values in mapped.items():
            for one in values:
                self.map(entry["id"], SIDES[option], one, place)

    def attribute(self, name: str, kind: Kind, option: str, value: Any, place: str) -> Json:
        """What an option sets."""
        known = self.catalog.attributes(kind.api)
        if option in kind.lists:
            keys = [self.id_of(kind.lists[option], reference(one)) for one in listed(value, place, option)]
            return {f"{option[:-1]}_ids": keys}
        if (name, option) in RELATIONS:
            referred, relation = RELATIONS[name, option]
            texts = [value] if isinstance(value, str) else listed(value, place, option)
            return {relation: [self.id_of(referred, reference(one)) for one in texts if one]}
        if option == "initiators":
            return {"host_initiators": [initiator(one, place) for one in listed(value, place, option)]}
        if option == "user_password":
            return {"password": str(value)}
        if (name, option) == ("volume", "performance_policy"):
            return {"performance_policy_id": plain(name, option, value, place)}
        for (kind_name, prefix), structure in NESTED.items():
            if kind_name == name and option.startswith(prefix):
                return {structure: {option.removeprefix(prefix): value}}
        if (name, option) in RENAMED:
            return {RENAMED[name, option]: plain(name, option, value, place)}
        target = REFERENCES.get((name, option)) or known.get(option, {}).get("relation")
        if target:
            return {f"{option}_id": self.id_of(target, reference(value), POLICY_TYPES.get(option, ""))}
        spelled = {attribute.lower(): attribute for attribute in known}  # options are in lower case
        if option in spelled and option != "id":
            return {spelled[option]: plain(name, option, value, place)}
        if f"{option}_id" in known:
            return {f"{option}_id": str(value)}
        raise unknown(f"{place}: {name} has no option", option, [*known, *kind.lists, *SIDES, "initiators"])

    def add_members(self, name: str, entry: Json) -> None:
        """The members of a host group know it, not the other way round."""
        if name == "host_group":
            for key in entry.pop("host_ids", []):
                self.found["host"][key]["host_group_id"] = entry["id"]

    def map(self, volume: str, side: str, one: Any, place: str) -> None:
        """A mapping of a volume."""
        if not isinstance(one, dict) or not one.get(side):
            raise OrderError(f"{place}: an entry of mapped_{side}s needs {side}")
        key = self.id_of(side, reference(one[side]))
        number = one.get("logical_unit_number")
        own = str(uuid.uuid5(SPACE, f"{volume} {key}"))
        mapping = {"id": own, "volume_id": volume, f"{side}_id": key, "logical_unit_number": number}
        self.found.setdefault("host_volume_mapping", {})[own] = mapping
        if number is not None:
            self.numbers.setdefault(key, set()).add(int(number))

    def choose_numbers(self) -> None:
        """The numbers of mappings that the document leaves to the array."""
        for mapping in self.found.get("host_volume_mapping", {}).values():
            taken = self.numbers.setdefault(mapping.get("host_id") or mapping["host_group_id"], set())
            if mapping["logical_unit_number"] is None:
                number = next(one for one in range(len(taken) + 1) if one not in taken)
                mapping["logical_unit_number"] = number
                taken.add(number)

    def file_system(self, item: Json, name: Any) -> str:
        """The id of the file system of an export or a quota; names are unique in a NAS server."""
        wanted = reference(name)
        own = Reference(f"{item.get('nas_server')}/{wanted.text}", is_id=False)
        if self.knows("file_system", own.text):
            return self.id_of("file_system", own)
        key = self.id_of("file_system", wanted)
        if item.get("nas_server"):
            self.found["file_system"][key]["nas_server_id"] = self.id_of("nas_server", reference(item["nas_server"]))
        return key

    def knows(self, kind: str, name: str) -> bool:
        """Whether an object of that name has an id already."""
        return (kind, name.lower()) in self.ids_ignoring_case

    def id_of(self, kind: str, wanted: Reference, policy_type: str = "") -> str:
        """The id of an object that something refers to; names ignore case, but the same spelling wins."""
        if not wanted.is_id:
            exact = self.ids.get((kind, wanted.text))
            known = exact or self.ids_ignoring_case.get((kind, wanted.text.lower()))
            if known:
                return known
        return self.stand_in(kind, wanted, policy_type)

    def stand_in(self, kind: str, wanted: Reference, policy_type: str) -> str:
        """The id of a stand-in for an object that the document does not hold."""
        there = self.found.setdefault(kind, {})
        key = wanted.text if wanted.is_id else self.id_for(kind, wanted.text)
        if key not in there:
            made = stand_ins.made(kind, key, wanted, kind in self.described, policy_type)
            there.update({one["id"]: one for one in made})
        if not wanted.is_id:
            self.remember(kind, wanted.text, key)
        return key

    def id_for(self, kind: str, name: str) -> str:
        """The id of a new stand-in. Those of appliances count up."""
        return f"A{len(self.found[kind]) + 1}" if kind == "appliance" else str(uuid.uuid5(SPACE, f"{kind}/{name}"))


def key_of(kind: Kind, item: Json) -> str:
    """What no two objects of a type share: a name, and perhaps the place of the object."""
    own = str(item[kind.key])
    return f"{item[kind.place]}/{own}" if kind.place and item.get(kind.place) else own


def items_of(name: str, value: Any) -> list[Json]:
    """The items of a type; those that are to be absent are not there."""
    if name not in KINDS:
        raise unknown("a document has no type", name, list(KINDS))
    items = [value] if KINDS[name].id and isinstance(value, dict) else value
    if not isinstance(items, list) or not all(isinstance(one, dict) for one in items):
        raise OrderError(f"{name} has to be {'a dictionary' if KINDS[name].id else 'a list of dictionaries'}")
    return [one for one in items if one.get("state") != "absent"]


def where(name: str, place: int, item: Json) -> str:
    """The place of an item in the words of messages."""
    if KINDS[name].id:
        return name
    return f"{name}[{place}] ({item['name']})" if item.get("name") else f"{name}[{place}]"


def listed(value: Any, place: str, option: str) -> list[Any]:
    """The entries of a list."""
    if not isinstance(value, list):
        raise OrderError(f"{place}: {option} has to be a list")
    return value


def initiator(one: Any, place: str) -> Json:
    """An initiator as hosts have it, without its passwords."""
    if not isinstance(one, dict) or not one.get("port_name"):
        raise OrderError(f"{place}: an initiator needs port_name and port_type")
    return {name: one[name] for name in INITIATOR if one.get(name) is not None}
