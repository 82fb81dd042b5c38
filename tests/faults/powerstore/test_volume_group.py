# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every fault at every write: nothing is lost, nothing is done twice, no session stays open, and the message says so.

The task runs within this process against the emulated array over real HTTPS.
"""

from __future__ import annotations

import socket
import time
import typing as t

import pytest

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Result = dict[str, t.Any]

CREATE = ({"name": "faulty", "volumes": ["web01", "web02"]}, "POST", "volume_group", "create")
MODIFY = ({"name": "faulty", "description": "changed"}, "PATCH", "volume_group/*", "modify")
ADD = (
    {"name": "faulty", "volumes": ["web01"], "volumes_mode": "add"},
    "POST",
    "volume_group/*/add_members",
    "add_members",
)
DELETE = ({"name": "faulty", "state": "absent"}, "DELETE", "volume_group/*", "delete")
WRITES = [pytest.param(*case, id=case[3]) for case in (CREATE, MODIFY, ADD, DELETE)]

every_write = pytest.mark.parametrize("options, method, path, action", WRITES)


def prepare(emulator: Emulator, action: str) -> None:
    """Let the group exist, unless it is to be created."""
    if action != "create":
        emulator.change("volume_group", create={"name": "faulty"})


def group(run: Runner) -> Result | None:
    """Return the group as the array has it now."""
    found: Result | None = run(name="faulty", state="absent", check=True)["resource"]
    return found


def as_wanted(found: Result | None, action: str) -> bool:
    """Tell whether the write has had its effect."""
    if action == "delete" or found is None:
        return action == "delete" and found is None
    names = {volume["name"] for volume in found["volumes"]}
    seen = {
        "create": names == {"web01", "web02"},
        "modify": found["description"] == "changed",
        "add_members": names == {"web01"},
    }
    return bool(seen[action])


def jobs_of(emulator: Emulator, method: str) -> int:
    return int(emulator.requests()["jobs"]["started"])


def sent(emulator: Emulator, method: str) -> list[Result]:
    requests = emulator.requests()["requests"]
    return [one for one in requests if one["method"] == method and not one["path"].endswith("/logout")]


def closed(emulator: Emulator) -> bool:
    return not emulator.sessions()["open"]


@every_write
def test_refused_connection_at_the_write(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    """The array goes away between the last read and the write: told at once, nothing was written."""
    prepare(emulator, action)
    # The last read before a creation is that of the recycle bin, for the name.
    last, reads = ("recycle_bin", 1) if action == "create" else ("volume_group*", 3 if action == "delete" else 2)
    emulator.fault("refuse", "GET", last, after=reads - 1, seconds=5)
    result = run(**options)
    assert result["failed"] and not result["changed"]
    assert result["error"]["kind"] == "connection"
    assert "refused" in result["msg"].lower() and f"Could not {result['plan'][0]}" in result["msg"]
    wait_for_array(emulator)
    assert not as_wanted(group(run), action)
    assert sent(emulator, method) == []


@every_write
def test_reset_before_the_write(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    """The request never arrived: found out by looking, then sent again, once."""
    prepare(emulator, action)
    emulator.fault("reset_before", method, path)
    result = run(**options)
    assert not result.get("failed"), result
    assert result["changed"]
    assert jobs_of(emulator, method) == 1
    assert as_wanted(group(run), action)
    assert closed(emulator)


@every_write
def test_reply_lost_after_the_write(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    """The request was carried out, its answer got lost: its job is found again, and nothing is sent twice."""
    prepare(emulator, action)
    emulator.fault("lost_reply", method, path)
    result = run(**options)
    assert not result.get("failed"), result
    assert result["changed"]
    assert len(sent(emulator, method)) == 1
    assert as_wanted(group(run), action)
    assert closed(emulator)


@every_write
def test_reply_lost_and_the_job_fails(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    """The lost request's job fails: its reason is told, and it is not sent again."""
    prepare(emulator, action)
    emulator.fault("lost_reply", method, path, job={"fault": "job_fail", "percent": 50})
    result = run(**options)
    assert result["failed"] and not result["changed"]
    assert result["error"]["kind"] == "job_failed"
    assert len(sent(emulator, method)) == 1


