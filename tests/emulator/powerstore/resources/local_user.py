# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Local users: passwords, locks and roles (PowerStore REST 4.0, local_user). Creating and deleting has no rules yet."""

from __future__ import annotations

import re

from tests.emulator.exchange import Json
from tests.emulator.powerstore.errors import Refused
from tests.emulator.powerstore.jobs import Effect
from tests.emulator.powerstore.world import Call, Rules, World

PASSWORD_PARTS = (r"[A-Z]", r"[a-z]", r"\d", r"[!,@#$%^*?_~]")


def modify(call: Call) -> Effect:
    """Change a user; the own password needs the current one, the default admin can only change that."""
    user, body = call.target, call.body
    own = user["id"] == call.user["id"]
    if body.get("role_id"):
        call.world.find("role", body["role_id"])
    if own and ("role_id" in body or body.get("is_locked")):
        raise Refused(422, "0xE09040040010", "You cannot change your own role or lock yourself.", user["name"])
    if user["name"] == "admin" and set(body) - {"password", "current_password"}:
        raise Refused(422, "0xE09040040011", "The default admin user cannot be modified.", user["name"])
    if "password" in body:
        check_password(body, user, own)

    def effect() -> None:
        user.update({name: body[name] for name in ("role_id", "is_locked", "is_mfa_bypass") if name in body})
        if "password" in body:
            user.update({"@password": body["password"], "@must_change": False, "is_default_password": False})

    return effect


def check_password(body: Json, user: Json, own: bool) -> None:
    """The kinds of characters a password needs, and the current one when it is one's own."""
    if not all(re.search(part, body["password"]) for part in PASSWORD_PARTS):
        raise Refused(422, "0xE09040040012", "The password does not meet the complexity requirements.")
    if own and body.get("current_password") != user.get("@password"):
        raise Refused(422, "0xE09040040013", "The current password is missing or wrong.")


def complete(world: World, user: Json) -> None:
    """Fill in a seeded user; ``password`` and ``is_password_change_required`` are kept hidden."""
    user["@password"] = user.pop("password", None) or user.get("@password")
    user["@must_change"] = bool(user.pop("is_password_change_required", user.get("@must_change")))
    for attribute in ("is_built_in", "is_locked", "is_default_password", "is_mfa_bypass"):
        user[attribute] = bool(user.get(attribute))
    user["role_id"] = user.get("role_id") or "3"


RULES = {"local_user": Rules({"modify": modify}, complete)}
