# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Local users: the array's rules for them, and the check whether a password is already in use.

Source: PowerStore REST API 4.0, local_user and role.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError, LoginFailed
from ..._engine.job import RUNNING, Job
from ..._engine.planning.history import History
from ..._engine.planning.make_plan import make_plan
from ..._engine.planning.plan import Plan
from ..._engine.planning.requests import managed
from ..._engine.planning.steps import Change, Request
from ..._engine.table.attribute import Attribute
from ..._engine.table.resource_type import ResourceType
from ..client import PowerStoreClient
from ..table_handler import TableHandler

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


class UserHandler(TableHandler):
    """A local user.

    A user who must change the password can do nothing else: they cannot even read their own account. A task that logs
    in as such a user must give the id. The handler then changes the password first and reads the user afterwards.
    """

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        check_user(desired)
        super().__init__(client, resource, desired)
        # What the last read has found: whether user_password is in use (None: not asked), whether the user must change
        # the password before anything else, whether this run has changed it, and whether it is the logged-in user.
        self._holds: bool | None = None
        self._must_change = self._is_changed = self._own = False

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the user. If update_password is ``when_different``, also find out whether the password is in use."""
        try:
            current = super().read(object_id)
            if self._must_change:  # the array permits the read, which proves that the password was changed
                self._must_change, self._is_changed = False, True
                self.client.renew_password(self.desired["user_password"])
        except LoginFailed as error:
            if error.status != FORBIDDEN:
                raise
            return self._unread(error)
        self._own = current is not None and current["name"].lower() == self.client.username.lower()
        gives_password = self.desired["state"] == "present" and self.desired.get("user_password") is not None
        if current and gives_password and self._holds is None and self.desired["update_password"] == "when_different":
            self._holds = not current.get("is_locked") and self._logs_in(current["name"], self.desired["user_password"])
        return current

    def _unread(self, error: LoginFailed) -> Json:
        """Return id and name of the logged-in user, who cannot be read before they change the password.

        Raise the error with a hint if the task does not change the password of that user.
        """
        desired = self.desired
        own = str(desired["name"] or "").lower() == self.client.username.lower()
        changes = desired["user_password"] is not None and desired["update_password"] != "on_create"
        if desired["state"] != "present" or not desired["id"] or not changes:
            if own and changes:
                error.hint = f"The id cannot be read before that: give id instead of name. {WHERE_IDS_ARE}"
            raise error
        if desired["update_password"] == "when_different" and self.client.logs_in_with(desired["user_password"]):
            raise InputError(
                f"User {self.client.username} must change the password, and user_password is the present one.",
                hint="Give a different password.",
            )
        self._must_change, self._own, self._holds = True, True, False
        return {"id": desired["id"], "name": self.client.username}

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the jobs on the user, none for a user who must change the password and so cannot read jobs."""
        if self._must_change:
            return None
        jobs = super().find_jobs(current, actions)
        if any(job.state == RUNNING for job in jobs or ()):
            self._holds = None  # one of them may be setting the password
        return jobs

    def send(self, step: Request) -> Job:
        """Send a step once. It is not sent as a job if the user must change the password and so cannot read jobs."""
        return self.client.send(step, as_job=not self._must_change)

    def on_accepted(self, step: Change) -> None:
        """Use the new password of the logged-in user for the next login."""
        if self._own and isinstance(step, Request) and "password" in (step.body or {}):
            self.client.renew_password(self.desired["user_password"])

    def _logs_in(self, name: str, password: str) -> bool:
        """Return whether the array accepts the password, with one login that is logged out again."""
        with PowerStoreClient(self.client.endpoint, name, password) as client:
            try:
                client.query("login_session", {"select": "id"})
            except LoginFailed as error:
                return error.status == FORBIDDEN  # the password is right, but the user must change it
        return True

    def is_written(self, attribute: Attribute, history: History) -> bool:
        """Return whether this run has written the password, even if the response was lost."""
        return self._is_changed or super().is_written(attribute, history)

    def resolved_options(self, current: Json | None) -> Json:
        desired = super().resolved_options(current)
        if desired.get("update_password") == "when_different":
            desired["update_password"] = "on_create" if self._holds else "always"
        return desired

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the changes; raise InputError for a change that the array never permits."""
        if current and self._must_change:
            return self._first_password(current, history)
        plan = super().plan(current, history)
        if current and plan.steps:
            self._check_rules(current, plan)
        return plan

    def _first_password(self, current: Json, history: History) -> Plan:
        """Plan the change of the password alone. No other attribute can be read before it."""
        desired = self._without_written(self.resolved_options(current), history)
        secrets = tuple(attribute for attribute in self.resource.attributes if attribute.sensitive)
        others = [attribute.option for attribute in managed(self.resource, desired) if not attribute.sensitive]
        plan = make_plan(dataclasses.replace(self.resource, attributes=secrets), current, desired)
        if plan.steps:
            self._check_rules(current, plan)
        later = f"{current['name']} must change the password first. Then run the task again for {', '.join(others)}."
        return dataclasses.replace(plan, warnings=(*plan.warnings, later)) if others and plan.steps else plan

    def _check_rules(self, current: Json, plan: Plan) -> None:
        own = self._own
        if self.desired["state"] == "absent":
            if own:
                raise InputError(
                    f"User {current['name']} cannot delete their own account.", hint="Log in as another administrator."
                )
            if current["name"] == ADMIN:
                raise InputError("The user admin is built in and cannot be deleted.")
            return
        body = plan.requests[0].body or {}
        attributes = [attribute for attribute in self.resource.attributes if attribute.api_name in body]
        others = [attribute.option for attribute in attributes if not attribute.sensitive]
        if current["name"] == ADMIN and (others or not own):
            raise InputError(
                f"The user admin is built in: {', '.join(others) or 'the password'} cannot be changed by this task.",
                hint="Only admin can change the account admin, and only its password.",
            )
        if own and "role_id" in body:
            raise InputError(
                f"User {current['name']} cannot change their own role.", hint="Log in as another administrator."
            )
        if own and body.get("is_locked"):
            raise InputError(
                f"User {current['name']} cannot lock their own account.", hint="Log in as another administrator."
            )
        if own and "password" in body and not self.desired.get("current_password"):
            raise InputError(
                f"User {current['name']} changes their own password, so the array demands the present one.",
                hint="Give it as current_password.",
            )


def check_user(desired: Json) -> None:
    """Raise InputError for a name or a password that the array would refuse. The message never holds the password."""
    name, password = desired.get("name"), desired.get("user_password")
    if name and desired["state"] == "present" and not NAME.fullmatch(name):
        raise InputError(f"name takes letters, digits and dots only, not {name!r}.")
    if password is None:
        return
    missing = [words for words, pattern in CLASSES.items() if not re.search(pattern, password)]
    if not SHORTEST <= len(password) <= LONGEST:
        missing.insert(0, f"{SHORTEST} to {LONGEST} characters, not {len(password)}")
    if missing:
        raise InputError(f"user_password does not fit the array's rules: it needs {', '.join(missing)}.")
