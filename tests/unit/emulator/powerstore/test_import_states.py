# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import sessions: what is allowed in which state, for all states, actions and both kinds of session.

The table is written down a second time here, from the documented states and actions, so that the emulator's own data
is held against something else.
"""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.imports import Imports

ACTIONS = (
    *("cancel", "pause", "resume", "cutover", "enable_destination_volume", "start_copy", "cleanup"),
    *("PATCH", "DELETE"),
)
# V: the session of a volume (agentless), G: that of a consistency group. Columns as in ACTIONS.
TABLE = """
Scheduled                    | VG | -  | -  | -  | - | - | -  | VG | -
Queued                       | VG | -  | -  | -  | - | - | -  | -  | -
In_Progress                  | G  | -  | -  | -  | - | - | -  | -  | -
Mirror_Enabled               | V  | -  | -  | -  | V | - | -  | -  | -
Ready_To_Start_Copy          | V  | -  | -  | -  | - | V | -  | -  | -
Copy_In_Progress             | V  | VG | -  | -  | - | - | -  | -  | -
Paused                       | VG | -  | VG | -  | - | - | -  | -  | -
Ready_For_Cutover            | VG | -  | -  | VG | - | - | -  | -  | -
Cutover_In_Progress          | -  | -  | -  | -  | - | - | -  | -  | -
Cancel_In_Progress           | -  | -  | -  | -  | - | - | -  | -  | -
Cleanup_In_Progress          | -  | -  | -  | -  | - | - | -  | -  | -
Import_Cutover_Incomplete    | G  | -  | -  | G  | - | - | -  | -  | -
Cancel_Required              | VG | -  | -  | -  | - | - | -  | -  | -
Cancel_Failed                | G  | -  | -  | -  | - | - | -  | -  | -
Cleanup_Required             | -  | -  | -  | -  | - | - | VG | -  | -
Cleanup_Failed               | -  | -  | -  | -  | - | - | -  | -  | -
Invalid                      | -  | -  | -  | -  | - | - | -  | -  | -
Failed                       | G  | -  | -  | -  | - | - | -  | -  | VG
Cancelled                    | -  | -  | -  | -  | - | - | -  | -  | VG
Import_Completed             | -  | -  | -  | -  | - | - | -  | -  | VG
Import_Completed_With_Errors | -  | -  | -  | -  | - | - | -  | -  | VG
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
STATES = [row[0] for row in ROWS]
CASES = [
    (kind, row[0], action, kind in allowed)
    for row in ROWS
    for action, allowed in zip(ACTIONS, row[1:], strict=True)
    for kind in "VG"
]
AT_ONCE = {
    "cancel": "Cancel_In_Progress",
    "pause": "Paused",
    "cutover": "Cutover_In_Progress",
    "enable_destination_volume": "Ready_To_Start_Copy",
    "start_copy": "Copy_In_Progress",
    "cleanup": "Cleanup_In_Progress",
    "PATCH": "Scheduled",
}
LATER = "2099-01-01T00:00:00Z"


@pytest.fixture(scope="module")
def shared_imports() -> Imports:
    """One array for the whole table; every case puts it back to its seed."""
    return Imports()


def operate(imports: Imports, action: str) -> int:
    """Send the action to session ``m1``; the status."""
    path = "import_session/name:m1"
    if action == "PATCH":
        return imports.call("PATCH", path, {"scheduled_timestamp": LATER}).status
    if action == "DELETE":
        return imports.call("DELETE", path).status
    return imports.call("POST", f"{path}/{action}").status


def test_the_table_knows_every_state(shared_imports: Imports) -> None:
    assert sorted(STATES) == sorted(shared_imports.platform.catalog.enums["ImportSessionStateEnum"])
    assert len(STATES) == 21
    actions = shared_imports.platform.catalog.types["import_session"]["actions"]
    assert sorted(actions) == sorted(action for action in ACTIONS if action.islower())


