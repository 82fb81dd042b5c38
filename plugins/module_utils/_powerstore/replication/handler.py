# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Handler of replication sessions: find the session of an object, and plan the way to the goal of a task.

Source: PowerStore REST API 4.0, replication_session and its actions.
"""

from __future__ import annotations

import datetime
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError, JobFailed
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.options.rules import Requires, in_vain
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Change, Request, Step
from ..._engine.text.names import near
from ..._engine.text.paths import in_path
from ..._engine.text.words import sentence
from ..client import PowerStoreClient
from ..define import LIVE
from ..directory import SUGGESTED
from ..query import one_of
from ..references import by_id_or_name, reference
from ..sessions.action_history import ActionHistory
from ..sessions.course import ForeseenStep
from ..sessions.journey import Journey
from ..timestamps import instant
from .states import ReplicationSituation
from .transitions import COURSE, situation_of

SUBJECTS = {"volume": "volume", "volume_group": "volume group", "nas_server": "NAS server"}
"""The options that name what is replicated, and their words in messages."""
FIELDS = (
    "id,state,role,type,resource_type,local_resource_id,remote_resource_id,remote_system_id,local_resource_state,"
    "failover_test_in_progress,last_sync_timestamp,progress_percentage,estimated_completion_timestamp,"
    "data_transfer_state,data_connection_state,error_code,parent_replication_session_id,remote_system(id,name)"
)
WORDS = {
    "sync": "synchronize {}",
    "failover": "fail over {}",
    "start_failover_test": "start the failover test of {}",
    "stop_failover_test": "stop the failover test of {}",
    "modify": "make this array the preferred side of {}",
}
STATES = (
    *("running", "synchronized", "paused", "failed_over", "reprotected", "test_started", "test_stopped"),
    *("promoted", "demoted", "preferred"),
)
"""What a task asks for."""
PREFERRED = {"role": "Metro_Preferred"}
FAILS_OVER = ("failed_over",)
RULES = (
    Requires("is_planned", "state", FAILS_OVER, ignores=(True,)),
    Requires("use_test_copy", "state", FAILS_OVER, ignores=(False,)),
    Requires("failover_snapshot_id", "state", FAILS_OVER),
    Requires("force", "state", ("failed_over", "test_stopped"), ignores=(False,)),
    Requires("snapshot_id", "state", ("test_started",)),
    Requires("create_end_of_test_snapshot", "state", ("test_stopped",), ignores=(False,)),
    Requires("max_age", "state", ("synchronized",)),
)
UNPLANNED_ONLY = ("force", "use_test_copy", "failover_snapshot_id")


def goal_of(desired: Json) -> str:
    """Return the goal of a task: a failover has one of its own for each way to do it."""
    if desired["state"] not in FAILS_OVER:
        return str(desired["state"])
    if desired["is_planned"]:
        return "failed_over_planned"
    return "failed_over_forced" if desired["force"] else "failed_over_unplanned"


class ReplicationHandler(Journey):
    """The replication session of one object, and the goal state of the task."""

    course = COURSE
    words = WORDS

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        self.desired = desired
        self.goal = goal_of(desired)
        self._check_failover()
        self.in_vain = tuple(in_vain(RULES, desired))
        self.option = next((option for option in SUBJECTS if desired.get(option)), "id")
        named = desired[self.option]
        what = f"of {SUBJECTS[self.option]} {named}" if self.option in SUBJECTS else str(named)
        super().__init__(client, "replication_session", f"replication session {what}")
        self.session_id: str | None = desired.get("id")
        self.is_fresh = False
        self.is_tested = False
        self.has_copied = False

    def _check_failover(self) -> None:
        """Raise InputError for options that exclude each other, or that a planned failover does not have."""
        if self.desired["use_test_copy"] and self.desired.get("failover_snapshot_id"):
            raise InputError(f"Give use_test_copy or failover_snapshot_id, not both. {UNTOUCHED}")
        given = [option for option in UNPLANNED_ONLY if self.desired.get(option)]
        if self.goal == "failed_over_planned" and given:
            raise InputError(
                f"{' and '.join(given)}: only an unplanned failover takes this.",
                hint=f"Give is_planned: false, too, if the source is lost. Otherwise leave it out. {UNTOUCHED}",
            )

    # Reading

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the session. Raise InputError if the object or its session does not exist."""
        if self.session_id is None:
            current: Json | None = self._find()
        else:
            current = self.client.get(self.type, self.session_id, {"select": FIELDS})
        if current is not None:
            self.session_id = current["id"]
            self.is_fresh = self._is_fresh(current)
            self.is_tested = bool(current.get("failover_test_in_progress"))
        return current

    def _is_fresh(self, current: Json) -> bool:
        """Return whether the last copy is not older than the task allows."""
        last, most = current.get("last_sync_timestamp"), self.desired.get("max_age")
        if not last or most is None:
            return False
        age = datetime.datetime.now(datetime.timezone.utc) - instant(str(last), "last_sync_timestamp")
        return age.total_seconds() <= float(most)

    def _find(self) -> Json:
        """Return the session of the object that the task names."""
        subject = self._subject()
        rows = self.client.query(self.type, {"local_resource_id": f"eq.{subject['id']}", "select": FIELDS})
        what = f"{sentence(SUBJECTS[self.option])} {subject['name']}"
        if not rows:
            groups = [group["name"] for group in subject.get("volume_groups") or ()]
            raise InputError(
                f"{what} has no replication session.",
                hint=f"It is in volume group {groups[0]}, which is replicated as a whole: name the group."
                if groups
                else "A protection policy with a replication rule makes one, and so does metro.",
            )
        systems = {str((row.get("remote_system") or {}).get("name")): row for row in rows}
        if self.desired.get("remote_system"):
            wanted = reference(self.desired["remote_system"])
            rows = [row for row in rows if wanted.matches(row.get("remote_system") or {})]
            if not rows:
                raise InputError(f"{what} is not replicated to {wanted}, but to {', '.join(sorted(systems))}.")
        if len(rows) > 1:
            raise InputError(
                f"{what} has {len(rows)} replication sessions: with {', '.join(sorted(systems))}.",
                hint="Give remote_system, too, or the id of the session.",
            )
        return rows[0]

    def _subject(self) -> Json:
        """Return the volume, volume group or NAS server that the task names."""
        wanted = reference(self.desired[self.option])
        more = {"volume": ",volume_groups(id,name)"}.get(self.option, "")
        kinds = {} if self.option == "nas_server" else {"type": one_of(LIVE)}
        query = {**by_id_or_name([wanted]), **kinds, "select": f"id,name{more}"}
        found = [row for row in self.client.query(self.option, query) if wanted.matches(row)]
        if found:
            return found[0]
        rows = self.client.query(self.option, {**kinds, "select": "id,name"}, limit=SUGGESTED)
        raise InputError(
            f"{self.option}: there is no {SUBJECTS[self.option]} {wanted}.",
            hint=near(str(wanted), [row["name"] for row in rows]),
        )

    # What the base class asks for

    def situation(self, current: Json) -> ReplicationSituation:
        """Return what decides about the next transition of the session."""
        fresh = self.is_fresh or self.has_copied if self.goal == "synchronized" else None
        return situation_of(current, bool(self.desired["use_test_copy"]), fresh)

    def title_of(self, dummy_session: Json) -> str:
        """Return what messages call the session."""
        return self.label

    def messages(self, session: Json) -> list[Json]:
        """Return the code of the session's error, for which the array has no text here."""
        code = session.get("error_code")
        text = "The session reports an error"
        return [{"code": code, "severity": None, "message": text, "arguments": []}] if code else []

    def progress_text(self, session: Json) -> str:
        """Return state and percent."""
        percent = session.get("progress_percentage")
        return self.state_of(session) + (f", {percent} %" if percent is not None else "")

    def body_of(self, action: str) -> tuple[Json | None, str]:
        """Return the body of an action, and what its summary says of it."""
        body: Json = {}
        words = ""
        if action == "failover":
            planned = self.goal == "failed_over_planned"
            options = (
                () if planned else ("force", "failover_snapshot_id", *(["use_test_copy"] if self.is_tested else []))
            )
            body = {"is_planned": planned, **self._given(options)}
            words = ", as planned" if planned else ", without the source"
        elif action == "start_failover_test":
            body = self._given(["snapshot_id"])
        elif action == "stop_failover_test":
            body = self._given(["create_end_of_test_snapshot", "force"])
        return body or None, words + "".join(
            f", {name}: {str(value).lower()}" for name, value in body.items() if name != "is_planned"
        )

    def _given(self, options: t.Iterable[str]) -> Json:
        return {option: self.desired[option] for option in options if self.desired.get(option)}

    def on_accepted(self, step: Change) -> None:
        """Remember that the source has copied for this task."""
        self.has_copied = self.has_copied or step.action == "sync"

    def step(self, foreseen: ForeseenStep, session: Json) -> Step:
        """Return the request or the wait of one foreseen step. The role is changed like an attribute."""
        if foreseen.action != "modify":
            return super().step(foreseen, session)
        path = f"{self.type}/{in_path(session['id'])}"
        return Request("modify", "PATCH", path, PREFERRED, self.words["modify"].format(self.label))

    # Planning

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the steps to the goal as far as they can be foreseen.

        Raise InputError if the session cannot reach the goal, JobFailed if it failed during this run.
        """
        actions = ActionHistory(history, self.type)
        if current is None:
            kind = JobFailed if actions.first else InputError
            raise kind(f"There is no {self.label}." if kind is InputError else f"{sentence(self.label)} is gone.")
        parent = current.get("parent_replication_session_id")
        if parent:
            raise InputError(
                f"{sentence(self.label)} belongs to a file system and follows the session of its NAS server.",
                hint=f"The NAS server's session has the id {parent}.",
            )
        way = self.way(current, actions)
        now = self.state_of(current)
        ends = self.course.foresee(self.situation(current), self.goal)[-1].until if way else now
        name = {"session": self.label}
        return Plan(tuple(way), {**name, "state": now}, {**name, "state": ends or now}, self.in_vain)
