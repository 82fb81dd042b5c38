# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Two of each kind whose names differ in case only: the exact spelling is meant, and nothing if there is no such."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.oneview.test_preflight import given, task_of, writes

Result = dict[str, t.Any]
NAMES = ("Gone", "GONE")


def plant(emulator: Emulator, category: str, **facts: t.Any) -> dict[str, str]:
    """Make both, and return their URIs by name. facts: with NAME where the name belongs."""
    return {name: emulator.change(category, create=filled(facts, name))["id"] for name in NAMES}


def filled(value: t.Any, name: str) -> t.Any:
    """Return a value with the name for NAME."""
    if isinstance(value, dict):
        return {key: filled(one, name) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, name) for one in value]
    return name if value == "NAME" else value


BY_NAME = {"name": "NAME"}
POOL = "name:storage-pools/CPG_FC"
TYPE = "name:server-hardware-types/DL360 Gen10 1"
OWN = [
    ("ethernet_network", "ethernet-networks", {"name": "NAME", "vlanId": 5}, {"name": "NAME"}),
    ("fc_network", "fc-networks", BY_NAME, {"name": "NAME"}),
    ("network_set", "network-sets", {"name": "NAME", "networkUris": []}, {"name": "NAME"}),
    ("server_profile", "server-profiles", {"name": "NAME", "serverHardwareTypeUri": TYPE}, {"name": "NAME"}),
    ("scope", "scopes", BY_NAME, {"name": "NAME"}),
    ("volume", "storage-volumes", {"name": "NAME", "storagePoolUri": POOL}, {"name": "NAME"}),
    ("user", "users", {"userName": "NAME"}, {"name": "NAME"}),
    (
        "snmp_trap",
        "appliance/trap-destinations",
        {"destination": "NAME", "communityString": "c"},
        {"destination": "NAME"},
    ),
]


@pytest.mark.parametrize("module, category, facts, options", OWN, ids=[one[0] for one in OWN])
def test_the_object_of_a_task(emulator: Emulator, module: str, category: str, facts: Result, options: Result) -> None:
    uris = plant(emulator, category, **facts)
    run, task = Runner(emulator), task_of(module)
    refused = run(task, check=True, **filled(options, "gone"), state="absent")
    assert refused["error"]["kind"] == "input" and all(uri in refused["msg"] for uri in uris.values())
    assert writes(emulator) == []
    done = run(task, **filled(options, "GONE"), state="absent")
    assert done.get("msg") is None and done["changed"] and "GONE" in done["plan"][0]
    left = run(task_of("info"), type=category)["resources"]
    assert uris["Gone"] in [one["uri"] for one in left] and uris["GONE"] not in [one["uri"] for one in left]


def test_servers_and_storage_systems(emulator: Emulator) -> None:
    run = Runner(emulator)
    servers = plant(emulator, "server-hardware", name="NAME")
    power: Result = {"state": "powered_on", "check": True}
    assert run(task_of("server_power"), name="GONE", **power)["resource"]["uri"] == servers["GONE"]
    refused = run(task_of("server_power"), name="gone", **power)
    assert refused["error"]["kind"] == "input" and all(uri in refused["msg"] for uri in servers.values())
    array = {
        "username": "u",
        "password": "p",
        "family": "StoreServ",
        "serial": "1",
        "domains": ["D"],
        "pools": {"P": 2**40},
    }
    emulator.change("settings", set={"arrays": dict.fromkeys(NAMES, array)})
    systems = plant(emulator, "storage-systems", hostname="NAME", managedPools=["P"])
    found = run(task_of("storage_system"), hostname="GONE", check=True)
    assert found["resource"]["uri"] == systems["GONE"]
    refused = run(task_of("storage_system"), hostname="gone", check=True)
    assert refused["error"]["kind"] == "input" and all(uri in refused["msg"] for uri in systems.values())
    volume: Result = {"name": "erp", "size": "1 GiB", "storage_pool": "P"}
    for name in NAMES:
        made = run(task_of("volume"), **{**volume, "name": f"on {systems[name]}"}, storage_system=name)
        pool = run(task_of("info"), type="storage-pools", ids=[made["resource"]["storagePoolUri"]])["resources"][0]
        assert pool["storageSystemUri"] == systems[name]
    refused = run(task_of("volume"), **volume, storage_system="gone")
    assert refused["error"]["kind"] == "input" and all(uri in refused["msg"] for uri in systems.values())
    refused = run(task_of("volume"), **volume)
    assert "2 have it" in refused["msg"] and "Give storage_system, too" in refused["msg"]


