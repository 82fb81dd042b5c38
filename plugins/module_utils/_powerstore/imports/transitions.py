# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The course of an import of volumes: what follows from its actions, and what from time.

Source: PowerStore REST API 4.0, import_session, transitions between its states.
"""

from __future__ import annotations

from ..sessions.course import Course
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


def depends_on_members(situation: ImportSituation, goal: str) -> bool:
    """Return whether the next transition of a group differs from that of a volume."""
    volume, group = (IMPORTS.next(situation._replace(group=is_group), goal) for is_group in (False, True))
    return volume != group


def _after(situation: ImportSituation, action: str) -> ImportSituation:
    is_resumed_group = situation.group and action == "resume"
    return situation._replace(state="In_Progress" if is_resumed_group else AFTER[action])


def _by_itself(situation: ImportSituation, goal: str) -> ImportSituation:
    known: dict[str, str] = {}
    if situation.group:
        known = GROUP_PAUSED if goal == "paused" else GROUP
    elif situation.agentless:
        known = AGENTLESS_VOLUME
    return situation._replace(state=known.get(situation.state) or BY_ITSELF[situation.state])


COURSE = Course(IMPORTS, _after, _by_itself, lambda situation: situation.state)
