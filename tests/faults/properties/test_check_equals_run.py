# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What check mode shows is what the run does, for random desired states of every module with values.

Each example plays a few desired states one after the other on a fresh appliance, so that the current states are random
as well.
"""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.cuts.actor import Actor
from tests.faults.cuts.appliance import Json
from tests.faults.cuts.written import accepted_writes
from tests.faults.properties.drawing import drawn
from tests.faults.properties.examples import some_examples
from tests.faults.properties.untouched import Snapshot
from tests.values import MODULES, Values, load

STATES = 3
"""How many desired states one example plays."""


@pytest.mark.sampled
@pytest.mark.parametrize("module", MODULES)
def test_check_mode_shows_what_the_run_does(actors: dict[tuple[str, str], Actor], module: str) -> None:
    values = load(module)
    actor = actors[values.appliance]

    @some_examples
    @given(st.lists(drawn(values), min_size=1, max_size=STATES))
    def example(states: list[Json]) -> None:
        actor.prepare(values)
        for options in states:
            problems = list(compared(actor, values, options))
            assert not problems, "\n".join([f"{module} {options}:", *problems])

    example()


def compared(actor: Actor, values: Values, options: Json) -> t.Iterator[str]:
    """Perform a task in check mode, then really, then again; yield what is not as check mode showed."""
    appliance = actor.appliance
    before = Snapshot(appliance)
    checked = actor.perform(values.module, options, check=True)
    if before.writes():
        yield f"check mode wrote {before.writes()}"
    ran = actor.perform(values.module, options)
    for key in ("failed", "plan", "diff", "changed"):
        if checked.get(key) != ran.get(key):
            yield f"{key}: check mode {checked.get(key)!r}, run {ran.get(key)!r} {ran.get('msg', '')}"
    if checked.get("failed") and ran.get("failed"):
        for shown, done in ((checked["error"]["kind"], ran["error"]["kind"]), (checked["msg"], ran["msg"])):
            if shown != done:
                yield f"error: check mode {shown!r}, run {done!r}"
    if ran.get("error", {}).get("kind") == "bug":
        yield f"bug: {ran['msg']}"
    yield from before.others_touched()
    if not ran.get("failed"):
        begin = len(appliance.requests())
        again = actor.perform(values.module, options)
        if again.get("failed") or again["changed"] or again["plan"] or accepted_writes(appliance, begin):
            yield f"again: changed {again['changed']}, plan {again.get('plan')} {again.get('msg', '')}"
