# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of volumes, policies and settings."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import PASSWORD, Array

MIB = 1024**2


def test_volume_life(array: Array) -> None:
    body = {
        "name": "vol",
        "size": 16 * MIB,
        "volume_group_id": "name:app01",
        "qos_performance_policy_id": "name:bronze-qos",
    }
    array.do("POST", "volume", {**body, "app_type": "Other", "app_type_other": "mine"})
    found = array.get("volume/name:vol", select="*,volume_groups(name)")
    assert (found["type"], found["state"], found["appliance_id"], found["size"]) == ("Primary", "Ready", "A1", 16 * MIB)
    assert found["volume_groups"] == [{"name": "app01"}]
    assert found["wwn"].startswith("naa.")
    assert found["app_type_other"] == "mine"
    array.do("PATCH", "volume/name:vol", {"size": 32 * MIB, "name": "vol2", "app_type": "Relational_Databases_Oracle"})
    found = array.get("volume/name:vol2", select="size,app_type_other")
    assert found == {"size": 32 * MIB, "app_type_other": None}
    assert "member of volume group app01" in array.refused("DELETE", "volume/name:vol2")[1]
    array.do("POST", "volume_group/name:app01/remove_members", {"volume_ids": ["name:vol2"]})
    array.do("DELETE", "volume/name:vol2")
    assert array.call("GET", "volume/name:vol2").status == 404


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ({"name": "v"}, 400, "missing required"),
        ({"name": "v", "size": 1}, 422, "The minimum supported volume size is 1048576"),
        ({"name": "v", "size": MIB + 1}, 400, "multiple of 8192"),
        ({"name": "v", "size": 2**49}, 400, "greater than the required maximum"),
        ({"name": "v", "size": "1g"}, 400, "Instance type (string)"),
        ({"name": "v", "size": True}, 400, "Instance type (boolean)"),
        ({"name": "WEB01", "size": MIB}, 422, "exists already"),
        ({"name": "v", "size": MIB, "appliance_id": "A9"}, 404, "A9 was not found"),
        ({"name": "v", "size": MIB, "volume_group_id": "name:app01-nightly"}, 422, "primary or clone"),
        ({"name": "v", "size": MIB, "app_type": "Nonsense"}, 400, "not found in enum"),
        ({"name": "v", "size": MIB, "app_type_other": "x"}, 400, "ends in Other"),
        ({"name": "v", "size": MIB, "sector_size": 600}, 400, "512 or 4096"),
        ({"name": "v", "size": MIB, "host_id": "a", "host_group_id": "b"}, 400, "Only one"),
        ({"name": "v", "size": MIB, "logical_unit_number": -1}, 400, "minimum"),
    ],
)
def test_volume_create_refuses(array: Array, body: Json, status: int, text: str) -> None:
    found = array.refused("POST", "volume", body)
    assert found[0] == status
    assert text in found[1]


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("web01", {"size": MIB}, 400),
        ("web01", {"name": "web02"}, 422),
        ("web01", {"is_secure": True}, 422),
        ("web01", {"expiration_timestamp": "2030-01-01T00:00:00Z"}, 422),
        ("web01", {"is_replication_destination": True}, 422),
        ("web01", {"protection_policy_id": ""}, 204),
        ("web01", {"qos_performance_policy_id": ""}, 204),
        ("web01", {"protection_policy_id": None}, 204),
        ("app01-nightly.app01-log", {"size": 2**40}, 422),
        ("app01-nightly.app01-log", {"expiration_timestamp": "2030-01-01T00:00:00Z"}, 204),
    ],
)
def test_volume_modify(array: Array, name: str, body: Json, status: int) -> None:
    assert array.call("PATCH", f"volume/name:{name}", body).status == status


def test_volume_snapshots_and_clones(array: Array) -> None:
    path = "volume/name:web01"
    snapshot = array.do("POST", f"{path}/snapshot", {"name": "s1"})["id"]
    assert array.refused("POST", f"{path}/snapshot", {"name": "S1"})[0] == 400
    array.do("POST", "volume/name:web02/snapshot", {"name": "s1"})
    found = array.get(
        "volume/name:s1", **{"type": "eq.Snapshot", "protection_data->>source_id": f"eq.{array.key('volume', 'web01')}"}
    )
    assert found == {"id": snapshot}
    assert array.call("POST", f"{path}/snapshot").status == 200, "without a body the array names it"
    clone = array.do("POST", f"{path}/clone", {"name": "c1"})["id"]
    assert "not an immediate snapshot" in array.refused("POST", f"{path}/restore", {"from_snap_id": clone})[1]
    assert array.do("POST", f"{path}/restore", {"from_snap_id": snapshot})["backup_snapshot_id"]
    body = {"from_object_id": "name:c1", "create_backup_snap": False}
    assert array.call("POST", f"{path}/refresh", body).status == 204
    array.do("DELETE", path)
    family = array.get("volume/name:c1", select="protection_data")["protection_data"]["family_id"]
    assert array.names("volume", **{"protection_data->>family_id": f"eq.{family}"}) == ["c1"]


