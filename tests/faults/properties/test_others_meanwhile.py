# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody else changes the same object in the middle of a task, at a random one of its requests.

The other change is a whole task of the same module, with another random desired state. It is done when the appliance
gets the request, before it answers.
"""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.faults.cuts.actor import Actor
from tests.faults.cuts.appliance import Json
from tests.faults.cuts.proxy import CuttingProxy
from tests.faults.properties.drawing import drawn
from tests.faults.properties.examples import some_examples
from tests.values import MODULES, Values, load
from tests.writes import is_write

EXPECTED = ("", "input", "outdated", "refused", "job_failed", "busy", "reply")
"""How a task may end if somebody else interferes: it succeeds, or says what is in its way."""


@pytest.mark.sampled
@pytest.mark.parametrize("module", MODULES)
def test_somebody_else_changes_the_object_meanwhile(actors: dict[tuple[str, str], Actor], module: str) -> None:
    values = load(module)
    actor = actors[values.appliance]
    appliance = actor.appliance

    @some_examples
    @given(st.none() | drawn(values), drawn(values), drawn(values), st.integers(1, 12))
    def example(first: Json | None, ours: Json, theirs: Json, number: int) -> None:
        actor.prepare(values)
        if first is not None:
            actor.perform(values.module, first)
        with CuttingProxy(appliance.host, appliance.port, appliance.ca_path) as proxy:
            problems = list(interfered(actor, proxy, values, ours, theirs, number))
        assert not problems, "\n".join([f"{module} first {first}, ours {ours}, theirs {theirs}:", *problems])

    example()


def interfered(
    actor: Actor, proxy: CuttingProxy, values: Values, ours: Json, theirs: Json, number: int
) -> t.Iterator[str]:
    """Perform a task with another one at its request ``number``; yield what does not end as it should."""
    others: list[Json] = []
    proxy.interrupt = (number, lambda: others.append(Actor(actor.appliance).perform(values.module, theirs)))
    ran = actor.perform(values.module, ours, through=proxy)
    exchanges, last_write = list(proxy.exchanges), 0
    for place, line in enumerate(exchanges, 1):
        method, path = line.split()[:2]
        if is_write(method, path):
            last_write = place
    if ran.get("error", {}).get("kind", "") not in EXPECTED:
        yield f"it ended as {ran['error']['kind']}: {ran['msg']}"
    # What somebody changes after the last write, this task may overwrite or not see; it has then done its part.
    if number <= last_write and not ran.get("failed"):
        checked = actor.perform(values.module, ours, check=True)
        warned = any("differs" in warning for warning in ran.get("warnings", ()))
        if (checked.get("failed") or checked["changed"]) and not warned:
            left = checked.get("msg") or checked["plan"]
            yield f"it succeeded, and this is left: {left}; interrupted at {exchanges[number - 1]}"
    again = actor.perform(values.module, ours)
    third = actor.perform(values.module, ours)
    if not again.get("failed") and (third.get("failed") or third["changed"]):
        yield f"two more runs do not converge: {third.get('plan')} {third.get('msg', '')}"
