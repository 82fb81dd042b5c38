# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the appliance would refuse is refused before anything is written, in check mode and in the run alike."""

from __future__ import annotations

import importlib
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

Result = dict[str, t.Any]
Change = tuple[str, dict[str, t.Any]]

ON = "With power_off: true, this module powers the server off."
SECOND: Change = ("ethernet-networks", {"create": {"name": "spare", "vlanId": 9}})
BAY_2_ON: Change = ("server-hardware", {"name": "encl1, bay 2", "set": {"powerState": "On"}})
UNMANAGED: Change = ("storage-pools", {"name": "CPG_FC", "set": {"isManaged": False}})
WEEKLY: Change = (
    "backups/config",
    {"set": {"scheduleInterval": "WEEKLY", "scheduleDays": ["MO"], "scheduleTime": "02:00"}},
)
NOWHERE = "/rest/ethernet-networks/no-such"
SYSTEM = {"hostname": "array02.example.com", "storage_username": "ops", "storage_password": "Secret-123"}
SCHEDULE = {"enabled": True, "interval": "WEEKLY", "protocol": "SFTP"}


def row(module: str, message: str, *changes: Change, **options: t.Any) -> t.Any:
    """One task, and what is said of it; changes: what others have made of the appliance before."""
    return pytest.param(module, options, message, changes, id=f"{module} {message[:50]}")


