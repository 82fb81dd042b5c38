# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others do, on the orders of a test: changes at once, and operations that run as tasks."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

from jobwise_emulator.exchange import Json, Request
from jobwise_emulator.oneview import routes, seed, settings
from jobwise_emulator.oneview.access import Access
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call, copied
from jobwise_emulator.oneview.errors import Refused
from jobwise_emulator.oneview.resources import KINDS, TABLES, users
from jobwise_emulator.oneview.tasks import STATES
from jobwise_emulator.platforms import OrderError

METHODS = {"create": "POST", "update": "PUT", "modify": "PUT", "patch": "PATCH", "delete": "DELETE"}


def change(world: ApplianceState, order: Json) -> Json:
    """Create, set or delete, asking no rule. The category is the ``type``."""
    path = str(order.get("type"))
    if path == "settings":
        world.settings = settings.merge(world.settings, order.get("set") or {})
        return {"id": "settings"}
    if path == "tasks":
        return change_task(world, order)
    if path not in KINDS:
        raise OrderError(f"there is no category {path!r}")
    if "create" in order:
        return {"id": seed.seed_one(world, path, order["create"])["uri"]}
    entry = named(world, path, order)
    if order.get("delete"):
        world.remove(KINDS[path], entry)
    else:
        facts = seed.resolved(world, order.get("set") or {})
        if path == "users":
            facts = {("_" + name if name in ("password", "permissions") else name): v for name, v in facts.items()}
        before = copied(entry)
        entry.update(facts)
        KINDS[path].changed(world, entry, before)
        world.touch(KINDS[path], entry)
    return {"id": entry["uri"]}


def change_task(world: ApplianceState, order: Json) -> Json:
    """Put a task into a state, with ``errors`` if given, or forget it."""
    key = str(order.get("id", "")).rpartition("/")[2]
    task = world.tasks.all.get(key)
    if task is None:
        raise OrderError(f"there is no task {key!r}")
    if order.get("delete"):
        del world.tasks.all[key]
        return {"id": task.uri}
    wanted = order.get("set") or {}
    if wanted.get("state") not in STATES:
        raise OrderError(f"state must be one of {', '.join(STATES)}")
    world.tasks.doom(task, {"percent": 0, "messages": [], **wanted})
    world.tasks.advance()
    return {"id": task.uri}


def named(world: ApplianceState, path: str, order: Json) -> Json:
    """The resource that an order is about, by URI, id or name; of a category with one resource, that one."""
    if "id" in order:
        uri = str(order["id"])
        found = world.find(uri if uri.startswith("/") else f"/rest/{path}/{uri}")
    elif "name" in order:
        found = world.named(path, str(order["name"]), KINDS[path].key)
    else:
        entries = world.all(path)
        found = entries[0] if len(entries) == 1 else None
    if found is None:
        raise OrderError(f"there is no {path} {order.get('id', order.get('name'))!r}")
    return found


def start_job(world: ApplianceState, access: Access, order: Json) -> Json:
    """An operation that somebody else asked for; its task takes ``seconds``."""
    path, action = str(order.get("resource_type")), str(order.get("resource_action"))
    user = str(order.get("user", "Administrator"))
    if path not in KINDS or action not in METHODS:
        raise OrderError(f"there is no operation {action!r} on {path!r}")
    if world.named("users", user, users.KIND.key) is None:
        raise OrderError(f"there is no user {user!r}")
    where, body = f"/rest/{path}", order.get("request")
    if action != "create" and path not in ("users",):
        ids = {"id": order["resource_id"]} if "resource_id" in order else {"name": order.get("resource_name")}
        entry = named(world, path, ids if ids.get("id") or ids.get("name") else {})
        where = entry["uri"]
        if action in ("update", "modify"):
            body = {**{name: value for name, value in entry.items() if not name.startswith("_")}, **(body or {})}
    headers = {"content-type": "application/json", "if-match": "*"}
    data = b"" if body is None else json.dumps(body).encode()
    request = Request(METHODS[action], quote(where), urlencode(order.get("query") or {}), headers, data)
    try:
        handler, keys = routes.find(TABLES, request.method, request.segments[1:])
        newest = int(world.settings["current_version"])
        call = Call(world, request, keys, newest, user, access, seconds=float(order.get("seconds", 2.0)))
        handler(call)
    except Refused as refusal:
        raise OrderError(f"{refusal} {refusal.error['details'] or ''}") from None
    if call.task is None:
        raise OrderError("this is not done as a task")
    return {"id": call.task.uri}
