# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Corners of bodies, relations, jobs and seeds that the other files do not reach."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest

from jobwise_emulator.exchange import Json, Reply, Request
from jobwise_emulator.powerstore import bodies
from jobwise_emulator.powerstore.catalog import load
from tests.unit.emulator.powerstore.array import PASSWORD, Array


@pytest.mark.parametrize(
    ("path", "body", "text"),
    [
        ("witness", {"name": "a@b", "address": "w.example.com", "token": "t"}, "does not match the input"),
        (
            "vcenter",
            {"address": "a", "username": "u", "password": "p", "server_cert_thumbprint": "x"},
            "does not match",
        ),
        ("snapshot_rule", {"name": "r", "desired_retention": 0}, "lower than the required minimum (1)"),
        ("snapshot_rule", {"name": "r", "desired_retention": 1, "days_of_week": ["Funday"]}, "/days_of_week/0"),
        ("host", {"name": "h", "os_type": "Linux", "initiators": [{"colour": 1}]}, "[Path '/initiators/0']"),
    ],
)
def test_schema_rules_hold_for_types_without_rules(array: Array, path: str, body: Json, text: str) -> None:
    status, found = array.refused("POST", path, body)
    assert status == 400
    assert text in found


def test_every_body_of_the_contract_can_be_checked(array: Array) -> None:
    for kind, entry in array.platform.catalog.types.items():
        for action in ("create", *[name for name, facts in entry["actions"].items() if facts["level"] == "class"]):
            facts = entry["verbs"].get(action) or entry["actions"].get(action)
            if facts and facts.get("body") and facts.get("method", "post") == "post":
                path = kind if action == "create" else f"{kind}/{action}"
                assert array.refused("POST", path, {"nonsense": 1})[0] == 400, path


@pytest.mark.parametrize("version", ["4.0", "4.1"])
def test_every_default_is_a_value_that_the_attribute_takes(version: str) -> None:
    catalog = load(version)
    for struct, facts in catalog.structs.items():
        for name, attribute in facts["attributes"].items():
            if attribute.get("default") is not None:
                assert bodies.check_value(catalog, attribute, attribute["default"], f"{struct}/{name}") is not None


@pytest.mark.parametrize("version", ["4.0", "4.1"])
def test_a_body_is_as_strict_as_the_instance_that_gives_it_back(version: str) -> None:
    catalog = load(version)
    for kind, entry in catalog.types.items():
        for struct in [facts["body"] for facts in entry["verbs"].values() if facts.get("body")]:
            for name, attribute in catalog.struct(struct)["attributes"].items():
                given_back = catalog.attributes(kind).get(name, {})
                if given_back.get("format") == "date-time":
                    assert attribute.get("format") == "date-time", (struct, name)
                if "max_length" in given_back:
                    assert "max_length" in attribute, (struct, name)


def test_a_list_of_references_can_be_null(array: Array) -> None:
    pool = array.platform.change({"type": "file_events_pool", "create": {"name": "pool"}})["id"]
    key = array.do("POST", "file_events_publisher", {"name": "p", "file_events_pool_ids": ["name:pool"]})["id"]
    path = f"file_events_publisher/{key}"
    assert array.get(path, select="file_events_pools(id)") == {"file_events_pools": [{"id": pool}]}
    assert array.call("PATCH", path, {"file_events_pool_ids": None}).status == 204
    assert array.get(path, select="file_events_pools(id)") == {"file_events_pools": []}


def test_an_item_of_the_recycle_bin_may_hold_nothing(array: Array) -> None:
    item = {"id": "R1", "name": "gone", "resource_type": "volume"}
    array.platform.change({"type": "recycle_bin", "create": item})
    assert array.call("POST", "recycle_bin/R1/recover").status == 204
    assert array.call("GET", "recycle_bin/R1").status == 404


