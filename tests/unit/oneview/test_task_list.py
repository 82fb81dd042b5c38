# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting for tasks by their URIs."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError, JobFailed
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Clock, Job, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.task_list import await_tasks, shown, uris
from tests.unit.oneview.scripted import MakeAppliance, error_from, refused, task

ONE, TWO = "/rest/tasks/1", "/rest/tasks/2"
WAITING = WaitOptions(clock=Clock(sleep=lambda seconds: None))


def test_those_that_run_are_looked_at_again(appliance: MakeAppliance) -> None:
    about = {"resourceUri": "/rest/x/a", "resourceName": "a"}
    warned = task("Warning", ONE, associatedResource=about, taskErrors=[{"message": "Look at the fan."}])
    one = appliance(task("Running", ONE), task("Completed", TWO), warned)
    jobs: dict[str, Job] = {}
    await_tasks(one.client, ["1", TWO, f"https://oneview.example.com{ONE}"], WAITING, jobs)
    assert one.talk == ["GET tasks/1", "GET tasks/2", "GET tasks/1"]
    assert [(job["id"], job["state"], job["owner"]) for job in shown(jobs)] == [
        (ONE, "done", "ops"),
        (TWO, "done", "ops"),
    ]
    assert [message["message"] for message in jobs[ONE].messages] == ["Look at the fan."]


def test_one_that_fails_does_not_end_the_wait(appliance: MakeAppliance) -> None:
    failed = task("Error", ONE, taskErrors=[{"message": "No.", "recommendedActions": ["Do."]}])
    one = appliance(failed, task("Running", TWO), task("Terminated", TWO))
    jobs: dict[str, Job] = {}
    error = error_from(lambda: await_tasks(one.client, [ONE, TWO], WAITING, jobs))
    assert isinstance(error, JobFailed) and "ended as Error: No." in error.message
    assert "ended as Terminated" in error.message
    assert [job.state for job in jobs.values()] == ["failed", "failed"]


def test_those_that_are_not_there(appliance: MakeAppliance) -> None:
    one = appliance(refused(404), task("Completed", TWO))
    error = error_from(lambda: await_tasks(one.client, [ONE, TWO], WAITING, {}))
    assert isinstance(error, InputError) and error.message == f"The appliance has no task {ONE}."


@pytest.mark.parametrize("one", ["", " ", "/", "/rest/server-profiles/5", "a/b"])
def test_what_is_no_task(one: str) -> None:
    assert "ids takes URIs of tasks" in str(error_from(lambda: uris([one])))
