# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client for one OneView appliance.

It negotiates the API version once, logs in once, keeps one connection, reads all pages, and always logs out.
Source: HP OneView REST API Reference (headers, login-sessions, version, collections), and HPE's own clients.
"""

from __future__ import annotations

import contextlib
import itertools
import time
import typing as t
from datetime import datetime, timedelta

from .._engine.data import Json
from .._engine.errors import JobLost, Refused, ResponseLost, SessionExpired, UnexpectedResponse
from .._engine.job import DONE, RUNNING, Job
from .._engine.planning.steps import Request
from .._engine.shape import TEXT, check, each
from .._http.answers import Response
from .._http.client import LOGOUT_TIMEOUT, Client
from .._http.endpoint import Endpoint, parts_of
from .._http.statuses import garbled
from .._http.transport import Query
from .query import Pairs, dotted, equals, moment, same_text
from .responses import error_of, is_task, job_of, messages_of, relative, task_uri
from .session import CHANGE_PASSWORD, LOGIN, VERSION, login_error, version_to_speak, wrong_version
from .shapes import shape_at

TASKS = "/rest/tasks"
CLOCK_STEP = timedelta(seconds=2)
"""How much a response's Date header and a resource's timestamp may differ: the header counts whole seconds."""

PAGE = {"members": each({}), "nextPageUri": TEXT, "uri": TEXT}
Headers = t.Optional[t.Mapping[str, str]]
JSON_PATCH = "application/json-patch+json"
REDIRECTIONS = (301, 302, 303, 307, 308)


class OneViewClient(Client):
    """Talks to one appliance as one user.

    domain: the login directory, or an empty text for the appliance's default. api_version: 0 to negotiate it with the
    appliance. session_id: a session that the caller has opened and will close.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        username: str = "",
        password: str = "",
        domain: str = "",
        api_version: int = 0,
        session_id: str = "",
        sleep: t.Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(endpoint, sleep)
        self.username = username
        self._password = password
        self.domain = domain
        self._version = api_version
        self._session = session_id
        self._is_external_session = bool(session_id)
        self._answered = False
        self._transport.secrets.add(password, session_id)

    def _logout(self) -> None:
        if not self._session or self._is_external_session:
            return
        self._end_session(lambda: self._send("DELETE", LOGIN, timeout=LOGOUT_TIMEOUT))
        self._session = ""

    @property
    def api_version(self) -> int:
        """The API version in use; 0 until the client has sent its first request."""
        return self._version

    # Reading

    def get(self, uri: str, headers: Headers = None, as_it_is: bool = False) -> Json | None:
        """Return one resource, or None if the appliance answers 404.

        Raises UnexpectedResponse if the resource does not have the expected shape. as_it_is: skip this check.
        """
        path = relative(uri)
        try:
            body = self._read(path, headers=headers).body
        except Refused as error:
            if error.status == 404:
                return None
            raise
        found = _object(body, uri)
        return found if as_it_is else t.cast(Json, check(found, shape_at(path), "GET", path))

    def all(self, collection: str, query: Pairs | None = None, limit: int | None = None) -> list[Json]:
        """Return the members of a collection: all pages, or the first ``limit`` members.

        Raises UnexpectedResponse if a member does not have the expected shape.
        """
        rows = list(itertools.islice(self.each(collection, query, limit), limit))
        check(rows, shape_at(collection), "GET", collection)
        return rows

    def each(self, collection: str, query: Pairs | None = None, at_once: int | None = None) -> t.Iterator[Json]:
        """Yield the members of a collection, page by page. A single resource is yielded as the only member.

        query: parameters such as ``filter`` or ``sort``; a parameter may occur several times. at_once: how many members
        to request at a time, None for all; the appliance may return fewer.
        """
        count = -1 if at_once is None else at_once
        response = self._read(collection, [("start", "0"), ("count", str(count)), *(query or [])])
        seen = set()
        while True:
            page = check(_object(response.body, collection), PAGE, "GET", collection)
            yield from page["members"] or () if "members" in page else [page]
            following = relative(str(page.get("nextPageUri") or ""))
            if not following or following in seen or following == page.get("uri"):
                return
            seen.add(following)
            response = self._read(following)

    def find(self, collection: str, attribute: str, value: str) -> list[Json]:
        """Return the members whose attribute has this value, ignoring case. attribute: a dotted path."""
        rows = self.all(collection, [("filter", equals(attribute, value))])
        return [row for row in rows if same_text(dotted(row, attribute), value)]

    def job(self, uri: str) -> Job:
        """Return the current state of a task; raise JobLost if the appliance does not know it."""
        try:
            response = self._read(uri)
        except Refused as error:
            raise JobLost.of(error, uri) if error.status == 404 else error from None
        body = {"uri": uri, **_object(response.body, uri)}
        return job_of(check(body, shape_at(TASKS), "GET", uri), self.hide)

    def jobs(self, filters: t.Mapping[str, str], since: datetime | None = None) -> list[Job]:
        """Return the tasks whose attributes have these values: at most the newest 50, newest first.

        since: a time by the appliance's clock; older tasks are left out unless they are still running.
        """
        query = [("filter", equals(name, value)) for name, value in filters.items()]
        rows = self.all(TASKS, [*query, ("sort", "created:descending")], limit=50)
        fitting = [row for row in rows if all(same_text(dotted(row, name), filters[name]) for name in filters)]
        found = [(job_of(row, self.hide), _is_before(row, since)) for row in fitting]
        return [job for job, is_before in found if job.state == RUNNING or not is_before]

    @contextlib.contextmanager
    def download(self, uri: str) -> t.Iterator[tuple[Response, t.Iterator[bytes]]]:
        """Download a large file in pieces. The client follows a redirection only to the same host."""
        path = relative(uri)
        for last in (False, False, True):  # one attempt for an expired session, one for a redirection, one to succeed
            fresh = self._open()
            with self._transport.download(path, headers=self._headers("GET", "*/*")) as (response, pieces):
                if response.status == 200:
                    yield response, pieces
                    return
            location = response.headers.get("Location") or ""
            if self._has_expired(response, fresh) and not last:
                continue
            target = parts_of(location)
            is_local = response.status in REDIRECTIONS and target.path and target.hostname in (None, self.endpoint.host)
            if last or not is_local:
                raise error_of(response, "GET", path, self.username)
            path = relative(location)

    # Writing

    def send(self, step: Request, version: str = "", headers: Headers = None) -> Job:
        """Send a step once; return its task, or a finished job if the appliance did it without a task.

        version: the ETag that the object must have, or "*" for any. headers: further headers of the request.
        """
        all_headers = {**(headers or {}), **({"If-Match": version} if version else {})}
        response = self._authorised(step.verb, step.path, body=step.body, headers=all_headers)
        if response.is_success and not response.is_json:
            raise garbled(response, step.verb, step.path)
        if response.status not in (200, 201, 202, 204):
            raise error_of(response, step.verb, step.path, self.username)
        task = task_uri(response)
        if task and is_task(response.body):
            try:
                return job_of(check({**response.body, "uri": task}, shape_at(TASKS), step.verb, step.path), self.hide)
            except UnexpectedResponse:  # the appliance accepted the request, and the engine can still poll its task
                return Job(id=task, action=step.action)
        if task:
            return Job(id=task, action=step.action)
        if response.status == 202:
            raise ResponseLost(
                "The appliance accepted the request but returned no task.", step.verb, step.path, response.status
            )
        body = response.body if isinstance(response.body, dict) else {}
        uri = relative(str(body.get("uri") or response.headers.get("Location") or "")) or None
        return Job(id="", state=DONE, phase="Completed", percent=100, resource_id=uri, result=body or None)

    def change_password(self, old: str, new: str) -> None:
        """Change the user's own password without a session, then use the new one. The request is sent only once."""
        self._transport.secrets.add(old, new)
        if not self._version:
            self._version = self._negotiated()
        body = {"userName": self.username, "oldPassword": old, "newPassword": new}
        response = self._send("POST", CHANGE_PASSWORD, body=body)
        if response.status not in (200, 201, 202, 204):
            raise error_of(response, "POST", CHANGE_PASSWORD, self.username)
        self.go_on_with(new)

    def logs_in_with(self, password: str) -> bool:
        """Return whether further logins use this password."""
        return self._password == password

    def go_on_with(self, password: str) -> None:
        """Use another password for all further logins."""
        self._password = password

    # Exchanges

    def _read(self, path: str, query: Query = None, headers: Headers = None) -> Response:
        def once() -> Response:
            response = self._authorised("GET", path, query, headers=headers)
            if response.status == 200 and response.is_json:
                return response
            raise error_of(response, "GET", path, self.username)

        return self._patiently(once, lambda: self._answered)

    def _authorised(
        self,
        method: str,
        path: str,
        query: Query = None,
        body: t.Any = None,
        headers: Headers = None,
    ) -> Response:
        """Send a request within the session; log in again once if the session has expired."""
        fresh = self._open()
        response = self._send(method, path, query, body, headers)
        if (
            response.status == 412
            and "If-Match" not in (headers or {})
            and not self._is_about_versions_of_objects(response)
        ):
            raise wrong_version(response, self.endpoint.url, self._version)
        if not self._has_expired(response, fresh):
            return response
        self._open()
        return self._send(method, path, query, body, headers)

    def _has_expired(self, response: Response, fresh: bool) -> bool:
        """Return whether the session has expired and the client may open another one.

        Raises SessionExpired if the session came from the caller. fresh: the client has just opened the session, so
        another one would not help.
        """
        if response.status != 401 or _lacks_rights(response):
            return False
        if self._is_external_session:
            raise SessionExpired(
                f"{self.endpoint.url} does not know the session in session_id, or the session has expired.",
                status=401,
                messages=messages_of(response.body),
                hint="A session ends with a logout, after a long idle time, or when the appliance restarts.",
            )
        if not fresh:
            self._logout()  # the session may still be valid; without a logout it would stay open
        return not fresh

    def _is_about_versions_of_objects(self, response: Response) -> bool:
        return any("ETAG" in str(message["code"]).upper() for message in messages_of(response.body))

    def _open(self) -> bool:
        """Negotiate the API version and log in, if necessary; return whether this opened a session."""
        if not self._version:
            self._version = self._negotiated()
        if self._session:
            return False
        body = {
            "userName": self.username,
            "password": self._password,
            "authLoginDomain": self.domain,
            "loginMsgAck": True,
        }
        response = self._send("POST", LOGIN, body=body)
        session = response.body.get("sessionID") if isinstance(response.body, dict) else None
        if response.status not in (200, 201) or not session:
            who = f"user {self.username}" + (f" of domain {self.domain}" if self.domain else "")
            raise login_error(response, self.endpoint.url, who, self._version)
        self._session = str(session)
        self._transport.secrets.add(self._session)
        return True

    def _negotiated(self) -> int:
        return version_to_speak(self._send("GET", VERSION), self.endpoint.url)

    def _headers(self, method: str, accept: str = "application/json") -> dict[str, str]:
        headers = {"Accept": accept, "Accept-Language": "en_US"}
        if self._version:
            headers["X-API-Version"] = str(self._version)
        if self._session:
            headers["auth"] = self._session
        if method == "PATCH":
            headers["Content-Type"] = JSON_PATCH
        return headers

    def _send(
        self,
        method: str,
        path: str,
        query: Query = None,
        body: t.Any = None,
        headers: Headers = None,
        timeout: float | None = None,
    ) -> Response:
        response = self._transport.exchange(
            method, path, query, body, {**self._headers(method), **(headers or {})}, timeout
        )
        self._answered = True
        return response


def _lacks_rights(response: Response) -> bool:
    return any("PRIVILEGE" in str(message["code"]).upper() for message in messages_of(response.body))


def _is_before(row: Json, since: datetime | None) -> bool:
    created = moment(row.get("created"))
    return since is not None and created is not None and created < since - CLOCK_STEP


def _object(body: t.Any, path: str) -> Json:
    if not isinstance(body, dict):
        raise UnexpectedResponse(
            f"GET {path} did not return an object.",
            hint="Check that host and port are those of a OneView appliance.",
            path=path,
        )
    return body
