# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Maintenance windows: which open window is long enough for a task, by the clock of the array."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.maintenance import WindowHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.system import MAINTENANCE_WINDOW
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, login

NOW = "2020-02-02T02:00:00.000+00:00"
"""Far from the time of the machine where the test runs."""
OPEN: dict[str, t.Any] = {"is_enabled": True, "end_time": "2020-02-02T03:00:00.000+00:00"}
CLOSED: dict[str, t.Any] = {"is_enabled": False, "end_time": None}
LONG: dict[str, t.Any] = {"is_enabled": True, "end_offset": 7200}


def planned(array: MakeArray, window: dict[str, t.Any], given: dict[str, t.Any]) -> dict[str, t.Any] | None:
    """Return what a task sends; None if it sends nothing. The window closes in an hour if it is open."""
    row = {"id": "0", "appliance_id": "A1", "appliance": {"id": "A1", "name": "app1"}, **window}
    one = array(login([row]), Answer(200, [{"id": "0", "system_time": NOW}]))
    sought = WindowHandler(
        one.client, MAINTENANCE_WINDOW, {**MAINTENANCE_WINDOW.no_options(), "appliance": "app1", **given}
    )
    current = sought.read()
    plan = sought.plan(current, NEW_RUN)
    sought.preflight(current, plan)
    return plan.requests[0].body if plan.requests else None


@pytest.mark.parametrize(
    ("window", "given", "body"),
    [
        (CLOSED, LONG, LONG),
        (OPEN, LONG, None),
        (OPEN, {**LONG, "at_least": 3600}, None),
        (OPEN, {**LONG, "at_least": 3601}, {"end_offset": 7200}),
        (OPEN, {"end_offset": 60}, None),
        (OPEN, {"is_enabled": True}, None),
        (OPEN, {"is_enabled": False}, {"is_enabled": False}),
        (CLOSED, {"is_enabled": False}, None),
        ({**OPEN, "end_time": NOW}, LONG, LONG),
        ({**OPEN, "end_time": NOW}, {"is_enabled": False}, None),
    ],
)
def test_what_a_task_sends(array: MakeArray, window: t.Any, given: t.Any, body: t.Any) -> None:
    assert planned(array, window, given) == body


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"is_enabled": True}, "Maintenance window app1 is closed: to open it, give end_offset, too."),
        ({"end_offset": 600}, "end_offset needs is_enabled: true."),
        ({"is_enabled": True, "end_offset": 0}, "end_offset: 0 opens no window."),
        ({**LONG, "at_least": 7141}, "at_least takes at most 7140 here, end_offset less 60 seconds, not 7141."),
        ({**LONG, "at_least": -1}, "at_least takes at most"),
    ],
)
def test_what_it_refuses(array: MakeArray, given: t.Any, says: str) -> None:
    with pytest.raises(InputError, match=says):
        planned(array, CLOSED, given)
