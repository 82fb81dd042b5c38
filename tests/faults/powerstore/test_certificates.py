# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults at the writes of certificates: none has a name to be found by, and a request is told only once."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from ansible_collections.jobwise.appliance.plugins.modules import (
    x509_certificate,
    x509_certificate_exchange,
    x509_certificate_request,
    x509_certificate_reset,
)
from jobwise_emulator.authority import Authority
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = dict[str, t.Any]
CA = Authority("Example CA")
LEAF = CA.issue("syslog.example.com")
PEER_PASSWORD = "P33r!secret"
PEER: Options = {
    "address": "192.0.2.30",
    "port": 443,
    "username": "admin",
    "password": PEER_PASSWORD,
    "global_id": "PSwest",
    "ca": CA.pem,
}

IMPORT: Options = {
    "service": "Syslog_HTTP",
    "type": "Client",
    "certificate": LEAF.certificate,
    "private_key": LEAF.private_key,
    "passphrase": LEAF.passphrase,
}
TRUST: Options = {
    "service": "Import_HTTP",
    "type": "CA_Server_Validation",
    "scope": "192.0.2.21",
    "certificate": CA.pem,
}
REQUEST: Options = {"service": "VASA_HTTP", "common_name": "array.example.com"}
EXCHANGE: Options = {
    "peer_address": "192.0.2.30",
    "peer_username": "admin",
    "peer_password": PEER_PASSWORD,
    "peer_global_id": "PSwest",
}
CASES = [
    pytest.param(x509_certificate.TASK, TRUST, "x509_certificate", id="trust"),
    pytest.param(x509_certificate.TASK, IMPORT, "x509_certificate", id="import"),
    pytest.param(x509_certificate_request.TASK, REQUEST, "x509_certificate/csr", id="request"),
    pytest.param(x509_certificate_request.TASK, {**REQUEST, "force": True}, "x509_certificate/csr", id="force"),
    pytest.param(x509_certificate_exchange.TASK, EXCHANGE, "x509_certificate/exchange", id="exchange"),
    pytest.param(
        x509_certificate_reset.TASK, {"service": "VASA_HTTP"}, "x509_certificate/reset_certificates", id="reset"
    ),
]
every_write = pytest.mark.parametrize("task, options, path", CASES)


@pytest.fixture(scope="module")
def running_emulator() -> t.Iterator[Emulator]:
    """An array with a peer that it knows."""
    with Emulator(speed=20, seed={"peers": [PEER]}) as emulator:
        yield emulator


def sent(emulator: Emulator, path: str) -> list[int]:
    """Return the answers to what was sent there."""
    requests = emulator.requests()["requests"]
    return [one["status"] for one in requests if one["method"] == "POST" and one["path"] == f"/api/rest/{path}"]


def listed(run: Runner, emulator: Emulator) -> list[dict[str, t.Any]]:
    client = x509_certificate.TASK.platform.connect(run.connection())
    try:
        found: list[dict[str, t.Any]] = client.query("x509_certificate", {"select": "id,service,type,members"})
        return found
    finally:
        client.close()


def no_secret(result: dict[str, t.Any]) -> bool:
    return not any(secret in str(result) for secret in (PEER_PASSWORD, LEAF.passphrase, LEAF.private_key[100:160]))


@every_write
@pytest.mark.parametrize("fault, answers", [("lost_reply", 1), ("reset_before", 2), ("expire_session", 2)])
def test_done_once(
    run: Runner, emulator: Emulator, task: Task, options: Options, path: str, fault: str, answers: int
) -> None:
    """Whatever gets lost, the array has done it once, and the result is as if nothing had happened."""
    before = len(listed(run, emulator))
    emulator.fault(fault, "POST", path)
    result = run(task, **options)
    assert not result.get("failed"), result
    assert result["changed"] and "warnings" not in result and no_secret(result)
    assert len(sent(emulator, path)) == answers and emulator.requests()["jobs"]["completed"] == 1
    assert len(listed(run, emulator)) == before + {"exchange": 2, "reset_certificates": 0}.get(path.split("/")[-1], 1)
    assert not emulator.sessions()["open"]
    if path.endswith("csr"):
        assert "BEGIN CERTIFICATE REQUEST" in result["resource"]["certificate_request"]


@every_write
def test_lost_and_failed(run: Runner, emulator: Emulator, task: Task, options: Options, path: str) -> None:
    """The job of the lost request is found, and so is the reason that it failed for."""
    emulator.fault("lost_reply", "POST", path, job={"fault": "job_fail", "percent": 50})
    result = run(task, **options)
    assert result["failed"] and not result["changed"] and no_secret(result)
    assert result["error"]["kind"] == "job_failed" and len(sent(emulator, path)) == 1
    assert not emulator.sessions()["open"]


