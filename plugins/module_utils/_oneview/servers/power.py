# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The power of a server: switched only where it is not as asked, and waited for until it is.

Source: HPE OneView REST API, server-hardware: powerState is a sub-resource; On, Off, PoweringOn, PoweringOff, Resetting
and Unknown are what it shows.
"""

from __future__ import annotations

import typing as t

from ..._engine.errors import InputError
from ..._engine.job import Job
from ..._engine.names import unknown
from ..._engine.options.mistakes import Mistakes
from ..._engine.plan import Plan, Step, wait_step
from ..._engine.resource_type import Json, ResourceType
from ..client import OneViewClient
from ..handler import STYLE, OneViewHandler

HARDWARE = "/rest/server-hardware"
SERVER = ResourceType(type=HARDWARE, title="server", style=STYLE, attributes=(), renames=False)
POWER = "power"
GOALS = {"powered_on": "On", "powered_off": "Off"}
ON_THE_WAY = ("PoweringOn", "PoweringOff", "Resetting")


def power_step(server: Json, goal: str, hold: bool = False) -> Step:
    """Return the step that powers a server on or off. hold: do not let the operating system end first."""
    control = "PressAndHold" if hold and goal == "Off" else "MomentaryPress"
    how = ", without waiting for its operating system" if control == "PressAndHold" else ""
    summary = f"power {goal.lower()} server {server['name']}{how}"
    return Step(POWER, "PUT", f"{server['uri']}/powerState", {"powerState": goal, "powerControl": control}, summary)


def power_jobs(client: OneViewClient, uri: str, since: t.Any) -> list[Job]:
    """Return the tasks that switch a server, whatever they are called: Power on, Power off."""
    jobs = client.jobs({"associatedResource.resourceUri": uri}, since)
    return [job for job in jobs if job.action.lower().startswith(POWER)]


class PowerHandler(OneViewHandler):
    """The server that a task names, and the power that it is to have."""

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        super().__init__(client, SERVER, {**desired, "state": "present"})
        self._goal = GOALS[desired["state"]]
        self._pressed = False

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the server; where there is none of this name, note those that there are."""
        current = super().read(object_id)
        if current is None and self.desired["name"]:
            told, others = unknown([self.desired["name"]], [row.get("name") for row in self.client.all(HARDWARE)])
            hint = f"Servers are found by their name in OneView. {others}".rstrip()
            self.directory.errors.append(InputError(f"The appliance has no server {told}.", hint=hint))
        return current

    def plan(self, current: Json | None) -> Plan:
        """Return what is to be done."""
        if current is None:
            Mistakes(self.wrong(current)).refuse()
            raise InputError(f"The appliance has no {self.label}.")
        now = str(current.get("powerState"))
        before, after = {"power": now}, {"power": self._goal}
        if now == self._goal:
            return Plan((), before, before)
        see = wait_step(f"see {self.label} powered {self._goal.lower()}", f"it is {now}")
        if self._pressed or now == f"Powering{self._goal}":
            return Plan((see,), before, after)
        if now in ON_THE_WAY:
            settle = wait_step(f"see what {self.label} comes to", f"it is {now}")
            return Plan((settle, self._switch(current), see), before, after)
        if current.get("powerLock"):
            raise InputError(f"The power of {self.label} is locked.", hint="Something else works on it; try later.")
        return Plan((self._switch(current), see), before, after)

    def _switch(self, current: Json) -> Step:
        return power_step(current, self._goal, bool(self.desired.get("force")))

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job]:
        """Return the tasks that switch the server, once something was sent."""
        return (
            power_jobs(self.client, current["id"], self._since) if current and self._sent and POWER in actions else []
        )

    def on_accepted(self, step: Step) -> None:
        """Take note that it is switched: an operating system may take its time, and is not told twice."""
        self._pressed = True
