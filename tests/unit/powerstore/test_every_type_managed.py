# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every type that requests can write to is created, changed and removed once by the general tools.

The modules of a type have tests of their own. The bodies of creates are those with which the emulator is tested.
"""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._http.answers import Response
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.offered import (
    NAMELESS,
    NOT_CREATED,
    actions_of,
    has_actions,
    is_created,
    writable_types,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.table import readable
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import TYPES, facts_of
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, perform
from ansible_collections.jobwise.appliance.plugins.modules import powerstore_action, powerstore_resource
from tests.unit.emulator.powerstore.array import Array
from tests.unit.emulator.powerstore.bodies_of_types import Bodies
from tests.unit.powerstore.in_process import InProcess, TaskCaller, client_of

Json = t.Dict[str, t.Any]

ELSEWHERE = {
    "file_import_session": "needs a NAS server of another array: tests of its module",
    "import_session": "needs a source that can be imported: tests of its module",
    "x509_certificate": "needs a certificate and its key: tests of its module",
    "storage_container_destination": "needs a remote PowerStore: tests of its module",
}
"""Types whose objects need more than a body."""

NAMES = ("appliance",)
"""Types whose names a create request may have and need not."""

IDENTITY: dict[str, tuple[str, ...]] = {
    "bond": ("description",),
    "email_notify_destination": ("email_address",),
    "file_import_interface": ("ip_address",),
    "file_system": ("nas_server_id",),
    "file_user_quota": ("file_system_id", "uid"),
    "nfs_export": ("file_system_id",),
    "ntp_server": ("address",),
    "remote_system": ("management_address",),
    "remote_syslog_server": ("remote_server_address",),
    "smb_share": ("file_system_id",),
    "snmp_server": ("ip_address",),
    "vcenter": ("address",),
}
"""The attributes that identify a new object, beside its name; else those that no request changes."""

EXTRA: dict[str, Json] = {
    "bond": {
        "description": "storage",
        "port_ids": ["BaseEnclosure-NodeB-FEPort2", "BaseEnclosure-NodeB-FEPort3"],
    },
    "datacollection": {"description": "before the upgrade"},
    "nfs_export": {"path": "/{file_system}"},
    "file_tree_quota": {"path": "/projects"},
}
"""Attributes of a new object beside those that its request needs."""

CHANGES: dict[str, Json] = {
    "alert": {"is_acknowledged": True},
    "appliance": {"name": "appliance-9"},
    "cert_role_mapping": {"is_locked": True},
    "chap_config": {"mode": "Single"},
    "cluster": {"name": "cluster-9"},
    "discovered_appliance": {"mode": "Block"},
    "dns": {"addresses": ["192.0.2.99"]},
    "email_notify_destination": {"notify_critical": False},
    "eth_port": {"requested_speed": "10_Gbps"},
    "fc_port": {"requested_speed": "16_Gbps"},
    "file_dhsm_config": {"user_name": "changed"},
    "file_dns": {"ip_addresses": ["192.0.2.98"]},
    "file_events_pool": {"file_events_publisher_servers": ["192.0.2.99"]},
    "file_events_publisher": {"deny_access_when_all_servers_offline": True},
    "file_ftp": {"is_allowed_groups": False},
    "file_import_interface": {"prefix_length": 2},
    "file_interface": {"vlan_id": 7},
    "file_interface_route": {"destination": "192.0.2.99"},
    "file_io_limit_rule": {"max_bw": 2},
    "file_kerberos": {"port_number": 2},
    "file_ldap": {"is_destination_override_enabled": True},
    "file_ndmp": {"user_name": "changed"},
    "file_nis": {"ip_addresses": ["192.0.2.98"]},
    "file_tree_quota": {"description": "changed"},
    "file_user_quota": {"hard_limit": 1 << 20},
    "file_virus_checker": {"is_destination_override_enabled": True},
    "hardware": {"is_marked": True},
    "import_universal_consistency_group": {"name": "changed"},
    "import_universal_volume": {"name": "changed"},
    "io_limit_rule": {"burst_percentage": 1},
    "ip_port": {"add_current_usages": ["External_Replication"]},
    "kmip_config": {"port": 1},
    "ldap_account": {"role_id": "Operator"},
    "ldap_domain": {"is_global_catalog": True},
    "local_user": {"is_locked": True},
    "login_banner": {"banner_text": "changed"},
    "maintenance_window": {"is_enabled": True, "end_offset": 3600},
    "mfa_cacpiv": {"is_enabled": True},
    "mfa_securid": {"is_enabled": False},
    "network": {"mtu": 1281},
    "nfs_server": {"is_extended_credentials_enabled": True},
    "ntp": {"addresses": ["192.0.2.99"]},
    "ntp_server": {"address": "192.0.2.98"},
    "physical_switch": {"purpose": "Management_Only"},
    "recycle_bin_config": {"expiration_duration": 1},
    "remote_support": {"is_cloudiq_enabled": True},
    "remote_syslog_server": {"port": 6514},
    "remote_support_contact": {"email": "ops@example.com"},
    "replication_rule": {"alert_threshold": 1},
    "replication_session": {"role": "Metro_Preferred"},
    "security_config": {"is_http_redirect_enabled": True},
    "service_config": {"is_ssh_enabled": True},
    "service_user": {"password": "Password456!"},
    "smtp_config": {"port": 1},
    "snapshot_rule": {"is_secure": True},
    "snmp_server": {"port": 49151},
    "storage_container": {"quota": 1 << 40},
    "vcenter": {"is_verify_server_cert": False},
    "virtual_machine": {"protection_policy_id": "gold"},
}
"""A change of each type; of all others, the description changes."""

SEEDS: dict[str, Json] = {
    "discovered_appliance": {"service_tag": "FNTNX42", "mode": "Unified"},
    "replication_group": {"name": "group", "description": "first"},
    "replication_session": {"type": "Metro_Active_Active", "role": "Metro_Non_Preferred", "state": "OK"},
    "software_package": {"name": "PowerStoreT-4.1"},
    "virtual_machine": {"name": "erp01", "type": "Virtual_Machine"},
    "virtual_volume": {"name": "erp01.vmdk", "type": "Primary"},
}
"""Objects of types of which a new array has none, and that no request creates."""


class Running(InProcess):
    """Time passes with each request, so that jobs end."""

    def exchange(self, *request: t.Any) -> Response:
        self.array.clock.advance(1.5)
        return super().exchange(*request)


class Player:
    """Plays tasks on an array."""

    def __init__(self, kind: str) -> None:
        self.array = Array(api_version="4.1")
        self.client, dummy = client_of(self.array.platform)
        self.client._transport = Running(self.client.endpoint, self.array.platform)
        world = self.array.platform.world
        if kind in SEEDS:
            world.store.add(kind, world.new(kind, **SEEDS[kind]))
        if kind == "recycle_bin":
            self.play(
                powerstore_resource.TASK, type="volume", name="web04", state="absent", desired={"immediate": False}
            )

    def play(self, task: Task, **options: t.Any) -> Json:
        """Return the result of a task that succeeds."""
        given = {**{name: option.get("default") for name, option in task.spec.items()}, **options}
        result = perform(task, TaskCaller(given), self.client)
        assert not result.get("failed"), (options, result["msg"])
        return result

    def twice(self, **options: t.Any) -> None:
        """Play a task that changes something, and nothing if it is played again."""
        result = self.play(powerstore_resource.TASK, **options)
        assert result["changed"] and result["plan"], options
        again = self.play(powerstore_resource.TASK, **{**options, "update_secrets": "on_create"})
        assert not again["changed"], (options, again["plan"], again["diff"])


def of_new_object(kind: str, bodies: Bodies) -> Json:
    """Return the options of a task that creates an object."""
    body = {**bodies.create(kind), **EXTRA.get(kind, {})}
    if kind == "nfs_export":
        body["path"] = f"/{bodies.array.platform.world.find('file_system', body['file_system_id'])['name']}"
    options: Json = {"type": kind}
    known = readable(kind)
    if "name" in known and ("name" in body or kind in NAMES):
        options["name"] = body.pop("name", "new")
        keys: t.Sequence[str] = IDENTITY.get(kind, ())
    else:
        fixed = [name for name in body if name in known and not facts_of(kind).attributes[name].update]
        keys = IDENTITY.get(kind, fixed) if kind not in NAMELESS else ()
    if keys:
        options["identity"] = {name: body.pop(name) for name in keys}
    return {**options, "desired": body}


CREATED = [name for name in writable_types() if is_created(facts_of(name)) and name not in ELSEWHERE]
OTHERS = [name for name in writable_types() if name not in CREATED and name not in ELSEWHERE]
ONLY_ACTIONS = [name for name in TYPES if has_actions(name) and name not in writable_types() and actions_of(name)]


@pytest.mark.parametrize("kind", CREATED)
def test_objects_come_change_and_go(kind: str) -> None:
    player = Player(kind)
    options = of_new_object(kind, Bodies(player.array))
    player.twice(**options)
    found = {name: value for name, value in options.items() if name != "desired"}
    verbs = facts_of(kind).verbs
    if "modify" in verbs and kind != "migration_recommendation":
        change = CHANGES.get(kind, {"description": "changed"})
        player.twice(**found, desired=change)
        found = {**found, **({"name": change["name"]} if "name" in change else {})}
        if "identity" in found:
            found["identity"] = {name: change.get(name, value) for name, value in found["identity"].items()}
    if kind in NAMELESS:
        found["id"] = player.client.rows(kind, {"select": "id"})[0]["id"]
    if "delete" in verbs:
        player.twice(**found, state="absent")


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_there_changes_or_goes(kind: str) -> None:
    player = Player(kind)
    verbs = facts_of(kind).verbs
    key = {"id": player.client.rows(kind, {"select": "id"})[0]["id"]}
    if "modify" in verbs:
        again = {"update_secrets": "always"} if kind == "service_user" else {}
        player.twice(type=kind, **key, desired=CHANGES.get(kind, {"description": "changed"}), **again)
    if "delete" in verbs:
        player.twice(type=kind, **key, state="absent")
    assert verbs & {"modify", "delete"} or kind in NOT_CREATED


@pytest.mark.parametrize("kind", ONLY_ACTIONS)
def test_types_with_nothing_but_actions(kind: str) -> None:
    player, action = Player(kind), next(iter(actions_of(kind)))
    options: Json = {"type": kind, "action": action}
    if action in facts_of(kind).actions:
        rows = player.client.rows(kind, {"select": "id"})
        if not rows:
            world = player.array.platform.world
            system = player.client.rows("remote_system", {"select": "id"})[0]["id"]  # an array has its id
            rows = [world.new(kind, name="source", id=system)]
            world.store.add(kind, rows[0])
        options["id"] = rows[0]["id"]
    result = player.play(powerstore_action.TASK, **options)
    assert result["changed"] and [job["state"] for job in result["jobs"]] == ["done"]


def test_every_type_is_in_a_test() -> None:
    """Together with the types that only have actions, and metrics, these are the 104."""
    assert len({*CREATED, *OTHERS, *ELSEWHERE, *ONLY_ACTIONS, "metrics"}) == 104
    assert [name for name in CREATED if name in OTHERS] == []
