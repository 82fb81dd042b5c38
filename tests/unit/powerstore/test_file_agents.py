# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers that work with files: what their tables cannot say, against an emulated array in this process."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_agents import (
    events,
    scans,
    virus_checkers,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources import file_agents
from tests.unit.powerstore.in_process import array_of, client_of

ON_DESTINATION = "destination_file_events_publisher_servers"
SETTINGS = [{"events_category": "Post_Events", "create_file": True}]
POOLS: list[Json] = [
    {"id": "A1", "name": "audit", "file_events_publisher_servers": ["a1"], "file_events_settings": SETTINGS},
    {"name": "copy", "file_events_publisher_servers": ["b1"], "file_events_settings": SETTINGS, "is_replica": True},
]
PUBLISHERS: list[Json] = [
    {"id": "P1", "name": "events", "is_enabled": True, "file_events_pools": ["A1"]},
    {"id": "P2", "name": "copy", "is_replica": True},
]
SERVERS: list[Json] = [
    {"id": "N1", "name": "nas01", "file_events_publishers": ["P1"]},
    {"id": "N2", "name": "dr01", "is_production_mode_enabled": False, "is_replication_destination": True},
]
CHECKERS: list[Json] = [{"nas_server_id": "N2", "is_config_file_uploaded": True}]
HANDLERS: dict[str, tuple[t.Any, t.Any]] = {
    "pool": (events.PoolHandler, file_agents.FILE_EVENTS_POOL),
    "virus_checker": (virus_checkers.VirusCheckerHandler, file_agents.FILE_VIRUS_CHECKER),
    "publisher": (events.PublisherHandler, file_agents.FILE_EVENTS_PUBLISHER),
}


def planned(type_: str, **options: t.Any) -> Plan:
    """Return the plan of a task, checked as before its first write."""
    make, table = HANDLERS[type_]
    seeded = {"file_events_pool": POOLS, "file_events_publisher": PUBLISHERS, "nas_server": SERVERS}
    seeded["file_virus_checker"] = CHECKERS
    client, dummy = client_of(array_of(seeded))
    handler = make(client, table, {**table.no_options(), **options})
    current = handler.read()
    plan: Plan = handler.plan(current, NEW_RUN)
    handler.preflight(current, plan)
    return plan


def test_a_replica_of_a_pool_has_only_servers_of_its_own() -> None:
    plan = planned("pool", name="copy", **{ON_DESTINATION: ["c1"]})
    assert [step.body for step in plan.requests] == [{ON_DESTINATION: ["c1"]}]
    for other in ({"file_events_publisher_servers": ["c1"]}, {"state": "absent"}, {"new_name": "mine"}):
        with pytest.raises(InputError, match="File events pool copy is a replica, which only its source"):
            planned("pool", name="copy", **other)
    with pytest.raises(InputError, match=f"{ON_DESTINATION} is only for the replica of a pool"):
        planned("pool", name="audit", **{ON_DESTINATION: ["c1"]})


def test_a_replica_of_a_publisher_stays_as_it_is() -> None:
    assert planned("publisher", name="copy", heartbeat=10).steps == ()
    with pytest.raises(InputError, match="File events publisher copy is a replica"):
        planned("publisher", name="copy", heartbeat=11)


@pytest.mark.parametrize(
    "type_, name, words",
    [
        ("pool", "audit", r"audit is used by 1 file events publisher \(events\)"),
        ("publisher", "events", r"events is used by 1 NAS server \(nas01\)"),
    ],
)
def test_what_is_in_use_is_not_deleted(type_: str, name: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        planned(type_, name=name, state="absent")


def test_a_category_takes_the_place_of_the_last_one() -> None:
    wanted = [{"events_category": "Pre_Events", "open_dir": True}]
    plan = planned("pool", name="audit", file_events_settings=wanted)
    assert [step.body for step in plan.requests] == [
        {"file_events_settings": wanted, "remove_categories": ["Post_Events"]}
    ]
    last = [{"events_category": "Post_Events"}]
    with pytest.raises(InputError, match="file events pool audit must keep a category"):
        planned("pool", name="audit", file_events_settings=last, file_events_settings_mode="remove")


def test_an_enabled_virus_checker_has_servers() -> None:
    with pytest.raises(InputError, match="needs servers to be enabled: give ip_addresses, or a config with them"):
        planned("virus_checker", nas_server="nas01", is_enabled=True)
    for servers in ({"ip_addresses": ["scan1"]}, {"config": "addr=192.0.2.1"}):
        plan = planned("virus_checker", nas_server="nas01", is_enabled=True, **servers)
        assert plan.requests[-1].body == {"is_enabled": True}


def scans_of(**options: t.Any) -> scans.ScanHandler:
    """Return the handler of a task of scans."""
    client, dummy = client_of(array_of({"nas_server": SERVERS, "file_virus_checker": CHECKERS}))
    return scans.ScanHandler(client, {"state": "started", "file_systems": None, **options})


def test_a_disabled_virus_checker_scans_nothing() -> None:
    """Check mode says so, too, and the message says what to do about it."""
    checker: Json = {"id": "C1", "is_enabled": False, "nas_server": {"id": "N1", "name": "nas01"}}
    cases = (("Stopped", "started", True), ("Scanning", "started", False), ("Scanning", "stopped", False))
    for status, state, is_refused in cases:
        current = {**checker, "scan_status": [{"name": "home", "file_system_id": "F1", "status": status}]}
        handler = scans_of(nas_server="nas01", file_systems=["home"], state=state)
        plan = handler.plan(current, NEW_RUN)
        if not is_refused:
            handler.preflight(current, plan)
            continue
        with pytest.raises(InputError, match="The virus checker of NAS server nas01 is disabled") as caught:
            handler.preflight(current, plan)
        assert "file_virus_checker enables it with is_enabled: true" in caught.value.hint


@pytest.mark.parametrize("systems", [None, ["home"]])
def test_without_a_virus_checker_no_scan_runs(systems: list[str] | None) -> None:
    """A playbook that stops the scans and deletes the virus checker can run a second time."""
    handler = scans_of(nas_server="nas01", state="stopped", file_systems=systems)
    assert handler.read() is None and not handler.plan(None, NEW_RUN).requests
    with pytest.raises(InputError, match="NAS server nas01 has no virus checker"):
        scans_of(nas_server="nas01", file_systems=["home"]).read()
    with pytest.raises(InputError, match="no NAS server nas02. Did you mean nas01?"):
        scans_of(nas_server="nas02", state="stopped", file_systems=systems).read()


def test_at_the_destination_of_a_replication_only_the_file_differs() -> None:
    config: Json = {"nas_server": "dr01", "config": "addr=192.0.2.1"}
    with pytest.raises(InputError) as caught:
        planned("virus_checker", **config)
    assert "is_destination_override_enabled: true lets config differ from the source" in caught.value.hint
    plan = planned("virus_checker", **config, is_destination_override_enabled=True)
    assert [step.action for step in plan.requests] == ["modify", "upload_config"]
    with pytest.raises(InputError, match="NAS server dr01 is the destination of a replication"):
        planned("virus_checker", **config, is_destination_override_enabled=True, survey_time=20)
