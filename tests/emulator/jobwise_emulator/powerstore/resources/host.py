# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts and their initiators. The mappings of hosts are in ``volume_hosts``.

``host_initiators`` of the host is the one source; the collection ``initiator`` is made from it.

Source: PowerStore REST 4.0, host, host_create, host_modify, initiator; HostTypeEnum (internal hosts are read-only).
Codes of initiators come from public clients (README).
"""

from __future__ import annotations

import re
import uuid

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources import chap, names
from jobwise_emulator.powerstore.resources.volume_hosts import drop_mappings, refuse_internal

PORT_NAMES = {
    "iSCSI": re.compile(r"(iqn|eui|naa)\.\S+"),
    "FC": re.compile(r"([0-9A-Fa-f]{2}:){7}[0-9A-Fa-f]{2}"),
    "NVMe": re.compile(r"nqn\.\S+"),
    "NVMe_vVol": re.compile(r"nqn\.\S+"),
}
LISTS = ("add_initiators", "remove_initiators", "modify_initiators")
PASSWORDS = ("chap_single_password", "chap_mutual_password")


class Initiators:
    """The collection ``initiator``: one row for each initiator of a host."""

    def __init__(self, world: ApplianceState) -> None:
        self.world = world
        world.store.watch("host", "host_initiators", self.note)

    def note(self, kind: str, host: Json) -> None:
        """Keep the ids of a host's initiators with it, so that they are found by id."""
        host["@initiators"] = [initiator_id(one["port_name"]) for one in host["host_initiators"] or []]

    def all(self) -> list[Json]:
        """Every initiator of every host."""
        return self.of(self.world.store.all("host"))

    def of(self, hosts: list[Json]) -> list[Json]:
        """The initiators of these hosts."""
        blank = self.world.catalog.blank("initiator")
        return [
            {**blank, **visible(one), "id": initiator_id(one["port_name"]), "host_id": host["id"]}
            for host in hosts
            for one in host["host_initiators"] or []
        ]

    def get(self, key: str) -> Json | None:
        """One initiator by its id."""
        found = self.of(self.world.store.where("host", "@initiators", key))
        return next((one for one in found if one["id"] == key), None)

    def like(self, path: str, value: object) -> list[Json] | None:
        """At least the initiators of a host, or with an id or a port's name; None for any other question."""
        paths = {"host_id": "id", "id": "@initiators", "port_name": "host_initiators.port_name"}
        return self.of(self.world.store.like("host", paths[path], value)) if path in paths else None


def initiator_id(port_name: str) -> str:
    """The id of the initiator with a name."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, port_name))


def visible(initiator: Json) -> Json:
    """An initiator without its passwords."""
    return {name: value for name, value in initiator.items() if name not in PASSWORDS}


def folded(port_name: str) -> str:
    """A port's name as it is compared: WWNs ignore case."""
    return port_name.casefold() if PORT_NAMES["FC"].fullmatch(port_name) else port_name


def create(call: Call) -> Effect:
    """A new host."""
    world, body = call.world, call.body
    check_texts(world, body)
    check_new(world, body["initiators"], None)

    def effect() -> Json:
        host = world.new("host", name=body["name"], os_type=body["os_type"], description=body.get("description"))
        host["host_connectivity"] = body.get("host_connectivity")
        host["host_initiators"] = [visible(one) for one in body["initiators"]]
        complete(world, host)
        world.store.add("host", host)
        return {"id": host["id"]}

    return effect


def modify(call: Call) -> Effect:
    """Change a host; one kind of change of its initiators at a time."""
    world, host, body = call.world, call.target, call.body
    refuse_internal(host)
    if sum(name in body for name in LISTS) > 1:
        raise Refused(400, "0xE0A010010020", f"Only one of {', '.join(LISTS)} can be given.")
    check_texts(world, body, host["id"])
    if body.get("host_connectivity", host["host_connectivity"]) != host["host_connectivity"] and host["host_group_id"]:
        raise Refused(422, "0xE0A010010021", f"Host {host['name']} has the connectivity of its group.", host["name"])
    initiators = changed(world, host, body)

    def effect() -> None:
        plain = ("name", "description", "host_connectivity")
        host.update({name: body[name] for name in plain if name in body}, host_initiators=initiators)

    return effect


