# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What shipping clients send to real arrays and read from them: Dell's SDK and modules, gopowerstore, Cinder, LXD."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.platforms import OrderError
from tests.unit.emulator.powerstore.array import Array

GIB = 1024**3
INTERNAL = {"dell-visibility": "internal"}
IQN = "iqn.2026-01.com.example:linux01"


def internally(array: Array, method: str, path: str, body: Json | None = None, **query: str) -> Reply:
    """One exchange with the header that shows internal attributes."""
    headers = {"cookie": array.cookie, "dell-emc-token": array.token, **INTERNAL}
    return array.send(method, path, body, headers, **query)


def code(reply: Reply) -> tuple[int, str]:
    """Status and code of a refusal."""
    return reply.status, reply.body["messages"][0]["code"]


@pytest.mark.parametrize("path", ["volume", "volume/name:web01/clone"])
def test_null_is_not_given(array: Array, path: str) -> None:
    body: Json = {"name": "c1", "protection_policy_id": None, "description": None}
    if path == "volume":
        body.update(size=GIB, volume_group_id=None, logical_unit_number=None)
    array.do("POST", path, body)
    found = array.get("volume/name:c1", select="protection_policy_id,description,volume_groups(id)")
    assert found == {"protection_policy_id": None, "description": None, "volume_groups": []}


def test_null_changes_nothing(array: Array) -> None:
    before = array.get("smtp_config/0", select="*")
    array.do("PATCH", "smtp_config/0", {"address": None, "port": None, "source_email": None})
    assert array.get("smtp_config/0", select="*") == before
    path = "volume_group/name:app01"
    array.do("PATCH", path, {"description": None, "is_write_order_consistent": None})
    found = array.get(path, select="description,is_write_order_consistent")
    assert found == {"description": "first application", "is_write_order_consistent": True}
    array.do("PATCH", path, {"protection_policy_id": None})
    assert array.get(path, select="protection_policy_id") == {"protection_policy_id": None}, "this one is nullable"


def test_null_inside_a_structure_is_not_given(array: Array) -> None:
    initiator = {"port_name": "iqn.2026-01.com.example:h1", "port_type": "iSCSI", "chap_single_username": None}
    array.do("POST", "host", {"name": "h1", "os_type": "Linux", "initiators": [initiator]})
    assert array.refused("POST", "host", {"name": "h2", "os_type": "Linux", "initiators": [None]})[0] == 400


def test_null_in_a_job_of_somebody_else_is_not_given(array: Array) -> None:
    order = {"resource_type": "volume_group", "resource_action": "modify", "resource_name": "app01", "seconds": 1}
    array.platform.start_job({**order, "request": {"description": None, "is_write_order_consistent": False}})
    array.clock.advance(2)
    found = array.get("volume_group/name:app01", select="description,is_write_order_consistent")
    assert found == {"description": "first application", "is_write_order_consistent": False}


@pytest.mark.parametrize(
    "body",
    [{"name": None, "size": GIB}, {"name": "v", "size": None}, {"name": "v", "size": "1"}, {"name": 1, "size": GIB}],
)
def test_null_for_what_is_required_and_wrong_types_stay_refused(array: Array, body: Json) -> None:
    status, text = array.refused("POST", "volume", body)
    assert (status, "Instance type (" in text) == (400, True)


@pytest.mark.parametrize("force", [False, True])
def test_force_internal_comes_with_the_header(array: Array, force: bool) -> None:
    body = {"volume_ids": ["name:web01"], "force_internal": force}
    for action, members in (("add_members", 3), ("remove_members", 2)):
        path = f"volume_group/name:app01/{action}"
        assert "not allowed by the schema" in array.refused("POST", path, body)[1]
        assert internally(array, "POST", path, body).status == 204
        assert len(array.get("volume_group/name:app01", select="volumes")["volumes"]) == members
    wrong = {**body, "force_internal": "no"}
    assert internally(array, "POST", "volume_group/name:app01/add_members", wrong).status == 400


def test_metadata_comes_with_the_header(array: Array) -> None:
    body = {"name": "csi", "size": GIB, "metadata": {"csi-name": "pvc-1"}}
    assert array.refused("POST", "volume", body)[0] == 400
    assert internally(array, "POST", "volume", body).status == 201


def test_an_empty_policy_of_a_volume_clears_it(array: Array) -> None:
    array.do("PATCH", "volume/name:web01", {"protection_policy_id": "name:gold"})
    array.do("PATCH", "volume/name:web01", {"protection_policy_id": ""})
    assert array.get("volume/name:web01", select="protection_policy_id") == {"protection_policy_id": None}
    array.do("PATCH", "volume/name:web01", {"protection_policy_id": "", "size": 60 * GIB})
    array.do("DELETE", "volume/name:web01")


def test_an_empty_policy_of_file_storage_clears_it(array: Array) -> None:
    array.do("POST", "replication_rule", {"name": "r", "rpo": "One_Hour", "remote_system_id": "name:remote1"})
    array.do("POST", "policy", {"name": "there", "replication_rule_ids": ["name:r"]})
    assert array.refused("POST", "nas_server", {"name": "nas", "protection_policy_id": "name:gold"})[0] == 422
    nas = array.do("POST", "nas_server", {"name": "nas", "protection_policy_id": "name:there"})["id"]
    found = array.get(f"nas_server/{nas}", select="current_node_id,preferred_node_id,operational_status")
    assert found == {"current_node_id": "N1", "preferred_node_id": "N1", "operational_status": "Started"}
    body = {"name": "fs", "nas_server_id": nas, "size_total": 4 * GIB, "protection_policy_id": "name:there"}
    system = array.do("POST", "file_system", body)["id"]
    for path in (f"file_system/{system}", f"nas_server/{nas}"):
        assert array.get(path, select="protection_policy(name)") == {"protection_policy": {"name": "there"}}
        array.do("PATCH", path, {"protection_policy_id": ""})
        assert array.get(path, select="protection_policy_id") == {"protection_policy_id": None}


def test_addresses_in_use_are_replaced(array: Array) -> None:
    target = array.get("ip_pool_address", address="eq.198.51.100.12", select="purposes,ip_port_id,node_id")[0]
    path = "network/NW4"
    assert array.refused("PATCH", path, {"remove_addresses": ["198.51.100.12"]})[0] == 422
    array.do("PATCH", path, {"add_addresses": ["198.51.100.60"]})
    new, spare = "198.51.100.61", "198.51.100.60"
    array.do("PATCH", path, {"add_addresses": [new], "remove_addresses": ["198.51.100.12"]})
    shown = {"select": "purposes,ip_port_id,node_id"}
    assert array.get("ip_pool_address", address=f"eq.{new}", **shown) == [target]
    assert array.get("ip_pool_address", address="eq.198.51.100.12") == []
    assert array.get("ip_pool_address", address=f"eq.{spare}", select="purposes")[0]["purposes"] == ["Unused"]
    array.do("PATCH", "network/NW1", {"add_addresses": ["192.0.2.71"], "remove_addresses": ["127.0.0.1"]})
    assert array.get("cluster/0", select="management_address") == {"management_address": "192.0.2.71"}


def test_select_inside_an_embedded_structure(array: Array) -> None:
    (found,) = array.get("volume", name="eq.web01", select="protection_data(creator_type,creator_type_l10n)")
    assert found == {"protection_data": {"creator_type": "User", "creator_type_l10n": "User"}}
    certificates = array.get("x509_certificate", select="id,members(subject,depth)")
    assert all(set(member) == {"subject", "depth"} for one in certificates for member in one["members"])
    assert any(one["members"] for one in certificates)
    assert (
        "is not an attribute of x509_certificate.members"
        in array.refused("GET", "x509_certificate", select="members(nonsense)")[1]
    )
    select = "drive_failure_tolerance_level_and_availability(level,availability)"
    assert array.get("discovered_appliance", select=select) == []


def test_nodes_have_a_name_for_those_who_may_see_it(array: Array) -> None:
    found = internally(array, "GET", "node", select="id,name", order="id")
    assert found.body == [{"id": "N1", "name": "NodeA"}, {"id": "N2", "name": "NodeB"}]
    assert internally(array, "GET", "node/N1", select="name").body == {"name": "NodeA"}
    assert array.call("GET", "node", select="id,name").status == 400
    assert set(array.get("node/N1", select="*")) == {"id", "slot", "appliance_id"}


def test_a_remote_system_without_a_type_is_a_powerstore(array: Array) -> None:
    body = {"management_address": "192.0.2.77", "description": None, "data_network_latency": "Low"}
    key = array.do("POST", "remote_system", body)["id"]
    assert array.get(f"remote_system/{key}", select="type") == {"type": "PowerStore"}


def test_appliances_of_another_array_for_those_who_may_ask(array: Array) -> None:
    path = "remote_system/name:remote1/query_appliances"
    assert array.call("POST", path).status == 404
    reply = internally(array, "POST", path)
    appliances = reply.body["remote_appliances"]
    assert (reply.status, [one["id"] for one in appliances]) == (200, ["A1"])
    assert internally(array, "POST", "remote_system/name:unity1/query_appliances").status == 422
    array.platform.change({"type": "remote_system", "name": "remote1", "set": {"state": "Management_Connection_Lost"}})
    assert "does not answer" in internally(array, "POST", path).body["messages"][0]["message_l10n"]


