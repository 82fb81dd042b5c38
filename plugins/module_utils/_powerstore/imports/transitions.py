# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the table of import states: the next move, and all legs to the goal as far as they can be foreseen.

Source: PowerStore REST API 4.0, import_session, transitions between its states.
"""

from __future__ import annotations

import dataclasses

from .states import ACTION, ROUTES, WAIT, Move, Sort, impossible

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
class Leg:
    """One leg of the way to a goal: either an action, or a wait until the session is in a state.

    leads: whether the run also moves the sessions of the group's members.
    """

    action: str = ""
    until: str = ""
    leads: bool = False


def next_move(sort: Sort, state: str, goal: str) -> Move:
    """Return the move in the table for a session of this sort. A state that the table lacks is an impossible move."""
    cell = ROUTES[goal].get(state)
    if cell is None:
        return impossible("this collection does not know the state")
    move = cell.group if sort.group else cell.volume
    if cell.non_disruptive and not sort.group and not sort.agentless:
        move = cell.non_disruptive
    return Move(WAIT) if move.unless_automatic and sort.automatic else move


def depends_on_members(state: str, goal: str) -> bool:
    """Return whether the next move of a group differs from that of a volume."""
    cell = ROUTES[goal].get(state)
    return cell is not None and cell.volume != cell.group


def foresee(sort: Sort, state: str, goal: str) -> list[Leg]:
    """Return the legs from a state to a goal if nothing fails; empty if the goal is reached or out of reach."""
    legs: list[Leg] = []
    move = next_move(sort, state, goal)
    while move.kind in (ACTION, WAIT):
        if move.kind == ACTION:
            legs.append(Leg(move.action))
            if move.action == "delete":
                break
            state = "In_Progress" if sort.group and move.action == "resume" else AFTER[move.action]
        leads = False
        while next_move(sort, state, goal).kind == WAIT:
            leads = leads or bool(next_move(sort, state, goal).members)
            state = _by_itself(sort, state, goal)
        legs.append(Leg(until=state, leads=leads))
        move = next_move(sort, state, goal)
    return legs


def _by_itself(sort: Sort, state: str, goal: str) -> str:
    known = (GROUP_PAUSED if goal == "paused" else GROUP) if sort.group else AGENTLESS_VOLUME if sort.agentless else {}
    return known.get(state) or BY_ITSELF[state]