@every_write
def test_a_job_that_goes_on_is_adopted(
    run: Runner, emulator: Emulator, task: Task, options: Options, path: str
) -> None:
    emulator.fault("job_slow", "POST", path, seconds=4)
    first = run(task, **options, wait_timeout=0.3)
    assert first["failed"] and first["error"]["kind"] == "wait_timeout"
    again = run(task, **options)
    assert not again.get("failed") and again["changed"], again
    assert [job["adopted"] for job in again["jobs"]] == [True] and len(sent(emulator, path)) == 1
    if path.endswith("csr"):
        assert "BEGIN CERTIFICATE REQUEST" in again["resource"]["certificate_request"]


@every_write
def test_check_mode_writes_nothing(
    run: Runner, emulator: Emulator, tmp_path: Path, task: Task, options: Options, path: str
) -> None:
    if path.endswith("csr"):
        options = {**options, "dest": str(tmp_path / "array.csr")}
    checked = run(task, check=True, **options)
    assert checked["changed"] and sent(emulator, path) == [] and not list(tmp_path.iterdir())
    done = run(task, **options)
    assert (done["plan"], done["diff"]) == (checked["plan"], checked["diff"])


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    "options, words",
    [
        ({**IMPORT, "certificate": "hello"}, "certificate is not PEM"),
        ({**IMPORT, "passphrase": None}, "Give passphrase"),
        ({**IMPORT, "passphrase": "wrong"}, "does not open private_key"),
        ({**IMPORT, "certificate": CA.issue("other").certificate}, "does not belong to the certificate of other"),
        ({**TRUST, "scope": None}, "needs a scope: the management address of the external array"),
        ({**IMPORT, "certificate": CA.issue("old", days=-1).certificate, "on_expiry": "fail"}, "does not belong"),
        ({**TRUST, "certificate": Authority("Old", days=-1).pem, "on_expiry": "fail"}, "has expired"),
    ],
)
def test_bad_input(run: Runner, emulator: Emulator, options: Options, words: str, check: bool) -> None:
    result = run(x509_certificate.TASK, check=check, **options)
    assert result["failed"] and not result["changed"] and words in result["msg"], result
    assert result["error"]["kind"] == "input" and no_secret(result)
    assert sent(emulator, "x509_certificate") == [] and not emulator.sessions()["open"]


def test_an_expired_certificate_is_imported_with_a_warning(run: Runner, emulator: Emulator) -> None:
    old = CA.issue("old.example.com", days=-1)
    options = {**IMPORT, "certificate": old.certificate, "private_key": old.private_key}
    result = run(x509_certificate.TASK, **options)
    assert result["changed"] and "old.example.com has expired" in result["warnings"][0]
    assert result["resource"]["days_left"] < 0 and not result["resource"]["is_valid"]


def test_the_answer_to_another_request_is_refused_by_the_array(run: Runner, emulator: Emulator) -> None:
    run(x509_certificate_request.TASK, **REQUEST)
    options: Options = {"service": "VASA_HTTP", "type": "Server", "certificate": CA.issue("other").certificate}
    result = run(x509_certificate.TASK, **options)
    assert result["failed"] and "does not match the key" in result["msg"] and result["error"]["status"] == 422


def test_a_file_that_cannot_be_written_any_more(run: Runner, emulator: Emulator, tmp_path: Path) -> None:
    """The request is made all the same; the next run fetches it, and makes no other."""
    dest = tmp_path / "array.csr"
    made = run(x509_certificate_request.TASK, **REQUEST)
    dest.write_text("something else")
    failed = run(x509_certificate_request.TASK, **REQUEST, dest=str(dest))
    assert failed["failed"] and "is not overwritten" in failed["msg"]
    dest.unlink()
    result = run(x509_certificate_request.TASK, **REQUEST, dest=str(dest))
    assert result["changed"] and dest.read_text() == made["resource"]["certificate_request"]
    assert sent(emulator, "x509_certificate/csr") == [202]


def test_a_peer_that_does_not_let_the_task_in(run: Runner, emulator: Emulator) -> None:
    """Asked at its own address, the array is its own peer, and this is not its password."""
    options = {**EXCHANGE, "peer_global_id": None, "peer_address": emulator.host, "peer_port": emulator.port}
    result = run(x509_certificate_exchange.TASK, **options)
    assert result["failed"] and "The peer cannot be queried." in result["msg"] and result["error"]["kind"] == "login"
    assert no_secret(result) and not emulator.sessions()["open"]
