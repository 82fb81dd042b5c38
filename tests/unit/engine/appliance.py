# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small appliance with one shelf: it does its work in jobs, in fake time, and loses replies when told to."""

from __future__ import annotations

import copy
import dataclasses
import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Busy,
    Refused,
    ResponseLost,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import (
    DONE,
    FAILED,
    RUNNING,
    BlockedByJobs,
    Job,
    WaitOptions,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN, History
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import (
    Change,
    LocalAction,
    Request,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.paths import ID_LATER
from tests.unit.engine.fake_time import FakeTime
from tests.unit.engine.model import carry_out
from tests.unit.engine.tables import SHELF

MESSAGES = ({"code": "E1", "message": "No room."},)

# What can become of a request, beside being done by a job.
NEVER_ARRIVED = "never arrived"
ANSWER_LOST = "its job begins, the answer is lost"
DONE_ANSWER_LOST = "done at once without a job, the answer is lost"
BUSY = "turned away for now"
REFUSED = "refused"
LOCKED = "refused as long as another job is running"
JOB_FAILS = "its job fails"
ANSWER_LOST_JOB_FAILS = "its job fails, and the answer is lost"
ANSWER_LOST_NO_EFFECT = "its job ends well but does nothing, and the answer is lost"
NO_EFFECT = "its job ends well but does nothing"
OVERTAKEN = "somebody else has done the same a moment before, and it is refused"
OVERTAKEN_IN_JOB = "somebody else does the same before its job, which fails"

LOST = (NEVER_ARRIVED, ANSWER_LOST, DONE_ANSWER_LOST, ANSWER_LOST_JOB_FAILS, ANSWER_LOST_NO_EFFECT)


@dataclasses.dataclass
class Work:
    """A job as the appliance knows it: what it does, at which time, and what becomes of it."""

    job: Job
    step: Request
    ends_at: float
    fate: str = ""


@dataclasses.dataclass
class Appliance:
    """The platform as the engine sees it.

    fates: what becomes of the next requests, "" for all is well. takes: seconds of each job. trouble: for a method's
    name what its next calls raise, None for nothing. talk: what was asked of the appliance, in order. effects: the
    steps that really changed something.
    """

    desired: Json
    current: Json | None
    fates: list[str] = dataclasses.field(default_factory=list)
    takes: float = 5.0
    trouble: dict[str, list[ApplianceError | None]] = dataclasses.field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    label: str = "book shelf hall"
    time: FakeTime = dataclasses.field(default_factory=FakeTime)
    works: list[Work] = dataclasses.field(default_factory=list)
    talk: list[str] = dataclasses.field(default_factory=list)
    lines: list[str] = dataclasses.field(default_factory=list)
    effects: list[str] = dataclasses.field(default_factory=list)
    sent: list[Request] = dataclasses.field(default_factory=list)
    taken: list[str] = dataclasses.field(default_factory=list)

    # What the engine asks for

    def read(self, object_id: str | None = None) -> Json | None:
        self.asked("read")
        if object_id and self.current:
            assert object_id == self.current["id"]
        return copy.deepcopy(self.current)

    def plan(self, current: Json | None, history: History) -> Plan:
        return dataclasses.replace(make_plan(SHELF, current, self.desired), warnings=self.warnings)

    def landmark(self, current: Json | None) -> t.Any:
        return None

    def preflight(self, current: Json | None, plan: Plan) -> None:
        self.asked("preflight")
        assert plan == self.plan(self.current, NEW_RUN)

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        self.asked("find_jobs", *actions)
        return [work.job for work in reversed(self.works) if work.job.action in actions]

    def send(self, step: Request) -> Job:
        self.asked("send", step.action)
        assert ID_LATER not in step.path
        self.sent.append(step)
        fate = self.fates.pop(0) if self.fates else ""
        if fate == BUSY:
            raise Busy("Come back later.", status=503)
        if fate == OVERTAKEN:
            self.do(step)
        if fate in (REFUSED, OVERTAKEN):
            raise Refused("The appliance refuses: No room. (E1)", "DO", step.path, 422, MESSAGES)
        if fate == LOCKED:
            running = [work.job for work in self.works if work.job.state == RUNNING]
            raise BlockedByJobs(Refused("The shelf is in use.", "DO", step.path, 409), running)
        if fate == DONE_ANSWER_LOST:
            self.do(step)
        if fate in (DONE_ANSWER_LOST, NEVER_ARRIVED):
            raise ResponseLost("The connection was reset.", "DO", step.path)
        job = self.begin(step, fate)
        if fate in LOST:
            raise ResponseLost("The connection was reset.", "DO", step.path)
        return dataclasses.replace(job, action="")  # what was asked is known to the one who asks

    def do_locally(self, step: LocalAction) -> None:
        raise AssertionError("plans contain no local action")

    def on_accepted(self, step: Change) -> None:
        self.taken.append(step.action)

    def job(self, job_id: str) -> Job:
        self.asked("job", job_id)
        return next(work.job for work in self.works if work.job.id == job_id)

    # What happens inside

    def asked(self, *words: str) -> None:
        """Take note of a call, let time do its work, and raise what is planned for this call."""
        self.talk.append(" ".join(words))
        for work in self.works:
            if work.job.state == RUNNING and work.ends_at <= self.time.seconds:
                self.end(work)
        coming = self.trouble.get(words[0])
        error = coming.pop(0) if coming else None
        if error:
            raise error

    def begin(self, step: Request, fate: str = "", takes: float | None = None) -> Job:
        """Start a job, also somebody else's."""
        object_id = self.current["id"] if self.current else None
        job = Job(f"j{len(self.works) + 1}", RUNNING, "Running", 10, step.action, object_id)
        self.works.append(Work(job, step, self.time.seconds + (self.takes if takes is None else takes), fate))
        if self.works[-1].ends_at <= self.time.seconds:
            self.end(self.works[-1])
        return self.works[-1].job

    def end(self, work: Work) -> None:
        if work.fate == OVERTAKEN_IN_JOB:
            self.do(work.step)
        if work.fate in (JOB_FAILS, ANSWER_LOST_JOB_FAILS, OVERTAKEN_IN_JOB):
            work.job = dataclasses.replace(work.job, state=FAILED, phase="Failed", messages=MESSAGES)
            return
        if work.fate not in (NO_EFFECT, ANSWER_LOST_NO_EFFECT):
            self.do(work.step)
        object_id = self.current["id"] if self.current else work.job.resource_id
        work.job = dataclasses.replace(work.job, state=DONE, phase="Completed", percent=100, resource_id=object_id)

    def do(self, step: Request) -> None:
        assert not (step.action == "create" and self.current), "made twice"
        self.current = carry_out(self.current, step)
        self.effects.append(step.action)

    # What tests ask for

    def run(self, dry_run: bool = False, wait: bool = True, timeout: float = 600.0) -> Outcome:
        """Let the engine bring the shelf to its desired state, and return what came of it."""
        record = RunResult()
        waiting = WaitOptions(wait, timeout, self.lines.append, self.time.clock())
        try:
            reconcile(self, waiting, dry_run, record)
        except ApplianceError as error:
            return Outcome(record, error)
        return Outcome(record)

    def left(self) -> list[str]:
        """Return what is left to do."""
        return self.plan(self.current, NEW_RUN).sentences()

    @property
    def counted(self) -> dict[str, int]:
        """How often each method was called."""
        words = [line.split()[0] for line in self.talk]
        return {word: words.count(word) for word in dict.fromkeys(words)}


@dataclasses.dataclass
class Outcome:
    """What a run did, and the error that it ended with."""

    record: RunResult
    error: ApplianceError | None = None
