# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The state machine of replication sessions, metro included, as one of their two sides sees it.

Source: PowerStore REST API 4.0, replication_session, its actions and ReplicationStateEnum. The texts speak of failover
for asynchronous sessions; here synchronous ones fail over, too.
"""

from __future__ import annotations

import typing as t

from ..._engine.state_machine import ACTION, HOLD, NOTHING, StateMachine, Transition, act, impossible, row

FAILOVERS = ("failed_over_planned", "failed_over_unplanned", "failed_over_forced")
GOALS = (
    *("running", "synchronized", "paused", *FAILOVERS, "reprotected", "test_started", "test_stopped"),
    *("promoted", "demoted", "preferred"),
)
STATES = (
    "Initializing",
    "OK",
    "Synchronizing",
    "System_Paused",
    "Paused",
    "Paused_For_Migration",
    "Paused_For_NDU",
    "Pausing",
    "Resuming",
    "Failing_Over",
    "Failing_Over_For_DR",
    "Failed_Over",
    "Reprotecting",
    "Switching_To_Synchronous",
    "Switching_To_Metro_Sync",
    "Partial_OK",
    "Partial_Paused",
    "Partial_Failed_Over",
    "Partial_Reprotected",
    "Partial_Failed_Back",
    "Fractured",
    "Modify_Role_In_Progress",
    "Error",
    "Deleting",
)
KINDS = ("async", "nas", "sync", "metro")
PLAIN, TESTING, KEPT, FRESH = "Plain", "Testing", "Kept", "Fresh"
MARKS = (PLAIN, TESTING, KEPT, FRESH, "Promoted", "Demoted", "System_Promoted", "System_Demoted")


class ReplicationSituation(t.NamedTuple):
    """What decides about the next transition of a session.

    kind: asynchronous (of blocks or of a NAS server), synchronous, or metro. leads: this side is the source, or the
    preferred side of metro. mark: what else matters, Plain for nothing. Testing: a failover test runs, and its data
    does not count; Kept: the task uses its data. Fresh: the last copy is recent enough for the task. Of metro, which
    side serves the hosts, and whether a person or the array has decided so.
    """

    state: str
    kind: str = "async"
    leads: bool = True
    mark: str = PLAIN


# Each reason follows the words "Replication session of x is STATE: ".
AT_SOURCE = impossible(
    "only the source does this, and this array is the destination. Run the task against the other one"
)
AT_DESTINATION = impossible(
    "only the destination does this, and this array is the source. Run the task against the other one"
)
AT_NEW_SOURCE = impossible(
    "it is reprotected from the array that has taken over, and this one has not. Run the task against the other one"
)
METRO_ONLY = impossible("only the sides of metro are promoted, demoted or preferred. Use state: failed_over here")
NO_METRO = impossible("metro does not fail over. Use state: promoted and state: demoted")
NO_TEST = impossible("only asynchronous replication of volumes and volume groups has a failover test")
NO_NAS_TEST = impossible(
    "a NAS server has no failover test. Clone it with nas_server_clone, for a test beside the replication"
)
GOING = impossible("it is going away, because its protection policy or its metro was taken away")
ERROR = impossible("the array cannot go on by itself. Look up its error_code, and correct the cause on the array")
STRANGE = impossible(
    "according to its documents, the array has no session of this type in this state. Look at the array"
)
TURNING = impossible("a failover is running. Run state: failed_over to wait for it, then state: reprotected")
TURNED = impossible("it is failed over and copies nothing. First run state: reprotected, against the new source")
HALF_OVER = impossible(
    "the failover of some file systems did not work. Correct the cause, then run state: failed_over again"
)
HALF_BACK = impossible("some file systems are not reprotected. Correct the cause, then run state: reprotected again")
HALF_OK = impossible("some of its file systems do not replicate. Correct the cause on the array")
NOTHING_YET = impossible("nothing is copied yet, so there is nothing to fail over to")
TEST_FIRST = impossible("a failover test is running. First run state: test_stopped, against the destination")
TEST_OR_COPY = impossible(
    "a failover test is running. To go on with its data, give use_test_copy: true; to drop it, run state: test_stopped"
)
BY_ARRAY = impossible("the array has paused it and resumes it by itself. Run the task again later")
LINK_LOST = impossible("the other array does not answer. Use is_planned: false, against the destination")
NOT_OVER = impossible("it is not failed over, so there is nothing to reprotect. Use state: running")
NO_TEST_NOW = impossible("no failover test can start during or after a failover")
BOTH_SERVE = impossible("both sides serve the hosts. First run state: paused")
NOT_SPLIT = impossible("a side is promoted or demoted only while the session is Paused or Fractured")
OTHER_SILENT = impossible("the preferred side cannot change while the two sides do not work together")
FAILOVER_AGAIN = Transition(
    ACTION,
    "failover",
    again=True,
    reason="the failover of some file systems did not work. Correct the cause, then run the task again to repeat it",
)
REPROTECT_AGAIN = Transition(
    ACTION,
    "reprotect",
    again=True,
    reason="some file systems are not reprotected. Correct the cause, then run the task again to repeat it",
)

REPLICATION = "async nas sync"
COPYING = "running synchronized"
UNPLANNED = "failed_over_unplanned failed_over_forced"
FAILOVER = f"failed_over_planned {UNPLANNED}"
IN_TEST = f"{TESTING} {KEPT}"
TESTS = "test_started test_stopped"
METRO = "promoted demoted preferred"
BACK = "Partial_Reprotected Partial_Failed_Back"
PARTIAL = f"Partial_OK Partial_Paused Partial_Failed_Over {BACK}"
FAILING = "Failing_Over Failing_Over_For_DR"
BY_ITSELF_PAUSED = "Paused_For_Migration Paused_For_NDU"
ON_ITS_WAY = f"Pausing Resuming {BY_ITSELF_PAUSED}"
STARTING = "Initializing Synchronizing Switching_To_Synchronous Switching_To_Metro_Sync"

TYPES = (
    # Goals that a type does not have, and states that it does not have.
    row(METRO, METRO_ONLY, kind=REPLICATION),
    row(f"{FAILOVER} reprotected {TESTS}", NO_METRO, kind="metro"),
    row(TESTS, NO_TEST, kind="sync"),
    row(TESTS, NO_NAS_TEST, kind="nas"),
    row(" ".join(GOALS), GOING, state="Deleting"),
    row(" ".join(GOALS), STRANGE, state="Switching_To_Metro_Sync Modify_Role_In_Progress", kind=REPLICATION),
    row(" ".join(GOALS), STRANGE, state="Switching_To_Synchronous", kind="async nas metro"),
    row(" ".join(GOALS), STRANGE, state=PARTIAL, kind="async sync metro"),
    row(" ".join(GOALS), STRANGE, state=f"{FAILING} Failed_Over Reprotecting", kind="metro"),
)
COPY = (
    # Both sides can resume, but only the source can copy at once.
    row("synchronized", NOTHING, state="OK", mark=FRESH),
    row("synchronized", AT_SOURCE, kind="async nas", leads=False, mark=" ".join(one for one in MARKS if one != FRESH)),
    row("synchronized", act("sync"), state="OK", kind="async nas"),
    row(COPYING, NOTHING, state="OK"),
    row(COPYING, HOLD, state=f"{STARTING} {ON_ITS_WAY} Reprotecting Modify_Role_In_Progress Partial_OK"),
    row(COPYING, act("pause"), state="System_Paused", kind="sync metro"),
    row(COPYING, act("sync"), state="System_Paused", leads=True),
    row(COPYING, AT_SOURCE, state="System_Paused"),
    row(COPYING, act("resume"), state="Paused Partial_Paused"),
    # Metro heals itself, unless a person has decided which side serves.
    row(COPYING, HOLD, state="Fractured", kind="metro", mark="Plain System_Promoted System_Demoted"),
    row(COPYING, act("pause"), state="Fractured"),
    row(COPYING, TURNING, state=FAILING),
    row(COPYING, TURNED, state="Failed_Over"),
    row(COPYING, HALF_OVER, state="Partial_Failed_Over"),
    row(COPYING, REPROTECT_AGAIN, state=BACK, leads=True),
    row(COPYING, AT_NEW_SOURCE, state=BACK),
    row("paused", NOTHING, state="Paused"),
    row("paused", act("pause"), state="OK Synchronizing System_Paused Fractured Partial_OK Partial_Paused"),
    row("paused", HOLD, state=f"{STARTING} {ON_ITS_WAY} Reprotecting Modify_Role_In_Progress"),
    row("paused", TURNING, state=FAILING),
    row("paused", TURNED, state="Failed_Over"),
    row("paused", HALF_OVER, state="Partial_Failed_Over"),
    row("paused", HALF_BACK, state=BACK),
)
FAIL_OVER = (
    row("failed_over_forced", act("failover"), state="Failed_Over", leads=False),
    row(FAILOVER, NOTHING, state="Failed_Over"),
    row(FAILOVER, HOLD, state="Failing_Over_For_DR"),
    row("failed_over_planned", HOLD, state="Failing_Over"),
    row("failed_over_planned", AT_SOURCE, leads=False),
    row("failed_over_planned", TEST_FIRST, mark=IN_TEST),
    row("failed_over_planned", act("failover"), state="OK Synchronizing"),
    row("failed_over_planned", HOLD, state=f"Initializing Switching_To_Synchronous {ON_ITS_WAY} Reprotecting"),
    row("failed_over_planned", act("pause"), state="System_Paused", kind="sync"),
    row("failed_over_planned", act("sync"), state="System_Paused"),
    row("failed_over_planned", act("resume"), state="Paused Partial_Paused"),
    row("failed_over_planned", HALF_OK, state="Partial_OK"),
    row("failed_over_planned", LINK_LOST, state="Fractured"),
    row(UNPLANNED, AT_DESTINATION, leads=True),
    row(UNPLANNED, TEST_OR_COPY, mark=TESTING),
    row(UNPLANNED, NOTHING_YET, state="Initializing"),
    row(UNPLANNED, BY_ARRAY, state=BY_ITSELF_PAUSED),
    row(UNPLANNED, HOLD, state="Pausing Resuming Reprotecting"),
    row(FAILOVER, FAILOVER_AGAIN, state="Partial_Failed_Over"),
    row(FAILOVER, HALF_BACK, state=BACK),
    row("failed_over_planned", ERROR, state="Error"),
    row(UNPLANNED, act("failover")),
    row("reprotected", NOTHING, state="OK Switching_To_Synchronous Partial_OK Fractured"),
    row("reprotected", HOLD, state=f"Initializing Synchronizing {ON_ITS_WAY} Reprotecting {FAILING}"),
    row("reprotected", NOT_OVER, state="System_Paused Paused Partial_Paused"),
    row("reprotected", act("reprotect"), state="Failed_Over", leads=True),
    row("reprotected", REPROTECT_AGAIN, state=BACK, leads=True),
    row("reprotected", AT_NEW_SOURCE, state=f"Failed_Over {BACK}"),
    row("reprotected", HALF_OVER, state="Partial_Failed_Over"),
)
TEST = (
    row(TESTS, AT_DESTINATION, leads=True),
    row("test_started", NO_TEST_NOW, state=f"{FAILING} Failed_Over"),
    row("test_started", NOTHING, mark=IN_TEST),
    row("test_started", act("start_failover_test"), state="OK Synchronizing Paused System_Paused"),
    row("test_started", HOLD, state="Initializing Pausing Resuming Reprotecting"),
    row("test_started", BY_ARRAY, state=BY_ITSELF_PAUSED),
    row("test_started", LINK_LOST, state="Fractured"),
    row("test_stopped", NOTHING, state=f"{FAILING} Failed_Over"),
    row("test_stopped", HOLD, state=f"Initializing {ON_ITS_WAY} Reprotecting", mark=IN_TEST),
    row("test_stopped", act("stop_failover_test"), mark=IN_TEST),
    row("test_stopped", NOTHING),
)
SIDES = (
    row("promoted", NOTHING, state="Paused Fractured", mark="Promoted System_Promoted"),
    row("demoted", NOTHING, state="Paused Fractured", mark="Demoted System_Demoted"),
    row("promoted", act("promote"), state="Paused Fractured"),
    row("demoted", act("demote"), state="Paused Fractured"),
    row("promoted demoted", HOLD, state="Pausing Resuming Modify_Role_In_Progress"),
    row("promoted demoted", BOTH_SERVE, state="OK"),
    row("promoted demoted", NOT_SPLIT, state=f"{STARTING} System_Paused {BY_ITSELF_PAUSED}"),
    row("preferred", HOLD, state="Modify_Role_In_Progress"),
    row("preferred", NOTHING, leads=True),
    row("preferred", act("modify"), state="OK Paused"),
    row("preferred", HOLD, state=f"{STARTING} {ON_ITS_WAY}"),
    row("preferred", OTHER_SILENT, state="Fractured System_Paused"),
)
REPLICATIONS = StateMachine(
    ReplicationSituation,
    {"state": STATES, "kind": KINDS, "leads": (True, False), "mark": MARKS},
    GOALS,
    (*TYPES, *COPY, *FAIL_OVER, *TEST, *SIDES, row(" ".join(GOALS), ERROR)),
    unknown=impossible("this collection does not know the state"),
)
