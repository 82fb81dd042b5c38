# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The actions of a replication session: the states that allow each one, its side, and where it leads.

Source: PowerStore REST 4.0, replication_session and its actions. The texts say which states allow pause, resume, sync,
failover, reprotect, the failover test, promote and demote. What they leave open (failover from a Partial state, the
failover of a synchronous session) is allowed where nothing speaks against it. That the wrong side is 400, and the code
of a second failover, come from public clients; the other codes are made up. Only this side moves: there is no other.
"""

from __future__ import annotations

from collections.abc import Callable

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import Call, Rules
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.resources.session_clock import (
    ASYNCHRONOUS,
    FAILED_OVER,
    METRO,
    SYNCHRONOUS,
    move,
)

REPLICATION = (ASYNCHRONOUS, SYNCHRONOUS)
AGAIN = "0xE0201005000C"
"""The code of a failover of a session that is failed over."""
INTERRUPTED_BEFORE = ("Synchronizing", "System_Paused", "Fractured")
"""A session that was in one of these when it was paused synchronizes when it is resumed."""
PAUSED_IN = "@paused_in"

PAUSABLE = ("OK", "Synchronizing", "System_Paused", "Fractured", "Partial_OK", "Partial_Paused")
TESTABLE = ("OK", "Synchronizing", "Paused", "System_Paused")
PLANNED = ("OK", "Synchronizing", "Partial_Failed_Over")
UNPLANNED = (
    *("OK", "Synchronizing", "System_Paused", "Paused", "Failing_Over", "Switching_To_Synchronous", "Partial_OK"),
    *("Partial_Paused", "Partial_Failed_Over"),
)
REPROTECTABLE = (FAILED_OVER, "Partial_Reprotected", "Partial_Failed_Back")
SPLIT = ("Fractured", "Paused")


def check_type(session: Json, action: str, types: tuple[str, ...]) -> None:
    """422 for an action that sessions of this type do not have."""
    if session["type"] not in types:
        text = f"{action} is not supported for a replication session of type {session['type']}."
        raise Refused(422, "0xE02010050020", text, session["type"])


def check_side(session: Json, action: str, role: str) -> None:
    """400 for an action that belongs to the other side."""
    if session["role"] != role:
        text = f"{action} is allowed only at the {role.lower()} system, and this one is the {session['role'].lower()}."
        raise Refused(400, "0xE02010050021", text, session["role"])


def check_state(session: Json, action: str, states: tuple[str, ...]) -> None:
    """422 for an action in a state that does not allow it."""
    if session["state"] not in states:
        text = f"{action} is not allowed while the replication session is in state {session['state']}."
        raise Refused(422, "0xE02010050022", text, session["state"])


def check_values(session: Json, wrong: dict[str, bool]) -> None:
    """422 for an option that does not fit. ``wrong``: by the reason, whether it does not."""
    for reason, applies in wrong.items():
        if applies:
            raise Refused(422, "0xE02010050023", reason, session["id"])


def moving(call: Call, *course: str) -> Effect:
    """The effect of an action that leads through these states."""
    return lambda: move(call.world, call.target, list(course))


def setting(call: Call, **values: object) -> Effect:
    """The effect of an action that leaves the state as it is."""
    return lambda: call.target.update(values)


def sync(call: Call) -> Effect:
    """Copy what has changed since the last time."""
    check_type(call.target, "sync", (ASYNCHRONOUS,))
    check_side(call.target, "sync", "Source")
    check_state(call.target, "sync", ("OK", "System_Paused", "Partial_OK"))
    return moving(call, "Synchronizing", "OK")


def pause(call: Call) -> Effect:
    """Stop to copy, on both sides."""
    session = call.target
    check_state(session, "pause", PAUSABLE)

    def effect() -> None:
        session[PAUSED_IN] = session["state"]
        move(call.world, session, ["Pausing", "Paused"])

    return effect


def resume(call: Call) -> Effect:
    """Copy again: a session with something to catch up on synchronizes first, metro always does."""
    session = call.target
    check_state(session, "resume", ("Paused", "Partial_Paused"))
    between = ["Synchronizing"] if session.get(PAUSED_IN) in INTERRUPTED_BEFORE else []
    if session["type"] == METRO:
        between = ["Switching_To_Metro_Sync"]

    def effect() -> None:
        session["local_resource_state"] = "System_Defined"
        move(call.world, session, ["Resuming", *between, "OK"])

    return effect


def failover(call: Call) -> Effect:
    """Let the other side take over: planned from the source, unplanned from the destination."""
    session = call.target
    check_type(session, "failover", REPLICATION)
    planned, testing = call.value("is_planned", True), bool(session["failover_test_in_progress"])
    only_unplanned = [name for name in ("force", "use_test_copy", "failover_snapshot_id") if call.value(name)]
    check_values(
        session,
        {
            f"{', '.join(only_unplanned)}: only for an unplanned failover.": bool(planned and only_unplanned),
            "reverse is only for a planned failover.": bool(call.value("reverse") and not planned),
            "failover_snapshot_id is not supported while a failover test is in progress.": bool(
                testing and call.value("failover_snapshot_id")
            ),
            "use_test_copy is only for a failover test in progress.": bool(call.value("use_test_copy") and not testing),
        },
    )
    if session["state"] == FAILED_OVER and (planned or not call.value("force")):
        text = "The replication session is failed over already."
        raise Refused(422, AGAIN, text, session["id"])
    check_side(session, "failover", "Source" if planned else "Destination")
    check_state(session, "failover", PLANNED if planned else (*UNPLANNED, FAILED_OVER))
    check_values(
        session,
        {
            "A failover test is in progress. Stop it first.": bool(planned and testing),
            "A failover test is in progress. Stop it first, or set use_test_copy.": bool(
                testing and not call.value("use_test_copy")
            ),
        },
    )

    def effect() -> None:
        session["failover_test_in_progress"] = False
        back = ["Reprotecting", "OK"] if call.value("reverse") else []
        if back:
            session["role"] = "Destination"
        move(call.world, session, ["Failing_Over" if planned else "Failing_Over_For_DR", *(back or [FAILED_OVER])])

    return effect


def reprotect(call: Call) -> Effect:
    """Replicate in the new direction after a failover."""
    session, discards = call.target, bool(call.value("discard_changes_after_failover"))
    check_type(session, "reprotect", REPLICATION)
    check_side(session, "reprotect", "Source")
    check_state(session, "reprotect", REPROTECTABLE)
    of_nas = session["type"] == ASYNCHRONOUS and session["resource_type"] == "nas_server"
    check_values(
        session,
        {
            "discard_changes_after_failover is only for asynchronous replication of NAS servers.": discards
            and not of_nas
        },
    )

    def effect() -> None:
        if discards:
            session["role"] = "Destination"
        move(call.world, session, ["Reprotecting", "OK"])

    return effect


def start_failover_test(call: Call) -> Effect:
    """Let hosts try the destination, while the replication goes on."""
    session = call.target
    check_type(session, "start_failover_test", (ASYNCHRONOUS,))
    check_side(session, "start_failover_test", "Destination")
    check_state(session, "start_failover_test", TESTABLE)
    of_files = session["resource_type"] in ("nas_server", "file_system")
    check_values(
        session,
        {
            "A failover test of a NAS server is not supported.": of_files,
            "A failover test is in progress already.": bool(session["failover_test_in_progress"]),
        },
    )
    return setting(call, failover_test_in_progress=True)


def stop_failover_test(call: Call) -> Effect:
    """End the test; the snapshot of its end is not made. Without the other side, only ``force`` ends it."""
    session = call.target
    check_type(session, "stop_failover_test", (ASYNCHRONOUS,))
    check_side(session, "stop_failover_test", "Destination")
    remote = call.world.store.get("remote_system", session["remote_system_id"] or "") or {}
    lost = remote.get("state") == "Management_Connection_Lost"
    check_values(
        session,
        {
            "No failover test is in progress.": not session["failover_test_in_progress"],
            "The remote system does not answer. Set force to stop the test.": lost and not call.value("force"),
        },
    )
    return setting(call, failover_test_in_progress=False)


def serving(action: str, state: str) -> Callable[[Call], Effect]:
    """The rule of the actions that let one side of a split metro serve its hosts, or no longer."""

    def check(call: Call) -> Effect:
        check_type(call.target, action, (METRO,))
        check_state(call.target, action, SPLIT)
        already = call.target["local_resource_state"] == state
        check_values(call.target, {f"The local resource is {state} already.": already})
        return setting(call, local_resource_state=state)

    return check


RULES = {
    "replication_session": Rules(
        {
            **{"sync": sync, "pause": pause, "resume": resume, "failover": failover, "reprotect": reprotect},
            **{"start_failover_test": start_failover_test, "stop_failover_test": stop_failover_test},
            **{"promote": serving("promote", "Promoted"), "demote": serving("demote", "Demoted")},
        }
    )
}
