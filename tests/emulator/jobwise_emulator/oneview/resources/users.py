# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""users and roles.

HP OneView REST API Reference, users: a PUT goes to the collection, names the user in its body and may be partial; roles
are added unless ``replaceRoles`` is true; from version 500 of the API on they are ``permissions`` bound to scopes.
"""

from __future__ import annotations

import re
from typing import Any

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import bodies, filters
from jobwise_emulator.oneview.access import ROLES
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call
from jobwise_emulator.oneview.crud import Routes, listing
from jobwise_emulator.oneview.errors import Refused, conflict, invalid, not_found, unreadable
from jobwise_emulator.oneview.kinds import Kind
from jobwise_emulator.oneview.tasks import Effect, Work

WITH_PERMISSIONS = 500
NAME = re.compile(r"[a-zA-Z]+?[0-9-_a-zA-Z]*")
FORBIDDEN = set("<>;,\"'&\\/|+:= ")
FACTORY = "administrator"
OWN_WORDS = {
    "password": str,
    "currentPassword": str,
    "replaceRoles": bool,
    "permissions": [{"roleName": str, "scopeUri": "uri:scopes", "type": str}],
    "roles": [str],
}
PLAIN = {"userName": str, "fullName": str, "emailAddress": str, "officePhone": str, "mobilePhone": str, "enabled": bool}


def shown(dummy: ApplianceState, entry: Json, version: int) -> Json:
    """A user as a version of the API shows it; never with a password."""
    roles = [dict(one) for one in entry["_permissions"]]
    told = {name: value for name, value in entry.items() if name not in ("state", "status", "scopesUri")}
    if version >= WITH_PERMISSIONS:
        return {**told, "type": "UserAndPermissions", "permissions": roles}
    return {**told, "type": "UserAndRoles", "roles": [one["roleName"] for one in roles]}


KIND = Kind(
    path="users",
    type="UserAndPermissions",
    title="user",
    key="userName",
    required=("userName", "password"),
    writable={**PLAIN, **OWN_WORDS},
    defaults={"fullName": "", "emailAddress": "", "officePhone": "", "mobilePhone": "", "enabled": True},
    collection_type="UserAndRolesCollection",
    view=shown,
)


def wrong(attribute: str, rule: str) -> Refused:
    """400 for a value against the rules; the value is not repeated."""
    return invalid(f"USER_INVALID_{attribute.upper()}", f"The {attribute} is not valid.", rule, "Follow the rules.")


def check_password(password: Any) -> None:
    """8 to 40 characters without some special ones."""
    if not isinstance(password, str) or not 8 <= len(password) <= 40:
        raise wrong("password", "A password has 8 to 40 characters.")
    if FORBIDDEN & set(password):
        raise wrong("password", "A password has none of < > ; , \" ' & \\ / | + : = and no blank.")


def check(body: Json) -> None:
    """The rules for what a body has."""
    if "userName" in body and (not NAME.fullmatch(body["userName"] or "") or len(body["userName"]) > 39):
        raise wrong("userName", "A user name has 1 to 39 letters, digits, - and _, and begins with a letter.")
    for name in ("officePhone", "mobilePhone"):
        if len(body.get(name) or "") > 25:
            raise wrong(name, "A number has at most 25 characters.")
    if body.get("emailAddress") and not re.fullmatch(r"[^@\s]+@[^@\s]+", body["emailAddress"]):
        raise wrong("emailAddress", "This is no address.")
    if body.get("password") is not None:
        check_password(body["password"])


def permissions(body: Json, version: int) -> list[Json] | None:
    """The roles that a body names, None if it names none; their names are case-sensitive."""
    name = "permissions" if version >= WITH_PERMISSIONS else "roles"
    other = "roles" if name == "permissions" else "permissions"
    if body.get(other) is not None:
        raise unreadable(f"the body has no attribute {other!r} in version {version} of the API.")
    given = body.get(name)
    if given is None:
        return None
    found = [{"roleName": one} if isinstance(one, str) else one for one in given]
    for one in found:
        if one.get("roleName") not in ROLES:
            text = f"The role {one.get('roleName')} does not exist."
            raise invalid("ROLE_NOT_FOUND", text, "Names of roles are case-sensitive.", "See GET /rest/roles.")
    return [{"roleName": one["roleName"], "scopeUri": one.get("scopeUri") or None} for one in found]


def create(call: Call) -> Reply:
    """POST: one user, or several with ``multiResource=true``."""
    several = call.flag("multiResource")
    sent = bodies.decode(call.request)
    if several is not isinstance(sent, list):
        raise unreadable("The body must be a list with multiResource=true, an object without.")
    made = [
        new(call, bodies.check(one, KIND.shape, "a user", call.world.exists)) for one in (sent if several else [sent])
    ]
    if several:
        return Reply(201, [shown_body(call, one) for one in made])
    return call.shown(KIND, made[0], 201)


def shown_body(call: Call, entry: Json) -> Json:
    """A user as it is read."""
    told = shown(call.world, entry, call.version)
    return {name: value for name, value in told.items() if not name.startswith("_")}


def new(call: Call, body: Json) -> Json:
    """One new user."""
    if not isinstance(body, dict):
        raise unreadable("A user must be an object.")
    for name in KIND.required:
        if not body.get(name):
            raise wrong(name, f"{name} is missing.")
    check(body)
    roles = permissions(body, call.version)
    if call.world.named("users", body["userName"], "userName"):
        text = f"The user {body['userName']} already exists."
        raise conflict("USER_ALREADY_EXISTS", text, None, "Choose another user name.")
    return plant(call.world, {**body, "permissions": roles or []})


def plant(world: ApplianceState, order: Json) -> Json:
    """Store a user: plain attributes, ``password``, ``permissions``."""
    plain = {name: order[name] for name in PLAIN if order.get(name) is not None}
    own = {name: value for name, value in order.items() if name.startswith("_")}
    entry = {"uri": f"/rest/users/{order['userName']}", **plain, **own, "_password": order.get("password")}
    entry["_permissions"] = merged([], order.get("permissions") or [])
    return world.add(KIND, entry)


def merged(have: list[Json], more: list[Json]) -> list[Json]:
    """Roles with others added, each pair of role and scope once."""
    pairs = {(one["roleName"], one.get("scopeUri")): None for one in (*have, *more)}
    return [{"roleName": role, "scopeUri": scope} for role, scope in pairs]


def find(call: Call, name: str) -> Json:
    """A user; 404 when there is none."""
    entry = call.world.named("users", name, "userName")
    if entry is None:
        raise not_found(f"/rest/users/{name}")
    return entry


def update(call: Call) -> Reply:
    """PUT on the collection: what the body has of one user."""
    body = bodies.parse(call.request, KIND.shape, call.world.exists)
    if not body.get("userName"):
        raise wrong("userName", "userName is missing.")
    entry = find(call, body["userName"])
    call.check_version(entry, body, needed=False)

    def prepare() -> Effect:
        check({name: value for name, value in body.items() if name != "userName"})
        roles = permissions(body, call.version)
        target = [] if body.get("replaceRoles") else entry["_permissions"]
        after = entry["_permissions"] if roles is None else merged(target, roles)
        check_own(call, entry, body, after)
        return lambda: apply(call, entry, body, after)

    work = Work("Update", "users", entry["uri"], entry["userName"], prepare)
    return call.perform(KIND, "update", work, 200)


def check_own(call: Call, entry: Json, body: Json, roles: list[Json]) -> None:
    """What users may not do to themselves: change roles; a password only with the one that it replaces."""
    if entry["userName"].lower() != call.user.lower():
        return
    if key(roles) != key(entry["_permissions"]):
        text = "Users cannot change their own roles."
        raise Refused(403, "USER_OWN_ROLES", text, None, ("Log in as another administrator.",))
    if body.get("enabled") is False:
        raise invalid("USER_OWN_ACCOUNT", "Users cannot disable themselves.", None, "Log in as somebody else.")
    if body.get("password") is not None and body.get("currentPassword") != entry["_password"]:
        text = "The current password is wrong or missing."
        raise invalid("USER_INVALID_CURRENT_PASSWORD", text, None, "Give it as currentPassword.")


def key(roles: list[Json]) -> list[tuple[str, str]]:
    """Roles to compare, whatever their order."""
    return sorted((one["roleName"], one["scopeUri"] or "") for one in roles)


def apply(call: Call, entry: Json, body: Json, roles: list[Json]) -> Json:
    """Change a user."""
    for name in PLAIN:
        if name in body and name != "userName":
            entry[name] = KIND.defaults[name] if body[name] is None else body[name]
    if body.get("password") is not None:
        entry["_password"] = body["password"]
        entry.pop("_must_change", None)
    entry["_permissions"] = roles
    call.world.touch(KIND, entry)
    return entry


def remove(call: Call) -> Reply:
    """DELETE of one user."""
    entry = find(call, call.keys[0])
    call.check_version(entry, None, needed=False)
    return drop(call, [entry])


def drop(call: Call, entries: list[Json]) -> Reply:
    """Remove users, but neither oneself nor the factory's administrator."""
    for entry in entries:
        name = entry["userName"].lower()
        if name in (FACTORY, call.user.lower()):
            raise invalid("USER_NOT_DELETABLE", f"The user {entry['userName']} cannot be deleted.", None, "Keep it.")
    for entry in entries:
        call.world.remove(KIND, entry)
        call.access.drop_user(entry["userName"])
    return Reply(204)


