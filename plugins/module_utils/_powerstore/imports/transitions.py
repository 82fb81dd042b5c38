# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the table of import states: the next transition, and all steps to the goal as far as they can be foreseen.

Source: PowerStore REST API 4.0, import_session, transitions between its states.
"""

from __future__ import annotations

import dataclasses

from .states import ACTION, ROUTES, WAIT, SessionType, Transition, impossible

# The state of a session right after an action, and the next state that it reaches by itself without a failure.
AFTER = {
    "enable_destination_volume": "Ready_To_Start_Copy",
    "start_copy": "Copy_In_Progress",
    "pause": "Paused",
    "resume": "Copy_In_Progress",
    "cutover": "Cutover_In_Progress",
    "cancel": "Cancel_In_Progress",
    "cleanup": "Cleanup_In_Progress",
}
BY_ITSELF = {
    "Scheduled": "Queued",
    "Queued": "In_Progress",
    "In_Progress": "Copy_In_Progress",
    "Copy_In_Progress": "Ready_For_Cutover",
    "Ready_For_Cutover": "Cutover_In_Progress",
    "Cutover_In_Progress": "Import_Completed",
    "Cancel_In_Progress": "Cancelled",
    "Cleanup_In_Progress": "Failed",
}
AGENTLESS_VOLUME = {"In_Progress": "Mirror_Enabled"}
GROUP = {**dict.fromkeys(("In_Progress", "Mirror_Enabled", "Ready_To_Start_Copy"), "Ready_For_Cutover")}
GROUP_PAUSED = dict.fromkeys(GROUP, "Paused")


@dataclasses.dataclass(frozen=True)
class ForeseenStep:
    """One step on the way to a goal: either an action, or a wait until the session is in a state.

    leads: whether the run also transitions the sessions of the group's members.
    """

    action: str = ""
    until: str = ""
    leads: bool = False


def next_transition(session_type: SessionType, state: str, goal: str) -> Transition:
    """Return the transition in the table for a session of this type. A state that the table lacks is impossible."""
    row = ROUTES[goal].get(state)
    if row is None:
        return impossible("this collection does not know the state")
    transition = row.group if session_type.group else row.volume
    if row.non_disruptive and not session_type.group and not session_type.agentless:
        transition = row.non_disruptive
    return Transition(WAIT) if transition.unless_automatic and session_type.automatic else transition


def depends_on_members(state: str, goal: str) -> bool:
    """Return whether the next transition of a group differs from that of a volume."""
    row = ROUTES[goal].get(state)
    return row is not None and row.volume != row.group


def foresee(session_type: SessionType, state: str, goal: str) -> list[ForeseenStep]:
    """Return the steps from a state to a goal if nothing fails; empty if the goal is reached or out of reach."""
    steps_ahead: list[ForeseenStep] = []
    transition = next_transition(session_type, state, goal)
    while transition.kind in (ACTION, WAIT):
        if transition.kind == ACTION:
            steps_ahead.append(ForeseenStep(transition.action))
            if transition.action == "delete":
                break
            state = "In_Progress" if session_type.group and transition.action == "resume" else AFTER[transition.action]
        leads = False
        while next_transition(session_type, state, goal).kind == WAIT:
            leads = leads or bool(next_transition(session_type, state, goal).members)
            state = _by_itself(session_type, state, goal)
        steps_ahead.append(ForeseenStep(until=state, leads=leads))
        transition = next_transition(session_type, state, goal)
    return steps_ahead


def _by_itself(session_type: SessionType, state: str, goal: str) -> str:
    known = (
        (GROUP_PAUSED if goal == "paused" else GROUP)
        if session_type.group
        else AGENTLESS_VOLUME
        if session_type.agentless
        else {}
    )
    return known.get(state) or BY_ITSELF[state]
