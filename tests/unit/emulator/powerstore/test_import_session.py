# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import sessions: what a new one may ask for, rescheduling and deleting."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.imports import Imports

PAST, LATER, MUCH_LATER = "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2100-01-01T00:00:00Z"


def wwn(imports: Imports, name: str) -> str:
    return str(imports.get(f"import_unity_volume/name:{name}", select="wwn")["wwn"])


def test_a_new_session_shows_what_was_asked_for(imports: Imports) -> None:
    more = {"description": "d", "global_storage_discovery_address": "192.0.2.99", "automatic_cutover": True}
    body = {**more, "volume_group_id": "name:app01", "protection_policy_id": "name:gold", "scheduled_timestamp": LATER}
    key = imports.start("m1", "lun01", **body)
    shown = imports.show("m1")
    assert shown["id"] == key
    assert {name: shown[name] for name in more} == more
    assert shown["volume_group_id"] == imports.key("volume_group", "app01")
    assert shown["protection_policy_id"] == imports.key("policy", "gold")
    assert shown["remote_system"] == {"name": "unity1"}
    assert shown["source_resource_id"] == imports.source("lun01")
    assert (shown["type"], shown["state"], shown["scheduled_timestamp"]) == ("Non_Disruptive", "Scheduled", LATER)
    assert (shown["type_l10n"], shown["state_l10n"]) == ("Non Disruptive", "Scheduled")
    assert shown["progress_percentage"] == 0
    nothing = ["destination_resource_id", "destination_resource_type", "parent_session_id", "error"]
    nothing += ["estimated_completion_timestamp", "average_transfer_rate", "current_transfer_rate"]
    assert [shown[name] for name in nothing] == [None] * 7
    assert not {"host_ids", "host_group_ids", "consistency_group_member_host_ids"} & set(shown)


@pytest.mark.parametrize("missing", ["name", "remote_system_id", "source_resource_id"])
def test_required_attributes(imports: Imports, missing: str) -> None:
    body = imports.body("new", "lun01")
    del body[missing]
    status, text = imports.refused("POST", "import_session", body)
    assert (status, missing in text) == (400, True)


@pytest.mark.parametrize(
    "name", ["two words", "a\ttab", "a\u00a0b", "", "x" * 129, "what?", "a/b", "a#b", "a%b", "a&b", "bell\u0007"]
)
def test_names_that_are_refused(imports: Imports, name: str) -> None:
    assert imports.refused("POST", "import_session", imports.body(name, "lun01"))[0] == 400
    assert imports.get("import_session") == []


@pytest.mark.parametrize("name", ["x" * 128, "wave-1_lun01.a", "größe"])
def test_names_that_are_taken(imports: Imports, name: str) -> None:
    imports.start(name, "lun01")
    assert imports.get(f"import_session/name:{name.upper()}", select="name") == {"name": name}


def test_a_name_is_unique_ignoring_case(imports: Imports) -> None:
    imports.start("wave1", "lun01")
    status, text = imports.refused("POST", "import_session", imports.body("WAVE1", "lun02"))
    assert (status, "exists already" in text) == (400, True)


