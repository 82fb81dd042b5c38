# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns the responses of ONTAP Select Deploy into jobs and errors.

Source: NetApp's documentation of the Deploy REST API, version 3: status codes, response body, Job object.
"""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.errors import ApplianceError, Refused, UnexpectedResponse
from .._engine.job import DONE, FAILED, RUNNING, Job
from .._http.answers import Response
from .._http.statuses import error_of_status

JOB_FIELDS = "id,state,message,last_modified"
STATES = {"queued": RUNNING, "running": RUNNING, "success": DONE, "failure": FAILED}


def messages_of(body: t.Any) -> list[Json]:
    """Return the error in a body as a list of one message; an empty list if there is no error."""
    error = body.get("error") if isinstance(body, dict) else None
    if isinstance(error, str):
        error = {"message": error}
    if not isinstance(error, dict):
        return []
    return [message(str(error.get("message") or ""), error.get("code"))]


def message(text: str, code: t.Any = None) -> Json:
    """Return a message in the form that all platforms share: code, severity, message, arguments."""
    return {"code": code, "severity": None, "message": text, "arguments": []}


def job_of(record: t.Mapping[str, t.Any], long_polled: bool = False, request_id: str = "") -> Job:
    """Return the job in a record. An unknown word for the state means that the job is running.

    request_id: id of the request that started the job. A query for events can filter by it.
    """
    word = str(record.get("state") or "queued")
    state = STATES.get(word.lower(), RUNNING)
    text = str(record.get("message") or "")
    reason = " ".join(filter(None, (text, f"(request-id {request_id})" if request_id else "")))
    return Job(
        id=str(record["id"]),
        state=state,
        phase=word,
        note=text if state == RUNNING else "",
        messages=[message(reason)] if state == FAILED and reason else (),
        long_polled=long_polled,
    )


def id_in(location: str | None) -> str | None:
    """Return the id at the end of a Location header, which is a complete URL; None if there is no id."""
    return (location or "").partition("?")[0].rstrip("/").rpartition("/")[2] or None


def error_of(response: Response, method: str, path: str) -> ApplianceError:
    """Return the error for a response with an unexpected status."""
    messages = messages_of(response.body)
    request: t.Dict[str, t.Any] = {"method": method, "path": path, "status": response.status, "messages": messages}
    words = " ".join(row["message"].strip() for row in messages if row["message"])
    reason = words or ("no reason given" if response.is_json else response.describe())
    facts = [str(row["code"]) for row in messages if row["code"] is not None]
    facts.append(f"HTTP {response.status} on {method} {path}")
    if response.headers.get("request-id"):
        facts.append(f"request-id {response.headers['request-id']}")
    text = f"{reason} ({', '.join(facts)})"
    known = error_of_status(response, "Deploy", text, request)
    if known:
        return known
    if response.status >= 500:
        return Refused(f"Deploy failed internally: {text}", **request)
    if not response.is_json or 300 <= response.status < 400:
        where = f", which points to {response.headers['Location']}" if response.headers.get("Location") else ""
        return UnexpectedResponse(
            f"The server that answered is not ONTAP Select Deploy: {text}{where}.",
            hint="A proxy or another server may have answered. Check host, port and proxy.",
            **request,
        )
    return Refused(f"Deploy refused it: {text}", **request)
