# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A session with one PowerStore: login on the first read, one connection, all pages, logout on every way out.

Source: PowerStore REST API developers guide (authentication, sessions, asynchronous requests) and the 4.0 document.
"""

from __future__ import annotations

import base64
import contextlib
import time
import typing as t
from urllib.parse import quote

from ..engine.errors import ApplianceError, JobLost, LoginFailed, NotReached, Refused, ReplyLost, StrangeReply
from ..engine.job import DONE, Job
from ..engine.plan import Step
from ..engine.resource import Json
from ..http.endpoint import Endpoint
from ..http.patience import patiently
from ..http.transport import Reply, Transport
from .query import PAGE, total_of
from .replies import JOB_FIELDS, error_of, job_of, messages_of

BASE = "/api/rest"
COOKIE = "auth_cookie"
TOKEN = "DELL-EMC-TOKEN"
CLIENT = "Ansible/jobwise.appliance"
LOGOUT_TIMEOUT = 5.0
WHO_AM_I = {"select": "id,user,role_ids,is_password_change_required"}


class PowerStoreClient:
    """Speaks to one array as one user.

    endpoint: where. username, password: for the one login that each session needs. sleep: between tries of a read.
    Only reads are ever repeated here; what became of a write without an answer is for the engine to find out.
    """

    def __init__(
        self, endpoint: Endpoint, username: str, password: str, sleep: t.Callable[[float], None] = time.sleep
    ) -> None:
        self.endpoint = endpoint
        self.username = username
        self._basic = _basic(username, password)
        self._transport = Transport(endpoint)
        self._sleep = sleep
        self._cookie: str | None = None
        self._token: str | None = None
        self._authenticated = False

    def logs_in_with(self, password: str) -> bool:
        """Tell whether this is the password that the session logs in with."""
        return self._basic == _basic(self.username, password)

    def renew_password(self, password: str) -> None:
        """Log in with another password from now on: the user's own has been changed."""
        self._basic = _basic(self.username, password)

    def __enter__(self) -> PowerStoreClient:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def close(self) -> None:
        """End the session on the array and close the connection. A logout that fails fails no task."""
        try:
            self._logout()
        finally:
            self._transport.close()

    def _logout(self) -> None:
        if self._cookie is None:
            return
        with contextlib.suppress(NotReached, ReplyLost):
            self._send("POST", f"{BASE}/logout", None, None, timeout=LOGOUT_TIMEOUT)
        self._cookie = self._token = None

    # Reading

    def get(self, type_: str, object_id: str, query: t.Mapping[str, str]) -> Json | None:
        """Return one object, None if the array has none with this id. query: with an explicit select."""
        try:
            body = self._read(f"{BASE}/{type_}/{quote(object_id, safe='')}", query).body
        except Refused as error:
            if error.status == 404:
                return None
            raise
        found: Json = _expect(body, dict, f"{BASE}/{type_}")
        return found

    def query(self, type_: str, query: t.Mapping[str, str], limit: int | None = None) -> list[Json]:
        """Return the objects of a collection, all pages of it, or the first ``limit`` ones.

        query: filters, an explicit select, an order where one is wanted.
        """
        found: list[Json] = []
        while True:
            page = PAGE if limit is None else min(PAGE, limit - len(found))
            window = {"limit": str(page)}
            if found:
                window["offset"] = str(len(found))
            try:
                reply = self._read(f"{BASE}/{type_}", {**query, **window})
            except Refused as error:
                if error.status == 416 and found:  # the collection has shrunk between two pages
                    return found
                raise
            rows = [_expect(row, dict, f"{BASE}/{type_}") for row in _expect(reply.body, list, f"{BASE}/{type_}")]
            found += rows
            total = total_of(reply.headers.get("Content-Range"))
            done = reply.status != 206 or not rows or (total is not None and len(found) >= total)
            if done or (limit is not None and len(found) >= limit):
                return found if limit is None else found[:limit]

    # Writing

    def submit(self, step: Step, as_job: bool = True) -> Job:
        """Send a step once; return its job, or one that is over where the array did it at once.

        as_job: False waits for the answer, for a user who may not look at jobs.
        """
        path = f"{BASE}/{step.path}"
        reply = self._authorised(step.verb, path, {"is_async": "true"} if as_job else None, step.body)
        body = reply.body if isinstance(reply.body, dict) else {}
        if reply.status == 202 and body.get("id"):
            return Job(id=str(body["id"]), action=step.action)
        if reply.status == 202:
            raise ReplyLost("The array took the request but named no job.", step.verb, path, reply.status)
        if reply.status in (200, 201, 204) and reply.is_json:
            return Job(
                id="", state=DONE, phase="Completed", percent=100, resource_id=body.get("id"), result=body or None
            )
        raise error_of(reply, step.verb, path, self.username)

    def job(self, job_id: str) -> Job:
        """Return a job as it is now; raise JobLost if the array does not know it."""
        path = f"{BASE}/job/{quote(job_id, safe='')}"
        try:
            reply = self._read(path, {"select": ",".join(JOB_FIELDS)})
        except Refused as error:
            raise JobLost.of(error, job_id) if error.status == 404 else error from None
        body = _expect(reply.body, dict, path)
        return job_of({"id": job_id, **body})

    def jobs(self, filters: t.Mapping[str, str]) -> list[Job]:
        """Return the newest jobs that match, newest first."""
        query = {"select": ",".join(JOB_FIELDS), "order": "start_time.desc", **filters}
        return [job_of(body) for body in self.query("job", query, limit=100)]

    # Exchanges

    def _read(self, path: str, query: t.Mapping[str, str]) -> Reply:

        def once() -> Reply:
            reply = self._authorised("GET", path, query, None)
            if reply.status in (200, 206) and reply.is_json:
                return reply
            raise error_of(reply, "GET", path, self.username)

        return patiently(once, self._sleep, lambda: self._authenticated)

    def _authorised(self, method: str, path: str, query: t.Mapping[str, str] | None, body: t.Any) -> Reply:
        """Send a request within the session; log in again once if the array no longer takes the session."""
        fresh = self._cookie is None
        reply = self._send(method, path, query, body)
        if reply.status == 401 and fresh:
            raise self._login_failed(reply)
        if reply.status not in (401, 403):
            return reply
        if fresh:
            self._check_password_change(self._send("GET", f"{BASE}/login_session", WHO_AM_I, None), reply, method, path)
            return reply
        if reply.status == 403:
            self._logout()  # the session may well be alive, and would stay open
        self._cookie = self._token = None
        session = self._send("GET", f"{BASE}/login_session", WHO_AM_I, None)
        if session.status == 401:
            raise self._login_failed(session)
        again = self._send(method, path, query, body)
        self._check_password_change(session, again, method, path)
        return again

    def _check_password_change(self, session: Reply, reply: Reply, method: str, path: str) -> None:
        """Raise LoginFailed where a denial comes from a password that has to be changed first."""
        if reply.status == 403 and _must_change_password(session):
            raise LoginFailed(
                f"User {self.username} has to change the password before the array permits anything else.",
                method=method,
                path=path,
                status=403,
                hint="local_user does it with the user's id, user_password, current_password, update_password: always.",
            )

    def _send(
        self, method: str, path: str, query: t.Mapping[str, str] | None, body: t.Any, timeout: float | None = None
    ) -> Reply:
        headers = {"Accept": "application/json", "Accept-Language": "en-US", "Application-Type": CLIENT}
        if self._cookie is None:
            headers["Authorization"] = self._basic
        else:
            headers["Cookie"] = f"{COOKIE}={self._cookie}"
        if method != "GET" and self._token:
            headers[TOKEN] = self._token
        reply = self._transport.exchange(method, path, query, body, headers, timeout)
        # A login counts even if what came with it was refused: the session is open all the same.
        if reply.status != 401:
            self._authenticated = True
            self._cookie = reply.cookies.get(COOKIE) or self._cookie
            self._token = reply.headers.get(TOKEN) or self._token
        return reply

    def _login_failed(self, reply: Reply) -> ApplianceError:
        return LoginFailed(
            f"{self.endpoint.url} does not accept user {self.username} with this password.",
            status=reply.status,
            messages=messages_of(reply.body),
            hint="Check username and password; it was tried once, since repeated failures lock an account.",
        )


def _basic(username: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def _must_change_password(session: Reply) -> bool:
    rows = session.body if isinstance(session.body, list) else []
    return any(isinstance(row, dict) and row.get("is_password_change_required") for row in rows)


def _expect(body: t.Any, kind: type, path: str) -> t.Any:
    if not isinstance(body, kind):
        word = "an object" if kind is dict else "a list"
        raise StrangeReply(f"GET {path} should answer {word}, but did not.", hint="Is this a PowerStore?", path=path)
    return body