@pytest.mark.parametrize(
    ("source", "more", "status", "words"),
    [
        ("lun01", {"description": "x" * 129}, 400, "too long"),
        ("lun01", {"description": "bell\u0007"}, 400, "unprintable"),
        ("lun01", {"global_storage_discovery_address": "not an address"}, 400, "no address"),
        ("lun01", {"global_storage_discovery_address": "1.2.3"}, 400, "no address"),
        ("lun01", {"type": "Fast"}, 400, "not found in enum"),
        ("lun01", {"automatic_cutover": "yes"}, 400, "type"),
        ("lun01", {"state": "Queued"}, 400, "state"),
        ("lun01", {"remote_system_id": "name:nope"}, 404, "nope"),
        ("lun01", {"remote_system_id": "nope"}, 404, "nope"),
        ("lun01", {"source_resource_id": "nope"}, 404, "nope"),
        ("lun01", {"source_resource_id": "name:lun01"}, 404, "name:lun01"),
        ("lun01", {"remote_system_id": "name:sc1"}, 422, "lun01 is not a storage resource of remote system sc1"),
        ("lun01", {"remote_system_id": "name:remote1"}, 422, "remote1"),
        ("lun01", {"scheduled_timestamp": PAST}, 422, "in the past"),
        ("lun01", {"scheduled_timestamp": "tomorrow"}, 400, "date"),
        ("lun01", {"volume_group_id": "name:nope"}, 404, "nope"),
        ("lun01", {"volume_group_id": "name:app01-nightly"}, 422, "is a Snapshot"),
        ("cg01", {"volume_group_id": "name:app01"}, 422, "only for the import of a volume"),
        ("lun01", {"protection_policy_id": "name:nope"}, 404, "nope"),
        ("lun01", {"protection_policy_id": "name:bronze-qos"}, 422, "of type QoS"),
        ("lun01", {"host_ids": ["name:linux01"]}, 422, "host_ids is only for agentless"),
        ("lun01", {"type": "Non_Disruptive", "host_group_ids": ["name:esx-cluster"]}, 422, "only for agentless"),
        ("lun05", {"type": "Agentless", "host_ids": ["name:nope"]}, 404, "nope"),
        ("lun05", {"type": "Agentless", "host_ids": ["nope"]}, 404, "nope"),
        ("lun05", {"type": "Agentless", "host_group_ids": ["nope"]}, 404, "nope"),
    ],
)
def test_what_is_refused(imports: Imports, source: str, more: Json, status: int, words: str) -> None:
    before = imports.criteria(source)
    answer = imports.refused_start(source, **more)
    assert (answer[0], words in answer[1]) == (status, True), answer
    assert imports.get("import_session") == []
    assert imports.criteria(source) == before


@pytest.mark.parametrize(
    ("source", "kind", "criteria"),
    [
        ("lun08", "Non_Disruptive", "Host_Not_Added"),
        ("lun08", "Agentless", "Host_Not_Added"),
        ("lun09", "Non_Disruptive", "Imported"),
        ("lun05", "Non_Disruptive", "Ready_For_Agentless_Import"),
        ("lun05", None, "Ready_For_Agentless_Import"),
        ("lun01", "Agentless", "Ready"),
        ("cg02", None, "No_Members"),
        ("cg03", None, "Ready_For_Agentless_Import"),
        ("uvol01", None, "Agentless"),
    ],
)
def test_sources_that_are_not_importable(imports: Imports, source: str, kind: str | None, criteria: str) -> None:
    more = {} if kind is None else {"type": kind}
    status, text = imports.refused_start(source, **more)
    assert (status, criteria in text) == (422, True), text


def test_a_group_without_members_is_never_importable(imports: Imports) -> None:
    change = {"importable_criteria": "Ready"}
    imports.change({"type": "import_unity_consistency_group", "name": "cg02", "set": change})
    status, text = imports.refused_start("cg02")
    assert (status, "No_Members" in text) == (422, True)


def test_no_import_into_a_replication_destination(imports: Imports) -> None:
    imports.change({"type": "volume_group", "name": "app01", "set": {"is_replication_destination": True}})
    status, text = imports.refused_start("lun01", volume_group_id="name:app01")
    assert (status, "destination of a replication" in text) == (422, True)


def test_every_other_criteria_is_named(imports: Imports) -> None:
    for criteria in imports.platform.catalog.enums["VolumeImportableCriteriaEnum"]:
        if criteria != "Ready":
            change = {"importable_criteria": criteria}
            imports.change({"type": "import_unity_volume", "name": "lun01", "set": change})
            status, text = imports.refused_start("lun01")
            assert (status, text.endswith(f" {criteria}.")) == (422, True), text


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        ("import_unity", {"supported_import_type": "Not_Supported"}, "Not_Supported"),
        ("import_unity", {"supported_import_type": "Agentless"}, "Agentless"),
        ("remote_system", {"state": "Management_Connection_Lost"}, "connection to remote system unity1 is lost"),
    ],
)
def test_systems_that_cannot_be_imported_from(imports: Imports, kind: str, change: Json, words: str) -> None:
    imports.change({"type": kind, "name": "unity1", "set": change})
    status, text = imports.refused_start("lun01")
    assert (status, words in text) == (422, True), text


