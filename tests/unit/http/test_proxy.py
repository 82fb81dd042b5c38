# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Proxies: which one is used, and what is said of one that does not lead to the appliance."""

from __future__ import annotations

import contextlib
import dataclasses
import socket
import threading

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    ConnectionFailed,
    InputError,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from tests.unit.http.fixtures import Start
from tests.unit.http.servers import Answer, closed_port


class Tunnel:
    """Serves as a proxy that connects through, and remembers where to."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        first = stream.readline().decode()
        self.asked.append(first.strip())
        headers = iter(stream.readline, b"\r\n")
        self.asked += [line.decode().strip() for line in headers if line.lower().startswith(b"proxy-authorization")]
        host, dummy, port = first.split()[1].rpartition(":")
        with socket.create_connection((host, int(port)), 5) as further:
            connection.sendall(b"HTTP/1.1 200 Go on\r\n\r\n")
            threading.Thread(target=pump, args=(further, connection), daemon=True).start()
            pump(connection, further)


def pump(source: socket.socket, target: socket.socket) -> None:
    """Hand on what comes until it ends."""
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)


def failure(endpoint: Endpoint) -> ApplianceError:
    """Send a request that fails, and return the error."""
    with pytest.raises(ApplianceError) as caught:
        Transport(endpoint).exchange("POST", "/api")
    return caught.value


def test_the_option_leads_through_the_proxy(start: Start) -> None:
    script, endpoint = start.script(Answer(200, ["in"]))
    tunnel = Tunnel()
    proxy = start(tunnel, tls=False)
    transport = Transport(dataclasses.replace(endpoint, proxy=f"http://127.0.0.1:{proxy.port}"))
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()
    assert [line.rpartition(" ")[0] for line in tunnel.asked] == [f"CONNECT 127.0.0.1:{endpoint.port}"]


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy"])
def test_the_environment_leads_through_the_proxy(start: Start, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    script, endpoint = start.script(Answer(200, ["in"]))
    tunnel = Tunnel()
    monkeypatch.setenv(variable, f"http://127.0.0.1:{start(tunnel, tls=False).port}")
    transport = Transport(endpoint)
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()
    assert len(tunnel.asked) == 1


def test_exceptions_of_the_environment_count(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    script, endpoint = start.script(Answer(200, ["in"]))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    transport = Transport(endpoint)
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()


def test_the_option_wins_over_the_environment(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    script, endpoint = start.script(Answer(200, ["in"]))
    tunnel = Tunnel()
    proxy = f"http://127.0.0.1:{start(tunnel, tls=False).port}"
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("NO_PROXY", "*")
    transport = Transport(dataclasses.replace(endpoint, proxy=proxy))
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()
    assert len(tunnel.asked) == 1


def test_a_proxy_that_nobody_runs(start: Start) -> None:
    error = failure(Endpoint("array.example.com", proxy=f"http://127.0.0.1:{closed_port()}"))
    assert isinstance(error, ConnectionFailed)
    assert str(error) == (
        "The proxy does not lead to https://array.example.com:443: Connection refused. "
        "Check the option proxy, or HTTPS_PROXY and NO_PROXY."
    )


@pytest.mark.parametrize(
    "answer, words",
    [
        (Answer(403, "<html><title>Blocked by policy</title></html>", {"Content-Type": "text/html"}), "403"),
        (Answer(407, "", {"Proxy-Authenticate": "Basic"}), "407"),
        (Answer(502, "<html>no route</html>"), "502"),
        (Answer(503, ""), "503"),
    ],
)
def test_a_proxy_that_refuses(start: Start, answer: Answer, words: str) -> None:
    def refuse(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(answer.wire())

    error = failure(Endpoint("array.example.com", proxy=f"http://127.0.0.1:{start(refuse, tls=False).port}"))
    assert isinstance(error, ConnectionFailed)
    assert str(error).startswith("The proxy does not lead to https://array.example.com:443: ")
    assert words in str(error) and "NO_PROXY" in str(error)
    assert "0x" not in str(error) and "HTTPSConnection" not in str(error)


def test_a_proxy_that_hangs_up(start: Start) -> None:
    proxy = start(lambda connection: None, tls=False)
    error = failure(Endpoint("array.example.com", proxy=f"http://127.0.0.1:{proxy.port}"))
    assert error.facts()["kind"] in ("connection", "reply_lost")
    assert ", through the proxy, broke" in str(error)


def test_the_password_of_a_proxy_is_used_and_not_told(start: Start) -> None:
    script, endpoint = start.script(Answer(200, ["in"]))
    tunnel = Tunnel()
    transport = Transport(
        dataclasses.replace(endpoint, proxy=f"http://me:Secret9@127.0.0.1:{start(tunnel, tls=False).port}")
    )
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()
    assert "Proxy-Authorization: Basic bWU6U2VjcmV0OQ==" in tunnel.asked
    error = failure(dataclasses.replace(endpoint, proxy=f"http://me:Secret9@127.0.0.1:{closed_port()}"))
    assert "Secret9" not in str(error) and "Secret9" not in str(error.facts())


@pytest.mark.parametrize("proxy", ["http://", "http:///path", "socks5://127.0.0.1:1", "ftp://127.0.0.1:1"])
def test_what_is_no_proxy_is_bad_input(proxy: str) -> None:
    error = failure(Endpoint("array.example.com", proxy=proxy))
    assert isinstance(error, InputError)
    assert "proxy" in str(error) and "array.example.com:443 is not a valid" not in str(error)
