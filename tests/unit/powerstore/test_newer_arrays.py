# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An array newer than the documents: values and attributes that nobody knows yet break no read."""

from __future__ import annotations

import dataclasses
import importlib
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import (
    TYPES,
    AttributeFacts,
    facts_of,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from ansible_collections.jobwise.appliance.plugins.modules import powerstore_info, powerstore_resource
from tests.unit.powerstore.in_process import InProcess, Played
from tests.values import MODULES, load

Json = t.Dict[str, t.Any]
LATER = "Of_Tomorrow"
SELDOM_READ = ("job", "login_session")
"""Types of which a session and a wait depend; other tests have their new words."""

READABLE = [
    name
    for name in TYPES
    if "list" in facts_of(name).verbs and name not in SELDOM_READ and not facts_of(name).since.startswith("4.1")
]


class NewerArray(InProcess):
    """Shows in each object a value of each enumeration, and attributes, that only a newer release has.

    kept: attributes that stay as they are, because a task finds its object by them.
    """

    kept: tuple[str, ...] = ()

    def exchange(self, method: str, path: str, *more: t.Any) -> Response:
        """Return the array's answer, as a newer array would give it."""
        response = super().exchange(method, path, *more)
        type_ = path.replace("/api/rest/", "").partition("/")[0]
        if method != "GET" or type_ not in TYPES or type_ in SELDOM_READ or response.status >= 300:
            return response
        rows = response.body if isinstance(response.body, list) else [response.body]
        newer = [self.newer(row, facts_of(type_).attributes) for row in rows]
        return dataclasses.replace(response, body=newer if isinstance(response.body, list) else newer[0])

    def newer(self, row: Json, known: t.Mapping[str, AttributeFacts]) -> Json:
        found = {
            name: self.value(known[name], value) if name in known and name not in self.kept else value
            for name, value in row.items()
        }
        return {**found, "attribute_of_tomorrow": {"a": [1]}, "state_of_tomorrow": LATER}

    def value(self, known: AttributeFacts, value: t.Any) -> t.Any:
        parts = {part.name: part for part in known.structure}
        if known.relation and known.relation in TYPES:
            parts = dict(facts_of(known.relation).attributes)
        if isinstance(value, dict):
            return self.newer(value, parts)
        if isinstance(value, list):
            added = [LATER] if known.enum else []
            return [self.newer(one, parts) if isinstance(one, dict) else one for one in value] + added
        return LATER if known.enum and value is not None else value


def task_of(module: str) -> Task:
    found = importlib.import_module(f"ansible_collections.jobwise.appliance.plugins.modules.{module}").TASK
    return t.cast(Task, found)


def newer() -> Played:
    played = Played()
    played.client._transport = played.transport = NewerArray(played.client.endpoint, played.array)
    return played


@pytest.fixture(scope="module")
def array() -> Played:
    return newer()


def unbroken(result: Json) -> Json:
    """Return a result that is no bug and no complaint about an answer."""
    if result.get("failed"):
        assert result["error"]["kind"] not in ("bug", "reply"), result["msg"]
    return result


@pytest.mark.parametrize("type_", READABLE)
def test_info_shows_what_it_does_not_know(array: Played, type_: str) -> None:
    result = unbroken(array.play(powerstore_info.TASK, type=type_))
    assert not result.get("failed"), result["msg"]
    assert all(row["state_of_tomorrow"] == LATER for row in result["resources"])


@pytest.mark.parametrize("module", [name for name in MODULES if load(name).platform == "powerstore"])
def test_modules_read_what_they_do_not_know(array: Played, module: str) -> None:
    """Whether the task finds its object or refuses something, no answer of the array is too new to be read."""
    values = load(module)
    unbroken(array.play(task_of(module), check=True, **values.create))


@pytest.mark.parametrize("name, type_", [("web01", "volume"), ("app01", "volume_group"), ("esx01", "host")])
def test_modules_change_what_they_know(name: str, type_: str) -> None:
    array = newer()
    t.cast(NewerArray, array.transport).kept = ("type",)
    result = array.play(task_of(type_), name=name, description="newer")
    assert not result.get("failed") and result["changed"], result
    again = array.play(powerstore_resource.TASK, type=type_, name=name, desired={"description": "newer"})
    assert not again.get("failed") and not again["changed"], again