def test_secure_snapshots_and_metro_volumes_stay(array: Array) -> None:
    secure = {"name": "locked", "expiration_timestamp": "2030-01-01T00:00:00Z", "is_secure": True}
    array.do("POST", "volume/name:web01/snapshot", secure)
    for name in ("locked", "web01"):
        assert "secure" in array.refused("DELETE", f"volume/name:{name}")[1]
    array.platform.change({"type": "volume", "name": "web02", "set": {"metro_replication_session_id": "M1"}})
    assert "metro" in array.refused("DELETE", "volume/name:web02")[1]


def test_volume_with_a_snapshot_in_a_set_stays(array: Array) -> None:
    array.do("POST", "volume_group/name:app01/remove_members", {"volume_ids": ["name:app01-log"]})
    assert "snapshot set app01-nightly" in array.refused("DELETE", "volume/name:app01-log")[1]


def test_mapping(array: Array) -> None:
    array.platform.change({"type": "host", "create": {"id": "H1", "name": "esx1"}})
    path = "volume/name:web01"
    assert array.refused("POST", f"{path}/attach", {})[0] == 400
    array.do("POST", f"{path}/attach", {"host_id": "name:esx1", "logical_unit_number": 7})
    assert array.refused("POST", f"{path}/attach", {"host_id": "H1"})[0] == 422
    mapping = array.get("host/name:esx1", select="mapped_hosts(logical_unit_number,volume(name))")["mapped_hosts"]
    assert mapping == [{"logical_unit_number": 7, "volume": {"name": "web01"}}]
    assert "mapped" in array.refused("DELETE", path)[1]
    array.do("POST", f"{path}/detach", {"host_id": "H1"})
    reply = array.call("POST", f"{path}/detach", {"host_id": "H1"})
    assert (reply.status, reply.body["messages"][0]["code"]) == (422, "0xE0A08001000F")


def policy_rules(array: Array, name: str) -> list[str]:
    found = array.get(f"policy/name:{name}", select="snapshot_rules(name)")["snapshot_rules"]
    return sorted(rule["name"] for rule in found)


def test_policy_life(array: Array) -> None:
    array.do("POST", "policy", {"name": "p", "snapshot_rule_ids": ["name:hourly"]})
    array.do("POST", "policy", {"name": "q", "io_limit_rule_id": "name:bronze-limit"})
    assert array.get("policy/name:p", select="type,managed_by") == {"type": "Protection", "managed_by": "User"}
    assert array.get("policy/name:q", select="type") == {"type": "QoS"}
    array.do(
        "PATCH", "policy/name:p", {"add_snapshot_rule_ids": ["name:daily"], "remove_snapshot_rule_ids": ["name:hourly"]}
    )
    assert policy_rules(array, "p") == ["daily"]
    array.do("PATCH", "policy/name:p", {"snapshot_rule_ids": ["name:hourly", "name:daily"]})
    assert policy_rules(array, "p") == ["daily", "hourly"]
    array.do("POST", "policy/name:p/clone", {"name": "copy"})
    assert policy_rules(array, "copy") == ["copy.daily", "copy.hourly"]
    array.do("PATCH", "volume_group/name:app01", {"protection_policy_id": "name:p"})
    assert "assigned to volume_group app01" in array.refused("DELETE", "policy/name:p")[1]
    array.do("PATCH", "volume_group/name:app01", {"protection_policy_id": None})
    array.do("DELETE", "policy/name:p")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "policy", {"name": "p"}, 400),
        (
            "POST",
            "policy",
            {"name": "p", "snapshot_rule_ids": ["name:hourly"], "io_limit_rule_id": "name:bronze-limit"},
            400,
        ),
        ("POST", "policy", {"name": "GOLD", "snapshot_rule_ids": ["name:hourly"]}, 400),
        ("POST", "policy", {"name": "p", "snapshot_rule_ids": ["name:nope"]}, 404),
        (
            "PATCH",
            "policy/name:gold",
            {"snapshot_rule_ids": ["name:daily"], "add_snapshot_rule_ids": ["name:hourly"]},
            400,
        ),
        ("PATCH", "policy/name:gold", {"add_snapshot_rule_ids": ["name:daily"]}, 422),
        ("PATCH", "policy/name:silver", {"remove_snapshot_rule_ids": ["name:hourly"]}, 422),
        ("PATCH", "policy/name:silver", {"remove_snapshot_rule_ids": ["name:daily"]}, 422),
        ("PATCH", "policy/name:silver", {"io_limit_rule_id": "name:bronze-limit"}, 422),
        ("PATCH", "policy/name:bronze-qos", {"add_snapshot_rule_ids": ["name:daily"]}, 422),
        ("PATCH", "policy/default_high", {"name": "x"}, 422),
        ("POST", "policy", {"name": "p", "io_limit_rule_id": "name:nope"}, 404),
        ("POST", "policy", {"name": "p", "io_limit_rule_id": "nope"}, 404),
        ("PATCH", "policy/name:silver", {"name": "Gold"}, 400),
        ("DELETE", "policy/name:gold", None, 422),
        ("DELETE", "policy/name:silver", {"force": True}, 400),
        ("POST", "policy/name:bronze-qos/clone", {"name": "c"}, 422),
    ],
)
def test_policy_refuses(array: Array, method: str, path: str, body: Json | None, status: int) -> None:
    assert array.refused(method, path, body)[0] == status


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("security_config/1", {"idle_timeout": 600}, 422),
        ("security_config/1", {"idle_timeout": 1200, "is_stig_enabled": True}, 204),
        ("security_config/1", {"idle_timeout": 601, "is_stig_enabled": True}, 422),
        ("cluster/0", {"name": "renamed"}, 204),
        ("cluster/0", {"physical_mtu": 1}, 400),
        ("recycle_bin_config/0", {"expiration_duration": 31}, 400),
        ("security_config/1", {"is_stig_enabled": False}, 204),
        ("local_user/1", {"is_locked": True}, 422),
        ("local_user/2", {"role_id": "99"}, 404),
        ("local_user/2", {"role_id": "2"}, 204),
        ("local_user/2", {"password": "weakweak"}, 422),
    ],
)
def test_settings(array: Array, path: str, body: Json, status: int) -> None:
    assert array.call("PATCH", path, body).status == status


