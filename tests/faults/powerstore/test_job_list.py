# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting for jobs that fail, that take too long, and with answers that get lost."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import powerstore_job, volume_group_snapshot
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner


def start(run: Runner, name: str, group: str = "app01") -> str:
    """Start a snapshot set and return the id of its job."""
    result = run(volume_group_snapshot.TASK, name=name, volume_group=group, wait=False)
    return str(result["jobs"][0]["id"])


def test_a_failed_job_fails_the_task_when_all_are_over(run: Runner, emulator: Emulator) -> None:
    emulator.fault("job_fail", "POST", "volume_group/*/snapshot")
    bad, good = start(run, "one"), start(run, "two", "app01-test")
    result = run(powerstore_job.TASK, ids=[bad, good])
    assert result["failed"] and not result["changed"]
    assert [job["state"] for job in result["jobs"]] == ["failed", "done"]
    assert result["error"]["kind"] == "job_failed" and result["error"]["job_id"] == bad
    assert result["error"]["messages"] == result["jobs"][0]["messages"] != []
    assert bad in result["msg"] and good not in result["msg"]
    assert not emulator.sessions()["open"]


def test_all_failed_jobs_are_told(run: Runner, emulator: Emulator) -> None:
    emulator.fault("job_fail", "POST", "volume_group/*/snapshot", times=2)
    ids = [start(run, "one"), start(run, "two", "app01-test")]
    result = run(powerstore_job.TASK, ids=ids)
    assert all(one in result["msg"] for one in ids)
    assert len(result["error"]["messages"]) == 2


def test_a_job_that_takes_too_long_is_named(run: Runner, emulator: Emulator) -> None:
    emulator.fault("job_hang", "POST", "volume_group/*/snapshot")
    slow, good = start(run, "one"), start(run, "two", "app01-test")
    result = run(powerstore_job.TASK, ids=[good, slow], wait_timeout=0.5)
    assert result["failed"] and result["error"]["kind"] == "wait_timeout" and result["error"]["job_id"] == slow
    assert f"still running: {slow} (snapshot" in result["msg"] and good not in result["msg"]
    assert [job["state"] for job in result["jobs"]] == ["done", "running"]
    assert not emulator.sessions()["open"]


@pytest.mark.parametrize("fault", ["lost_reply", "reset_before", "expire_session"])
def test_a_look_that_fails_is_repeated(run: Runner, emulator: Emulator, fault: str) -> None:
    emulator.fault("job_slow", "POST", "volume_group/*/snapshot", seconds=1)
    job = start(run, "one")
    emulator.fault(fault, "GET", "job", after=2)
    result = run(powerstore_job.TASK, ids=[job])
    assert not result.get("failed"), result
    assert [one["state"] for one in result["jobs"]] == ["done"]


@pytest.mark.parametrize(
    "ids, words",
    [([""], "ids has an empty entry"), (["00000000-0000-4000-8000-000000000000"], "has no job 00000000")],
)
def test_bad_input(run: Runner, ids: list[str], words: str) -> None:
    result: dict[str, t.Any] = run(powerstore_job.TASK, ids=ids)
    assert result["failed"] and words in result["msg"] and result["error"]["kind"] == "input"
