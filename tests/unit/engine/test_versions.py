# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects that are written as a whole, and only to the version that was read."""

from __future__ import annotations

import copy
import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import VersionConflict
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, Job, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Ref, Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import History
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import (
    Change,
    LocalAction,
    Request,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute, as_set
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import Item, List
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    ResourceType,
    RestConvention,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.whole_list import Whole
from tests.unit.engine.fake_time import FakeTime

CONVENTION = RestConvention(
    ("POST", "{type}"), ("PUT", "{id}"), ("DELETE", "{id}"), ("POST", ""), "", replace_on_update=True, version="tag"
)
RACK = ResourceType(
    type="/racks",
    title="rack",
    convention=CONVENTION,
    attributes=(
        Attribute("height", "int"),
        Attribute("label", update_only=True),
        Attribute("order", "list", read="boot.order"),
        Attribute("colours", "list", normalize=as_set),
        List("slots", read="layout.slots", channel=Whole(("number",))),
        List("steps", channel=Whole()),
        List("doors", channel=Whole(("side",), others_stay=True)),
        List("rooms", api_name="roomUris", item=Item("room", ref=Ref("room")), channel=Whole()),
    ),
)
HAVE: Json = {
    "id": "/racks/1",
    "uri": "/racks/1",
    "name": "r1",
    "tag": "v1",
    "height": 10,
    "label": None,
    "boot": {"managed": True, "order": ["disk", "net"]},
    "colours": ["red", "blue"],
    "layout": {"kind": "wide", "slots": [{"number": 1, "use": "a", "serial": "s1"}, {"number": 2, "use": "b"}]},
    "steps": [{"do": "x", "at": 1}],
    "doors": [{"side": "left", "lock": "a"}, {"side": "right", "lock": "b", "serial": 7}],
    "roomUris": ["/rooms/1", "/rooms/2"],
    "rooms": [{"id": "/rooms/1", "name": "north"}, {"id": "/rooms/2", "name": "south"}],
}


def plan_for(**desired: t.Any) -> Plan:
    return make_plan(RACK, copy.deepcopy(HAVE), {"name": "r1", "state": "present", **desired})


def test_a_change_sends_the_whole_object_with_nothing_lost() -> None:
    step = plan_for(height=12, order=["net", "disk"]).requests[0]
    whole = {name: value for name, value in HAVE.items() if name not in ("id", "rooms")}
    assert (step.verb, step.path, step.version) == ("PUT", "/racks/1", "v1")
    assert step.body == {**whole, "height": 12, "boot": {"managed": True, "order": ["net", "disk"]}}


def test_the_object_read_stays_as_it_is() -> None:
    current = copy.deepcopy(HAVE)
    plan = make_plan(
        RACK, current, {"name": "r1", "state": "present", "slots": [{"number": 2, "use": "c"}], "height": 1}
    )
    assert plan.requests[0].body is not None
    plan.requests[0].body["boot"]["order"].append("usb")
    assert current == HAVE


@pytest.mark.parametrize(
    "desired",
    [
        {"order": ["disk", "net"]},
        {"colours": ["blue", "red"]},
        {"slots": [{"number": 2, "use": "b"}, {"number": 1}]},
        {"slots": [{"number": 1, "use": None}, {"number": 2, "use": None}]},
        {"steps": [{"do": "x"}]},
        {"doors": [{"side": "right", "lock": "b"}]},
        {"doors": []},
        {"rooms": [Reference(id="/rooms/2"), Reference(id="/rooms/1", name="north")]},
        {"rooms": [Reference(id="/rooms/2"), Reference(id="/rooms/2"), Reference(id="/rooms/1")]},
    ],
)
def test_what_agrees(desired: Json) -> None:
    plan = plan_for(**desired)
    assert plan.steps == () and plan.before == plan.after


@pytest.mark.parametrize(
    "desired, changed",
    [
        ({"colours": ["red"]}, {"colours": ["red"]}),
        ({"colours": []}, {"colours": []}),
        ({"steps": [{"do": "y"}]}, {"steps": [{"do": "y", "at": 1}]}),
        ({"steps": []}, {"steps": []}),
        (
            {"doors": [{"side": "right", "lock": "c"}]},
            {"doors": [{"side": "right", "lock": "c", "serial": 7}, {"side": "left", "lock": "a"}]},
        ),
        ({"rooms": [Reference(id="/rooms/3", name="west")]}, {"roomUris": ["/rooms/3"]}),
        ({"rooms": []}, {"roomUris": []}),
        (
            {"slots": [{"number": 3, "use": "n"}, {"number": 1, "use": "z"}]},
            {
                "layout": {
                    "kind": "wide",
                    "slots": [{"number": 3, "use": "n"}, {"number": 1, "use": "z", "serial": "s1"}],
                }
            },
        ),
    ],
)
def test_what_differs(desired: Json, changed: Json) -> None:
    (step,) = plan_for(**desired).requests
    assert step.body is not None
    assert {name: step.body[name] for name in changed} == changed


def test_the_diff_of_entries_tells_what_was_asked_and_what_goes() -> None:
    plan = plan_for(slots=[{"number": 1, "use": "z"}])
    assert plan.before["slots"] == [{"number": 1, "use": "a"}, {"number": 2, "use": "b"}]
    assert plan.after["slots"] == [{"number": 1, "use": "z"}]


def test_structures_within_entries_are_compared_in_what_is_asked_of_them() -> None:
    there = [{"number": 1, "lock": {"kind": "key", "spare": True}}]
    entries = Whole(("number",))
    assert entries.same(there, [{"number": 1, "lock": {"kind": "key"}}])
    asked = [{"number": 1, "lock": {"kind": "code"}}]
    assert not entries.same(there, asked)
    assert entries.merged(there, asked) == [{"number": 1, "lock": {"kind": "code", "spare": True}}]
    assert entries.shown(there, asked) == [{"number": 1, "lock": {"kind": "key"}}]


def test_a_create_is_shaped_like_a_read_and_what_comes_later_waits_for_the_version() -> None:
    create, later = make_plan(
        RACK, None, {"name": "r1", "state": "present", "order": ["net"], "slots": [{"number": 1}], "label": "L"}
    ).requests
    assert create.body == {"name": "r1", "boot": {"order": ["net"]}, "layout": {"slots": [{"number": 1}]}}
    assert later.version and "label" in later.summary


def test_a_removal_is_for_one_version_too() -> None:
    (step,) = make_plan(RACK, copy.deepcopy(HAVE), {"name": "r1", "state": "absent"}).requests
    assert (step.verb, step.version) == ("DELETE", "v1")


@dataclasses.dataclass
class Store:
    """Holds one rack; before each write, the next of ``others`` changes it, None for nobody."""

    desired: Json
    rack: Json | None = dataclasses.field(default_factory=lambda: copy.deepcopy(HAVE))
    others: list[Json | None] = dataclasses.field(default_factory=list)
    owner: str = ""
    sent: list[Request] = dataclasses.field(default_factory=list)
    label = "rack r1"

    def read(self, object_id: str | None = None) -> Json | None:
        return copy.deepcopy(self.rack)

    def plan(self, current: Json | None, history: History) -> Plan:
        return make_plan(RACK, current, {"name": "r1", "state": "present", **self.desired})

    def landmark(self, current: Json | None) -> t.Any:
        return None

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Nothing to look up."""

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        return [Job("9", DONE, owner=self.owner)] if self.sent else []

    def send(self, step: Request) -> Job:
        other = self.others.pop(0) if self.others else None
        if other and self.rack:
            self.rack.update(other, tag=self.rack["tag"] + "'")
        self.sent.append(step)
        current_value = self.rack["tag"] if self.rack else ""
        if step.version != current_value:
            raise VersionConflict("The object has changed.", status=412)
        self.rack = {"id": "/racks/1", **HAVE, **(step.body or {}), "tag": current_value + "+"}
        return Job("", DONE)

    def do_locally(self, step: LocalAction) -> None:
        raise AssertionError("plans contain no local action")

    def on_accepted(self, step: Change) -> None:
        """Everything can be read back."""

    def job(self, job_id: str) -> Job:
        raise AssertionError("no job runs")

    def run(self) -> RunResult:
        record = RunResult()
        reconcile(self, WaitOptions(clock=FakeTime().clock()), False, record)
        return record


def test_a_change_of_something_else_is_kept() -> None:
    store = Store({"height": 12}, others=[{"colours": ["green"]}])
    record = store.run()
    assert record.changed and record.warnings == []
    assert store.rack and (store.rack["height"], store.rack["colours"]) == (12, ["green"])
    assert [step.version for step in store.sent] == ["v1", "v1'"]


def test_somebody_else_has_done_one_half_of_it_meanwhile() -> None:
    """What they have changed is what the task asks for, so that there is nothing to protect from it."""
    store = Store({"height": 12, "colours": ["green"]}, others=[{"colours": ["green"]}])
    record = store.run()
    assert record.changed and record.warnings == []
    assert store.rack and (store.rack["height"], store.rack["colours"]) == (12, ["green"])
    assert [step.version for step in store.sent] == ["v1", "v1'"]


def test_somebody_else_has_done_it_meanwhile() -> None:
    store = Store({"height": 12}, others=[{"height": 12}])
    record = store.run()
    assert not record.changed and record.completed_steps == [] and len(store.sent) == 1


@pytest.mark.parametrize("owner, who", [("ann", "ann"), ("", "somebody else")])
def test_a_change_of_the_same_is_not_overwritten(owner: str, who: str) -> None:
    store = Store({"height": 12}, others=[{"height": 11}], owner=owner)
    with pytest.raises(VersionConflict, match=f"{who} has changed rack r1 .*height was 10 and is now 11"):
        store.run()
    assert store.rack and store.rack["height"] == 11 and len(store.sent) == 1


def test_it_does_not_try_for_ever() -> None:
    store = Store({"height": 12}, others=[{"colours": [str(number)]} for number in range(9)])
    with pytest.raises(VersionConflict, match="times in a row"):
        store.run()
    assert len(store.sent) == 3 and store.rack and store.rack["height"] == 10


def test_a_step_that_follows_is_planned_on_the_version_that_is_there_then() -> None:
    store = Store({"height": 12, "label": "L"}, rack=None)
    record = store.run()
    assert [step.verb for step in store.sent] == ["POST", "PUT"]
    assert store.rack and store.rack["label"] == "L" and record.changed
