# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Steps that change something on the machine of the task instead of on the appliance."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    InputError,
    UnexpectedResponse,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, RUNNING, Job, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import History
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import (
    VERSION_LATER,
    Change,
    LocalAction,
    Request,
    Step,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from tests.unit.engine.fake_time import FakeTime


@dataclasses.dataclass
class Camera:
    """It takes a picture, in a job, and the task saves the picture to a file. full: there is no space for the file.
    blind: its pictures never show."""

    pictures: list[str] = dataclasses.field(default_factory=list)
    saved: str = ""
    full: bool = False
    blind: bool = False
    version: str = ""
    label: str = "camera"
    talk: list[str] = dataclasses.field(default_factory=list)
    record: RunResult = dataclasses.field(default_factory=RunResult)

    def read(self, object_id: str | None = None) -> Json | None:
        self.talk.append("read")
        return {"id": "c1", "pictures": self.pictures[:], "saved": self.saved}

    def plan(self, current: Json | None, history: History) -> Plan:
        assert current
        steps: list[Step] = (
            [] if current["pictures"] else [Request("shoot", "POST", "pictures", None, "take a picture")]
        )
        if not current["saved"]:
            name = next(iter(current["pictures"]), "a new one")
            steps.append(LocalAction("save", "/tmp/picture", f"save {name}", self.version))
        return Plan(tuple(steps))

    def landmark(self, current: Json | None) -> t.Any:
        return None

    def preflight(self, current: Json | None, plan: Plan) -> None:
        assert plan.changes

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        return []

    def send(self, step: Request) -> Job:
        self.talk.append(step.summary)
        return Job("j1", RUNNING)

    def do_locally(self, step: LocalAction) -> None:
        self.talk.append(step.summary)
        if self.full:
            raise InputError("There is no space left.")
        self.saved = step.path

    def on_accepted(self, step: Change) -> None:
        self.talk.append(f"accepted {step.action}")

    def job(self, job_id: str) -> Job:
        if not self.blind:
            self.pictures.append("p1")
        return Job(job_id, DONE)

    def run(self, dry_run: bool = False) -> ApplianceError | None:
        try:
            reconcile(self, WaitOptions(clock=FakeTime().clock()), dry_run, self.record)
        except ApplianceError as error:
            return error
        return None


def test_a_local_action_is_a_change_without_a_job() -> None:
    camera = Camera(pictures=["p1"])
    assert camera.run() is None
    assert camera.saved == "/tmp/picture" and camera.record.changed and camera.record.completed_steps == ["save p1"]
    assert [job.id for job in camera.record.jobs if job.id] == []
    assert camera.run() is None and camera.talk.count("save p1") == 1, "the second run saves nothing"


def test_a_dry_run_reports_a_local_action_as_a_change() -> None:
    camera = Camera(pictures=["p1"])
    assert camera.run(dry_run=True) is None
    assert camera.record.changed and camera.record.plan.sentences() == ["save p1"] and camera.talk == ["read"]


@pytest.mark.parametrize("version, summary", [("", "save a new one"), (VERSION_LATER, "save p1")])
def test_a_local_action_that_depends_on_earlier_steps_is_planned_after_them(version: str, summary: str) -> None:
    camera = Camera(version=version)
    assert camera.run() is None
    done = [line for line in camera.talk if line not in ("read", "accepted shoot", "accepted save")]
    assert done == ["take a picture", summary] and [job.id for job in camera.record.jobs if job.id] == ["j1"]


def test_a_local_action_that_fails_is_what_the_run_was_doing() -> None:
    camera = Camera(full=True)
    error = camera.run()
    assert isinstance(error, InputError)
    assert camera.record.current_step == "save a new one" and camera.record.completed_steps == ["take a picture"]


def test_a_step_that_is_done_without_an_effect_is_not_sent_again() -> None:
    """The appliance may report success and go on showing the old object; the next step waits for the new one."""
    camera = Camera(version=VERSION_LATER, blind=True)
    error = camera.run()
    assert isinstance(error, UnexpectedResponse) and "camera does not show it" in str(error)
    assert camera.talk.count("take a picture") == 1 and camera.record.changed
