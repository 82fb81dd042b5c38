# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The power of a server: switches it if necessary, and waits until the server shows the desired state.

Source: HPE OneView REST API, server-hardware. powerState is a sub-resource; its values are On, Off, PoweringOn,
PoweringOff, Resetting and Unknown.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.job import Job
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request, Wait
from ..._engine.table.resource_type import ResourceType
from ..._engine.text.names import unknown
from ..client import OneViewClient
from ..handler import CONVENTION, OneViewHandler

HARDWARE = "/rest/server-hardware"
SERVER = ResourceType(type=HARDWARE, title="server", convention=CONVENTION, attributes=(), renames=False)
POWER = "power"
GOALS = {"powered_on": "On", "powered_off": "Off"}
ON_THE_WAY = ("PoweringOn", "PoweringOff", "Resetting")


def power_step(server: Json, goal: str, hold: bool = False) -> Request:
    """Return the step that powers a server on or off.

    goal: ``On`` or ``Off``. hold: power the server off at once, without waiting for its operating system to shut down.
    """
    control = "PressAndHold" if hold and goal == "Off" else "MomentaryPress"
    how = ", without waiting for its operating system" if control == "PressAndHold" else ""
    summary = f"power {goal.lower()} server {server['name']}{how}"
    return Request(POWER, "PUT", f"{server['uri']}/powerState", {"powerState": goal, "powerControl": control}, summary)


def power_jobs(client: OneViewClient, uri: str, since: t.Any) -> list[Job]:
    """Return the tasks that switch a server's power: those whose names begin with "power", in any case.

    uri: of the server. since: a time by the appliance's clock, or None.
    """
    jobs = client.jobs({"associatedResource.resourceUri": uri}, since)
    return [job for job in jobs if job.action.lower().startswith(POWER)]


class PowerHandler(OneViewHandler):
    """Handles the power of the server that a task names."""

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        super().__init__(client, SERVER, {**desired, "state": "present"})
        self._goal = GOALS[desired["state"]]

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the server, or None; note an error with similar names if the server does not exist."""
        current = super().read(object_id)
        if current is None and self.desired["name"]:
            guesses, others = unknown([self.desired["name"]], [row.get("name") for row in self.client.all(HARDWARE)])
            hint = f"Give the server's name in OneView. {others}".rstrip()
            self.directory.errors.append(InputError(f"The appliance has no server {guesses}.", hint=hint))
        return current

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; raise InputError if the server does not exist or its power is locked."""
        if current is None:
            Mistakes(self.wrong(current)).refuse()
            raise InputError(f"The appliance has no {self.label}.")
        now = str(current.get("powerState"))
        before, after = {"power": now}, {"power": self._goal}
        if now == self._goal:
            return Plan((), before, before)
        wait = Wait(f"wait until {self.label} is powered {self._goal.lower()}", f"it is {now}")
        # The operating system may need time to shut down and must not get a second request.
        if history.includes(POWER) or now == f"Powering{self._goal}":
            return Plan((wait,), before, after)
        if now in ON_THE_WAY:
            # The server may be on the way to the other state, and takes no new request before it has arrived.
            settle = Wait(f"wait until {self.label} is on or off", f"it is {now}")
            return Plan((settle, self._switch(current), wait), before, after)
        if current.get("powerLock"):
            raise InputError(
                f"The power of {self.label} is locked.", hint="Another operation is using it. Try again later."
            )
        return Plan((self._switch(current), wait), before, after)

    def _switch(self, current: Json) -> Request:
        return power_step(current, self._goal, bool(self.desired.get("force")))

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the tasks that switch the server, but none before this task has sent a request."""
        if current is None or not self._sent or POWER not in actions:
            return None
        return power_jobs(self.client, current["id"], self._since)