def test_list_lengths_and_doubles() -> None:
    array = Array()
    found: list[tuple[str, str, Json]] = []
    for struct, facts in array.platform.catalog.structs.items():
        found += [(struct, name, one) for name, one in facts["attributes"].items() if one.get("unique")]
    assert found, "the documents mark lists without doubles"
    from jobwise_emulator.powerstore.errors import Refused  # noqa: PLC0415

    unique = {"type": "array", "items": {"type": "string"}, "unique": True, "min_items": 1, "max_items": 2}
    bodies.check_value(array.platform.catalog, unique, ["a", "b"], "/x")
    for wrong in ([], ["a", "a"], ["a", "b", "c"]):
        with pytest.raises(Refused):
            bodies.check_value(array.platform.catalog, unique, wrong, "/x")


def test_a_body_is_required_only_where_the_document_says_so(array: Array) -> None:
    assert "required" in array.refused("PATCH", "volume_group/name:app01")[1]
    assert array.call("DELETE", "volume_group/name:app01").status == 204


def test_an_unknown_virtual_volume_has_an_error_of_its_own(array: Array) -> None:
    for key in ("v1", "name:v1"):
        reply = array.call("GET", f"virtual_volume/{key}")
        description = f"The virtual volume {key} was not found."
        assert (reply.status, reply.body) == (404, {"error_code": 404, "description": description})
    assert array.call("DELETE", "virtual_volume/v1").body["messages"][0]["arguments"] == ["v1"]
    array.platform.change({"type": "virtual_volume", "create": {"id": "v1", "name": "vvol"}})
    assert array.get("virtual_volume/v1") == array.get("virtual_volume/name:vvol") == {"id": "v1"}


def test_a_new_id_is_as_long_as_the_ids_of_its_type_can_be(array: Array) -> None:
    made = array.platform.change({"type": "physical_switch", "create": {"name": "switch"}})["id"]
    assert len(made) == 32
    assert array.get(f"physical_switch/{made}") == {"id": made}
    assert len(array.platform.world.new_id("volume")) == 36


def test_a_form_is_for_uploads_only(array: Array) -> None:
    headers = {"cookie": array.cookie, "dell-emc-token": array.token, "content-type": "multipart/form-data"}
    assert array.send("POST", "volume_group", b"x", headers).status == 415


def test_a_policy_knows_who_uses_it_for_what(array: Array) -> None:
    array.do("PATCH", "volume_group/name:app01", {"qos_performance_policy_id": "name:bronze-qos"})
    array.do("PATCH", "volume/name:web01", {"protection_policy_id": "name:silver"})
    select = "volume_groups(name),qos_volume_groups(name),volumes(name),qos_volumes(name)"
    empty: Json = {"volume_groups": [], "qos_volume_groups": [], "volumes": [], "qos_volumes": []}
    app01, web01 = [{"name": "app01"}], [{"name": "web01"}]
    assert array.get("policy/name:bronze-qos", select=select) == {**empty, "qos_volume_groups": app01}
    assert array.get("policy/name:gold", select=select) == {**empty, "volume_groups": app01}
    assert array.get("policy/name:silver", select=select) == {**empty, "volumes": web01}


def test_hardware_ports_are_told_apart() -> None:
    seed = {
        "hardware": [{"id": "N1", "name": "node"}, {"id": "S1", "name": "sfp"}],
        "fc_port": [{"id": "P1", "name": "port", "node_id": "N1", "sfp_id": "S1"}],
    }
    array = Array(seed=seed)
    select = "node_fc_ports(name),sfp_fc_ports(name)"
    assert array.get("hardware/N1", select=select) == {"node_fc_ports": [{"name": "port"}], "sfp_fc_ports": []}
    assert array.get("hardware/S1", select=select) == {"node_fc_ports": [], "sfp_fc_ports": [{"name": "port"}]}


def test_l10n_of_lists() -> None:
    rule = {"name": "r", "desired_retention": 1, "days_of_week": ["Monday"], "interval": "Six_Hours"}
    array = Array(seed={"snapshot_rule": [rule], "io_limit_rule": [], "policy": []})
    found = array.get("snapshot_rule/name:r", select="days_of_week_l10n,interval_l10n,timezone_l10n")
    assert found == {"days_of_week_l10n": ["Monday"], "interval_l10n": "Six Hours", "timezone_l10n": "UTC"}


