# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Signing requests. A task makes no new one while a request waits for its answer or the answer is in use.

The array returns the text of a request only in the response to the action, and in the result of the action's job for
as long as it keeps that job.

Source: PowerStore REST API 4.0, x509_certificate csr, job_x509_certificate_csr_response; ResourceActionEnum, which
has no value for this action, so the handler recognizes the jobs by their results.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.job import DONE, Job
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import LocalAction, Request, Step
from ..client import PowerStoreClient
from .handler import REQUESTED, title_of
from .request_file import RequestFile, key_of
from .request_names import check_names, covers, is_issued_by, wanted_names
from .x509 import EXTERNAL, TYPE, CertificateTask, chain_of, default_scope, is_pending, serves

MAKE, WRITE = "csr", "write_file"
REQUEST = "certificate_request"
OTHER_ACTIONS = ("create", "modify", "exchange", "reset_certificates", "decommission")
"""Actions of jobs that never make a signing request."""


class RequestHandler(CertificateTask):
    """The signing request for a service, type and scope, and its file if the task names one.

    from_job: the result of a job that made a request of this purpose: its id and its PEM. asked: whether this run has
    asked for a request, so that `read` does not take the text of an older one.
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
        self.from_job: Json | None = None
        self.asked = False

    # Reading

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the entry that makes a new request unnecessary, or None.

        That is a certificate in use that answers the request, or else a request that waits for its answer.
        ``answered`` shows which of the two it is; ``certificate_request`` holds the PEM if it is known.
        """
        entries = self.entries()
        mine = [entry for entry in entries if self._is_mine(entry)]
        pending = [entry for entry in mine if is_pending(entry)]
        if not self.from_job and not self.desired["force"]:
            answers = [entry for entry in mine if self._answers(entry)]
            if answers:
                return {**answers[0], "answered": True, REQUEST: self._kept()}
        if not pending:
            return None
        current, request = pending[-1], self._kept()
        if not self.from_job and (self.asked or not self.desired["force"]):
            if self.asked or not request or self._is_shown(request, entries):
                # The file holds no usable request: take the newest one that a job still holds.
                self.from_job, request = next(iter(self._results_of_jobs(pending)), None), None
            elif len(pending) > 1:
                current = self._holder(request, pending)
        if self.from_job:
            current = next((entry for entry in pending if entry["id"] == self.from_job["id"]), current)
            request = self.from_job[REQUEST]
        return {**current, "answered": False, REQUEST: request}

    def _is_mine(self, entry: Json) -> bool:
        return serves(entry, self.desired["service"], self.desired["type"], self.desired["scope"])

    def _kept(self) -> str | None:
        return self.file.content if self.file else None

    def _answers(self, entry: Json) -> bool:
        """Return whether a certificate in use answers the request in the file, or was issued by the named CA."""
        left, chain = entry["days_left"], chain_of(entry)
        if not chain or not entry.get("is_current") or left is None or left < self.desired["renew_before_days"]:
            return False
        kept, issuer, leaf = self._kept(), self.desired["unless_issued_by"], entry["members"][0]
        if kept and chain[0].key and chain[0].key == key_of(kept):
            return True
        return bool(issuer) and is_issued_by(leaf, issuer) and covers(leaf, self.desired)

    def _is_shown(self, request: str, entries: list[Json]) -> bool:
        """Return whether the array has a certificate for the request's key, so that the request no longer waits."""
        keys = [leaf.key for entry in entries for leaf in chain_of(entry)[:1]]
        return key_of(request) in keys

    def _holder(self, request: str, pending: list[Json]) -> Json:
        """Return the pending entry whose request is in the file; raise InputError if that remains unknown.

        If no job holds the request in the file, it belongs to the only entry whose job is forgotten.
        """
        results = {result["id"]: result for result in self._results_of_jobs(pending)}
        for entry in pending:
            if entry["id"] in results and key_of(results[entry["id"]][REQUEST]) == key_of(request):
                self.from_job = results[entry["id"]]
                return entry
        forgotten = [entry for entry in pending if entry["id"] not in results]
        if len(forgotten) == 1:
            return forgotten[0]
        ids = ", ".join(str(entry["id"]) for entry in pending)
        where = self.file.path if self.file else ""
        words = "nothing shows which of them is in" if forgotten else "none of them is the one in"
        raise InputError(
            f"Several entries wait for the answer to a {self.label} ({ids}), and {words} {where}.",
            hint="Delete the file to get the newest request that the array still has, or make a new key and request "
            "with force: true.",
        )

    def _results_of_jobs(self, pending: list[Json]) -> list[Json]:
        """Return the results of the jobs that made the pending requests, the newest first.

        The array forgets old jobs, so results may be missing.
        """
        waiting = {entry["id"] for entry in pending}
        results = [dict(job.result or {}) for job in self.client.jobs({"resource_type": f"eq.{TYPE}"})]
        return [result for result in results if result.get(REQUEST) and result.get("id") in waiting]

    # Planning

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the request and the file; raise InputError if the task names a file and the request is not known."""
        is_made = history.includes(MAKE) or any(map(self._has_made, history.jobs))
        fresh = not is_made and (current is None or self.desired["force"])
        request = None if fresh or current is None else current[REQUEST]
        before: Json = {} if current is None else {"id": current["id"], "answered": current["answered"]}
        after: Json = {**before}
        steps: list[Step] = []
        warnings: list[str] = []
        if fresh:
            body = self._body()
            steps.append(Request(MAKE, "POST", f"{TYPE}/{MAKE}", body, f"make a new key and a {self.label}"))
            after = {**body, "answered": False}
        elif current and not current["answered"] and not request:
            warnings.append(self._forgotten(current))
        if self.file and not (current and current["answered"] and not fresh):
            before["dest"] = "another request" if self.file.content else ""
            after["dest"] = "this request"
            if not fresh and request and self.file.holds(request):
                before["dest"] = after["dest"]
            else:
                steps.append(LocalAction(WRITE, self.file.path, f"write the request to {self.file.path}"))
                warnings += filter(None, [self.file.lacks_folder()])
        return Plan(tuple(steps), before, after, tuple(warnings))

    def _forgotten(self, current: Json) -> str:
        """Return a warning that the text of a pending request is lost.

        Raise InputError instead if the task names a file.
        """
        words = f"A {self.label} waits for its answer (id {current['id']}), but the array no longer has its text"
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

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the jobs that make or may make such a request: only a job that is done shows its purpose."""
        if MAKE not in actions:
            return None
        jobs = self.client.jobs({"resource_type": f"eq.{TYPE}"})
        return [job for job in jobs if job.action not in OTHER_ACTIONS and (job.state != DONE or self._has_made(job))]

    def _has_made(self, job: Job) -> bool:
        """Return whether a job's result is a request of this purpose."""
        result = job.result or {}
        return bool(result.get("id") and result.get(REQUEST)) and self._is_mine({**result})

    def send(self, step: Request) -> Job:
        """Send the request. Raise InputError if the folder is missing, so that the array makes no request for it."""
        self._check_folder()
        self.from_job, self.asked = None, True
        return self._noted(self.client.send(step))

    def _check_folder(self) -> None:
        missing = self.file.lacks_folder() if self.file else ""
        if missing:
            raise InputError(missing, hint="Make the folder first.")

    def do_locally(self, step: LocalAction) -> None:
        """Write the file; raise InputError if its folder is missing or the array did not return the request."""
        self._check_folder()
        current = self.read() if self.from_job is None else self.from_job
        if current is None or not current[REQUEST] or self.file is None:
            raise InputError(
                "The array made the request, but did not return it.",
                hint="Run the task again: it reads the request from the array's record of jobs.",
            )
        self.file.keep(current[REQUEST])

    def job(self, job_id: str) -> Job:
        """Return a job as it is now, and keep the request in its result."""
        return self._noted(super().job(job_id))

    def _noted(self, job: Job) -> Job:
        if self._has_made(job):
            self.from_job = dict(job.result or {})
        return job