def test_a_source_is_imported_once(imports: Imports) -> None:
    imports.start("m1", "lun01", scheduled_timestamp=LATER)
    assert imports.criteria("lun01") == "In_Progress"
    status, text = imports.refused_start("lun01")
    assert (status, "In_Progress" in text) == (422, True)
    imports.act("m1", "cancel")
    imports.clock.advance(1.1)
    assert (imports.states(), imports.criteria("lun01")) == ({"m1": "Cancelled"}, "Ready")
    imports.start("new", "lun01")
    assert imports.criteria("lun01") == "In_Progress"


@pytest.fixture
def replicating(imports: Imports) -> Imports:
    """With a protection policy ``away`` that replicates."""
    rule: Json = {"id": "RR1", "name": "rr", "rpo": "One_Hour", "remote_system_id": "name:remote1"}
    imports.change({"type": "replication_rule", "create": rule})
    imports.change({"type": "policy", "create": {"name": "away", "replication_rule_ids": ["RR1"]}})
    return imports


def test_a_policy_that_replicates_makes_the_job_fail(replicating: Imports) -> None:
    imports = replicating
    body = imports.body("new", "lun01", protection_policy_id="name:away")
    status, text = imports.refused("POST", "import_session", body)
    assert (status, "replication rule" in text) == (422, True)
    job = imports.do("POST", "import_session", body, is_async="true")["id"]
    imports.clock.advance(5)
    found = imports.job(job)
    assert (found["phase"], found["response_status"]) == ("Failed", "422")
    assert "away has a replication rule" in found["response_body"]["messages"][0]["message_l10n"]
    assert imports.get("import_session") == []
    assert imports.criteria("lun01") == "Ready"


def test_the_job_of_a_create_is_short_and_names_the_session(imports: Imports) -> None:
    job = imports.do("POST", "import_session", imports.body("m1", "lun01"), is_async="true")["id"]
    assert imports.get("import_session") == []
    imports.clock.advance(2)
    found = imports.job(job)
    key = imports.key("import_session", "m1")
    assert (found["phase"], found["resource_id"], found["resource_name"]) == ("Completed", key, "m1")
    assert found["response_body"] == {"response_type": "job_create_response", "id": key}
    assert imports.states() == {"m1": "In_Progress"}


MEMBER, HOST_GROUPS = "consistency_group_member_host_ids", "consistency_group_member_host_group_ids"


def mapped(imports: Imports, volume: str) -> list[Any]:
    """Names of the hosts and groups that a volume is mapped to."""
    found = imports.get(f"volume/name:{volume}", select="mapped_volumes(host(name),host_group(name))")
    sides = [one["host"] or one["host_group"] for one in found["mapped_volumes"]]
    return sorted(side["name"] for side in sides)


def test_hosts_of_members(imports: Imports) -> None:
    linux, cluster = imports.key("host", "linux01"), imports.key("host_group", "esx-cluster")
    first = [{"volume_wwn": wwn(imports, "cg03-lun1"), "host_ids": [linux]}]
    second = [{"volume_wwn": wwn(imports, "cg03-lun2"), "host_group_ids": [cluster]}]
    imports.start("g1", "cg03", type="Agentless", **{MEMBER: first, HOST_GROUPS: second})
    imports.clock.advance(2)
    for member in ("g1.cg03-lun1", "g1.cg03-lun2"):
        imports.act(member, "enable_destination_volume")
    assert (mapped(imports, "cg03-lun1"), mapped(imports, "cg03-lun2")) == (["linux01"], ["esx-cluster"])


def test_common_hosts_are_mapped_when_the_destination_is_enabled(imports: Imports) -> None:
    hosts = {"host_ids": ["name:linux01"], "host_group_ids": ["name:esx-cluster"]}
    imports.start("m1", "lun05", type="Agentless", **hosts)
    imports.clock.advance(2)
    assert mapped(imports, "lun05") == []
    imports.act("m1", "enable_destination_volume")
    assert mapped(imports, "lun05") == ["esx-cluster", "linux01"]
    imports.act("m1", "cancel")
    imports.clock.advance(2)
    assert imports.get("host_volume_mapping") == []


