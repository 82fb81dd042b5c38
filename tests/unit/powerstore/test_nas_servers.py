# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NAS servers and what belongs to them: what their tables cannot say, against an emulated array in this process."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.directories import LdapHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.interfaces import (
    InterfaceHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.routes import RouteHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.server import NasServerHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.services import ServiceHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources import nas_servers
from jobwise_emulator.powerstore.platform import PowerStore
from tests.unit.powerstore.in_process import array_of, client_of

NAS, DR = "5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001", "5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de002"
SERVERS: list[Json] = [
    {"id": NAS, "name": "nas01"},
    {"id": DR, "name": "dr01", "is_production_mode_enabled": False, "is_replication_destination": True},
]
INTERFACES: list[Json] = [
    {"nas_server_id": NAS, "ip_address": "192.0.2.21", "prefix_length": 24},
    {"nas_server_id": DR, "ip_address": "192.0.2.31", "prefix_length": 24},
]
DNSES: list[Json] = [{"nas_server_id": DR, "domain": "example.com", "ip_addresses": ["192.0.2.53"]}]
HANDLERS: dict[str, tuple[t.Any, t.Any]] = {
    "nas_server": (NasServerHandler, nas_servers.NAS_SERVER),
    "file_interface": (InterfaceHandler, nas_servers.FILE_INTERFACE),
    "file_dns": (ServiceHandler, nas_servers.FILE_DNS),
    "file_interface_route": (RouteHandler, nas_servers.FILE_INTERFACE_ROUTE),
    "file_ldap": (LdapHandler, nas_servers.FILE_LDAP),
}


def array(**more: list[Json]) -> PowerStore:
    return array_of({"nas_server": SERVERS, "file_interface": INTERFACES, "file_dns": DNSES, **more})


def planned(of: PowerStore, type_: str, **options: t.Any) -> Plan:
    """Return the plan of a task, checked as before its first write."""
    make, table = HANDLERS[type_]
    client, dummy = client_of(of)
    handler = make(client, table, {**table.no_options(), **options})
    current = handler.read()
    plan: Plan = handler.plan(current, NEW_RUN)
    handler.preflight(current, plan)
    return plan


def body_of(plan: Plan) -> Json | None:
    """Return the body of the only request, None if there is none."""
    assert len(plan.requests) < 2
    return plan.requests[0].body if plan.requests else None


def test_an_interface_moves_to_another_address_once() -> None:
    moves = {"nas_server": "nas01", "new_ip_address": "2001:DB8:0::21", "prefix_length": 64}
    plan = planned(array(), "file_interface", ip_address="192.0.2.21", **moves)
    assert body_of(plan) == {"ip_address": "2001:db8::21", "prefix_length": 64}
    assert plan.sentences() == ["move file interface 192.0.2.21 to 2001:db8::21, change prefix_length"]
    moved = array(file_interface=[{"nas_server_id": NAS, "ip_address": "2001:db8::21", "prefix_length": 64}])
    assert body_of(planned(moved, "file_interface", ip_address="192.0.2.21", **moves)) is None


def test_an_address_is_the_same_in_every_notation() -> None:
    here = array(file_interface=[{"nas_server_id": NAS, "ip_address": "2001:db8::21", "prefix_length": 64}])
    options = {"nas_server": "nas01", "prefix_length": 64}
    assert body_of(planned(here, "file_interface", ip_address="2001:0DB8::0:21", **options)) is None


@pytest.mark.parametrize("type_, key", [("file_dns", {}), ("file_interface", {"ip_address": "192.0.2.31"})])
def test_the_destination_of_a_replication_is_configured_by_its_source(type_: str, key: Json) -> None:
    options = {"nas_server": "dr01", **key}
    own = {"ip_addresses": ["192.0.2.99"]} if type_ == "file_dns" else {"vlan_id": 7}
    other = {"transport": "TCP"} if type_ == "file_dns" else {"is_disabled": True}
    with pytest.raises(InputError, match="dr01 is the destination of a replication") as refused:
        planned(array(), type_, **options, **own)
    assert "is_destination_override_enabled: true lets" in str(refused.value.hint)
    overrides = {"is_destination_override_enabled": True}
    assert body_of(planned(array(), type_, **options, **own, **overrides)) is not None
    for change in ({**other, **overrides}, other, {"state": "absent"}):
        with pytest.raises(InputError, match="whose source configures it") as refused:
            planned(array(), type_, **options, **change)
        assert "Change it at the source" in str(refused.value.hint)


