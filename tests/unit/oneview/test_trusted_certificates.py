# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Certificates that the appliance trusts: told apart by their DER, however they are wrapped."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._certificates import der, pem
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import oneview_certificate as module
from jobwise_emulator.authority import Authority
from tests.unit.http.servers import Answer
from tests.unit.oneview.scripted import TASK, MakeAppliance, ScriptedAppliance, collection, error_from, refused, task

ROOT = Authority("Example CA")
LEAF, OTHER = ROOT.issue("array.example.com"), ROOT.issue("array.example.com")
SPEC = module.TASK.argument_spec()
ABSENT = refused(404)
TAKEN = Answer(202, None, {"Location": TASK})


def one_of(text: str) -> der.Certificate:
    return pem.chain(text, "certificate")[0]


CERTIFICATE = pem.render([one_of(LEAF.certificate)])
BARE = "".join(line for line in CERTIFICATE.splitlines() if not line.startswith("---"))
WRAPPED_ANEW = "-----BEGIN CERTIFICATE-----\r\n" + BARE[:76] + "\r\n" + BARE[76:] + "\r\n-----END CERTIFICATE-----"


def held(text: str, alias: str = "array", **more: t.Any) -> Answer:
    detail = {"type": "CertificateDetailV2", "aliasName": alias, "base64Data": text, "issuer": "CN=Example CA"}
    return Answer(200, {"type": "CertificateInfoV2", "certificateDetails": [detail], **more})


def authority(text: str) -> Answer:
    return Answer(200, {"type": "CertificateAuthorityInfo", "certificateDetails": {"base64Data": text}})


def bring_about(one: ScriptedAppliance, dry: bool = False, **desired: t.Any) -> RunResult:
    params = {name: option.get("default") for name, option in SPEC.items()}
    return one.bring_about(lambda client: module.make_handler(client, {**params, "alias": "array", **desired}), dry=dry)


@pytest.mark.parametrize("text", [CERTIFICATE, WRAPPED_ANEW, BARE, CERTIFICATE.strip().replace("\n", "\\n")])
def test_the_same_certificate_however_it_is_wrapped(appliance: MakeAppliance, text: str) -> None:
    one = appliance(held(text))
    assert not bring_about(one, certificate=CERTIFICATE).changed
    assert one.talk == ["GET certificates/servers/array"]


def named(alias: str) -> t.Any:
    return {**t.cast(t.Any, held(CERTIFICATE, alias).body), "uri": f"/rest/certificates/servers/{alias.swapcase()}-1"}


def test_an_alias_that_the_appliance_finds_in_another_spelling(appliance: MakeAppliance) -> None:
    """The exact one is meant, a single one as well; several others are refused and listed."""
    one = appliance(held(CERTIFICATE, "Array"), collection(named("Array"), named("array")), Answer(200, named("array")))
    record = bring_about(one, state="absent", dry=True)
    assert record.plan.requests[0].path == "/rest/certificates/servers/ARRAY-1"
    one = appliance(held(CERTIFICATE, "Array"), collection(named("Array")), Answer(200, named("Array")))
    assert bring_about(one, state="absent", dry=True).plan.requests[0].path == "/rest/certificates/servers/aRRAY-1"
    one = appliance(held(CERTIFICATE, "Array"), collection(named("Array"), named("ARRAY")))
    error = error_from(lambda: bring_about(one, state="absent"))
    assert error.kind == "input" and "servers/aRRAY-1" in error.message and "servers/array-1" in error.message


def test_a_new_one(appliance: MakeAppliance, tmp_path: Path) -> None:
    path = tmp_path / "array.pem"
    path.write_text(CERTIFICATE, encoding="ascii")
    one = appliance(ABSENT, TAKEN, task(name="Add"), held(WRAPPED_ANEW, "my array"))
    record = bring_about(one, alias="my array", certificate_path=str(path), leaf_only=True)
    assert record.changed and record.warnings == []
    assert one.talk[:2] == ["GET certificates/servers/my%20array", "POST certificates/servers"]
    assert one.requests[1].headers["forcesaveleaf"] == "true"
    detail = {"type": "CertificateDetailV2", "aliasName": "my array", "base64Data": CERTIFICATE}
    assert one.requests[1].body == {"type": "CertificateInfoV2", "certificateDetails": [detail]}


def test_another_one_replaces_it(appliance: MakeAppliance) -> None:
    one = appliance(
        held(OTHER.certificate, eTag="5", uri="/rest/certificates/servers/array"), TAKEN, task(), held(CERTIFICATE)
    )
    record = bring_about(one, certificate=CERTIFICATE)
    assert record.plan.before["certificate"] == str(one_of(OTHER.certificate))
    assert record.plan.after["certificate"] == str(one_of(LEAF.certificate))
    assert one.talk[1] == "PUT certificates/servers/array" and one.requests[1].headers["if-match"] == "5"
    assert [sorted(one) for one in one.requests[1].body["certificateDetails"]] == [["aliasName", "base64Data", "type"]]


def test_one_that_cannot_be_read_is_replaced(appliance: MakeAppliance) -> None:
    record = bring_about(appliance(held("nonsense")), certificate=CERTIFICATE, dry=True)
    assert record.changed and record.plan.before["certificate"] == "a certificate that cannot be read"


