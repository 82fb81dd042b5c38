# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Protection: snapshot rules. Source: PowerStore REST API 4.0, 4.1, snapshot_rule."""

from __future__ import annotations

from ..._engine.options.rules import exactly_one_of, requires
from ..._engine.table.attribute import CANNOT, as_set
from ..define import define
from ..formats import TIME_OF_DAY, as_time_of_day

SNAPSHOT_RULE = define(
    "snapshot_rule",
    offer=(
        "interval",
        "time_of_day",
        "timezone",
        "days_of_week",
        "desired_retention",
        "nas_access_type",
        "is_secure",
        "is_read_only",
        "remote_system",
    ),
    format={"time_of_day": TIME_OF_DAY},
    normalize={"days_of_week": as_set, "time_of_day": as_time_of_day},
    clear={"time_of_day": CANNOT, "days_of_week": CANNOT},  # a rule has one of two schedules, and a day
    state_rules=(exactly_one_of("interval", "time_of_day"), requires("timezone", "time_of_day")),
    parameters=("delete_snaps",),
    reads=("managed_by", "is_replica"),
)
