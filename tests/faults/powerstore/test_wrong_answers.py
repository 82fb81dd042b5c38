# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""PowerStore answers without an attribute, or with another type of it: a task ends in words, and hides nothing."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import import_session, local_user, volume_group
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.replay import Replays


@pytest.fixture
def replays(run: Runner, monkeypatch: pytest.MonkeyPatch) -> Replays:
    return Replays(run, monkeypatch)


def test_a_group_is_changed(replays: Replays, emulator: Emulator) -> None:
    emulator.change("volume_group", create={"name": "faulty"})
    options = {"description": "changed", "volumes": ["web01", "web02"], "protection_policy": "gold"}
    replays.check(volume_group.TASK, name="faulty", **options)


def test_an_import_is_scheduled(replays: Replays) -> None:
    when = {"scheduled_timestamp": "2099-01-01T00:00:00Z"}
    source: dict[str, t.Any] = {"source": "lun01", "remote_system": "unity1", "protection_policy": "gold"}
    replays.check(import_session.TASK, name="s1", **source, **when)


def test_an_import_is_scheduled_anew(replays: Replays, run: Runner) -> None:
    source: dict[str, t.Any] = {"source": "lun01", "remote_system": "unity1"}
    made = run(import_session.TASK, name="s1", **source, scheduled_timestamp="2099-01-01T00:00:00Z")
    assert not made.get("failed"), made
    replays.check(import_session.TASK, name="s1", **source, scheduled_timestamp="2099-02-01T00:00:00Z")


def test_a_user_is_made(replays: Replays) -> None:
    replays.check(local_user.TASK, name="jane", role="Operator", user_password="Password123!")


def test_a_user_is_changed(replays: Replays, run: Runner) -> None:
    run(local_user.TASK, name="jane", role="Operator", user_password="Password123!")
    replays.check(local_user.TASK, name="jane", role="Storage Administrator", is_locked=True)
