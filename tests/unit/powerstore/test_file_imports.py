# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports of NAS servers: what is read for a plan, and what the array's answers mean."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Reference
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.file_sources import (
    check_source,
    find_source,
)
from ansible_collections.jobwise.appliance.plugins.modules.file_import_session import SPEC, make_handler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, login

S1, R1, I1 = (f"5d0c52a3-9a0c-4d06-8f34-2b9c9a4c2d1{number}" for number in range(3))
NFS: Json = {"id": "vdm_1", "name": "vdm01", "remote_system_id": R1, "protocol_type": "NFS", "is_importable": True}
TAKEN: Json = {"is_importable": False, "non_importable_criteria": ["Import_Session_Already_Exists"]}
INTERFACE: Json = {"id": I1, "ip_address": "192.0.2.41"}


def desired(**options: t.Any) -> Json:
    return {**{name: one.get("default") for name, one in SPEC.items()}, "name": "f1", **options}


def session(state: str, operation: str | None = None, **more: t.Any) -> Json:
    own = {"remote_system_id": R1, "source_resource_id": "vdm_1", "import_file_interface_id": I1, "error": None}
    return {"id": S1, "name": "f1", "state": state, "current_operation": operation, **own, **more}


def test_a_session_that_comes_into_being_between_two_reads_is_found(array: MakeArray) -> None:
    """Its source has a session already when the task looks at it."""
    system = {"id": R1, "name": "unity1", "type": "Unity"}
    looks = [
        login([]),
        *(Answer(200, [one]) for one in (INTERFACE, system, {**NFS, **TAKEN}, session("Queued"), system)),
    ]
    one = array(*looks)
    given = {"remote_system": "unity1", "source": "vdm01", "import_interface": "192.0.2.41", "state": "ready"}
    current = make_handler(one.client, desired(**given)).read()
    assert current and current["state"] == "Queued" and len(one.talk) == 6


@pytest.mark.parametrize("answer", [Answer(204), Answer(403, {"messages": []}), Answer(422, {"messages": []})])
def test_without_a_report_the_sessions_own_error_is_told(array: MakeArray, answer: Answer) -> None:
    failed = session("Failed", "Cutting_Over", error="The cutover failed.")
    one = array(login([failed]), answer)
    handler = make_handler(one.client, desired(state="completed"))
    current = handler.read()
    with pytest.raises(InputError, match="f1 is Failed at Cutting_Over: .* cannot be resumed") as refused:
        handler.plan(current, NEW_RUN.saw(handler.landmark(current)))
    assert str(refused.value.hint) == "The array says: The cutover failed."
    assert current and current["report"] is None


@pytest.mark.parametrize("older", [["is_importable"], []])
def test_a_release_that_does_not_say_what_is_importable_is_left_to_the_array(older: list[str]) -> None:
    check_source({name: value for name, value in NFS.items() if name not in older}, desired())


def test_reasons_without_texts_are_told_by_their_names() -> None:
    with pytest.raises(InputError, match="the array says: Cifs_Not_Joined[.]") as refused:
        check_source({**NFS, "is_importable": False, "non_importable_criteria": ["Cifs_Not_Joined"]}, desired())
    assert "Discover the remote system again" in str(refused.value.hint)


def test_what_a_source_needs_is_asked_for_at_once() -> None:
    source = {**NFS, "protocol_type": "NFS_SMB_Multiprotocol", "is_cta_configured": True}
    source["file_systems"] = [{"name": "locked", "is_flr_enabled": True}]
    with pytest.raises(InputError) as refused:
        check_source(source, desired(source_smb_admin_username="admin"))
    for words in (
        "give source_smb_admin_password, too",
        "give source_dhsm_username and",
        "give cta_admin_username and",
    ):
        assert words in str(refused.value)


def test_a_source_by_id_or_by_name() -> None:
    twin = {**NFS, "id": "vdm_2"}
    assert find_source([NFS, twin], "unity1", Reference(name="vdm_2"))["id"] == "vdm_2"
    with pytest.raises(InputError, match="2 have it .vdm_1, vdm_2."):
        find_source([NFS, twin], "unity1", Reference(name="vdm01"))
