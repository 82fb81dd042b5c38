# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server profiles: from templates, on servers, with connections and a boot order, and who is powered off when."""

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import oneview_server_profile as module
from tests.unit.http.servers import Answer
from tests.unit.oneview.scripted import (
    TASK,
    MakeAppliance,
    ScriptedAppliance,
    collection,
    error_from,
    options_of,
    task,
)

URI = "/rest/server-profiles/p1"
SERVER, OTHER, TEMPLATE = "/rest/server-hardware/h1", "/rest/server-hardware/h2", "/rest/server-profile-templates/t1"
BLUE, FABRIC = "/rest/ethernet-networks/b", "/rest/fc-networks/f"
TAKEN = Answer(202, None, {"Location": TASK})
DONE = task(associatedResource={"resourceUri": URI})
CONNECTIONS: list[t.Any] = [
    {
        "id": 1,
        "name": "lan",
        "networkUri": BLUE,
        "requestedMbps": "2500",
        "mac": "66:0B",
        "boot": {"priority": "Primary", "x": 1},
    },
    {"id": 2, "name": "san", "networkUri": FABRIC, "functionType": "FibreChannel", "wwpn": "50:01"},
]


def profile(**changes: t.Any) -> dict[str, t.Any]:
    known = {
        "uri": URI,
        "name": "web",
        "eTag": "v1",
        "description": "",
        "serverHardwareUri": SERVER,
        "serverHardwareTypeUri": "/rest/server-hardware-types/y1",
        "enclosureUri": "/rest/enclosures/e1",
        "enclosureBay": 2,
        "serverProfileTemplateUri": TEMPLATE,
        "boot": {"manageBoot": True, "order": ["PXE", "HardDisk"], "complianceControl": "Checked"},
        "connectionSettings": {"connections": copy.deepcopy(CONNECTIONS), "reapplyState": "NotApplying"},
    }
    return {**known, **changes}


def server(uri: str = SERVER, power: str = "Off") -> Answer:
    kind = "/rest/server-hardware-types/y2"
    return Answer(200, {"uri": uri, "name": uri[-2:], "powerState": power, "serverHardwareTypeUri": kind})


def found(**changes: t.Any) -> Answer:
    return collection(profile(**changes))


def read(**changes: t.Any) -> Answer:
    return Answer(200, profile(**changes))


def bring_about(one: ScriptedAppliance, dry: bool = False, **desired: t.Any) -> RunResult:
    spec = module.TASK.argument_spec()["connections"]["options"]
    if desired.get("connections"):
        desired["connections"] = [{**dict.fromkeys(spec), **entry} for entry in desired["connections"]]
    options = options_of(module.TASK, **{"name": "web", **desired})
    return one.bring_about(lambda client: module.make_handler(client, options), dry=dry)


def writes(one: ScriptedAppliance) -> list[str]:
    return [line for line in one.talk if not line.startswith("GET")]


def changed_to(one: ScriptedAppliance, **desired: t.Any) -> t.Any:
    """Return the body that a run sends with a PUT."""
    bring_about(one, **desired)
    return next(request.body for request in one.requests if request.method == "PUT")


# Connections and boot order


def test_what_the_appliance_adds_to_connections_is_no_difference(appliance: MakeAppliance) -> None:
    asked = [{"id": 2}, {"name": "LAN", "network": BLUE, "requested_mbps": "2500", "boot_priority": "Primary"}]
    one = appliance(found())
    assert not bring_about(one, connections=asked).changed and one.talk == ["GET server-profiles"]


def test_a_connection_that_changes_keeps_its_addresses(appliance: MakeAppliance) -> None:
    one = appliance(found(), server(), TAKEN, DONE, read(), server())
    asked = [{"name": "lan", "requested_mbps": "8000", "boot_priority": "Secondary"}, {"id": 2}]
    sent = changed_to(one, connections=asked)["connectionSettings"]
    lan = {**CONNECTIONS[0], "requestedMbps": "8000", "boot": {"priority": "Secondary", "x": 1}}
    assert sent == {"connections": [lan, CONNECTIONS[1]], "reapplyState": "NotApplying"}


def test_connections_come_and_go(appliance: MakeAppliance) -> None:
    one = appliance(found(), server(), Answer(200, {"uri": BLUE, "name": "blue"}), TAKEN, DONE, read(), server())
    sent = changed_to(one, connections=[{"id": 2, "network": ""}, {"name": "new", "network": BLUE}])
    gone = {**CONNECTIONS[1], "networkUri": None}
    assert sent["connectionSettings"]["connections"] == [gone, {"name": "new", "networkUri": BLUE}]