LAN = {"name": "NAME", "vlanId": 5}
PLAIN = {"name": "NAME", "serverHardwareTypeUri": TYPE}
PORT = "0:1:1"
REFERENCES = [
    ("network_set", "ethernet-networks", LAN, {"name": "new", "networks": ["NAME"]}, "networks"),
    (
        "network_set",
        "ethernet-networks",
        LAN,
        {"name": "new", "networks": ["NAME", "mgmt"], "native_network": "NAME"},
        "native_network",
    ),
    ("server_profile", "server-profile-templates", PLAIN, {"name": "new", "template": "NAME"}, "template"),
    ("server_profile", "server-hardware", PLAIN, {"name": "new", "server_hardware": "NAME"}, "server_hardware"),
    (
        "server_profile",
        "server-hardware-types",
        BY_NAME,
        {"name": "new", "server_hardware_type": "NAME"},
        "server_hardware_type",
    ),
    (
        "server_profile",
        "enclosure-groups",
        BY_NAME,
        {"name": "new", "template": "rack", "enclosure_group": "NAME"},
        "enclosure_group",
    ),
    ("scope", "ethernet-networks", LAN, {"name": "new", "resources": ["ethernet-networks/NAME"]}, "resources"),
    (
        "volume",
        "storage-volume-templates",
        BY_NAME,
        {"name": "new", "size": "1 GiB", "template": "NAME", "storage_pool": "CPG_FC"},
        "template",
    ),
    ("user", "scopes", BY_NAME, {"name": "operator", "roles": [{"role": "Read only", "scope": "NAME"}]}, "roles"),
    (
        "storage_system",
        "fc-networks",
        BY_NAME,
        {"hostname": "array01.example.com", "ports": [{"name": PORT, "expected_network": "NAME"}]},
        "ports",
    ),
    *(
        (
            "server_profile",
            category,
            LAN
            if category == "ethernet-networks"
            else {"name": "NAME", **({"vlanId": 5} if "fcoe" in category else {})},
            {
                "name": "new",
                "template": "rack",
                "connections": [{"name": "c", "network": "NAME", "function_type": function}],
            },
            "connections",
        )
        for category, function in (
            ("ethernet-networks", "Ethernet"),
            ("network-sets", "Ethernet"),
            ("fc-networks", "FibreChannel"),
            ("fcoe-networks", "FibreChannel"),
        )
    ),
]


def inner(options: Result, name: str) -> Result:
    """Return options with the name, which may be a part of a text."""
    if isinstance(options, dict):
        return {key: t.cast(t.Any, inner(one, name)) for key, one in options.items()}
    if isinstance(options, list):
        return t.cast(t.Any, [inner(one, name) for one in options])
    return t.cast(t.Any, options.replace("NAME", name) if isinstance(options, str) else options)


@pytest.mark.parametrize(
    "module, category, facts, options, option", REFERENCES, ids=[f"{one[0]} {one[4]} {one[1]}" for one in REFERENCES]
)
def test_what_a_task_refers_to(
    emulator: Emulator, module: str, category: str, facts: Result, options: Result, option: str
) -> None:
    uris = plant(emulator, category, **facts)
    run, task = Runner(emulator), task_of(module)
    refused = run(task, **given(inner(options, "gone")))
    assert refused["error"]["kind"] == "input" and f"{option}: no " in refused["msg"]
    assert all(uri in refused["msg"] for uri in uris.values()) and writes(emulator) == []
    done = run(task, **given(inner(options, "GONE")))
    assert done.get("msg") is None and done["changed"]
    sent = str(emulator.requests()["requests"])
    assert f"'{uris['GONE']}'" in sent.replace('"', "'") and f"'{uris['Gone']}'" not in sent.replace('"', "'")


def test_a_renaming_in_the_spelling_only(emulator: Emulator) -> None:
    run, task = Runner(emulator), task_of("ethernet_network")
    assert run(task, name="mgmt", new_name="MGMT")["resource"]["name"] == "MGMT"
    assert not run(task, name="mgmt", new_name="MGMT")["changed"]


def test_a_renaming_while_both_exist(emulator: Emulator) -> None:
    """Neither is touched, and nobody says that all is as it should be."""
    for pair in (("mgmt", "vmotion"), NAMES):
        if pair is NAMES:
            plant(emulator, "ethernet-networks", name="NAME", vlanId=5)
        result = Runner(emulator)(task_of("ethernet_network"), name=pair[0], new_name=pair[1])
        assert result["error"]["kind"] == "input" and not result["changed"]
        text = f"Cannot rename Ethernet network {pair[0]} to {pair[1]}: another Ethernet network has this name."
        assert result["msg"].startswith(text)
    assert writes(emulator) == []


def test_asked_for_by_name(emulator: Emulator) -> None:
    """All of them where none is spelled like that, since nothing is changed."""
    uris = plant(emulator, "ethernet-networks", name="NAME", vlanId=5)

    def found(*names: str) -> list[str]:
        return [
            one["uri"] for one in Runner(emulator)(task_of("info"), type="ethernet-networks", names=names)["resources"]
        ]

    assert found("GONE") == [uris["GONE"]] and found("Gone", "mgmt")[1:] == [uris["Gone"]]
    assert sorted(found("gone")) == sorted(uris.values())
