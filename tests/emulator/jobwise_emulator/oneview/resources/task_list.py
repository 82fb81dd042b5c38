# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""tasks: read, and cancelled."""

from __future__ import annotations

from jobwise_emulator.exchange import Reply
from jobwise_emulator.oneview.appliance_state import Call
from jobwise_emulator.oneview.crud import Routes
from jobwise_emulator.oneview.errors import not_found
from jobwise_emulator.oneview.listing import collection
from jobwise_emulator.oneview.tasks import Task


def many(call: Call) -> Reply:
    """All tasks, the newest last unless sorted otherwise; ``topCount`` keeps only so many of the newest."""
    tasks = call.world.tasks
    entries = [tasks.describe(task) for task in tasks.all.values()]
    top = call.query.get("topCount", "")
    page = collection(call.request, entries, call.world.settings, "TaskResourceCollection", "tasks")
    if top.isdigit():
        page["members"] = page["members"][: int(top)]
        page["count"] = len(page["members"])
    return Reply(200, page)


def find(call: Call) -> Task:
    """The task that the path names."""
    task = call.world.tasks.all.get(call.keys[0])
    if task is None:
        raise not_found(f"/rest/tasks/{call.keys[0]}")
    return task


def one(call: Call) -> Reply:
    """One task."""
    told = call.world.tasks.describe(find(call))
    return Reply(200, told, {"ETag": told["eTag"], "Cache-Control": "no-cache"})


def cancel(call: Call) -> Reply:
    """Cancel a task that has not ended."""
    task = find(call)
    call.world.tasks.cancel(task)
    return Reply(202, call.world.tasks.describe(task), {"Location": task.uri})


ROUTES: Routes = {"tasks": {"GET": many}, "tasks/{}": {"GET": one, "PATCH": cancel}}
