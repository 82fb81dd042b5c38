# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Interfaces that imports of NAS servers copy through: what uses one keeps it as it is, until it has ended."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.file_interface import (
    UNDER_WAY,
    ImportInterfaceHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.imports import (
    FILE_IMPORT_INTERFACE,
)
from jobwise_emulator.powerstore.platform import PowerStore
from tests.unit.powerstore.in_process import array_of, client_of

INTERFACE: Json = {
    "id": "5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de041",
    "ip_address": "192.0.2.41",
    "prefix_length": 24,
    "ip_port_id": "IP_PORT1",
}


def array(*states: str) -> PowerStore:
    """Return an array with the interface, and with a session in each of these states that uses it."""
    sessions = [
        {"name": f"import{number}", "state": state, "import_file_interface_id": INTERFACE["id"]}
        for number, state in enumerate(states, 1)
    ]
    return array_of({"file_import_interface": [INTERFACE], "file_import_session": sessions})


def planned(of: PowerStore, **options: t.Any) -> Plan:
    """Return the plan of a task, checked as before its first write."""
    client, dummy = client_of(of)
    desired = {**FILE_IMPORT_INTERFACE.no_options(), "ip_address": "192.0.2.41", **options}
    handler = ImportInterfaceHandler(client, FILE_IMPORT_INTERFACE, desired)
    current = handler.read()
    plan: Plan = handler.plan(current, NEW_RUN)
    handler.preflight(current, plan)
    return plan


@pytest.mark.parametrize("options", [{"state": "absent"}, {"vlan_id": 7}, {"new_ip_address": "192.0.2.42"}])
def test_an_interface_in_use_stays_as_it_is(options: Json) -> None:
    for state in UNDER_WAY:
        with pytest.raises(
            InputError, match=rf"The interface 192.0.2.41 is in use by file import session import2 \({state}\)\."
        ):
            planned(array("Completed", state, "Cancelled"), **options)
    assert planned(array("Completed", "Cancelled"), **options).requests


def test_without_a_change_nothing_asks_for_imports() -> None:
    assert not planned(array("Paused"), prefix_length=24).requests
