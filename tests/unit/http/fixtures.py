# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fixtures for tests against servers on loopback; a conftest.py imports them."""

from __future__ import annotations

import ssl
import typing as t
from pathlib import Path

import pytest
import trustme

from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from tests.unit.http.servers import Answer, NoAnswer, Script, Serve, Server

VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep proxies and certificates of the machine out of the tests."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    """A CA for this run."""
    return trustme.CA()


@pytest.fixture(scope="session")
def ca_path(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The CA's certificate as a file."""
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture(scope="session")
def context(authority: trustme.CA) -> ssl.SSLContext:
    """A server's TLS, with a certificate for loopback."""
    return context_for(authority, "127.0.0.1", "::1", "localhost")


def context_for(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """Return a server's TLS with a certificate for these names and addresses."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


class Start:
    """Starts servers with TLS, and closes them with the test. ca_path: what verifies them."""

    def __init__(self, context: ssl.SSLContext, ca_path: str) -> None:
        self._context = context
        self.ca_path = ca_path
        self.servers: list[Server] = []

    def __call__(self, serve: Serve, tls: ssl.SSLContext | bool = True, host: str = "127.0.0.1") -> Server:
        """Start a server; tls: with a context of one's own, or without TLS."""
        context = self._context if tls is True else tls or None
        server = Server(serve, context, host)
        self.servers.append(server)
        return server

    def script(self, *answers: Answer | NoAnswer) -> tuple[Script, Endpoint]:
        """Start a server that gives these answers; return it and where it is."""
        script = Script(*answers)
        return script, self.endpoint(self(script))

    def endpoint(self, server: Server, **changes: t.Any) -> Endpoint:
        """Return where a server is, with the CA that verifies it and a short timeout."""
        known: dict[str, t.Any] = {"host": server.host, "port": server.port, "ca_path": self.ca_path, "timeout": 2.0}
        return Endpoint(**{**known, **changes})


@pytest.fixture
def start(context: ssl.SSLContext, ca_path: str) -> t.Iterator[Start]:
    """Starts servers that end with the test."""
    starter = Start(context, ca_path)
    yield starter
    for server in starter.servers:
        server.close()


@pytest.fixture
def empty_folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder
