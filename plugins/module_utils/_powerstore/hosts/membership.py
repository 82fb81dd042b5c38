# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In which order a host group loses hosts, gets others, and changes its connectivity.

All hosts of a group have its connectivity, and a change of it reaches those that are members at that time. An empty
group has none, and takes that of its first hosts. A group with volumes cannot be emptied.
Source: PowerStore REST API 4.0, host_group_modify.
"""

from __future__ import annotations

import dataclasses

ADD, REMOVE, CONNECT = "add", "remove", "connect"

ORDERS = (
    (ADD, REMOVE, CONNECT),
    (REMOVE, CONNECT, ADD),
    (REMOVE, ADD, CONNECT),
    (CONNECT, ADD, REMOVE),
)
"""The best order first: new hosts before others leave, in case the array refuses them; and hosts that leave keep
their connectivity."""


@dataclasses.dataclass(frozen=True)
class Membership:
    """A host group and what changes in it.

    hosts, joining, leaving: numbers of hosts. connectivity: that of the group, None without hosts. theirs: that of the
    hosts that join. wanted: what the task gives, None if nothing.
    """

    hosts: int
    joining: int
    leaving: int
    connectivity: str | None
    theirs: frozenset[str]
    wanted: str | None
    has_volumes: bool

    def order(self) -> tuple[str, ...] | None:
        """Return the changes in the first order that the array accepts, None if it accepts no order."""
        return next((order for order in map(self._accepted, ORDERS) if order is not None), None)

    def _accepted(self, order: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return those changes of an order that are needed, None if the array would refuse one of them."""
        hosts, now, needed = self.hosts, self.connectivity if self.hosts else None, []
        for change in order:
            if change == ADD and self.joining:
                if len(self.theirs | ({now} if now else set())) > 1:
                    return None
                hosts, now = hosts + self.joining, next(iter(self.theirs), now)
            elif change == REMOVE and self.leaving:
                hosts -= self.leaving
                if not hosts and self.has_volumes:
                    return None
                now = now if hosts else None
            elif change == CONNECT and self.wanted not in (None, now):
                if not hosts:
                    return None
                now = self.wanted
            else:
                continue
            needed.append(change)
        return tuple(needed) if self.wanted in (None, now) else None
