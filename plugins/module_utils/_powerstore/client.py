# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The client of one PowerStore: it logs in on the first request, reads all pages, and always logs out.

Source: PowerStore REST API developers guide (authentication, sessions, asynchronous requests) and the 4.0 document.
"""

from __future__ import annotations

import time
import typing as t

from .._engine.data import Json
from .._engine.errors import ApplianceError, JobLost, LoginFailed, Refused, ResponseLost, UnexpectedResponse
from .._engine.job import DONE, Job
from .._engine.planning.steps import Request
from .._engine.shape import check
from .._engine.text.paths import in_path
from .._http.answers import Response
from .._http.client import LOGOUT_TIMEOUT, Client
from .._http.endpoint import Endpoint
from .._http.secrets import basic
from .._http.statuses import garbled
from .query import PAGE, in_order, total_of
from .responses import JOB_FIELDS, error_of, job_of, messages_of
from .shapes import shape_of

BASE = "/api/rest"
COOKIE = "auth_cookie"
TOKEN = "DELL-EMC-TOKEN"
CLIENT = "Ansible/jobwise.appliance"
READS_OF_ALL = 3
"""How often the client reads a collection that changes between two of its pages."""
WHO_AM_I = {"select": "id,user,role_ids,is_password_change_required"}


class PowerStoreClient(Client):
    """A client of one array with the session of one user.

    sleep: waits before another try, for a number of seconds.
    """

    def __init__(
        self, endpoint: Endpoint, username: str, password: str, sleep: t.Callable[[float], None] = time.sleep
    ) -> None:
        super().__init__(endpoint, sleep)
        self.username = username
        self._basic = self._transport.secrets.add_login(username, password)
        self._cookie: str | None = None
        self._token: str | None = None
        self._authenticated = False

    def logs_in_with(self, password: str) -> bool:
        """Return whether the session logs in with this password."""
        return self._basic == basic(self.username, password)

    def renew_password(self, password: str) -> None:
        """Use a new password for the next login, because the user's password was changed."""
        self._basic = self._transport.secrets.add_login(self.username, password)

    def _logout(self) -> None:
        if self._cookie is None:
            return
        self._end_session(lambda: self._send("POST", f"{BASE}/logout", None, None, timeout=LOGOUT_TIMEOUT))
        self._cookie = self._token = None

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
        found: Json = _checked(_expect(body, dict, path), type_, query, path)
        return found

    def query(self, type_: str, query: t.Mapping[str, str], limit: int | None = None) -> list[Json]:
        """Return the objects of a collection as `rows` does; raise UnexpectedResponse for one of a different shape."""
        found: list[Json] = _checked(self.rows(type_, query, limit), type_, query, f"{BASE}/{type_}")
        return found

    def rows(self, type_: str, query: t.Mapping[str, str], limit: int | None = None) -> list[Json]:
        """Return all objects of a collection, or the first ``limit`` ones, without a check of their shape.

        query: filters, an explicit ``select``, perhaps an order. Raise UnexpectedResponse if the collection changes
        during each of the `READS_OF_ALL` reads.
        """
        query = {**query, **in_order(type_, query)}
        fault = ""
        for dummy in range(READS_OF_ALL):
            found, fault = self._pages(type_, query, limit)
            if not fault:
                return found
        path = f"{BASE}/{type_}"
        raise UnexpectedResponse(
            f"The pages of GET {path} were inconsistent {READS_OF_ALL} times in a row: {fault}.",
            hint="If something changes the collection all the time, try again later.",
            method="GET",
            path=path,
        )

    def _pages(self, type_: str, query: t.Mapping[str, str], limit: int | None) -> tuple[list[Json], str]:
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
            if limit is not None and len(found) >= limit:
                return found[:limit], ""
            if response.status != 206 or not rows or (total is not None and len(found) >= total):
                return found, "" if limit is not None else _missing(found, totals)

    # Writing

    def send(self, step: Request, as_job: bool = True) -> Job:
        """Send a step once and return its job, which is already done if the array carried out the step at once.

        as_job: False sends a synchronous request, for a user who may not read jobs. Raise ResponseLost if the array
        took the request but returned no id of a job.
        """
        path = f"{BASE}/{step.path}"
        response = self._authorised(step.verb, path, {"is_async": "true"} if as_job else None, step.body)
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

    # Exchanges

    def _read(self, path: str, query: t.Mapping[str, str]) -> Response:

        def once() -> Response:
            response = self._authorised("GET", path, query, None)
            if response.status in (200, 206) and response.is_json:
                return response
            raise error_of(response, "GET", path, self.username)

        return self._patiently(once, lambda: self._authenticated)

    def _authorised(self, method: str, path: str, query: t.Mapping[str, str] | None, body: t.Any) -> Response:
        """Send a request within the session; log in again once if the array no longer accepts the session.

        The array answers an expired session with 401 or 403, and 403 to a user without the permission. A new login
        shows which of the two it is.
        """
        fresh = self._cookie is None
        response = self._send(method, path, query, body)
        if response.status == 401 and fresh:
            raise self._login_failed(response)
        if response.status not in (401, 403):
            return response
        if fresh:
            self._check_password_change(
                self._send("GET", f"{BASE}/login_session", WHO_AM_I, None), response, method, path
            )
            return response
        self._logout()  # the old session may be alive and would stay open
        session = self._send("GET", f"{BASE}/login_session", WHO_AM_I, None)
        if session.status == 401:
            raise self._login_failed(session)
        again = self._send(method, path, query, body)
        self._check_password_change(session, again, method, path)
        return again

    def _check_password_change(self, session: Response, response: Response, method: str, path: str) -> None:
        """Raise LoginFailed if the array refused the request because the user must first change the password."""
        if response.status == 403 and _must_change_password(session):
            raise LoginFailed(
                f"User {self.username} must change the password before the array permits anything else.",
                method=method,
                path=path,
                status=403,
                hint="local_user does it with the user's id, user_password, current_password, update_password: always.",
            )

    def _send(
        self, method: str, path: str, query: t.Mapping[str, str] | None, body: t.Any, timeout: float | None = None
    ) -> Response:
        headers = {"Accept": "application/json", "Accept-Language": "en-US", "Application-Type": CLIENT}
        if self._cookie is None:
            headers["Authorization"] = self._basic
        else:
            headers["Cookie"] = f"{COOKIE}={self._cookie}"
        if method != "GET" and self._token:
            headers[TOKEN] = self._token
        response = self._transport.exchange(method, path, query, body, headers, timeout)
        # The login has opened a session even if the array refused the request that came with it.
        if response.status != 401:
            self._authenticated = True
            self._cookie = response.cookies.get(COOKIE) or self._cookie
            self._token = response.headers.get(TOKEN) or self._token
            self._transport.secrets.add(self._cookie, self._token)
        return response

    def _login_failed(self, response: Response) -> ApplianceError:
        return LoginFailed(
            f"{self.endpoint.url} does not accept user {self.username} with this password.",
            status=response.status,
            messages=messages_of(response.body),
            hint="Check username and password, and whether the account is locked. The login was tried once.",
        )


def _must_change_password(session: Response) -> bool:
    rows = session.body if isinstance(session.body, list) else []
    return any(isinstance(row, dict) and row.get("is_password_change_required") for row in rows)


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


def _checked(body: t.Any, type_: str, query: t.Mapping[str, str], path: str) -> t.Any:
    return check(body, shape_of(type_, query.get("select", "id")), "GET", path)


def _expect(body: t.Any, kind: type, path: str) -> t.Any:
    if not isinstance(body, kind):
        word = "an object" if kind is dict else "a list"
        raise UnexpectedResponse(
            f"GET {path} did not return {word}.", hint="Check that the host is a PowerStore.", path=path
        )
    return body
