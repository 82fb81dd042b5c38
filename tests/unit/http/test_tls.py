# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates: which are accepted, what they are held against, and what is said of those that are not."""

from __future__ import annotations

import datetime
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
import trustme

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError, ResponseLost, TlsError
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint, trust_anchor
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from tests.unit.http.fixtures import Start, context_for
from tests.unit.http.servers import Answer, Script, Server


def tls_error(endpoint: Endpoint) -> TlsError:
    """Send a request to what is not trusted, and return the error."""
    transport = Transport(endpoint)
    with pytest.raises(TlsError) as caught:
        transport.exchange("GET", "/api")
    transport.close()
    assert caught.value.facts()["kind"] == "tls"
    return caught.value


def test_another_ca(start: Start, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))
    script, endpoint = start.script(Answer())
    error = tls_error(Endpoint(endpoint.host, endpoint.port, ca_path=str(other)))
    assert str(error).startswith(f"The certificate of {endpoint.url} is not trusted: ")
    assert "ca_path" in str(error)
    assert script.requests == []


def test_a_ca_that_the_machine_does_not_know(start: Start) -> None:
    script, endpoint = start.script(Answer())
    error = tls_error(Endpoint(endpoint.host, endpoint.port))
    assert "unable to get local issuer certificate" in str(error)
    assert script.requests == []


def test_an_expired_certificate(start: Start, authority: trustme.CA) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    authority.issue_cert("127.0.0.1", not_before=past, not_after=past).configure_cert(context)
    error = tls_error(start.endpoint(start(Script(), context)))
    assert "is not trusted: certificate has expired" in str(error)


@pytest.mark.parametrize("certified, asked", [("array.example.com", "127.0.0.1"), ("192.0.2.1", "localhost")])
def test_a_certificate_for_another_name(start: Start, authority: trustme.CA, certified: str, asked: str) -> None:
    server = start(Script(), context_for(authority, certified))
    error = tls_error(start.endpoint(server, host=asked))
    assert str(error) == (
        f"The certificate of https://{asked}:{server.port} is not made out to {asked}. "
        "Use a name or address that the certificate carries as host."
    )


def test_no_tls_on_this_port(start: Start) -> None:
    server = start(lambda connection: connection.sendall(Answer(400, "plain").wire()), tls=False)
    error = tls_error(start.endpoint(server))
    assert str(error).startswith(f"No TLS connection to https://127.0.0.1:{server.port}: ")
    assert "Is this the port of the REST API?" in str(error)


def test_no_tls_is_told_without_noise(start: Start) -> None:
    server = start(lambda connection: connection.sendall(Answer(400, "plain").wire()), tls=False)
    assert "_ssl.c" not in str(tls_error(start.endpoint(server)))


def test_hanging_up_in_the_handshake(start: Start) -> None:
    server = start(lambda connection: None, tls=False)
    transport = Transport(start.endpoint(server))
    with pytest.raises((TlsError, ResponseLost)):
        transport.exchange("GET", "/")


@pytest.mark.filterwarnings("error")
def test_no_verification_where_it_is_switched_off(start: Start, authority: trustme.CA) -> None:
    """And no warning on each request: the task has said so."""
    script = Script(Answer(200, ["in"]))
    server = start(script, context_for(authority, "elsewhere.example.com"))
    transport = Transport(Endpoint(server.host, server.port, validate_certs=False))
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()


def test_verification_is_on_by_default() -> None:
    assert Endpoint("array").validate_certs


def test_a_folder_of_hashed_certificates(start: Start, ca_path: str, empty_folder: Path) -> None:
    """As update-ca-certificates and c_rehash make them."""
    script, endpoint = start.script(Answer(200, ["in"]))
    pem = Path(ca_path).read_text(encoding="ascii")
    (empty_folder / f"{subject_hash(ca_path)}.0").write_text(pem, encoding="ascii")
    transport = Transport(Endpoint(endpoint.host, endpoint.port, ca_path=str(empty_folder)))
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()


def subject_hash(path: str) -> str:
    """Return the hash by which OpenSSL finds a certificate in a folder; skip the test without the command."""
    if not shutil.which("openssl"):
        pytest.skip("there is no openssl command")
    command = ["openssl", "x509", "-noout", "-subject_hash", "-in", path]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_ca_path_that_is_not_there() -> None:
    with pytest.raises(InputError) as caught:
        Transport(Endpoint("array", ca_path="/no/such/ca.pem"))
    assert "ca_path /no/such/ca.pem does not exist." in str(caught.value)
    assert "machine where the task runs" in str(caught.value)


def test_a_ca_path_that_holds_no_certificate(start: Start, tmp_path: Path) -> None:
    """The file is to blame, and the message has to say so: nothing was sent."""
    path = tmp_path / "key.pem"
    path.write_text("this is no certificate\n", encoding="ascii")
    script, endpoint = start.script(Answer())
    with pytest.raises(InputError, match="ca_path .*key.pem"):
        Transport(Endpoint(endpoint.host, endpoint.port, ca_path=str(path))).exchange("GET", "/")


class TestTrustAnchor:
    """What certificates are held against."""

    def test_nothing(self, ca_path: str) -> None:
        assert trust_anchor(Endpoint("array", validate_certs=False, ca_path=ca_path)) is False

    def test_ca_path_comes_first(self, ca_path: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path))
        assert trust_anchor(Endpoint("array", ca_path=ca_path)) == ca_path

    def test_then_the_variables_in_their_order(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        (tmp_path / "one").touch()
        (tmp_path / "two").touch()
        monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "two"))
        assert trust_anchor(Endpoint("array")) == str(tmp_path / "two")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "one"))
        assert trust_anchor(Endpoint("array")) == str(tmp_path / "one")

    def test_a_variable_that_names_nothing_is_passed_over(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        system = tmp_path / "system.pem"
        system.touch()
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "gone"))
        monkeypatch.setenv("CURL_CA_BUNDLE", "")
        monkeypatch.setenv("SSL_CERT_FILE", str(system))
        assert trust_anchor(Endpoint("array")) == str(system)

    def test_then_the_store_of_the_system(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """An administrator installs the company's CA there; the bundle of requests does not know it."""
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone"))
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
        assert trust_anchor(Endpoint("array")) == str(tmp_path)

    def test_at_last_what_requests_brings(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone"))
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "gone"))
        assert trust_anchor(Endpoint("array")) is True


def test_the_environment_decides_when_the_transport_is_made(
    start: Start, ca_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, endpoint = start.script(Answer(200, ["in"]))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ca_path)
    transport = Transport(Endpoint(endpoint.host, endpoint.port))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/gone")
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()


def test_servers_here_are_not_trusted_by_accident(start: Start) -> None:
    """The tests above mean something only if a right certificate makes the difference."""
    script, endpoint = start.script(Answer(200, ["in"]))
    assert isinstance(start.servers[0], Server)
    transport = Transport(endpoint)
    assert transport.exchange("GET", "/").body == ["in"]
    transport.close()
