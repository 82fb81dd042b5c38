# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Destinations of SNMP v1 traps, identified by their exact address and port. The client chooses the number in the URI.

Source: HPE OneView REST API, appliance/trap-destinations.
"""

from __future__ import annotations

import dataclasses
import itertools

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.job import Job
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.attribute import Attribute
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.names import spelled, the_one
from ..client import OneViewClient
from ..handler import CONVENTION, OneViewHandler

TRAPS = "/rest/appliance/trap-destinations"
VALIDATION = f"{TRAPS}/validation"
COMMUNITY = Attribute("community", api_name="communityString", sensitive=True, required=True)
TRAP = ResourceType(
    type=TRAPS,
    title="trap destination",
    convention=CONVENTION,
    attributes=(Attribute("trap_port", "int", api_name="port"), COMMUNITY),
    identity=("destination",),
    renames=False,
)


class TrapHandler(OneViewHandler):
    """Handles a trap destination.

    The community is a secret. The handler compares it if the appliance returns it in plain text, and never shows it.
    """

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        super().__init__(client, TRAP, {**desired, "id": None})
        self._taken: set[str] = set()
        self._ports: list[str] = []
        self._community: str | None = None

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note an invalid port or destination."""
        if desired["trap_port"] is not None and not 0 < desired["trap_port"] < 65536:
            mistakes.add(f"trap_port must be between 1 and 65535, not {desired['trap_port']}.")
        host = desired["destination"]
        if host and any(sign in host for sign in "/@ ?#[]"):
            mistakes.add(f"destination takes a name or an address without scheme, port or path, not {host!r}.")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the destination, without its community."""
        return super().read()

    def named(self, name: str) -> Json | None:
        """Return the destination with exactly this address and the task's port, or None.

        Without a port in the task, the address must be unique; raises InputError if it has several ports.
        """
        rows = self.client.all(TRAPS)
        self._taken = {str(row.get("uri") or "").rpartition("/")[2] for row in rows}
        found = spelled(rows, name, self.resource.key)
        self._ports = [str(row.get("port")) for row in found]
        if self.desired["trap_port"] is not None:
            found = [row for row in found if row.get("port") == self.desired["trap_port"]]
        elif len(set(self._ports)) > 1:
            ports = ", ".join(self._ports)
            raise InputError(f"Destination {name} exists with ports {ports}.", hint="Give one of them as trap_port.")
        destination = the_one(found, name, self.resource.title, key=self.resource.key, place="uri")
        if destination is None:
            return None
        current = dict(destination)
        community = current.pop(COMMUNITY.api_name, None)
        # Some appliances mask the community with asterisks; then it is unknown.
        self._community = community if isinstance(community, str) and community.strip("*") else None
        return current

    def resolved(self) -> Json:
        """Return the task's options. They say whether the plan must write the community."""
        differs = None not in (self._community, self.desired["community"])
        differs = differs and self._community != self.desired["community"]
        return {**super().resolved(), TRAP.update_secrets: "always" if differs else "on_create"}

    def is_written(self, attribute: Attribute, history: History) -> bool:
        """Return False: the appliance shows the community, or `resolved` does not write it again."""
        return False

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; raise InputError if it would create a destination without a community."""
        if current is None and self._ports and self.desired["state"] == "present" and self.desired["community"] is None:
            raise InputError(
                f"There is no {self.label} with port {self.desired['trap_port']}, "
                f"only with port {', '.join(self._ports)}; to create it, give community, too.",
                hint="The port of a destination cannot change: another port is another destination.",
            )
        return super().plan(current, history).with_requests(self._whole)

    def _whole(self, step: Request) -> Request:
        """Return the step with the first free number for a new destination, or with the community of a changed one."""
        if step.verb == "POST":
            number = next(number for number in map(str, itertools.count(1)) if number not in self._taken)
            return dataclasses.replace(step, path=f"{TRAPS}/{number}")
        community = self.desired["community"] or self._community
        if step.verb == "PUT" and community:
            return dataclasses.replace(step, body={**(step.body or {}), COMMUNITY.api_name: community})
        return step

    def send(self, step: Request) -> Job:
        """Send a step once. The appliance validates a new destination first."""
        if step.verb == "POST":
            self.client.send(dataclasses.replace(step, path=VALIDATION))
        return super().send(step)