def test_members_by_the_name_of_the_join(array: Array) -> None:
    select = "name,volume.volume_group_membership(name,protection_policy_id)"
    found = array.get("volume_group/name:app01", select=select)
    assert sorted(one["name"] for one in found["volumes"]) == ["app01-data", "app01-log"]
    assert set(found["volumes"][0]) == {"name", "protection_policy_id"}
    assert array.call("GET", "volume", select="volume.volume_group_membership(id)").status == 400


SINGLETONS = {
    **{"dns": "DNS1", "ntp": "NTP1", "network": "NW1", "node": "N2", "service_config": "A1"},
    **dict.fromkeys(["smtp_config", "chap_config", "remote_support", "login_banner", "kmip_config"], "0"),
    **{"service_user": "1", "security_config": "1", "cluster": "0", "recycle_bin_config": "0"},
}


@pytest.mark.parametrize("version", ["4.0", "4.1"])
@pytest.mark.parametrize("seed", [None, {"volume": []}], ids=["built in", "with a seed"])
def test_every_array_has_its_singletons(version: str, seed: Json | None) -> None:
    array = Array(api_version=version, seed=seed)
    for kind, key in SINGLETONS.items():
        assert array.get(f"{kind}/{key}", select="*")["id"] == key
    others = ("remote_support_contact", "license", "ip_pool_address", "eth_port", "fc_port", "hardware")
    for kind in (*others, "storage_container", "maintenance_window"):
        assert array.get(kind), kind


def test_the_parts_of_the_array_lead_to_each_other(array: Array) -> None:
    assert array.get("appliance/A1", select="nodes(id),maintenance_windows(id)") == {
        "nodes": [{"id": "N1"}, {"id": "N2"}],
        "maintenance_windows": [{"id": "0"}],
    }
    targets = array.get(
        "ip_pool_address",
        purposes="cs.{Storage_Iscsi_Target}",
        select="address,network(type),node(slot),ip_port(target_iqn,eth_port(name,node(name)))",
    )
    assert [one["network"]["type"] for one in targets] == ["Storage", "Storage"]
    assert [one["node"]["slot"] for one in targets] == [0, 1]
    assert targets[1]["ip_port"]["eth_port"]["node"] == {"name": "BaseEnclosure-NodeB"}
    port = array.get("fc_port/FCPort-A1", select="partner(node_id),wwn,appliance(name)")
    assert port["partner"] == {"node_id": "N2"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("dns/DNS1", {"addresses": ["192.0.2.99"]}),
        ("ntp/NTP1", {"addresses": ["192.0.2.98"]}),
        ("smtp_config/0", {"address": "192.0.2.97", "port": 587}),
        ("chap_config/0", {"mode": "Single"}),
        ("remote_support/0", {"type": "SRS_Integrated_Tier2", "proxy_address": "192.0.2.96"}),
        ("remote_support_contact/1", {"first_name": "Ada", "email": "ada@example.com"}),
        ("service_config/A1", {"is_ssh_enabled": True}),
        ("login_banner/0", {"banner_text": "Keep out", "is_enabled": True}),
        ("network/NW1", {"vlan_id": 7, "mtu": 9000}),
    ],
)
def test_settings_can_be_changed(array: Array, path: str, body: Json) -> None:
    before = array.get(path, select="*")
    array.do("PATCH", path, body)
    assert {**before, **body}.items() <= {**array.get(path, select="*"), **display_texts(before)}.items()


def display_texts(entry: Json) -> Json:
    """The display texts of an entry, which follow their attributes."""
    return {name: value for name, value in entry.items() if name.endswith("_l10n")}


def test_passwords_of_settings_are_not_shown(array: Array) -> None:
    array.do("PATCH", "service_user/1", {"password": "Password456!"})
    array.do("PATCH", "remote_support/0", {"proxy_username": "u", "proxy_password": "hidden"})
    shown = array.get("remote_support/0", select="*")
    assert shown["proxy_username"] == "u"
    assert "hidden" not in str(shown)
    assert "no rules" in array.refused("PATCH", "ip_port/IP-A0", {"network_ids": ["NW4"]})[1]


