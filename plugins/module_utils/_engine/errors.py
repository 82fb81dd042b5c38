# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The errors of a task. The class of an error says whether the request may have had an effect.

Every error carries a sentence for people (``str(error)``) and facts for playbooks (``error.facts()``).
"""

from __future__ import annotations

import typing as t

Messages = t.Sequence[t.Mapping[str, t.Any]]


class ApplianceError(Exception):
    """Base class of all errors that end a task.

    kind: one word that playbooks can test.
    method, path, status: the HTTP exchange, or None.
    messages: the appliance's messages, each with ``code``, ``severity``, ``message`` and ``arguments``.
    job: id of the job that the error is about.
    hint: what the user can do about it; ``str`` appends it to the message.
    """

    kind = "error"

    def __init__(
        self,
        message: str,
        method: str | None = None,
        path: str | None = None,
        status: int | None = None,
        messages: Messages = (),
        job: str | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.method = method
        self.path = path
        self.status = status
        self.messages = messages
        self.job = job
        self.hint = hint

    def __str__(self) -> str:
        stop = "." if self.hint and self.message[-1:] not in (".", ":", "!", "?", "") else ""
        return f"{self.message}{stop} {self.hint}".rstrip()

    def facts(self) -> dict[str, t.Any]:
        """Return the error as a dict. ``kind`` and ``messages`` are always present, other keys only with a value."""
        known = {"method": self.method, "path": self.path, "status": self.status, "job_id": self.job}
        facts: dict[str, t.Any] = {name: value for name, value in known.items() if value is not None}
        facts["kind"] = self.kind
        facts["messages"] = [dict(message) for message in self.messages]
        return facts


class InputError(ApplianceError):
    """The task asks for something impossible. Raised before anything is written.

    parts: the mistakes that the error stands for, if there are several.
    """

    kind = "input"
    parts: tuple[InputError, ...] = ()


class ConnectionFailed(ApplianceError):
    """The request never reached the appliance (refused, no route, TLS, proxy), so it had no effect."""

    kind = "connection"


class TlsError(ConnectionFailed):
    """The appliance's certificate was rejected, or no TLS connection could be opened."""

    kind = "tls"


class ResponseLost(ApplianceError):
    """The request may have reached the appliance, but no answer arrived. Its effect is unknown."""

    kind = "reply_lost"


class UnexpectedResponse(ApplianceError):
    """The answer does not follow the appliance's API; it may come from a proxy or another web server."""

    kind = "reply"


class LoginFailed(ApplianceError):
    """The appliance rejected the user name or password. The login is never retried: that could lock the account."""

    kind = "login"


class Refused(ApplianceError):
    """The appliance answered with an error. The request had no effect beyond what the messages say."""

    kind = "refused"


class Unsupported(Refused):
    """The appliance understands the request, but its model or release does not support it."""

    kind = "unsupported"


class Busy(Refused):
    """The appliance rejected the request and asks to retry later. retry_after: seconds, 0 if it names none."""

    kind = "busy"
    retry_after = 0.0


class VersionConflict(Refused):
    """The object has changed since the plan was made, so the appliance rejected the request."""

    kind = "outdated"


class SessionExpired(LoginFailed):
    """The session id that the task gives is no longer valid. Only its owner can open a new session."""

    kind = "session"


class JobFailed(ApplianceError):
    """The appliance's job failed. phase, percent: the job's state when it ended."""

    kind = "job_failed"
    phase = ""
    percent: int | None = None


class JobLost(ApplianceError):
    """The appliance no longer knows a job that it accepted. Only the object shows whether the work was done."""

    kind = "job_lost"

    @classmethod
    def of(cls, refused: Refused, job: str) -> JobLost:
        """Return the error for a job that the appliance answered 404 for."""
        text = f"The appliance no longer knows job {job}."
        return cls(text, refused.method, refused.path, refused.status, refused.messages, job)


class Bug(ApplianceError):
    """The collection has a bug, or met a situation that it does not handle."""

    kind = "bug"


class WaitTimeout(ApplianceError):
    """The job is still running, but the task has stopped waiting for it."""

    kind = "wait_timeout"


class Interrupted(BaseException):
    """A signal asks the process to end. It is not an ``Exception``, so that only clean-up code handles it."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum
