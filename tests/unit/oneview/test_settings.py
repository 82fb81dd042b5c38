# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings of the appliance, and destinations of its traps."""

from __future__ import annotations

import types
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import (
    oneview_backup_schedule,
    oneview_snmp_trap,
    oneview_time_locale,
)
from tests.unit.http.servers import Answer
from tests.unit.oneview.scripted import TASK, MakeAppliance, ScriptedAppliance, collection, error_from, refused, task

TAKEN = Answer(202, None, {"Location": TASK})


def bring_about(module: types.ModuleType, one: ScriptedAppliance, dry: bool = False, **desired: t.Any) -> RunResult:
    spec = module.TASK.argument_spec()
    params = {name: option.get("default") for name, option in spec.items()}
    return one.bring_about(lambda client: module.make_handler(client, {**params, **desired}), dry=dry)


class TestTime:
    PATH = "/rest/appliance/configuration/time-locale"
    NOW: t.Any = {
        "type": "TimeAndLocale",
        "locale": "en_US.UTF-8",
        "localeDisplayName": "English",
        "timezone": "UTC",
        "dateTime": "2026-03-14T14:23:13.422Z",
        "ntpServers": ["a", "b"],
        "pollingInterval": "64",
        "eTag": "3",
    }

    def test_converged_whatever_the_time(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(200, self.NOW))
        desired: dict[str, t.Any] = {"locale": "en_US.UTF-8", "ntp_servers": ["b", "a"], "polling_interval": 64}
        assert not bring_about(oneview_time_locale, one, **desired).changed
        assert one.talk == ["GET appliance/configuration/time-locale"]

    def test_a_change_is_posted_without_the_time(self, appliance: MakeAppliance) -> None:
        """Else the clock would be set to when the settings were read."""
        one = appliance(
            Answer(200, self.NOW), TAKEN, task(), Answer(200, {**self.NOW, "ntpServers": [], "timezone": "CET"})
        )
        record = bring_about(oneview_time_locale, one, ntp_servers=[], timezone="CET")
        assert one.talk[1] == "POST appliance/configuration/time-locale"
        assert one.requests[1].headers["if-match"] == "3"
        left_out = ("dateTime", "localeDisplayName")
        kept = {name: value for name, value in self.NOW.items() if name not in left_out}
        assert one.requests[1].body == {**kept, "timezone": "CET", "ntpServers": []}
        assert record.changed and record.warnings == []
        assert record.plan.before == {"timezone": "UTC", "ntp_servers": ["a", "b"]}


class TestSchedule:
    NOW: t.Any = {
        "enabled": True,
        "protocol": "SFTP",
        "remoteServerName": "store",
        "remoteServerDir": None,
        "remoteServerPublicKey": "ssh-rsa AAAA\n",
        "userName": "oneview",
        "scheduleInterval": "WEEKLY",
        "scheduleDays": ["MO", "TH"],
        "scheduleTime": "02:30",
        "eTag": "3",
    }

    def test_converged(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(200, self.NOW))
        desired: dict[str, t.Any] = {
            "days": ["TH", "MO"],
            "directory": "",
            "public_key": "ssh-rsa AAAA",
            "server_password": "Secret-1",
        }
        assert not bring_about(oneview_backup_schedule, one, **desired).changed

    def test_the_password_goes_along_with_a_change(self, appliance: MakeAppliance) -> None:
        after = Answer(200, {**self.NOW, "scheduleTime": "03:00"})
        one = appliance(Answer(200, self.NOW), TAKEN, task(), after)
        record = bring_about(oneview_backup_schedule, one, time="03:00", server_password="Secret-1")
        assert one.talk[1] == "PUT backups/config" and one.requests[1].headers["if-match"] == "3"
        assert one.requests[1].body == {**self.NOW, "scheduleTime": "03:00", "password": "Secret-1"}
        assert "Secret-1" not in str(record.plan.before) + str(record.plan.after) + str(record.plan.sentences())

    def test_or_by_itself_if_told_to(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(200, self.NOW), Answer(200, self.NOW), Answer(200, self.NOW))
        record = bring_about(oneview_backup_schedule, one, server_password="Secret-1", update_password="always")
        assert record.changed and record.warnings == []
        assert one.requests[1].body == {**self.NOW, "password": "Secret-1"}

    @pytest.mark.parametrize("time", ["24:00", "2:30", "0230", "150"])
    def test_times_that_are_none(self, appliance: MakeAppliance, time: str) -> None:
        error = error_from(lambda: bring_about(oneview_backup_schedule, appliance(bare=True), time=time))
        assert "time takes HH:MM" in str(error)

    def test_an_appliance_without(self, appliance: MakeAppliance) -> None:
        error = error_from(lambda: bring_about(oneview_backup_schedule, appliance(refused(404)), enabled=True))
        assert "does not provide /rest/backups/config" in str(error)


def trap(number: int, destination: str, **more: t.Any) -> dict[str, t.Any]:
    uri = f"/rest/appliance/trap-destinations/{number}"
    return {"uri": uri, "destination": destination, "port": 162, "communityString": "public-1", **more}


class TestTraps:
    def test_only_exactly_this_address(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(trap(1, "10.0.0.10"), trap(3, "10.0.0.1")))
        record = bring_about(oneview_snmp_trap, one, destination="10.0.0.1", trap_port=162, community="public-1")
        assert not record.changed and record.resource and record.resource["uri"].endswith("/3")
        assert "public-1" not in str(record.resource)

    def test_a_new_one_gets_a_number_that_is_free(self, appliance: MakeAppliance) -> None:
        there = [trap(1, "10.0.0.10"), trap(3, "a")]
        new = trap(2, "10.0.0.1")
        one = appliance(collection(*there), Answer(204), Answer(201, new), collection(*there, new))
        record = bring_about(oneview_snmp_trap, one, destination="10.0.0.1", community="public-1")
        assert record.changed and record.warnings == []
        assert one.talk[1:3] == ["POST appliance/trap-destinations/validation", "POST appliance/trap-destinations/2"]
        assert one.requests[2].body == {"destination": "10.0.0.1", "communityString": "public-1"}

    def test_what_the_appliance_finds_wrong_with_it(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(), refused(400, "BAD", "It cannot be reached."))
        error = error_from(lambda: bring_about(oneview_snmp_trap, one, destination="x", community="public-1"))
        assert "It cannot be reached." in str(error)
        assert [line for line in one.talk if not line.startswith("GET")] == [
            "POST appliance/trap-destinations/validation"
        ]

    def test_another_port_is_another_destination(self, appliance: MakeAppliance) -> None:
        new = trap(2, "a", port=10162)
        one = appliance(collection(trap(1, "a")), Answer(204), Answer(201, new), collection(trap(1, "a"), new))
        record = bring_about(oneview_snmp_trap, one, destination="a", trap_port=10162, community="public-1")
        assert one.talk[1:3] == ["POST appliance/trap-destinations/validation", "POST appliance/trap-destinations/2"]
        assert one.requests[2].body == {"destination": "a", "port": 10162, "communityString": "public-1"}
        assert record.changed and record.warnings == [] and record.resource and record.resource["port"] == 10162

    def test_another_port_needs_a_community(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(trap(1, "a"), trap(2, "b", port=163)))
        error = error_from(lambda: bring_about(oneview_snmp_trap, one, destination="A", trap_port=163))
        assert "no trap destination A with port 163" in str(error) and "only with port 162" in str(error)
        assert "give community" in str(error) and one.talk == ["GET appliance/trap-destinations"]

    def test_a_change_keeps_all_else(self, appliance: MakeAppliance) -> None:
        there = trap(1, "a", port=10162, eTag="7", more="kept")
        after = {**there, "communityString": "other-22"}
        one = appliance(collection(there), Answer(200, after), collection(after))
        record = bring_about(oneview_snmp_trap, one, destination="A", trap_port=10162, community="other-22")
        assert one.talk[1] == "PUT appliance/trap-destinations/1" and one.requests[1].headers["if-match"] == "7"
        assert one.requests[1].body == after and record.warnings == []

    def test_another_community(self, appliance: MakeAppliance) -> None:
        after = trap(1, "a", communityString="other-22")
        one = appliance(collection(trap(1, "a")), Answer(200, after), collection(after))
        record = bring_about(oneview_snmp_trap, one, destination="a", community="other-22")
        assert record.changed and record.warnings == []
        assert one.requests[1].body == after
        told = str(record.plan.before) + str(record.plan.after) + str(record.resource)
        assert "other-22" not in told and "public-1" not in told

    @pytest.mark.parametrize("told", [None, "", "******"])
    def test_a_community_that_is_not_told_is_no_difference(self, appliance: MakeAppliance, told: str | None) -> None:
        one = appliance(collection(trap(1, "a", communityString=told)))
        assert not bring_about(oneview_snmp_trap, one, destination="a", community="other-22").changed

    def test_a_removal(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(trap(1, "a"), trap(2, "ab")), Answer(204), collection(trap(2, "ab")))
        assert bring_about(oneview_snmp_trap, one, destination="a", state="absent").changed
        assert one.talk[1] == "DELETE appliance/trap-destinations/1"

    def test_another_port_is_not_removed(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(trap(1, "a")))
        desired: dict[str, t.Any] = {"destination": "a", "state": "absent"}
        assert not bring_about(oneview_snmp_trap, one, trap_port=163, **desired).changed
        both = collection(trap(1, "a"), trap(2, "a", port=163))
        one = appliance(both, Answer(204), collection(trap(1, "a")))
        assert bring_about(oneview_snmp_trap, one, trap_port=163, **desired).changed
        assert one.talk[1] == "DELETE appliance/trap-destinations/2"
        error = error_from(lambda: bring_about(oneview_snmp_trap, appliance(both), **desired))
        assert error.hint == "Give one of them as trap_port."

    def test_one_address_with_several_ports(self, appliance: MakeAppliance) -> None:
        there = collection(trap(1, "a"), trap(2, "a", port=163))
        record = bring_about(oneview_snmp_trap, appliance(there), destination="a", trap_port=163)
        assert record.resource and record.resource["uri"].endswith("/2")
        error = error_from(lambda: bring_about(oneview_snmp_trap, appliance(there), destination="a"))
        assert "with ports 162, 163" in str(error)

    @pytest.mark.parametrize(
        "desired, words",
        [
            ({"destination": ""}, "destination is empty"),
            ({"community": ""}, "community is empty"),
            ({"trap_port": 70000}, "trap_port must be"),
        ],
    )
    def test_what_cannot_be(self, appliance: MakeAppliance, desired: dict[str, t.Any], words: str) -> None:
        desired = {"destination": "a", **desired}
        assert words in str(error_from(lambda: bring_about(oneview_snmp_trap, appliance(bare=True), **desired)))
