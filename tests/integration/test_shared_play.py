# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every module with values by one play: check mode, create, again, change, wrong input, rename, absent.

Each task is played in check mode, for real, and a second time. ``shared_results.py`` says what the results must look
like. What is special about a module is in its target.
"""

from __future__ import annotations

import typing as t

import pytest

from tests import values
from tests.values import Values, load

from .conftest import Player, played_on_both_cores
from .shared_play import AGAIN, setup_tasks, steps
from .shared_results import QUALIFIERS, Outcome, outcomes, problems

AS_MODULES = ("local_user", "ntp", "oneview_scope")
"""What is played as modules, too: secrets, a table alone, and another platform. The others would take minutes and prove
the same: each task of a module starts a Python of its own."""
PLAYED = played_on_both_cores(values.MODULES, AS_MODULES)
BANDWIDTH = "GET connection-templates"
MORE_READS = {
    "cert_role_mapping": (("GET cert_role_mapping", "GET role"), "the array does not expand the role of a holder"),
    "file_kerberos": (("GET file_kerberos",) * 2, "the download of the keytab"),
    "file_ldap": (("GET file_ldap",) * 3, "one download for each file that the task asks for"),
    "ldap_account": (
        ("GET ldap_domain", "GET ldap_account", "GET role"),
        "the array expands neither the domain of an account nor its role",
    ),
    "file_virus_checker": (
        ("GET file_virus_checker", "POST file_virus_checker/get_privileged_accounts"),
        "an action returns the accounts with the privilege",
    ),
    "local_user": (("GET local_user", "GET role"), "the array does not expand the role of a user"),
    "maintenance_window": (
        ("GET maintenance_window", "GET cluster"),
        "the end of a window is a time of the array's clock",
    ),
    "service_config": (("GET appliance", "GET service_config"), "the array does not expand the appliance"),
    "smb_share": (("GET smb_share", "POST smb_share/get_acl"), "an action returns the ACL"),
    "nas_server": (("GET nas_server",) * 3, "one download for each file that the task asks for"),
    "oneview_ethernet_network": (("GET ethernet-networks", BANDWIDTH), "the bandwidth is in another resource"),
    "oneview_fc_network": (("GET fc-networks", BANDWIDTH), "the bandwidth is in another resource"),
    "oneview_network_set": (
        ("GET network-sets", "GET ethernet-networks", BANDWIDTH),
        "the appliance returns only URIs of the networks, and the bandwidth is in another resource",
    ),
    "oneview_scope": (
        ("GET scopes", "GET index", "GET ethernet-networks"),
        "the resources of a scope are in the index, and names of networks are looked up among the networks",
    ),
    "oneview_server_profile": (
        ("GET server-profiles", "GET server-profile-templates", "GET server-hardware"),
        "the appliance returns only URIs of template and server",
    ),
    "oneview_volume": (
        ("GET storage-volumes", "GET storage-pools", "GET storage-systems", "GET storage-systems"),
        "storage systems can have pools of the same name, and a storage system is looked up by name and host name",
    ),
}
"""The modules with values of which the second run needs more than one read: the reads, and why."""


@pytest.fixture
def platform(module: str) -> str:
    return load(module).platform


@pytest.fixture
def release(module: str) -> str:
    return load(module).release


def play(player: Player, route: str, of: Values) -> list[Outcome]:
    """Play a module and return what its steps came to. It leaves no session open."""
    for one in of.setup:
        if one.is_command:
            player.emulator.control("POST", one.name, one.body)
    record = {
        "JOBWISE_REQUESTS": f"{player.emulator.url}/_emulator/requests",
        "JOBWISE_REQUESTS_CA": player.emulator.ca_path,
    }
    played = steps(of)
    tasks = [*setup_tasks(of.setup), *(step.task(of.module) for step in played)]
    run = player.play(tasks, route, env=record)
    assert run.returncode == 0, run.output
    assert not player.emulator.sessions()["open"]
    assert not [secret for secret in of.secrets if secret in run.output]
    return outcomes(of, played, run)


@pytest.mark.sampled
@pytest.mark.parametrize("core, route, module", PLAYED, indirect=["core"])
def test_module(player: Player, route: str, module: str) -> None:
    of = load(module)
    played = play(player, route, of)
    found = [*problems(of, played), *reads_too_many(module, played)]
    assert not found, "\n".join(found)


def reads_too_many(module: str, played: list[Outcome]) -> t.Iterator[str]:
    """Yield tasks with nothing to do that cost something else than one read, or than the reads that have a reason."""
    requests = {one.step.name: one.requests for one in played if one.step.phase == AGAIN}
    if module in MORE_READS and requests["create"] != MORE_READS[module][0]:
        yield f"again: create: it sends {requests['create']}, not {MORE_READS[module][0]}"
    names = ["only named"] if module in MORE_READS else ["create", "only named"]
    names = [] if module in NAMED_BY_ANOTHER else names
    # A PowerStore returns the names of everything that an object refers to with the object.
    names += ["change"] if load(module).platform == "powerstore" and module not in MORE_READS else []
    for name in names:
        if len(requests.get(name, ("read",))) != 1:
            yield f"again: {name}: it sends {requests[name]} instead of one read; a reason belongs into MORE_READS"


NAMED_BY_ANOTHER = ("ldap_account", "service_config")
"""Modules whose objects only another read can find: an account has the id of its domain, and people give the name."""


def test_tables_name_modules_with_values() -> None:
    assert {*AS_MODULES, *MORE_READS, *QUALIFIERS} <= set(values.MODULES)
