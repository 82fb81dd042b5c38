# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A vCenter: what the array does not show is written when it is due, and once; there is one vCenter."""

from __future__ import annotations

import typing as t

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_alike import task_of, written

ADDRESS = "vc1.example.com"
THUMBPRINT = ":".join(["9F"] * 32)
LOGIN: dict[str, t.Any] = {"vcenter_username": "array@vsphere.local", "vcenter_password": "First!secret1"}
VERIFIED: dict[str, t.Any] = {"is_verify_server_cert": True, "server_cert_thumbprint": THUMBPRINT}
VASA: dict[str, t.Any] = {"vasa_username": "vasa", "vasa_password": "V4sa!secret"}


def test_what_is_not_shown_is_written_when_it_is_due(run: Runner, emulator: Emulator) -> None:
    def plan(**options: t.Any) -> list[str]:
        found: list[str] = run(task_of("vcenter"), **{"address": ADDRESS, **options})["plan"]
        return [sentence.replace(f" of vCenter {options.get('address', ADDRESS)}", "") for sentence in found]

    created = run(task_of("vcenter"), address=ADDRESS, **LOGIN, **VERIFIED)
    assert created["resource"]["vendor_provider_status"] == "Not_Registered", created
    assert plan(**LOGIN, **VERIFIED) == []
    assert plan(**VASA) == ["change vasa_username and vasa_password"]
    assert plan(address=ADDRESS.upper(), **LOGIN, **VERIFIED, **VASA) == []
    emulator.change("vcenter", id=created["resource"]["id"], set={"vendor_provider_status": "Offline"})
    assert plan(**LOGIN, **VERIFIED, **VASA) == ["change vasa_username and vasa_password"]
    assert plan(**VERIFIED, update_secrets="always") == ["change server_cert_thumbprint"]
    assert plan(is_verify_server_cert=False) == ["change is_verify_server_cert"]
    assert plan(**VERIFIED) == ["change is_verify_server_cert and server_cert_thumbprint"]
    other = {**LOGIN, "vcenter_username": "other@vsphere.local"}
    assert plan(**other) == ["change vcenter_username and vcenter_password"]


def test_what_the_array_would_refuse_is_not_written(run: Runner, emulator: Emulator) -> None:
    run(task_of("vcenter"), address=ADDRESS, is_verify_server_cert=False, **LOGIN)
    before = len(written(emulator))
    cases: list[tuple[dict[str, t.Any], str]] = [
        ({"vcenter_username": "other"}, "asked for 'other': that needs vcenter_password."),
        ({"is_verify_server_cert": True}, "is_verify_server_cert: true needs server_cert_thumbprint."),
        ({"vasa_username": "vasa"}, "vasa_username needs vasa_password."),
        ({"address": "vc2.example.com", **LOGIN}, f"The array is connected to vCenter {ADDRESS}"),
    ]
    for options, words in cases:
        result = run(task_of("vcenter"), **{"address": ADDRESS, **options})
        assert result["error"]["kind"] == "input" and words in result["msg"], result
    assert len(written(emulator)) == before
