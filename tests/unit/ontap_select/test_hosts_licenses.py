# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hosts, licence files and checks of the network: what is planned, and what cannot be."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    InputError,
    Refused,
    VersionConflict,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.hosts import HostHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.licenses import LicenseHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.network_checks import NetworkCheckHandler
from tests.unit.ontap_select.scripted import MakeDeploy, accepted, records, refused, told

HOST = {
    "state": "present",
    "name": "esx1",
    "hypervisor_type": "ESX",
    "management_server": "vc1",
    "host_username": None,
    "host_password": None,
    "if_missing": "fail",
    "wait_timeout": 5.0,
}
THERE = {"id": "h1", "name": "esx1", "hypervisor_type": "ESX", "management_server": "vc1"}


def host(deploy: MakeDeploy, *answers: t.Any, **options: t.Any) -> HostHandler:
    return HostHandler(deploy(*answers).client, {**HOST, **options})


@pytest.mark.parametrize(
    "options, body",
    [
        ({}, {"name": "esx1", "hypervisor_type": "ESX", "management_server": "vc1"}),
        ({"management_server": None}, {"name": "esx1", "hypervisor_type": "ESX"}),
        (
            {"management_server": None, "hypervisor_type": "KVM", "host_username": "root", "host_password": "x"},
            {"name": "esx1", "hypervisor_type": "KVM", "credential": {"username": "root", "password": "x"}},
        ),
    ],
)
def test_a_host_is_added(deploy: MakeDeploy, options: dict[str, t.Any], body: dict[str, t.Any]) -> None:
    plan = host(deploy, **options).plan(None, NEW_RUN)
    assert [step.body for step in plan.requests] == [{"hosts": [body]}]
    assert "password': 'x'" not in str(plan.after)


