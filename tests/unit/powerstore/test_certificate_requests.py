# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a signing request is made, when not, and what becomes of the file that keeps it."""

from __future__ import annotations

import stat
import typing as t
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, FAILED, RUNNING, Job
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import LocalAction
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.certificates.signing_request import (
    RequestHandler,
)
from ansible_collections.jobwise.appliance.plugins.modules.x509_certificate_request import SPEC
from jobwise_emulator.authority import distinguished, self_signed
from tests.unit.powerstore.certificate_store import LEAF, ROOT, Json, Store, entry


def made_request() -> str:
    key = rsa.generate_private_key(65537, 2048)
    request = x509.CertificateSigningRequestBuilder().subject_name(distinguished("array.example.com"))
    return request.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


REQUEST, OLD = made_request(), made_request()
ANSWER = ROOT.sign(REQUEST)
PURPOSE = {"service": "VASA_HTTP", "type": "Server", "scope": None}
MAKE, WRITE = "x509_certificate/csr", "write"


def told(object_id: str = "1", **changes: t.Any) -> Job:
    """Return the job that made a request, as the array tells it afterwards."""
    result = {**PURPOSE, "id": object_id, "is_current": False, "certificate_request": REQUEST}
    return Job(**{"id": "j", "state": DONE, "result": result, **changes})


def subject(store: Store, **options: t.Any) -> RequestHandler:
    defaults = {name: one.get("default") for name, one in SPEC.items()}
    return RequestHandler(t.cast(t.Any, store), {**defaults, "service": "VASA_HTTP", **options})


def steps(store: Store, **options: t.Any) -> list[str]:
    """Return what is planned: the path of the request, and whether the file is written."""
    sought = subject(store, **options)
    return [WRITE if isinstance(one, LocalAction) else one.path for one in sought.plan(sought.read(), NEW_RUN).changes]


def write(sought: RequestHandler, current: Json | None) -> None:
    """Carry out the only step of the plan, which writes the file."""
    (step,) = sought.plan(current, NEW_RUN).steps
    assert isinstance(step, LocalAction)
    sought.do_locally(step)


def pending(object_id: str = "1") -> Json:
    return entry(None, id=object_id, **PURPOSE)


def in_use(certificate: str = ANSWER) -> Json:
    return entry(certificate, id="5", **PURPOSE)


@pytest.mark.parametrize(
    "entries, jobs, kept, options, planned",
    [
        pytest.param([], [], None, {}, [MAKE, WRITE], id="nothing there"),
        pytest.param([in_use(LEAF.certificate)], [], None, {}, [MAKE, WRITE], id="another certificate in use"),
        pytest.param([pending()], [], REQUEST, {}, [], id="waits, and is kept"),
        pytest.param([pending()], [told()], None, {}, [WRITE], id="waits, and the array tells it"),
        pytest.param([pending("2"), pending()], [told()], None, {}, [WRITE], id="one of two is told"),
        pytest.param([pending()], [], REQUEST, {"force": True}, [MAKE, WRITE], id="made anew"),
        pytest.param([in_use()], [], REQUEST, {}, [], id="answered"),
        pytest.param([in_use(), pending()], [], REQUEST, {}, [], id="answered, and another one waits"),
        pytest.param([in_use()], [], REQUEST, {"force": True}, [MAKE, WRITE], id="answered, and made anew"),
        pytest.param([in_use()], [], REQUEST, {"renew_before_days": 1000}, [MAKE, WRITE], id="runs out"),
        pytest.param([in_use()], [], OLD, {}, [MAKE, WRITE], id="in use, but of another request"),
        pytest.param([in_use(ROOT.sign(REQUEST, days=-1))], [], REQUEST, {}, [MAKE, WRITE], id="expired"),
        pytest.param([{**in_use(), "is_current": False}], [], REQUEST, {}, [MAKE, WRITE], id="answered, not in use"),
        pytest.param([entry(None, id="7")], [], None, {}, [MAKE, WRITE], id="waits for another service"),
    ],
)
def test_plan(
    tmp_path: Path, entries: list[Json], jobs: list[Job], kept: str | None, options: Json, planned: list[str]
) -> None:
    path = tmp_path / "array.csr"
    if kept:
        path.write_text(kept)
    store = Store(*entries, jobs=jobs)
    assert steps(store, dest=str(path), **options) == planned
    assert store.asked == ["x509_certificate"] + ["job"] * bool(jobs)
    assert (path.read_text() if path.exists() else None) == kept


