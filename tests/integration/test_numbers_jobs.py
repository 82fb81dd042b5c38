# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What waiting for jobs costs the array, and what is shown meanwhile."""

from __future__ import annotations

from collections import Counter

from .conftest import Player
from .counting import Counting, count


def test_jobs_that_are_over_cost_one_look(newest: Player, route: str) -> None:
    ids = [newest.emulator.job("volume", "modify", resource_name=f"web0{one}", seconds=0) for one in range(1, 5)]
    counting = Counting(newest.emulator)
    talk = count(counting, newest, route, "jobwise.appliance.powerstore_job", {"ids": ids})
    assert talk == Counter({"job look-up": 1, "POST logout": 1})


def test_nothing_to_wait_for_costs_nothing(newest: Player, route: str) -> None:
    run = newest.play([{"name": "it", "jobwise.appliance.powerstore_job": {"ids": []}}], route)
    assert run.returncode == 0, run.output
    assert not newest.emulator.requests()["requests"]


def test_progress_is_shown_in_the_controller(newest: Player) -> None:
    ids = [newest.emulator.job("volume", "modify", resource_name=f"web0{one}", seconds=9) for one in (1, 2)]
    run = newest.play([{"name": "it", "jobwise.appliance.powerstore_job": {"ids": ids}}], "controller")
    assert run.returncode == 0, run.output
    assert "0 of 2 jobs are over; running:" in run.output