@pytest.mark.parametrize(
    ("path", "body", "text"),
    [
        ("volume/name:app01-nightly.app01-log/snapshot", {"name": "s"}, "of a snapshot"),
        ("volume/name:web01/refresh", {"from_object_id": "name:web02"}, "family"),
        ("volume/name:web01/refresh", {"from_object_id": "name:web01"}, "family"),
    ],
)
def test_volume_copies_refused(array: Array, path: str, body: Json, text: str) -> None:
    status, found = array.refused("POST", path, body)
    assert (status, text in found) == (422, True)


def test_an_empty_group_cannot_become_metro(array: Array) -> None:
    array.platform.change({"type": "remote_system", "create": {"id": "RS1", "name": "rs1"}})
    array.do("POST", "volume_group", {"name": "empty"})
    assert (
        "no members" in array.refused("POST", "volume_group/name:empty/configure_metro", {"remote_system_id": "RS1"})[1]
    )


def test_codes_of_unknown_objects(array: Array) -> None:
    def code(path: str) -> Any:
        return array.call("GET", path).body["messages"][0]["code"]

    assert [code(f"{kind}/nope") for kind in ("volume", "policy", "job", "no_type")] == [
        "0xE0A07001000C",
        "0xE0A090010001",
        "0xE04040020009",
        "0xE04040020002",
    ]


def test_only_basic_credentials_count(array: Array) -> None:
    right = base64.b64encode(f"admin:{PASSWORD}".encode()).decode()
    assert array.send("GET", "volume", headers={"authorization": f"Bearer {right}"}).status == 401
    assert array.send("GET", "volume", headers={"authorization": f"basic {right}"}).status == 200


def test_right_passwords_do_not_prolong_a_lock(array: Array) -> None:
    def attempt(password: str) -> int:
        array.cookie = ""
        return array.login("operator", password).status

    assert {attempt("wrong") for dummy in range(5)} == {401}
    array.clock.advance(299)
    assert {attempt(PASSWORD) for dummy in range(6)} == {401}
    array.clock.advance(2)
    assert attempt(PASSWORD) == 200


def test_vm_administrator_covers_virtual_volumes() -> None:
    array = Array(user="vic", seed={"users": [{"name": "vic", "password": PASSWORD, "role": "VM Administrator"}]})
    array.platform.change({"type": "virtual_volume", "create": {"id": "VV1", "name": "vvol"}})
    assert array.call("DELETE", "virtual_volume/VV1").status == 204


def test_a_locked_user_stays_out(array: Array) -> None:
    array.do("PATCH", "local_user/2", {"is_locked": True})
    assert array.login("operator").status == 401
    array.do("PATCH", "local_user/2", {"is_locked": False})
    assert array.login("operator").status == 200


def test_reset_ends_a_request_that_waits(array: Array) -> None:
    async def both() -> Reply:
        headers = {"cookie": array.cookie, "dell-emc-token": array.token}
        request = Request("PATCH", "/api/rest/volume_group/name:app01", "", headers, b'{"description": "x"}')
        request.fault = {"fault": "job_hang"}
        waiting = asyncio.create_task(array.platform.answer(request))
        await asyncio.sleep(0)
        array.platform.reset()
        return await waiting

    assert asyncio.run(both()).status == 503


def test_orders_that_make_no_sense(array: Array) -> None:
    order = {"resource_type": "volume_group", "resource_action": "modify", "resource_name": "app01", "request": {}}
    with pytest.raises(ValueError, match="unknown user"):
        array.platform.start_job({**order, "user": "nobody"})
    with pytest.raises(ValueError, match="0 objects"):
        array.platform.change({"type": "volume_group", "id": "nope", "delete": True})
    for kind in ("nonsense", "logout", "metrics"):  # the last two have no objects
        with pytest.raises(ValueError, match="unknown resource type"):
            array.platform.change({"type": kind, "create": {}})
    with pytest.raises(ValueError, match="no schema"):
        Array(api_version="9.9")


def test_secrets_in_nested_bodies_are_redacted(array: Array) -> None:
    body = {"name": "x", "list": [{"ssh_password": "a"}], "private_key": "b", "passphrase": "c", "password": None}
    assert array.platform.redact(body) == {
        "name": "x",
        "list": [{"ssh_password": "********"}],
        "private_key": "********",
        "passphrase": "********",
        "password": None,
    }
    assert array.platform.redact(None) is None