def test_a_renewal_that_was_cut_off_is_gone_on_with(tmp_path: Path) -> None:
    """The file still has the request whose answer is in use; the new one waits, and is written."""
    path = tmp_path / "array.csr"
    path.write_text(OLD)
    renewing = {"dest": str(path), "renew_before_days": 1000}
    store = Store(in_use(ROOT.sign(OLD)), pending("2"), jobs=[told("2")])
    sought = subject(store, **renewing)
    current = sought.read()
    assert current and (current["id"], current["certificate_request"]) == ("2", REQUEST)
    write(sought, current)
    assert path.read_text() == REQUEST
    after = sought.read()
    assert after and after["id"] == "2" and not sought.plan(after, NEW_RUN).steps
    assert steps(Store(*store.entries), **renewing) == []


def test_a_renewal_that_was_cut_off_and_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "array.csr"
    path.write_text(OLD)
    with pytest.raises(InputError, match="holds another one. With force: true"):
        steps(Store(in_use(ROOT.sign(OLD)), pending("2")), dest=str(path), renew_before_days=1000)


class TestSeveralThatWait:
    """With a file for each, the file tells which one is meant."""

    OTHER = told("2", result={**PURPOSE, "id": "2", "certificate_request": OLD})

    @pytest.mark.parametrize("kept, found", [(REQUEST, "1"), (OLD, "2")])
    @pytest.mark.parametrize("jobs", [[OTHER, told()], [told()], [OTHER]])
    def test_the_file_tells(self, tmp_path: Path, jobs: list[Job], kept: str, found: str) -> None:
        path = tmp_path / "array.csr"
        path.write_text(kept)
        sought = subject(Store(pending("1"), pending("2"), jobs=jobs), dest=str(path))
        current = sought.read()
        assert current and (current["id"], current["certificate_request"]) == (found, kept)
        assert not sought.plan(current, NEW_RUN).steps

    @pytest.mark.parametrize("jobs, words", [([], "nothing shows which"), ([OTHER, told()], "none of them is")])
    def test_nothing_tells(self, tmp_path: Path, jobs: list[Job], words: str) -> None:
        path = tmp_path / "array.csr"
        path.write_text(made_request())
        store = Store(pending("1"), pending("2"), jobs=jobs)
        with pytest.raises(InputError, match=rf"\(1, 2\), and {words}.*array.csr. Delete the file.*force: true"):
            steps(store, dest=str(path))
        assert steps(store, dest=str(path), force=True) == [MAKE, WRITE]


@pytest.mark.parametrize(
    "options, needed",
    [
        ({"unless_issued_by": "Example CA"}, False),
        ({"unless_issued_by": "example ca", "common_name": "array.example.com"}, False),
        ({"unless_issued_by": "Example CA", "dns_names": ["array.example.com"]}, False),
        ({"unless_issued_by": "Example CA", "dns_names": ["new.example.com"]}, True),
        ({"unless_issued_by": "Example CA", "ip_addresses": ["192.0.2.1"]}, True),
        ({"unless_issued_by": "Example CA", "renew_before_days": 1000}, True),
        ({"unless_issued_by": "Example"}, True),
        ({}, True),
    ],
)
def test_without_a_file_the_issuer_tells(options: Json, needed: bool) -> None:
    assert steps(Store(in_use()), **options) == [MAKE] * needed


def test_the_certificate_that_the_array_made_itself_is_no_answer() -> None:
    own = entry(self_signed("array.example.com").certificate, **PURPOSE)
    assert steps(Store(own), unless_issued_by="Example CA", common_name="array.example.com") == [MAKE]