@every_write
def test_session_expires_before_the_write(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    """One new login, and the refused request again."""
    prepare(emulator, action)
    emulator.fault("expire_session", method, path)
    result = run(**options)
    assert not result.get("failed"), result
    assert as_wanted(group(run), action)
    assert [one["status"] for one in sent(emulator, method)] == [401, 202]
    assert closed(emulator)


@every_write
def test_forbidden(run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str) -> None:
    """A denial that stays is told after one new login, and neither session is left behind."""
    prepare(emulator, action)
    emulator.fault("forbid", method, path, times=9)
    result = run(**options)
    assert result["failed"] and not result["changed"]
    assert result["error"]["status"] == 403 and result["error"]["kind"] == "refused"
    assert len(sent(emulator, method)) == 2
    assert closed(emulator)


@every_write
def test_job_fails(run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str) -> None:
    prepare(emulator, action)
    messages = [
        {"code": "0xE0A07001FFFF", "severity": "Error", "message_l10n": "The disks are on holiday.", "arguments": []}
    ]
    emulator.fault("job_fail", method, path, percent=60, messages=messages)
    result = run(**options)
    assert result["failed"] and not result["changed"]
    assert "The disks are on holiday. (0xE0A07001FFFF)" in result["msg"]
    assert result["error"]["messages"][0]["code"] == "0xE0A07001FFFF"
    assert result["error"]["job_id"] == result["jobs"][0]["id"] and result["jobs"][0]["state"] == "failed"
    assert not as_wanted(group(run), action)
    assert closed(emulator)


@every_write
def test_wait_times_out_and_the_next_run_adopts_the_job(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    prepare(emulator, action)
    emulator.fault("job_slow", method, path, seconds=4)
    result = run(**options, wait_timeout=0.5)
    job = result["jobs"][0]
    assert result["failed"] and result["error"]["kind"] == "wait_timeout"
    assert job["id"] == result["error"]["job_id"] and job["id"] in result["msg"] and "continues it" in result["msg"]
    assert closed(emulator)
    again = run(**options)
    assert not again.get("failed"), again
    assert again["changed"]
    assert [(one["id"], one["adopted"], one["state"]) for one in again["jobs"]] == [(job["id"], True, "done")]
    assert len(sent(emulator, method)) == 1
    assert as_wanted(group(run), action)
    assert not run(**options)["changed"]


@every_write
def test_busy(run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str) -> None:
    """503 means that the request was turned away: looked at again, then sent again."""
    prepare(emulator, action)
    emulator.fault("status", method, path, status=503, body="")
    result = run(**options)
    assert not result.get("failed"), result
    assert jobs_of(emulator, method) == 1
    assert as_wanted(group(run), action)


@every_write
@pytest.mark.parametrize(
    "status, body, content_type, words",
    [
        (500, "", "application/json", "no reason given"),
        (502, "<html><head><title>Bad Gateway</title></head></html>", "text/html", "'Bad Gateway'"),
        (
            422,
            {"messages": '[{"code": "0xE0A070010099", "message_l10n": "No."}]'},
            "application/json",
            "No. (0xE0A070010099",
        ),
    ],
)
def test_answers_of_odd_form(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str,
    status: int, body: t.Any, content_type: str, words: str,
) -> None:  # fmt: skip
    prepare(emulator, action)
    emulator.fault("status", method, path, status=status, body=body, content_type=content_type, times=9)
    result = run(**options)
    assert result["failed"] and not result["changed"]
    assert words in result["msg"] and result["error"]["status"] == status
    assert closed(emulator)


@pytest.mark.parametrize("fault", ["reset_before", "lost_reply", "truncate"])
def test_reads_are_repeated(run: Runner, emulator: Emulator, fault: str) -> None:
    """Looks at the job are tried again; the login itself is not, it would count as another one."""
    emulator.fault(fault, "GET", "job/*", times=2)
    result = run(name="faulty")
    assert not result.get("failed"), result
    assert len(sent(emulator, "POST")) == 1
    assert closed(emulator)


def test_adopted_job_of_somebody_else(run: Runner, emulator: Emulator) -> None:
    """What a colleague has just started is waited for, not started again."""
    emulator.change("volume_group", create={"name": "faulty"})
    job = emulator.job("volume_group", "modify", resource_name="faulty", seconds=2, request={"description": "changed"})
    result = run(name="faulty", description="changed")
    assert [(one["id"], one["adopted"]) for one in result["jobs"]] == [(job, True)]
    assert sent(emulator, "PATCH") == []
    assert result["resource"]["description"] == "changed"


def test_failure_in_the_second_step_tells_what_was_done(run: Runner, emulator: Emulator) -> None:
    emulator.change("volume_group", create={"name": "faulty"})
    emulator.fault("job_fail", "POST", "volume_group/*/add_members")
    result = run(name="faulty", description="changed", volumes=["web01"])
    assert result["failed"] and result["changed"]
    assert "Done before that: change description of volume group faulty" in result["msg"]


def wait_for_array(emulator: Emulator) -> None:
    """Wait until the array takes new connections again."""
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection((emulator.host, emulator.port), 1).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "the array did not come back"
            time.sleep(0.1)


@every_write
def test_a_job_that_the_array_no_longer_knows(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    """The object tells what became of it."""
    prepare(emulator, action)
    emulator.fault("job_slow", method, path, seconds=0)
    emulator.fault("status", "GET", "job/*", status=404, times=0)
    result = run(**options)
    assert not result.get("failed") and result["changed"]
    assert "no longer knows job" in " ".join(result["warnings"])
    assert as_wanted(group(run), action) and closed(emulator)


@every_write
def test_a_job_that_the_array_no_longer_knows_and_that_has_done_nothing(
    run: Runner, emulator: Emulator, options: Result, method: str, path: str, action: str
) -> None:
    prepare(emulator, action)
    emulator.fault("job_hang", method, path)
    emulator.fault("status", "GET", "job/*", status=404, times=0)
    result = run(**options)
    assert result["failed"] and result["changed"]
    assert (result["error"]["kind"], result["error"]["status"]) == ("job_lost", 404)
    assert result["error"]["job_id"] == result["jobs"][0]["id"]
    assert result["jobs"][0]["state"] == "unknown"
    assert jobs_of(emulator, method) == 1
