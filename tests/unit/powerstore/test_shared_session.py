# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Several connections share one session on a running array: one login, one logout, whatever happens in between."""

from __future__ import annotations

import contextlib
import threading
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.batching import Replay
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.rendezvous import Rendezvous
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ConnectionFailed,
    LoginFailed,
    Refused,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Clock, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._http.secrets import Secrets
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents import pool as pool_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.batching import BatchingClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.pool import ClientPool, with_each
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VOLUME
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.session import TOKEN, PowerStoreSession
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volumes.handler import VolumeHandler
from jobwise_emulator.process import Emulator

PASSWORD = "Password123!"
CONNECTIONS = 4
THREADS = 16


@pytest.fixture(scope="module")
def process() -> t.Iterator[Emulator]:
    """One emulated array for all tests here."""
    with Emulator(speed=50) as emulator:
        yield emulator


@pytest.fixture
def array(process: Emulator) -> Emulator:
    """The array, back at its seed."""
    process.reset()
    return process


def pool_of(array: Emulator, password: str = PASSWORD) -> ClientPool:
    """Return a pool of connections to the array."""
    endpoint = Endpoint(array.host, array.port, ca_path=array.ca_path)
    return ClientPool(PowerStoreClient(endpoint, "admin", password, sleep=lambda seconds: None), CONNECTIONS)


def at_once(pool: ClientPool, work: t.Callable[[PowerStoreClient, int], t.Any]) -> list[t.Any]:
    """Let one thread on each connection work at the same time; return what each returns or raises."""
    begun = threading.Barrier(CONNECTIONS)

    def run(number: int) -> t.Any:
        with pool.connection() as client:
            begun.wait(10)
            try:
                return work(client, number)
            except (ConnectionFailed, LoginFailed) as error:
                return error

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        return list(threads.map(run, range(CONNECTIONS)))


def read(client: PowerStoreClient, number: int) -> int:
    return len(client.query("volume", {"name": "eq.web01", "select": "id"}))


def write(client: PowerStoreClient, number: int) -> str:
    body = {"name": f"new{number}", "size": 1024**3}
    return client.send(Request("create", "POST", "volume", body, "create the volume")).id


def close(pool: ClientPool) -> None:
    pool.close()
    pool.first.close()


def test_connections_share_one_session(array: Emulator) -> None:
    pool = pool_of(array)
    assert at_once(pool, read) == [1] * CONNECTIONS
    assert len(set(at_once(pool, write))) == CONNECTIONS
    close(pool)
    sessions, record = array.sessions(), array.requests()
    assert (sessions["logins"], sessions["logouts"], sessions["open"]) == (1, 1, [])
    assert record["connections"] == CONNECTIONS and pool.first.warnings == []


def test_an_expired_session_is_renewed_once(array: Emulator) -> None:
    """By the first that notices; the writes of the others are sent again in the new session."""
    pool = pool_of(array)
    at_once(pool, read)
    array.fault("expire_session", "POST", "volume")
    assert all(at_once(pool, write))
    assert at_once(pool, read) == [1] * CONNECTIONS
    close(pool)
    sessions = array.sessions()
    assert (sessions["logins"], sessions["failed_logins"], sessions["open"]) == (2, 0, [])
    assert len({job["request"]["name"] for job in array.requests()["requests"] if job["status"] == 202}) == CONNECTIONS


def test_a_late_response_does_not_bring_back_an_old_token() -> None:
    """Each read of an array has the token of its session."""
    session = PowerStoreSession("admin", PASSWORD, Secrets())

    def response(token: str, **cookies: str) -> Response:
        return Response(200, {TOKEN: token}, None, "", cookies)

    session.note(response("token1", auth_cookie="cookie1"), session.proof)
    old = session.proof
    session.forget()
    session.note(response("token2", auth_cookie="cookie2"), session.proof)
    session.note(response("token1"), old)
    assert session.headers(session.proof, "POST") == {"Cookie": "auth_cookie=cookie2", TOKEN: "token2"}


def test_a_wrong_password_is_tried_once(array: Emulator) -> None:
    pool = pool_of(array, "wrong")
    first, second = at_once(pool, read), at_once(pool, write)
    errors = [*first, *second]
    assert {type(error) for error in errors} == {LoginFailed} and len(set(map(id, errors))) == len(errors)
    close(pool)
    assert array.sessions()["failed_logins"] == 1


def test_nothing_logs_in_after_the_logout(array: Emulator) -> None:
    """A request of a thread that outlives the task would leave a session open."""
    pool = pool_of(array)
    at_once(pool, read)
    sibling = pool.first.sibling()
    close(pool)
    with pytest.raises(ConnectionFailed, match="session has ended"):
        read(sibling, 0)
    sibling.close()
    assert array.sessions()["open"] == []


def test_a_pool_opens_a_connection_when_it_needs_one(array: Emulator) -> None:
    pool = pool_of(array)
    for dummy in range(3):
        with pool.connection() as client:
            assert client is pool.first
            read(client, 0)
    close(pool)
    assert array.requests()["connections"] == 1


