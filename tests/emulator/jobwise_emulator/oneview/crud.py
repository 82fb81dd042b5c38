# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Create, read, replace, patch and delete, the same for every category.

HP OneView REST API Reference: a PUT replaces the whole resource, so what it leaves out falls back to its default; a
PATCH is a JSON patch with one operation; attributes that only the appliance sets cannot be changed (403).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies
from jobwise_emulator.oneview.appliance_state import Call, copied, view
from jobwise_emulator.oneview.errors import Refused, conflict, invalid, unreadable
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.listing import collection
from jobwise_emulator.oneview.tasks import Effect, Work

Handler = Callable[[Call], Reply]
Routes = dict[str, dict[str, Handler]]

IDENTITY = ("uri", "category", "created")


def routes(kind: Kind) -> Routes:
    """All verbs of an ordinary category."""
    return {
        kind.path: {"GET": lambda call: listing(call, kind), "POST": lambda call: create(call, kind)},
        f"{kind.path}/{{}}": {
            "GET": lambda call: call.shown(kind, target(call, kind)),
            "PUT": lambda call: replace(call, kind, target(call, kind)),
            "PATCH": lambda call: patch(call, kind, target(call, kind)),
            "DELETE": lambda call: delete(call, kind, target(call, kind)),
        },
    }


def reading(kind: Kind) -> Routes:
    """The verbs of a category that clients only look at."""
    whole = routes(kind)
    return {path: {"GET": verbs["GET"]} for path, verbs in whole.items()}


def target(call: Call, kind: Kind) -> Json:
    """The resource that the path names."""
    return call.world.get(kind.path, f"/rest/{kind.path}/{call.keys[0]}")


def listing(call: Call, kind: Kind) -> Reply:
    """The collection, perhaps only what is in some scopes."""
    world = call.world
    entries = world.all(kind.path)
    scopes = [text for name, text in call.request.query if name == "scopeUris"]
    if scopes:
        wanted = {uri for text in scopes for uri in text.replace("'", "").replace('"', "").split(",")}
        entries = [entry for entry in entries if wanted & set(entry["_scope_uris"])]
    members = [view(world, kind, entry, call.version) for entry in entries]
    name = kind.collection_type or f"{kind.type.rstrip('V0123456789')}CollectionV3"
    return Reply(200, collection(call.request, members, world.settings, name, kind.category))


def body_of(call: Call, kind: Kind) -> Json:
    """The body of a write, checked against the category's attributes."""
    body = bodies.parse(call.request, kind.shape, call.world.exists)
    family = kind.type.rstrip("V0123456789").lower()
    given = body.get("type")
    if given and not str(given).lower().startswith(family[: max(4, len(family) - 4)]):
        raise unreadable(f"{given!r} is not a type of {kind.category}.")
    return body


def create(call: Call, kind: Kind) -> Reply:
    """POST on the collection."""
    return create_from(call, kind, body_of(call, kind))


def create_from(call: Call, kind: Kind, body: Json) -> Reply:
    """Make a resource from a body whose types are right."""
    for name in kind.required:
        if body.get(name) in (None, ""):
            raise invalid("MISSING_ATTRIBUTE", f"The attribute {name} is missing.", None, f"Give the attribute {name}.")

    def prepare() -> Effect:
        unique(call, kind, body, None)
        kind.check(call, body, None)
        return lambda: call.world.add(kind, sent(kind, body))

    reserve(call, kind, str(body.get(kind.key, "")))
    work = Work(kind.names[0], kind.category, None, str(body.get(kind.key, "")), prepare)
    return call.perform(kind, "create", work, 201)


def sent(kind: Kind, body: Json) -> Json:
    """The part of a body that a client has a say in."""
    known = {**kind.writable, "initialScopeUris": list}
    return {name: copied(value) for name, value in body.items() if name in known and value is not None}


def unique(call: Call, kind: Kind, body: Json, entry: Json | None) -> None:
    """409 for a name that another one has."""
    name = body.get(kind.key) if kind.unique else None
    other = call.world.named(kind.path, str(name), kind.key) if name is not None else None
    if other is not None and other is not entry and (other[kind.key] == name or not kind.exact_names):
        text = f"A {kind.title} with the name {name} already exists."
        raise conflict(duplicate(kind), text, f"It is {other['uri']}.", "Choose another name.")


