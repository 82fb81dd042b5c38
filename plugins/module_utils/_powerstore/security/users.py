# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Local users: the rules that the array holds for them, and the proof whether a password already holds.

Source: PowerStore REST API 4.0, local_user and role.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ..._engine.errors import InputError, LoginFailed
from ..._engine.job import Job
from ..._engine.plan import Plan, Step, make_plan, managed
from ..._engine.resource_type import Json, Resource
from ..client import PowerStoreClient
from ..table_handler import TableSubject

NAME = re.compile(r"[A-Za-z0-9.]+")
SPECIAL = "!,@#$%^*?_~"
CLASSES = {
    "an upper-case letter": r"[A-Z]",
    "a lower-case letter": r"[a-z]",
    "a digit": r"[0-9]",
    f"one of {SPECIAL}": f"[{re.escape(SPECIAL)}]",
}
SHORTEST, LONGEST = 8, 40
ADMIN = "admin"
FORBIDDEN = 403
WHERE_IDS_ARE = "Another user finds it with powerstore_info, type: local_user."


class UserSubject(TableSubject):
    """A local user.

    The array lets a user whose password has to be changed do nothing but that: they cannot even read themselves. A task
    that names such a user by id changes the password all the same, and reads the user afterwards.
    """

    def __init__(self, client: PowerStoreClient, resource: Resource, want: Json) -> None:
        check_user(want)
        super().__init__(client, resource, want)
        self._holds: bool | None = None
        self._must_change = self._own = False

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the user; where the task asks for it, find out whether the password holds."""
        try:
            have = super().look_up(object_id)
            if self._must_change:  # that the array permits reading again proves the change
                self._must_change = False
                self._take_note()
        except LoginFailed as error:
            if error.status != FORBIDDEN:
                raise
            return self._unread(error)
        asked = self.want["state"] == "present" and self.want.get("user_password") is not None
        if have and asked and self._holds is None and self.want["update_password"] == "when_different":
            self._holds = not have.get("is_locked") and self._logs_in(have["name"], self.want["user_password"])
        return have

    def _unread(self, error: LoginFailed) -> Json:
        """Return the task's own user, of whom only id and name are known before the password is changed.

        Raise the error, with what to do, if the task does not change the password of that user.
        """
        want = self.want
        own = str(want["name"] or "").lower() == self.client.username.lower()
        changes = want["user_password"] is not None and want["update_password"] != "on_create"
        if want["state"] != "present" or not want["id"] or not changes:
            if own and changes:
                error.hint = f"Its id cannot be read before that: give id in place of name. {WHERE_IDS_ARE}"
            raise error
        if want["update_password"] == "when_different" and self.client.logs_in_with(want["user_password"]):
            raise InputError(
                f"User {self.client.username} must change the password, and user_password is the present one.",
                hint="Give another one.",
            )
        self._must_change, self._holds = True, False
        return {"id": want["id"], "name": self.client.username}

    def jobs_on(self, have: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs on the user; before the password is changed, they cannot be read."""
        return [] if self._must_change else super().jobs_on(have, actions)

    def submit(self, step: Step) -> Job:
        """Send a step once; not as a job while its user may not look at one."""
        return self.client.submit(step, as_job=not self._must_change)

    def accepted(self, step: Step) -> None:
        """Take note of the password: from now on a new session of the own user needs it."""
        super().accepted(step)
        if self._own and "password" in (step.body or {}):
            self._take_note()

    def _take_note(self) -> None:
        self._written.add("user_password")
        self.client.renew_password(self.want["user_password"])

    def _logs_in(self, name: str, password: str) -> bool:
        """Try the password with one login, and log out again."""
        with PowerStoreClient(self.client.endpoint, name, password) as client:
            try:
                client.query("login_session", {"select": "id"})
            except LoginFailed as error:
                return error.status == FORBIDDEN  # a password that has to be changed is the right one all the same
        return True

    def _resolved(self, have: Json | None) -> Json:
        want = super()._resolved(have)
        if want.get("update_password") == "when_different":
            want["update_password"] = "on_create" if self._holds else "always"
        return want

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done; raise InputError for what the array would never let this user do."""
        if have and self._must_change:
            return self._first_password(have)
        plan = super().plan(have)
        if have:
            self._own = have["name"].lower() == self.client.username.lower()
            if plan.steps:
                self._check_rules(have, plan)
        return plan

    def _first_password(self, have: Json) -> Plan:
        """Return the change of the password alone: nothing else of the user can be compared yet."""
        self._own = True
        want = self._resolved(have)
        secrets = tuple(one for one in self.resource.attributes if one.secret)
        others = [one.option for one in managed(self.resource, want) if not one.secret]
        plan = make_plan(dataclasses.replace(self.resource, attributes=secrets), have, want)
        if plan.steps:
            self._check_rules(have, plan)
        later = f"{have['name']} must change the password first. Then run the task again for {', '.join(others)}."
        return dataclasses.replace(plan, warnings=(*plan.warnings, later)) if others and plan.steps else plan

    def _check_rules(self, have: Json, plan: Plan) -> None:
        own = self._own
        if self.want["state"] == "absent":
            if own:
                raise InputError(f"User {have['name']} cannot delete himself.", hint="Log in as another administrator.")
            if have["name"] == ADMIN:
                raise InputError("The user admin is built in and cannot be deleted.")
            return
        body = plan.steps[0].body or {}
        others = [one.option for one in self.resource.attributes if one.on_wire in body and not one.secret]
        if have["name"] == ADMIN and (others or not own):
            raise InputError(
                f"The user admin is built in: {', '.join(others) or 'the password'} cannot be changed by this task.",
                hint="Only admin can change something of admin, which is the own password.",
            )
        if own and "role_id" in body:
            raise InputError(
                f"User {have['name']} cannot change the own role.", hint="Log in as another administrator."
            )
        if own and body.get("is_locked"):
            raise InputError(f"User {have['name']} cannot lock himself.", hint="Log in as another administrator.")
        if own and "password" in body and not self.want.get("current_password"):
            raise InputError(
                f"User {have['name']} changes the own password, so the array demands the present one.",
                hint="Give it as current_password.",
            )


def check_user(want: Json) -> None:
    """Raise InputError for a name or a password that no array accepts; a password is not part of the message."""
    name, password = want.get("name"), want.get("user_password")
    if name and want["state"] == "present" and not NAME.fullmatch(name):
        raise InputError(f"name takes letters, digits and dots only, not {name!r}.")
    if password is None:
        return
    missing = [words for words, pattern in CLASSES.items() if not re.search(pattern, password)]
    if not SHORTEST <= len(password) <= LONGEST:
        missing.insert(0, f"{SHORTEST} to {LONGEST} characters, not {len(password)}")
    if missing:
        raise InputError(f"user_password does not fit the array's rules: it needs {', '.join(missing)}.")
