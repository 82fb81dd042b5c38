# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""scopes, what is in them, and the index that tells it.

HPE OneView REST API: resources are put into a scope and taken out by a JSON patch; a resource
tells its scopes at ``scopesUri``, the index finds the resources of a scope.
"""

from __future__ import annotations

from collections.abc import Callable

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, crud
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call
from jobwise_emulator.oneview.errors import invalid, not_found
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.listing import collection

IN, OUT = "addedResourceUris", "removedResourceUris"
NOT_INDEXED = ("users", "scopes", "backups", "backups/config", "connection-templates")


def put_in(world: ApplianceState, uri: str, scope: str) -> None:
    """Put a resource into a scope."""
    entry = world.find(uri)
    if entry is not None and scope not in entry["_scope_uris"]:
        entry["_scope_uris"] = [*entry["_scope_uris"], scope]


def take_out(world: ApplianceState, uri: str, scope: str) -> None:
    """Take a resource out of a scope."""
    entry = world.find(uri)
    if entry is not None:
        entry["_scope_uris"] = [one for one in entry["_scope_uris"] if one != scope]


def assign(world: ApplianceState, entry: Json, *dummy: Json) -> None:
    """Do what a body says about resources; a scope does not keep it."""
    for uri in entry.pop(IN, None) or ():
        put_in(world, uri, entry["uri"])
    for uri in entry.pop(OUT, None) or ():
        take_out(world, uri, entry["uri"])


def members(world: ApplianceState, scope: str) -> list[Json]:
    """The resources in a scope."""
    return [one for known in world.objects.values() for one in known.values() if scope in one["_scope_uris"]]


def gone(world: ApplianceState, entry: Json) -> None:
    """Nothing is in a scope that is gone."""
    for one in members(world, entry["uri"]):
        take_out(world, one["uri"], entry["uri"])


def patch_members(
    change: Callable[[ApplianceState, str, str], None],
) -> Callable[[Call, Json, Json], Callable[[], None]]:
    """The rule of a patch that names a resource, or a list of them."""

    def rule(call: Call, entry: Json, one: Json) -> Callable[[], None]:
        value = one.get("value")
        uris = value if isinstance(value, list) else [value]
        if isinstance(value, list) is one["path"].endswith("/-") or one["op"] not in ("add", "replace"):
            raise invalid("PATCH_NOT_SUPPORTED", "The value does not fit the path.", f"{one['op']} {one['path']}")
        for uri in uris:
            bodies.reference(str(uri), "", "value", call.world.exists)

        def done() -> None:
            for uri in uris:
                change(call.world, str(uri), entry["uri"])

        return done

    return rule


def patch_text(call: Call, entry: Json, one: Json) -> Callable[[], None]:
    """The rule of a patch of name or description."""
    name = one["path"][1:]
    if one["op"] != "replace" or not isinstance(one.get("value"), str):
        raise invalid("PATCH_NOT_SUPPORTED", f"{name} can only be replaced by a text.", None)
    if name == "name":
        crud.unique(call, KIND, {"name": one["value"]}, entry)
    return lambda: entry.update({name: one["value"]})


KIND = Kind(
    path="scopes",
    type="ScopeV3",
    title="scope",
    collection_type="ScopeCollectionV3",
    writable={"name": str, "description": str, IN: ["uri"], OUT: ["uri"]},
    defaults={"description": ""},
    keeps=(IN, OUT),
    made=assign,
    changed=assign,
    gone=gone,
    patches={
        "/name": patch_text,
        "/description": patch_text,
        f"/{IN}": patch_members(put_in),
        f"/{IN}/-": patch_members(put_in),
        f"/{OUT}": patch_members(take_out),
        f"/{OUT}/-": patch_members(take_out),
    },
)


def scoped(call: Call) -> Json:
    """The resource whose scopes are asked for."""
    uri = "/" + call.keys[0]
    entry = call.world.find(uri)
    if entry is None:
        raise not_found(uri)
    return entry


def scopes_of(call: Call) -> Reply:
    """The scopes of a resource; a PATCH replaces them."""
    entry = scoped(call)
    if call.request.method == "PATCH":
        one = bodies.one_patch(call.request)
        if one["path"] != "/scopeUris":
            raise invalid("PATCH_NOT_SUPPORTED", f"The path {one['path']} cannot be patched.", None)
        crud.scope_patch(call, entry, one)()
    told = {"type": "ScopedResource", "category": "scopes", "resourceUri": entry["uri"], "eTag": entry["eTag"]}
    return Reply(200, {**told, "uri": entry["scopesUri"], "scopeUris": entry["_scope_uris"]})


def index(call: Call) -> Reply:
    """All resources, in short."""
    asked = [text for name, text in call.request.query if name == "category"]
    rows = [
        {
            "type": "IndexResourceV300",
            "category": one["category"],
            "uri": one["uri"],
            "name": one.get("name"),
            "description": one.get("description"),
            "state": one.get("state"),
            "status": one.get("status"),
            "created": one["created"],
            "modified": one["modified"],
            "eTag": one["eTag"],
            "attributes": {},
            "scopeUris": one["_scope_uris"],
        }
        for path, known in call.world.objects.items()
        if path not in NOT_INDEXED
        and not path.startswith(("appliance/", "certificates/"))
        and (not asked or path in asked)
        for one in known.values()
    ]
    return Reply(200, collection(call.request, rows, call.world.settings, "IndexPaginatedCollection", "resources"))


ROUTES: crud.Routes = {
    "scopes/resources/**": {"GET": scopes_of, "PATCH": scopes_of},
    "index/resources": {"GET": index},
}
