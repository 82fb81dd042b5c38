# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An appliance that answers by a script, and a client that talks to it."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.handler import ResourceHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import RUNNING, Clock, Job, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer, NoAnswer, Request, Script

USER, PASSWORD = "ops", "Sup3r-Secret"
VERSION = Answer(200, {"currentVersion": 8600, "minimumVersion": 120})
LOGOUT = Answer(204)
TASK = "/rest/tasks/t1"


def login(session: str = "s1") -> Answer:
    """Open a session."""
    return Answer(200, {"sessionID": session, "partnerData": {}})


def refused(status: int, code: str = "X_INVALID", message: str = "It cannot be.", **more: t.Any) -> Answer:
    """Answer with an error as the appliance words it."""
    body: dict[str, t.Any] = {
        "errorCode": code,
        "message": message,
        "details": None,
        "recommendedActions": None,
        "errorSource": None,
        "nestedErrors": [],
        "data": {},
    }
    return Answer(status, {**body, **more})


def collection(*members: t.Mapping[str, t.Any], following: str | None = None, uri: str = "/rest/x") -> Answer:
    """Answer with a page of a collection."""
    body = {"members": list(members), "count": len(members), "total": 99, "nextPageUri": following, "uri": uri}
    return Answer(200, body)


def task(state: str = "Completed", uri: str = TASK, status: int = 200, **more: t.Any) -> Answer:
    """Answer with a TaskResource."""
    known = {"uri": uri, "type": "TaskResourceV3", "category": "tasks", "name": "Update", "taskState": state}
    return Answer(status, {**known, "taskErrors": [], "progressUpdates": [], "owner": USER, **more})


class ScriptedAppliance:
    """A client, and the script that its appliance follows. pauses: the seconds between its tries.

    The appliance is asked for its version and for a session before anything else, unless ``bare``.
    """

    def __init__(self, start: Start, answers: t.Sequence[Answer | NoAnswer], bare: bool, **options: t.Any) -> None:
        self.script: Script
        opening = () if bare else (VERSION, login())
        self.script, endpoint = start.script(*opening, *answers)
        self.pauses: list[float] = []
        self.client = OneViewClient(endpoint, USER, PASSWORD, sleep=self.pauses.append, **options)
        self._opening = 0 if bare else 2

    @property
    def requests(self) -> list[Request]:
        """The requests after the opening ones."""
        return self.script.requests[self._opening :]

    @property
    def talk(self) -> list[str]:
        """These requests in short, without what all paths begin with."""
        return [str(one).replace("/rest/", "") for one in self.requests]

    def bring_about(
        self, make: t.Callable[[OneViewClient], ResourceHandler], wait: bool = True, dry: bool = False
    ) -> RunResult:
        """Bring a subject to its desired state, without pauses; the session stays open."""
        record = RunResult()
        waiting = WaitOptions(wait, 5.0, clock=Clock(sleep=self.pauses.append))
        subject = make(self.client)
        leave_out_the_read_after_the_query_for_jobs(subject)
        reconcile(subject, waiting, dry, record)
        return record


def leave_out_the_read_after_the_query_for_jobs(subject: ResourceHandler) -> None:
    """Let the engine's read between its query for jobs and its first write show what the read before has shown.

    Before a create, the query itself is left out, too. Scripts then name an answer only where something has changed.
    That the engine asks and reads again is tested with the engine and at the emulated appliance.
    """
    read, find_jobs = subject.read, subject.find_jobs
    last: list[Json | None] = []
    idle: list[bool] = []

    def looked_up(object_id: str | None = None) -> Json | None:
        if idle == [True]:
            idle.append(False)
            return copy.deepcopy(last[-1])
        last.append(read(object_id))
        return copy.deepcopy(last[-1])

    def jobs(current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        found = find_jobs(current, actions) if current or idle else []
        idle.append(not idle and found is not None and not any(job.state == RUNNING for job in found))
        return found

    subject.read, subject.find_jobs = looked_up, jobs  # type: ignore[method-assign]


def options_of(task: Task, **given: t.Any) -> dict[str, t.Any]:
    """Return the options of a module, those that are not given at their defaults."""
    return {**{name: option.get("default") for name, option in task.argument_spec().items()}, **given}


class MakeAppliance(t.Protocol):
    """Make an appliance that gives these answers; options: of the client."""

    def __call__(self, *answers: Answer | NoAnswer, bare: bool = False, **options: t.Any) -> ScriptedAppliance:
        """bare: the script begins with the version and the login itself."""


@pytest.fixture
def appliance(start: Start) -> MakeAppliance:
    def make(*answers: Answer | NoAnswer, bare: bool = False, **options: t.Any) -> ScriptedAppliance:
        return ScriptedAppliance(start, answers, bare, **options)

    return make


def error_from(call: t.Callable[[], t.Any]) -> ApplianceError:
    """Return the error that a call raises."""
    with pytest.raises(ApplianceError) as caught:
        call()
    return caught.value
