# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hypervisor hosts: added by a job that logs in to them, with the networks, pools and disks that they have.

ONTAP Select Deploy REST API v3, /hosts. A host is listed from the POST on; a job that fails takes it out again.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies, reading
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call
from jobwise_emulator.ontap_select.errors import Refused, invalid, not_found
from jobwise_emulator.ontap_select.jobs import Stage, Work
from jobwise_emulator.ontap_select.resources import credentials
from jobwise_emulator.ontap_select.routes import Routes, not_public

SHAPE = {
    "hosts": [
        {
            "name": str,
            "hypervisor_type": ("ESX", "KVM"),
            "management_server": str,
            "credential": {"username": str, "password": str},
        }
    ]
}


def create(call: Call) -> Reply:
    """Add one host or several, with one job. Known hosts are refused with 400, all of the request with them."""
    bodies.only(call.request)
    wanted = [without_empty(order) for order in bodies.parse(call.request, SHAPE, ("hosts",))["hosts"]]
    if not wanted:
        raise invalid("hosts must not be empty.")
    for number, order in enumerate(wanted):
        check(call.world, order, wanted[:number])
    entries = [call.world.add("host", stored(order)) for order in wanted]
    names = ", ".join(entry["name"] for entry in entries)
    stages = [Stage(f"authenticating {entry['name']}", partial(ready, call.world, entry)) for entry in entries]
    stages.append(Stage("reading networks and storage"))
    undo = partial(forget, call.world, entries)
    work = Work(f"Add host {names}", ("host", entries[0]["id"]), stages, "done", undo)
    return call.on_accepted(work, "host", f"hosts/{entries[0]['id']}")


def without_empty(order: Json) -> Json:
    """An order whose credential says nothing has none; some clients always send both attributes."""
    credential = order.get("credential") or {}
    return order if any(credential.values()) else {**order, "credential": None}


def check(world: ApplianceState, order: Json, earlier: list[Json]) -> None:
    """What a host must have before it is tried."""
    for name in ("name", "hypervisor_type"):
        if not order.get(name):
            raise invalid(f"{name} is required.")
    name = order["name"]
    if world.all("host", name=name) or any(other["name"] == name for other in earlier):
        raise invalid(f"Host {name} is registered already.")
    server = order.get("management_server")
    if server and order["hypervisor_type"] == "KVM":
        raise invalid(f"Host {name}: a KVM host has no management server.")
    if server and order.get("credential"):
        raise invalid(f"Host {name}: the credential of a managed host is that of its management server.")
    if server and not credentials.find(world, server, "vcenter"):
        raise invalid(f"Host {name}: there is no credential for management server {server}.")
    if not server and not order.get("credential") and not credentials.find(world, name, "host"):
        raise invalid(f"Host {name}: there is no credential for it.")


def stored(order: Json) -> Json:
    """A host as it is kept."""
    entry = {name: order.get(name) for name in ("id", "name", "hypervisor_type", "management_server")}
    return {**entry, "_credential": order.get("credential"), "_ready": bool(order.get("_ready"))}


def ready(world: ApplianceState, entry: Json) -> None:
    """Log in to a host, as its hypervisor sees it."""
    real = world.inventory["hosts"].get(entry["name"])
    server = entry["management_server"]
    if real is None or real["hypervisor_type"] != entry["hypervisor_type"]:
        raise invalid(f"Host {entry['name']} does not answer as {entry['hypervisor_type']}.")
    if server:
        center = world.inventory["vcenters"].get(server)
        if center is None:
            raise invalid(f"Management server {server} does not answer.")
        if real.get("management_server") != server:
            raise invalid(f"Management server {server} does not know host {entry['name']}.")
        log_in(center, credentials.find(world, server, "vcenter"), server)
    else:
        log_in(real, entry["_credential"] or credentials.find(world, entry["name"], "host"), entry["name"])
    entry["_ready"] = True


def log_in(place: Json, credential: Json | None, name: str) -> None:
    """Try a credential."""
    given = credential or {}
    password = given.get("_password", given.get("password"))
    if (given.get("username"), password) != (place["username"], place["password"]):
        raise invalid(f"Authentication at {name} failed: the user name or the password is wrong.")


def forget(world: ApplianceState, entries: list[Json]) -> tuple[list[Stage], str]:
    """After a failure, hosts that were not authenticated are not there any more."""
    for entry in entries:
        if not entry["_ready"]:
            world.remove("host", entry["id"])
    return [], "The host was not added." if len(entries) == 1 else "Hosts that did not authenticate were not added."


def delete(call: Call) -> Reply:
    """Forget a host that no node uses."""
    bodies.only(call.request)
    bodies.nothing(call.request)
    entry = call.world.get("host", call.keys[0])
    if call.world.jobs.busy("host", entry["id"]):
        raise Refused(409, f"Host {entry['name']} is being added.")
    users = [node["name"] for node in call.world.all("node") if (node["host"] or {}).get("id") == entry["id"]]
    if users:
        raise invalid(f"Host {entry['name']} is used by {', '.join(users)}.")
    call.world.remove("host", entry["id"])
    return Reply(200)


def parts(call: Call, kind: str) -> list[Json]:
    """Networks, pools or disks of a host."""
    return list(call.world.place(call.world.get("host", call.keys[0])).get(kind, []))


def network(call: Call) -> Reply:
    """One network of a host by its name."""
    found = [entry for entry in parts(call, "networks") if entry["name"] == call.keys[1]]
    if not found:
        raise not_found("network", call.keys[1])
    return reading.one(call, "host_network", found[0])


def listed(call: Call) -> Reply:
    """All hosts. Nothing is cached here, so ``invalidate_cache`` changes nothing."""
    bodies.flag(call.query, "invalidate_cache")
    return reading.many(call, "host", call.world.all("host"), "invalidate_cache")


def part_list(kind: str, key: str) -> Any:
    """The handler of a collection below a host."""
    return lambda call: reading.many(call, kind, parts(call, key))


ROUTES: Routes = {
    "hosts": {"GET": listed, "POST": create},
    "hosts/{}": {"GET": reading.reading("host"), "DELETE": delete, "PATCH": not_public},
    "hosts/{}/networks": {"GET": part_list("host_network", "networks")},
    "hosts/{}/networks/{}": {"GET": network},
    "hosts/{}/storage/pools": {"GET": part_list("host_pool", "pools")},
    "hosts/{}/storage/disks": {"GET": part_list("host_disk", "disks")},
}
