# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that can change in one direction only, limits, and rules for the state that results from a task."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.binding import bind
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.capacity import CAPACITY
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.checks import check_options
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.mistakes import Mistakes
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.rules import (
    at_least_one_of,
    at_most_one_of,
    exactly_one_of,
    requires,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (
    CANNOT,
    EXTEND,
    GROW,
    NULL,
    ONLY_TRUE,
    Attribute,
    as_text,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from tests.unit.engine.tables import CONVENTION

GIB = 1024**3
TANK = ResourceType(
    type="tank",
    title="tank",
    convention=CONVENTION,
    attributes=(
        Attribute("size", format=CAPACITY, one_way=GROW, minimum=GIB, maximum=8 * GIB, required=True),
        Attribute("sealed", "bool", one_way=ONLY_TRUE, default=False),
        Attribute("until", one_way=EXTEND),
        Attribute("hour", normalize=as_text),
        Attribute("every", normalize=as_text),
        Attribute("zone", normalize=as_text),
        Attribute("lid", normalize=as_text),
        Attribute("roof", normalize=as_text),
        Attribute("colour", clear=CANNOT),
        Attribute("tag", clear=NULL),
        Attribute("seed", "int", write_only=True, create_only=True),
        Attribute(
            "pump",
            "dict",
            api_name="pump_details",
            structure=(
                Attribute("power", api_name="watts", format=CAPACITY),
                Attribute("brand", normalize=as_text),
                Attribute("pin", sensitive=True),
            ),
        ),
        Attribute("hoses", "list", max_items=2, clear=CANNOT, spec={"elements": "str"}),
    ),
    state_rules=(exactly_one_of("hour", "every"), requires("zone", "hour"), at_most_one_of("lid", "roof")),
)
HAVE: Json = {
    "id": "t1",
    "name": "big",
    "size": 2 * GIB,
    "sealed": False,
    "until": None,
    "hour": None,
    "every": "day",
    "zone": None,
    "lid": None,
    "roof": "glass",
    "colour": "red",
    "tag": "x",
    "hoses": ["a"],
    "pump_details": {"watts": 1024, "brand": "acme", "hours": 7},
}


def planned(current: Json | None, **given: t.Any) -> Plan:
    """Check the options of a task and plan it."""
    desired: Json = {name: option.get("default") for name, option in TANK.argument_spec().items()}
    mistakes = Mistakes()
    bound = bind(TANK, {**desired, "name": "big", **given}, lambda name: Reference(name=name), mistakes)
    with mistakes.noted():
        check_options(TANK, bound)
    mistakes.refuse()
    return make_plan(TANK, current, bound)


def refused(current: Json | None, **given: t.Any) -> str:
    with pytest.raises(InputError) as caught:
        planned(current, **given)
    return str(caught.value)


def test_a_value_grows_and_is_shown_in_its_unit() -> None:
    plan = planned(HAVE, size="3GiB")
    assert [step.body for step in plan.requests] == [{"size": 3 * GIB}]
    assert (plan.before["size"], plan.after["size"]) == ("2 GiB", "3 GiB")


@pytest.mark.parametrize("size", ["2GiB", "2048MiB", 2 * GIB, "2147483648"])
def test_an_equal_value_is_never_sent(size: t.Any) -> None:
    assert planned(HAVE, size=size).steps == ()


@pytest.mark.parametrize(
    "now, given, words",
    [
        ({}, {"size": "1GiB"}, "Tank big: size is 2 GiB and can only grow, asked for 1 GiB."),
        ({}, {"size": "1MiB"}, "size must be at least 1 GiB and at most 8 GiB, not 1 MiB."),
        ({}, {"size": "9GiB"}, "not 9 GiB."),
        ({}, {"size": "much"}, "size is not a capacity: 'much'."),
        ({"sealed": True}, {"sealed": False}, "sealed is True and can only change to true, asked for False."),
        ({"until": "2030"}, {"until": "2029"}, "until is 2030 and can only be extended, asked for 2029."),
        ({}, {"colour": ""}, "colour is empty: give a value, or leave the option out."),
        ({}, {"hoses": []}, "hoses is empty"),
        ({}, {"hoses": ["a", "b", "c"]}, "hoses has 3 entries, at most 2 are allowed."),
    ],
)
def test_what_cannot_be(now: Json, given: Json, words: str) -> None:
    assert words in refused({**HAVE, **now}, **given)


@pytest.mark.parametrize("given", [{"sealed": True}, {"until": "2031"}, {"colour": "blue"}])
def test_what_can_be(given: Json) -> None:
    assert [step.body for step in planned({**HAVE, "until": "2030"}, **given).requests] == [given]


def test_null_unsets_what_null_unsets() -> None:
    assert [step.body for step in planned(HAVE, tag="").requests] == [{"tag": None}]
    assert planned({**HAVE, "tag": None}, tag="").steps == ()


class TestRules:
    def test_only_one_of_two_can_be_given(self) -> None:
        assert refused(HAVE, hour="03:00", every="day").startswith("Give only one of hour and every.")

    def test_a_new_object_needs_one_of_them(self) -> None:
        assert "Tank big does not exist; give one of hour or every." in refused(None, size="1GiB")

    def test_an_existing_one_has_it(self) -> None:
        assert planned(HAVE, colour="red").steps == ()

    def test_the_other_one_loses_its_value_and_the_diff_shows_it(self) -> None:
        plan = planned(HAVE, hour="03:00")
        assert [step.body for step in plan.requests] == [{"hour": "03:00"}]
        assert plan.before == {"name": "big", "hour": None, "every": "day"}
        assert plan.after == {"name": "big", "hour": "03:00", "every": None}

    def test_the_last_one_cannot_be_cleared(self) -> None:
        assert "Give one of hour or every." in refused(HAVE, every="")
        assert planned(HAVE, hour="").steps == ()

    def test_an_attribute_needs_another_one_in_the_resulting_state(self) -> None:
        assert "zone needs hour." in refused(HAVE, zone="UTC")
        assert len(planned(HAVE, zone="UTC", hour="03:00").steps) == 1
        assert len(planned({**HAVE, "hour": "03:00", "every": None}, zone="UTC").steps) == 1

    def test_of_two_at_most_one(self) -> None:
        assert planned({**HAVE, "roof": None}, colour="red").steps == ()
        assert planned(HAVE, lid="wood").after["roof"] is None


def test_what_can_be_given_only_at_creation_and_not_be_read_is_not_compared() -> None:
    created = planned(None, size="1GiB", every="day", seed=7)
    assert created.requests[0].body == {"name": "big", "size": GIB, "every": "day", "seed": 7}
    plan = planned(HAVE, seed=8)
    assert plan.steps == () and plan.before == plan.after == {"name": "big"}


class TestStructures:
    """Only the parts that the task gives count, and only these are sent."""

    def test_the_option_is_a_dictionary(self) -> None:
        option = TANK.argument_spec()["pump"]
        assert option["type"] == "dict" and option["options"]["pin"] == {"type": "str", "no_log": True}
        assert TANK.argument_spec()["update_secrets"]["choices"] == ["on_create", "always"]

    def test_equal_parts_are_no_change(self) -> None:
        plan = planned(HAVE, pump={"power": "1K", "brand": None, "pin": "1234"})
        assert plan.steps == ()
        assert plan.before == plan.after == {"name": "big", "pump": {"power": "1 KiB", "pin": "(secret)"}}

    def test_a_part_that_differs(self) -> None:
        plan = planned(HAVE, pump={"power": "2K", "brand": "acme"})
        assert [step.body for step in plan.requests] == [{"pump_details": {"watts": 2048, "brand": "acme"}}]
        assert plan.before["pump"] == {"power": "1 KiB", "brand": "acme"}
        assert plan.after["pump"] == {"power": "2 KiB", "brand": "acme"}

    def test_its_secret_is_written_again_if_the_task_says_so(self) -> None:
        plan = planned(HAVE, pump={"brand": "acme", "pin": "1234"}, update_secrets="always")
        assert [step.body for step in plan.requests] == [{"pump_details": {"brand": "acme", "pin": "1234"}}]
        assert plan.after["pump"] == {"brand": "acme", "pin": "(secret, set again)"}
        assert "1234" not in str((plan.before, plan.after, plan.sentences()))


class TestAtLeastOne:
    LIMIT = ResourceType(
        type="limit",
        title="limit",
        convention=CONVENTION,
        attributes=(Attribute("speed", clear=NULL), Attribute("count", clear=NULL), Attribute("note")),
        state_rules=(at_least_one_of("speed", "count"),),
    )

    @pytest.mark.parametrize("options", [{"speed": "1"}, {"count": "1"}, {"speed": "1", "count": "2"}])
    def test_one_or_both(self, options: Json) -> None:
        assert make_plan(self.LIMIT, None, {"name": "a", **options}).requests[0].body == {"name": "a", **options}

    def test_a_new_object_with_none_of_them(self) -> None:
        with pytest.raises(InputError, match="Limit a does not exist; give speed or count"):
            make_plan(self.LIMIT, None, {"name": "a", "note": "x"})

    def test_the_last_one_stays(self) -> None:
        current = {"id": "1", "name": "a", "speed": "1", "count": None, "note": ""}
        with pytest.raises(InputError, match="Limit a: Give speed or count"):
            make_plan(self.LIMIT, current, {"name": "a", "speed": ""})
        plan = make_plan(self.LIMIT, current, {"name": "a", "speed": "", "count": "3"})
        assert plan.requests[0].body == {"speed": None, "count": "3"}
        assert make_plan(self.LIMIT, current, {"name": "a", "note": "x"}).requests[0].body == {"note": "x"}