def test_initiators_are_those_of_the_hosts(array: Array) -> None:
    found = array.get("initiator", port_type="eq.iSCSI", port_name=f"eq.{IQN}", select="id,host(name)")
    assert [one["host"] for one in found] == [{"name": "linux01"}]
    assert array.get(f"initiator/{found[0]['id']}", select="port_name") == {"port_name": IQN}
    array.platform.change({"type": "host", "name": "linux01", "set": {"host_initiators": []}})
    assert array.get("initiator", port_name=f"eq.{IQN}") == []
    assert array.get("host/name:linux01", select="initiators") == {"initiators": []}
    for order in ({"create": {"port_name": "iqn.x"}}, {"id": found[0]["id"], "delete": True}):
        with pytest.raises(OrderError, match="initiator"):
            array.platform.change({"type": "initiator", **order})


def test_a_host_with_its_initiators(array: Array) -> None:
    wwn = "21:00:00:24:FF:00:00:01"
    initiators = [{"port_name": wwn, "port_type": "FC"}]
    key = array.do("POST", "host", {"name": "h1", "os_type": "Linux", "initiators": initiators})["id"]
    found = array.get(f"host/{key}", select="type,host_connectivity,initiators(port_name),host_initiators(port_name)")
    ports = [{"port_name": wwn}]
    assert found == {
        **{"type": "External", "host_connectivity": "Local_Only"},
        **{"initiators": ports, "host_initiators": ports},
    }
    path = f"host/{key}"
    second = {"port_name": "21:00:00:24:ff:00:00:02", "port_type": "FC"}
    array.do("PATCH", path, {"add_initiators": [second], "description": "d"})
    array.do("PATCH", path, {"remove_initiators": [wwn.lower()], "name": "h2"})
    assert array.get("host/name:h2", select="initiators(port_name)")["initiators"] == [
        {"port_name": second["port_name"]}
    ]
    array.do("POST", "volume/name:web01/attach", {"host_id": key})
    assert "mapped" in array.refused("DELETE", path)[1]
    array.do("POST", "volume/name:web01/detach", {"host_id": key})
    array.do("DELETE", path)
    assert array.get("initiator", port_type="eq.FC") == []


@pytest.mark.parametrize(
    ("method", "path", "body", "refusal"),
    [
        ("POST", "host", {"name": "h", "port": (IQN, "iSCSI")}, (400, "0xE0A01001002D")),
        ("POST", "host", {"name": "h", "port": ("21000024ff000001", "FC")}, (400, "0xE0A01001002F")),
        ("PATCH", "host/name:linux01", {"port": (IQN, "iSCSI")}, (400, "0xE0A01001000C")),
        ("PATCH", "host/name:esx02", {"port": (IQN, "iSCSI")}, (400, "0xE0A01001002D")),
        ("PATCH", "host/name:linux01", {"remove_initiators": ["iqn.none"]}, (400, "0xE0A010010014")),
        ("PATCH", "host/name:linux01", {"port": ("21:00:00:24:ff:00:00:01", "FC")}, (422, "0xE0A010010023")),
        ("POST", "host", {"name": "LINUX01", "port": ("iqn.x", "iSCSI")}, (400, "0xE0A010010022")),
        ("PATCH", "host/name:linux01", {"name": "esx01"}, (400, "0xE0A010010022")),
        ("PATCH", "host/name:esx01", {"host_connectivity": "Metro_Optimize_Both"}, (422, "0xE0A010010021")),
        (
            "PATCH",
            "host/name:linux01",
            {"remove_initiators": [IQN], "port": ("iqn.y", "iSCSI")},
            (400, "0xE0A010010020"),
        ),
        ("DELETE", "host/name:esx01", {}, (422, "0xE0A010010025")),
    ],
)
def test_hosts_are_refused(array: Array, method: str, path: str, body: Any, refusal: tuple[int, str]) -> None:
    port = body.pop("port", None)
    if port:
        name = "initiators" if method == "POST" else "add_initiators"
        body[name] = [{"port_name": port[0], "port_type": port[1]}]
    if method == "POST":
        body["os_type"] = "Linux"
    assert code(array.call(method, path, body)) == refusal