def test_whoever_gets_a_connection_back_after_the_end_closes_it(array: Emulator) -> None:
    pool = pool_of(array)
    with pool.connection(), pool.connection() as late:
        pool.close()
        assert read(late, 0) == 1
    with pool.connection() as client:
        assert client is pool.first
    close(pool)


def test_requests_that_many_wait_for_come_first(array: Emulator) -> None:
    pool = pool_of(array)
    order: list[bool] = []
    asked = {for_all: threading.Event() for for_all in (False, True)}

    def ask(for_all: bool) -> None:
        asked[for_all].set()
        with pool.connection(for_all):
            order.append(for_all)

    with ThreadPoolExecutor(2) as threads, contextlib.ExitStack() as held:
        for dummy in range(CONNECTIONS):
            held.enter_context(pool.connection())
        for for_all in (False, True):
            threads.submit(ask, for_all)
            asked[for_all].wait(10)
            while len(pool._queues[for_all]._waiters) < 1:  # type: ignore[attr-defined]
                time.sleep(0.001)
    assert order == [True, False]
    close(pool)


def test_everybody_hears_that_the_array_is_busy(array: Emulator) -> None:
    pool, heard = pool_of(array), []
    pool.first.when_busy(lambda: heard.append(True))
    array.fault("status", "GET", "volume", status=503, body="", times=2)
    with pool.connection(), pool.connection() as second:
        assert read(pool.first, 0) == 1
        array.fault("status", "GET", "volume", status=429, body="")
        assert read(second, 0) == 1
    close(pool)
    assert len(heard) == 3


def test_threads_that_create_objects_ask_together(array: Emulator) -> None:
    """Each runs the loop of a single task, over a few connections of one session."""
    pool = pool_of(array)
    client, rendezvous = BatchingClient(pool, Replay()), Rendezvous()
    client.run(rendezvous)
    begun = threading.Barrier(THREADS)

    def create(number: int) -> RunResult:
        desired = {name: option.get("default") for name, option in VOLUME.argument_spec().items()}
        desired.update(name=f"new{number}", size=1024**3, protection_policy="gold")
        record = RunResult()
        with rendezvous.at_work():
            begun.wait(10)
            waiting = WaitOptions(clock=Clock(sleep=client.sleep), within=client.within)
            handler = VolumeHandler(t.cast(PowerStoreClient, client), VOLUME, desired)
            reconcile(handler, waiting, dry_run=False, record=record)
        return record

    with ThreadPoolExecutor(THREADS) as threads:
        records = list(threads.map(create, range(THREADS)))
    close(pool)
    assert all(record.changed and record.resource and not record.warnings for record in records)
    assert [record.resource["name"] for record in records if record.resource] == [f"new{i}" for i in range(THREADS)]
    seen = array.requests()
    reads = [request["path"] for request in seen["requests"] if request["method"] == "GET"]
    assert seen["jobs"]["completed"] == THREADS and seen["connections"] <= CONNECTIONS
    assert len(reads) < 2 * THREADS, reads  # each alone needs seven
    assert (array.sessions()["logins"], array.sessions()["open"]) == (1, [])


TYPES = ("volume", "volume_group", "host", "host_group", "policy", "storage_container")


def read_all(pool: ClientPool, types: t.Sequence[str]) -> list[str]:
    """Read something of each type, and return the types in the order of the answers."""
    answered: list[str] = []

    def work(client: PowerStoreClient, type_: str) -> None:
        client.query(type_, {"select": "id"})
        answered.append(type_)

    with pool.connection() as client:
        with_each(pool, client, types, work)
    return answered


def test_slow_answers_of_several_types_are_awaited_together(array: Emulator) -> None:
    array.fault("delay", times=0, seconds=0.05)
    pool = pool_of(array)
    assert sorted(read_all(pool, TYPES)) == sorted(TYPES)
    with pool.connection() as client:
        assert client in [pool.first, *pool.first._siblings], "all connections were given back"
    pool.first.close()
    sessions, record = array.sessions(), array.requests()
    assert (sessions["logins"], sessions["open"]) == (1, []) and record["connections"] == CONNECTIONS


def test_quick_answers_need_no_further_connection(array: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "SLOW", 10.0)
    pool = pool_of(array)
    assert read_all(pool, TYPES) == list(TYPES)
    close(pool)
    assert array.requests()["connections"] == 1


def test_an_error_of_one_type_is_the_error_of_all(array: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "SLOW", 0.0)
    array.fault("status", "GET", "host_group", times=0, status=404)
    pool = pool_of(array)
    with pytest.raises(Refused):
        read_all(pool, TYPES * 5)
    close(pool)
    assert array.sessions()["open"] == [] and len(array.requests()["requests"]) < 20, "the others end soon"


def test_two_threads_that_have_all_connections_do_not_wait_for_each_other(array: Emulator) -> None:
    array.fault("delay", times=0, seconds=0.03)
    pool = pool_of(array)
    with ThreadPoolExecutor(CONNECTIONS + 1) as threads:
        found = [threads.submit(read_all, pool, TYPES) for dummy in range(CONNECTIONS + 1)]
        assert all(sorted(one.result(20)) == sorted(TYPES) for one in found)
    close(pool)
