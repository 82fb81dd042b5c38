# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scopes: what is put in and taken out, and how that is told to the appliance."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import oneview_scope as module
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.oneview.scripted import (
    TASK,
    MakeAppliance,
    ScriptedAppliance,
    collection,
    error_from,
    options_of,
    refused,
    task,
)

SCOPE = {"uri": "/rest/scopes/s1", "name": "shop", "description": None, "eTag": "v1"}
BLUE = {"uri": "/rest/ethernet-networks/b", "name": "blue", "category": "ethernet-networks"}
RED = {"uri": "/rest/ethernet-networks/r", "name": "red", "category": "ethernet-networks"}
BAY = {"uri": "/rest/server-hardware/h", "name": "rack1, bay 2", "category": "server-hardware"}
TAKEN = Answer(202, None, {"X-Task-URI": TASK})
FOUND = collection(SCOPE)
READ = Answer(200, SCOPE)


def bring_about(one: ScriptedAppliance, **desired: t.Any) -> RunResult:
    options = options_of(module.TASK, **{"name": "shop", **desired})
    return one.bring_about(lambda client: module.make_handler(client, options))


def patches(one: ScriptedAppliance) -> list[t.Any]:
    return [request.body for request in one.requests if request.method == "PATCH"]


def test_a_scope_by_itself_costs_one_read(appliance: MakeAppliance) -> None:
    one = appliance(FOUND)
    assert not bring_about(one, description="").changed and one.talk == ["GET scopes"]


def test_the_same_resources_in_any_order_and_spelling(appliance: MakeAppliance) -> None:
    one = appliance(FOUND, collection(BLUE, BAY), collection(BLUE))
    assert not bring_about(one, resources=[BAY["uri"], "ethernet-networks/BLUE"]).changed
    assert one.talk == ["GET scopes", "GET index/resources", "GET ethernet-networks"]
    assert one.requests[1].query["query"] == "scopeUris='/rest/scopes/s1'"


def test_exactly_these_resources(appliance: MakeAppliance) -> None:
    after = collection(RED)
    one = appliance(FOUND, collection(BLUE, BAY), collection(RED), TAKEN, task(), TAKEN, task(), READ, after)
    record = bring_about(one, resources=["ethernet-networks/red"])
    out = [{"op": "replace", "path": "/removedResourceUris", "value": [BLUE["uri"], BAY["uri"]]}]
    assert patches(one) == [out, [{"op": "add", "path": "/addedResourceUris/-", "value": RED["uri"]}]]
    assert record.plan.sentences() == [
        "remove ethernet-networks/blue, server-hardware/rack1, bay 2 from scope shop",
        "add ethernet-networks/red to scope shop",
    ]
    assert record.plan.before["resources"] == ["ethernet-networks/blue", "server-hardware/rack1, bay 2"]
    assert record.plan.after["resources"] == ["ethernet-networks/red"] and not record.warnings


@pytest.mark.parametrize(
    "mode, asked, sent",
    [
        ("add", BLUE["uri"], []),
        ("add", RED["uri"], ["/addedResourceUris/-"]),
        ("remove", RED["uri"], []),
        ("remove", BLUE["uri"], ["/removedResourceUris"]),
    ],
)
def test_others_stay(appliance: MakeAppliance, mode: str, asked: str, sent: list[str]) -> None:
    after = collection(*([BLUE, RED] if mode == "add" else []))
    added = [Answer(200, RED)] if asked == RED["uri"] and mode == "add" else []
    one = appliance(FOUND, collection(BLUE), *added, TAKEN, task(), READ, after)
    assert bring_about(one, resources=[asked], resources_mode=mode).changed == bool(sent)
    assert [body[0]["path"] for body in patches(one)] == sent


