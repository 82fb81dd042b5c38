# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One document with an item of every type, and with what these items refer to: made, changed, removed.

The items are the values of tests/values, so a new type is in here as soon as it has values.
"""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import (
    TYPES,
    item_type,
)
from ansible_collections.jobwise.appliance.plugins.modules import powerstore_config
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.values import MODULES, Options, Values, load

APART = ("host", "chap_config")
"""The values of hosts have the ports of hosts that other types refer to. These hosts are in the documents, and have no
users of CHAP."""
ITEMS: list[Values] = [load(name) for name in TYPES if name in MODULES and name not in APART and not load(name).release]
"""The values of each type that the usual release has."""


class Documents:
    """The documents of the types. Names are longer than in the values, because policies of all types share them."""

    def __init__(self) -> None:
        self.setup: dict[str, list[Options]] = {}
        for values in ITEMS:
            for one in values.setup:
                items = self.setup.setdefault(one.name, []) if one.name in TYPES else [one.body]
                if one.body not in items:  # several types may refer to the same object
                    items.append(one.body)

    def of(self, state: t.Callable[[Values], Options | None]) -> dict[str, t.Any]:
        """Return a document with a state of each type, and in each document what these refer to."""
        document: dict[str, t.Any] = {name: list(items) for name, items in self.setup.items()}
        for values in ITEMS:
            options = state(values)
            if options is None:
                continue
            item = {name: value for name, value in options.items() if name not in item_type(values.module).elsewhere}
            if not values.identity:
                document[values.module] = item
                continue
            if item.get("name") == "target":
                item["name"] = f"target-{values.module}"
            document.setdefault(values.module, []).append(item)
        return document


def without_new_name(options: Options) -> Options:
    return {name: value for name, value in options.items() if name != "new_name"}


def test_a_document_with_every_type(run: Runner, emulator: Emulator) -> None:
    changes: list[Options] = []
    for values in ITEMS:
        changes += [one.body for one in values.setup if one.name == "change" and one.body not in changes]
    for body in changes:
        emulator.control("POST", "change", body)
    documents = Documents()
    for state in (
        lambda values: values.create,
        lambda values: without_new_name(values.changed),
        lambda values: values.removable and {**values.of_object, **values.removable},
        lambda values: values.absent and {**values.of_object, **values.absent},
    ):
        document = documents.of(state)
        foreseen = run(powerstore_config.TASK, config=document, check=True)
        done = run(powerstore_config.TASK, config=document)
        assert not done.get("failed"), done["msg"]
        assert (foreseen["plan"], foreseen["diff"], foreseen["counts"]) == (done["plan"], done["diff"], done["counts"])
        again = run(powerstore_config.TASK, config=document)
        assert not again["changed"], again["plan"]
