# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of any type by the general tool: what it finds, compares, writes and refuses."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.asked import shown
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.offered import writable_types
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.general.table import settable, table_of
from ansible_collections.jobwise.appliance.plugins.modules.powerstore_resource import TASK
from tests.unit.powerstore.in_process import Played

SWITCH: dict[str, t.Any] = {
    "type": "physical_switch",
    "name": "leaf01",
    "desired": {
        "purpose": "Management_Only",
        "connections": [
            {"address": "192.0.2.71", "connect_method": "SSH", "port": 22, "ssh_password": "Sup3r!secret1"}
        ],
    },
}


@pytest.fixture
def array() -> Played:
    return Played()


def done(result: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return a result that is no failure."""
    assert not result.get("failed"), result["msg"]
    return result


def play(array: Played, **options: t.Any) -> dict[str, t.Any]:
    """Play a task in check mode, for real and again. It must do what check mode showed, and nothing the second time."""
    checked = done(array.play(TASK, check=True, **options))
    ran = done(array.play(TASK, **options))
    assert (checked["plan"], checked["diff"]) == (ran["plan"], ran["diff"])
    before = len(array.transport.talk)
    again = done(array.play(TASK, **options))
    assert not again["changed"] and again["plan"] == []
    assert len(array.transport.talk) - before == 1, array.transport.talk[before:]
    return ran


def refused(array: Played, **options: t.Any) -> str:
    """Return what is said of a task that cannot be, in check mode and in the run alike."""
    checked, ran = array.play(TASK, check=True, **options), array.play(TASK, **options)
    assert ran["failed"] and checked["msg"] == ran["msg"]
    assert ran["error"]["kind"] == "input" and not ran["changed"]
    return str(ran["msg"])


@pytest.mark.parametrize("type_", writable_types())
def test_every_type_has_a_table(type_: str) -> None:
    """Whatever a request of a type takes is an option of its table, or goes into a request with others."""
    found = table_of(type_, ("name",) if "name" in settable(type_) else ())
    known = {*(one.option for one in found.attributes), *(one.option for one in found.parameters), found.key}
    known |= {f"{verb}_{list_.option}" for list_ in found.lists for verb in ("add", "remove")}
    assert set(settable(type_)) <= known


def test_a_switch_comes_changes_and_goes(array: Played) -> None:
    made = play(array, **SWITCH)
    assert made["plan"] == ["create physical switch leaf01"]
    assert "Sup3r!secret1" not in str(made)
    assert play(
        array, type="physical_switch", name="leaf01", desired={"name": "leaf02", "purpose": "Data_and_Management"}
    )["plan"] == ["rename physical switch leaf01 to leaf02, change purpose"]
    assert play(array, type="physical_switch", name="leaf02", state="absent")["diff"]["after"] == {}


def test_secrets_are_written_again_only_if_asked(array: Played) -> None:
    play(array, **SWITCH)
    for dummy in range(2):
        again = done(array.play(TASK, **SWITCH, update_secrets="always"))
        assert again["changed"]
    assert again["diff"]["after"]["connections"][0]["ssh_password"] == "(secret, set again)"
    assert "warnings" not in again


@pytest.mark.parametrize(
    "options",
    [
        {
            "type": "email_notify_destination",
            "identity": {"email_address": "ops@example.com"},
            "desired": {"notify_info": True},
        },
        {
            "type": "remote_syslog_server",
            "identity": {"remote_server_address": "192.0.2.9", "port": 514, "protocol_type": "UDP"},
        },
        {"type": "smtp_config", "desired": {"address": "mail.example.com", "port": 587}},
        {
            "type": "host",
            "name": "db01",
            "desired": {
                "os_type": "Linux",
                "initiators": [{"port_name": "iqn.2026-01.com.example:db01", "port_type": "iSCSI"}],
            },
        },
        {
            "type": "maintenance_window",
            "identity": {"appliance_id": "A1"},
            "desired": {"is_enabled": True, "end_offset": 3600},
        },
        {"type": "cluster", "desired": {"name": "Kista-2"}},
        {"type": "chap_config", "desired": {"mode": "Single"}},
        {"type": "alert", "id": "AL1", "desired": {"is_acknowledged": True}},
        {"type": "service_user", "desired": {}},
        {
            "type": "hardware",
            "identity": {"name": "BaseEnclosure", "type": "Base_Enclosure"},
            "desired": {"is_marked": True},
        },
        {"type": "volume", "name": "web01", "desired": {"description": "by its name", "protection_policy_id": "gold"}},
        {"type": "kmip_config", "desired": {"add_servers": ["kms.example.com"]}},
        {"type": "nas_server", "name": "nas9", "desired": {"description": "first"}},
    ],
    ids=lambda options: options["type"],
)
def test_what_identifies_objects(array: Played, options: dict[str, t.Any]) -> None:
    play(array, **options)


@pytest.mark.parametrize(
    "options, says",
    [
        ({"type": "volumes"}, "PowerStore has no resource type 'volumes'. Did you mean volume"),
        ({"type": "role"}, "No request creates, changes or deletes objects of type role. powerstore_info reads them."),
        ({"type": "import_unity"}, "powerstore_action calls its actions: discover."),
        ({"type": "snmp_server"}, "Give name, id or identity of the snmp server."),
        ({"type": "snmp_server", "name": "x"}, "Objects of type snmp_server have no name."),
        (
            {"type": "volume", "name": "new", "desired": {"sise": 1}},
            "volume has no sise that desired can give. Did you mean size",
        ),
        (
            {"type": "volume", "name": "new", "desired": {"size": "many"}},
            "desired.size takes a whole number, not 'many'.",
        ),
        ({"type": "volume", "name": "new", "desired": {"size": 1}}, "desired.size must be at least 1048576"),
        ({"type": "volume", "name": "new", "desired": {"app_type": "oltp"}}, "desired.app_type cannot be 'oltp'."),
        ({"type": "volume", "name": "new", "desired": {"wwn": "x"}}, "desired.wwn of volume can only be read."),
        ({"type": "volume", "name": "new", "desired": {"description": "x"}}, "to create it, give size, too"),
        (
            {"type": "volume", "name": "web01", "desired": {"size": 9 << 30, "sector_size": True}},
            "takes a whole number, not true",
        ),
        (
            {"type": "volume", "name": "web01", "desired": {"protection_policy_id": "nosuch"}},
            "protection_policy_id: the array has no",
        ),
        ({"type": "volume", "name": "a", "id": "b"}, "Give either id, or name and identity."),
        ({"type": "volume", "id": "0" * 32}, "There is no volume with id"),
        ({"type": "fc_port", "name": "x"}, "There is no FC port x."),
        ({"type": "fc_port"}, "The array has 4 objects of type fc_port. Give name, id or identity"),
        ({"type": "dns", "state": "absent"}, "No request deletes objects of type dns"),
        ({"type": "bond", "name": "b", "desired": {}}, "a new one cannot have a given name: the array chooses it."),
        ({"type": "software_package", "name": "x"}, "a package is uploaded as a file"),
        ({"type": "service_user", "desired": {"password": "short"}}, "at least 8 are needed."),
        (
            {"type": "kmip_config", "desired": {"servers": [], "add_servers": []}},
            "Give only one of servers and add_servers.",
        ),
        ({"type": "host", "name": "x", "desired": {"state": "absent"}}, "state is an option of the task"),
        (
            {"type": "host", "name": "x", "desired": {"initiators": "iqn"}},
            "desired.initiators takes a list, not 'iqn'.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be(array: Played, options: dict[str, t.Any], says: str) -> None:
    assert says in refused(array, **options)


def test_a_secret_is_in_no_message_and_no_option(array: Played) -> None:
    options: dict[str, t.Any] = {"type": "service_user", "desired": {"password": "short7"}}
    assert "short7" not in refused(array, **options)
    assert shown(options)["desired"] == {"password": "(secret)"}
    assert shown({"type": "nosuch", "desired": {"api_token": "t0k"}})["desired"] == {"api_token": "(secret)"}


def test_what_cannot_be_read_goes_along_or_is_written_if_asked(array: Played) -> None:
    given: dict[str, t.Any] = {"type": "maintenance_window", "desired": {"end_offset": 7200}}
    assert "cannot be read, so it was not compared" in str(done(array.play(TASK, **given))["warnings"])
    play(array, type="maintenance_window", desired={"is_enabled": True, "end_offset": 3600})
    asked = done(array.play(TASK, **given, update_secrets="always"))
    assert asked["plan"] == ["change end_offset of maintenance window"]
    assert asked["diff"]["before"]["end_offset"] == "(never shown)" and asked["diff"]["after"]["end_offset"] == 7200


def test_each_change_contains_what_the_array_demands(array: Played) -> None:
    """The array wants is_acknowledged in each change of an alert, also if it stays."""
    options: dict[str, t.Any] = {"type": "alert", "id": "AL1", "desired": {"acknowledged_severity": "Minor"}}
    assert done(array.play(TASK, **options, update_secrets="always"))["changed"]


class TestNewerArrays:
    """Attributes and values that the facts lack."""

    def test_strict_names_the_way_out(self, array: Played) -> None:
        said = refused(array, type="volume", name="web01", desired={"tier_of_tomorrow": "x"})
        assert "strict: false" in said

    def test_what_the_array_shows_is_compared(self, array: Played) -> None:
        """The emulated array knows attributes of its release that a task may only read by the facts."""
        result = array.play(TASK, type="volume", name="web01", desired={"state": "Ready"}, strict=False)
        assert "state is an option of the task" in result["msg"]
        same = done(
            array.play(TASK, type="volume", name="web01", desired={"wwn": None, "type": "Primary"}, strict=False)
        )
        assert not same["changed"]
        other = array.play(TASK, check=True, type="volume", name="web01", desired={"type": "Clone"}, strict=False)
        assert other["changed"] and other["diff"]["after"]["type"] == "Clone"

    def test_what_the_array_does_not_show_goes_along(self, array: Played) -> None:
        options: dict[str, t.Any] = {
            "type": "volume",
            "name": "web01",
            "desired": {"tier_of_tomorrow": "x"},
            "strict": False,
        }
        result = done(array.play(TASK, **options))
        assert not result["changed"] and "tier_of_tomorrow of volume web01 cannot be read" in str(result["warnings"])

    def test_an_unknown_value_is_let_through(self, array: Played) -> None:
        given: dict[str, t.Any] = {"type": "volume", "name": "web01", "desired": {"app_type": "Of_Tomorrow"}}
        assert "cannot be 'Of_Tomorrow'" in refused(array, **given)
        assert done(array.play(TASK, check=True, **given, strict=False))["changed"]
