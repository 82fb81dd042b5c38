# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A client whose connection leads to an emulated array in this process, without HTTP."""

from __future__ import annotations

import dataclasses
import json
import typing as t
from urllib.parse import urlencode

from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, perform
from jobwise_emulator.clock import ManualClock
from jobwise_emulator.exchange import Reply, Request
from jobwise_emulator.platforms import Options
from jobwise_emulator.powerstore.platform import PowerStore

PASSWORD = "Password123!"


class InProcess(Transport):
    """Hands each request to an emulated array. talk: the requests so far, in short; queries: their parameters."""

    def __init__(self, endpoint: Endpoint, array: PowerStore) -> None:
        super().__init__(endpoint)
        self.array = array
        self.talk: list[str] = []
        self.queries: list[dict[str, str]] = []

    def exchange(self, method: str, path: str, query: t.Any = None, body: t.Any = None, *more: t.Any) -> Response:
        """Return the array's answer."""
        headers = {name.lower(): value for name, value in (more[0] or {}).items()}
        data = b"" if body is None else json.dumps(body).encode()
        self.talk.append(f"{method} {path.replace('/api/rest/', '')}")
        self.queries.append(dict(query or {}))
        request = Request(method, path, urlencode(query or {}), headers, data, 1)
        reply = _at_once(self.array.answer(request))
        cookie = reply.headers.get("Set-Cookie", "").partition(";")[0].partition("=")
        text = "" if reply.body is None else json.dumps(reply.body)
        cookies = {cookie[0]: cookie[2]} if cookie[2] else {}
        parsed = json.loads(text) if text else None
        return Response(reply.status, reply.headers, parsed, text, cookies, content=reply.content or b"")


class RunningClock(ManualClock):
    """A clock that runs while somebody looks, so that jobs end."""

    def now(self) -> float:
        """The time, a little later with each look."""
        self.time += 0.2
        return self.time


@dataclasses.dataclass
class TaskCaller:
    """Runs a task in this process."""

    params: dict[str, t.Any]
    check_mode: bool = False
    diff: bool = True
    secrets: set[str] = dataclasses.field(default_factory=set)
    lines: list[str] = dataclasses.field(default_factory=list)

    def progress(self, line: str) -> None:
        """Keep the line."""
        self.lines.append(line)

    def last_words(self, line: str) -> None:
        """Keep the line."""
        self.lines.append(line)

    def still_wanted(self) -> None:
        """Somebody waits for the outcome."""


class Played:
    """An emulated array whose jobs end, and tasks played on it in this process."""

    def __init__(self, release: str = "", seed: dict[str, t.Any] | None = None) -> None:
        self.array = PowerStore(Options(RunningClock(), seed=seed, api_version=release))
        self.client, self.transport = client_of(self.array)

    def play(self, task: Task, check: bool = False, **options: t.Any) -> dict[str, t.Any]:
        """Return the result of a task."""
        given = {**{name: option.get("default") for name, option in task.spec.items()}, **options}
        return perform(task, TaskCaller(given, check), self.client)


def _at_once(answering: t.Coroutine[t.Any, t.Any, Reply]) -> Reply:
    """Return what a coroutine returns that never waits: an array answers reads and asynchronous writes at once."""
    try:
        answering.send(None)
    except StopIteration as end:
        return t.cast(Reply, end.value)
    raise AssertionError("the array would wait for a job")


def client_of(array: PowerStore) -> tuple[PowerStoreClient, InProcess]:
    """Return a client of an array in this process, and its connection."""
    client = PowerStoreClient(Endpoint("127.0.0.1", validate_certs=False), "admin", PASSWORD)
    transport = InProcess(client.endpoint, array)
    client._transport = transport
    return client, transport


def array_of(seed: dict[str, t.Any] | None = None) -> PowerStore:
    """Return an emulated array. seed: as in the emulator's README."""
    return PowerStore(Options(ManualClock(), seed=seed))
