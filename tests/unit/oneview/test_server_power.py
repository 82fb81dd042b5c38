# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The power of servers, in every state that they show."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import oneview_server_power as module
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.oneview.scripted import (
    TASK,
    MakeAppliance,
    ScriptedAppliance,
    collection,
    error_from,
    options_of,
    task,
)

URI = "/rest/server-hardware/h1"
TAKEN = Answer(202, None, {"Location": TASK})


def server(power: str, **more: t.Any) -> dict[str, t.Any]:
    return {"uri": URI, "name": "bay 2", "powerState": power, **more}


def read(power: str) -> Answer:
    return Answer(200, server(power))


def bring_about(one: ScriptedAppliance, state: str, **desired: t.Any) -> RunResult:
    options = options_of(module.TASK, name="bay 2", state=state, **desired)
    return one.bring_about(lambda client: module.make_handler(client, options))


def sent(one: ScriptedAppliance) -> list[t.Any]:
    return [request.body for request in one.requests if request.method == "PUT"]


@pytest.mark.parametrize("now, state", [("On", "powered_on"), ("Off", "powered_off")])
def test_a_server_that_is_as_asked_costs_one_read(appliance: MakeAppliance, now: str, state: str) -> None:
    one = appliance(collection(server(now)))
    assert not bring_about(one, state).changed and one.talk == ["GET server-hardware"]


@pytest.mark.parametrize("force, control", [(False, "MomentaryPress"), (True, "PressAndHold")])
def test_off(appliance: MakeAppliance, force: bool, control: str) -> None:
    one = appliance(collection(server("On")), TAKEN, task(name="Power off"), read("Off"))
    assert bring_about(one, "powered_off", force=force).changed
    assert sent(one) == [{"powerState": "Off", "powerControl": control}]
    assert one.talk[1:] == ["PUT server-hardware/h1/powerState", "GET tasks/t1", "GET server-hardware/h1"]


def test_force_holds_no_button_to_power_on(appliance: MakeAppliance) -> None:
    one = appliance(collection(server("Off")), TAKEN, task(), read("On"))
    bring_about(one, "powered_on", force=True)
    assert sent(one) == [{"powerState": "On", "powerControl": "MomentaryPress"}]


def test_an_operating_system_that_takes_its_time_is_told_once(appliance: MakeAppliance) -> None:
    looks = [read("On"), read("PoweringOff"), read("On"), read("Off")]
    one = appliance(collection(server("On")), TAKEN, task(), *looks)
    record = bring_about(one, "powered_off")
    assert record.changed and len(sent(one)) == 1 and record.resource and record.resource["powerState"] == "Off"


def test_on_the_way_there_it_is_waited_for(appliance: MakeAppliance) -> None:
    one = appliance(collection(server("PoweringOn")), read("PoweringOn"), read("On"))
    record = bring_about(one, "powered_on")
    assert not record.changed and sent(one) == [] and record.resource and record.resource["powerState"] == "On"


def test_on_another_way_it_is_waited_for_and_switched(appliance: MakeAppliance) -> None:
    one = appliance(collection(server("PoweringOn")), read("On"), TAKEN, task(), read("Off"))
    assert bring_about(one, "powered_off").changed and len(sent(one)) == 1


def test_a_reset_that_ends_as_asked_is_no_reason_to_switch(appliance: MakeAppliance) -> None:
    one = appliance(collection(server("Resetting")), read("Resetting"), read("On"))
    assert not bring_about(one, "powered_on").changed and sent(one) == []


def test_a_lost_answer_is_looked_for_by_the_name_of_the_task(appliance: MakeAppliance) -> None:
    found = {"uri": TASK, "taskState": "Completed", "name": "Power off", "associatedResource": {"resourceUri": URI}}
    one = appliance(collection(server("On")), NoAnswer(), collection(found), read("Off"), read("Off"))
    record = bring_about(one, "powered_off")
    assert record.changed and len(sent(one)) == 1 and [job.id for job in record.jobs] == [TASK]


def test_locked(appliance: MakeAppliance) -> None:
    one = appliance(collection(server("On", powerLock=True)))
    assert "is locked" in error_from(lambda: bring_about(one, "powered_off")).message and sent(one) == []
