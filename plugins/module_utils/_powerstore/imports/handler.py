# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Handler of imports of volumes: read the session and its members, and plan the actions from the table of states.

Source: PowerStore REST API 4.0, import_session and its actions.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.rules import Requires
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request, Step, Wait
from ..._engine.state_machine import ACTION, WAIT, Transition
from ..._engine.table.resource_type import ResourceType
from ..client import PowerStoreClient
from ..query import one_of
from ..responses import messages_of
from ..sessions.action_history import ActionHistory, States
from ..sessions.course import ForeseenStep
from .messages import ACTIONS, progress_text
from .request import ImportRequest, check_request
from .session import SCHEDULE, SessionHandler
from .sources import AGENTLESS
from .states import GOOD_STATES, IMPORTS, ImportSituation
from .transitions import COURSE, depends_on_members

OF_THE_GROUP = ("completed", "absent")
"""Goals that a group's session can reach, but no session of a member."""

MEMBER_FIELDS = "id,name,state,progress_percentage,current_transfer_rate,error"


class ImportHandler(SessionHandler):
    """The import session that a task names, and the goal state of the task."""

    course = COURSE
    building = ("present", "ready", "completed", "paused")
    words = ACTIONS
    goal_rules = (Requires("force", "state", ("cancelled",), ignores=(False,)),)
    not_in_jobs = ("enable_destination_volume", "start_copy")

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        check_request(desired)
        super().__init__(client, resource, desired)
        self.request = ImportRequest(client, resource, self.desired)
        self.members: list[Json] = []

    # Reading

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read. The type of the remote system decides which resource types its sources have."""
        return {**super().fields(), "remote_system": ("id", "name", "type")}

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the session, or None. A group's session has ``members`` if the next transition depends on them."""
        current = super().read(object_id)
        if current is None and self.request.source and self.request.source.criteria == "In_Progress":
            current = super().read(object_id)  # the session may have come into being before its source was read
        if current is None:
            return None
        self.members = self._read_members(current) if self._asks_members(current) else []
        if self.members:
            current["members"] = self.members
        return current

    def landmark(self, current: Json | None) -> States:
        """Return the states of the session and of the members that were read."""
        members = (current or {}).get("members", ())
        return (*super().landmark(current), *((member["id"], member["state"]) for member in members))

    def _look_up_references(self, current: Json | None) -> None:
        self.desired = self.request.resolve(current)

    def _asks_members(self, current: Json) -> bool:
        """Return whether to read the members: the next transition depends on them, or on whether there are any."""
        kind = current.get("destination_resource_type")
        if kind == "volume" or current.get("parent_session_id"):
            return False
        situation = self.situation(current)
        on_its_way = IMPORTS.next(situation, self.goal).kind in (ACTION, WAIT)
        return depends_on_members(situation, self.goal) or (kind is None and on_its_way)

    def _read_members(self, current: Json) -> list[Json]:
        wanted = {"parent_session_id": f"eq.{current['id']}", "order": "name", "select": MEMBER_FIELDS}
        return self.client.query(self.type, wanted)

    # What the base class asks for

    def situation(self, current: Json) -> ImportSituation:
        """Return what decides about the next transition of the session."""
        is_group = bool(current.get("members")) or current.get("destination_resource_type") == "volume_group"
        is_agentless = current.get("type") == AGENTLESS
        return ImportSituation(current["state"], is_group, is_agentless, bool(current.get("automatic_cutover")))

    def situation_of_new(self) -> ImportSituation:
        """Return the situation of the session that the task creates."""
        source = self.request.source
        return ImportSituation(
            "Scheduled" if self.desired[SCHEDULE] else "Queued",
            bool(source and source.is_group),
            self.desired["type"] == AGENTLESS,
            bool(self.desired["automatic_cutover"]),
        )

    def is_quiet(self, current: Json) -> bool:
        """Return whether the session has no failure to report."""
        return current["state"] in GOOD_STATES or current["state"] in ("Cancelled", "Cancel_In_Progress")

    def complete(self, create: Request) -> tuple[Request, Json, tuple[str, ...]]:
        """Return the request that creates the session, with hosts, which are shown but never read; and warnings."""
        step, warnings = self.request.complete(create)
        return step, self.request.shown(), tuple(warnings)

    def body_of(self, action: str) -> tuple[Json | None, str]:
        """Return the body of an action, and what its summary says of it."""
        if action == "cancel" and self.desired["force"]:
            return {"force": True}, ", even without roll-back"
        return None, ""

    def progress_text(self, session: Json) -> str:
        """Return the progress of a session as text."""
        return progress_text(session)

    def messages(self, session: Json) -> list[Json]:
        """Return the array's messages about a failure of the session."""
        return messages_of([session["error"]]) if session.get("error") else []

    def check_goal(self, current: Json) -> None:
        """Raise InputError for a goal of the group's session if this is the session of a member."""
        if current.get("parent_session_id") and self.goal in OF_THE_GROUP:
            raise InputError(
                f"Import session {current['name']} belongs to a member of a consistency group; state: {self.goal} "
                "is for the group's session.",
                hint=f"The group's session has the id {current['parent_session_id']}.",
            )

    # Planning for groups

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the steps to the goal. The diff of a group that is paused shows its members."""
        plan = super().plan(current, history)
        if current is None or not self._pauses_members(current):
            return plan
        # The group's own session keeps its state, and so does a member that has not begun.
        members = {member["name"]: member["state"] for member in self.members}
        before = {**plan.before, "members": members}
        after = {**plan.after, "members": {**members, **self._paused_members(current)}, "state": current["state"]}
        return dataclasses.replace(plan, before=before, after=after)

    def _pauses_members(self, current: Json) -> bool:
        """Return whether the plan pauses the sessions of a group's members instead of the group's own."""
        return self.goal == "paused" and bool(IMPORTS.next(self.situation(current), self.goal).members)

    def _paused_members(self, current: Json) -> Json:
        """Return the final states of the members that the plan transitions, by name."""
        agentless = self.situation(current).agentless
        ways = {
            member["name"]: COURSE.foresee(ImportSituation(member["state"], agentless=agentless), self.goal)
            for member in self.members
        }
        return {name: steps_ahead[-1].until for name, steps_ahead in ways.items() if steps_ahead}

    def steps(self, current: Json, transition: Transition, history: ActionHistory) -> list[Step]:
        """Return the steps to the goal, with the actions on the members of a group that lead it there."""
        led = self._lead(current, transition.members, history) if transition.members else []
        if led is None:
            return []
        if self._pauses_members(current):
            words = f"wait until no member of import session {current['name']} is copying"
            return [*led, Wait(words, progress_text(current))]
        return led + super().steps(current, transition, history)

    def step(self, foreseen: ForeseenStep, session: Json) -> Step:
        """Return the request or the wait of one foreseen step."""
        step = super().step(foreseen, session)
        is_agentless = session.get("type", self.desired["type"]) == AGENTLESS
        if foreseen.leads and is_agentless:
            return dataclasses.replace(step, summary=step.summary.replace("wait until", "lead its members until", 1))
        return step

    def _lead(self, current: Json, goal: str, history: ActionHistory) -> list[Step] | None:
        """Return the actions on a group's members, those that are due first, and the wait between them and the rest.

        goal: the goal of the members. If it is ``paused`` and no member copies or will copy, return None; if no
        member is paused either, raise an error.
        """
        due: list[Step] = []
        later: list[Step] = []
        waits = False
        for member in self.members:
            alone = ImportSituation(member["state"], agentless=self.situation(current).agentless)
            kind = IMPORTS.next(alone, goal).kind
            waits = waits or kind in (WAIT, ACTION)
            actions = [foreseen for foreseen in COURSE.foresee(alone, goal) if foreseen.action]
            steps = [
                self.step(foreseen, member) for foreseen in actions if not history.taken(member["id"], foreseen.action)
            ]
            now = 1 if kind == ACTION and len(steps) == len(actions) else 0
            due += steps[:now]
            later += steps[now:]
        if goal == "paused" and not waits:
            if not any(member["state"] == "Paused" for member in self.members):
                raise self.failure(current, history, "nothing is being copied, so there is nothing to pause")
            return None
        between = (
            [Wait(f"wait for the members of import session {current['name']}", progress_text(current))] if later else []
        )
        return [*due, *between, *later]

    def warnings(self, current: Json, history: ActionHistory) -> tuple[str, ...]:
        """Return warnings of members that wait for their turn, and of a failed session for which nothing is planned."""
        queued = [member["name"] for member in self.members if member["state"] in ("Scheduled", "Queued")]
        if queued and self._pauses_members(current):
            return (
                f"Members of import session {current['name']} wait for their turn: {', '.join(queued)}. They start to "
                "copy later. Run the task again then to pause them.",
            )
        return super().warnings(current, history)

    # Jobs

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Check nothing: `read` and `plan` have looked up and checked everything."""

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for the jobs of the session and of its members."""
        if current and self.members:
            return {"resource_id": one_of([current["id"], *(member["id"] for member in self.members)])}
        return super().jobs_filters(current)
