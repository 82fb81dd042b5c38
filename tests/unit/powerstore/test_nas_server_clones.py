# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clones of NAS servers against an emulated array in this process."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.clones import CloneHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.nas_servers import (
    NAS_SERVER_CLONE,
)
from jobwise_emulator.powerstore.platform import PowerStore
from tests.unit.powerstore.in_process import array_of, client_of

NAS, OTHER, COPY = (f"5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de00{number}" for number in (1, 2, 3))
HOME, RECORDS, SNAPSHOT = (f"5f5b3d8c-2b60-7a63-1c0e-8a9f3c0df00{number}" for number in (1, 2, 3))
SYSTEM: Json = {"nas_server_id": NAS, "size_total": 3 * 1024**3}
SYSTEMS: list[Json] = [
    {**SYSTEM, "id": HOME, "name": "home"},
    {**SYSTEM, "id": RECORDS, "name": "records", "flr_attributes": {"mode": "Compliance"}},
    {**SYSTEM, "id": SNAPSHOT, "name": "nightly", "filesystem_type": "Snapshot", "parent_id": HOME},
    {**SYSTEM, "name": "home", "nas_server_id": OTHER},
    {**SYSTEM, "name": "else", "nas_server_id": OTHER},
]


def array(*more: Json, **nas: t.Any) -> PowerStore:
    """Return an array with two NAS servers. more: of a clone, the file systems. nas: attributes of the first server."""
    servers: list[Json] = [{"id": NAS, "name": "nas1", **nas}, {"id": OTHER, "name": "nas2"}]
    servers += [{"id": COPY, "name": "test"}] if more else []
    copies = [{**SYSTEM, "nas_server_id": COPY, **one} for one in more if one]
    return array_of({"nas_server": servers, "file_system": [*SYSTEMS, *copies]})


def planned(of: PowerStore, **options: t.Any) -> tuple[Plan, list[str]]:
    """Return the plan of a task and its requests, checked as before the first write."""
    client, transport = client_of(of)
    given = {"name": "test", "nas_server": "nas1", **options}
    handler = CloneHandler(client, NAS_SERVER_CLONE, {**NAS_SERVER_CLONE.no_options(), **given})
    current = handler.read()
    plan = handler.plan(current, NEW_RUN)
    handler.preflight(current, plan)
    return plan, transport.talk


@pytest.mark.parametrize("systems", [["home"], ["HOME", "home"], [HOME]])
def test_the_source_clones_itself(systems: list[str]) -> None:
    plan, talk = planned(array(), file_systems=systems)
    (step,) = plan.requests
    assert (step.action, step.path) == ("clone", f"nas_server/{NAS}/clone")
    assert step.body is not None and step.body["file_systems"] == [HOME]
    assert step.summary == "clone NAS server nas1 as test with 1 file system (home)"
    assert plan.after["file_systems"]


def test_no_list_means_no_file_systems() -> None:
    """What the array does without a list is open, so a request always has one."""
    (step,) = planned(array(), nas_server=NAS)[0].requests
    assert step.body == {"name": "test", "file_systems": []}


@pytest.mark.parametrize(
    "there, systems, missing",
    [
        ({"name": "home"}, ["home", HOME], HOME),
        ({"name": "home", "parent_id": HOME}, ["HOME", HOME], ""),
        ({"name": "home"}, ["home", "else"], "else"),
        ({}, ["home"], "home"),
        ({"name": "other"}, None, ""),
    ],
)
def test_a_clone_that_exists_stays_as_it_is(there: Json, systems: list[str] | None, missing: str) -> None:
    plan, talk = planned(array(there or {"nas_server_id": OTHER, "name": "x"}), file_systems=systems)
    assert not plan.steps and [line for line in talk if line.startswith("GET")] == ["GET nas_server"]
    assert [f"no clone of file system {missing}:" in line for line in plan.warnings] == ([True] if missing else [])


@pytest.mark.parametrize(
    "options, says",
    [
        ({"nas_server": "nas3"}, "nas_server: the array has no NAS server nas3. Did you mean"),
        ({"file_systems": ["homes"]}, "file_systems: the array has no file system homes in nas1. Did you mean home"),
        ({"file_systems": ["else"]}, "no file system else in nas1"),
        ({"file_systems": ["home", "records"]}, "records has flr_mode: Compliance"),
        ({"file_systems": ["nightly"]}, "nightly is a snapshot: give its file system"),
        ({"file_systems": [" "]}, "file_systems has an empty name"),
        ({"is_dr_test": True}, "only for the destination of a replication, which NAS server nas1 is not"),
        ({"name": "NAS1"}, "give the clone another name"),
    ],
)
def test_what_cannot_be_cloned(options: Json, says: str) -> None:
    with pytest.raises(InputError, match=says):
        planned(array(), **options)


def test_a_disaster_is_tested_at_the_destination() -> None:
    (step,) = planned(array(is_replication_destination=True), is_dr_test=True)[0].requests
    assert step.body == {"name": "test", "is_dr_test": True, "file_systems": []}


def test_a_clone_with_file_systems_is_not_deleted() -> None:
    with pytest.raises(InputError, match="NAS server test has 1 file system .home."):
        planned(array({"name": "home"}), state="absent")
    assert not planned(array(), state="absent", nas_server="gone")[0].steps
