# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documents as options and results: their mistakes and secrets, and a result that stays small enough to be shown."""

from __future__ import annotations

import json
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.jobwise.appliance.plugins.module_utils._arguments import tidied
from ansible_collections.jobwise.appliance.plugins.module_utils._documents.reading import Catalog, read_document
from ansible_collections.jobwise.appliance.plugins.module_utils._documents.reporting import LARGEST, report
from ansible_collections.jobwise.appliance.plugins.module_utils._documents.work import shown_params
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.items import (
    BLOCKED,
    CHANGED,
    FAILED,
    Item,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.mistakes import WrongDocument
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError, JobFailed
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, RUNNING, Job
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import (
    REFUSED,
    TYPES,
    item_type,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from tests.values import load

CATALOG = Catalog(TYPES, item_type, REFUSED, tuple(POWERSTORE.options))


def read(config: dict[str, t.Any]) -> list[Item]:
    found = read_document(config, CATALOG, set())
    found.mistakes.refuse()
    return found.items


def test_items_get_the_normal_forms_of_tasks() -> None:
    [settings, item] = read(
        {"volume": [{"name": "db07", "size": 1024, "mapped_hosts": None}], "dns": {"addresses": "a, b"}}
    )
    assert (settings.place, settings.desired["addresses"]) == ("dns", ["a", "b"])
    assert item.place == "volume[0] (db07)"
    assert (item.desired["size"], item.desired["state"], item.desired["description"]) == ("1024", "present", None)


@pytest.mark.parametrize("name", TYPES)
def test_items_are_checked_as_by_the_whole_argument_spec(name: str) -> None:
    """An item is checked by the part of the spec that it needs, which must make no difference."""
    type_, values = item_type(name), load(name)
    spec = type_.resource.argument_spec()
    for options in (values.create, values.of_object):
        given = {option: value for option, value in options.items() if option in spec and option not in type_.elsewhere}
        [item] = read({name: given if type_.is_singleton else [given]})
        expected = ArgumentSpecValidator(spec).validate(tidied(spec, given)).validated_parameters
        assert item.desired == {option: expected[option] for option in item.desired}
        assert {option for option, value in expected.items() if value is not None} <= set(item.desired)


def test_an_empty_document_has_no_items() -> None:
    assert read({}) == read({"volume": [], "dns": None}) == []


def test_a_secret_is_known_although_its_item_is_wrong() -> None:
    secrets: set[str] = set()
    initiators = [{"port_name": "iqn.x:y", "chap_single_username": "u", "chap_single_password": "Inner-S3cret"}]
    config = {
        "local_user": [{"name": "kim", "user_password": "Ultra-S3cret", "rolle": "Operator"}],
        "host": [{"name": "h", "initiators": initiators, "os": "Linux"}],
    }
    found = read_document(config, CATALOG, secrets)
    with pytest.raises(InputError) as raised:
        found.mistakes.refuse()
    assert {"Ultra-S3cret", "Inner-S3cret"} <= secrets
    assert "S3cret" not in str(raised.value) and "Did you mean role?" in str(raised.value)


def test_mistakes_of_all_kinds_are_one_message() -> None:
    """Those in the options of an item, those that only its handler sees, and names that are there twice."""
    wrong = [
        {"name": "a", "siez": 1},
        {"name": "b", "size": "much", "volume_group": "g"},
        {"name": "c", "size": "much"},
    ]
    with pytest.raises(WrongDocument) as raised:
        read({"volume": [*wrong, {"name": "C"}, {2: 3, "state": "gone"}], "jobwise.appliance.volume": []})
    first, *lines = str(raised.value).split("\n")
    assert first == f"The document has {len(lines)} mistakes. Nothing was written."
    assert lines == [
        "A document has no type jobwise.appliance.volume. Did you mean volume?",
        "volume[0] (a): volume has no option siez. Did you mean size?",
        "volume[1] (b): volume_group: name the volume in volumes of its volume_group.",
        "volume[2] (c): size is not a capacity: 'much'. Give bytes as a number, or a text "
        "with a unit such as 2TB or 500GiB.",
        "volume[2] (c) and volume[3] (C) both describe C. Put their options into one item.",
        lines[5],
        "volume[4]: name is missing.",
        lines[7],
    ]
    assert lines[5].startswith("volume[4]: volume has no option 2.") and "present, absent" in lines[7]
    assert raised.value.mistakes[1][:2] == ("volume[0] (a)", "volume has no option siez. Did you mean size?")


def test_one_mistake_is_one_sentence_or_two() -> None:
    with pytest.raises(WrongDocument) as raised:
        read({"volume_snapshot": [{"name": "s"}]})
    assert str(raised.value) == (
        "volume_snapshot cannot be in a document: it does something once, and describes no lasting state. Use a task "
        "of the module volume_snapshot. Nothing was written."
    )


def test_not_more_than_a_hundred_mistakes_are_shown() -> None:
    with pytest.raises(InputError, match="has 1000 mistakes. Nothing was written.\n(?s:.*)\nAnd 900 more mistakes.$"):
        read({"volume": [{"name": f"v{number}", "siez": 1} for number in range(1000)]})


def test_the_options_are_shown_without_the_document() -> None:
    config = {"volume": [{"name": "a"}, {"name": "b"}], "dns": {"addresses": ["192.0.2.1"]}}
    assert shown_params({"config": config, "parallel": 3}) == {
        "config": {"volume": "2 items", "dns": "given"},
        "parallel": 3,
    }


def items(count: int, state: str, name: str = "") -> list[Item]:
    """Return items as a run leaves them, each with a long name, two steps and two jobs."""
    found = []
    for number in range(count):
        name_of = name or f"production-database-volume-{number:05}"
        item = Item(item_type("volume"), f"volume[{number}] ({name_of})", name_of, {}, state=state)
        steps = [Request(action, "POST", "volume", {}, f"{action} volume {name_of}") for action in ("create", "attach")]
        item.record.plan = Plan(tuple(steps), {}, {"name": name_of, "size": "1 GiB", "description": "x" * 50})
        jobs = [Job(f"{number:036}", DONE, "COMPLETED", 100, step.action, "i" * 36) for step in steps]
        for job in jobs:
            item.record.note(job)
        item.record.changed = state == CHANGED
        found.append(item)
    return found


def test_a_thousand_changed_items_fit_into_a_result() -> None:
    result = report(items(1000, CHANGED), diff=True)
    assert len(json.dumps(result)) <= LARGEST
    assert result["left_out"] == 1000 - len(result["results"]) and result["counts"]["changed"] == 1000
    assert len(result["plan"]) == 2000 and len(result["diff"]) > 500
    without = report(items(1000, CHANGED), diff=False)
    assert without["left_out"] < 500, "each has two jobs"


def test_ten_thousand_items_do_not_make_a_larger_result() -> None:
    result = report(items(10_000, CHANGED), diff=True)
    assert len(json.dumps(result)) <= LARGEST
    assert result["plan"][-1].startswith("and ") and result["plan"][-1].endswith(" more steps")


def test_failed_items_come_first_and_make_the_message() -> None:
    failed = items(7, FAILED)
    for item in failed:
        item.error = JobFailed("no room", job="4711")
    blocked = items(1, BLOCKED)
    blocked[0].because = failed[0].place
    result = report([*items(3, CHANGED), *blocked, *failed], diff=False)
    assert [row["state"] for row in result["results"]] == [FAILED] * 7 + [BLOCKED] + [CHANGED] * 3
    assert result["failed"] and result["msg"].startswith("11 items: 7 failed, 1 blocked, 3 changed.\nvolume[0] (")
    assert result["msg"].endswith("\nAnd 2 more, see results.") and result["msg"].count("\n") == 6
    assert result["error"] == {"kind": "job_failed", "job_id": "4711", "messages": []}
    assert "diff" not in result


def test_the_number_of_deletions_comes_first() -> None:
    item = items(1, CHANGED)[0]
    item.record.plan = Plan((Request("delete", "DELETE", "volume/1", None, "delete volume a"),))
    item.record.jobs = [Job("1", RUNNING), Job("2", DONE)]
    result = report([item], diff=False)
    assert (result["deletions"], result["plan"]) == (1, ["1 deletion", "delete volume a"])
    assert [job["id"] for job in result["jobs"]] == ["1"], "those that are done are in results"