def test_an_end_of_trust(appliance: MakeAppliance) -> None:
    one = appliance(held(CERTIFICATE, eTag="5"), TAKEN, task(name="Delete"), ABSENT)
    assert bring_about(one, state="absent").changed
    assert one.talk[1] == "DELETE certificates/servers/array" and "forcesaveleaf" not in one.requests[1].headers
    assert not bring_about(appliance(ABSENT), state="absent").changed


class TestAuthorities:
    def test_converged(self, appliance: MakeAppliance) -> None:
        one = appliance(authority(ROOT.pem))
        assert not bring_about(one, type="authority", certificate=ROOT.pem).changed
        assert one.requests[0].headers["if-req-certdetails"] == "true"

    def test_a_new_one(self, appliance: MakeAppliance) -> None:
        one = appliance(ABSENT, TAKEN, task(), authority(ROOT.pem))
        bring_about(one, type="authority", certificate=ROOT.pem)
        assert one.requests[1].body["type"] == "CertificateAuthorityInfo"
        assert one.requests[1].body["certificateDetails"]["aliasName"] == "array"

    def test_another_one_takes_its_place(self, appliance: MakeAppliance) -> None:
        one = appliance(authority(CERTIFICATE), TAKEN, task(name="Delete"), TAKEN, task(), authority(ROOT.pem))
        record = bring_about(one, type="authority", certificate=ROOT.pem)
        writes = [line for line in one.talk if not line.startswith("GET")]
        assert writes == ["DELETE certificates/ca/array", "POST certificates/ca"] and record.warnings == []


class TestFetched:
    CHAIN = Answer(
        200, {"certificateDetails": [{"base64Data": CERTIFICATE}, {"base64Data": pem.render([one_of(ROOT.pem)])}]}
    )

    def test_from_a_server(self, appliance: MakeAppliance) -> None:
        one = appliance(self.CHAIN, held(CERTIFICATE))
        assert not bring_about(one, remote_host="array.example.com").changed
        assert one.talk[0] == "GET certificates/https/remote/array.example.com"

    def test_the_root_that_it_sends_along(self, appliance: MakeAppliance) -> None:
        one = appliance(self.CHAIN, authority(ROOT.pem))
        assert not bring_about(one, type="authority", remote_host="192.0.2.1", remote_port=8443).changed
        assert one.talk[0] == "GET certificates/https/remote/192.0.2.1:8443"

    @pytest.mark.parametrize("colons", [False, True])
    def test_with_the_thumbprint_that_is_known(self, appliance: MakeAppliance, colons: bool) -> None:
        thumbprint = one_of(LEAF.certificate).thumbprint.upper()
        given = ":".join(thumbprint[at : at + 2] for at in range(0, 64, 2)) if colons else thumbprint
        assert not bring_about(appliance(self.CHAIN, held(CERTIFICATE)), remote_host="a", sha256=given).changed

    def test_another_thumbprint_is_not_trusted(self, appliance: MakeAppliance) -> None:
        one = appliance(self.CHAIN)
        error = error_from(lambda: bring_about(one, remote_host="a", sha256="0" * 64))
        assert "may be intercepted" in error.hint and error.message.startswith(
            "a has a certificate with another thumbprint"
        )
        assert "another thumbprint" in str(error) and one_of(LEAF.certificate).thumbprint in str(error)
        assert all(line.startswith("GET") for line in one.talk)

    @pytest.mark.parametrize("option", ["certificate", "certificate_path"])
    def test_another_thumbprint_than_that_of_a_given_one(
        self, appliance: MakeAppliance, tmp_path: Path, option: str
    ) -> None:
        path = tmp_path / "array.pem"
        path.write_text(CERTIFICATE, encoding="ascii")
        desired: dict[str, t.Any] = {option: CERTIFICATE if option == "certificate" else str(path), "sha256": "0" * 64}
        error = error_from(lambda: bring_about(appliance(bare=True), **desired))
        assert error.message.startswith(f"{option} holds a certificate with another thumbprint than sha256: ")
        assert one_of(LEAF.certificate).thumbprint in error.message and "Nothing was written" in error.hint
        assert "in between" not in str(error) and "None" not in str(error)

    def test_nothing_there(self, appliance: MakeAppliance) -> None:
        error = error_from(lambda: bring_about(appliance(ABSENT), remote_host="a"))
        assert str(error).startswith("The appliance cannot fetch a certificate from a.")

    def test_no_root_sent(self, appliance: MakeAppliance) -> None:
        leaf = Answer(200, {"certificateDetails": [{"base64Data": CERTIFICATE}]})
        error = error_from(lambda: bring_about(appliance(leaf), type="authority", remote_host="a"))
        assert "does not send the certificate of its root CA" in str(error)


@pytest.mark.parametrize(
    "desired, words",
    [
        ({}, "Give one of certificate"),
        ({"certificate": "x"}, "certificate is not PEM"),
        ({"certificate": CERTIFICATE + ROOT.pem}, "holds 2 certificates"),
        ({"remote_host": "https://a"}, "without scheme"),
        ({"remote_host": "a", "remote_port": 0}, "remote_port must be"),
        ({"remote_host": "a", "sha256": "12"}, "64 hexadecimal digits"),
        ({"certificate": CERTIFICATE, "alias": ""}, "alias is empty"),
    ],
)
def test_what_cannot_be(appliance: MakeAppliance, desired: dict[str, t.Any], words: str) -> None:
    assert words in str(error_from(lambda: bring_about(appliance(bare=True), **desired)))