def test_space_of_the_cluster(array: Array) -> None:
    body = {"entity": "space_metrics_by_cluster", "entity_id": "0"}
    before = array.do("POST", "metrics/generate", {**body, "interval": "Five_Mins"})
    array.do("POST", "volume", {"name": "more", "size": GIB})
    latest = array.do("POST", "metrics/generate", {**body, "interval": None})[-1]
    assert latest["logical_provisioned"] == before[-1]["logical_provisioned"] + GIB
    assert 0 <= latest["physical_used"] < latest["physical_total"]
    assert {latest[name] for name in ("entity", "response_definition")} == {body["entity"]}
    assert before[-2]["timestamp"] < before[-1]["timestamp"]
    assert array.get("job", resource_type="eq.metrics") == [], "it is not a job"
    assert array.refused("POST", "metrics/generate", {**body, "entity_id": "9"})[0] == 404
    assert "no rules" in array.refused("POST", "metrics/generate", {**body, "entity": "space_metrics_by_volume"})[1]
    assert array.refused("POST", "metrics/generate", {**body, "entity": "weather"})[0] == 400
    assert array.refused("POST", "metrics/generate", body, is_async="true")[0] == 400


def test_a_name_in_the_recycle_bin_is_taken(array: Array) -> None:
    array.do("DELETE", "volume/name:files01", {"immediate": False})
    array.do("POST", "volume_group", {"name": "g", "volume_ids": ["name:web01"]})
    array.do("DELETE", "volume_group/name:g", {"delete_members": True, "immediate": False})
    for kind, body in (
        ("volume", {"name": "FILES01", "size": GIB}),
        ("volume", {"name": "web01", "size": GIB}),
        ("volume_group", {"name": "g"}),
    ):
        assert array.refused("POST", kind, body)[0] in (400, 422)
    array.platform.change({"type": "settings", "set": {"bin_keeps_names": False}})
    array.do("POST", "volume", {"name": "files01", "size": GIB})
    array.do("POST", "volume_group", {"name": "g"})
    array.platform.change({"type": "settings", "set": {"bin_keeps_names": True}})
    key = array.get("recycle_bin", name="eq.files01")[0]["id"]
    assert "in use by now" in array.refused("POST", f"recycle_bin/{key}/recover")[1]
    array.do("DELETE", "volume/name:files01")
    array.do("POST", f"recycle_bin/{key}/recover")
    assert array.names("volume", name="eq.files01") == ["files01"]


@pytest.mark.parametrize(
    ("method", "path", "body", "refusal"),
    [
        ("POST", "volume", {"name": "WEB01", "size": GIB}, (422, "0xE0A080010014")),
        ("POST", "volume/name:web01/snapshot", {"name": "S1"}, (400, "0xE0A060010012")),
        ("PATCH", "volume/name:web01", {"size": 50 * GIB}, (400, "0xE0A05001001A")),
        ("PATCH", "volume/name:web01", {"size": 49 * GIB}, (400, "0xE0A05001001A")),
        ("POST", "volume/name:web01/attach", {"host_id": "a", "host_group_id": "b"}, (500, "0xE0A080010052")),
        ("DELETE", "volume/name:web02", None, (422, "0xE0A080020001")),
        ("POST", "volume/name:web01/detach", {"host_id": "name:linux01"}, (422, "0xE0A08001000F")),
    ],
)
def test_codes_of_volumes(array: Array, method: str, path: str, body: Any, refusal: tuple[int, str]) -> None:
    array.do("POST", "volume/name:web01/snapshot", {"name": "s1"})
    array.do("POST", "volume/name:web02/attach", {"host_id": "name:linux01"})
    assert code(array.call(method, path, body)) == refusal


def test_codes_of_the_array(array: Array) -> None:
    reply = array.call("POST", "volume/name:app01-data/configure_metro", {"remote_system_id": "name:remote1"})
    assert code(reply) == (400, "0xE0A050010072")
    assert "because the volume is in a volume group." in reply.body["messages"][0]["message_l10n"]
    for method, path in (("POST", "volume"), ("PATCH", "volume/name:web01")):
        body = {"size": 4096, **({"name": "v"} if method == "POST" else {})}
        assert "The minimum supported volume size is 1048576" in array.refused(method, path, body)[1]


@pytest.mark.parametrize("name", ['say "hi"', "back\\slash", "a,b(c)", 'end"', "\\", '\\"'])
def test_quoted_names_in_lists_and_groups(array: Array, name: str) -> None:
    array.do("POST", "volume", {"name": name, "size": GIB})
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert array.names("volume", name=f"in.({quoted},web02)") == sorted([name, "web02"])
    assert array.names("volume", name=f"in.(web02, {quoted})") == sorted([name, "web02"])
    assert array.names("volume", or_=f"(name.eq.{quoted},name.in.({quoted},web02))") == sorted([name, "web02"])
    assert array.names("volume", name=f"eq.{name}") == [name]


def test_unbalanced_quotes_in_a_list_are_refused(array: Array) -> None:
    assert array.refused("GET", "volume", name='in.("web01)')[0] == 400
    assert array.refused("GET", "volume", name='in.("web01\\")')[0] == 400
