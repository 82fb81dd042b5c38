# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""File events pools and publishers: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, file_events_pool (is_replica, destination_file_events_publisher_servers, modify),
file_events_publisher (is_replica, create, modify). Assumptions: the array keeps the last category of a pool, a pool
that a publisher uses, and a publisher that NAS servers use, and enables no publisher without a pool.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.planning.requests import title_of
from ..._engine.text.words import counted, sentence
from ..preflight import check_replica
from ..resources.file_agents import CATEGORY, ON_DESTINATION, POOLS, SETTINGS
from ..table_handler import Check, TableHandler

PUBLISHERS, SERVERS = "file_events_publishers", "nas_servers"


class PoolHandler(TableHandler):
    """A pool of servers to which file events are published."""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, for a deletion with the publishers that use the pool."""
        fields = super().fields()
        if self.desired["state"] == "absent":
            fields[PUBLISHERS] = ("id", "name")
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, self._check_replica, check_categories, check_publishers)

    def _check_replica(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for what can only be set on a replica, and for what cannot."""
        bodies = [step.body or {} for step in plan.requests]
        is_replica = (current or {}).get("is_replica")
        if current and is_replica and any(set(body) != {ON_DESTINATION} for body in bodies):
            check_replica(sentence(title_of(self.resource, current)), current)
        if not is_replica and any(ON_DESTINATION in body for body in bodies):
            raise InputError(
                f"{ON_DESTINATION} is only for the replica of a pool, at the destination of a replication.",
                hint=f"Here, give file_events_publisher_servers. {UNTOUCHED}",
            )


def check_categories(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the removal of all categories of a pool."""
    body = next((step.body or {} for step in plan.requests), {})
    rows = (current or {}).get(SETTINGS) or ()
    left = {row[CATEGORY] for row in (*rows, *body.get(SETTINGS, ()))} - set(body.get("remove_categories", ()))
    if current and body and not left:
        raise InputError(
            f"{SETTINGS}: file events pool {current['name']} must keep a category.",
            hint=f"Give another one in place of the last, or delete the pool. {UNTOUCHED}",
        )


def check_publishers(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the deletion of a pool that a publisher uses."""
    rows = (current or {}).get(PUBLISHERS) or () if plan.deletes else ()
    if current and rows:
        names = sorted(str(row["name"]) for row in rows)
        raise InputError(
            f"File events pool {current['name']} is used by {counted(names, 'file events publisher')}.",
            hint=f"Give these another pool first, or delete them. {UNTOUCHED}",
        )


class PublisherHandler(TableHandler):
    """A publisher of file events."""

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read, for a deletion with the NAS servers that use the publisher."""
        fields = super().fields()
        if self.desired["state"] == "absent":
            fields[SERVERS] = ("id", "name")
        return fields

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, self._check_replica, self._check_pools, check_servers)

    def _check_replica(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a change of a replica."""
        if current and plan.requests:
            check_replica(sentence(title_of(self.resource, current)), current)

    def _check_pools(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for an enabled publisher without a pool."""
        known, desired = current or {}, self.desired
        if not plan.requests or plan.deletes:
            return
        is_enabled = desired["is_enabled"] if desired.get("is_enabled") is not None else known.get("is_enabled")
        pools = desired[POOLS] if desired.get(POOLS) is not None else known.get(POOLS)
        if is_enabled and not pools:
            raise InputError(
                f"An enabled file events publisher needs at least one of {POOLS}.",
                hint=f"Give a pool, or is_enabled: false. {UNTOUCHED}",
            )


def check_servers(current: Json | None, plan: Plan) -> None:
    """Raise InputError for the deletion of a publisher that NAS servers use."""
    rows = (current or {}).get(SERVERS) or () if plan.deletes else ()
    if current and rows:
        names = sorted(str(row["name"]) for row in rows)
        raise InputError(
            f"File events publisher {current['name']} is used by {counted(names, 'NAS server')}.",
            hint=f'First give nas_server file_events_publisher: "" for each of them. {UNTOUCHED}',
        )