def changed(world: ApplianceState, host: Json, body: Json) -> list[Json]:
    """The initiators of a host after a change; raises 400 for one that is there already, or is not."""
    have = {folded(one["port_name"]): one for one in host["host_initiators"] or []}
    check_new(world, body.get("add_initiators", []), host)
    have.update({folded(one["port_name"]): visible(one) for one in body.get("add_initiators", [])})
    leaving, altered = body.get("remove_initiators", []), body.get("modify_initiators", [])
    for key in [*leaving, *(one["port_name"] for one in altered)]:
        if folded(key) not in have:
            text = f"Initiator {key} is not registered with host {host['name']}."
            raise Refused(400, "0xE0A010010014", text, key, host["name"])
    for one in altered:
        present = have[folded(one["port_name"])]
        chap.check(world, one, present)
        have[folded(one["port_name"])] = {**present, **visible(one), "port_name": present["port_name"]}
    for key in leaving:
        have.pop(folded(key), None)
    if leaving and not have and is_mapped(world, host):
        text = f"Host {host['name']} has volumes mapped to it and must keep an initiator."
        raise Refused(422, "0xE0A010010027", text, host["name"])
    return list(have.values())


def is_mapped(world: ApplianceState, host: Json) -> bool:
    """Whether volumes are mapped to a host or to its group."""
    keys = {"host_id": host["id"], "host_group_id": host["host_group_id"]}
    return any(key and world.store.where("host_volume_mapping", attribute, key) for attribute, key in keys.items())


def check_texts(world: ApplianceState, body: Json, own: str | None = None) -> None:
    """Name and description are printable, and the name is unique among hosts, ignoring case."""
    names.printable(body.get("description") or "", "description")
    if "name" not in body:
        return
    names.visible(body["name"])
    if names.others(world, "host", body["name"], own):
        text = f"A host with the name {body['name']} exists already."
        raise Refused(400, "0xE0A010010022", text, body["name"])


def check_new(world: ApplianceState, initiators: list[Json], host: Json | None) -> None:
    """New initiators of a host (None: one yet to be made) are well-formed, of one protocol and nobody's so far."""
    seen = set()
    for one in initiators:
        name = one["port_name"]
        if not PORT_NAMES[one["port_type"]].fullmatch(name):
            raise Refused(400, "0xE0A01001002F", f"The port name {name} is not valid for {one['port_type']}.", name)
        same = [
            one for one in world.store.like("initiator", "port_name", name) if folded(one["port_name"]) == folded(name)
        ]
        owner = same[0]["host_id"] if same else None
        if folded(name) in seen or (owner and host and owner == host["id"]):
            raise Refused(400, "0xE0A01001000C", f"Initiator {name} is registered with this host already.", name)
        if owner:
            raise Refused(400, "0xE0A01001002D", f"Initiator {name} is registered with another host.", name)
        seen.add(folded(name))
        chap.check(world, one, None)
    present = (host["host_initiators"] or []) if host else []
    if len({one["port_type"] for one in [*present, *initiators]}) > 1:
        raise Refused(422, "0xE0A010010023", "All initiators of a host must use the same protocol.")


def delete(call: Call) -> Effect:
    """Delete a host that has no volumes and is in no group."""
    world, host = call.world, call.target
    refuse_internal(host)
    if world.store.where("host_volume_mapping", "host_id", host["id"]):
        raise Refused(422, "0xE0A010010024", f"Host {host['name']} has volumes mapped to it.", host["name"])
    if host["host_group_id"]:
        raise Refused(422, "0xE0A010010025", f"Host {host['name']} is in a host group.", host["name"])
    return lambda: world.store.remove("host", host["id"])


def complete(world: ApplianceState, host: Json) -> None:
    """Fill in what every host has."""
    for attribute, value in {"type": "External", "host_connectivity": "Local_Only", "host_initiators": []}.items():
        if host.get(attribute) is None:
            host[attribute] = value


def remove(world: ApplianceState, host: Json) -> None:
    """Take a host out with its mappings."""
    drop_mappings(world, "host_id", host["id"])
    world.store.remove("host", host["id"])


RULES = {"host": Rules({"create": create, "modify": modify, "delete": delete}, complete, remove)}