@pytest.mark.parametrize(
    ("source", "more", "status", "words"),
    [
        ("lun05", {MEMBER: [{"volume_wwn": "W1", "host_ids": ["H"]}]}, 422, "only for the import of a consistency"),
        ("lun05", {HOST_GROUPS: [{"volume_wwn": "W1"}]}, 422, "only for the import of a consistency"),
        ("cg03", {MEMBER: [{"volume_wwn": "naa.1", "host_ids": ["H"]}]}, 422, "naa.1 is not the WWN"),
        ("cg03", {MEMBER: [{"host_ids": ["H"]}]}, 422, "is not the WWN"),
        ("cg03", {MEMBER: [{"volume_wwn": "W1", "host_ids": ["nope"]}]}, 404, "nope"),
        ("cg03", {MEMBER: [{"volume_wwn": "W1", "host_ids": ["name:linux01"]}]}, 404, "name:linux01"),
        ("cg03", {MEMBER: [{"volume_wwn": "W1", "host_ids": ["H"]}] * 2}, 422, "listed twice"),
        ("cg03", {MEMBER: [{"volume_wwn": "W1"}], "host_ids": ["name:linux01"]}, 422, "cannot be given together"),
        ("cg03", {MEMBER: [{"wwn": "W1"}]}, 400, "wwn"),
        ("cg03", {MEMBER: ["name:linux01"]}, 400, "type"),
    ],
)
def test_host_mappings_that_are_refused(imports: Imports, source: str, more: Json, status: int, words: str) -> None:
    known = {"W1": wwn(imports, "cg03-lun1"), "H": imports.key("host", "linux01")}
    for entry in [one for value in more.values() for one in value if isinstance(one, dict)]:
        entry.update({key: known.get(value, value) for key, value in entry.items() if isinstance(value, str)})
        if "host_ids" in entry:
            entry["host_ids"] = [known.get(key, key) for key in entry["host_ids"]]
    answer = imports.refused_start(source, type="Agentless", **more)
    assert (answer[0], words in answer[1]) == (status, True), answer


def test_a_schedule_can_be_moved_and_begins_on_time(imports: Imports) -> None:
    imports.start("m1", "lun01", scheduled_timestamp=LATER)
    imports.do("PATCH", "import_session/name:m1", {"scheduled_timestamp": MUCH_LATER})
    assert imports.show("m1")["scheduled_timestamp"] == MUCH_LATER
    assert imports.refused("PATCH", "import_session/name:m1", {"scheduled_timestamp": PAST})[0] == 422
    imports.do("PATCH", "import_session/name:m1", {"scheduled_timestamp": None})
    assert imports.show("m1")["scheduled_timestamp"] == MUCH_LATER, "null is not given"
    assert imports.refused("PATCH", "import_session/name:m1", {"name": "m2"})[0] == 400
    assert imports.refused("PATCH", "import_session/name:m1")[0] == 400
    imports.do("PATCH", "import_session/name:m1", {})
    assert imports.show("m1")["scheduled_timestamp"] == MUCH_LATER
    imports.do("PATCH", "import_session/name:m1", {"scheduled_timestamp": iso(imports.clock.now() + 60)})
    imports.clock.advance(57)
    assert imports.states() == {"m1": "Scheduled"}
    imports.clock.advance(1.5)
    assert imports.states() == {"m1": "In_Progress"}


def test_delete_removes_the_record_only(imports: Imports) -> None:
    imports.start("m1", "lun01", automatic_cutover=True)
    imports.clock.advance(20)
    assert imports.states() == {"m1": "Import_Completed"}
    imports.do("DELETE", "import_session/name:m1")
    assert imports.call("GET", "import_session/name:m1").status == 404
    assert imports.names("volume", name="eq.lun01") == ["lun01"]
    assert imports.criteria("lun01") == "Imported"


def test_sessions_never_disappear_by_themselves(imports: Imports) -> None:
    imports.start("m1", "lun01", automatic_cutover=True)
    imports.clock.advance(10_000_000)
    imports.login()
    assert imports.states() == {"m1": "Import_Completed"}


def test_an_operator_may_only_look(imports: Imports) -> None:
    imports.start("m1", "lun01")
    imports.login("operator")
    assert imports.states() == {"m1": "In_Progress"}
    assert imports.refused("POST", "import_session/name:m1/cancel")[0] == 403
    assert imports.refused_start("lun02")[0] == 403
