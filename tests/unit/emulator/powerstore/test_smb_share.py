# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of SMB shares and their ACL."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.resources.smb_share import EVERYONE
from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.bodies_of_types import Bodies


def entry(name: str, level: str = "Read", kind: str = "Allow") -> Json:
    return {"trustee_type": "User", "trustee_name": name, "access_level": level, "access_type": kind}


@pytest.fixture
def share(array: Array) -> str:
    """The path of a share."""
    return f"smb_share/{array.do('POST', 'smb_share', Bodies(array).create('smb_share'))['id']}"


def acl(array: Array, share: str) -> list[str]:
    """The ACL in words."""
    found = array.do("POST", f"{share}/get_acl")["aces"]
    return [f"{one['access_type']} {one['access_level']} {one['trustee_name']}" for one in found]


def test_a_new_one_is_for_everyone(array: Array, share: str) -> None:
    assert array.get(share, select="umask,offline_availability,is_ABE_enabled") == {
        "umask": "022",
        "offline_availability": "None",
        "is_ABE_enabled": False,
    }
    assert array.do("POST", f"{share}/get_acl") == {"aces": [EVERYONE]}


def test_entries_that_deny_come_first(array: Array, share: str) -> None:
    array.do("POST", f"{share}/set_acl", {"aces": [entry("d\\a"), entry("d\\b", "Full", "Deny")]})
    assert acl(array, share) == ["Deny Full d\\b", "Allow Read d\\a"]
    change = {"remove_aces": [entry("D\\A")], "add_aces": [entry("d\\c", "Full", "Deny"), entry("d\\a", "Change")]}
    array.do("POST", f"{share}/set_acl", change)
    assert acl(array, share) == ["Deny Full d\\b", "Deny Full d\\c", "Allow Change d\\a"]
    array.do("POST", f"{share}/set_acl", {"aces": []})
    assert acl(array, share) == []


@pytest.mark.parametrize(
    "body, status",
    [
        ({}, 400),
        ({"aces": [], "add_aces": [entry("d\\a")]}, 400),
        ({"add_aces": [EVERYONE]}, 400),
        ({"remove_aces": [entry("d\\a")]}, 400),
        ({"add_aces": [entry("D\\Ghost")]}, 422),
        ({"aces": [entry(f"d\\u{number}") for number in range(601)]}, 422),
    ],
)
def test_what_is_no_acl(array: Array, share: str, body: Json, status: int) -> None:
    array.platform.change({"type": "settings", "set": {"unknown_accounts": ["d\\ghost"]}})
    assert array.refused("POST", f"{share}/set_acl", body)[0] == status
    assert acl(array, share) == ["Allow Full Everyone"]


def test_a_seed_may_have_the_entries(array: Array, share: str) -> None:
    key = share.partition("/")[2]
    array.platform.change({"type": "smb_share", "id": key, "set": {"aces": [entry("d\\a")]}})
    array.platform.change({"type": "smb_share", "id": key, "set": {"description": "changed"}})
    assert acl(array, share) == ["Allow Read d\\a"]
    assert set(array.get(share)) == {"id"}, "no attribute holds the ACL"