def remove_some(call: Call) -> Reply:
    """DELETE of all users that ``query`` names by their ``loginname``."""
    if not call.query.get("query"):
        raise invalid("MISSING_QUERY", "The parameter query is missing.")
    test = filters.parse_query(call.query["query"])
    found = [one for one in call.world.all("users") if test({**one, "loginname": one["userName"]})]
    if not found:
        raise not_found("/rest/users")
    return drop(call, found)


def change_password(call: Call) -> Reply:
    """Change a password without a session, knowing the old one."""
    shape = {"userName": str, "oldPassword": str, "newPassword": str}
    body = bodies.parse(call.request, shape, call.world.exists)
    entry = call.world.named("users", body.get("userName") or "", "userName")
    if entry is None or entry["_password"] != body.get("oldPassword"):
        raise invalid("AUTHN_AUTH_FAIL", "Invalid username or password or directory.", None, "Check the old password.")
    check_password(body.get("newPassword"))
    entry["_password"] = body["newPassword"]
    entry.pop("_must_change", None)
    call.world.touch(KIND, entry)
    return call.shown(KIND, entry)


def exists(call: Call, attribute: str) -> Reply:
    """Whether a user has this name already."""
    return Reply(200, call.world.named("users", call.keys[0], attribute) is not None)


ROUTES: Routes = {
    "users": {
        "GET": lambda call: listing(call, KIND),
        "POST": create,
        "PUT": update,
        "DELETE": remove_some,
    },
    "users/{}": {"GET": lambda call: call.shown(KIND, find(call, call.keys[0])), "DELETE": remove},
    "users/changePassword": {"POST": change_password},
    "users/validateLoginName/{}": {"POST": lambda call: exists(call, "userName")},
    "users/validateUserName/{}": {"POST": lambda call: exists(call, "fullName")},
}
