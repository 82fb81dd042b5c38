# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the lines of a document say about the jobs that run, while it works and after an interrupt."""

from __future__ import annotations

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.at_work import last_words, with_steps
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.documents.items import Item
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import DONE, RUNNING, Job
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from tests.unit.engine.test_document_order import BOX


def item(name: str, *jobs: Job) -> Item:
    found = Item(BOX, f"box[0] ({name})", name, {})
    found.record.plan = Plan((Request("create", "POST", "box", {}, f"create box {name}"),))
    for job in jobs:
        found.record.note(job)
    return found


def test_a_line_names_what_runs() -> None:
    done, waiting = item("a", Job("1", DONE, action="create")), item("b")
    assert with_steps("1 of 4, 0 running", [done, waiting]) == "1 of 4, 0 running"
    running = [item("c", Job("2", RUNNING, action="create")), item("d", Job("3", action="create", adopted=True))]
    assert with_steps("1 of 4", [done, waiting, *running]) == "1 of 4. At work: create box c, create box d (adopted)"


def test_many_steps_are_cut_short() -> None:
    many = [item(str(number), Job(str(number), action="create")) for number in range(8)]
    assert with_steps("x", many).endswith("create box 3, create box 4 and 3 more")


def test_after_an_interrupt() -> None:
    assert last_words([item("a", Job("1", DONE, action="create"))], 1, 3) == (
        "Interrupted: 1 of 3 items done. No job of this task runs on. Run it again: it does what is left."
    )
    assert last_words([item("a", Job("1", action="create"))], 0, 1) == (
        "Interrupted: 0 of 1 item done. The appliance continues 1 job: create box a. Run the task again: it waits for "
        "those that still run, and does what is left."
    )
