# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the info module adds to objects: names of related objects, sizes in words, days left, and WWNs in one form."""

from __future__ import annotations

import re
import typing as t
from datetime import datetime, timezone
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import Refused, Unsupported
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.options.capacity import in_words
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.info_details import (
    DAYS_LEFT,
    LISTS,
    NEWEST,
    TEXT,
    is_expiry,
    is_size,
    related,
    with_details,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.releases import OLDEST
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import (
    TYPES,
    AttributeFacts,
    facts_of,
)
from tests.unit.powerstore.scripted import MakeArray, login, refused
from tests.unit.powerstore.test_asking import asked
from tests.unit.powerstore.test_facts import RELEASES, document, resolved
from tests.unit.powerstore.test_questions import question, refusal

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
GIB = 1 << 30
VOLUME = (
    "*,appliance(id,name),mapped_volumes(host(id,name),host_group(id,name),host_group_id,host_id,id,"
    "logical_unit_number,volume_id),migration_session(id,name),protection_policy(id,name),volume_groups(id,name)"
)


def details(type_: str, **row: t.Any) -> dict[str, t.Any]:
    """Return an object with its details."""
    return with_details(type_, [row], NOW)[0]


def parts(facts: AttributeFacts) -> t.Iterator[AttributeFacts]:
    """Yield an attribute and those of its structure at every depth, as far as an object shows them."""
    if facts.read:
        yield facts
        for part in () if facts.relation else facts.structure:
            yield from parts(part)


def everything() -> list[tuple[str, AttributeFacts]]:
    """Return each attribute that objects show, at every depth, with its type."""
    return [(type_, part) for type_ in TYPES for facts in facts_of(type_).attributes.values() for part in parts(facts)]


class TestRelated:
    """What is read of related objects."""

    def test_a_volume_with_its_mappings_and_groups(self) -> None:
        assert ",".join(["*", *related("volume", OLDEST)]) == VOLUME
        later = set(related("volume", NEWEST)) - set(related("volume", OLDEST))
        assert later == {"qos_performance_policy(id,name)"}

    @pytest.mark.parametrize(
        "type_, words",
        [
            ("host", ["mapped_hosts(host_group(id,name),host_group_id,host_id,id,logical_unit_number,volume(id,name)"]),
            ("host_group", ["hosts(id,name)", "mapped_host_groups("]),
            ("initiator", ["host(id,name)"]),
            ("policy", ["io_limit_rule(id,name)", "replication_rules(id,name)", "snapshot_rules(id,name)"]),
            ("snapshot_rule", ["policies(id,name)"]),
            ("host_volume_mapping", ["host(id,name)", "host_group(id,name)", "volume(id,name)"]),
            ("storage_container", ["destinations("]),
        ],
    )
    def test_other_types(self, type_: str, words: list[str]) -> None:
        found = ",".join(related(type_, NEWEST))
        assert [word for word in words if word not in found] == []

    def test_lists_that_grow_with_the_array_are_left_out(self) -> None:
        assert related("appliance", NEWEST) == []

    def test_an_unknown_type_has_none(self) -> None:
        assert related("hologram", NEWEST) == []

    @pytest.mark.parametrize("type_", LISTS)
    def test_the_lists_are_relations_that_every_array_has(self, type_: str) -> None:
        for name in LISTS[type_]:
            facts = facts_of(type_).attributes[name]
            assert facts.read and facts.relation and facts.type == "list"
            assert any(item.startswith(f"{name}(") for item in related(type_, OLDEST))

    @pytest.mark.parametrize("type_", [name for name in TYPES if "list" in facts_of(name).verbs])
    def test_every_type_can_be_asked(self, type_: str) -> None:
        """The facts know each attribute, at every depth."""
        for newest in (NEWEST, OLDEST):
            question(type_, select=["*", *related(type_, newest)])


class TestSizes:
    """Sizes in words beside the bytes."""

    @pytest.mark.parametrize(
        "size, words",
        [
            (0, "0 bytes"),
            (1, "1 byte"),
            (1023, "1023 bytes"),
            (8192, "8 KiB"),
            (10 * GIB, "10 GiB"),
            (10 * GIB + GIB // 2, "10.5 GiB"),
            (GIB - 1, "1 GiB"),
            (123456789, "117.74 MiB"),
            (256 << 40, "256 TiB"),
            (5000 << 50, "5000 PiB"),
        ],
    )
    def test_words(self, size: int, words: str) -> None:
        assert in_words(size) == words

    def test_beside_the_bytes(self) -> None:
        found = details("volume", id="1", size=10 * GIB, logical_used=None)
        assert found == {"id": "1", "size": 10 * GIB, "size_text": "10 GiB", "logical_used": None}

    @pytest.mark.parametrize("type_, name", [("storage_container", "quota"), ("file_tree_quota", "hard_limit")])
    def test_a_limit_of_0_is_none(self, type_: str, name: str) -> None:
        assert details(type_, **{name: 0})[name + TEXT] == "no limit"
        assert details(type_, **{name: GIB})[name + TEXT] == "1 GiB"

    def test_in_structures_and_related_objects(self) -> None:
        assert details("hardware", extra_details={"size": GIB})["extra_details"]["size_text"] == "1 GiB"
        group = details("volume_group", volumes=[{"id": "1", "size": GIB}, {"id": "2", "size": 2 * GIB}])
        assert [one["size_text"] for one in group["volumes"]] == ["1 GiB", "2 GiB"]

    def test_they_are_what_the_documents_count_in_bytes(self, shared: Path) -> None:
        root = document(shared, RELEASES[1])
        schemas = root["components"]["schemas"] if "components" in root else root["definitions"]
        for type_ in TYPES:
            described = resolved(root, schemas.get(f"{type_}_instance", {})).get("properties", {})
            for name, schema in described.items():
                text = schema.get("description", "")
                counted = schema.get("format") == "int64" and re.search(r"\bbytes\b(?!/)", text) is not None
                larger = "Files that are larger than this size" in text  # bytes, though it does not say so
                facts = facts_of(type_).attributes[name] if not name.endswith("_l10n") else None
                if facts is not None:
                    assert is_size(facts) == (counted or larger), (type_, name, text)


class TestDaysLeft:
    """Whole days until something expires."""

    @pytest.mark.parametrize(
        "until, days",
        [
            ("2026-03-31T12:00:00Z", 30),
            ("2026-03-31T11:59:59.999+00:00", 29),
            ("2026-03-01T13:00:00Z", 0),
            ("2026-03-01T11:00:00Z", -1),
            ("2026-02-01T12:00:00Z", -28),
        ],
    )
    def test_a_snapshot(self, until: str, days: int) -> None:
        assert details("volume", protection_data={"expiration_timestamp": until})[DAYS_LEFT] == days

    @pytest.mark.parametrize(
        "row",
        [
            {},
            {"protection_data": None},
            {"protection_data": {"expiration_timestamp": None}},
            {"protection_data": {"expiration_timestamp": "soon"}},
            {"creation_timestamp": "2026-01-01T00:00:00Z"},
        ],
    )
    def test_what_does_not_expire_has_none(self, row: dict[str, t.Any]) -> None:
        assert details("volume", **row) == row

    def test_a_chain_of_certificates_lasts_as_long_as_the_first_of_them(self) -> None:
        members = [
            {"valid_from": "2000-01-01T00:00:00Z", "valid_to": f"{year}-03-01T12:00:00.0Z"} for year in (2030, 2027)
        ]
        assert details("x509_certificate", members=members)[DAYS_LEFT] == 365

    def test_related_objects_have_their_own(self) -> None:
        soon = {"protection_data": {"expiration_timestamp": "2026-03-03T12:00:00Z"}}
        found = details("volume_group", volumes=[soon, {"protection_data": None}])
        assert [one.get(DAYS_LEFT) for one in found["volumes"]] == [2, None] and DAYS_LEFT not in found

    def test_what_expires_is_known_by_name(self) -> None:
        assert {f"{type_}.{facts.name}" for type_, facts in everything() if is_expiry(facts)} == {
            "file_system.expiration_timestamp",
            "license.trial_expiration_timestamp",
            "local_user.password_expiration_timestamp",
            "recycle_bin.expiration_timestamp",
            "remote_snapshot.expiration_timestamp",
            "virtual_machine.expiration_timestamp",
            "volume.expiration_timestamp",
            "volume_group.expiration_timestamp",
            "vsphere_host_license_assignment.expiration_date",
            "x509_certificate.valid_to",
        }


def test_no_name_is_one_of_the_array() -> None:
    known = {facts.name for dummy, facts in everything()}
    sizes = {facts.name for dummy, facts in everything() if is_size(facts)}
    assert known.isdisjoint({DAYS_LEFT, *(name + TEXT for name in sizes)})


def test_a_type_that_only_the_array_knows_stays_as_it_is() -> None:
    row = {"size": 1, "expiration_timestamp": "2026-03-31T12:00:00Z", "port_name": "58CCF09348000001"}
    assert details("hologram", **row) == row
    assert details("volume", hologram={"size": 1}) == {"hologram": {"size": 1}}


def test_wwns_are_written_as_tasks_write_them() -> None:
    """The array keeps them as another client wrote them."""
    wwn, normal = "58:CC:F0:93:48:00:00:01", "58:cc:f0:93:48:00:00:01"
    iqn = "iqn.1998-01.com.vmware:ESX01"
    assert details("initiator", port_name=wwn)["port_name"] == normal
    assert details("initiator", port_name=iqn)["port_name"] == iqn
    host = details("host", host_initiators=[{"port_name": wwn}], initiators=[{"port_name": wwn}])
    assert host["host_initiators"] == host["initiators"] == [{"port_name": normal}]


WWNS = "58:cc:f0:93:48:00:00:01,58:CC:F0:93:48:00:00:01"


class TestQueries:
    """What a query with details sends."""

    ROW = {"id": "1", "name": "a", "size": GIB}

    def test_one_request(self, array: MakeArray) -> None:
        what = question("volume", names=["a"], plain=False)
        queries, found, dummy = asked(array, what, login([self.ROW]))
        assert queries == [{"select": ",".join(["*", *related("volume", NEWEST)]), "name": "in.(a)"}]
        assert found == [{**self.ROW, "size_text": "1 GiB"}]

    def test_plain(self, array: MakeArray) -> None:
        queries, found, dummy = asked(array, question("volume", names=["a"]), login([self.ROW]))
        assert queries[0]["select"] == "*" and found == [self.ROW]

    def test_a_select_list_counts_alone(self, array: MakeArray) -> None:
        what = question("volume", select=["size"], plain=False)
        queries, found, dummy = asked(array, what, login([{"size": GIB}]))
        assert queries[0]["select"] == "size" and found == [{"size": GIB, "size_text": "1 GiB"}]

    def test_an_older_array_is_asked_for_what_it_has(self, array: MakeArray) -> None:
        unknown = login(refused(400, text="Unknown attribute qos_performance_policy ").body, 400)
        what = question("volume", plain=False)
        queries, found, dummy = asked(array, what, unknown, login([self.ROW]))
        assert [query["select"] for query in queries] == [",".join(["*", *related("volume", NEWEST)]), VOLUME]
        assert found == [{**self.ROW, "size_text": "1 GiB"}]

    def test_an_attribute_that_the_array_lacks_is_named(self, array: MakeArray) -> None:
        unknown = login(refused(400, text="Unknown attribute qos_performance_policy_id .").body, 400)
        one = array(unknown)
        with pytest.raises(Unsupported) as caught:
            question("volume", select=["qos_performance_policy_id"], plain=False).ask(one.client)
        assert str(caught.value).startswith(
            "The array does not know the qos_performance_policy_id of volume, which PowerStoreOS 4.0 and later has: "
        )

    def test_a_type_that_the_array_lacks_is_named(self, array: MakeArray) -> None:
        one = array(login(refused(404, text="The request URL is not valid.").body, 404))
        with pytest.raises(Unsupported) as caught:
            question("ntp_server", plain=False).ask(one.client)
        assert str(caught.value).startswith(
            "The array does not know the type ntp_server, which PowerStoreOS 4.1 and later has: "
        )

    @pytest.mark.parametrize("status", [400, 404])
    def test_other_refusals_stay(self, array: MakeArray, status: int) -> None:
        one = array(login(refused(status).body, status))
        with pytest.raises(Refused) as caught:
            question("hologram", strict=False, plain=False).ask(one.client)
        assert caught.value.kind == "refused"

    @pytest.mark.parametrize(
        "option", [{"select": [DAYS_LEFT]}, {"order": ["size_text"]}, {"filters": {DAYS_LEFT: "lt.3"}}]
    )
    def test_what_the_task_adds_is_unknown_to_the_array(self, option: dict[str, t.Any]) -> None:
        assert "The task adds it to the result, and the array does not know it." in refusal("volume", **option)

    @pytest.mark.parametrize(
        "type_, condition, sent",
        [
            ("volume", {"size": "gte.10 GiB"}, "gte.10737418240"),
            ("volume", {"size": "not.eq.1.5T"}, "not.eq.1649267441664"),
            ("volume", {"size": "in.(1g,8192)"}, "in.(1073741824,8192)"),
            ("volume", {"size": "gt.8192"}, "gt.8192"),
            ("volume", {"size": "is.null"}, "is.null"),
            ("volume", {"name": "eq.10GiB"}, "eq.10GiB"),
            ("initiator", {"port_name": "eq.58CCF09348000001"}, f"in.({WWNS})"),
            ("initiator", {"port_name": "not.in.(58-cc-f0-93-48-00-00-01)"}, f"not.in.({WWNS})"),
            ("initiator", {"port_name": "ilike.58:cc*"}, "ilike.58:cc*"),
        ],
    )
    def test_conditions_in_the_form_that_the_array_takes(
        self, type_: str, condition: dict[str, str], sent: str
    ) -> None:
        assert [expression for dummy, expression in question(type_, filters=condition).filters] == [sent]

    def test_a_condition_with_a_wrong_size(self) -> None:
        assert "filters: size is not a capacity: '10 apples'." in refusal("volume", filters={"size": "gt.10 apples"})

    def test_initiators_by_name(self, array: MakeArray) -> None:
        """A WWN in any notation, whatever the notation that the array has kept."""
        rows = [{"id": "1", "port_name": "58:CC:F0:93:48:00:00:01"}]
        what = question("initiator", names=["58ccf09348000001", "58:CC:F0:93:48:00:00:02"], plain=False)
        queries, found, missing = asked(array, what, login(rows))
        assert queries[0]["port_name"] == (
            "in.(58:cc:f0:93:48:00:00:01,58:CC:F0:93:48:00:00:01,58:cc:f0:93:48:00:00:02,58:CC:F0:93:48:00:00:02)"
        )
        assert found == [{"id": "1", "port_name": "58:cc:f0:93:48:00:00:01"}]
        assert missing == ["58:CC:F0:93:48:00:00:02"]
