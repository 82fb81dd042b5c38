# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""roles, and those of users one by one.

HP OneView REST API Reference, users: the other way to give roles, besides the PUT of a user.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Reply
from jobwise_emulator.oneview import bodies, filters
from jobwise_emulator.oneview.access import ROLES
from jobwise_emulator.oneview.appliance_state import Call, view
from jobwise_emulator.oneview.crud import Routes
from jobwise_emulator.oneview.errors import not_found, unreadable
from jobwise_emulator.oneview.listing import collection
from jobwise_emulator.oneview.resources.users import KIND, WITH_PERMISSIONS, apply, check_own, find, merged, permissions


def roles_page(call: Call, names: list[str]) -> Reply:
    """Roles as a collection."""
    members = [
        {"type": "RoleNameDtoV2", "roleName": name, "category": "roles", "uri": f"/rest/roles/{name}"} for name in names
    ]
    return Reply(200, collection(call.request, members, call.world.settings, "RoleNameCollection", "roles"))


def give_roles(call: Call) -> Reply:
    """POST adds, PUT replaces roles, a list of ``roleName``."""
    entry = find(call, call.keys[0])
    shape = [{"type": str, "roleName": str, "scopeUri": "uri:scopes"}]
    sent = bodies.check(bodies.decode(call.request), shape, "the body", call.world.exists)
    if not isinstance(sent, list):
        raise unreadable("The body must be a list.")
    roles = permissions({"permissions": sent}, WITH_PERMISSIONS) or []
    after = merged([] if call.request.method == "PUT" else entry["_permissions"], roles)
    check_own(call, entry, {}, after)
    apply(call, entry, {}, after)
    return Reply(200, [{"type": "RoleNameDtoV2", "roleName": one["roleName"]} for one in after])


def take_role(call: Call) -> Reply:
    """DELETE of a role that filters name with ``userName`` and ``roleName``."""
    tests = [filters.parse(text) for name, text in call.request.query if name == "filter"]
    pairs = [
        (entry, one)
        for entry in call.world.all("users")
        for one in entry["_permissions"]
        if all(test({"userName": entry["userName"], **one}) for test in tests)
    ]
    if not tests or not pairs:
        raise not_found("/rest/users/roles")
    for entry, one in pairs:
        after = [other for other in entry["_permissions"] if other is not one]
        check_own(call, entry, {}, after)
        apply(call, entry, {}, after)
    return Reply(204)


def users_with(call: Call) -> Reply:
    """The users that have a role, whatever its scope; its name is case-sensitive."""
    role = call.keys[0]
    if role not in ROLES:
        raise not_found(f"/rest/roles/{role}")
    entries = [one for one in call.world.all("users") if role in {held["roleName"] for held in one["_permissions"]}]
    members = [view(call.world, KIND, entry, call.version) for entry in entries]
    return Reply(200, collection(call.request, members, call.world.settings, KIND.collection_type, "users"))


ROUTES: Routes = {
    "users/roles/users/{}": {"GET": users_with},
    "users/roles": {"DELETE": take_role},
    "users/role/{}": {
        "GET": lambda call: roles_page(call, [one["roleName"] for one in find(call, call.keys[0])["_permissions"]])
    },
    "users/{}/roles": {"POST": give_roles, "PUT": give_roles},
    "roles": {"GET": lambda call: roles_page(call, sorted(ROLES))},
}
