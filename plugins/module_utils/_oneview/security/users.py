# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Local users and their roles within scopes.

Source: HP OneView REST API Reference, users and roles. A PUT goes to the collection's URI, names the user in its body,
and changes only the attributes in it; it replaces the roles only with ``replaceRoles``. Since API version 500, roles
are ``permissions``, which may be limited to a scope.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t
from urllib.parse import quote

from ..._engine.data import Json
from ..._engine.errors import InputError, LoginFailed
from ..._engine.job import DONE, Job
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import VERSION_LATER, Request
from ..._engine.table.attribute import SECRET, SECRET_SET, Attribute, as_set
from ..._engine.table.resource_type import ResourceType, RestConvention
from ..._engine.text.names import the_one, unknown
from ..client import OneViewClient
from ..handler import OneViewHandler
from ..session import CHANGE_PASSWORD, must_change_password

USERS = "/rest/users"
SCOPES = "/rest/scopes"
CONVENTION = RestConvention(
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
"""The first API version in which a role may be limited to a scope."""

CHANGE = "change password"
"""The action of a password change that needs no login."""

LOCAL_DOMAINS = ("", "local")


class UserHandler(OneViewHandler):
    """Handles a local user. The resource gets ``name``, and ``roles`` with the names of their scopes."""

    def __init__(self, client: OneViewClient, resource: ResourceType, desired: Json) -> None:
        super().__init__(client, resource, desired)
        # What the last read has found: whether the user must change the password before the first login, and whether
        # the new password works although the response to its change was lost.
        self._has_to_change = self._is_changed = False

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note a name, roles or a password that no appliance accepts."""
        note_user(desired, mistakes)

    # Reading

    def named(self, name: str) -> Json | None:
        """Return the user with this name, or None. An exact match wins over one that differs only in case."""
        current = self.client.get(f"{USERS}/{quote(name, safe='')}")
        if current is not None and current["userName"] != name:
            # The appliance ignores case, so another user may have exactly the desired spelling.
            current = the_one(self.client.all(USERS), name, self.resource.title, key="userName", place="uri") or current
        if current is None:
            return None
        return {
            **current,
            "name": current["userName"],
            "uri": current.get("uri") or f"{USERS}/{quote(current['userName'], safe='')}",
        }

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the user, or None; note an error for each role or scope in the task that does not exist.

        If the user must change their password before the first login, return only what the task itself says.
        """
        if self._has_to_change and not self._sent:
            return self._stub()
        try:
            current = self._found()
            self._has_to_change = False
        except LoginFailed as error:
            if not must_change_password(error) or not self._may_change():
                raise
            self._has_to_change = True
            return self._stub()
        desired_roles = self.desired.get("roles") if self.desired["state"] == "present" else None
        if desired_roles is None:
            if current is not None:
                current["roles"] = self._roles(current)
            return current
        scopes = [
            entry["scope"] for entry in desired_roles if entry.get("scope") and not entry["scope"].startswith("/rest/")
        ]
        if scopes:
            self.directory.find_all("roles", scopes, SCOPES)
        if current is not None:
            current["roles"] = self._roles(current)
        if current is None or as_set(current["roles"]) != as_set(self._desired_roles()):
            self._check_roles(entry["role"] for entry in desired_roles)
        return current

    def _found(self) -> Json | None:
        """Return the user, or None.

        If the login fails after the password change was sent, its response may have been lost. Then try the new one.
        """
        try:
            return super().read()
        except LoginFailed as error:
            if (
                not (self._has_to_change and self._sent)
                or must_change_password(error)
                or self.client.logs_in_with(self.desired["user_password"])
            ):
                raise
            self.client.go_on_with(self.desired["user_password"])
            self._is_changed = True
            return super().read()

    def _may_change(self) -> bool:
        """Return whether the task has all options to change the user's own password without a login."""
        desired = self.desired
        has_passwords = desired["state"] == "present" and desired["user_password"] and desired["current_password"]
        return bool(has_passwords) and desired["update_password"] == "always" and self._is_own(desired)

    def _stub(self) -> Json:
        """Return the known attributes of a user who cannot log in before they have changed their password."""
        name = self.desired["name"]
        return {"id": f"{USERS}/{quote(name, safe='')}", "name": name, "userName": name}

    def _change(self) -> Plan:
        """Return the plan that changes the password first; the other options can only be compared after the login."""
        name = self.desired["name"]
        steps = [
            Request(CHANGE, "POST", CHANGE_PASSWORD, None, f"change the password of user {name} before the first login")
        ]
        rest = [
            attribute.option
            for attribute in self.resource.attributes
            if not attribute.sensitive and self.desired.get(attribute.option) is not None
        ]
        if rest:
            summary = f"set {', '.join(rest)} of user {name} after that, if necessary"
            steps.append(Request("modify", "PUT", USERS, {}, summary, version=VERSION_LATER))
        before, after = ({"name": name, "user_password": shown} for shown in (SECRET, SECRET_SET))
        return Plan(tuple(steps), before, after)

    def _roles(self, current: Json) -> list[Json]:
        """Return the roles of a user in the form of the option ``roles``."""
        roles = current.get("permissions")
        if roles is None:
            roles = (
                current["roles"]
                if current.get("roles")
                else self.client.all(f"{USERS}/role/{quote(current['name'], safe='')}")
            )
        found = [{"roleName": role} if isinstance(role, str) else role for role in roles]
        return self._normalized_roles((role.get("roleName"), role.get("scopeUri")) for role in found)

    def _desired_roles(self) -> list[Json]:
        return self._normalized_roles(self._desired_pairs())

    def _desired_pairs(self) -> list[tuple[str, str | None]]:
        """Return the task's roles, each once, with the URI of its scope."""
        pairs = {(entry["role"], self._scope_uri(entry.get("scope"))): None for entry in self.desired["roles"]}
        return sorted(pairs, key=str)

    def _normalized_roles(self, roles: t.Iterable[tuple[str | None, str | None]]) -> list[Json]:
        """Return pairs of role and scope URI as sorted entries without duplicates, with the scope's name if known."""
        entries = [
            {"role": role, "scope": self.directory.name_of(uri) or uri or None} for role, uri in dict.fromkeys(roles)
        ]
        return sorted(entries, key=str)

    def _check_roles(self, roles: t.Iterable[str]) -> None:
        """Note an error for roles that do not exist. The names of roles are case-sensitive."""
        known = [str(row.get("roleName") or row.get("name")) for row in self.client.all("/rest/roles")]
        missing = [role for role in dict.fromkeys(roles) if known and role not in known]
        if missing:
            guesses, others = unknown(missing, known)
            self.directory.errors.append(InputError(f"roles: the appliance has no role {guesses}. {others}".strip()))

    # Planning

    def is_written(self, attribute: Attribute, history: History) -> bool:
        """Return whether this run has written the password, also without a login."""
        return self._is_changed or history.includes(CHANGE) or super().is_written(attribute, history)

    def resolved(self) -> Json:
        """Return the task's options as the table compares them, with normalized roles."""
        desired = super().resolved()
        if desired.get("roles") is not None:
            desired["roles"] = self._desired_roles()
        return desired

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan: the change of the password before the first login, or the changes to the user."""
        if self._has_to_change:
            return self._change()
        plan = super().plan(current, history)
        return plan.with_requests(lambda step: self._spelled(step, current))

    def _spelled(self, step: Request, current: Json | None) -> Request:
        """Return the step with the body that the API expects: user name, type, and roles in the version's form."""
        if step.body is None:
            return step
        body = dict(step.body)
        name = body.pop("name", None) or (current or {}).get("name")
        if "current_password" in body:
            body["currentPassword"] = body.pop("current_password")
        with_scopes = not 0 < self.client.api_version < WITH_SCOPES
        if "permissions" in body:
            del body["permissions"]
            body.update(self._wire_roles(with_scopes))
            if step.verb == "PUT":
                body["replaceRoles"] = True
        kind = "UserAndPermissions" if with_scopes else "UserAndRoles"
        return dataclasses.replace(step, body={"type": kind, "userName": name, **body})

    def _scope_uri(self, scope: str | None) -> str | None:
        known = self.directory.meant(SCOPES, scope) if scope else None
        return known.id if known else scope or None

    def _wire_roles(self, with_scopes: bool) -> Json:
        pairs = self._desired_pairs()
        if with_scopes:
            return {"permissions": [{"roleName": role, "scopeUri": scope} for role, scope in pairs]}
        if any(scope for dummy, scope in pairs):
            raise InputError(f"API version {self.client.api_version} does not support scopes of roles.")
        return {"roles": [role for role, dummy in pairs]}

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return also errors for changes that users must not make to their own account, and for unknown scope URIs."""
        found = super().refused(current, plan)
        body = plan.requests[0].body or {}
        if "permissions" in body:
            scopes = [str(scope) for dummy, scope in self._desired_pairs() if scope]
            found += self.directory.check("roles", [uri for uri in scopes if uri.startswith("/rest/")], SCOPES)
        if current is not None and self._is_own(current):
            found += self._refused_own(current["name"], body)
        return found

    def _is_own(self, current: Json) -> bool:
        own = current["name"].lower() == self.client.username.lower()
        return own and self.client.domain.lower() in LOCAL_DOMAINS

    def _refused_own(self, name: str, body: Json) -> list[InputError]:
        hint = "Log in as another administrator."
        if self.desired["state"] == "absent":
            return [InputError(f"User {name} cannot delete their own account.", hint=hint)]
        found = []
        if "permissions" in body or "roles" in body:
            found.append(InputError(f"User {name} cannot change their own roles.", hint=hint))
        if body.get("enabled") is False:
            found.append(InputError(f"User {name} cannot disable their own account.", hint=hint))
        if "password" in body and not self.desired.get("current_password"):
            text = f"User {name} changes their own password, so the appliance requires the current one."
            found.append(InputError(text, hint="Give it as current_password."))
        return found

    # Writing

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the tasks on the user; a password change without a login has no task, and no session to read one."""
        return None if CHANGE in actions else super().find_jobs(current, actions)

    def send(self, step: Request) -> Job:
        """Send a step once; change the password without a session if the step says so."""
        if step.action != CHANGE:
            return super().send(step)
        self.note_sending()
        self.client.change_password(self.desired["current_password"], self.desired["user_password"])
        return Job(id="", state=DONE, phase="Completed", percent=100)


def note_user(desired: Json, mistakes: Mistakes) -> None:
    """Note a name, roles or a password that no appliance accepts. The messages never contain the password."""
    name, password = desired.get("name"), desired.get("user_password")
    if desired["state"] != "present":
        return
    if name and not NAME.fullmatch(name):
        mistakes.add(f"name takes 1 to 39 letters, digits, - and _, with a letter first, not {name!r}.")
    if any(not entry["role"].strip() for entry in desired.get("roles") or ()):
        mistakes.add("roles has an entry without a role.")
    if password is None:
        return
    rules = []
    if not SHORTEST <= len(password) <= LONGEST:
        rules.append(f"{SHORTEST} to {LONGEST} characters, not {len(password)}")
    if set(password) & set(FORBIDDEN):
        rules.append(f"none of {FORBIDDEN.strip()} and no blank")
    if rules:
        mistakes.add(f"user_password does not meet the appliance's rules: it takes {', and '.join(rules)}.")
