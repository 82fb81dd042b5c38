# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client of one PowerStore: it reads all pages, and sends writes as jobs.

Source: PowerStore REST API developers guide (asynchronous requests) and the 4.0 document.
"""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.errors import JobLost, Refused, ResponseLost, UnexpectedResponse
from .._engine.job import DONE, Job
from .._engine.lookup.references import Reference
from .._engine.planning.steps import Request
from .._engine.shape import check
from .._engine.text.paths import in_path
from .._http.answers import Response
from .._http.statuses import garbled
from .connection import BASE, Connection
from .query import PAGE, in_order, total_of
from .responses import JOB_FIELDS, error_of, job_of
from .shapes import shape_of

NO_FILE = (404, 422)
"""Statuses of a download of what nobody has uploaded."""

READS_OF_ALL = 3
"""How often the client reads a collection that changes between two of its pages."""


class _TooMany(Exception):
    """A collection has more objects than the caller wants to read."""


class PowerStoreClient(Connection):
    """A client of one array with the session of one user.

    ignores_unknown: whether a task may refer to what does not exist. checks_later: whether the checks of a task that
    refers to something unknown come later. Both are for documents, see `PlanningClient`.
    """

    ignores_unknown = False
    checks_later = False

    # Reading

    def get(self, type_: str, object_id: str, query: t.Mapping[str, str]) -> Json | None:
        """Return one object, or None if the array has no object with this id.

        query: has an explicit ``select``. Raise UnexpectedResponse if the response does not have the selected shape.
        """
        path = f"{BASE}/{type_}/{in_path(object_id)}"
        try:
            body = self._read(path, query).body
        except Refused as error:
            if error.status == 404:
                return None
            raise
        found: Json = checked(_expect(body, dict, path), type_, query, path)
        return found

    def query(self, type_: str, query: t.Mapping[str, str], limit: int | None = None) -> list[Json]:
        """Return the objects of a collection as `rows` does; raise UnexpectedResponse for one of a different shape."""
        found: list[Json] = checked(self.rows(type_, query, limit), type_, query, f"{BASE}/{type_}")
        return found

    def rows(self, type_: str, query: t.Mapping[str, str], limit: int | None = None) -> list[Json]:
        """Return all objects of a collection, or the first ``limit`` ones, without a check of their shape.

        query: filters, an explicit ``select``, perhaps an order. Raise UnexpectedResponse if the collection changes
        during each of the `READS_OF_ALL` reads.
        """
        return self._rows(type_, query, limit)

    def _rows(
        self, type_: str, query: t.Mapping[str, str], limit: int | None = None, most: int | None = None
    ) -> list[Json]:
        query = {**query, **in_order(type_, query)}
        fault = ""
        for dummy in range(READS_OF_ALL):
            found, fault = self._pages(type_, query, limit, most)
            if not fault:
                return found
        path = f"{BASE}/{type_}"
        raise UnexpectedResponse(
            f"The pages of GET {path} were inconsistent {READS_OF_ALL} times in a row: {fault}.",
            hint="If something changes the collection all the time, try again later.",
            method="GET",
            path=path,
        )

    def rows_of_few(self, type_: str, query: t.Mapping[str, str], most: int) -> list[Json] | None:
        """Return all objects of a collection as `rows` does, or None if its first page shows that there are more."""
        try:
            return self._rows(type_, query, most=most)
        except _TooMany:
            return None

    def _pages(
        self, type_: str, query: t.Mapping[str, str], limit: int | None, most: int | None
    ) -> tuple[list[Json], str]:
        """Return the objects, and the reason why some may be missing or doubled, empty if there is no sign of that."""
        path = f"{BASE}/{type_}"
        found: list[Json] = []
        totals: list[int] = []
        while True:
            page = PAGE if limit is None else min(PAGE, limit - len(found))
            window = {"limit": str(page)}
            if found:
                window["offset"] = str(len(found))
            try:
                response = self._read(path, {**query, **window})
            except Refused as error:
                if error.status == 416 and found:  # the collection has shrunk: there is no page at this offset
                    return found, _missing(found, totals)
                raise
            rows = [_expect(row, dict, path) for row in _expect(response.body, list, path)]
            found += rows
            total = total_of(response.headers.get("Content-Range"))
            totals += [] if total is None else [total]
            if most is not None and total is not None and total > most:
                raise _TooMany
            if limit is not None and len(found) >= limit:
                return found[:limit], ""
            if response.status != 206 or not rows or (total is not None and len(found) >= total):
                return found, "" if limit is not None else _missing(found, totals)

    def download(self, type_: str, object_id: str, action: str) -> bytes | None:
        """Return a file of an object, or None if it has none."""
        path = f"{BASE}/{type_}/{in_path(object_id)}/{action}"
        response = self._read(path, None, accepts=lambda response: response.status in (200, *NO_FILE))
        return response.content if response.status == 200 else None

    def makes(self, type_: str, relation: str, row: Json) -> bool:
        """Return whether the run itself makes an object whose relation leads to this one, as a document may."""
        return False

    def returned(self, type_: str, object_id: str, action: str, body: Json | None = None) -> Json:
        """Return what an action returns that changes nothing; nothing if its answer has no content."""
        path = f"{BASE}/{type_}/{in_path(object_id)}/{action}"
        response = self._read(path, None, "POST", body, accepts=lambda one: one.status == 204 or _is_data(one))
        found: Json = {} if response.status == 204 else _expect(response.body, dict, path, "POST")
        return found

    def promised(self, type_: str, references: t.Sequence[Reference], found: t.Sequence[Json]) -> list[Json]:
        """Return the objects that the task creates before it needs them: none, a single task has only one."""
        return []

    # Writing

    def send(self, step: Request, as_job: bool = True, content: bytes | None = None) -> Job:
        """Send a step once and return its job, which is already done if the array carried out the step at once.

        as_job: False sends a synchronous request, for a user who may not read jobs. content: the file that the step
        uploads, which is no job. Raise ResponseLost if the array took the request but returned no id of a job.
        """
        path = f"{BASE}/{step.path}"
        query = {"is_async": "true"} if as_job and content is None else None
        files = None if content is None else {"body": ("body", content, "application/octet-stream")}
        response = self._authorised(step.verb, path, query, step.body, files)
        body = response.body if isinstance(response.body, dict) else {}
        object_id = body.get("id") if isinstance(body.get("id"), str) else None
        if response.status == 202 and object_id:
            return Job(id=object_id, action=step.action)
        if response.status == 202:
            raise ResponseLost("The array took the request but named no job.", step.verb, path, response.status)
        if response.is_success and not response.is_json:
            raise garbled(response, step.verb, path)
        if response.status in (200, 201, 204):
            return Job(id="", state=DONE, phase="Completed", percent=100, resource_id=object_id, result=body or None)
        raise error_of(response, step.verb, path, self.username)

    def job(self, job_id: str) -> Job:
        """Return a job as it is now; raise JobLost if the array does not know it."""
        path = f"{BASE}/job/{in_path(job_id)}"
        try:
            response = self._read(path, {"select": ",".join(JOB_FIELDS)})
        except Refused as error:
            raise JobLost.of(error, job_id) if error.status == 404 else error from None
        body = {"id": job_id, **_expect(response.body, dict, path)}
        return job_of(check(body, shape_of("job", ",".join(JOB_FIELDS)), "GET", path))

    def jobs(self, filters: t.Mapping[str, str]) -> list[Job]:
        """Return the 100 newest jobs that match the filters, newest first."""
        query = {"select": ",".join(JOB_FIELDS), "order": "start_time.desc", **filters}
        return [job_of(body) for body in self.query("job", query, limit=100)]

    def metrics(self, body: Json) -> list[Json]:
        """Return the rows of metrics that the body of the query asks for, empty if the array has none."""
        path = f"{BASE}/metrics/generate"
        # The document allows an answer without content, too.
        response = self._read(path, None, "POST", body, lambda one: one.status == 204 or _is_data(one))
        rows = [] if response.status == 204 else _expect(response.body, list, path, "POST")
        return [_expect(row, dict, path, "POST") for row in rows]

    # Exchanges

    def _read(
        self,
        path: str,
        query: t.Mapping[str, str] | None,
        method: str = "GET",
        body: Json | None = None,
        accepts: t.Callable[[Response], bool] | None = None,
    ) -> Response:
        """Send a request that changes nothing, and send it again if that may help.

        accepts: whether a response is what was asked for; by default, a successful one with JSON is.
        """
        is_answer = accepts or _is_data

        def once() -> Response:
            response = self._authorised(method, path, query, body)
            if is_answer(response):
                return response
            raise error_of(response, method, path, self.username)

        return self._patiently(once, lambda: self._session.authenticated)


def _is_data(response: Response) -> bool:
    return response.status in (200, 206) and response.is_json


def _missing(found: t.Sequence[Json], totals: t.Sequence[int]) -> str:
    """Return why the pages are not the whole collection, empty if they are: totals differ, objects miss or repeat."""
    if len(set(totals)) > 1:
        return f"the number of objects went from {totals[0]} to {totals[-1]}"
    ids = {str(row["id"]) for row in found if "id" in row}
    distinct = len(ids) if all("id" in row for row in found) else len(found)
    if distinct < len(found):
        return f"{len(found) - distinct} objects appeared more than once"
    if totals and distinct != totals[0]:
        return f"{distinct} objects of {totals[0]} were returned"
    return ""


def checked(body: t.Any, type_: str, query: t.Mapping[str, str], path: str) -> t.Any:
    """Return an object, or objects, of a type; raise UnexpectedResponse if one lacks the selected shape."""
    return check(body, shape_of(type_, query.get("select", "id")), "GET", path)


def _expect(body: t.Any, kind: type, path: str, method: str = "GET") -> t.Any:
    if not isinstance(body, kind):
        word = "an object" if kind is dict else "a list"
        raise UnexpectedResponse(
            f"{method} {path} did not return {word}.", hint="Check that the host is a PowerStore.", path=path
        )
    return body