ROWS = [
    # networks
    row(
        "ethernet_network",
        "Ethernet network n2 does not exist; to create it, give vlan_id, 1 to 4094, too. "
        "For a network without a VLAN, give another ethernet_network_type.",
        name="n2",
    ),
    row(
        "ethernet_network",
        "typical_bandwidth takes Mb/s, more than 0, not 0. vlan_id takes 1 to 4094, not 5000.",
        name="n2",
        vlan_id=5000,
        typical_bandwidth=0,
    ),
    row(
        "ethernet_network",
        "vlan_id: a network of type Tunnel has no VLAN. Leave vlan_id out.",
        name="n2",
        vlan_id=5,
        ethernet_network_type="Tunnel",
    ),
    row(
        "ethernet_network",
        "typical_bandwidth 12000 is more than maximum_bandwidth 10000; Ethernet network mgmt has this "
        "maximum_bandwidth. "
        "Give maximum_bandwidth, too.",
        name="mgmt",
        typical_bandwidth=12000,
    ),
    row(
        "ethernet_network",
        "Ethernet network n2 does not exist; to create it, give vlan_id, 1 to 4094, too. For a network without a "
        "VLAN, give another ethernet_network_type. typical_bandwidth 2500 is more than maximum_bandwidth 2000; new "
        "networks get this typical_bandwidth. Give typical_bandwidth, too.",
        name="n2",
        maximum_bandwidth=2000,
    ),
    row("ethernet_network", "The name '  ' is blank. Give a name that can be read.", name="  ", vlan_id=9),
    row("fc_network", "link_stability_time takes 1 to 1800 seconds, not 0.", name="san-a", link_stability_time=0),
    row(
        "network_set",
        "native_network: mgmt would not be in the network set production. Give it in networks, too.",
        name="production",
        native_network="mgmt",
    ),
    row(
        "network_set",
        "networks: the appliance has no prod-1O1 among its ethernet networks. Did you mean prod-101 or prod-103 or "
        "prod-102? native_network: the appliance has no nowhere among its ethernet networks. Known: mgmt, prod-101, "
        "prod-102, prod-103, vmotion. Give names or URIs. Nothing was written.",
        name="new",
        networks=["prod-1O1", "prod-102"],
        native_network="nowhere",
    ),
    row("network_set", f"networks: the appliance has no {NOWHERE}.", name="production", networks=[NOWHERE]),
    row(
        "network_set",
        "networks takes ethernet networks, not /rest/fc-networks/1.",
        name="production",
        networks=["/rest/fc-networks/1"],
    ),
    # server profiles
    row(
        "server_profile",
        "Server profile web-05 does not exist; to create it, give server_hardware, server_hardware_type or template, "
        "too.",
        name="web-05",
    ),
    row(
        "server_profile",
        "server_hardware: encl1, bay 1 already has the server profile web-01. Give another server, or remove "
        f"it from that profile first. The profile cannot be assigned while encl1, bay 1 is on. {ON}",
        name="web-05",
        server_hardware="encl1, bay 1",
    ),
    row(
        "server_profile",
        f"The profile cannot be assigned while encl1, bay 2 is on. {ON}",
        BAY_2_ON,
        name="web-05",
        template="web",
        server_hardware="encl1, bay 2",
    ),
    row(
        "server_profile",
        f"The profile cannot be changed in boot_order while encl1, bay 1 is on. {ON}",
        name="web-01",
        boot_order=["CD"],
    ),
    row(
        "server_profile",
        f"The profile cannot be changed in server_hardware while encl1, bay 1 is on. {ON}",
        name="web-01",
        server_hardware="",
    ),
    row(
        "server_profile", f"The profile cannot be deleted while encl1, bay 1 is on. {ON}", name="web-01", state="absent"
    ),
    row(
        "server_profile",
        "The power of server encl1, bay 1 is locked. Another operation is using it. Try again later.",
        ("server-hardware", {"name": "encl1, bay 1", "set": {"powerLock": True}}),
        name="web-01",
        state="absent",
        power_off=True,
    ),
    row(
        "server_profile",
        "server_hardware: encl1, bay 2 is only monitored and cannot have a profile.",
        ("server-hardware", {"name": "encl1, bay 2", "set": {"state": "Monitored"}}),
        name="web-05",
        server_hardware="encl1, bay 2",
    ),
    row(
        "server_profile",
        "server_hardware_type: encl1, bay 2 is not of type DL360 Gen10 1. "
        "Leave server_hardware_type out to use the server's type.",
        name="web-05",
        server_hardware="encl1, bay 2",
        server_hardware_type="DL360 Gen10 1",
    ),
    row(
        "server_profile",
        "template: the appliance has no wbe among its server profile templates. Did you mean web? server_hardware: "
        "the appliance has no encl9, bay 9 among its server hardware. Did you mean encl1, bay 4 or encl1, bay 3 or "
        "encl1, bay 2? connections: the appliance has no lan among its ethernet networks and network sets. "
        "Known: mgmt, prod-101, prod-102, prod-103, production, vmotion. "
        "A connection with function_type FibreChannel takes a storage network, any other an Ethernet network or a set. "
        "Give names or URIs. Nothing was written.",
        name="web-05",
        template="wbe",
        server_hardware="encl9, bay 9",
        connections=[{"name": "lan", "network": "lan"}],
    ),
    row(
        "server_profile",
        "connections: each needs an id or a name, so that later runs can find it. connections: requested_mbps of lan "
        "takes Mb/s or Auto, not 'fast'. boot_order lists a device twice: CD, CD. pxe_boot_policy applies only in a "
        "UEFI mode, but boot_mode is BIOS.",
        name="web-05",
        connections=[{}, {"name": "lan", "requested_mbps": "fast"}],
        boot_order=["CD", "CD"],
        boot_mode="BIOS",
        pxe_boot_policy="Auto",
    ),
    row(
        "server_profile",
        "connections: the function_type of mgmt cannot change from Ethernet to FibreChannel. "
        "Give it to a connection with another name or id.",
        name="web-01",
        connections=[{"name": "mgmt", "function_type": "FibreChannel"}, {"id": 2}, {"id": 3}],
    ),
    row(
        "server_power",
        "The appliance has no server encl1, bay 9 (did you mean encl1, bay 4 or encl1, bay 3 or encl1, bay 2?). "
        "Give the server's name in OneView.",
        name="encl1, bay 9",
        state="powered_on",
    ),
    row(
        "server_power",
        "The power of server encl1, bay 2 is locked. Another operation is using it. Try again later.",
        ("server-hardware", {"name": "encl1, bay 2", "set": {"powerLock": True}}),
        name="encl1, bay 2",
        state="powered_on",
    ),
    # scopes
    row(
        "scope",
        "resources: the appliance has no prod-11 among its ethernet networks. Did you mean prod-101 or prod-103 or "
        "prod-102? Give resources by URI, or by type and name. "
        f"resources: the appliance has no {NOWHERE}. Nothing was written.",
        name="new",
        resources=["ethernet-networks/prod-11", NOWHERE],
    ),
    # storage
    row(
        "volume",
        "Volume erp does not exist; to create it, give size and storage_pool or template, too.",
        name="erp",
    ),
    row(
        "volume",
        "The storage pool CPG_FC is not managed. Let oneview_storage_system manage it first.",
        UNMANAGED,
        name="erp",
        size="1 GiB",
        storage_pool="CPG_FC",
    ),
    row(
        "volume",
        "storage_pool: the appliance has no CPG-FC among its storage pools. Did you mean CPG_FC? "
        "Give names or URIs. Nothing was written.",
        name="erp",
        size="1 GiB",
        storage_pool="CPG-FC",
    ),
    row(
        "volume",
        "keep_on_array: true has an effect only with state: absent.",
        name="erp",
        size="1 GiB",
        storage_pool="CPG_FC",
        keep_on_array=True,
    ),
    row(
        "storage_system",
        "managed_pools: pools are managed within a domain; give managed_domain, too.",
        managed_pools=["CPG_FC"],
        **SYSTEM,
    ),
    row(
        "storage_system",
        "managed_domain: the domain of array01.example.com cannot change from TestDomain to other. "
        "managed_pools: array01.example.com has no pool CPG_F (did you mean CPG_FC or CPG_SSD?). "
        "ports: array01.example.com has no port 9:9:9. Known: 0:1:1, 0:1:2, 1:1:1, 1:1:2.",
        hostname="array01.example.com",
        managed_domain="other",
        managed_pools=["CPG_F"],
        ports=[{"name": "9:9:9"}],
    ),
    # users
    row(
        "user",
        "name takes 1 to 39 letters, digits, - and _, with a letter first, not '9x'. user_password does not meet the "
        "appliance's rules: it takes 8 to 40 characters, not 2, and none of <>;,\"'&\\/|+:= and no blank.",
        name="9x",
        user_password="a;",
    ),
    row(
        "user",
        "roles: the appliance has no Produktion among its scopes. Did you mean Production? "
        "Give names or URIs. Nothing was written.",
        name="operator",
        roles=[{"role": "Read only", "scope": "Produktion"}],
    ),
    row(
        "user",
        "User admin cannot change their own roles. User admin cannot disable their own account. "
        "Log in as another administrator.",
        name="admin",
        enabled=False,
        roles=[{"role": "Read only", "scope": None}],
    ),
    # settings
    row(
        "snmp_trap",
        "trap_port must be between 1 and 65535, not 0. "
        "destination takes a name or an address without scheme, port or path, not 'udp://x'.",
        destination="udp://x",
        trap_port=0,
        community="public-1",
    ),
    row(
        "snmp_trap",
        "Trap destination traps.example.com does not exist; to create it, give community, too.",
        destination="traps.example.com",
    ),
    row(
        "time_locale",
        "locale: the appliance has no en_GB.UTF-8 (did you mean en_US.UTF-8 or zh_CN.UTF-8 or ja_JP.UTF-8?).",
        locale="en_GB.UTF-8",
    ),
    row(
        "time_locale",
        "polling_interval must be at least 1, not 0. ntp_servers has an empty entry: give names or addresses.",
        polling_interval=0,
        ntp_servers=[" "],
    ),
    row(
        "backup_schedule",
        "With enabled: true, the appliance also needs server, public_key, server_username. With interval: WEEKLY, the "
        "appliance also needs time. With interval: WEEKLY, the appliance also needs days.",
        **SCHEDULE,
    ),
    row(
        "backup_schedule",
        "time takes HH:MM with 24 hours, such as '02:30', not '2:30'. "
        "days applies only with interval: WEEKLY, but interval is DAILY.",
        interval="DAILY",
        time="2:30",
        days=["MO"],
    ),
    row(
        "backup_schedule",
        "days applies only with interval: WEEKLY, but interval is NONE.",
        days=["MO"],
    ),
    # certificates
    row(
        "certificate",
        "Give one of certificate, certificate_path and remote_host. remote_port must be between 1 and 65535, not 0. "
        "sha256 takes the 64 hexadecimal digits of a thumbprint, with or without colons.",
        alias="x",
        remote_port=0,
        sha256="ab",
    ),
]


