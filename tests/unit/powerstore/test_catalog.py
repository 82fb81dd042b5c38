# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What documents hold: every module is a type of items or refused, and rows as they are once links are released."""

from __future__ import annotations

import importlib
import typing as t

import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.items import Item
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.links import Link
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import (
    REFUSED,
    TYPES,
    item_type,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.clients import PlanningClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.overlay import (
    Overlay,
    without_later,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.promises import Promises
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task
from tests.unit.project.sources import ROOT

RUNTIME = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
MODULES: list[str] = RUNTIME["action_groups"]["powerstore"]


def task_of(module: str) -> Task:
    task: Task = importlib.import_module(f"ansible_collections.jobwise.appliance.plugins.modules.{module}").TASK
    return task


def test_every_module_is_in_a_document_or_has_a_reason_not_to_be() -> None:
    assert sorted([*TYPES, *REFUSED]) == sorted(MODULES), "see _powerstore/documents/catalog.py"


@pytest.mark.parametrize("name", TYPES)
def test_items_have_the_options_of_their_module(name: str) -> None:
    type_, task = item_type(name), task_of(name)
    assert type_.name == task.name == name
    module = importlib.import_module(f"ansible_collections.jobwise.appliance.plugins.modules.{name}")
    assert type_.make_handler in vars(module).values(), "a document checks what a task does"
    assert task.spec == {**type_.resource.argument_spec(), **WAITING}
    options = {attribute.option for attribute in type_.resource.attributes}
    assert {*type_.exclusive, *type_.slots, *type_.barred} <= options
    assert set(type_.elsewhere) <= set(task.spec)


@pytest.mark.parametrize("module", sorted(REFUSED))
def test_what_a_table_describes_alone_is_not_refused(module: str) -> None:
    """A task whose options are those of a table, with a state and a name, belongs into documents.

    Copies do not, nor does the tool for objects of any type, whose options are those of many tables.
    """
    spec = task_of(module).spec
    is_described = {"state", "name"} <= set(spec) and spec["state"].get("choices") == ["present", "absent"]
    assert not is_described or module.endswith(("_snapshot", "_clone")) or module == "powerstore_resource"


def promised(found: list[dict[str, t.Any]], name: str = "DB07") -> list[str]:
    """Return the kinds of the objects that a document promises beside those that the array has."""
    item = Item(item_type("volume"), "volume[0] (db07)", "db07", {"state": "present", "size": "1 GiB"})
    client = PlanningClient(t.cast(t.Any, None), Promises([item]), Overlay([]), False)
    return [row["type"] for row in client.promised("volume", [Reference(name=name)], found)]


def test_what_the_document_creates_counts_as_there() -> None:
    assert promised([]) == ["Primary"]
    assert promised([], "other") == []
    assert promised([{"id": "1", "name": "db07", "type": "Clone"}]) == [], "it is there, so it is not created"
    assert promised([{"id": "1", "name": "db07", "type": "Snapshot"}]) == ["Primary"], "a snapshot is something else"


def volume(**links: t.Any) -> dict[str, t.Any]:
    return {"id": "v", "name": "db07", **links}


GROUPS = [{"id": "g1", "name": "old"}, {"id": "g2", "name": "other"}]
MAPPING = {"id": "m", "host_id": "h", "volume_id": "v", "volume": {"id": "v", "name": "db07"}}
LEFT = (("volume_group", "g1"), Link("volumes", ("volume", "v")))
UNMAPPED = (("volume", "v"), Link("mapped_hosts", ("host", "h")))
UNUSED = (("host", "h"), Link("initiators", ("initiators", "iqn.2026-01.com.example:h")))
GONE = (("policy", "p"), Link("", ("", "")))


def test_a_row_has_no_released_links() -> None:
    overlay = Overlay([LEFT])
    [row] = overlay.rows("volume", [volume(volume_groups=GROUPS)])
    assert row["volume_groups"] == GROUPS[1:]
    [group] = overlay.rows("volume_group", [{"id": "g1", "volumes": [volume()]}])
    assert group["volumes"] == []


def test_a_released_mapping_is_gone_from_all_sides() -> None:
    overlay = Overlay([UNMAPPED])
    assert overlay.rows("host_volume_mapping", [MAPPING, {**MAPPING, "host_id": "h2"}]) == [
        {**MAPPING, "host_id": "h2"}
    ]
    [row] = overlay.rows("volume", [volume(mapped_volumes=[{"id": "m", "host": {"id": "h"}, "host_group": None}])])
    assert row["mapped_volumes"] == []
    [host] = overlay.rows("host", [{"id": "h", "mapped_hosts": [{"id": "m", "volume": {"id": "v"}}]}])
    assert host["mapped_hosts"] == []


def test_a_deleted_object_and_what_leads_to_it_are_gone() -> None:
    overlay = Overlay([GONE])
    assert overlay.rows("policy", [{"id": "p"}, {"id": "q"}]) == [{"id": "q"}]
    row = overlay.row("volume", volume(protection_policy={"id": "p"}, protection_policy_id="p"))
    assert row == volume(protection_policy=None, protection_policy_id=None)
    assert overlay.row("snapshot_rule", {"id": "r", "policies": [{"id": "p"}]})["policies"] == []


def test_a_released_initiator_belongs_to_nobody() -> None:
    row = {"id": "i", "port_name": "IQN.2026-01.com.example:h", "host_id": "h", "host": {"id": "h"}}
    assert Overlay([UNUSED]).rows("initiator", [row, {**row, "host_id": "x", "host": {"id": "x"}}]) == [
        {**row, "host_id": "x", "host": {"id": "x"}}
    ]


@pytest.mark.parametrize(
    "query, asked",
    [
        ({"host_id": "in.(a,{id}host:h,b)", "select": "id"}, {"host_id": "in.(a,b)", "select": "id"}),
        ({"host_id": 'in.("{id}host:h,1",a)'}, {"host_id": "in.(a)"}),
        ({"host_id": "eq.{id}host:h"}, None),
        ({"host_id": "in.({id}host:h)"}, None),
        ({"name": "in.(a,b)"}, {"name": "in.(a,b)"}),
    ],
)
def test_a_query_has_no_ids_that_do_not_exist_yet(query: dict[str, str], asked: dict[str, str] | None) -> None:
    assert without_later(query) == asked
