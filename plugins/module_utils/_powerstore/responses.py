# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Convert PowerStore's responses into jobs and errors.

Source: PowerStore REST API 4.0, definitions error_response, job and base_response, enums JobPhaseEnum and JobStateEnum.
"""

from __future__ import annotations

import contextlib
import json
import re
import typing as t

from .._engine.errors import ApplianceError, Refused, UnexpectedResponse
from .._engine.job import DONE, FAILED, RUNNING, Job
from .._http.answers import Response
from .._http.statuses import error_of_status

JOB_FIELDS = (
    "id",
    "phase",
    "state",
    "progress_percentage",
    "resource_action",
    "resource_type",
    "resource_id",
    "resource_name",
    "response_status",
    "response_body",
)

# ``phase`` replaced the older upper-case ``state``, which arrays still fill. The client accepts either.
PHASES = {
    "pending": RUNNING,
    "queued": RUNNING,
    "in_progress": RUNNING,
    "failing": RUNNING,
    "completed": DONE,
    "skipped": FAILED,
    "failed": FAILED,
    "unrecoverable_failed": FAILED,
}

APPROVAL = re.compile(r"approv|authori[sz]", re.IGNORECASE)
"""In a phase that only newer arrays have: a second person must agree. PowerStoreOS 4.3 has multi-party authorization;
the documents that this collection knows do not say what the phase is called, or whether the job just stays pending."""

WAITS_FOR_APPROVAL = "a second person must approve it on the array"
MAY_WAIT = "It has not begun: on an array with multi-party authorization, a second person may have to approve it first."


def messages_of(body: t.Any) -> list[dict[str, t.Any]]:
    """Return the messages of an error body as dicts with code, severity, message and arguments.

    Arrays send them as a list of objects, a list of strings, a list encoded as a JSON string, one object, or not at
    all.
    """
    found = body.get("messages") if isinstance(body, dict) else body
    if isinstance(found, str):
        with contextlib.suppress(ValueError):
            found = json.loads(found)
    if isinstance(found, dict):
        found = found.get("messages", [found])
    if isinstance(found, str):
        found = [found] if found.strip() else []
    return [_message(entry) for entry in found if entry is not None] if isinstance(found, list) else []


def _message(message: t.Any) -> dict[str, t.Any]:
    if not isinstance(message, dict):
        return {"code": None, "severity": None, "message": str(message), "arguments": []}
    return {
        "code": message.get("code"),
        "severity": message.get("severity"),
        "message": message.get("message_l10n") or message.get("message") or "",
        "arguments": message.get("arguments") or [],
    }


def job_of(body: t.Mapping[str, t.Any]) -> Job:
    """Return the job in a response of the job resource."""
    phase = str(body.get("phase") or body.get("state") or "")
    result = body.get("response_body") if isinstance(body.get("response_body"), dict) else None
    state = PHASES.get(phase.lower(), RUNNING)
    status = str(body.get("response_status") or "")
    is_new = phase.lower() not in PHASES
    return Job(
        id=str(body["id"]),
        state=state,
        phase=phase,
        percent=body.get("progress_percentage"),
        action=str(body.get("resource_action") or ""),
        resource_id=(result or {}).get("id") or body.get("resource_id"),
        resource_name=body.get("resource_name"),
        result=result,
        messages=messages_of(result) if state == FAILED and result else (),
        status=int(status) if status.isdecimal() else None,
        note=WAITS_FOR_APPROVAL if is_new and APPROVAL.search(phase) else "",
        doubt=MAY_WAIT if phase.lower() == "pending" else "",
    )


def error_of(response: Response, method: str, path: str, user: str) -> ApplianceError:
    """Return the error for a response with an unexpected status.

    The array's front proxy may send 401, 403 and 5xx with an HTML page or without a body. With any other status, a
    body that is not JSON shows that the server is not a PowerStore. user: the name of the user for the hint.
    """
    messages = messages_of(response.body)
    request: dict[str, t.Any] = {"method": method, "path": path, "status": response.status, "messages": messages}
    words = " ".join(str(message["message"]).strip() for message in messages if message["message"])
    codes = "".join(f"{message['code']}, " for message in messages if message["code"])
    reason = words or ("no reason given" if response.is_json else response.describe())
    cause = f"{reason} ({codes}HTTP {response.status} on {method} {path})"
    known = error_of_status(response, "The array", cause, request)
    if known:
        return known
    if response.status == 403:
        hint = f"Check whether the role of user {user} allows it."
        return Refused(f"The array does not permit it: {cause}", hint=hint, **request)
    if response.status >= 500:
        return Refused(f"The array failed internally: {cause}", **request)
    elsewhere = response.headers.get("Location")
    if not response.is_json or elsewhere:
        where = f", which points to {elsewhere}" if elsewhere else ""
        return UnexpectedResponse(
            f"The server that answered is not a PowerStore: {cause}{where}.",
            hint="A proxy or another server may have answered. Check host, port and proxy.",
            **request,
        )
    return Refused(f"The array refused it: {cause}", **request)