def test_a_new_scope_gets_its_resources_afterwards(appliance: MakeAppliance) -> None:
    made = Answer(201, SCOPE)
    there = [Answer(200, BLUE), Answer(200, RED)]
    one = appliance(
        collection(), *there, made, READ, collection(), TAKEN, task(), TAKEN, task(), READ, collection(BLUE, RED)
    )
    record = bring_about(one, resources=[BLUE["uri"], RED["uri"]])
    assert one.requests[3].body == {"name": "shop"} and len(patches(one)) == 2
    assert record.plan.sentences()[0] == "create scope shop" and len(record.plan.steps) == 3


def test_the_description_goes_to_the_version_that_was_read(appliance: MakeAppliance) -> None:
    after = {**SCOPE, "description": "x"}
    one = appliance(FOUND, collection(BLUE), Answer(200, after), Answer(200, after), collection(BLUE))
    bring_about(one, description="x", resources=[BLUE["uri"]])
    put = one.requests[2]
    assert (put.method, put.headers["if-match"], put.body) == ("PUT", "v1", after)


def test_a_patch_without_an_answer_is_looked_for(appliance: MakeAppliance) -> None:
    tasks = collection(
        {"uri": TASK, "taskState": "Completed", "name": "Update", "associatedResource": {"resourceUri": SCOPE["uri"]}}
    )
    one = appliance(
        FOUND, collection(), Answer(200, BLUE), NoAnswer(), tasks, READ, collection(BLUE), READ, collection(BLUE)
    )
    record = bring_about(one, resources=[BLUE["uri"]])
    assert record.changed and len(patches(one)) == 1


def test_all_that_there_are_not_are_told(appliance: MakeAppliance) -> None:
    one = appliance(FOUND, collection(), collection(), collection(RED), refused(404), refused(404))
    error = error_from(lambda: bring_about(one, resources=["ethernet-networks/pink", "no-such/thing"]))
    assert "the appliance has no pink among its ethernet networks. Known: red." in error.message
    assert "the appliance has no thing among its no such." in error.message


@pytest.mark.parametrize("asked", [[RED["uri"], "ethernet-networks/Red"], ["ethernet-networks/red", RED["uri"]]])
def test_one_resource_by_name_and_by_uri_counts_once(appliance: MakeAppliance, asked: list[str]) -> None:
    one = appliance(FOUND, collection(), collection(RED), TAKEN, task(), READ, collection(RED))
    record = bring_about(one, resources=asked)
    assert patches(one) == [[{"op": "add", "path": "/addedResourceUris/-", "value": RED["uri"]}]]
    assert record.plan.sentences() == ["add ethernet-networks/red to scope shop"]
    assert record.plan.after["resources"] == ["ethernet-networks/red"] and not record.warnings


@pytest.mark.parametrize("asked", [["ethernet-networks/red"], ["ethernet-networks/blue", "ethernet-networks/RED"]])
def test_a_name_that_several_have(appliance: MakeAppliance, asked: list[str]) -> None:
    one = appliance(FOUND, collection(), collection(BLUE, RED, {**RED, "uri": "/rest/ethernet-networks/r2"}))
    error = error_from(lambda: bring_about(one, resources=asked))
    assert error.kind == "input" and error.message.startswith("resources: no ethernet network ")
    assert all(uri in error.message for uri in ("networks/r,", "networks/r2") if asked != ["x"]) or "(" in error.message
    assert patches(one) == []


def test_others_may_have_one_name(appliance: MakeAppliance) -> None:
    rows = collection(BLUE, RED, {**BLUE, "name": "x"}, {**BLUE, "uri": "/rest/ethernet-networks/y", "name": "x"})
    one = appliance(FOUND, collection(BLUE, RED), rows)
    assert not bring_about(one, resources=["ethernet-networks/red", "ethernet-networks/blue"]).changed


def test_a_name_alone_says_not_what_it_is(appliance: MakeAppliance) -> None:
    error = error_from(lambda: bring_about(appliance(bare=True), resources=["blue"]))
    assert "type and name such as ethernet-networks/blue, not 'blue'" in error.message