def reserve(call: Call, kind: Kind, name: str) -> None:
    """409 while a create of that name runs, which has taken the name already."""
    world = call.world
    if not world.settings["names_reserved"] or not kind.unique or kind.path in world.settings["refused_in_task"]:
        return
    for task in world.tasks.all.values():
        work = task.work
        title, wanted = (work.title, name) if kind.exact_names else (work.title.lower(), name.lower())
        same = work.uri is None and work.category == kind.category and title == wanted
        if task.ended is None and same and work.name == kind.names[0]:
            text = f"A {kind.title} with the name {name} is being created."
            raise conflict(duplicate(kind), text, f"By task {task.uri}.", "Wait until that task has ended.")


def duplicate(kind: Kind) -> str:
    """The errorCode for a name that is taken."""
    return f"DUPLICATE_{kind.category.upper().replace('-', '_').rstrip('S')}_NAME"


def replace(call: Call, kind: Kind, entry: Json, body: Json | None = None, versioned: bool = True) -> Reply:
    """PUT on a resource; its eTag was looked at before unless ``versioned``."""
    body = body_of(call, kind) if body is None else body
    if versioned:
        call.check_version(entry, body)
    read_only(kind, entry, body)

    def prepare() -> Effect:
        for name in kind.required:
            if body.get(name) in (None, "") and name not in kind.keeps:
                raise invalid("MISSING_ATTRIBUTE", f"The attribute {name} is missing.", None, f"Give {name}.")
        for name in kind.fixed:
            if name in body and body[name] != entry.get(name):
                raise invalid("ATTRIBUTE_NOT_CHANGEABLE", f"{name} cannot be changed.", f"It is {entry.get(name)!r}.")
        unique(call, kind, body, entry)
        kind.check(call, body, entry)
        return lambda: put(call, kind, entry, body)

    work = Work(kind.names[1], kind.category, entry["uri"], str(entry.get(kind.key, "")), prepare)
    return call.perform(kind, "update", work, 200)


def read_only(kind: Kind, entry: Json, body: Json) -> None:
    """403 for another identity than the resource has."""
    for name in IDENTITY:
        if body.get(name) not in (None, entry[name]):
            text = f"The attribute {name} is read-only."
            raise Refused(403, "READ_ONLY_ATTRIBUTE", text, f"It is {entry[name]!r}.", ("Leave it as it was read.",))


def put(call: Call, kind: Kind, entry: Json, body: Json) -> Json:
    """Give a resource its new attributes."""
    before = copied(entry)
    given = sent(kind, body)
    for name in kind.writable:
        if name in given:
            entry[name] = given[name]
        elif name not in kind.keeps and name not in kind.fixed:
            default: Any = kind.defaults.get(name)
            entry[name] = copied(default)
    kind.changed(call.world, entry, before)
    call.world.touch(kind, entry)
    return entry


def patch(call: Call, kind: Kind, entry: Json) -> Reply:
    """PATCH on a resource."""
    one = bodies.one_patch(call.request)
    call.check_version(entry, None, needed=kind.path in call.world.settings["etag_on_patch"])
    path = str(one["path"])
    rule = kind.patches.get(path) or (scope_patch if path == "/scopeUris" else None)
    if rule is None:
        raise invalid("PATCH_NOT_SUPPORTED", f"The path {path} cannot be patched.", f"op {one['op']}, path {path}")

    def prepare() -> Effect:
        effect = rule(call, entry, one)

        def done() -> Json:
            effect()
            call.world.touch(kind, entry)
            return entry

        return done

    work = Work(kind.names[1], kind.category, entry["uri"], str(entry.get(kind.key, "")), prepare)
    return call.perform(kind, "patch", work, 200)


def scope_patch(call: Call, entry: Json, one: Json) -> Callable[[], None]:
    """Replace the scopes that a resource is in."""
    value = one.get("value")
    if one["op"] != "replace" or not isinstance(value, list):
        raise invalid("PATCH_NOT_SUPPORTED", "Scopes can only be replaced by a list.", None)
    for uri in value:
        bodies.reference(uri, "scopes", "value", call.world.exists)
    return lambda: entry.update(_scope_uris=list(value))


def delete(call: Call, kind: Kind, entry: Json) -> Reply:
    """DELETE on a resource."""
    call.check_version(entry, None, needed=kind.path in call.world.settings["etag_on_delete"])

    def prepare() -> Effect:
        if entry["uri"] not in call.world.objects.get(kind.path, {}):
            raise Refused(404, "RESOURCE_NOT_FOUND", "The resource was not found.", f"{entry['uri']} is gone.")
        if not call.flag("force"):
            kind.leaving(call.world, entry)
        return lambda: call.world.remove(kind, entry)

    work = Work(kind.names[2], kind.category, entry["uri"], str(entry.get(kind.key, "")), prepare)
    return call.perform(kind, "delete", work, 204)
