# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an array is gathered into changes nothing when it is merged, for random arrays of all types of a document."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given

from ansible_collections.jobwise.appliance.plugins.module_utils._documents.yaml_text import as_yaml
from tests.faults.cuts.actor import Actor
from tests.faults.cuts.appliance import Json
from tests.faults.cuts.written import accepted_writes
from tests.faults.properties.arrays import Step, arrays, make
from tests.faults.properties.examples import times

MODULE = "powerstore_config"


def gather(actor: Actor) -> Json:
    """Return the result of a task that gathers the whole array."""
    return actor.succeed(MODULE, {"state": "gathered"})


@pytest.mark.sampled
@pytest.mark.parametrize("release", ("", "4.1"))
def test_a_gathered_document_changes_nothing(actors: dict[tuple[str, str], Actor], release: str) -> None:
    actor = actors["powerstore", release]

    @times(3)
    @given(arrays())
    def example(steps: list[Step]) -> None:
        make(actor, steps)
        found = gather(actor)
        document = found["gathered"]
        assert yaml.safe_load(as_yaml(document)) == document
        begin = len(actor.appliance.requests())
        merged = actor.succeed(MODULE, {"config": document})
        assert merged["plan"] == [] and not merged["changed"] and not merged.get("warnings")
        assert accepted_writes(actor.appliance, begin) == []
        assert sum(merged["counts"].values()) == sum(found["gathered_counts"].values())

    example()
