# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of structures: patched by a change request, with secrets in their items, or with an action for each item."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Ref, Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.checks import check_options
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (
    CANNOT,
    SECRET,
    SECRET_SET,
    Attribute,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import Action, Item, List, Patch
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.paths import ID_LATER
from tests.unit.engine.tables import CONVENTION, requests_of


def lower(value: t.Any) -> t.Any:
    return value.lower() if value else value


CREW = List(
    "sailors",
    read="crew_aboard",
    required=True,
    item=Item(
        "sailor",
        key=("name",),
        attributes=(
            Attribute("name", api_name="call", normalize=lower),
            Attribute("rank", create_only=True, required=True),
            Attribute("cabin"),
            Attribute("locker", api_name="locker_number"),
            Attribute("code", sensitive=True, belongs_to=("locker",)),
        ),
    ),
    channel=Patch("hire", "fire", "change", create="crew"),
)
BERTHS = List(
    "berths",
    read="moored[]",
    item=Item(
        "harbour",
        key=("harbour",),
        attributes=(
            Attribute("harbour", api_name="harbour_id", read="harbour", ref=Ref("harbour")),
            Attribute("pier", "int"),
        ),
    ),
    channel=Action("moor", "cast_off", words=("moor", "cast off")),
    replace="allow_drift",
)
SHIP = ResourceType("ship", "ship", CONVENTION, (CREW, BERTHS))

ANNE: Json = {"call": "Anne", "rank": "mate", "cabin": "1", "locker_number": "7"}
BILL: Json = {"call": "Bill", "rank": "cook", "cabin": None, "locker_number": None}
HULL, CORK = Reference(id="h1", name="Hull"), Reference(name="Cork")
AT_HULL: Json = {"id": "m1", "harbour": {"id": "h1", "name": "Hull"}, "pier": 3}
AT_CORK: Json = {"id": "m2", "harbour": {"id": "h2", "name": "Cork"}, "pier": 5}
AT_SEA: Json = {"id": "m3", "harbour": None, "pier": 9}


def ship(**values: t.Any) -> Json:
    return {"id": "s1", "name": "Argo", "crew_aboard": [], "moored": [], **values}


def planned(current: Json | None, **options: t.Any) -> Plan:
    desired = {name: option.get("default") for name, option in SHIP.argument_spec().items()}
    assert not options.keys() - desired.keys()
    return make_plan(SHIP, current, {**desired, "name": "Argo", **options})


def patches(plan: Plan) -> list[Json]:
    assert {(verb, path) for verb, path, dummy in requests_of(plan)} <= {("MERGE", "ship(s1)")}
    return [body for dummy, dummy2, body in requests_of(plan) if body is not None]


def test_options() -> None:
    """Only the key is required of each item: what else a new one needs, an existing one has."""
    options = SHIP.argument_spec()["sailors"]["options"]
    assert [name for name, option in options.items() if option.get("required")] == ["name"]
    assert options["code"]["no_log"] is True
    assert SHIP.argument_spec()["update_secrets"]["default"] == "on_create"


class TestPatch:
    def test_each_kind_of_change_is_one_request(self) -> None:
        """Additions come first and removals last; all items with changes are one request."""
        current = ship(crew_aboard=[ANNE, BILL, {**BILL, "call": "Carl"}])
        wanted = [{"name": "anne", "cabin": "2"}, {"name": "BILL", "cabin": "3"}, {"name": "Dora", "rank": "boy"}]
        plan = planned(current, sailors=wanted)
        assert patches(plan) == [
            {"hire": [{"call": "Dora", "rank": "boy"}]},
            {"change": [{"call": "Anne", "cabin": "2"}, {"call": "Bill", "cabin": "3"}]},
            {"fire": ["Carl"]},
        ]
        assert plan.sentences() == [
            "add 1 sailor (Dora) to ship Argo",
            "change cabin of 2 sailors (Anne, Bill) of ship Argo",
            "remove 1 sailor (Carl) from ship Argo",
        ]

    @pytest.mark.parametrize(
        "mode, sailors, bodies",
        [
            ("exact", [{"name": "bill"}, {"name": "ANNE", "rank": "mate", "locker": "7"}], []),
            ("exact", [], [{"fire": ["Anne", "Bill"]}]),
            ("add", [{"name": "Bill", "cabin": "9"}], [{"change": [{"call": "Bill", "cabin": "9"}]}]),
            ("add", [{"name": "Eve", "rank": "boy"}], [{"hire": [{"call": "Eve", "rank": "boy"}]}]),
            ("remove", [{"name": "anne", "cabin": "9"}, {"name": "Eve"}], [{"fire": ["Anne"]}]),
            ("remove", [], []),
        ],
    )
    def test_modes(self, mode: str, sailors: list[Json], bodies: list[Json]) -> None:
        assert patches(planned(ship(crew_aboard=[ANNE, BILL]), sailors=sailors, sailors_mode=mode)) == bodies

    def test_create_takes_the_list(self) -> None:
        plan = planned(None, sailors=[{"name": "Anne", "rank": "mate", "code": "x1"}])
        assert requests_of(plan) == [
            ("PUT", "new/ship", {"name": "Argo", "crew": [{"call": "Anne", "rank": "mate", "code": "x1"}]})
        ]
        assert plan.after["sailors"] == [{"name": "Anne", "rank": "mate", "code": SECRET}]

    def test_a_list_that_a_create_needs_may_be_empty(self) -> None:
        assert requests_of(planned(None, sailors=[])) == [("PUT", "new/ship", {"name": "Argo", "crew": []})]
        with pytest.raises(InputError, match="to create it, give sailors, too"):
            planned(None)

    @pytest.mark.parametrize("current", [None, ship(crew_aboard=[ANNE])])
    def test_a_new_item_lacks_what_it_needs(self, current: Json | None) -> None:
        with pytest.raises(InputError, match="sailors: give rank to add sailor Eve; give rank to add sailor Fred."):
            planned(current, sailors=[{"name": "Eve"}, {"name": "Fred", "cabin": "1"}])

    def test_what_cannot_be_changed_is_never_removed_and_added_again(self) -> None:
        with pytest.raises(InputError) as caught:
            planned(ship(crew_aboard=[ANNE]), sailors=[{"name": "anne", "rank": "boy"}])
        assert str(caught.value) == (
            "sailors: this cannot be changed in place: sailor Anne: rank is mate, asked for boy. "
            "It takes a request to remove and one to add again."
        )


class TestSecretsOfItems:
    @pytest.mark.parametrize(
        "item, update, body",
        [
            ({"code": "x1"}, "on_create", None),
            ({"code": "x1"}, "always", {"code": "x1"}),
            ({"locker": "7", "code": "x1"}, "on_create", None),
            ({"locker": "8", "code": "x1"}, "on_create", {"locker_number": "8", "code": "x1"}),
            ({"cabin": "2", "code": "x1"}, "on_create", {"cabin": "2"}),
        ],
    )
    def test_when_a_secret_is_written(self, item: Json, update: str, body: Json | None) -> None:
        """Also with what it belongs to: a new locker has no code yet."""
        plan = planned(
            ship(crew_aboard=[ANNE, BILL]),
            sailors=[{"name": "anne", **item}],
            sailors_mode="add",
            update_secrets=update,
        )
        assert patches(plan) == ([{"change": [{"call": "Anne", **body}]}] if body else [])
        before, after = plan.before["sailors"], plan.after["sailors"]
        assert before[0]["code"] == SECRET
        assert after[0]["code"] == (SECRET_SET if body and "code" in body else SECRET)
        assert "code" not in before[1] and "code" not in after[1]
        assert (before == after) is (body is None)
        assert "x1" not in str((before, after, plan.sentences()))

    def test_what_a_request_has_written_is_known(self) -> None:
        items = [{"name": "ANNE", "code": "x1", "cabin": "1"}, {"name": "Bill", "code": "x2"}]
        plan = planned(ship(crew_aboard=[ANNE, BILL]), sailors=items[:1], sailors_mode="add", update_secrets="always")
        written = CREW.secrets_in(patches(plan)[0])
        assert [CREW.without_secrets(item, written) for item in items] == [{"name": "ANNE", "cabin": "1"}, items[1]]
        assert CREW.secrets_in({"fire": ["Anne"]}) == CREW.secrets_in({"hire": [{"call": "Anne"}]}) == set()


class TestActionForEachItem:
    def test_one_action_an_item(self) -> None:
        plan = planned(ship(moored=[AT_HULL, AT_SEA]), berths=[{"harbour": CORK, "pier": 5}])
        assert requests_of(plan) == [
            ("DO", "ship(s1)/moor", {"harbour_id": "@Cork", "pier": 5}),
            ("DO", "ship(s1)/cast_off", {"harbour_id": "h1"}),
        ]
        assert plan.sentences() == ["moor harbour Cork to ship Argo", "cast off harbour Hull from ship Argo"]
        assert plan.before["berths"] == [{"harbour": "Hull", "pier": 3}]
        assert plan.after["berths"] == [{"harbour": "Cork", "pier": 5}]

    def test_of_a_new_object(self) -> None:
        plan = planned(None, sailors=[], berths=[{"harbour": HULL}])
        assert requests_of(plan)[1:] == [("DO", f"ship({ID_LATER})/moor", {"harbour_id": "h1"})]

    @pytest.mark.parametrize(
        "berths, mode",
        [
            ([{"harbour": Reference(name="hull")}, {"harbour": CORK, "pier": 5}], "exact"),
            ([{"harbour": HULL, "pier": 3}], "add"),
            ([{"harbour": Reference(name="Dover"), "pier": 3}], "remove"),
        ],
    )
    def test_nothing_to_do(self, berths: list[Json], mode: str) -> None:
        assert planned(ship(moored=[AT_CORK, AT_HULL, AT_SEA]), berths=berths, berths_mode=mode).steps == ()

    def test_what_cannot_be_changed_needs_consent(self) -> None:
        current, wanted = ship(moored=[AT_HULL, AT_CORK]), [{"harbour": HULL, "pier": 4}]
        with pytest.raises(InputError) as caught:
            planned(current, berths=wanted, berths_mode="add")
        assert str(caught.value) == (
            "berths: this cannot be changed in place: harbour Hull: pier is 3, asked for 4. "
            "It takes a request to cast off and one to moor again. allow_drift: true accepts that."
        )
        plan = planned(current, berths=wanted, berths_mode="add", allow_drift=True)
        assert requests_of(plan) == [
            ("DO", "ship(s1)/cast_off", {"harbour_id": "h1"}),
            ("DO", "ship(s1)/moor", {"harbour_id": "h1", "pier": 4}),
        ]
        assert plan.before["berths"] == [{"harbour": "Cork", "pier": 5}, {"harbour": "Hull", "pier": 3}]
        assert plan.after["berths"] == [{"harbour": "Cork", "pier": 5}, {"harbour": "Hull", "pier": 4}]


class TestPlainValuesByAction:
    """An API may add and remove values one by one, each with an action."""

    KEYS = List(
        "keys",
        item=Item("key", normalize=lower),
        channel=Action("give", "take", value="key_name", words=("give", "take")),
    )

    def test_one_action_a_value(self) -> None:
        box = ResourceType("box", "box", CONVENTION, (self.KEYS,))
        current = {"id": "b1", "name": "a", "keys": ["Iron", "brass"]}
        plan = make_plan(box, current, {"name": "a", "keys": ["iron", "Gold", "gold"], "keys_mode": "exact"})
        assert requests_of(plan) == [
            ("DO", "box(b1)/give", {"key_name": "gold"}),
            ("DO", "box(b1)/take", {"key_name": "brass"}),
        ]
        assert plan.sentences() == ["give key gold to box a", "take key brass from box a"]

    def test_a_deletion_shows_no_list_that_it_has_not_read(self) -> None:
        keys = dataclasses.replace(self.KEYS, read_by="list_keys")
        box = ResourceType("box", "box", CONVENTION, (keys,))
        plan = make_plan(box, {"id": "b1", "name": "a"}, {"name": "a", "state": "absent"})
        assert plan.before == {"id": "b1", "name": "a"}


class TestListsInOneRequest:
    """An API that takes all changes of an object together gets them in one request."""

    @staticmethod
    def crowd(option: str) -> List:
        channel = Patch(f"add_{option}", f"remove_{option}", create=option, together=True)
        return List(option, read=f"{option}[]", item=Item(option[:-1], ref=Ref(option[:-1])), channel=channel)

    @pytest.fixture
    def club(self) -> ResourceType:
        lists = (self.crowd("singers"), self.crowd("drummers"))
        return ResourceType("club", "club", CONVENTION, (Attribute("motto"), *lists))

    def plan(self, club: ResourceType, **options: t.Any) -> Plan:
        current = {"id": "c1", "name": "a", "motto": "", "drummers": [{"id": "d1", "name": "Don"}], "singers": []}
        given = {name: [Reference(id=one) for one in value] for name, value in options.items() if name[-1] == "s"}
        return make_plan(club, current, {"name": "a", **options, **given})

    def test_several_lists_and_an_attribute(self, club: ResourceType) -> None:
        plan = self.plan(club, motto="loud", singers=["s1"], drummers=["d2"])
        body = {"motto": "loud", "add_singers": ["s1"], "add_drummers": ["d2"], "remove_drummers": ["d1"]}
        assert [(step.action, step.body) for step in plan.requests] == [("modify", body)]
        assert plan.requests[0].summary == (
            "change motto of club a, add 1 singer (s1) to club a, add 1 drummer (d2) to club a, "
            "remove 1 drummer (Don) from club a"
        )

    def test_lists_alone(self, club: ResourceType) -> None:
        plan = self.plan(club, singers=["s1"], drummers=[])
        assert [step.body for step in plan.requests] == [{"add_singers": ["s1"], "remove_drummers": ["d1"]}]

    def test_nothing_to_do(self, club: ResourceType) -> None:
        assert self.plan(club, motto="", singers=[], drummers=["d1"]).steps == ()


class TestCompleteStructures:
    """An API that replaces a structure gets all of it, new ones and changed ones under one name."""

    ALARMS = List(
        "alarms",
        required=True,
        clear=CANNOT,
        max_items=3,
        item=Item(
            "alarm",
            key=("time",),
            attributes=(
                Attribute("time", normalize=lower),
                *(Attribute(name, "bool", api_name=f"is_{name}", normalize=bool) for name in ("loud", "long")),
                Attribute("code", sensitive=True),
            ),
        ),
        channel=Patch("alarms", "remove_times", "alarms", create="alarms", together=True, complete=True),
    )
    CLOCK = ResourceType("clock", "clock", CONVENTION, (ALARMS,))

    def plan(self, *alarms: Json, mode: str = "exact") -> Plan:
        dawn, noon = {"time": "Dawn", "is_loud": True, "is_long": True}, {"time": "Noon", "is_loud": None}
        current = {"id": "c1", "name": "a", "alarms": [dawn, noon]}
        return make_plan(self.CLOCK, current, {"name": "a", "alarms": list(alarms), "alarms_mode": mode})

    def test_new_changed_and_removed_ones(self) -> None:
        plan = self.plan({"time": "dawn", "loud": False}, {"time": "Dusk", "long": True})
        settings = [{"time": "Dusk", "is_long": True}, {"time": "Dawn", "is_loud": False, "is_long": True}]
        assert [step.body for step in plan.requests] == [{"alarms": settings, "remove_times": ["Noon"]}]

    def test_what_is_not_set_is_false(self) -> None:
        assert self.plan({"time": "noon", "loud": False, "long": False}, mode="add").steps == ()
        plan = self.plan({"time": "noon", "long": True}, mode="add")
        assert [step.body for step in plan.requests] == [{"alarms": [{"time": "Noon", "is_long": True}]}]

    def test_a_list_that_cannot_be_empty(self) -> None:
        with pytest.raises(InputError, match="alarms is empty: give at least one alarm, or leave the option out"):
            check_options(self.CLOCK, {"name": "a", "alarms": []})

    def test_a_list_with_a_limit(self) -> None:
        alarms = [{"time": time} for time in ("dawn", "noon", "dusk", "night")]
        check_options(self.CLOCK, {"name": "a", "alarms": alarms[:3]})
        with pytest.raises(InputError, match="alarms has 4 entries, at most 3 are allowed"):
            check_options(self.CLOCK, {"name": "a", "alarms": alarms})


RULES = List(
    "rules",
    read="entries",
    read_by="get_rules",
    default=({"who": "All"},),
    item=Item("rule", key=("who",), attributes=(Attribute("who", normalize=lower),)),
    channel=Patch("more", "less", action="set_rules", whole="rules"),
)
ADDED = "add 1 rule (Eve) to port x"
PORT = ResourceType("port", "port", CONVENTION, (RULES,))


class TestPatchByAction:
    """The request that changes the list is an action, which also takes the whole list."""

    @pytest.mark.parametrize(
        "rules, mode, body, sentence",
        [
            (["all", "BOB"], "exact", None, ""),
            (["Eve", "All"], "exact", {"rules": ["Eve", "All"]}, f"{ADDED}, remove 1 rule (Bob) from port x"),
            ([], "exact", {"rules": []}, "remove 2 rules (All, Bob) from port x"),
            (["Eve", "bob"], "add", {"more": ["Eve"]}, ADDED),
            (["Eve", "bob"], "remove", {"less": ["Bob"]}, "remove 1 rule (Bob) from port x"),
        ],
    )
    def test_one_request(self, rules: list[str], mode: str, body: Json | None, sentence: str) -> None:
        current = {"id": "p1", "name": "x", "rules": [{"who": "All"}, {"who": "Bob"}]}
        self.check(current, rules, mode, body, sentence, "p1")

    @pytest.mark.parametrize(
        "rules, mode, body, sentence",
        [
            (["ALL"], "exact", None, ""),
            (["Eve"], "exact", {"rules": ["Eve"]}, f"{ADDED}, remove 1 rule (All) from port x"),
            ([], "exact", {"rules": []}, "remove 1 rule (All) from port x"),
            (["Eve", "all"], "add", {"more": ["Eve"]}, ADDED),
        ],
    )
    def test_a_new_object_has_entries(self, rules: list[str], mode: str, body: Json | None, sentence: str) -> None:
        self.check(None, rules, mode, body, sentence, ID_LATER)

    @staticmethod
    def check(current: Json | None, rules: list[str], mode: str, body: Json | None, sentence: str, key: str) -> None:
        desired = {"state": "present", "name": "x", "rules": [{"who": who} for who in rules], "rules_mode": mode}
        plan = make_plan(PORT, current, desired)
        steps = requests_of(plan)[0 if current else 1 :]
        entries = {
            name: names if name == "less" else [{"who": who} for who in names] for name, names in (body or {}).items()
        }
        assert steps == ([("DO", f"port({key})/set_rules", entries)] if body else [])
        assert plan.sentences()[0 if current else 1 :] == ([sentence] if sentence else [])

    def test_the_object_as_read_does_not_have_it(self) -> None:
        assert PORT.fields({}) == {"id": (), "name": ()}
