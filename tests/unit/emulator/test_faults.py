# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each fault over the wire, and how orders for faults match."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import requests

from jobwise_emulator.exchange import Request
from jobwise_emulator.faults import Faults
from jobwise_emulator.process import Emulator, EmulatorError
from tests.unit.emulator.powerstore.client import Client

NEW = {"name": "new"}


@pytest.fixture
def client(running: Emulator) -> Iterator[Client]:
    """A client of the running emulator."""
    made = Client(running)
    yield made
    made.http.close()


def groups(client: Client) -> list[str]:
    return [entry["name"] for entry in client.call("GET", "volume_group", select="name").json()]


def last(running: Emulator, method: str) -> dict[str, object]:
    found = [entry for entry in running.requests()["requests"] if entry["method"] == method]
    return dict(found[-1])


def test_refuse_answers_and_then_refuses_new_connections(running: Emulator, client: Client) -> None:
    running.fault("refuse", "POST", "volume_group", seconds=0.4)
    reply = client.call("POST", "volume_group", NEW)
    assert (reply.status_code, reply.headers["Connection"]) == (201, "close")
    with pytest.raises(requests.ConnectionError, match="refused"):
        client.call("GET", "volume")
    time.sleep(0.6)
    assert "new" in groups(client)


def test_reset_before_drops_the_connection_and_does_nothing(running: Emulator, client: Client) -> None:
    running.fault("reset_before", "POST", "volume_group")
    with pytest.raises(requests.ConnectionError):
        client.call("POST", "volume_group", NEW)
    assert "new" not in groups(client)
    noted = last(running, "POST")
    assert (noted["fault"], noted["status"]) == ("reset_before", None)


def test_lost_reply_does_it_and_drops_the_connection(running: Emulator, client: Client) -> None:
    running.fault("lost_reply", "POST", "volume_group")
    with pytest.raises(requests.ConnectionError):
        client.call("POST", "volume_group", NEW)
    assert "new" in groups(client)
    assert last(running, "POST")["status"] == 201
    assert client.call("POST", "volume_group", NEW).status_code == 400, "the fault fires once"


def test_expire_session(running: Emulator, client: Client) -> None:
    running.fault("expire_session", "POST", "volume_group")
    assert client.call("POST", "volume_group", NEW).status_code == 401
    assert client.call("GET", "volume_group").status_code == 401
    assert running.sessions()["open"] == []


def test_forbid(running: Emulator, client: Client) -> None:
    running.fault("forbid", "POST", "volume_group")
    reply = client.call("POST", "volume_group", NEW)
    assert reply.status_code == 403
    assert reply.json()["messages"][0]["severity"] == "Error"
    assert "new" not in groups(client)
    assert last(running, "POST")["user"] == "admin"


@pytest.mark.parametrize(
    ("parameters", "content_type", "text"),
    [
        ({"status": 502, "body": "<html>proxy</html>"}, "text/html", "<html>proxy</html>"),
        ({"status": 500}, None, ""),
        ({"status": 422, "body": {"messages": "[]"}}, "application/json", '{"messages": "[]"}'),
        ({"status": 503, "body": "busy", "content_type": "text/plain"}, "text/plain", "busy"),
    ],
)
def test_status(
    running: Emulator, client: Client, parameters: dict[str, object], content_type: str | None, text: str
) -> None:
    running.fault("status", "POST", "volume_group", headers={"Retry-After": "1"}, **parameters)
    reply = client.call("POST", "volume_group", NEW)
    assert reply.status_code == parameters["status"]
    assert reply.headers.get("content-type") == content_type
    assert (reply.text, reply.headers["Retry-After"]) == (text, "1")
    assert "new" not in groups(client)


