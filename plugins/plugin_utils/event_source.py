# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The loop of the event sources: read, send what is new, write the bookmark, pause.

ansible-rulebook runs it in its event loop. Requests block, so they run in one thread of their own.
"""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import logging
import math
import signal
import threading
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.alerts.alert import Alert, Feed
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.alerts.bookmark import Bookmark
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.alerts.news import REMOVED, News
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Bug,
    Busy,
    ConnectionFailed,
    InputError,
    LoginFailed,
    Refused,
    ResponseLost,
    TlsError,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.platform import Platform
from ansible_collections.jobwise.appliance.plugins.module_utils._result import faults_of_our_own
from ansible_collections.jobwise.appliance.plugins.module_utils._task import COLLECTION, Task
from ansible_collections.jobwise.appliance.plugins.plugin_utils.checked import checked

NEW, ACTIVE = "new", "active"
SPEC: Json = {
    "interval": {"type": "float", "default": 10.0},
    "at_first": {"type": "str", "choices": [NEW, ACTIVE], "default": NEW},
    "bookmark": {"type": "path"},
}
NOT_OPTIONS = ("eda_feedback_queue",)
"""What ansible-rulebook adds to the options of the rulebook."""
LONGEST_PAUSE = 300.0
"""Longest pause in seconds after an error. The pauses double up to it."""
SAVED_EVERY = 60.0
"""Seconds after which the bookmark is written if nothing has happened."""
FATAL = (Bug, InputError, LoginFailed)
"""Errors that another try cannot help; another login could lock the account."""
PASSING = (Busy, ConnectionFailed, ResponseLost)
INTERNAL_ERROR = 500

Result = t.TypeVar("Result")
log = logging.getLogger(COLLECTION)


class EventSourceError(Exception):
    """The event source cannot go on. The text says why and what to do."""


@dataclasses.dataclass(frozen=True)
class EventSource:
    """One event source. feed: returns where the alerts come from, for a client of the platform."""

    name: str
    platform: Platform
    feed: t.Callable[[t.Any], Feed]

    async def run(self, queue: t.Any, args: t.Mapping[str, t.Any]) -> None:
        """Send events until this is cancelled; raise EventSourceError for what only a person can mend."""
        keep_signal_handlers()
        try:
            given = {name: value for name, value in args.items() if name not in NOT_OPTIONS}
            params = checked(Task(self.name, self.platform, SPEC, lambda dummy, caller: {}), given).params
            _check(params)
            await Watch(self, params, self.platform.connect(params), queue).run()
        except ApplianceError as error:
            raise EventSourceError(str(error)) from None


def keep_signal_handlers() -> None:
    """Install Python's handlers of signals again.

    ansible-rulebook has its own, which end all sources properly. The Java machine that it starts later replaces them by
    some that end the process at once, so that a session would stay open.
    """
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            handler = signal.getsignal(number)
            if callable(handler):
                signal.signal(number, handler)


def _check(params: Json) -> None:
    if not 0 < params["interval"] < math.inf:
        raise InputError(f"interval has to be a number of seconds above 0, not {params['interval']:g}.")


class Watch:
    """One appliance that is watched."""

    def __init__(self, source: EventSource, params: Json, client: t.Any, queue: t.Any) -> None:
        self._params = params
        self._platform = source.platform
        self._client = client
        self._feed = source.feed(client)
        self._queue = queue
        self._bookmark = Bookmark(params["bookmark"], source.name, f"{params['host']}:{params['port']}")
        self._news: News | None = None
        self._saved = -math.inf
        self._failures = 0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=source.name)

    async def run(self) -> None:
        """Watch until this is cancelled, and log out however it ends."""
        try:
            self._news = self._bookmark.load()
            self._tell_warnings()
            while True:
                await self.pause(await self._poll())
        finally:
            try:
                self._save()
            finally:
                await self._in_thread(self._client.close)
                self._thread.shutdown()
                self._tell_warnings()

    async def pause(self, seconds: float) -> None:
        """Wait before the next read."""
        await asyncio.sleep(seconds)

    async def _poll(self) -> float:
        """Read once and send what is new. Return the seconds until the next read; raise an error that stays."""
        try:
            await self._read()
        except ApplianceError as error:
            if not self._may_pass(error):
                raise
            self._failures += 1
            asked = error.retry_after if isinstance(error, Busy) else 0.0
            pause: float = max(asked, min(self._params["interval"] * 2.0**self._failures, LONGEST_PAUSE))
            level = logging.WARNING if self._failures == 1 else logging.INFO
            log.log(level, "%s The next try is in %g s.", self._client.hide(str(error)), pause)
            return pause
        if self._failures:
            log.warning("%s answers again after %d failures.", self._client.endpoint.url, self._failures)
            self._failures = 0
        return float(self._params["interval"])

    def _may_pass(self, error: ApplianceError) -> bool:
        """Return whether the next try may succeed. At first, what looks like a wrong option is reported at once."""
        if isinstance(error, FATAL):
            return False
        is_internal = isinstance(error, Refused) and (error.status or 0) >= INTERNAL_ERROR
        return self._news is not None or is_internal or (isinstance(error, PASSING) and not isinstance(error, TlsError))

    async def _read(self) -> None:
        before = self._client.appliance_time()
        news = self._news or News.first(before)
        alerts = await self._in_thread(self._feed.read, news.since(before))
        gone = news.gone(alerts)
        looked = await self._in_thread(self._feed.look, gone) if gone else []
        removed = set(gone) - {alert.id for alert in looked}
        changes = news.of([*alerts, *looked])
        if self._news is None:
            self._news = news
            changes = [(kind, alert) for kind, alert in changes if not self._is_old(alert)]
        for kind, alert in changes:
            await self._send(kind, alert)
        for id_ in sorted(removed):
            await self._queue.put(self._event({"id": id_, "change": REMOVED}))
            news.forget(id_)
        news.read_until(min(before, self._client.appliance_time()))
        if changes or removed or time.monotonic() - self._saved > SAVED_EVERY:
            self._save()

    def _is_old(self, alert: Alert) -> bool:
        """Return whether an alert is no news at the first start, and count it as sent then."""
        is_old = self._params["at_first"] == NEW or not alert.is_open
        if is_old and self._news is not None:
            self._news.note(alert)
        return is_old

    async def _send(self, kind: str, alert: Alert) -> None:
        await self._queue.put(self._event({"id": alert.id, "change": kind, **alert.facts}))
        if self._news is not None:  # only now: what is cancelled while the queue is full was not sent
            self._news.note(alert)
            self._save()

    def _event(self, facts: Json) -> Json:
        about = {"platform": self._platform.title, "appliance": self._params["host"]}
        event: Json = {"alert": self._client.hide({**about, **facts})}
        return event

    def _save(self) -> None:
        """Write the bookmark. If that fails later than at the start, events go on."""
        try:
            if self._news is not None:
                self._bookmark.save(self._news)
        except InputError as error:
            if self._saved == -math.inf:
                raise
            log.error("%s After a restart, events may be sent again.", error)
        self._saved = time.monotonic()

    def _tell_warnings(self) -> None:
        while self._client.warnings:
            log.warning("%s", self._client.hide(self._client.warnings.pop(0)))

    async def _in_thread(self, work: t.Callable[..., Result], *args: t.Any) -> Result:
        """Do something that blocks; one thread does one thing after the other, so the logout follows the last read."""

        def done() -> Result:
            with faults_of_our_own():
                return work(*args)

        return await asyncio.get_running_loop().run_in_executor(self._thread, functools.partial(done))
