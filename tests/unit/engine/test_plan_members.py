# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Members: exact, add and remove; by name, by id, both at once, twice, and in another case."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils.engine.plan import make_plan
from ansible_collections.jobwise.appliance.plugins.module_utils.engine.resource import Json, Reference
from ansible_collections.jobwise.appliance.plugins.modules.volume_group import VOLUME_GROUP
from tests.unit.engine.tables import DATA, GROUP_ID, LOGS, SHELF, WEB, group, ref, shelf, told, want

NAMED = Reference(name="web01")
OTHER_CASE = Reference(name="WEB01")
WITH_ID = Reference(id="w1")

# mode, members on the array, members asked for, ids added, ids removed
CHANGES: list[tuple[str, list[Json], list[Reference], list[str], list[str]]] = [
    ("exact", [WEB, DATA], [ref(WEB), ref(DATA)], [], []),
    ("exact", [WEB, DATA], [ref(DATA), ref(WEB)], [], []),
    ("exact", [WEB], [NAMED], [], []),
    ("exact", [WEB], [OTHER_CASE], [], []),
    ("exact", [WEB], [WITH_ID], [], []),
    ("exact", [WEB], [WITH_ID, NAMED, OTHER_CASE], [], []),
    ("exact", [WEB], [ref(WEB), ref(DATA)], ["d1"], []),
    ("exact", [WEB, DATA], [WITH_ID], [], ["d1"]),
    ("exact", [WEB, LOGS], [OTHER_CASE, ref(DATA)], ["d1"], ["l1"]),
    ("exact", [WEB, DATA], [], [], ["w1", "d1"]),
    ("exact", [], [], [], []),
    ("exact", [], [Reference(id="x9")], ["x9"], []),
    ("add", [], [ref(WEB), ref(LOGS)], ["w1", "l1"], []),
    ("add", [WEB], [OTHER_CASE], [], []),
    ("add", [WEB], [WITH_ID, ref(DATA)], ["d1"], []),
    ("add", [WEB], [], [], []),
    ("remove", [WEB, DATA], [OTHER_CASE], [], ["w1"]),
    ("remove", [WEB, DATA], [WITH_ID, Reference(name="Data01")], [], ["w1", "d1"]),
    ("remove", [WEB, DATA], [WITH_ID, NAMED], [], ["w1"]),
    ("remove", [WEB], [Reference(name="never seen"), Reference(id="x9")], [], []),
    ("remove", [WEB], [], [], []),
    ("remove", [], [NAMED], [], []),
]


@pytest.mark.parametrize("mode, members, asked, added, removed", CHANGES)
def test_member_changes(
    mode: str, members: list[Json], asked: list[Reference], added: list[str], removed: list[str]
) -> None:
    plan = make_plan(VOLUME_GROUP, group(volumes=members), want(volumes=asked, members=mode))
    path = f"volume_group/{GROUP_ID}"
    steps = [("POST", f"{path}/remove_members", {"volume_ids": removed})] if removed else []
    steps += [("POST", f"{path}/add_members", {"volume_ids": added})] if added else []
    assert told(plan) == steps
    assert [step.action for step in plan.steps] == [step[1].rpartition("/")[2] for step in steps]


@pytest.mark.parametrize(
    "mode, members, asked, before, after",
    [
        ("exact", [WEB, LOGS], [ref(DATA), OTHER_CASE], ["Logs", "web01"], ["data01", "web01"]),
        ("exact", [WEB], [], ["web01"], []),
        ("exact", [], [ref(WEB)], [], ["web01"]),
        ("exact", [], [Reference(id="x9")], [], ["x9"]),
        ("exact", [{"id": "n1", "name": None}], [Reference(id="n1")], ["n1"], ["n1"]),
        ("add", [WEB], [ref(DATA)], ["web01"], ["data01", "web01"]),
        ("remove", [WEB, DATA], [WITH_ID, Reference(name="nobody")], ["data01", "web01"], ["data01"]),
    ],
)
def test_the_diff_of_members_is_sorted_and_by_name(
    mode: str, members: list[Json], asked: list[Reference], before: list[str], after: list[str]
) -> None:
    plan = make_plan(VOLUME_GROUP, group(volumes=members), want(volumes=asked, members=mode))
    assert (plan.before["volumes"], plan.after["volumes"]) == (before, after)


def test_members_come_after_the_attributes_and_removals_before_additions() -> None:
    """A limit on the number of members is met on the way, too."""
    plan = make_plan(VOLUME_GROUP, group(volumes=[WEB, LOGS]), want(description="x", volumes=[ref(WEB), ref(DATA)]))
    assert plan.sentences() == [
        "change description of volume group Finance",
        "remove 1 volume (Logs) from volume group Finance",
        "add 1 volume (data01) to volume group Finance",
    ]


def test_a_long_list_is_counted_and_cut() -> None:
    asked = [Reference(f"v{number}", f"vol{number}") for number in range(7)]
    plan = make_plan(VOLUME_GROUP, group(), want(volumes=asked))
    assert plan.sentences() == [
        "add 7 volumes (vol0, vol1, vol2, vol3, vol4 and 2 more) to volume group Finance",
    ]
    assert plan.steps[0].body == {"volume_ids": [f"v{number}" for number in range(7)]}


def test_names_that_are_not_looked_up_go_as_the_platform_spells_them() -> None:
    plan = make_plan(SHELF, shelf(), want(SHELF, books=[Reference(name="Atlas"), Reference(id="b2")]))
    assert told(plan) == [("POST", "shelf/s1/put", {"book_ids": ["called Atlas", "b2"]})]


def test_controls_do_not_go_with_members() -> None:
    plan = make_plan(SHELF, shelf(books=[WEB]), want(SHELF, books=[], gently=True))
    assert told(plan) == [("POST", "shelf/s1/take", {"book_ids": ["w1"]})]


def test_a_relation_that_reads_back_as_null_has_no_members() -> None:
    plan = make_plan(VOLUME_GROUP, group(volumes=None), want(volumes=[ref(WEB)]))
    assert (plan.before["volumes"], plan.after["volumes"]) == ([], ["web01"])


def test_members_keep_their_ids_when_a_group_is_renamed() -> None:
    plan = make_plan(VOLUME_GROUP, group(volumes=[]), want(name="Finance", new_name="Books", volumes=[ref(WEB)]))
    assert [step.path for step in plan.steps] == [
        f"volume_group/{GROUP_ID}",
        f"volume_group/{GROUP_ID}/add_members",
    ]
