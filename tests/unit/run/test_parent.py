# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A worker ends with the process that started it; what is no worker is left alone."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import types
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import Interrupted
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.plugin_utils import parent
from tests.unit.engine.appliance import Appliance
from tests.unit.engine.tables import book, shelf, task


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """What the kernel is asked for; the process is a worker of the one that is its parent now."""
    calls: list[tuple[int, ...]] = []
    kernel = types.SimpleNamespace(prctl=lambda *arguments: calls.append(arguments))
    monkeypatch.setattr(ctypes, "CDLL", lambda name: kernel)
    starter = types.SimpleNamespace(pid=os.getppid())
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: starter)
    monkeypatch.setattr(sys, "platform", "linux")
    return calls


def test_a_worker_asks_for_a_signal(asked: list[tuple[int, ...]]) -> None:
    parent.end_with_parent()
    assert [call[:2] for call in asked] == [(parent.PR_SET_PDEATHSIG, signal.SIGTERM)]
    assert not parent.parent_is_gone()


def test_what_is_no_worker_does_not(asked: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that a shell has put into the background outlives the shell."""
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: None)
    parent.end_with_parent()
    monkeypatch.setattr(os, "getppid", lambda: 1)
    assert asked == [] and not parent.parent_is_gone()


def test_other_systems_are_not_asked(asked: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    parent.end_with_parent()
    assert asked == []


def test_a_parent_that_has_ended_just_before_is_noticed(
    asked: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "getppid", lambda: 1)
    monkeypatch.setattr(os, "kill", lambda pid, signum: sent.append((pid, signum)))
    parent.end_with_parent()
    assert sent == [(os.getpid(), signal.SIGTERM)]


@pytest.mark.parametrize("writes", [0, 1])
def test_without_a_signal_it_is_asked_before_each_write_whether_somebody_waits(writes: int) -> None:
    appliance = Appliance(task(note="new", books=[book(1)]), shelf(), takes=0)

    def still_wanted() -> None:
        if len(appliance.sent) >= writes:
            raise Interrupted(signal.SIGTERM)

    with pytest.raises(Interrupted):
        reconcile(
            appliance,
            WaitOptions(clock=appliance.time.clock(), still_wanted=still_wanted),
            dry_run=False,
            record=RunResult(),
        )
    assert len(appliance.sent) == writes


def test_without_a_signal_it_is_asked_at_each_look_whether_somebody_waits() -> None:
    appliance = Appliance(task(note="new"), shelf(), takes=60)

    def still_wanted() -> None:
        if appliance.time.seconds > start + 30:
            raise Interrupted(signal.SIGTERM)

    start: t.Final = appliance.time.seconds
    with pytest.raises(Interrupted):
        reconcile(
            appliance,
            WaitOptions(clock=appliance.time.clock(), still_wanted=still_wanted),
            dry_run=False,
            record=RunResult(),
        )
    assert appliance.time.seconds < start + 40
