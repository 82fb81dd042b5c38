# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Credentials: known by their server, made once, never changed in silence."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.credentials import CredentialHandler
from tests.unit.ontap_select.scripted import MakeDeploy, records

WANT = {"hostname": "vc1", "type": "vcenter", "user": "root", "user_password": "Secret!", "wait_timeout": 5.0}


def subject(deploy: MakeDeploy, *rows: dict[str, t.Any], **options: t.Any) -> tuple[CredentialHandler, t.Any]:
    it = CredentialHandler(deploy(records(*rows), records(*rows)).client, {**WANT, **options})
    return it, it.read()


def test_a_user_of_the_same_name_elsewhere_is_another_credential(deploy: MakeDeploy) -> None:
    it, current = subject(deploy, {"id": "1", "hostname": "vc2", "type": "vcenter", "username": "root"})
    plan = it.plan(current, NEW_RUN)
    assert plan.sentences() == ["add the credential for vCenter vc1 with user root"]
    assert plan.requests[0].body == {"hostname": "vc1", "type": "vcenter", "username": "root", "password": "Secret!"}
    assert "Secret" not in f"{plan.before}{plan.after}"


def test_one_that_deploy_has_in_another_case_is_found_by_a_second_read(deploy: MakeDeploy) -> None:
    it = deploy(records(), records({"id": "1", "hostname": "VC1", "type": "vcenter", "username": "root"}))
    one = CredentialHandler(it.client, WANT)
    assert not one.plan(one.read(), NEW_RUN).steps
    assert [query.get("hostname") for query in it.queries] == ["vc1", None]


@pytest.mark.parametrize("row", [{"type": "vcenter", "username": "root"}, {"username": "root"}, {}])
def test_one_that_is_there_is_left_alone(deploy: MakeDeploy, row: dict[str, t.Any]) -> None:
    it, current = subject(deploy, {"id": "1", "hostname": "VC1", **row})
    assert current and not it.plan(current, NEW_RUN).steps


def test_one_of_another_type_is_another_one(deploy: MakeDeploy) -> None:
    it, current = subject(deploy, {"id": "1", "hostname": "vc1", "type": "host", "username": "root"})
    assert current is None and it.plan(current, NEW_RUN).steps


@pytest.mark.parametrize(
    "rows, options, words",
    [
        (
            [{"id": "1", "hostname": "vc1", "username": "other"}],
            {},
            "exists with user other, but the task asks for root",
        ),
        ([], {"user": None}, "to make it, give user, too"),
        ([], {"user": None, "user_password": None}, "give user and user_password, too"),
    ],
)
def test_what_cannot_be(deploy: MakeDeploy, rows: list[t.Any], options: dict[str, t.Any], words: str) -> None:
    it, current = subject(deploy, *rows, **options)
    with pytest.raises(InputError) as caught:
        it.plan(current, NEW_RUN)
    assert words in str(caught.value) and "Secret" not in str(caught.value)


def test_a_server_without_a_name() -> None:
    with pytest.raises(InputError, match="hostname is empty"):
        CredentialHandler(t.cast(t.Any, None), {**WANT, "hostname": " "})