def test_stig_mode_stays(array: Array) -> None:
    array.do("PATCH", "security_config/1", {"is_stig_enabled": True})
    assert "cannot be disabled" in array.refused("PATCH", "security_config/1", {"is_stig_enabled": False})[1]


def test_policies_can_be_renamed_and_limited_anew_while_unused(array: Array) -> None:
    array.platform.change({"type": "io_limit_rule", "create": {"name": "other", "type": "Absolute"}})
    array.do("PATCH", "policy/name:bronze-qos", {"name": "iron-qos", "io_limit_rule_id": "name:other"})
    assert array.get("policy/name:iron-qos", select="io_limit_rule(name)") == {"io_limit_rule": {"name": "other"}}
    array.do("PATCH", "volume/name:web01", {"qos_performance_policy_id": "name:iron-qos"})
    assert array.refused("PATCH", "policy/name:iron-qos", {"io_limit_rule_id": "name:bronze-limit"})[0] == 422


def test_policies_of_others_are_cloned_by_force_only(array: Array) -> None:
    array.platform.change({"type": "policy", "name": "gold", "set": {"managed_by": "Replication"}})
    assert array.refused("POST", "policy/name:gold/clone", {"name": "c"})[0] == 422
    array.do("POST", "policy/name:gold/clone", {"name": "c", "force": True})
    assert array.get("policy/name:c", select="managed_by") == {"managed_by": "User"}


def test_the_default_user_is_left_alone(array: Array) -> None:
    array.do("PATCH", "local_user/2", {"role_id": "1"})
    array.login("operator")
    assert "default admin" in array.refused("PATCH", "local_user/1", {"is_mfa_bypass": True})[1]
    assert array.refused("PATCH", "local_user/1", {"password": "Another123!"})[0] == 422


def test_nobody_changes_the_own_role() -> None:
    users = [{"name": "sec", "id": "9", "password": PASSWORD, "role": "Security Administrator"}]
    array = Array(user="sec", seed={"users": users})
    for body in ({"role_id": "1"}, {"is_locked": True}):
        assert "your own role" in array.refused("PATCH", "local_user/9", body)[1]


def test_stig_mode_shortens_sessions(array: Array) -> None:
    array.do("PATCH", "security_config/1", {"is_stig_enabled": True})
    assert array.get("login_session", select="idle_timeout") == [{"idle_timeout": 600}]
    array.clock.advance(601)
    assert array.call("GET", "volume").status == 401


def test_actions_without_rules_say_so(array: Array) -> None:
    status, text = array.refused("POST", "network/NW1/scale", {"add_port_ids": ["IP_PORT1"]})
    assert (status, "no rules" in text) == (422, True)
    assert array.refused("POST", "network/NW1/scale", {"colour": "red"})[0] == 400, "the schema is checked all the same"
    assert array.refused("POST", "network/NW99/scale", {"add_port_ids": ["IP_PORT1"]})[0] == 404


def test_the_system_describes_itself(array: Array) -> None:
    roles = {role["id"]: role["name"] for role in array.get("role", select="id,name")}
    assert roles == {
        "1": "Administrator",
        "2": "Storage Administrator",
        "3": "Operator",
        "4": "VM Administrator",
        "5": "Security Administrator",
    }
    software = array.get("software_installed", select="release_version,is_cluster,appliance(id)", is_cluster="eq.True")
    assert software == [{"release_version": "4.0.0.0", "is_cluster": True, "appliance": None}]
    assert array.get("cluster", select="id,name")[0]["id"] == "0"
    later = Array(api_version="4.1")
    assert later.get("software_installed", select="release_version")[0]["release_version"] == "4.1.0.0"
    assert later.get("ntp_server", select="address") == [{"address": "192.0.2.123"}]
    assert array.call("GET", "ntp_server").status == 404