PREFERRED: list[Json] = [
    {**INTERFACES[0], "id": "i4"},
    {**INTERFACES[0], "id": "i6", "ip_address": "2001:db8::21", "prefix_length": 64},
    {**INTERFACES[0], "id": "b4", "ip_address": "192.0.2.22", "role": "Backup"},
    {**INTERFACES[1], "id": "d4"},
]


@pytest.mark.parametrize(
    "options, body",
    [
        ({"production_ipv4_interface": "192.0.2.21"}, {"production_IPv4_interface_id": "i4"}),
        ({"production_ipv6_interface": "2001:DB8:0::21"}, {"production_IPv6_interface_id": "i6"}),
        ({"backup_ipv4_interface": "id:b4"}, {"backup_IPv4_interface_id": "b4"}),
    ],
)
def test_a_preferred_interface_is_named_by_address(options: Json, body: Json) -> None:
    here = array(file_interface=PREFERRED)
    assert body_of(planned(here, "nas_server", name="nas01", **options)) == body
    here.world.find("nas_server", NAS).update(body)
    assert body_of(planned(here, "nas_server", name="nas01", **options)) is None


@pytest.mark.parametrize(
    "options, says, hint",
    [
        (
            {"production_ipv4_interface": "192.0.2.31"},
            "192.0.2.31 is an interface of NAS server dr01",
            "of NAS server nas01",
        ),
        (
            {"production_ipv4_interface": "192.0.2.22"},
            "IPv4 interface with role: Backup",
            "IPv4 interface with role: Prod",
        ),
        (
            {"production_ipv4_interface": "2001:db8::21"},
            "IPv6 interface with role: Production",
            "Give an IPv4 interface",
        ),
        ({"backup_ipv4_interface": "192.0.2.99"}, "the array has no file interface 192.0.2.99", ""),
    ],
)
def test_a_preferred_interface_is_one_of_the_server(options: Json, says: str, hint: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        planned(array(file_interface=PREFERRED), "nas_server", name="nas01", **options)
    assert hint in str(refused.value.hint)
    if "nas01" in hint:  # a new server has no interfaces
        with pytest.raises(InputError, match=says):
            planned(array(file_interface=PREFERRED), "nas_server", name="new", **options)


def test_a_server_with_file_systems_is_not_deleted() -> None:
    here = array(file_system=[{"name": "homes", "nas_server_id": NAS, "size_total": 3 * 1024**3}])
    with pytest.raises(InputError, match="nas01 has 1 file system .homes."):
        planned(here, "nas_server", name="nas01", state="absent")
    assert [step.action for step in planned(here, "nas_server", name="dr01", state="absent").requests] == ["delete"]


def test_a_server_in_a_domain_is_deleted_with_a_word_on_its_accounts() -> None:
    here = array(smb_server=[{"nas_server_id": NAS, "is_standalone": False, "is_joined": True}])
    options = {"name": "nas01", "state": "absent"}
    with pytest.raises(InputError, match="joined to a domain"):
        planned(here, "nas_server", **options)
    assert body_of(planned(here, "nas_server", **options, is_skip_domain_unjoin=True)) == {
        "is_skip_domain_unjoin": True
    }
    login = {"domain_user_name": "admin", "domain_password": "secret"}
    assert body_of(planned(here, "nas_server", **options, **login)) == login


def test_a_policy_without_a_replication_rule_protects_no_server() -> None:
    rule: Json = {"id": "5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de009", "name": "daily", "interval": "One_Day"}
    policy: Json = {"name": "gold", "type": "Protection", "snapshot_rule_ids": [rule["id"]]}
    here = array(snapshot_rule=[{**rule, "desired_retention": 24}], policy=[policy])
    with pytest.raises(InputError, match="gold has no replication rule"):
        planned(here, "nas_server", name="nas01", protection_policy="gold")


def test_files_are_uploaded_if_their_content_differs() -> None:
    here = array()
    files = {"passwd": "homes:x:1:1::/:/bin/false", "hosts": "192.0.2.9 dc1"}
    here.world.find("nas_server", NAS)["@file/passwd"] = b"homes:x:1:1::/:/bin/false\n"
    plan = planned(here, "nas_server", name="nas01", **files)
    assert plan.sentences() == ["upload hosts to NAS server nas01"]
    assert plan.before["passwd"] == plan.after["passwd"]
    assert all(str(sums["hosts"]).startswith("sha256:") for sums in (plan.before, plan.after))
    assert "dc1" not in repr(plan)
    new = planned(here, "nas_server", name="nas03", **files)
    assert new.sentences() == [
        "create NAS server nas03",
        "upload passwd to NAS server nas03",
        "upload hosts to NAS server nas03",
    ]


INTERFACE, ROUTE = "5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de101", {"destination": "198.51.100.0", "prefix_length": 24}


def routed(*routes: Json) -> PowerStore:
    """Return an array with these routes of one interface."""
    interfaces = [
        {"id": INTERFACE, "nas_server_id": NAS, "ip_address": "192.0.2.21", "prefix_length": 24},
        {"nas_server_id": NAS, "ip_address": "2001:db8::21", "prefix_length": 64},
    ]
    return array(
        file_interface=interfaces, file_interface_route=[{"file_interface_id": INTERFACE, **one} for one in routes]
    )


def route(of: PowerStore, **options: t.Any) -> Plan:
    return planned(of, "file_interface_route", **{"file_interface": "192.0.2.21", **ROUTE, **options})


@pytest.mark.parametrize("interface", ["192.0.2.21", " 192.0.2.21 ", INTERFACE, "name:192.0.2.21"])
def test_a_route_names_its_interface_by_address_or_id(interface: str) -> None:
    body = {**ROUTE, "file_interface_id": INTERFACE, "gateway": "192.0.2.1"}
    assert body_of(route(routed(), file_interface=interface, gateway="192.0.2.1")) == body
    there = routed({**ROUTE, "gateway": "192.0.2.1"})
    assert body_of(route(there, file_interface=interface, gateway="192.0.2.1")) is None


def test_a_change_of_a_route_repeats_its_destination() -> None:
    """Every change must contain it (file_interface_route_modify, required)."""
    there = routed({**ROUTE, "gateway": "192.0.2.1"})
    assert body_of(route(there, gateway="192.0.2.2")) == {**ROUTE, "gateway": "192.0.2.2"}
    assert body_of(route(there, gateway="")) == {**ROUTE, "gateway": ""}
    assert [step.action for step in route(there, state="absent").requests] == ["delete"]


@pytest.mark.parametrize(
    "options, says",
    [
        ({"file_interface": "192.0.2.22"}, "the array has no file interface 192.0.2.22. Did you mean 192.0.2.21"),
        ({"file_interface": "PROD001_x"}, "Interfaces are named by their IP address, or by id, not 'PROD001_x'"),
        ({"destination": "198.51.100.7"}, "198.51.100.7 with prefix_length 24 is neither a host nor a network"),
        ({"prefix_length": 33}, "prefix_length 33 is too long: an IPv4 address has 32 bits"),
        ({"gateway": "2001:db8::1"}, "gateway 2001:db8::1 is no IPv4 address, as destination is"),
        (
            {"gateway": "192.0.3.1"},
            "gateway 192.0.3.1 is not in the network of file_interface 192.0.2.21, 192.0.2.0/24",
        ),
        ({"file_interface": "2001:db8::21"}, "198.51.100.0 cannot be reached through file_interface 2001:db8::21"),
    ],
)
def test_a_route_fits_its_interface(options: Json, says: str) -> None:
    for here in (routed(), routed({**ROUTE, "gateway": "192.0.2.1"})):
        with pytest.raises(InputError, match=says):
            route(here, **options)
