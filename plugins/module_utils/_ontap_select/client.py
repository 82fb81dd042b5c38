# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Client for one ONTAP Select Deploy and one user: Basic authentication, one connection, long polling for jobs.

Source: NetApp's documentation of the Deploy REST API, version 3: basic operational characteristics, request and
response API transaction, asynchronous processing using the Job object.
"""

from __future__ import annotations

import time
import typing as t

from .._engine.data import Json
from .._engine.errors import JobLost, LoginFailed, Refused, ResponseLost, UnexpectedResponse
from .._engine.job import DONE, RUNNING, Job
from .._engine.planning.steps import Request
from .._engine.shape import check
from .._engine.text.names import the_one
from .._engine.text.paths import in_path
from .._http.answers import Response
from .._http.client import Client
from .._http.endpoint import Endpoint
from .._http.retry import SECOND_CHANCE, tries_for
from .._http.statuses import garbled
from .responses import JOB_FIELDS, error_of, id_in, job_of, messages_of
from .shapes import shape_of

BASE = "/api/v3"
HOLD = 15.0
"""Seconds for which Deploy may hold back a response about a job. Deploy accepts 1 to 120; proxies allow less."""
GRACE = 15.0
"""Seconds that such a response may be late."""
OPERATORS = "<>=!*|"
"""Characters that are operators in a filter. Deploy has no way to escape them."""

Query = t.Mapping[str, str]


class SelectClient(Client):
    """Sends requests to one Deploy as one user. Deploy has no sessions.

    now: clock in seconds. It shows whether Deploy held a response back.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        username: str,
        password: str,
        sleep: t.Callable[[float], None] = time.sleep,
        now: t.Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(endpoint, sleep)
        self.username = username
        self._basic = self._transport.secrets.add_login(username, password)
        self.now = now
        self._authenticated = False
        self._last_modified: t.Dict[str, str] = {}
        self._request_ids: t.Dict[str, str] = {}

    # Reading

    def get(self, path: str, fields: str) -> Json | None:
        """Return one record; None if Deploy does not have it."""
        try:
            response = self._read(path, {"fields": fields})
        except Refused as error:
            if error.status == 404:
                return None
            raise
        record: Json = check(_record(response, path), shape_of(path, fields), "GET", f"{BASE}/{path}")
        return record

    def query(self, path: str, fields: str, filters: Query | None = None, **more: str) -> list[Json]:
        """Return the records of a collection that match the filters. more: order_by, max_records."""
        response = self._read(path, {**(filters or {}), "fields": fields, **more})
        records: list[Json] = check(_records(response, path), shape_of(path, fields), "GET", f"{BASE}/{path}")
        return records

    def find(self, path: str, fields: str, name: str, key: str = "name") -> Json | None:
        """Return the record with this name, or None. The exact spelling wins over other spellings.

        Raises InputError if several names differ from this one only in case.
        """
        what = path.rpartition("/")[2].rstrip("s").replace("-", " ")
        return the_one(self.named(path, fields, name, key), name, what, key=key)

    def named(self, path: str, fields: str, name: str, key: str = "name") -> list[Json]:
        """Return the records with this name in any case.

        Filters are case-sensitive and cannot escape operators. If a filter cannot find the name, all records are read.
        """
        rows = self.query(path, fields, {key: name} if is_plain(name) else None)
        if not rows and is_plain(name) and has_case(name):
            rows = self.query(path, fields)
        return [row for row in rows if str(row.get(key)).lower() == name.lower()]

    def raw(self, path: str, query: Query) -> t.Any:
        """Return the body of the response to any read."""
        return self._read(path, query).body

    # Jobs

    def job(self, job_id: str, patience: float = HOLD) -> Job:
        """Return a job as soon as it has news or the wait is over.

        patience: seconds for which Deploy may hold the response back. Deploy holds it back only if the request says
        which news the client already has, so it answers the first read of another client's job at once.
        Raises JobLost if Deploy does not know the job.
        """
        try:
            return self._job(job_id, patience)
        except Refused as error:
            raise JobLost.of(error, job_id) if error.status == 404 else error from None

    def _job(self, job_id: str, patience: float) -> Job:
        path = f"jobs/{in_path(job_id)}"
        since = self._last_modified.get(job_id)
        hold = int(min(patience, HOLD))
        if since is None or hold < 1:
            return self._noted(_job_in(self._read(path, {"fields": JOB_FIELDS}), job_id), long_polled=False)
        query = {"fields": JOB_FIELDS, "poll_timeout": str(hold), "last_modified": f">={since}"}
        start = self.now()
        try:
            response = self._read_once(path, query, hold + GRACE)
        except (Refused, UnexpectedResponse) as error:
            if tries_for(error) != SECOND_CHANCE:
                raise
            response = self._read(path, {"fields": JOB_FIELDS})
        record = _job_in(response, job_id)
        long_polled = record.get("last_modified") != since or self.now() - start >= hold / 2
        return self._noted(record, long_polled)

    def _noted(self, record: Json, long_polled: bool) -> Job:
        if record.get("last_modified"):
            self._last_modified[str(record["id"])] = str(record["last_modified"])
        return job_of(record, long_polled, self._request_ids.get(str(record["id"]), ""))

    def jobs(self, filters: Query | None = None) -> list[Job]:
        """Return the jobs that match the filters."""
        return [self._noted(record, long_polled=False) for record in self.query("jobs", JOB_FIELDS, filters)]

    # Writing

    def send(self, step: Request, files: t.Mapping[str, t.Any] | None = None) -> Job:
        """Send a step once. Return its job, which is already done if Deploy carried the step out at once.

        step.path: quoted, with its query, relative to the root of the API. files: parts of a multipart body.
        """
        path = f"{BASE}/{step.path}"
        response = self._send(step.verb, step.path, None, step.body, files)
        record = response.body.get("job") if isinstance(response.body, dict) else None
        made = id_in(response.headers.get("Location"))
        if response.is_success and not response.is_json:
            raise garbled(response, step.verb, path)
        if response.status in (200, 201, 202, 204):
            if isinstance(record, dict) and record.get("id"):
                self._request_ids[str(record["id"])] = str(response.headers.get("request-id") or "")
                job = self._noted(record, long_polled=True)
                return Job(
                    id=job.id, state=RUNNING, phase=job.phase, note=job.note, action=step.action, resource_id=made
                )
            return Job(id="", state=DONE, phase="success", percent=100, action=step.action, resource_id=made)
        raise error_of(response, step.verb, path)

    def download(self, path: str, sink: t.Callable[[bytes], t.Any]) -> int:
        """Pass a file to sink in pieces; return its size in bytes. path: from the server's root."""
        size = 0
        with self._transport.download(path, None, self._headers("*/*")) as (response, pieces):
            if response.status != 200:
                raise self._login_failed(response) if response.status == 401 else error_of(response, "GET", path)
            for piece in pieces:
                sink(piece)
                size += len(piece)
        announced = None if "Content-Encoding" in response.headers else response.headers.get("Content-Length")
        if announced and announced.isdecimal() and int(announced) != size:
            raise ResponseLost(f"The download of {path} broke off: {size} of {announced} bytes arrived.", "GET", path)
        return size

    # Exchanges

    def _read(self, path: str, query: Query) -> Response:
        return self._patiently(lambda: self._read_once(path, query), lambda: self._authenticated)

    def _read_once(self, path: str, query: Query, timeout: float | None = None) -> Response:
        response = self._send("GET", path, query, timeout=timeout)
        if response.status == 200 and response.is_json:
            return response
        raise error_of(response, "GET", f"{BASE}/{path}")

    def _send(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        body: t.Any = None,
        files: t.Mapping[str, t.Any] | None = None,
        timeout: float | None = None,
    ) -> Response:
        headers = self._headers("application/json")
        response = self._transport.exchange(method, f"{BASE}/{path}", query, body, headers, timeout, files)
        if response.status == 401:
            raise self._login_failed(response)
        self._authenticated = True
        return response

    def _headers(self, accept: str) -> dict[str, str]:
        return {"Accept": accept, "Authorization": self._basic}

    def _login_failed(self, response: Response) -> LoginFailed:
        return LoginFailed(
            f"{self.endpoint.url} does not accept user {self.username} with this password.",
            status=response.status,
            messages=messages_of(response.body),
            hint="Check username and password, and whether the account is locked. The login was tried once.",
        )


def _record(response: Response, path: str) -> Json:
    record = response.body.get("record") if isinstance(response.body, dict) else None
    if not isinstance(record, dict):
        raise _unexpected(path, "one record")
    return record


def _job_in(response: Response, job_id: str) -> Json:
    path = f"jobs/{job_id}"
    record: Json = {"id": job_id, **_record(response, path)}
    checked: Json = check(record, shape_of(path, JOB_FIELDS), "GET", f"{BASE}/{path}")
    return checked


def _records(response: Response, path: str) -> list[Json]:
    records = response.body.get("records") if isinstance(response.body, dict) else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise _unexpected(path, "records")
    return records


def _unexpected(path: str, what: str) -> UnexpectedResponse:
    return UnexpectedResponse(
        f"GET {BASE}/{path} did not return {what}.",
        hint="Check that the host is an ONTAP Select Deploy.",
        path=f"{BASE}/{path}",
    )


def is_plain(value: str) -> bool:
    """Return whether a filter takes the value literally."""
    return not set(OPERATORS) & set(value) and value.lower() != "null"


def has_case(value: str) -> bool:
    """Return whether the value has letters with an upper and a lower case."""
    return value.lower() != value.upper()