def test_networks_are_looked_up_where_they_belong(appliance: MakeAppliance) -> None:
    nets = collection({"uri": "/rest/network-sets/s", "name": "all"})
    fabrics = collection({"uri": FABRIC, "name": "fab"})
    one = appliance(found(), collection(), nets, fabrics, server(), TAKEN, DONE, read(), server())
    asked = [{"id": 1, "network": "ALL"}, {"id": 2, "network": "fab", "function_type": "FibreChannel"}]
    sent = changed_to(one, connections=asked)["connectionSettings"]["connections"]
    assert [entry["networkUri"] for entry in sent] == ["/rest/network-sets/s", FABRIC]
    assert one.talk[1:4] == ["GET ethernet-networks", "GET network-sets", "GET fc-networks"]


@pytest.mark.parametrize(
    "asked, words",
    [
        ([{"network": "x"}], "each needs an id or a name"),
        ([{"name": "a"}, {"name": "A"}], "A is listed twice"),
    ],
)
def test_connections_that_cannot_be_told_apart(appliance: MakeAppliance, asked: t.Any, words: str) -> None:
    assert words in error_from(lambda: bring_about(appliance(bare=True), connections=asked)).message


@pytest.mark.parametrize("asked", [[{"id": 1}, {"name": "LAN"}], [{"name": "lan"}, {"id": 1, "network": BLUE}]])
def test_one_connection_by_id_and_by_name(appliance: MakeAppliance, asked: t.Any) -> None:
    """As many as there are: the one that is to go would stay."""
    one = appliance(found())
    error = error_from(lambda: bring_about(one, connections=asked))
    assert isinstance(error, InputError) and "lan, which has the id 1, is listed twice" in error.message
    assert one.talk == ["GET server-profiles"]


def test_the_order_of_boot_devices_matters(appliance: MakeAppliance) -> None:
    one = appliance(found(), server(), TAKEN, DONE, read(boot={"manageBoot": True, "order": ["HardDisk", "PXE"]}))
    sent = changed_to(one, boot_order=["HardDisk", "PXE"])
    assert sent["boot"] == {"manageBoot": True, "order": ["HardDisk", "PXE"], "complianceControl": "Checked"}


def test_a_boot_order_that_is_not_managed_is_none(appliance: MakeAppliance) -> None:
    unmanaged = {"manageBoot": False, "order": ["PXE", "HardDisk"]}
    one = appliance(found(boot=unmanaged), server(), TAKEN, DONE, read())
    assert changed_to(one, boot_order=["PXE", "HardDisk"])["boot"]["manageBoot"] is True


# Templates and servers


def test_a_new_profile_is_the_templates_with_what_the_task_gives(appliance: MakeAppliance) -> None:
    draft = {
        "type": "ServerProfileV12",
        "name": None,
        "uri": None,
        "serverProfileTemplateUri": TEMPLATE,
        "boot": {"manageBoot": True, "order": ["PXE"], "complianceControl": "Checked"},
        "connectionSettings": {
            "connections": [{"id": 1, "name": "lan", "networkUri": BLUE}],
            "manageConnections": True,
        },
    }
    there = Answer(200, {"uri": TEMPLATE, "name": "blades"})
    one = appliance(collection(), Answer(200, draft), server(), there, TAKEN, DONE, read(), server())
    bring_about(one, template=TEMPLATE, server_hardware=SERVER, connections=[{"name": "lan", "requested_mbps": "Auto"}])
    assert one.talk[:5] == [
        "GET server-profiles",
        "GET server-profile-templates/t1/new-profile",
        "GET server-hardware/h1",
        "GET server-profile-templates/t1",
        "POST server-profiles",
    ]
    lan = {"id": 1, "name": "lan", "networkUri": BLUE, "requestedMbps": "Auto"}
    assert one.requests[4].body == {
        "type": "ServerProfileV12",
        "name": "web",
        "serverProfileTemplateUri": TEMPLATE,
        "serverHardwareUri": SERVER,
        "serverHardwareTypeUri": "/rest/server-hardware-types/y2",
        "boot": draft["boot"],
        "connectionSettings": {"connections": [lan], "manageConnections": True},
    }


