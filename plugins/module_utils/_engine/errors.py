# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors as facts: what was asked, what came back, what is known about the appliance's state.

Every error carries a sentence for people (``str(error)``) and facts for playbooks (``error.facts()``). Each class
answers one question that the engine asks: may the request have had an effect?
"""

from __future__ import annotations

import typing as t

Messages = t.Sequence[t.Mapping[str, t.Any]]


class ApplianceError(Exception):
    """Anything that ends a task.

    kind: one word for playbooks to test.
    method, path, status: the exchange, where there was one.
    messages: the appliance's own, each with ``code``, ``severity``, ``message``, ``arguments``.
    job: id of the job concerned.
    hint: what the person can do, put behind the message.
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
        """Return the error as data; keys without a value are left out, ``messages`` is always there."""
        known = {"method": self.method, "path": self.path, "status": self.status, "job_id": self.job}
        facts: dict[str, t.Any] = {name: value for name, value in known.items() if value is not None}
        facts["kind"] = self.kind
        facts["messages"] = [dict(message) for message in self.messages]
        return facts


class InputError(ApplianceError):
    """The task asks for something that cannot be. Raised before anything is written."""

    kind = "input"


class ConnectionFailed(ApplianceError):
    """The request never reached the appliance (refused, no route, TLS, proxy): it had no effect."""

    kind = "connection"


class TlsError(ConnectionFailed):
    """The appliance's certificate was not accepted."""

    kind = "tls"


class ResponseLost(ApplianceError):
    """The request may have reached the appliance, but no answer arrived: its effect is unknown."""

    kind = "reply_lost"


class UnexpectedResponse(ApplianceError):
    """What answered does not speak the appliance's language (a proxy, a web server)."""

    kind = "reply"


class LoginFailed(ApplianceError):
    """User name or password was not accepted. Never tried again: that would lock the account."""

    kind = "login"


class Refused(ApplianceError):
    """The appliance answered with an error: what it was asked had no effect, or only what its messages say."""

    kind = "refused"


class Unsupported(Refused):
    """The appliance knows what it was asked for, but this one, or its release, cannot do it."""

    kind = "unsupported"


class Busy(Refused):
    """The appliance asks to come back later; the request was turned away. retry_after: seconds, 0 if it names none."""

    kind = "busy"
    retry_after = 0.0


class VersionConflict(Refused):
    """The object has changed since the plan was made on it; the request was turned away."""

    kind = "outdated"


class SessionExpired(LoginFailed):
    """The session that was handed in is no longer one, and only its owner can make another."""

    kind = "session"


class JobFailed(ApplianceError):
    """The appliance's job ended without success. phase, percent: of the job when it ended."""

    kind = "job_failed"
    phase = ""
    percent: int | None = None


class JobLost(ApplianceError):
    """The appliance no longer knows a job that it has accepted: what became of the job's work only the object shows."""

    kind = "job_lost"

    @classmethod
    def of(cls, refused: Refused, job: str) -> JobLost:
        """Return the error for a job that the appliance answered 404 for."""
        text = f"The appliance no longer knows job {job}."
        return cls(text, refused.method, refused.path, refused.status, refused.messages, job)


class Bug(ApplianceError):
    """The collection itself is at fault: it came upon something that it was not made for."""

    kind = "bug"


class WaitTimeout(ApplianceError):
    """The job goes on, but the task no longer waits for it."""

    kind = "wait_timeout"


class Interrupted(BaseException):
    """A signal asks the process to end. Not an ``Exception``: only clean-up may stand in its way."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum
