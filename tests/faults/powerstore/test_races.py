# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody else is a moment faster: between the last read of a task and its write."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from ansible_collections.jobwise.appliance.plugins.modules import volume_group, volume_group_snapshot
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = t.Dict[str, t.Any]
Faster = t.Callable[..., None]


@pytest.fixture
def faster(monkeypatch: pytest.MonkeyPatch) -> Faster:
    """Let something happen right before the next call of a method of the client, that of a write by default."""

    def arrange(happens: t.Callable[[], t.Any], before: str = "send") -> None:
        real = getattr(PowerStoreClient, before)
        due = [happens]

        def late(client: PowerStoreClient, asked: t.Any) -> t.Any:
            if due:
                due.pop()()
            return real(client, asked)

        monkeypatch.setattr(PowerStoreClient, before, late)

    return arrange


RACES = [
    pytest.param(volume_group.TASK, {"name": "raced", "description": "ours"}, id="create"),
    pytest.param(volume_group.TASK, {"name": "app01", "volumes": ["web01"], "volumes_mode": "add"}, id="add"),
    pytest.param(volume_group.TASK, {"name": "app01", "state": "absent"}, id="delete"),
    pytest.param(volume_group_snapshot.TASK, {"name": "raced", "volume_group": "app01"}, id="snapshot"),
]


@pytest.mark.parametrize("task, options", RACES)
def test_the_same_was_done_by_somebody_else(
    run: Runner, emulator: Emulator, faster: Faster, task: Task, options: Options
) -> None:
    faster(lambda: run(task, **options))
    result = run(task, **options)
    assert not result.get("failed"), result["msg"]
    assert not result["changed"] and result["jobs"] == []
    assert any("Somebody else was first" in one for one in result["warnings"])
    assert run(task, check=True, **options)["plan"] == []
    assert not emulator.sessions()["open"]


@pytest.mark.parametrize("task, options", RACES)
def test_it_was_done_between_the_first_read_and_the_query_for_jobs(
    run: Runner, emulator: Emulator, faster: Faster, task: Task, options: Options
) -> None:
    """No job runs any more, and the first read is older than its outcome: nothing is sent."""
    faster(lambda: run(task, **options), before="jobs")
    result = run(task, **options)
    assert not result.get("failed"), result["msg"]
    assert not result["changed"] and result["jobs"] == [] and not result.get("warnings")
    sent = [one for one in emulator.requests()["requests"] if one["method"] != "GET" and "logout" not in one["path"]]
    assert len(sent) == 1


def test_something_else_was_made_with_the_name(run: Runner, emulator: Emulator, faster: Faster) -> None:
    faster(lambda: emulator.change("volume_group", create={"name": "raced", "description": "theirs"}))
    result = run(name="raced", description="ours")
    assert result["failed"] and result["error"]["kind"] == "refused" and not result["changed"]
    assert "already in use" in result["msg"] and "change description of volume group raced" in result["msg"]
    assert result["resource"]["description"] == "theirs"


def test_a_failure_shows_what_the_steps_before_it_have_left(run: Runner, emulator: Emulator, faster: Faster) -> None:
    emulator.fault("job_fail", "POST", "volume_group/*/add_members", percent=50)
    result = run(name="app01", description="ours", volumes=["web01"], volumes_mode="add")
    assert result["failed"] and result["changed"]
    assert result["resource"]["description"] == "ours"
    assert {one["name"] for one in result["resource"]["volumes"]} == {"app01-data", "app01-log"}
