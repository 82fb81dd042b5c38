# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sessions that the items of one task share in the controller's worker."""

from __future__ import annotations

import dataclasses
import os
import signal
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    ConnectionFailed,
    InputError,
    Interrupted,
    LoginFailed,
    Refused,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.platform import Platform
from ansible_collections.jobwise.appliance.plugins.module_utils._task import SIGNALS, Caller, Task
from ansible_collections.jobwise.appliance.plugins.plugin_utils.sessions import (
    NOT_AGAIN,
    PROXY_VARIABLES,
    Sessions,
)
from tests.unit.run.tasks import OPTIONS, Asked, PlainClient

GIVEN: Json = {"host": "a", "password": "p", "port": 443}


@dataclasses.dataclass(eq=False)
class Session(PlainClient):
    params: Json
    closed: int = 0

    def close(self) -> None:
        self.closed += 1


class Connection:
    """What Ansible closes at the end of a task."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def opened() -> list[Session]:
    return []


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def task(opened: list[Session]) -> Task:
    def connect(params: Json) -> Session:
        opened.append(Session(params))
        return opened[-1]

    return Task("shelf", Platform("Library", OPTIONS, connect), {}, lambda client, caller: {})


@pytest.fixture
def sessions(shown: list[str]) -> t.Iterator[Sessions]:
    before = {signum: signal.getsignal(signum) for signum in SIGNALS}
    sessions = Sessions(shown.append)
    yield sessions
    sessions.close()
    assert {signum: signal.getsignal(signum) for signum in SIGNALS} == before, "signals are as they were"


def test_items_share_a_session(sessions: Sessions, task: Task, opened: list[Session]) -> None:
    assert sessions.get(task, {**GIVEN, "name": "a"}) is sessions.get(task, {**GIVEN, "name": "b"})
    assert len(opened) == 1


@pytest.mark.parametrize("other", [{"host": "b"}, {"password": "q"}, {"port": 444}])
def test_another_connection_is_another_session(
    sessions: Sessions, task: Task, opened: list[Session], other: Json
) -> None:
    assert sessions.get(task, GIVEN) is not sessions.get(task, {**GIVEN, **other})
    assert len(opened) == 2


@pytest.mark.parametrize("variable", PROXY_VARIABLES)
def test_another_environment_is_another_session(
    sessions: Sessions, task: Task, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "x")
    first = sessions.get(task, GIVEN)
    monkeypatch.setenv(variable, "y")
    assert sessions.get(task, GIVEN) is not first


def test_all_end_with_the_tasks_connection(sessions: Sessions, task: Task, opened: list[Session]) -> None:
    connection = Connection()
    sessions.close_with(connection)
    sessions.close_with(connection)
    sessions.get(task, GIVEN)
    sessions.get(task, {**GIVEN, "host": "b"})
    connection.close()
    assert [one.closed for one in opened] == [1, 1]
    assert connection.closed == 1
    connection.close()
    assert [one.closed for one in opened] == [1, 1]


def test_what_closing_has_to_say_is_shown(
    sessions: Sessions, task: Task, opened: list[Session], shown: list[str]
) -> None:
    sessions.get(task, GIVEN)
    opened[0].secrets, opened[0].warnings = ["s3cret"], ["It may still be open: s3cret."]
    sessions.close()
    assert shown == ["It may still be open: ***."]


def test_after_the_end_a_new_session_is_opened(sessions: Sessions, task: Task, opened: list[Session]) -> None:
    first = sessions.get(task, GIVEN)
    sessions.close()
    assert sessions.get(task, GIVEN) is not first


@pytest.mark.parametrize("signum", SIGNALS)
def test_a_signal_interrupts_the_work_on_an_item(sessions: Sessions, signum: int) -> None:
    with pytest.raises(Interrupted) as caught, sessions:  # pylint: disable=confusing-with-statement
        os.kill(os.getpid(), signum)
        signal.sigtimedwait([], 5)
    assert caught.value.signum == signum


@pytest.mark.parametrize("signum", SIGNALS)
def test_a_signal_between_items_closes_the_sessions_and_then_does_what_it_does(
    sessions: Sessions, task: Task, opened: list[Session], signum: int
) -> None:
    seen: list[tuple[int, int]] = []
    before = signal.signal(signum, lambda signum, frame: seen.append((signum, opened[0].closed)))
    try:
        with sessions:
            sessions.get(task, GIVEN)
        os.kill(os.getpid(), signum)
        signal.sigtimedwait([], 0.2)
        assert seen == [(signum, 1)]
    finally:
        sessions.close()
        signal.signal(signum, before)


def test_a_second_signal_waits_for_the_end_of_the_work(sessions: Sessions) -> None:
    """ansible-playbook ends right after an interrupt, and the kernel then sends the worker SIGTERM."""
    seen: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda signum, frame: seen.append(signum))
    try:
        with pytest.raises(Interrupted), sessions:  # pylint: disable=confusing-with-statement
            try:
                os.kill(os.getpid(), signal.SIGINT)
                signal.sigtimedwait([], 5)
            finally:
                os.kill(os.getpid(), signal.SIGTERM)
                signal.sigtimedwait([], 0.2)
                assert seen == []
        sessions.close()
        assert seen == [signal.SIGTERM]
    finally:
        signal.signal(signal.SIGTERM, before)


# A login that was refused


def failing(error: ApplianceError, tries: list[str]) -> t.Callable[[Session, Caller], Json]:
    """Return work that fails and notes for whom it was tried."""

    def work(session: Session, caller: Caller) -> Json:
        tries.append(caller.params["name"])
        raise error

    return work


REFUSED = LoginFailed("No such user.", status=401, messages=[{"message": "No."}])


def test_items_share_a_login_that_was_refused(sessions: Sessions, task: Task) -> None:
    tries: list[str] = []
    task = dataclasses.replace(task, work=failing(REFUSED, tries))
    first, second = (sessions.perform(task, Asked({**GIVEN, "name": name})) for name in ("a", "b"))
    assert tries == ["a"]
    assert second == {**first, "msg": f"No such user. {NOT_AGAIN}"}
    assert (second["failed"], second["error"], second["plan"]) == (True, REFUSED.facts(), [])


def test_another_password_is_tried(sessions: Sessions, task: Task) -> None:
    tries: list[str] = []
    task = dataclasses.replace(task, work=failing(REFUSED, tries))
    for name in ("a", "b"):
        sessions.perform(task, Asked({**GIVEN, "name": name, "password": name}))
    assert tries == ["a", "b"]


@pytest.mark.parametrize(
    "error",
    [Refused("No.", status=422), ConnectionFailed("No."), LoginFailed("Change the password first.", status=403)],
)
def test_what_the_next_item_may_do_better_is_tried(sessions: Sessions, task: Task, error: ApplianceError) -> None:
    tries: list[str] = []
    task = dataclasses.replace(task, work=failing(error, tries))
    for name in ("a", "b"):
        sessions.perform(task, Asked({**GIVEN, "name": name}))
    assert tries == ["a", "b"]


def test_options_that_lead_to_no_session_are_a_failure(sessions: Sessions, task: Task) -> None:
    def connect(params: Json) -> t.Any:
        raise InputError("host takes a name.")

    task = dataclasses.replace(task, platform=dataclasses.replace(task.platform, connect=connect))
    result = sessions.perform(task, Asked(GIVEN))
    assert (result["failed"], result["error"]["kind"], result["resource"]) == (True, "input", None)