@pytest.mark.parametrize(("kind", "state", "action", "allowed"), CASES)
def test_allowed_actions(shared_imports: Imports, kind: str, state: str, action: str, allowed: bool) -> None:
    imports = shared_imports
    imports.platform.reset()
    imports.login()
    imports.start("m1", "cg03" if kind == "G" else "lun05", type="Agentless")
    imports.force("m1", state)
    assert imports.show("m1")["state"] == state
    status = operate(imports, action)
    if not allowed:
        assert status == 422
        assert imports.show("m1")["state"] == state
        return
    assert status == 204
    if action == "DELETE":
        assert imports.names("import_session") == []
        return
    expected = ("In_Progress" if kind == "G" else "Copy_In_Progress") if action == "resume" else AT_ONCE[action]
    assert imports.show("m1")["state"] == expected


@pytest.mark.parametrize(
    ("action", "state", "source", "words"),
    [
        ("cutover", "Paused", "lun01", "cutover operation is not allowed on volume import session m1 in the Paused"),
        ("cancel", "Copy_In_Progress", "cg01", "consistency group import session m1 in the Copy_In_Progress state"),
        ("cancel", "Copy_In_Progress", "cg01", "Allowed: Scheduled, Queued, In_Progress, Paused, Ready_For_Cutover"),
        ("start_copy", "Ready_To_Start_Copy", "cg01", "only for the session of a single volume"),
        ("enable_destination_volume", "Mirror_Enabled", "lun01", "only for agentless import sessions"),
        ("start_copy", "Ready_To_Start_Copy", "lun01", "only for agentless import sessions"),
    ],
)
def test_a_refusal_says_why(imports: Imports, action: str, state: str, source: str, words: str) -> None:
    imports.start("m1", source)
    imports.force("m1", state)
    status, text = imports.refused("POST", f"import_session/name:m1/{action}")
    assert (status, words in text) == (422, True), text


@pytest.mark.parametrize(("action", "body"), [("cutover", {"force": True}), ("pause", {"x": 1}), ("cancel", {"x": 1})])
def test_bodies_that_actions_do_not_take(imports: Imports, action: str, body: Json) -> None:
    imports.start("m1", "lun01")
    imports.force("m1", "Paused")
    assert imports.refused("POST", f"import_session/name:m1/{action}", body)[0] == 400


@pytest.mark.parametrize("state", STATES)
def test_a_forced_state_stays_until_an_action(imports: Imports, state: str) -> None:
    imports.start("m1", "lun01")
    imports.force("m1", state, error={"code": "0xE0A0", "message_l10n": "so", "arguments": []})
    before = imports.show("m1")
    imports.clock.advance(3000)
    imports.login()
    assert imports.show("m1") == before
    assert before["error"]["message_l10n"] == "so"


def test_numbers_in_forced_states(imports: Imports) -> None:
    imports.start("m1", "lun01")
    expected = {"Queued": 0, "Mirror_Enabled": 0, "Ready_For_Cutover": 100, "Failed": None, "Import_Completed": None}
    for state, percent in expected.items():
        imports.force("m1", state)
        assert imports.show("m1")["progress_percentage"] == percent
        assert imports.show("m1")["current_transfer_rate"] is None
    imports.force("m1", "Copy_In_Progress", progress_percentage=37)
    shown = imports.show("m1")
    assert (shown["progress_percentage"], shown["current_transfer_rate"] > 0) == (37, True)
    imports.force("m1", "Paused")
    assert imports.show("m1")["progress_percentage"] == 37
    imports.act("m1", "resume")
    assert imports.show("m1")["progress_percentage"] == 37
    imports.clock.advance(6.4)
    assert imports.show("m1")["state"] == "Ready_For_Cutover"


def test_a_seeded_session_keeps_its_state(imports: Imports) -> None:
    key = imports.source("lun01")
    create = {"name": "old", "source_resource_id": key, "remote_system_id": "name:unity1", "state": "Failed"}
    imports.change({"type": "import_session", "create": create})
    assert imports.show("old")["state"] == "Failed"
    imports.change({"type": "import_session", "create": {**create, "name": "new", "state": None}})
    imports.clock.advance(3)
    assert imports.show("new")["state"] == "Copy_In_Progress"
    imports.do("DELETE", "import_session/name:old")
    assert imports.names("import_session") == ["new"]
