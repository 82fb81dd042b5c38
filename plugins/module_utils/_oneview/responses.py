# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Converts OneView's responses into jobs and errors.

Source: HP OneView REST API Reference (TaskResource, ErrorMessage, status codes), and what HPE's own clients accept.
"""

from __future__ import annotations

import typing as t

from .._engine.errors import ApplianceError, Refused, UnexpectedResponse, VersionConflict
from .._engine.job import DONE, FAILED, RUNNING, Job
from .._http.answers import SHOWN, Response
from .._http.statuses import error_of_status

# Every other state counts as failed: Error, Terminated, Killed and Cancelled, and also Interrupted and Unknown, because
# a task never leaves these by itself.
STATES = {
    "new": RUNNING,
    "pending": RUNNING,
    "starting": RUNNING,
    "running": RUNNING,
    "suspended": RUNNING,
    "stopping": RUNNING,
    "cancelling": RUNNING,
    "completed": DONE,
    "warning": DONE,
}
ACTIONS = {
    "create": "create",
    "add": "create",
    "update": "modify",
    "edit": "modify",
    "delete": "delete",
    "remove": "delete",
}


def _listed(value: t.Any) -> list[t.Any]:
    """Return the value if it is a list, else an empty list: a malformed error body must still give an error."""
    return value if isinstance(value, list) else []


def messages_of(body: t.Any, severity: str = "Error") -> list[dict[str, t.Any]]:
    """Return an error body, or a list of them, as messages. Nested errors follow the error that contains them.

    Each message has ``code``, ``severity``, ``message`` (with its details), ``arguments`` and ``actions`` (HPE's
    recommendations).
    """
    found = []
    for error in body if isinstance(body, list) else [body]:
        if not isinstance(error, dict) or not (error.get("message") or error.get("errorCode") or error.get("details")):
            continue
        texts = [str(error[name]).strip() for name in ("message", "details") if error.get(name)]
        found.append(
            {
                "code": error.get("errorCode"),
                "severity": severity,
                "message": " ".join(dict.fromkeys(texts)),
                "arguments": _listed(error.get("messageParameters")),
                "actions": [str(action).strip() for action in _listed(error.get("recommendedActions")) if action],
            }
        )
        found += messages_of(error.get("nestedErrors") or [], severity)
    return found


def job_of(task: t.Mapping[str, t.Any], hide: t.Callable[[str], str] = str) -> Job:
    """Return the job of a TaskResource. hide: masks secrets in a text; it must run before the text is cut."""
    phase = str(task.get("taskState") or "")
    state = STATES.get(phase.lower(), FAILED)
    about = task.get("associatedResource") or {}
    percents = [task.get("computedPercentComplete"), task.get("percentComplete")]
    name = str(task.get("name") or "")
    severity = "Warning" if state == DONE else "Error"
    return Job(
        id=relative(str(task.get("uri") or "")),
        state=state,
        phase=_with_step(phase, task, hide) if state == RUNNING else phase,
        percent=next((int(percent) for percent in percents if percent), 0 if state == RUNNING else 100),
        action=ACTIONS.get(name.partition(" ")[0].lower(), name),
        resource_id=relative(str(about.get("resourceUri") or "")) or None,
        resource_name=about.get("resourceName"),
        messages=() if state == RUNNING else messages_of(task.get("taskErrors") or [], severity),
        owner=str(task.get("owner") or ""),
    )


def _with_step(phase: str, task: t.Mapping[str, t.Any], hide: t.Callable[[str], str]) -> str:
    """Return the task's state with its current step, because the percentage may stay at 0 for a long time."""
    updates = task.get("progressUpdates") or []
    step = updates[-1].get("statusUpdate") if updates and isinstance(updates[-1], dict) else ""
    text = hide(" ".join(str(step or "").split()))
    return phase if not text or text.startswith(("{", "[")) else f"{phase}: {text[:SHOWN]}"


def is_task(body: t.Any) -> bool:
    """Return whether a response body is a TaskResource."""
    return isinstance(body, dict) and (body.get("category") == "tasks" or "taskState" in body)


def task_uri(response: Response) -> str:
    """Return the path of the task that a response names in its headers or body, or an empty text."""
    body = response.body if isinstance(response.body, dict) else {}
    candidates = [response.headers.get("X-Task-URI"), response.headers.get("Location")]
    # In any other response, taskUri is the last task on the resource and need not be the task of this request.
    if response.status == 202 or body.get("type") == "BACKUP":
        candidates.append(body.get("taskUri"))
    candidates.append(body.get("uri") if is_task(body) else None)
    return next((relative(uri) for uri in candidates if uri and "/rest/tasks/" in uri), "")


def relative(uri: str) -> str:
    """Return a URI without its scheme and host, because every URI is one of this appliance."""
    dummy, scheme, rest = uri.partition("://")
    return f"/{rest.partition('/')[2]}" if scheme else uri


def error_of(response: Response, method: str, path: str, user: str = "") -> ApplianceError:
    """Return the error for a response with an unexpected status.

    user: for the hint, if the appliance refuses the request for lack of a privilege.
    """
    messages = messages_of(response.body)
    words = " ".join(str(message["message"]) for message in messages)
    codes = "".join(f"{message['code']}, " for message in messages if message["code"])
    reason = words or ("no reason given" if response.is_json else response.describe())
    cause = f"{reason} ({codes}HTTP {response.status} on {method} {path})"
    facts: dict[str, t.Any] = {"method": method, "path": path, "status": response.status, "messages": messages}
    hint = " ".join(action for message in messages for action in message["actions"])
    known = error_of_status(response, "The appliance", cause, facts, hint)
    if known:
        return known
    if not response.is_json or response.status < 400:
        where = f", which points to {response.headers['Location']}" if response.headers.get("Location") else ""
        return UnexpectedResponse(
            f"The response is not from a OneView appliance: {cause}{where}.",
            hint="Does a proxy or another server answer there? Check host, port and proxy.",
            **facts,
        )
    if response.status == 412:
        return VersionConflict(f"The object has changed since it was read: {cause}", hint=hint, **facts)
    if response.status in (401, 403) and "PRIVILEGE" in codes.upper():
        hint = hint or f"Check that a role of user {user} allows it."
        return Refused(f"The appliance does not permit it: {cause}", hint=hint, **facts)
    if response.status >= 500:
        return Refused(f"The appliance failed internally: {cause}", hint=hint, **facts)
    return Refused(f"The appliance refused it: {cause}", hint=hint, **facts)
