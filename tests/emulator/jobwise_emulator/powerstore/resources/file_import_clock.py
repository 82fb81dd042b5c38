# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""File imports on the clock: what becomes of a session by itself (PowerStore REST 4.0, file_import_session).

Hidden keys of a session: ``@due`` is when the next thing happens by itself (None: somebody has to do something),
``@queued`` the time of queueing, ``@copied`` the share copied before the current run of a copy and ``@since`` the
start of that run. The setting ``import_failures`` names, by source, the operation that fails.
"""

from __future__ import annotations

from collections.abc import Callable

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.resources import file_import_destination as destination
from jobwise_emulator.powerstore.resources.file_import_states import COPIES, PROGRESS, WAITING, progress

KIND = "file_import_session"
STEP_SECONDS = 1.0
FAILURES = {
    "Initial_Provisioning": "The destination NAS server could not be created.",
    "Initial_Copy": "The copy failed: the source NAS server could not be read.",
    "Importing_Config": "The configuration could not be imported: the quotas of the source could not be read.",
    "Cutting_Over": "The cutover failed: the production interfaces of the source could not be disabled.",
    "Incremental_Copy": "The copy failed: the connection to the source NAS server is lost.",
    "Committing": "The commit failed: the source NAS server could not be cleaned up.",
}


def run(world: ApplianceState) -> None:
    """Let everything happen that is due, in the order of time, and bring percentages up to date."""
    now = world.clock.now()
    fill(world, now)
    while True:
        due = [one for one in world.store.all(KIND) if one["@due"] is not None and one["@due"] <= now]
        if not due:
            break
        session = min(due, key=lambda one: float(one["@due"]))
        moment, session["@due"] = session["@due"], None
        STEPS[session["current_operation"] if session["state"] == PROGRESS else session["state"]](
            world, session, moment
        )
        fill(world, moment)
    for session in world.store.all(KIND):
        show_progress(world, session, now)


def after(world: ApplianceState, moment: float, seconds: float) -> float:
    """``seconds`` after a moment, at the speed of the clock."""
    return moment + float(seconds / world.clock.speed)


def enter(
    world: ApplianceState, session: Json, state: str, operation: str | None, moment: float, seconds: float | None = None
) -> None:
    """Put a session into a state, for so many seconds or until somebody does something."""
    session.update(state=state, current_operation=operation, last_update_timestamp=iso(moment))
    session["@since"] = None
    session["@due"] = None if seconds is None else after(world, moment, seconds)
    session["current_operation_progress_percentage"] = progress(session)
    session["estimated_completion_timestamp"] = None


def work(world: ApplianceState, session: Json, operation: str, moment: float) -> None:
    """Begin an operation, or go on with it."""
    seconds: float | None = None if operation in WAITING else STEP_SECONDS
    if operation in COPIES:
        seconds = (1 - session["@copied"]) * copy_seconds(world)
    enter(world, session, PROGRESS, operation, moment, seconds)
    session["@since"] = moment if operation in COPIES else None


def copy_seconds(world: ApplianceState) -> float:
    """How long a whole copy takes at speed 1."""
    return float(world.settings["import_copy_seconds"])


def copied_share(world: ApplianceState, session: Json, now: float) -> float:
    """The share of a session's data that the current copy has copied, 0 to 1."""
    if session["@since"] is None:
        return float(session["@copied"])
    gone = (now - session["@since"]) * world.clock.speed / copy_seconds(world)
    return min(0.99, float(session["@copied"] + gone))


def show_progress(world: ApplianceState, session: Json, now: float) -> None:
    """Percentage and estimate of a session that copies."""
    if session["@since"] is not None:
        share = copied_share(world, session, now)
        end = after(world, now, (1 - share) * copy_seconds(world))
        session.update(current_operation_progress_percentage=int(100 * share), last_update_timestamp=iso(now))
        session["estimated_completion_timestamp"] = int(end)


