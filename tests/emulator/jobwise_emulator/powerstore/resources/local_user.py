# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Local users: names, passwords, locks and roles (PowerStore REST 4.0, local_user)."""

from __future__ import annotations

import re

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.permissions import may_write
from jobwise_emulator.powerstore.resources import names

NAME = re.compile(r"[A-Za-z0-9.]+")
PASSWORD_PARTS = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[!,@#$%^*?_~]")
OWN_PASSWORD = {"password", "current_password"}
DEFAULT = "admin"


def create(call: Call) -> Effect:
    """A new user, not locked; the name is unique and stays."""
    world, body = call.world, call.body
    name = body["name"]
    if not NAME.fullmatch(name):
        text = f"The user name {name} may have letters, digits and dots only."
        raise Refused(400, "0xE09040040014", text, name)
    if names.others(world, "local_user", name):
        raise Refused(400, "0xE09040040015", f"A local user with the name {name} exists already.", name)
    world.find("role", body["role_id"])
    check_strength(body["password"])

    def effect() -> Json:
        user = world.new("local_user", id=world.store.next_number("local_user"), **body)
        complete(world, user)
        world.store.add("local_user", user)
        return {"id": user["id"]}

    return effect


def modify(call: Call) -> Effect:
    """Change a user. Whoever may not manage users can change the own password and nothing else."""
    user, body = call.target, call.body
    own = user["id"] == call.user["id"]
    if own and set(body) - OWN_PASSWORD and not may_write(call.user, "local_user"):
        text = f"User {user['name']} is not authorized to change more than the own password."
        raise Refused(403, "0xE09040020001", text, user["name"])
    if user["name"] == DEFAULT and (set(body) if not own else set(body) - OWN_PASSWORD):
        raise Refused(422, "0xE09040040011", "The default admin user cannot be modified.", user["name"])
    if own and ("role_id" in body or body.get("is_locked")):
        raise Refused(422, "0xE09040040010", "You cannot change your own role or lock yourself.", user["name"])
    if "role_id" in body:
        call.world.find("role", body["role_id"])
    check_password(body, user, own)

    def effect() -> None:
        user.update({name: body[name] for name in ("role_id", "is_locked", "is_mfa_bypass") if name in body})
        if "password" in body:
            user.update({"@password": body["password"], "@must_change": False, "is_default_password": False})
            user["password_expiration_timestamp"] = None

    return effect


def delete(call: Call) -> Effect:
    """Delete a user; neither the default one nor oneself."""
    user, store = call.target, call.world.store
    if user["name"] == DEFAULT:
        raise Refused(422, "0xE09040040016", "The default admin user cannot be deleted.", user["name"])
    if user["id"] == call.user["id"]:
        raise Refused(422, "0xE09040040017", "You cannot delete the account you are logged in to.", user["name"])
    return lambda: store.remove("local_user", user["id"])


def check_password(body: Json, user: Json, own: bool) -> None:
    """A new password and, when it is one's own, the current one. Others are reset without it: it is not looked at."""
    if "password" not in body:
        if "current_password" in body:
            raise invalid("current_password is of use together with password only.", "current_password")
        return
    check_strength(body["password"])
    if own and body.get("current_password") != user.get("@password"):
        raise Refused(422, "0xE09040040013", "The current password is missing or wrong.")


def check_strength(password: str) -> None:
    """The kinds of characters a password needs; more kinds are fine. Its length is in the schema."""
    if not all(re.search(part, password) for part in PASSWORD_PARTS):
        raise Refused(422, "0xE09040040012", "The password does not meet the complexity requirements.")


def complete(world: ApplianceState, user: Json) -> None:
    """Fill in a user; ``password`` and ``is_password_change_required`` are kept hidden."""
    user["@password"] = user.pop("password", None) or user.get("@password")
    user["@must_change"] = bool(user.pop("is_password_change_required", user.get("@must_change")))
    for attribute in ("is_built_in", "is_locked", "is_default_password", "is_mfa_bypass"):
        user[attribute] = bool(user.get(attribute))
    user["role_id"] = user.get("role_id") or "3"
    cluster = world.store.get("cluster", "0") or {}
    user["mfa_alias"] = user.get("mfa_alias") or f"{user['name']}@{cluster.get('global_id')}"


RULES = {"local_user": Rules({"create": create, "modify": modify, "delete": delete}, complete)}
