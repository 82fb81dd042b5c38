# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What holds for every plan: carrying it out leaves nothing to do, and making it touches nothing."""

from __future__ import annotations

import copy
import typing as t

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.make_plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from tests.unit.engine.model import BOOKS, PEOPLE, carry_out
from tests.unit.engine.tables import SHELF, member, shelf, task

MANY = settings(max_examples=200, deadline=None, derandomize=True)


def references(known: dict[str, str]) -> st.SearchStrategy[Reference]:
    """Return references to things: by id, by name, by name in other letters, by both."""
    one = st.sampled_from(sorted(known.items()))
    return st.one_of(
        one.map(lambda pair: Reference(id=pair[0])),
        one.map(lambda pair: Reference(name=pair[1])),
        one.map(lambda pair: Reference(name=pair[1].upper())),
        one.map(lambda pair: Reference(id=pair[0], name=pair[1])),
    )


def book_id(one: Reference) -> str:
    return next(id for id, name in BOOKS.items() if one.matches({"id": id, "name": name}))


PERSON = st.sampled_from([None, *PEOPLE])
HAVE = st.one_of(
    st.none(),
    st.builds(
        lambda owner, lender, books, **values: shelf(
            owner_id=owner,
            owner={"id": owner, "name": PEOPLE[owner]} if owner else None,
            lender_id=lender,
            lender={"id": lender, "name": PEOPLE[lender]} if lender else None,
            books=[member(number) for number in books],
            **values,
        ),
        owner=PERSON,
        lender=PERSON,
        books=st.lists(st.integers(1, 5), unique=True),
        note=st.sampled_from([None, "", "old", "new"]),
        boards_mounted=st.integers(0, 3),
        wood=st.sampled_from(["oak", "pine"]),
        locked=st.booleans(),
        dusty=st.booleans(),
        finish=st.sampled_from(["", "wax", "oil"]),
    ),
)


def maybe(strategy: st.SearchStrategy[t.Any]) -> st.SearchStrategy[t.Any]:
    return st.none() | strategy


WANT = st.builds(
    task,
    state=st.sampled_from(["present", "present", "present", "absent"]),
    new_name=st.sampled_from([None, "attic", "Hall"]),
    note=maybe(st.sampled_from(["", "old", "new"])),
    boards=maybe(st.integers(0, 3)),
    wood=maybe(st.sampled_from(["oak", "pine"])),
    locked=maybe(st.booleans()),
    dusty=maybe(st.just(False)),
    owner=maybe(st.just("") | references(PEOPLE)),
    lender=maybe(st.just("") | references(PEOPLE)),
    finish=maybe(st.sampled_from(["", "wax", "oil"])),
    books=maybe(st.lists(references(BOOKS), max_size=6, unique_by=book_id)),
    books_mode=st.sampled_from(["exact", "add", "remove"]),
    careful=maybe(st.booleans()),
    burn=maybe(st.booleans()),
)


@given(HAVE, WANT)
@MANY
def test_carrying_a_plan_out_leaves_nothing_to_do(current: Json | None, desired: Json) -> None:
    plan = plan_or_skip(current, desired)
    for step in plan.requests:
        current = carry_out(current, step)
    again = make_plan(SHELF, current, desired)
    assert again.steps == ()
    assert again.before == again.after


@given(HAVE, WANT)
@MANY
def test_the_diff_is_empty_exactly_when_there_is_nothing_to_do(current: Json | None, desired: Json) -> None:
    plan = plan_or_skip(current, desired)
    assert (plan.before == plan.after) is (not plan.requests)


@given(HAVE, WANT)
@MANY
def test_the_diff_tells_only_what_the_task_manages(current: Json | None, desired: Json) -> None:
    plan = plan_or_skip(current, desired)
    asked = {option for option, value in desired.items() if value is not None} | {"name"}
    if desired["state"] == "present":
        assert plan.before.keys() | plan.after.keys() <= asked
        assert not current or plan.before.keys() == plan.after.keys()


@given(HAVE, WANT)
@MANY
def test_what_the_diff_promises_is_what_a_later_look_shows(current: Json | None, desired: Json) -> None:
    plan = plan_or_skip(current, desired)
    for step in plan.requests:
        current = carry_out(current, step)
    seen = make_plan(SHELF, current, desired).before
    assert lowered(seen) == lowered(plan.after)


def lowered(shown: Json) -> Json:
    """Return what a diff shows, books by id and texts as they compare: an unset one is empty, names ignore case."""
    ids = {name.lower(): id for id, name in BOOKS.items()}
    told = {name: "" if value is None else value for name, value in shown.items()}
    if "books" in told:
        told["books"] = sorted(ids.get(one.lower(), one) for one in told["books"])
    for option in ("owner", "lender"):
        if option in told:
            told[option] = told[option].lower()
    return told


@given(HAVE, WANT)
@MANY
def test_planning_is_pure(current: Json | None, desired: Json) -> None:
    kept = copy.deepcopy((current, desired))
    first = plan_or_skip(current, desired)
    assert (current, desired) == kept
    assert make_plan(SHELF, current, desired) == first


def plan_or_skip(current: Json | None, desired: Json) -> Plan:
    """Return the plan; tasks that cannot be are not the subject here."""
    try:
        return make_plan(SHELF, current, desired)
    except InputError:
        reject()
