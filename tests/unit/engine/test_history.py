# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run remembers, and the check that plans depend on nothing else."""

from __future__ import annotations

import dataclasses
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN, History
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import LocalAction, Request
from tests.pure_plans import Impure
from tests.unit.engine.appliance import ANSWER_LOST, JOB_FAILS, NEVER_ARRIVED, Appliance
from tests.unit.engine.tables import shelf, task

SHOOT = Request("shoot", "POST", "pictures", {"flash": True}, "take a picture")
SAVE = LocalAction("save", "/tmp/picture", "save the picture")


def test_the_history_keeps_the_order_of_what_happened() -> None:
    history = NEW_RUN.saw("dark").sent(SHOOT).saw("dark").sent(SHOOT).accepted(SHOOT).saw("bright").accepted(SAVE)
    assert history.landmarks == ("dark", "dark", "bright") and history.steps == (SHOOT, SAVE)
    assert history.before("shoot") == ["dark", "dark"] and history.before("save") == []
    assert history.includes("save") and not history.includes("delete")
    assert history.times_sent("shoot", "pictures") == 2 and history.times_sent("shoot", "films") == 0
    assert list(history.bodies()) == [{"flash": True}]
    assert NEW_RUN.events == (), "a history never changes"


def test_equal_landmarks_in_a_row_count_once() -> None:
    history = NEW_RUN
    for landmark in ("dark", "dark", None, "dark", "bright", "bright", "dark"):
        history = history.saw(landmark)
    assert history.landmarks == ("dark", "bright", "dark")


@pytest.mark.parametrize(
    "fates, sent, accepted",
    [
        ([], ["modify"], ["modify"]),
        ([NEVER_ARRIVED], ["modify", "modify"], ["modify"]),
        ([ANSWER_LOST], ["modify"], ["modify"]),
        ([JOB_FAILS], ["modify"], []),
    ],
)
def test_what_a_plan_gets_to_know(fates: list[str], sent: list[str], accepted: list[str]) -> None:
    seen: list[History] = []

    @dataclasses.dataclass
    class Observed(Appliance):
        def plan(self, current: Json | None, history: History) -> Plan:
            seen.append(history)
            return super().plan(current, history)

        def landmark(self, current: Json | None) -> t.Any:
            return current and current.get("note")

    Observed(task(note="new"), shelf(note="old"), fates=list(fates)).run()
    last = seen[-1]
    assert seen[0].landmarks == ("old",) and seen[0].steps == ()
    assert [step.action for step in last.steps] == accepted
    assert last.before("modify") == ["old"] * len(sent)


@dataclasses.dataclass
class Forgetful(Appliance):
    """An appliance whose plan is not pure. how: in which way."""

    how: str = ""
    plans: int = 0

    def plan(self, current: Json | None, history: History) -> Plan:
        if self.how == "counts":
            self.plans += 1
        if self.how == "notes" and current:
            current["seen"] = True
        LOG.append(self.how)
        plan = super().plan(current, history)
        return dataclasses.replace(plan, warnings=(str(len(LOG)),)) if self.how == "logs" else plan


LOG: list[str] = []


@pytest.mark.parametrize(
    "how, words",
    [
        ("counts", "changes the handler: plans"),
        ("notes", "changes the object"),
        ("logs", "gives two plans"),
    ],
)
def test_a_plan_that_is_not_pure_is_found(how: str, words: str) -> None:
    appliance = Forgetful(task(note="new"), shelf(note="old"))
    appliance.how = how
    with pytest.raises(Impure, match=f"Forgetful.plan {words}"):
        appliance.run(dry_run=True)