def test_an_existing_profile_is_only_assigned_to_its_template(appliance: MakeAppliance) -> None:
    one = appliance(found())
    assert not bring_about(one, template=TEMPLATE, server_hardware=SERVER).changed
    assert one.talk == ["GET server-profiles"]


def test_a_plain_profile_takes_the_type_of_its_server(appliance: MakeAppliance) -> None:
    one = appliance(collection(), server(), TAKEN, DONE, read())
    bring_about(one, server_hardware=SERVER)
    assert one.requests[2].body == {
        "name": "web",
        "serverHardwareUri": SERVER,
        "serverHardwareTypeUri": "/rest/server-hardware-types/y2",
    }


def test_without_its_server_a_profile_is_in_no_bay(appliance: MakeAppliance) -> None:
    one = appliance(found(), server(), TAKEN, DONE, read(serverHardwareUri=None))
    sent = changed_to(one, server_hardware="")
    assert (sent["serverHardwareUri"], sent["enclosureUri"], sent["enclosureBay"]) == (None, None, None)
    assert sent["serverHardwareTypeUri"] == "/rest/server-hardware-types/y1"


# Power


def test_no_server_is_powered_off_unasked(appliance: MakeAppliance) -> None:
    one = appliance(found(), server(power="On"))
    error = error_from(lambda: bring_about(one, boot_order=["CD"]))
    assert writes(one) == [] and isinstance(error, InputError) and "With power_off: true" in error.hint


def test_what_may_be_possible_while_the_server_is_on_is_warned_of(appliance: MakeAppliance) -> None:
    """A change of networks may be; if the appliance refuses it, the advice comes with the failure."""
    errors = [{"errorCode": "X", "message": "It cannot be changed while the server hardware is powered on."}]
    one = appliance(found(), server(power="On"), TAKEN, task("Error", taskErrors=errors))
    asked = [{"name": "lan", "requested_mbps": "8000"}, {"id": 2}]
    error = error_from(lambda: bring_about(one, connections=asked))
    assert writes(one) == ["PUT server-profiles/p1"] and "With power_off: true" in error.hint
    record = bring_about(appliance(found(), server(power="On")), dry=True, connections=asked)
    assert record.changed and "h1 is on: the appliance may refuse to change the connections now." in record.warnings[0]


def test_a_profile_that_another_run_has_just_made_does_not_stand_in_its_own_way(appliance: MakeAppliance) -> None:
    """It is there when the server is read, and was not yet when it was looked for."""
    facts = {"uri": SERVER, "name": "h1", "powerState": "Off", "serverProfileUri": URI}
    assert bring_about(appliance(collection(), Answer(200, facts), read()), dry=True, server_hardware=SERVER).changed
    other = Answer(200, profile(name="other"))
    error = error_from(lambda: bring_about(appliance(collection(), Answer(200, facts), other), server_hardware=SERVER))
    assert error.message == "server_hardware: h1 already has the server profile other."


def test_powered_off_where_it_is_needed(appliance: MakeAppliance) -> None:
    after = read(boot={"manageBoot": True, "order": ["CD"]})
    one = appliance(found(), server(power="On"), TAKEN, task(), read(eTag="v2"), server(), TAKEN, DONE, after)
    record = bring_about(one, boot_order=["CD"], power_off=True)
    assert writes(one) == ["PUT server-hardware/h1/powerState", "PUT server-profiles/p1"]
    assert record.plan.sentences()[0] == "power off server h1"
    assert next(r for r in one.requests if r.path.endswith("p1") and r.method == "PUT").headers["if-match"] == "v2"


def test_not_where_it_is_not(appliance: MakeAppliance) -> None:
    one = appliance(found(), TAKEN, DONE, read(description="x"))
    bring_about(one, description="x", power_off=True)
    assert writes(one) == ["PUT server-profiles/p1"]


def test_a_move_powers_both_servers_off(appliance: MakeAppliance) -> None:
    one = appliance(found(), server(power="On"), server(OTHER, "On"))
    record = bring_about(one, dry=True, server_hardware=OTHER, power_off=True)
    assert record.plan.sentences() == [
        "power off server h1",
        "power off server h2",
        "change server_hardware of server profile web",
    ]


def test_deleted_once_its_server_is_off(appliance: MakeAppliance) -> None:
    one = appliance(found(), server(power="On"))
    record = bring_about(one, dry=True, state="absent", power_off=True)
    assert record.plan.sentences() == ["power off server h1", "delete server profile web"]
