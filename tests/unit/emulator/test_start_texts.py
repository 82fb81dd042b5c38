# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``python -m tests.emulated`` says about each platform is what its seed holds, passwords included."""

from __future__ import annotations

import pytest

from jobwise_emulator.oneview import default_seed as oneview
from jobwise_emulator.oneview.settings import SETTINGS
from jobwise_emulator.ontap_select import default_seed as select
from tests.emulated import THERE


def deploy_words() -> list[str]:
    """The vCenter and a KVM host with their logins, and where a node could go."""
    center = select.vcenters()["vcenter01.example.com"]
    esx, kvm = select.esx_hosts()[0], select.kvm_hosts()[0]
    places = [part["name"] for host in (esx, kvm) for kind in ("networks", "pools") for part in host[kind]]
    return [esx["management_server"], *center.values(), kvm["username"], kvm["password"], *places]


def appliance_words() -> list[str]:
    """What can be used, and the login of the array that can be added."""
    seed, dummy = oneview.built_in(None, {})
    named = ["fc-networks", "network-sets", "server-profiles", "server-profile-templates"]
    array = SETTINGS["arrays"]["array02.example.com"]
    users = [user["userName"] for user in seed["users"] if user["userName"] in ("operator", "backup", "netadmin")]
    names = [one["name"] for path in named for one in seed[path]]
    return [*names, *users, "array02.example.com", array["username"], array["password"], seed["users"][0]["password"]]


@pytest.mark.parametrize(("platform", "words"), [("ontap_select", deploy_words()), ("oneview", appliance_words())])
def test_the_start_text_names_what_a_user_needs(platform: str, words: list[str]) -> None:
    assert [word for word in words if word not in THERE[platform]] == []