def queue(world: ApplianceState, session: Json, moment: float) -> None:
    """Wait for a place among those that run at once."""
    enter(world, session, "Queued", None, moment)
    session["@queued"] = moment


def fill(world: ApplianceState, moment: float) -> None:
    """Start queued sessions, first come first served, while there are places."""
    while True:
        everybody = world.store.all(KIND)
        running = [one for one in everybody if one["state"] == PROGRESS and one["current_operation"] not in WAITING]
        waiting = [one for one in everybody if one["state"] == "Queued" and one["@queued"] is not None]
        if not waiting or len(running) >= world.settings["imports_at_once"]:
            return
        session = min(waiting, key=lambda one: float(one["@queued"]))
        session["@queued"] = None
        work(world, session, "Initial_Provisioning", moment)


def fails(world: ApplianceState, session: Json) -> bool:
    """Whether the operation of a session fails; then the session has failed, and somebody must see to it."""
    name = destination.source_of(world, session).get("name")
    operation = session["current_operation"]
    return bool(world.settings["import_failures"].get(name) == operation)


def fail(world: ApplianceState, session: Json, moment: float) -> None:
    """The operation has failed."""
    operation = session["current_operation"]
    session["@copied"] = copied_share(world, session, moment)
    enter(world, session, "Failed", operation, moment)
    session["error"] = FAILURES[operation]


def step(then: Callable[[ApplianceState, Json, float], None]) -> Callable[[ApplianceState, Json, float], None]:
    """The end of an operation, which may be a failure."""

    def end(world: ApplianceState, session: Json, moment: float) -> None:
        if fails(world, session):
            fail(world, session, moment)
        else:
            then(world, session, moment)

    return end


def provisioned(world: ApplianceState, session: Json, moment: float) -> None:
    """The destination is there: the first copy begins."""
    destination.provide(world, session)
    session["@copied"] = 0.0
    work(world, session, "Initial_Copy", moment)


def next_operation(operation: str) -> Callable[[ApplianceState, Json, float], None]:
    """What begins another operation."""

    def begin(world: ApplianceState, session: Json, moment: float) -> None:
        session["@copied"] = 0.0
        work(world, session, operation, moment)

    return begin


def cut_over(world: ApplianceState, session: Json, moment: float) -> None:
    """The production interfaces move; a failure is rolled back, unless the source does not answer."""
    if not fails(world, session):
        destination.serve(world, session)
        session["@copied"] = 0.0
        work(world, session, "Incremental_Copy", moment)
        return
    if destination.unreachable(world, session):
        fail(world, session, moment)
        destination.remove(world, session)
        return
    work(world, session, "Ready_For_Cutover", moment)
    session["error"] = FAILURES["Cutting_Over"]


def committed(world: ApplianceState, session: Json, moment: float) -> None:
    """The import is over; the destination is independent."""
    enter(world, session, "Completed", session["current_operation"], moment)
    destination.finish(world, session)


def paused(world: ApplianceState, session: Json, moment: float) -> None:
    """The copy has come to a halt."""
    enter(world, session, "Paused", session["current_operation"], moment)


def cancelled(world: ApplianceState, session: Json, moment: float) -> None:
    """What the import has made is gone, and clients are back at the source."""
    enter(world, session, "Cancelled", session["current_operation"], moment)
    destination.remove(world, session)
    destination.release(world, session, imported=False)


STEPS: dict[str, Callable[[ApplianceState, Json, float], None]] = {
    "Scheduled": queue,
    "Initial_Provisioning": step(provisioned),
    "Initial_Copy": step(next_operation("Importing_Config")),
    "Importing_Config": step(next_operation("Ready_For_Cutover")),
    "Cutting_Over": cut_over,
    "Incremental_Copy": step(next_operation("Ready_For_Commit")),
    "Committing": step(committed),
    "Pausing": paused,
    "Cancelling": cancelled,
}
