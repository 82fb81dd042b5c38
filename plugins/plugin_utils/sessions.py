# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sessions of a worker process, which all items of a task's loop share."""

from __future__ import annotations

import os
import signal
import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError, Interrupted
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.platform import Client
from ansible_collections.jobwise.appliance.plugins.module_utils._http.environment import RECORD, REHEARSAL
from ansible_collections.jobwise.appliance.plugins.module_utils._task import SIGNALS, Caller, Task, failed, perform

SHARED = ("login", "session")
"""Kinds of error that the next item would get as well, because it has the same user, password or session."""

MUST_CHANGE = 403
"""Status of a login whose password is correct but must be changed first. A later item may change it."""

NOT_AGAIN = "The items and retries of a task share a login, so this one did not try again."

PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
VARIABLES = (*PROXY_VARIABLES, RECORD, REHEARSAL)
"""What a connection depends on beside its options."""


Key = t.Tuple[t.Any, ...]


class Sessions:
    """The open sessions of this process, by their connection options.

    A worker process runs one task, with all items of its loop, and ends. Sessions live as long as the task: they are
    closed with the task's connection, or when a signal ends the process. warn: shows a warning of closing a session,
    which comes too late for the results of the items.
    """

    def __init__(self, warn: t.Callable[[str], t.Any]) -> None:
        self._warn = warn
        self._open: dict[Key, Client] = {}
        self._refused: dict[Key, Json] = {}
        self._handlers: dict[int, t.Any] = {}
        self._busy = False
        self._interrupted = False
        self._closing = False
        self._late: int | None = None

    def perform(self, task: Task, caller: Caller) -> Json:
        """Run one item in the session for its connection options, and return its result, also if it fails.

        A login that the appliance has refused is not repeated: further failed logins could lock the account.
        """
        key = _key(task, caller.params)
        if key in self._refused:
            before = self._refused[key]
            return {**task.nothing, **before, "msg": f"{before['msg']} {NOT_AGAIN}"}
        try:
            client = self.get(task, caller.params)
        except ApplianceError as error:
            return failed(task, error)
        result = perform(task, caller, client)
        facts = result.get("error") or {}
        if facts.get("kind") in SHARED and facts.get("status") != MUST_CHANGE:
            self._refused[key] = {name: result[name] for name in ("failed", "msg", "error")}
        return result

    def get(self, task: Task, params: Json) -> Client:
        """Return the session for a task's connection options; open it if necessary."""
        key = _key(task, params)
        if key not in self._open:
            self._open[key] = task.platform.connect(params)
        return self._open[key]

    def close_with(self, connection: t.Any) -> None:
        """Close all sessions when Ansible closes the task's connection, which it does however the task ends.

        Ansible does so before the worker sends its result. A hook at the end of the process would be too late: the
        controller may end the worker as soon as it has the result.
        """
        if not getattr(connection, "jobwise_closes_sessions", False):
            close = connection.close

            def close_both() -> None:
                self.close()
                close()

            connection.close = close_both
            connection.jobwise_closes_sessions = True

    def close(self) -> None:
        """Close all sessions. A signal that arrives meanwhile is handled afterwards: it must not interrupt a logout."""
        self._closing = True
        while self._open:
            dummy, client = self._open.popitem()
            client.close()
            for warning in client.warnings:
                self._warn(client.hide(warning))
        self._refused.clear()
        self._closing = False
        self._restore_handlers()
        if self._late is not None:
            signum, self._late = self._late, None
            os.kill(os.getpid(), signum)

    def __enter__(self) -> Sessions:
        """Begin the work on one item: from now on a signal interrupts it where it is."""
        if not self._handlers:
            self._handlers = {signum: signal.signal(signum, self._on_signal) for signum in SIGNALS}
        self._busy = True
        self._interrupted = False
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._busy = False

    def _on_signal(self, signum: int, frame: t.Any) -> None:
        if self._closing:
            self._late = signum
        elif self._busy and self._interrupted:
            # After SIGINT, ansible-playbook ends at once, and SIGTERM follows. The work needs a moment for its end.
            self._late = signum
        elif self._busy:
            self._interrupted = True
            raise Interrupted(signum)
        else:
            self.end(signum)

    def end(self, signum: int) -> None:
        """Close all sessions, then send the signal again, to its original handler."""
        self._busy = False
        self.close()
        os.kill(os.getpid(), signum)

    def _restore_handlers(self) -> None:
        for signum, handler in self._handlers.items():
            signal.signal(signum, handler)
        self._handlers = {}


def _key(task: Task, params: Json) -> Key:
    return task.session_key(params) + tuple(os.environ.get(name) for name in VARIABLES)
