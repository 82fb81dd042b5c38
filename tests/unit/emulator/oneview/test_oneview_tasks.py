# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks: forms of the reply, states, errors, faults, foreign ones."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.oneview.tasks import STATES, TERMINAL
from tests.unit.emulator.oneview.client_in_process import Appliance

NETWORKS = "ethernet-networks"
BODY = {"name": "new", "vlanId": 7}


@pytest.mark.parametrize(
    ("order", "headers", "has_body"),
    [
        ({}, {"Location": "/rest/tasks/"}, True),
        ({"task_in": {"default": "absolute"}}, {"Location": "https://oneview.example.com/rest/tasks/"}, True),
        ({"task_in": {NETWORKS: "x-task-uri"}, "accepted_body": "none"}, {"X-Task-URI": "/rest/tasks/"}, False),
        ({"task_in": {"default": "body"}, "accepted_body": "none"}, {}, True),
        ({"task_in": {"default": "none"}}, {}, False),
    ],
)
def test_forms_of_202(appliance: Appliance, order: Any, headers: dict[str, str], has_body: bool) -> None:
    appliance.platform.change({"type": "settings", "set": order})
    reply = appliance.send("POST", NETWORKS, BODY)
    assert reply.status == 202
    for name in ("Location", "X-Task-URI"):
        assert reply.headers.get(name, "").startswith(headers.get(name, ""))
        assert (name in reply.headers) is (name in headers)
    assert (reply.body is not None) is has_body


def test_at_once(appliance: Appliance) -> None:
    appliance.platform.change({"type": "settings", "set": {"async": {NETWORKS: False}}})
    made = appliance.send("POST", NETWORKS, BODY)
    assert (made.status, made.body["name"], made.headers["ETag"]) == (201, "new", made.body["eTag"])
    assert appliance.send("PUT", made.body["uri"], {**made.body, "purpose": "ISCSI"}).status == 200
    assert appliance.send("DELETE", made.body["uri"]).status == 204


def test_a_task_from_new_to_completed(appliance: Appliance) -> None:
    uri = appliance.start("POST", NETWORKS, BODY)
    seen = []
    for seconds in (0.0, 0.15, 0.35, 1.0, 1.0):
        appliance.clock.advance(seconds)
        told = appliance.get(uri)
        seen.append((told["taskState"], told["percentComplete"], len(told["progressUpdates"])))
        assert (told["associatedResource"]["resourceUri"] is None) is (told["taskState"] != "Completed")
    assert [state for state, dummy, dummy in seen] == ["New", "Starting", "Running", "Running", "Completed"]
    assert [percent for dummy, percent, dummy in seen] == sorted(percent for dummy, percent, dummy in seen)
    assert seen[-1] == ("Completed", 100, 3)
    assert appliance.get(told["associatedResource"]["resourceUri"])["name"] == "new"


def test_a_task_of_no_duration_is_over_in_the_reply(appliance: Appliance) -> None:
    appliance.platform.change({"type": "settings", "set": {"seconds": {"default": 0}}})
    reply = appliance.send("POST", NETWORKS, BODY)
    assert (reply.body["taskState"], reply.body["name"]) == ("Completed", "Create")


@pytest.mark.parametrize("state", STATES)
def test_every_state(appliance: Appliance, state: str) -> None:
    wanted = {"errorCode": "X", "message": "m", "recommendedActions": ["do it"]}
    told = appliance.done(
        "POST", NETWORKS, BODY, fault={"fault": "job_fail", "state": state, "messages": [wanted, "n"]}
    )
    assert told["taskState"] == state
    took_effect = state in ("Completed", "Warning")
    assert bool(told["associatedResource"]["resourceUri"]) is took_effect
    if state in TERMINAL:
        assert [one["message"] for one in told["taskErrors"]] == ["m", "n"]
        assert told["taskErrors"][0]["recommendedActions"] == ["do it"]
        assert set(told["taskErrors"][0]) == set(told["taskErrors"][1])
        assert told["percentComplete"] == 100


def test_held_tasks_go_on_when_faults_are_cleared(appliance: Appliance) -> None:
    uri = appliance.start("POST", NETWORKS, BODY, fault={"fault": "job_hang"})
    appliance.clock.advance(100)
    assert (appliance.get(uri)["taskState"], appliance.get(uri)["percentComplete"]) == ("Running", 50)
    appliance.platform.faults_cleared()
    appliance.clock.advance(1.1)
    assert appliance.get(uri)["taskState"] == "Completed"


def test_cancelling(appliance: Appliance) -> None:
    uri = appliance.start("POST", NETWORKS, BODY, fault={"fault": "job_slow", "seconds": 50})
    assert appliance.get(uri)["isCancellable"]
    assert appliance.send("PATCH", uri).status == 202
    assert appliance.get(uri)["taskState"] == "Cancelling"
    appliance.clock.advance(11)
    assert appliance.get(uri)["taskState"] == "Cancelled"
    assert appliance.get(NETWORKS)["total"] == 5
    assert appliance.refused("PATCH", uri)[0] == 409


def test_a_busy_resource_is_locked(appliance: Appliance) -> None:
    network = appliance.named(NETWORKS, "mgmt")
    appliance.start("PUT", network["uri"], network)
    assert appliance.refused("DELETE", network["uri"]) == (409, "RESOURCE_LOCKED")


def test_a_create_that_runs_has_taken_its_name(appliance: Appliance) -> None:
    appliance.start("POST", NETWORKS, BODY)
    assert appliance.refused("POST", NETWORKS, {**BODY, "name": "NEW"}) == (409, "DUPLICATE_ETHERNET_NETWORK_NAME")


def test_what_changed_meanwhile_fails_the_task(appliance: Appliance) -> None:
    appliance.platform.change({"type": "settings", "set": {"names_reserved": False}})
    uris = [appliance.start("POST", NETWORKS, BODY) for dummy in range(2)]
    appliance.clock.advance(3)
    first, second = (appliance.get(uri) for uri in uris)
    assert (first["taskState"], second["taskState"]) == ("Completed", "Error")
    assert second["taskErrors"][0]["errorCode"] == "DUPLICATE_ETHERNET_NETWORK_NAME"


def test_tasks_are_found_by_what_they_are_about(appliance: Appliance) -> None:
    network = appliance.named(NETWORKS, "mgmt")
    order = {"resource_type": NETWORKS, "resource_action": "update", "resource_name": "mgmt", "seconds": 5}
    uri = appliance.platform.start_job({**order, "request": {"purpose": "ISCSI"}, "user": "netadmin"})["id"]
    tests = f"\"associatedResource.resourceUri='{network['uri']}'\"", "\"taskState='New'\""
    for text in tests:
        found = appliance.get("tasks", filter=text, sort="created:descending")["members"]
        assert [(one["uri"], one["owner"], one["name"]) for one in found] == [(uri, "netadmin", "Update")]
    appliance.clock.advance(6)
    assert appliance.named(NETWORKS, "mgmt")["purpose"] == "ISCSI"
    assert appliance.platform.jobs() == {"started": 0, "completed": 0, "failed": 0, "foreign": 1}


def test_somebody_else_changes_a_resource(appliance: Appliance) -> None:
    network = appliance.named(NETWORKS, "mgmt")
    appliance.platform.change({"type": NETWORKS, "name": "mgmt", "set": {"purpose": "ISCSI"}})
    assert appliance.refused("PUT", network["uri"], network)[0] == 412
    appliance.platform.change({"type": NETWORKS, "name": "mgmt", "delete": True})
    assert appliance.get(NETWORKS)["total"] == 4