def test_a_request_that_nobody_knows_any_more(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\(id 1\).*Bring the file back. With force: true"):
        steps(Store(pending()), dest=str(tmp_path / "array.csr"))
    sought = subject(Store(pending()))
    found = sought.plan(sought.read(), NEW_RUN)
    assert not found.steps and "no longer has its text. With force: true" in found.warnings[0]


def test_the_body() -> None:
    names = {"dns_names": ["a.example.com"], "ip_addresses": ["192.0.2.1"], "country": "US", "state_or_province": "TX"}
    sought = subject(Store(), service="Management_HTTP", key_length=4096, organization="", **names)
    assert sought.plan(None, NEW_RUN).requests[0].body == {
        "service": "Management_HTTP",
        "type": "Server",
        "scope": "External",
        "key_length": 4096,
        "dns_name": ["a.example.com"],
        "ip_addresses": ["192.0.2.1"],
        "country": "US",
        "state": "TX",
    }


@pytest.mark.parametrize(
    "options, words",
    [
        ({"common_name": "x" * 65}, "common_name has 65 characters, at most 64"),
        ({"locality": "a\nb"}, "locality contains unprintable"),
        ({"country": "USA"}, "country takes two letters"),
        ({"dns_names": ["https://a"]}, "dns_names takes host names"),
        ({"dns_names": [""]}, "dns_names takes host names"),
        ({"ip_addresses": ["a"]}, "ip_addresses takes IP addresses"),
        ({"service": "SecurID_HTTP"}, "Give type."),
        ({"service": "Management_HTTP", "scope": "x"}, "is External. Leave it out."),
        ({"dest": "/"}, "is a folder"),
    ],
)
def test_refused_before_anything_is_asked(options: Json, words: str) -> None:
    store = Store()
    with pytest.raises(InputError) as caught:
        steps(store, **options)
    assert words in str(caught.value) and store.asked == []


@pytest.mark.parametrize("content", [LEAF.private_key, LEAF.certificate, "notes", b"\xff\xfe"])
def test_what_is_no_request_is_never_overwritten(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "precious"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match="is not overwritten"):
        steps(Store(), dest=str(path))


def test_the_file_is_written_in_one_go_and_can_be_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "array.csr"
    path.write_text("")
    sought = subject(Store(pending(), jobs=[told()]), dest=str(path))
    write(sought, sought.read())
    assert path.read_text() == REQUEST and stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [one.name for one in tmp_path.iterdir()] == ["array.csr"]
    assert not sought.plan(sought.read(), NEW_RUN).steps


def test_a_folder_that_an_earlier_task_may_make_in_the_real_run(tmp_path: Path) -> None:
    """A dry run warns of it; the real one makes no request that it could not write."""
    store = Store()
    sought = subject(store, dest=str(tmp_path / "new" / "array.csr"))
    found = sought.plan(sought.read(), NEW_RUN)
    assert found.steps and "there is no folder" in found.warnings[0]
    with pytest.raises(InputError, match=r"there is no folder .*new\. Make the folder first"):
        sought.send(found.requests[0])
    assert store.asked == ["x509_certificate"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    sought = subject(Store(pending(), jobs=[told()]), dest=str(tmp_path / "array.csr"))
    current = sought.read()
    (tmp_path / "array.csr").mkdir()
    with pytest.raises(InputError, match="The next run fetches it"):
        write(sought, current)
    assert [one.name for one in tmp_path.iterdir()] == ["array.csr"]


def test_jobs_that_may_make_such_a_request() -> None:
    """No job tells what it is for before it is over, and the array has no word for this action to ask by."""
    other = told(result={**PURPOSE, "id": "9", "service": "Syslog_HTTP", "certificate_request": REQUEST})
    failed = Job("f", FAILED, result={"messages": []})
    running, modify = Job("r", RUNNING), Job("m", RUNNING, action="modify")
    done = Job("d", DONE)
    sought = subject(Store(jobs=[told(), other, failed, running, modify, done]))
    assert [job.id for job in sought.find_jobs(None, ["csr", "write_file"]) or []] == ["j", "f", "r"]
    assert sought.find_jobs(None, ["write_file"]) is None