def task_of(module: str) -> Task:
    """Return the task of a module."""
    path = f"ansible_collections.jobwise.appliance.plugins.modules.oneview_{module}"
    return t.cast(Task, importlib.import_module(path).TASK)


def writes(emulator: Emulator) -> list[str]:
    asked = emulator.requests()["requests"]
    return [one["path"] for one in asked if one["method"] != "GET" and not one["path"].endswith("login-sessions")]


def given(options: Result) -> Result:
    """Return the options as Ansible fills them in, those of connections included."""
    connections = options.get("connections")
    names = task_of("server_profile").argument_spec()["connections"]["options"]
    filled = {"connections": [{**dict.fromkeys(names), **one} for one in connections]} if connections else {}
    return {**options, **filled}


@pytest.mark.parametrize("check", [True, False], ids=["check", "run"])
@pytest.mark.parametrize("module, options, message, changes", ROWS)
def test_refused(
    emulator: Emulator, module: str, options: Result, message: str, changes: tuple[Change, ...], check: bool
) -> None:
    for category, change in changes:
        emulator.change(category, **change)
    result = Runner(emulator)(task_of(module), check=check, **given(options))
    assert result.get("msg") == message
    assert (result["error"]["kind"], result["changed"]) == ("input", False)
    assert writes(emulator) == [] and not emulator.sessions()["open"]
