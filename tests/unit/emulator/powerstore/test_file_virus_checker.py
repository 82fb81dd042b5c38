# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of virus checkers."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array


@pytest.fixture
def checker(array: Array) -> str:
    """The path of a virus checker."""
    array.do("POST", "nas_server", {"name": "nas1"})
    body = {"nas_server_id": "name:nas1", "msrpc_user": "u", "msrpc_user_password": "secret"}
    return f"file_virus_checker/{array.do('POST', 'file_virus_checker', body)['id']}"


def test_a_new_one_is_disabled_until_it_has_servers(array: Array, checker: str) -> None:
    shown = array.get(checker, select="is_enabled,offline_policy,survey_time,msrpc_user,msrpc_user_password")
    expected = {"is_enabled": False, "offline_policy": "Allow_Access", "survey_time": 10, "msrpc_user": "u"}
    assert shown == {**expected, "msrpc_user_password": None}
    assert array.refused("PATCH", checker, {"is_enabled": True})[0] == 422
    array.do("PATCH", checker, {"is_enabled": True, "ip_addresses": ["scan1.example.com"]})
    assert array.refused("POST", "file_virus_checker", {"nas_server_id": "name:nas1"})[0] == 422


@pytest.mark.parametrize(
    "body",
    [{"ip_addresses": ["two words"]}, {"files_to_scan": ["*.exe", "*.EXE"]}, {"ip_addresses": []}],
)
def test_wrong_lists(array: Array, checker: str, body: Json) -> None:
    assert array.refused("PATCH", checker, body)[0] == 400


def test_accounts_with_the_privilege(array: Array, checker: str) -> None:
    account = {"account": "EXAMPLE\\scanner"}
    array.do("POST", f"{checker}/add_privileged_account", account)
    assert array.refused("POST", f"{checker}/add_privileged_account", account)[0] == 422
    assert array.do("POST", f"{checker}/get_privileged_accounts") == {"accounts": [account["account"]]}
    array.do("POST", f"{checker}/remove_privileged_account", {"account": account["account"].lower()})
    assert array.do("POST", f"{checker}/get_privileged_accounts") == {"accounts": []}
    assert array.refused("POST", f"{checker}/remove_privileged_account", account)[0] == 422


def test_scans_run_for_a_while(array: Array, checker: str) -> None:
    size = {"size_total": 4 * 1024**3}
    key = array.do("POST", "file_system", {"name": "home", "nas_server_id": "name:nas1", **size})["id"]
    systems = {"file_system_ids": [key]}
    assert array.refused("POST", f"{checker}/start_scan", systems)[0] == 422
    array.do("PATCH", checker, {"is_enabled": True, "ip_addresses": ["scan1.example.com"]})
    array.do("POST", f"{checker}/start_scan", systems)
    assert array.refused("POST", f"{checker}/start_scan", systems)[0] == 422
    (scan,) = array.do("POST", f"{checker}/scan_status", {"is_get_all": True})["scan_status"]
    assert (scan["file_system_id"], scan["status"]) == (key, "Scanning")
    for body in ({}, {"is_get_all": True, **systems}):
        assert array.refused("POST", f"{checker}/scan_status", body)[0] == 400
    array.clock.advance(60)
    assert array.do("POST", f"{checker}/scan_status", {"is_get_all": True}) == {"scan_status": []}
    array.do("POST", f"{checker}/start_scan", systems)
    array.do("POST", f"{checker}/stop_scan", {"is_stop_all": True})
    assert array.do("POST", f"{checker}/scan_status", systems)["scan_status"][0]["status"] == "Stopped"
    array.do("POST", "nas_server", {"name": "nas2"})
    other = array.do("POST", "file_system", {"name": "home", "nas_server_id": "name:nas2", **size})["id"]
    assert array.refused("POST", f"{checker}/start_scan", {"file_system_ids": [other]})[0] == 422
