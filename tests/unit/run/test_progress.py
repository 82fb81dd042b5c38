# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Progress lines: at most one in ten seconds, whatever the worker waits for."""

from __future__ import annotations

import dataclasses

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.reconcile import reconcile
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.plugin_utils.progress import EVERY, Progress
from tests.unit.engine.appliance import Appliance
from tests.unit.engine.fake_time import FakeTime
from tests.unit.engine.tables import shelf, task


@dataclasses.dataclass
class Output:
    """What a person sees, with the time of each line."""

    time: FakeTime = dataclasses.field(default_factory=FakeTime)
    lines: list[tuple[float, str]] = dataclasses.field(default_factory=list)

    def progress(self) -> Progress:
        return Progress(lambda line: self.lines.append((self.time.seconds, line)), lambda: self.time.seconds)

    def gaps(self) -> list[float]:
        times = [seconds for seconds, dummy in self.lines]
        return [after - before for before, after in zip(times, times[1:], strict=False)]


def test_a_line_that_comes_too_soon_is_dropped() -> None:
    output = Output()
    progress = output.progress()
    for pause in (0, 3, EVERY - 3.5, 0.5, EVERY):
        output.time.seconds += pause
        progress(f"after {pause}")
    assert [line for dummy, line in output.lines] == ["after 0", "after 0.5", f"after {EVERY}"]


def test_who_adopts_a_job_shows_no_more_lines_than_others() -> None:
    """The line that names the adopted job is the first one; the wait for it goes on from there."""
    appliance = Appliance(task(note="new"), shelf())
    [step] = appliance.plan(appliance.current, NEW_RUN).requests
    appliance.begin(step, takes=40)
    output = Output(appliance.time)
    waiting = WaitOptions(progress=output.progress(), clock=appliance.time.clock())
    reconcile(appliance, waiting, dry_run=False, record=RunResult())
    assert appliance.sent == [], "the job was adopted"
    assert "is already running" in output.lines[0][1] and len(output.lines) == 4
    assert min(output.gaps()) >= EVERY
    assert all("job j1" in line for dummy, line in output.lines)
