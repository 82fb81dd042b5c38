# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Protection and quality of service: policies and their rules.

Source: PowerStore REST API 4.0, 4.1, policy, snapshot_rule, replication_rule, io_limit_rule, file_io_limit_rule.
"""

from __future__ import annotations

from ..._engine.lookup.references import Ref
from ..._engine.options.rules import at_least_one_of, exactly_one_of, requires
from ..._engine.table.attribute import CANNOT, as_set
from ..._engine.table.lists import Item, List, Patch
from ..define import define
from ..formats import NUMBER, TIME_OF_DAY, as_time_of_day

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

REPLICATION_RULE = define(
    "replication_rule",
    offer=("remote_system", "rpo", "alert_threshold", "is_read_only"),
    reads=("managed_by", "is_replica"),
)

IO_LIMIT_RULE = define(
    "io_limit_rule",
    offer=("type", "max_iops", "max_bw", "burst_percentage"),
    format={"max_iops": NUMBER, "max_bw": NUMBER},
    state_rules=(at_least_one_of("max_iops", "max_bw"),),
)

FILE_IO_LIMIT_RULE = define("file_io_limit_rule", offer=("max_bw",))


def _rules(type_: str) -> List:
    """Return the list of a policy's rules of one type. The array takes all changes of a policy in one request."""
    return List(
        f"{type_}s",
        api_name=f"{type_}_ids",
        read=f"{type_}s[]",
        item=Item(type_.replace("_", " "), ref=Ref(type_)),
        channel=Patch(f"add_{type_}_ids", f"remove_{type_}_ids", create=f"{type_}_ids", together=True),
    )


POLICY_READS = ("managed_by", "is_read_only", "is_replica")

PROTECTION_POLICY = define(
    "policy",
    title="protection policy",
    kinds=("Protection",),
    offer=("description",),
    lists=(_rules("snapshot_rule"), _rules("replication_rule")),
    reads=POLICY_READS,
)

QOS_POLICY = define(
    "policy",
    title="QoS policy",
    kinds=("QoS",),
    offer=("description", "io_limit_rule"),
    state_rules=(at_least_one_of("io_limit_rule"),),
    reads=POLICY_READS,
)

FILE_QOS_POLICY = define(
    "policy",
    title="file QoS policy",
    kinds=("File_Performance",),
    offer=("description", "file_io_limit_rule"),
    state_rules=(at_least_one_of("file_io_limit_rule"),),
    reads=POLICY_READS,
)