@pytest.mark.parametrize(
    "current, options, words",
    [
        (THERE, {"management_server": "vc2"}, "management_server is 'vc1', but the task asks for 'vc2'"),
        (
            THERE,
            {"hypervisor_type": "KVM", "management_server": ""},
            "hypervisor_type is 'ESX', but the task asks for 'KVM'",
        ),
        (None, {"hypervisor_type": None}, "give hypervisor_type, too"),
    ],
)
def test_what_a_host_cannot_be(deploy: MakeDeploy, current: t.Any, options: dict[str, t.Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        host(deploy, **options).plan(current, NEW_RUN)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"name": ""}, "name is empty"),
        ({"hypervisor_type": "KVM"}, "has no management_server"),
        ({"host_username": "root"}, "is managed by vc1, whose credential"),
    ],
)
def test_what_is_wrong_with_a_host_is_told_before_anything_is_asked(
    deploy: MakeDeploy, options: dict[str, t.Any], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        host(deploy, **options)


def test_a_credential_that_is_missing(deploy: MakeDeploy) -> None:
    missing = "Deploy has no credential for vc1 yet, which host esx1 needs."
    it = host(deploy, records(), records(), records(), records())
    plan = it.plan(it.read(), NEW_RUN)
    with pytest.raises(InputError, match=missing):
        it.preflight(None, plan)
    it = host(deploy, records(), records(), records(), records(), if_missing="plan")
    plan = it.plan(it.read(), NEW_RUN)
    it.preflight(None, plan)
    assert plan.warnings == (f"{missing} This plan assumes that it exists.",)
    with pytest.raises(InputError, match=missing):
        it.send(plan.requests[0])
    it = host(deploy, records(), records(), records(), records({"id": "1", "hostname": "VC1"}))
    plan = it.plan(it.read(), NEW_RUN)
    it.preflight(None, plan)
    assert plan.warnings == ()


def test_names_are_the_same_in_any_case(deploy: MakeDeploy) -> None:
    it = host(deploy, records(), records({**THERE, "name": "ESX1", "management_server": "VC1"}))
    plan = it.plan(it.read(), NEW_RUN)
    assert plan.steps == () and plan.before == plan.after


def test_a_host_that_somebody_else_has_just_added(deploy: MakeDeploy) -> None:
    it = host(deploy, refused(400, "known"), records(THERE))
    with pytest.raises(VersionConflict, match="known"):
        it.send(it.plan(None, NEW_RUN).requests[0])
    it = host(deploy, refused(400, "bad"), records(), records(), records({"id": "c1", "hostname": "vc1"}))
    with pytest.raises(Refused, match="bad") as caught:
        it.send(it.plan(None, NEW_RUN).requests[0])
    assert not isinstance(caught.value, VersionConflict)


@pytest.mark.parametrize("text, about", [("Add host esx1: login", True), ("Add host esx10", False), ("ESX1.", True)])
def test_jobs_that_name_the_host(deploy: MakeDeploy, text: str, about: bool) -> None:
    it = host(deploy, records(told("running", text)))
    assert [job.action for job in it.find_jobs(None, ["create"]) or []] == (["create"] if about else [])


def licence(deploy: MakeDeploy, path: Path, *answers: t.Any, **options: t.Any) -> LicenseHandler:
    desired = {"license_file": str(path), "serial_number": None, "replace": False, "wait_timeout": 5.0}
    return LicenseHandler(deploy(*answers).client, {**desired, **options})


@pytest.fixture
def nlf(tmp_path: Path) -> Path:
    path = tmp_path / "l.nlf"
    path.write_text('{"statusResp": {"serialNumber": "320000042"}}', encoding="utf-8-sig")
    return path


def test_a_licence_is_known_by_the_serial_number_in_its_file(deploy: MakeDeploy, nlf: Path) -> None:
    it = licence(deploy, nlf, records(), accepted(told("queued")))
    plan = it.plan(it.read(), NEW_RUN)
    assert plan.sentences() == ["add licence 320000042"]
    assert it.send(plan.requests[0]).id == "j1"
    assert not licence(deploy, nlf).plan({"id": "320000042"}, NEW_RUN).steps


def test_a_licence_in_use_is_replaced_with_a_login_to_ontap(deploy: MakeDeploy, nlf: Path) -> None:
    used = (records({"id": "320000042"}), records({"id": "1", "name": "c1"}))
    it = licence(deploy, nlf, *used, replace=True)
    with pytest.raises(InputError, match="is used by c1"):
        it.plan(it.read(), NEW_RUN)
    it = licence(deploy, nlf, *used, replace=True, ontap_username="admin", ontap_password="Secret!")
    step = it.plan(it.read(), NEW_RUN).requests[0]
    assert (step.verb, step.path, step.body) == ("PUT", "licensing/licenses/320000042", None)
    assert not it.plan({"id": "320000042"}, NEW_RUN.accepted(step)).steps


@pytest.mark.parametrize(
    "content, words",
    [
        (b"", "is empty"),
        (b"x" * 2000000, "too large"),
        (b"{}", "contains no serial number"),
        (b"\xff\x00", "no serial"),
    ],
)
def test_what_is_no_licence_file(deploy: MakeDeploy, tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "l").write_bytes(content)
    with pytest.raises(InputError, match=words):
        licence(deploy, tmp_path / "l")


def test_a_file_that_is_not_there(deploy: MakeDeploy, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        licence(deploy, tmp_path / "l")


def check(deploy: MakeDeploy, *names: tuple[str, str], **options: t.Any) -> NetworkCheckHandler:
    networks = [{"host_name": name, "network_name": network} for name, network in names]
    desired = {
        "host_networks": networks,
        "mode": "quick",
        "vswitch_type": "StandardvSwitch",
        "debug": False,
        "mtu": None,
    }
    return NetworkCheckHandler(deploy().client, {**desired, **options})


def test_a_check_is_made_once(deploy: MakeDeploy) -> None:
    it = check(deploy, ("esx1", "net"), ("esx2", "net"), mtu=9000)
    step = it.plan(it.read(), NEW_RUN).requests[0]
    assert step.summary == "check the network between esx1, esx2 (quick)"
    assert step.body and step.body["mtu"] == 9000
    assert not it.plan(None, NEW_RUN.accepted(step)).steps


@pytest.mark.parametrize(
    "names, words", [([("esx1", "a"), ("ESX1", "b")], "two hosts"), ([("esx1", ""), ("esx2", "b")], "empty entry")]
)
def test_what_cannot_be_checked(deploy: MakeDeploy, names: list[tuple[str, str]], words: str) -> None:
    with pytest.raises(InputError, match=words):
        check(deploy, *names)
