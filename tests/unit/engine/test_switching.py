# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A flag that two actions of an object switch, such as whether it is the member of a club that asks who is there."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute, Switch
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    RequestParameter,
    ResourceType,
)
from tests.unit.engine.tables import CONVENTION, requests_of

ENTERED = Attribute("entered", "bool", default=False, switch=Switch("enter", "leave", ("who", "word"), "silently"))
READER = ResourceType(
    "reader",
    "reader",
    CONVENTION,
    (Attribute("note"), ENTERED),
    parameters=(
        RequestParameter("who", on=("enter", "leave"), type="str"),
        RequestParameter("word", on=("enter", "leave"), type="str", sensitive=True, api_name="passWord"),
        RequestParameter("silently", on=("leave",)),
        RequestParameter("burn", on=("delete",)),
    ),
)
LOGIN = {"who": "ann", "word": "w"}
BODY = {"who": "ann", "passWord": "w"}


def planned(current: Json | None, **options: t.Any) -> Plan:
    return make_plan(READER, current, {**READER.no_options(), "name": "r", **options})


def reader(entered: bool) -> Json:
    return {"id": "r1", "name": "r", "note": "old", "entered": entered}


def test_it_is_switched_on_after_everything_else_and_off_before() -> None:
    create = ("PUT", "new/reader", {"name": "r", "note": "new"})
    change = ("MERGE", "reader(r1)", {"note": "new"})
    assert requests_of(planned(None, note="new", entered=True, **LOGIN)) == [
        create,
        ("DO", "reader({id})/enter", BODY),
    ]
    assert requests_of(planned(None, note="new", entered=False)) == [create]
    on = planned(reader(False), note="new", entered=True, **LOGIN)
    assert requests_of(on) == [change, ("DO", "reader(r1)/enter", BODY)]
    assert on.sentences() == ["change note of reader r", "enter reader r"] and [
        bool(one.once) for one in on.requests
    ] == [
        False,
        True,
    ]
    assert (on.before["entered"], on.after["entered"]) == (False, True)
    off = planned(reader(True), note="new", entered=False, **LOGIN)
    assert requests_of(off) == [("DO", "reader(r1)/leave", BODY), change]


def test_what_it_needs_is_asked_only_when_it_is_switched() -> None:
    assert not planned(reader(True), entered=True).steps and not planned(reader(False), entered=False).steps
    with pytest.raises(InputError, match="Reader r: entered: true needs who and word.$"):
        planned(reader(False), entered=True)
    with pytest.raises(InputError, match="entered: false needs word, or silently: true.$"):
        planned(reader(True), entered=False, who="ann")
    silent = planned(reader(True), entered=False, silently=True)
    assert requests_of(silent) == [("DO", "reader(r1)/leave", {"silently": True})] and not silent.requests[0].once


def test_a_deletion_switches_it_off_first_if_the_task_says_how() -> None:
    gone = [("ERASE", "reader(r1)", None)]
    assert requests_of(planned(reader(True), state="absent")) == gone
    assert requests_of(planned(reader(False), state="absent", **LOGIN)) == gone
    first = [("DO", "reader(r1)/leave", BODY)]
    assert requests_of(planned(reader(True), state="absent", **LOGIN)) == first + gone
