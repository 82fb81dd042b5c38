# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others do, on the orders of a test: changes at once, and operations that run as jobs."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from jobwise_emulator.exchange import Json, Request
from jobwise_emulator.ontap_select import routes, seed
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call
from jobwise_emulator.ontap_select.attributes import TABLES
from jobwise_emulator.ontap_select.errors import Refused
from jobwise_emulator.ontap_select.resources import TABLES as ROUTES
from jobwise_emulator.ontap_select.resources.removal import remove
from jobwise_emulator.platforms import OrderError

NAMES = {"credential": "hostname"}
OPERATIONS = {
    ("credential", "create"): ("POST", "security/credentials"),
    ("host", "create"): ("POST", "hosts"),
    ("cluster", "deploy"): ("POST", "clusters/{}/deploy"),
    ("cluster", "modify"): ("PATCH", "clusters/{}"),
    ("cluster", "delete"): ("DELETE", "clusters/{}"),
    ("network_check", "create"): ("POST", "network/connectivitychecks"),
    ("backup", "create"): ("POST", "backups"),
}


def change(world: ApplianceState, order: Json) -> Json:
    """Create, set or delete, asking no rule."""
    kind = str(order.get("type"))
    if kind == "settings":
        seed.apply_settings(world, order.get("set") or {})
        return {"id": "settings"}
    if kind == "inventory":
        return change_place(world, order)
    if kind == "job" and order.get("delete"):
        return {"id": world.jobs.forget(str(order.get("id")))}
    if kind not in TABLES:
        raise OrderError(f"there is no type {kind!r}")
    if "create" in order:
        return {"id": seed.seed_one(world, kind, order["create"])["id"]}
    entry = named(world, kind, order)
    if order.get("delete"):
        if kind == "cluster":
            remove(world, entry)
        world.remove(kind, entry["id"])
    else:
        entry.update(order.get("set") or {})
    return {"id": entry["id"]}


def change_place(world: ApplianceState, order: Json) -> Json:
    """Change what a host of the data centre, named by ``name``, really has; ``delete`` takes it away."""
    name = str(order.get("name"))
    if order.get("delete"):
        world.inventory["hosts"].pop(name, None)
    else:
        world.inventory["hosts"].setdefault(name, {}).update(order.get("set") or order.get("create") or {})
    return {"id": name}


def named(world: ApplianceState, kind: str, order: Json) -> Json:
    """The object that an order is about."""
    if "id" in order:
        found = world.all(kind, id=order["id"])
    else:
        found = world.all(kind, **{NAMES.get(kind, "name"): order.get("name")})
    if len(found) != 1:
        raise OrderError(f"{len(found)} objects of type {kind} fit {order.get('id', order.get('name'))!r}")
    return found[0]


def start_job(world: ApplianceState, order: Json) -> Json:
    """An operation that somebody else asked for; its job takes ``seconds``."""
    kind, action = str(order.get("resource_type")), str(order.get("resource_action"))
    if (kind, action) not in OPERATIONS:
        raise OrderError(f"there is no operation {action!r} on {kind!r}")
    method, path = OPERATIONS[kind, action]
    if "{}" in path:
        target = {"id": order["resource_id"]} if "resource_id" in order else {"name": order.get("resource_name")}
        path = path.format(named(world, kind, target)["id"])
    body: Any = order.get("request")
    data = b"" if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    request = Request(method, f"/api/v3/{path}", urlencode(order.get("query") or {}), headers, data)
    try:
        handler, keys = routes.find(ROUTES, method, path.split("/"))
        call = Call(world, request, keys, "", seconds=float(order.get("seconds", 2.0)))
        handler(call)
    except Refused as refusal:
        raise OrderError(str(refusal)) from None
    if call.job is None:
        raise OrderError("this is not done as a job")
    return {"id": call.job.id}
