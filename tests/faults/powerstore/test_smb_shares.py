# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""SMB shares and their ACL, which an action reads and another one writes."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import powerstore_config, smb_share
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Options = t.Dict[str, t.Any]
ALLOWED: Options = {"access_type": "Allow", "access_level": "Change", "trustee_type": "Group"}
STAFF: Options = {**ALLOWED, "trustee_name": "CORP\\staff"}
GHOST: Options = {**ALLOWED, "trustee_name": "CORP\\ghost"}
HOME: Options = {"name": "home", "nas_server": "nas1", "file_system": "home", "path": "/home", "acl": [STAFF]}


@pytest.fixture(autouse=True)
def file_system(emulator: Emulator) -> str:
    """The id of a file system on a NAS server."""
    server = emulator.change("nas_server", create={"name": "nas1"})["id"]
    emulator.change("smb_server", create={"nas_server_id": server})
    system = {"name": "home", "nas_server_id": server, "filesystem_type": "Primary"}
    return str(emulator.change("file_system", create=system)["id"])


def asked(emulator: Emulator, since: int) -> list[str]:
    requests = emulator.requests()["requests"][since:]
    return [f"{one['method']} {one['path'].split('/rest/')[1].partition('/')[0]}" for one in requests]


def test_a_converged_task_reads_the_acl_only_if_it_gives_one(run: Runner, emulator: Emulator) -> None:
    made = run(smb_share.TASK, **HOME)
    assert made["plan"] == [
        "create SMB share home",
        "add 1 ACE (Allow Change Group CORP\\staff) to SMB share home, "
        "remove 1 ACE (Allow Full WellKnown Everyone) from SMB share home",
    ]
    assert made["diff"]["after"]["acl"] == [STAFF] and made["resource"]["acl"] == [STAFF]
    for given, reads in ((HOME, ["GET smb_share", "POST smb_share"]), ({**HOME, "acl": None}, ["GET smb_share"])):
        since = len(emulator.requests()["requests"])
        again = run(smb_share.TASK, **given)
        assert not again["changed"] and asked(emulator, since) == [*reads, "POST logout"], again


@pytest.mark.parametrize("is_new", [True, False])
def test_an_unknown_account_is_refused_with_the_reason_of_the_array(
    run: Runner, emulator: Emulator, is_new: bool
) -> None:
    emulator.change("settings", set={"unknown_accounts": ["CORP\\ghost"]})
    if not is_new:
        run(smb_share.TASK, **HOME)
    result = run(smb_share.TASK, **{**HOME, "acl": [STAFF, GHOST]})
    assert result["failed"] and result["error"]["kind"] == "refused", result
    assert "The account CORP\\ghost cannot be resolved to a SID." in result["msg"]
    assert result["changed"] is is_new and result["resource"]["name"] == "home"


def test_an_older_release_has_no_acl(run: Runner, emulator: Emulator) -> None:
    run(smb_share.TASK, **HOME)
    emulator.fault("status", "POST", "smb_share/*/get_acl", status=404, body={"messages": []}, times=9)
    result = run(smb_share.TASK, check=True, **HOME)
    assert result["error"]["kind"] == "unsupported", result
    assert "does not know the acl of SMB shares, which PowerStoreOS 3.5 and later has" in result["msg"]
    assert not run(smb_share.TASK, **{**HOME, "acl": None}).get("failed")


@pytest.mark.parametrize("body", [{"aces": "none"}, {"aces": [{"trustee_name": 5}]}, [], {"aces": [None]}])
def test_an_answer_that_is_no_acl(run: Runner, emulator: Emulator, body: t.Any) -> None:
    run(smb_share.TASK, **HOME)
    emulator.fault("status", "POST", "smb_share/*/get_acl", status=200, body=body, times=9)
    result = run(smb_share.TASK, **HOME)
    assert result["error"]["kind"] == "reply" and "get_acl" in result["msg"], result


def test_a_gathered_document_has_the_acl(run: Runner, emulator: Emulator) -> None:
    run(smb_share.TASK, **HOME)
    found = run(powerstore_config.TASK, state="gathered", only_types=["smb_share"])
    assert found["gathered"] == {"smb_share": [HOME]}, found
    config: Options = {"smb_share": [{**HOME, "acl": [STAFF, {**STAFF, "access_level": "Full"}]}]}
    checked = run(powerstore_config.TASK, check=True, config=config)
    done, again = run(powerstore_config.TASK, config=config), run(powerstore_config.TASK, config=config)
    assert checked["plan"] == done["plan"] == ["add 1 ACE (Allow Full Group CORP\\staff) to SMB share home"]
    assert not again["changed"], again