def test_job_faults(running: Emulator, client: Client) -> None:
    running.fault("job_fail", "POST", "volume_group", percent=10)
    job = client.call("POST", "volume_group", NEW, is_async="true").json()["id"]
    for _turn in range(40):
        found = client.call("GET", f"job/{job}", select="phase,response_body").json()
        if found["phase"] == "Failed":
            break
        time.sleep(0.02)
    assert found["response_body"]["response_type"] == "job_error_response"
    running.fault("job_hang", "POST", "volume_group")
    job = client.call("POST", "volume_group", NEW, is_async="true").json()["id"]
    time.sleep(0.3)
    assert client.call("GET", f"job/{job}", select="phase").json()["phase"] == "In_Progress"
    running.clear_faults()
    time.sleep(0.2)
    assert client.call("GET", f"job/{job}", select="phase").json()["phase"] == "Completed"
    running.fault("job_slow", "DELETE", seconds=0.5)
    before = time.monotonic()
    assert client.call("DELETE", "volume_group/name:new").status_code == 204
    assert time.monotonic() - before > 0.45
    assert running.requests()["jobs"] == {"started": 3, "completed": 2, "failed": 1, "foreign": 0}


def test_delay(running: Emulator, client: Client) -> None:
    running.fault("delay", "GET", "volume", seconds=0.3)
    before = time.monotonic()
    assert client.call("GET", "volume").status_code == 200
    assert time.monotonic() - before > 0.28


def test_truncate(running: Emulator, client: Client) -> None:
    running.fault("truncate", "GET", "volume")
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        client.call("GET", "volume")
    assert client.call("GET", "volume").status_code == 200


def test_orders_are_reported_and_wrong_ones_refused(running: Emulator, client: Client) -> None:
    running.fault("forbid", "GET", "volume", after=1, times=2)
    assert [client.call("GET", "volume").status_code for dummy in range(4)] == [200, 403, 403, 200]
    report = running.faults()
    assert report["armed"] == []
    assert [entry["path"] for entry in report["fired"]] == ["/api/rest/volume"] * 2
    for order in ({"fault": "explode"}, {"fault": "delay"}, {"fault": "forbid", "colour": "red"}):
        with pytest.raises(EmulatorError):
            running.control("POST", "faults", order)


@pytest.mark.parametrize(
    ("order", "hit"),
    [
        ({}, True),
        ({"method": "post"}, True),
        ({"method": "GET"}, False),
        ({"path": "volume_group/*/add_members"}, True),
        ({"path": "volume_group/*", "action": "add_members"}, True),
        ({"path": "volume_group/name:app 1", "action": "add_members"}, True),
        ({"path": "volume_group/*", "action": "remove_members"}, False),
        ({"path": "volume_group"}, False),
        ({"query": {"is_async": "true"}}, True),
        ({"query": {"is_async": "false"}}, False),
        ({"query": {"select": "*"}}, False),
        ({"after": 1}, False),
    ],
)
def test_which_exchange_is_hit(order: dict[str, object], hit: bool) -> None:
    faults = Faults("/api/rest/")
    faults.arm({"fault": "forbid", **order})
    request = Request("POST", "/api/rest/volume_group/name:app%201/add_members", "is_async=true", {}, b"")
    assert (faults.match(request) is not None) is hit


def test_times_zero_is_for_ever() -> None:
    faults = Faults("/api/rest/")
    faults.arm({"fault": "forbid", "times": 0})
    assert all(faults.match(Request("GET", "/api/rest/volume", "", {}, b"")) for dummy in range(5))


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_echo_sends_the_request_back_and_does_nothing(running: Emulator, client: Client, kind: str) -> None:
    running.fault("echo", "POST", "volume_group", status=400, content_type=kind)
    reply = client.call("POST", "volume_group", NEW)
    assert (reply.status_code, reply.headers["Content-Type"].partition(";")[0]) == (400, kind)
    text = reply.text if kind == "text/plain" else reply.json()["messages"][0]["message_l10n"]
    assert text.startswith("POST /api/rest/volume_group?") and "cookie: auth_cookie=" in text
    assert text.endswith('{"name": "new"}')
    assert "new" not in groups(client)
