# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Local users: changed in part on the collection's URI, and their roles within scopes.

Source: HP OneView REST API Reference, users and roles: a PUT names the user in its body and replaces roles only with
``replaceRoles``; from version 500 of the API on roles are ``permissions`` that may be bound to a scope.
"""

from __future__ import annotations

import dataclasses
import difflib
import re
import typing as t
from urllib.parse import quote

from ..engine.errors import InputError
from ..engine.plan import Plan, Step
from ..engine.resource import Json, Resource, Style
from .client import OneViewClient
from .subject import OneViewSubject

USERS = "/rest/users"
SCOPES = "/rest/scopes"
STYLE = Style(
    create=("POST", USERS),
    modify=("PUT", USERS),
    delete=("DELETE", "{id}"),
    action=("POST", "{id}/{action}"),
    by_name="{name}",
    version="eTag",
)
NAME = re.compile(r"[a-zA-Z][0-9a-zA-Z_-]{0,38}")
FORBIDDEN = "<>;,\"'&\\/|+:= "
SHORTEST, LONGEST = 8, 40
WITH_SCOPES = 500
"""The first version of the API whose roles may be bound to scopes."""

LOCAL_DOMAINS = ("", "local")


class UserSubject(OneViewSubject):
    """A local user. The resource gets its name as ``name``, and its roles as ``roles`` with names of scopes."""

    def __init__(self, client: OneViewClient, resource: Resource, want: Json) -> None:
        check_user(want)
        super().__init__(client, resource, want)
        self._scopes: dict[str, str] = {}
        self._names: dict[str, str] = {}

    # Reading

    def named(self, name: str) -> Json | None:
        """Return the user of this name."""
        have = self.client.get(f"{USERS}/{quote(name, safe='')}")
        if have is None:
            return None
        return {
            **have,
            "name": have["userName"],
            "uri": have.get("uri") or f"{USERS}/{quote(have['userName'], safe='')}",
        }

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the user; where roles are to be set, make sure that there are such roles and scopes."""
        have = super().look_up()
        asked = self.want.get("roles") if self.want["state"] == "present" else None
        if asked is None:
            if have is not None:
                have["roles"] = self._roles(have)
            return have
        self._find_scopes(one["scope"] for one in asked if one.get("scope"))
        if have is not None:
            have["roles"] = self._roles(have)
        if have is None or not same_roles(have["roles"], self._asked_roles()):
            self._check_roles(one["role"] for one in asked)
        return have

    def _roles(self, have: Json) -> list[Json]:
        """Return the roles of a user in the form that the task gives them."""
        told = have.get("permissions")
        if told is None:
            told = (
                have["roles"] if have.get("roles") else self.client.all(f"{USERS}/role/{quote(have['name'], safe='')}")
            )
        found = [{"roleName": one} if isinstance(one, str) else one for one in told]
        return self._told_roles((one.get("roleName"), one.get("scopeUri")) for one in found)

    def _asked_roles(self) -> list[Json]:
        return self._told_roles((one["role"], self._scope_uri(one.get("scope"))) for one in self.want["roles"])

    def _told_roles(self, roles: t.Iterable[tuple[str | None, str | None]]) -> list[Json]:
        """Return roles with URIs of scopes, each once and in one spelling: with the scope's name, if it is known."""
        told = [
            {"role": role, "scope": self._names.get(uri, uri) if uri else None} for role, uri in dict.fromkeys(roles)
        ]
        return sorted(told, key=str)

    def _find_scopes(self, asked: t.Iterable[str]) -> None:
        """Look up the scopes that are given by name; their names ignore case."""
        unknown = {one.lower(): one for one in asked if self._scope_uri(one) == one and not one.startswith("/rest/")}
        names = list(unknown.values())
        if not names:
            return
        rows = self.client.find(SCOPES, "name", names[0]) if len(names) == 1 else self.client.all(SCOPES)
        known = {str(row["name"]).lower(): row for row in rows}
        missing = [name for name in names if name.lower() not in known]
        if missing:
            raise InputError(f"roles: the appliance has no scope {', '.join(missing)}.", hint="Nothing was written.")
        self._scopes.update((name, str(row["uri"])) for name, row in known.items())
        self._names.update((str(row["uri"]), str(row["name"])) for row in known.values())

    def _check_roles(self, asked: t.Iterable[str]) -> None:
        """Raise InputError for roles that there are not: their names differ by case, too."""
        known = [str(row.get("roleName") or row.get("name")) for row in self.client.all("/rest/roles")]
        for role in asked:
            if known and role not in known:
                folded = {one.lower(): one for one in known}
                near = [folded[one] for one in difflib.get_close_matches(role.lower(), folded, 1)] or sorted(known)
                raise InputError(f"roles: the appliance has no role {role!r}.", hint=f"There is {', '.join(near)}.")

    # Planning

    def resolved(self) -> Json:
        """Return the task's options as the table compares them."""
        want = super().resolved()
        if want.get("roles") is not None:
            want["roles"] = self._asked_roles()
        return want

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done; raise InputError for what nobody may do to himself."""
        plan = super().plan(have)
        if have is not None and plan.steps:
            self._check_own(have, plan)
        return dataclasses.replace(plan, steps=tuple(self._spelled(step, have) for step in plan.steps))

    def _spelled(self, step: Step, have: Json | None) -> Step:
        """Return a step as the appliance takes it: a PUT names the user in its body and replaces roles if told to."""
        if step.body is None:
            return step
        body = dict(step.body)
        name = body.pop("name", None) or (have or {}).get("name")
        if "current_password" in body:
            body["currentPassword"] = body.pop("current_password")
        with_scopes = not 0 < self.client.api_version < WITH_SCOPES
        if "permissions" in body:
            body.update(self._wire_roles(body.pop("permissions"), with_scopes))
            if step.verb == "PUT":
                body["replaceRoles"] = True
        kind = "UserAndPermissions" if with_scopes else "UserAndRoles"
        return dataclasses.replace(step, body={"type": kind, "userName": name, **body})

    def _scope_uri(self, given: str | None) -> str | None:
        return self._scopes.get(given.lower(), given) if given else None

    def _wire_roles(self, roles: list[Json], with_scopes: bool) -> Json:
        if with_scopes:
            bound = [{"roleName": one["role"], "scopeUri": self._scope_uri(one["scope"])} for one in roles]
            return {"permissions": bound}
        if any(one["scope"] for one in roles):
            raise InputError(f"Version {self.client.api_version} of the API knows no scopes of roles.")
        return {"roles": [one["role"] for one in roles]}

    def _check_own(self, have: Json, plan: Plan) -> None:
        own = have["name"].lower() == self.client.username.lower() and self.client.domain.lower() in LOCAL_DOMAINS
        if not own:
            return
        body = plan.steps[0].body or {}
        hint = "Log in as another administrator."
        if self.want["state"] == "absent":
            raise InputError(f"User {have['name']} cannot delete himself.", hint=hint)
        if "permissions" in body:
            raise InputError(f"User {have['name']} cannot change the own roles.", hint=hint)
        if body.get("enabled") is False:
            raise InputError(f"User {have['name']} cannot disable himself.", hint=hint)
        if "password" in body and not self.want.get("current_password"):
            raise InputError(
                f"User {have['name']} changes the own password, so the appliance demands the present one.",
                hint="Give it as current_password.",
            )


def same_roles(have: t.Any, want: t.Any) -> bool:
    """Compare roles in one spelling of their scopes; their order means nothing, and their names differ by case."""
    return sorted(map(str, have or ())) == sorted(map(str, want or ()))


def check_user(want: Json) -> None:
    """Raise InputError for a name or a password that no appliance accepts; a password is not part of the message."""
    name, password = want.get("name"), want.get("user_password")
    if want["state"] != "present":
        return
    if name and not NAME.fullmatch(name):
        raise InputError(
            f"name takes 1 to 39 letters, digits, - and _, with a letter first, not {name!r}.",
        )
    for one in want.get("roles") or ():
        if not one["role"].strip():
            raise InputError("roles has an entry without a role.")
    if password is None:
        return
    wrong = []
    if not SHORTEST <= len(password) <= LONGEST:
        wrong.append(f"{SHORTEST} to {LONGEST} characters, not {len(password)}")
    if set(password) & set(FORBIDDEN):
        wrong.append(f"none of {FORBIDDEN.strip()} and no blank")
    if wrong:
        raise InputError(f"user_password does not fit the appliance's rules: it takes {', and '.join(wrong)}.")
