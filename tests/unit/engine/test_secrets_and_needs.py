# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Notions of a table beside plain attributes: secrets, what a create needs, what only steers, names that stay."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Ref, Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.checks import check_options
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import (
    SECRET,
    SECRET_SET,
    Attribute,
    as_text,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (
    RequestParameter,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.paths import ID_LATER
from tests.unit.engine.tables import ANNA, BEN, CONVENTION, requests_of

VAULT = ResourceType(
    type="vault",
    title="vault",
    convention=CONVENTION,
    renames=False,
    attributes=(
        Attribute("city", required=True),
        Attribute("keeper", api_name="keeper_id", ref=Ref("person")),
        Attribute("code", api_name="code_word", sensitive=True),
        Attribute("heir", api_name="heir_id", read="heir", ref=Ref("person"), update_only=True),
        Attribute("motto", update_only=True, normalize=as_text),
        Attribute("alarm", update_only=True, default="loud"),
        Attribute("badge", update_only=True),
        Attribute("doors", "list", update_only=True, spec={"elements": "str"}),
    ),
    parameters=(RequestParameter("old_code", on=("create", "modify"), type="str", along="code_word", sensitive=True),),
    secret_tests=("when_it_does_not_open",),
)
HAVE: Json = {
    "id": "v1",
    "name": "deep",
    "city": "Bern",
    "keeper_id": None,
    "keeper": None,
    "heir_id": None,
    "heir": None,
    "motto": None,
    "alarm": "loud",
    "badge": None,
    "doors": None,
}
TOLD = "swordfish"


def task(**options: t.Any) -> Json:
    desired: Json = {name: option.get("default") for name, option in VAULT.argument_spec().items()}
    assert not options.keys() - desired.keys()
    return {**desired, "name": "deep", **options}


def planned(current: Json | None, **options: t.Any) -> Plan:
    return make_plan(VAULT, current, task(**options))


def test_options() -> None:
    spec = VAULT.argument_spec()
    assert "new_name" not in spec
    assert spec["code"] == {"type": "str", "no_log": True}
    assert spec["update_secrets"] == {
        "type": "str",
        "choices": ["on_create", "always", "when_it_does_not_open"],
        "default": "on_create",
        "no_log": False,
    }
    assert spec["old_code"] == {"type": "str", "no_log": True}


def test_a_secret_is_never_read_and_what_is_joined_is_read_as_its_id() -> None:
    fields = VAULT.fields(task(code=TOLD))
    assert not {"code", "code_word"} & fields.keys()
    assert "keeper_id" in fields and "keeper" not in fields
    assert fields["heir"] == ("id", "name")


@pytest.mark.parametrize(
    "update, body",
    [("on_create", None), ("always", {"code_word": TOLD}), ("when_it_does_not_open", None)],
)
def test_when_a_secret_is_written(update: str, body: Json | None) -> None:
    """What a platform has to find out by itself, it turns into one of the other two before the plan is made."""
    plan = planned(HAVE, code=TOLD, update_secrets=update)
    assert requests_of(plan) == ([("MERGE", "vault(v1)", body)] if body else [])
    assert plan.before["code"] == SECRET
    assert plan.after["code"] == (SECRET_SET if body else SECRET)


@pytest.mark.parametrize("current, update", [(None, "on_create"), (HAVE, "always")])
def test_a_secret_shows_in_bodies_only(current: Json | None, update: str) -> None:
    plan = planned(current, city="Bern", code=TOLD, update_secrets=update)
    assert plan.requests[0].body and plan.requests[0].body["code_word"] == TOLD
    assert TOLD not in str((plan.before, plan.after, plan.sentences(), plan.warnings))


@pytest.mark.parametrize(
    "current, options, goes_along",
    [
        (HAVE, {"code": TOLD, "update_secrets": "always"}, True),
        (HAVE, {"city": "Basel"}, False),
        (HAVE, {}, False),
        (None, {"city": "Bern", "code": TOLD}, True),
        (None, {"city": "Bern"}, False),
    ],
)
def test_what_steers_goes_along_only_with_its_attribute(current: Json | None, options: Json, goes_along: bool) -> None:
    plan = planned(current, old_code="abc", **options)
    bodies = [step.body or {} for step in plan.requests]
    assert any(body.get("old_code") == "abc" for body in bodies) is goes_along


def test_what_a_create_needs_cannot_be_taken_away() -> None:
    with pytest.raises(InputError, match="city is empty: give a value, or leave the option out"):
        check_options(VAULT, task(city=""))


def test_a_create_tells_what_it_needs() -> None:
    with pytest.raises(InputError) as caught:
        planned(None, motto="x")
    assert "Vault deep does not exist; to create it, give city, too." in str(caught.value)
    assert planned(HAVE, motto="x").sentences() == ["change motto of vault deep"]
    assert planned(None, state="absent").steps == ()


@pytest.mark.parametrize(
    "keeper, asked, changes",
    [
        ({"id": "p1", "name": "Anna"}, ANNA, False),
        ({"id": "p1", "name": "Anna"}, Reference(name="anna"), False),
        ({"id": "p1", "name": "Anna"}, BEN, True),
        (None, BEN, True),
        (None, "", False),
    ],
)
def test_what_is_joined_is_compared_as_if_it_had_been_expanded(
    keeper: Json | None, asked: t.Any, changes: bool
) -> None:
    current = {**HAVE, "keeper_id": keeper and keeper["id"], "keeper": keeper}
    plan = planned(current, keeper=asked)
    assert requests_of(plan) == ([("MERGE", "vault(v1)", {"keeper_id": asked.id})] if changes else [])


@pytest.mark.parametrize(
    "options, body",
    [
        ({"heir": ""}, None),
        ({"motto": ""}, None),
        ({"badge": ""}, None),
        ({"doors": []}, None),
        ({"alarm": "loud"}, None),
        ({"heir": "", "motto": "", "alarm": "loud"}, None),
        # what a new object has by itself is not clear
        ({"alarm": ""}, {"alarm": ""}),
        ({"heir": ANNA}, {"heir_id": "p1"}),
        ({"doors": ["front"]}, {"doors": ["front"]}),
        ({"heir": "", "motto": "x"}, {"motto": "x"}),
    ],
)
def test_a_new_object_is_changed_only_where_it_differs(options: Json, body: Json | None) -> None:
    first, *more = requests_of(planned(None, city="Bern", **options))
    assert first == ("PUT", "new/vault", {"name": "deep", "city": "Bern"})
    assert more == ([("MERGE", f"vault({ID_LATER})", body)] if body else [])
