# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a run of examples is judged; tests/integration/test_examples.py plays them."""

from __future__ import annotations

import typing as t

from tests.examples.pages import Example, Page, text_page
from tests.examples.play import problems
from tests.unit.project.sources import ROOT

TASK = {"name": "Add", "jobwise.appliance.volume": {"name": "a", "size": "1GiB"}}
READ = {"name": "Read", "jobwise.appliance.powerstore_info": {"type": "volume"}}
PAGE = Page("docs/none", ROOT / "docs" / "none.md", (Example("Add", [TASK]), Example("Read", [READ])))


def row(task: str, status: str = "ok", **result: t.Any) -> dict[str, t.Any]:
    return {"task": task, "status": status, "item": False, "result": result}


def judged(*between: dict[str, t.Any]) -> list[str]:
    """Return the problems of a run whose first example has these results, without the advice."""
    end = [row("needs: docs/none | Read"), row("example: docs/none | Read"), row("Read"), row("end: ")]
    rows = [row("needs: docs/none | Add"), row("example: docs/none | Add"), *between]
    return problems(PAGE, [*rows, *([] if between[-1]["task"].startswith("failed") else end)])[:-1]


def test_an_example_that_does_what_it_shows() -> None:
    assert judged(row("Add", changed=True)) == []


def test_one_that_fails_and_those_after_it() -> None:
    problem, later = judged(row("Add", "failed", msg="no room"), row("failed: docs/none | "))
    assert problem == "'Add' fails: no room" and later.startswith("'Read' was not reached")


def test_one_that_changes_nothing() -> None:
    (problem,) = judged(row("Add", changed=False))
    assert problem.startswith("'Add' changes nothing")


def test_a_failure_that_the_example_rescues() -> None:
    assert judged(row("Add", changed=True), row("Other", "failed", msg="rescued")) == []


def test_blocks_are_named_after_headings() -> None:
    path = ROOT / "docs" / "powerstore.md"
    names = [example.name for example in text_page(path).examples]
    assert {"Queries", "Queries 2", "Jobs"} <= set(names) and len(set(names)) == len(names)
