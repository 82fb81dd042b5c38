# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A twin made from a gathered document is what the document says, for random arrays of all types of a document."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given

from ansible_collections.jobwise.appliance.plugins.module_utils._documents.file import as_text
from jobwise_emulator.platforms import Options
from jobwise_emulator.powerstore import initial
from tests.faults.cuts.actor import Actor
from tests.faults.cuts.appliance import Json, LocalAppliance
from tests.faults.cuts.written import accepted_writes
from tests.faults.properties.arrays import Step, arrays, make
from tests.faults.properties.examples import times
from tests.faults.properties.test_gathered import MODULE, gather

EMPTY = "volume: []\n"


@dataclasses.dataclass(frozen=True)
class About:
    """The array of a document."""

    name: str
    id: str
    release: str


def file_of(found: Json) -> str:
    """Return the file that a task with these results writes."""
    return as_text(found["gathered"], "yaml", MODULE, About(**found["array"]), "2026-01-31T12:00:00Z")


def become(twin: LocalAppliance, text: str) -> None:
    """Let a running appliance start again from another document."""
    options = dataclasses.replace(twin.platform.options, document=text)
    twin.platform.catalog, twin.platform.seed = initial.catalog_and_seed(Options(**vars(options)))
    twin.reset()


@pytest.mark.sampled
@pytest.mark.parametrize("release", ("", "4.1"))
def test_a_twin_is_what_the_document_says(actors: dict[tuple[str, str], Actor], release: str) -> None:
    actor = actors["powerstore", release]
    with LocalAppliance("powerstore", release, EMPTY) as appliance:
        twin = Actor(appliance)

        @times(1)
        @given(arrays())
        def example(steps: list[Step]) -> None:
            make(actor, steps)
            found = gather(actor)
            document = found["gathered"]
            become(appliance, file_of(found))
            # A job would never end: documents wait in real time, and the twin's clock stands still.
            assert twin.succeed(MODULE, {"config": document}, check=True)["plan"] == []
            merged = twin.succeed(MODULE, {"config": document})
            assert merged["plan"] == [] and not merged["changed"] and not merged.get("warnings")
            assert accepted_writes(appliance, 0) == []
            again = twin.succeed(MODULE, {"state": "gathered", "only_types": list(document)})
            assert again["gathered"] == document
            assert again["array"] == found["array"]

        example()
