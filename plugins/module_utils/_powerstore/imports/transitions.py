# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the table of import states: the next transition, and all steps to the goal as far as they can be foreseen.

Source: PowerStore REST API 4.0, import_session, transitions between its states.
"""

from __future__ import annotations

import dataclasses

from ..._engine.state_machine import ACTION, WAIT
from .states import IMPORTS, ImportSituation

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


def depends_on_members(situation: ImportSituation, goal: str) -> bool:
    """Return whether the next transition of a group differs from that of a volume."""
    volume, group = (IMPORTS.next(situation._replace(group=is_group), goal) for is_group in (False, True))
    return volume != group


def foresee(situation: ImportSituation, goal: str) -> list[ForeseenStep]:
    """Return the steps from a situation to a goal if nothing fails; empty if the goal is reached or out of reach."""
    steps_ahead: list[ForeseenStep] = []
    transition = IMPORTS.next(situation, goal)
    while transition.kind in (ACTION, WAIT):
        if transition.kind == ACTION:
            steps_ahead.append(ForeseenStep(transition.action))
            if transition.action == "delete":
                break
            is_resumed_group = situation.group and transition.action == "resume"
            situation = situation._replace(state="In_Progress" if is_resumed_group else AFTER[transition.action])
        leads = False
        transition = IMPORTS.next(situation, goal)
        while transition.kind == WAIT:
            leads = leads or bool(transition.members)
            situation = situation._replace(state=_by_itself(situation, goal))
            transition = IMPORTS.next(situation, goal)
        steps_ahead.append(ForeseenStep(until=situation.state, leads=leads))
    return steps_ahead


def _by_itself(situation: ImportSituation, goal: str) -> str:
    """Return the next state that the session reaches by itself, without a failure."""
    known: dict[str, str] = {}
    if situation.group:
        known = GROUP_PAUSED if goal == "paused" else GROUP
    elif situation.agentless:
        known = AGENTLESS_VOLUME
    return known.get(situation.state) or BY_ITSELF[situation.state]
