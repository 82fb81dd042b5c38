# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signing requests: made once, and not again while one waits for its answer or the answer is in use.

The array tells a request when it is made, and again in the result of the job that made it while it keeps that.

Source: PowerStore REST API 4.0, x509_certificate csr, job_x509_certificate_csr_response; ResourceActionEnum, which
has no word for this action, so that its jobs are found by other means.
"""

from __future__ import annotations

import typing as t

from ..._engine.errors import InputError
from ..._engine.job import DONE, Job
from ..._engine.plan import Plan, Step
from ..._engine.resource_type import Json
from ..client import PowerStoreClient
from .handler import REQUESTED, title_of
from .request_file import RequestFile, key_of
from .request_names import check_names, covers, is_issued_by, wanted_names
from .x509 import EXTERNAL, TYPE, CertificateTask, chain_of, default_scope, is_pending, serves

MAKE, WRITE = "csr", "write_file"
REQUEST = "certificate_request"
OTHER_ACTIONS = ("create", "modify", "exchange", "reset_certificates", "decommission")
"""What a job does that is surely not about a signing request."""


class RequestHandler(CertificateTask):
    """The signing request for a service, type and scope, and the file that it is kept in where one is named.

    told: a request of this purpose with its PEM, as a job has told it. is_new: it was made while this task ran.
    """

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        usage = desired["type"] or REQUESTED.get(desired["service"])
        if usage is None:
            raise InputError(f"Requests for {desired['service']} have no usual type.", hint="Give type.")
        self.desired = {**desired, "type": usage, "scope": default_scope(desired["service"], usage, desired["scope"])}
        if desired["service"] == "Management_HTTP" and self.desired["scope"] != EXTERNAL:
            raise InputError(f"The scope of a Management_HTTP Server certificate is {EXTERNAL}.", hint="Leave it out.")
        check_names(desired)
        self.file = RequestFile(desired["dest"]) if desired["dest"] else None
        super().__init__(client, f"request for the {title_of(self.desired)}")
        self.told: Json | None = None
        self.is_new = False

    # Looking

    def read(self, object_id: str | None = None) -> Json | None:
        """Return what makes a new request needless: its answer in use, or one that waits for it; else None.

        It tells whether it was ``answered``, and the request itself where that is known.
        """
        entries = self.entries()
        mine = [entry for entry in entries if self._is_mine(entry)]
        pending = [entry for entry in mine if is_pending(entry)]
        if not self.told and not self.desired["force"]:
            answers = [entry for entry in mine if self._answers(entry)]
            if answers:
                return {**answers[0], "answered": True, REQUEST: self._kept()}
        if not pending:
            return None
        current, request = pending[-1], self._kept()
        if not self.told and (self.is_new or not self.desired["force"]):
            if self.is_new or not request or self._is_shown(request, entries):
                self.told, request = next(iter(self._told_by_jobs(pending)), None), None
            elif len(pending) > 1:
                current = self._holder(request, pending)
        if self.told:
            current = next((entry for entry in pending if entry["id"] == self.told["id"]), current)
            request = self.told[REQUEST]
        return {**current, "answered": False, REQUEST: request}

    def _is_mine(self, entry: Json) -> bool:
        return serves(entry, self.desired["service"], self.desired["type"], self.desired["scope"])

    def _kept(self) -> str | None:
        return self.file.content if self.file else None

    def _answers(self, entry: Json) -> bool:
        """Tell whether a certificate in use is the answer to the request in the file, or the named CA's."""
        left, chain = entry["days_left"], chain_of(entry)
        if not chain or not entry.get("is_current") or left is None or left < self.desired["renew_before_days"]:
            return False
        kept, issuer, leaf = self._kept(), self.desired["unless_issued_by"], entry["members"][0]
        if kept and chain[0].key and chain[0].key == key_of(kept):
            return True
        return bool(issuer) and is_issued_by(leaf, issuer) and covers(leaf, self.desired)

    def _is_shown(self, request: str, entries: list[Json]) -> bool:
        """Tell whether the array shows a certificate for the request's key: then it is none of those that wait."""
        keys = [one.key for entry in entries for one in chain_of(entry)[:1]]
        return key_of(request) in keys

    def _holder(self, request: str, pending: list[Json]) -> Json:
        """Return the one of several that wait whose request is in the file, or the only one that no job tells."""
        told = {one["id"]: one for one in self._told_by_jobs(pending)}
        for entry in pending:
            if entry["id"] in told and key_of(told[entry["id"]][REQUEST]) == key_of(request):
                self.told = told[entry["id"]]
                return entry
        untold = [entry for entry in pending if entry["id"] not in told]
        if len(untold) == 1:
            return untold[0]
        ids = ", ".join(str(entry["id"]) for entry in pending)
        where = self.file.path if self.file else ""
        words = "nothing tells which of them is in" if untold else "none of them is the one in"
        raise InputError(
            f"Several entries wait for the answer to a {self.label} ({ids}), and {words} {where}.",
            hint="Delete the file to get the newest request that the array still tells, or make a new key and request "
            "with force: true.",
        )

    def _told_by_jobs(self, pending: list[Json]) -> list[Json]:
        """Return those of the requests that wait whose jobs the array still remembers, the newest first."""
        waiting = {entry["id"] for entry in pending}
        results = [dict(job.result or {}) for job in self.client.jobs({"resource_type": f"eq.{TYPE}"})]
        return [told for told in results if told.get(REQUEST) and told.get("id") in waiting]

    # Planning

    def plan(self, current: Json | None) -> Plan:
        """Return what is to be done; raise InputError where the file is asked for and nobody knows the request."""
        fresh = not self.is_new and (current is None or self.desired["force"])
        request = None if fresh or current is None else current[REQUEST]
        before: Json = {} if current is None else {"id": current["id"], "answered": current["answered"]}
        after: Json = {**before}
        steps, warnings = [], []
        if fresh:
            body = self._body()
            steps.append(Step(MAKE, "POST", f"{TYPE}/{MAKE}", body, f"make a new key and a {self.label}"))
            after = {**body, "answered": False}
        elif current and not current["answered"] and not request:
            warnings.append(self._forgotten(current))
        if self.file and not (current and current["answered"] and not fresh):
            before["dest"] = "another request" if self.file.content else ""
            after["dest"] = "this request"
            if not fresh and request and self.file.holds(request):
                before["dest"] = after["dest"]
            else:
                steps.append(Step(WRITE, "WRITE", self.file.path, None, f"write the request to {self.file.path}"))
                warnings += filter(None, [self.file.lacks_folder()])
        return Plan(tuple(steps), before, after, tuple(warnings))

    def _forgotten(self, current: Json) -> str:
        """Say that a request waits which nobody can have signed any more; raise it where a file is asked for."""
        words = f"A {self.label} waits for its answer (id {current['id']}), but the array no longer tells it"
        hint = "With force: true a new key and request are made."
        if self.file and self.file.content:
            raise InputError(f"{words}, and {self.file.path} holds another one.", hint=hint)
        if self.file:
            raise InputError(f"{words}, and {self.file.path} is not there.", hint=f"Bring the file back. {hint}")
        return f"{words}. {hint}"

    def _body(self) -> Json:
        body = {name: self.desired[name] for name in ("type", "service", "scope", "key_length") if self.desired[name]}
        return {**body, **wanted_names(self.desired)}

    # Jobs

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the jobs that make such a request, or may: before they are over, no job tells what it is for."""
        if MAKE not in actions:
            return []
        jobs = self.client.jobs({"resource_type": f"eq.{TYPE}"})
        return [job for job in jobs if job.action not in OTHER_ACTIONS and (job.state != DONE or self._tells(job))]

    def _tells(self, job: Job) -> bool:
        """Tell whether a job's result is a request of this purpose."""
        told = job.result or {}
        return bool(told.get("id") and told.get(REQUEST)) and self._is_mine({**told})

    def send(self, step: Step) -> Job:
        """Send the step, or write the file. A request that could not be written is not even made."""
        missing = self.file.lacks_folder() if self.file else ""
        if missing:
            raise InputError(missing, hint="Make the folder first.")
        if step.action == WRITE:
            return self._write()
        return self._noted(self.client.send(step))

    def _write(self) -> Job:
        current = self.read() if self.told is None else self.told
        if current is None or not current[REQUEST] or self.file is None:
            raise InputError(
                "The request was made, but the array did not tell it.",
                hint="Run the task again: it looks for it in the array's record of jobs.",
            )
        self.file.write(current[REQUEST])
        return Job(id="", state=DONE, phase="Completed", percent=100)

    def on_accepted(self, step: Step) -> None:
        """From now on there is a new key: force has had its effect."""
        self.is_new = self.is_new or step.action == MAKE

    def job(self, job_id: str) -> Job:
        """Return a job as it is now, and take note of the request that it tells."""
        return self._noted(super().job(job_id))

    def _noted(self, job: Job) -> Job:
        if self._tells(job):
            self.told, self.is_new = dict(job.result or {}), True
        return job
