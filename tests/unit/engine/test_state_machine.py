# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The language of state machines, and the rules that the rows of every machine of the collection must meet."""

from __future__ import annotations

import importlib
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.state_machine import (
    ACTION,
    DONE,
    HOLD,
    IMPOSSIBLE,
    NOTHING,
    WAIT,
    Row,
    StateMachine,
    act,
    impossible,
    row,
)
from tests.run.collection import ROOT

UTILS = ROOT / "plugins" / "module_utils"
PACKAGE = "ansible_collections.jobwise.appliance.plugins.module_utils"


def machines() -> dict[str, StateMachine[t.Any]]:
    """Return all machines of the collection, by module and name."""
    found = {}
    for path in sorted(UTILS.rglob("*.py")):
        if "StateMachine(" not in path.read_text(encoding="utf-8"):
            continue
        name = ".".join(path.relative_to(UTILS).with_suffix("").parts)
        values = vars(importlib.import_module(f"{PACKAGE}.{name}"))
        found.update({f"{name}.{one}": value for one, value in values.items() if isinstance(value, StateMachine)})
    return found


@pytest.mark.parametrize("name, machine", machines().items())
def test_each_pair_has_one_row_and_each_row_a_pair(name: str, machine: StateMachine[t.Any]) -> None:
    assert machine.mistakes() == []


def test_the_machines_are_found() -> None:
    assert "_powerstore.imports.states.IMPORTS" in machines()


class Door(t.NamedTuple):
    state: str
    locked: bool = False


LOCKED = impossible("it is locked")
DOOR = (
    row("open", LOCKED, locked=True),
    row("open", NOTHING, state="open"),
    row("open", HOLD, state="moving"),
    row("open", act("push"), state="closed"),
    row("closed", NOTHING, state="closed"),
    row("closed", act("pull")),
)


def door(*rows: Row) -> StateMachine[Door]:
    fields = {"state": ("open", "moving", "closed"), "locked": (False, True)}
    return StateMachine(Door, fields, ("open", "closed"), rows, unknown=impossible("nobody knows the state"))


def test_the_first_row_that_fits_decides() -> None:
    machine = door(*DOOR)
    assert machine.mistakes() == []
    assert machine.next(Door("closed"), "open") == act("push")
    assert machine.next(Door("closed", locked=True), "open") is LOCKED
    assert machine.next(Door("moving"), "open").kind == WAIT and machine.next(Door("open"), "open").kind == DONE
    assert machine.next(Door("moving"), "closed") == act("pull")
    assert machine.next(Door("ajar"), "open").reason == "nobody knows the state"


@pytest.mark.parametrize(
    "rows, mistake",
    [
        (DOOR[:-1], "no row for closed at Door(state='open', locked=False)"),
        ((DOOR[-1], *DOOR), "row closed at state closed: done: an earlier row takes all that it is for"),
        ((row("shut", HOLD), *DOOR), "row shut at anything: wait: there is no shut"),
        ((row("open", HOLD, state="ajar"), *DOOR), "row open at state ajar: wait: there is no state ajar"),
        ((row("open", HOLD, colour="red"), *DOOR), "row open at colour red: wait: there is no colour red"),
        ((row("open", impossible(""), locked=True), *DOOR[1:]), "row open at locked True: impossible: the reason"),
    ],
)
def test_mistakes_in_rows_are_found(rows: tuple[Row, ...], mistake: str) -> None:
    assert any(found.startswith(mistake) for found in door(*rows).mistakes())


class Replication(t.NamedTuple):
    """A side of a replication session: a part of the states, for the language only."""

    state: str
    type: str
    role: str
    testing: bool = False


STATES = ("OK", "Synchronizing", "Paused", "Failing_Over", "Failed_Over", "Fractured")
GOALS = ("synchronized", "paused", "failed_over", "promoted")
METRO = "Metro_Active_Active"
REPLICATIONS = StateMachine(
    Replication,
    {
        "state": STATES,
        "type": ("Asynchronous", "Synchronous", METRO),
        "role": ("Source", "Destination"),
        "testing": (False, True),
    },
    GOALS,
    (
        row("failed_over", impossible("use state: promoted for a metro session"), type=METRO),
        row("promoted", impossible("only a metro session has a promoted side"), type="Asynchronous Synchronous"),
        row("promoted", act("promote"), state="Paused Fractured"),
        row("promoted", impossible("both sides serve. Pause the session first")),
        row("failed_over", NOTHING, state="Failed_Over"),
        row("failed_over", HOLD, state="Failing_Over", role="Source"),
        row("failed_over", impossible("stop the test first"), testing=True, role="Source"),
        row("failed_over", act("resume"), state="Paused", role="Source"),
        row("failed_over", act("failover")),
        row("synchronized", NOTHING, state="OK"),
        row("synchronized", HOLD, state="Synchronizing Failing_Over"),
        row("synchronized", act("pause"), state="Fractured"),
        row("synchronized", act("resume"), state="Paused"),
        row("synchronized paused", impossible("reprotect the session first"), state="Failed_Over"),
        row("paused", impossible("a planned failover is running"), state="Failing_Over"),
        row("paused", NOTHING, state="Paused"),
        row("paused", act("pause")),
    ),
    unknown=HOLD,
)


@pytest.mark.parametrize(
    "situation, goal, kind, words",
    [
        (Replication("Paused", "Asynchronous", "Source"), "failed_over", ACTION, "resume"),
        (Replication("Paused", "Asynchronous", "Destination"), "failed_over", ACTION, "failover"),
        (Replication("OK", "Asynchronous", "Source", testing=True), "failed_over", IMPOSSIBLE, "stop the test"),
        (Replication("OK", "Asynchronous", "Destination", testing=True), "failed_over", ACTION, "failover"),
        (Replication("OK", METRO, "Source"), "failed_over", IMPOSSIBLE, "promoted"),
        (Replication("Fractured", METRO, "Source"), "promoted", ACTION, "promote"),
        (Replication("Failing_Over", "Synchronous", "Source"), "paused", IMPOSSIBLE, "planned failover"),
        (Replication("Reprotecting", "Asynchronous", "Source"), "synchronized", WAIT, ""),
    ],
)
def test_a_machine_whose_state_is_no_key(situation: Replication, goal: str, kind: str, words: str) -> None:
    """Type, role and a running test decide as well as the state, as they do for replication sessions."""
    assert REPLICATIONS.mistakes() == []
    transition = REPLICATIONS.next(situation, goal)
    assert transition.kind == kind and words in (transition.action or transition.reason)
