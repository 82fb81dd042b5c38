# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks and sets of networks: what is compared, what is sent, and the bandwidth beside."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import (
    oneview_ethernet_network,
    oneview_fc_network,
    oneview_network_set,
)
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

SET = "/rest/network-sets/s1"
TEMPLATE = "/rest/connection-templates/c1"
BLUE, RED = "/rest/ethernet-networks/b", "/rest/ethernet-networks/r"
TAKEN = Answer(202, None, {"Location": TASK})
BANDWIDTH: t.Any = {"uri": TEMPLATE, "eTag": "c-1", "bandwidth": {"typicalBandwidth": 2500, "maximumBandwidth": 10000}}
NETWORKS = collection({"uri": BLUE, "name": "Blue"}, {"uri": RED, "name": "red"}, {"uri": "/x", "name": "green"})


def network_set(**changes: t.Any) -> dict[str, t.Any]:
    known = {"uri": SET, "name": "vm", "eTag": "v1", "networkUris": [BLUE, RED], "nativeNetworkUri": RED}
    return {**known, "connectionTemplateUri": TEMPLATE, "networkSetType": "Regular", **changes}


def bring_about(
    one: ScriptedAppliance, module: t.Any = oneview_network_set, dry: bool = False, **desired: t.Any
) -> RunResult:
    options = options_of(module.TASK, **{"name": "vm", **desired})
    return one.bring_about(lambda client: module.make_handler(client, options), dry=dry)


def writes(one: ScriptedAppliance) -> list[str]:
    return [line for line in one.talk if not line.startswith("GET")]


def test_networks_have_no_order_and_names_no_case(appliance: MakeAppliance) -> None:
    one = appliance(collection(network_set()), NETWORKS)
    assert not bring_about(one, networks=["RED", "blue"], native_network="red").changed
    assert one.talk == ["GET network-sets", "GET ethernet-networks"], "both options are looked up with one read"


def test_uris_need_no_look_up(appliance: MakeAppliance) -> None:
    one = appliance(collection(network_set()))
    assert not bring_about(one, networks=[RED, BLUE], native_network=RED).changed
    assert one.talk == ["GET network-sets"]


def test_a_network_less(appliance: MakeAppliance) -> None:
    found = collection({"uri": RED, "name": "red"})
    after = Answer(200, network_set(networkUris=[RED]))
    one = appliance(collection(network_set()), found, TAKEN, task(), after)
    record = bring_about(one, networks=["red"])
    assert one.requests[2].body == network_set(networkUris=[RED]) and one.requests[2].headers["if-match"] == "v1"
    assert (record.plan.before["networks"], record.plan.after["networks"]) == ([BLUE, "red"], ["red"])


def test_one_network_named_in_two_ways_hides_no_removal(appliance: MakeAppliance) -> None:
    found = collection({"uri": RED, "name": "red"})
    after = Answer(200, network_set(networkUris=[RED]))
    one = appliance(collection(network_set()), found, TAKEN, task(), after)
    record = bring_about(one, networks=["red", RED])
    assert one.requests[2].body["networkUris"] == [RED] and record.plan.after["networks"] == ["red"]


def test_nothing_is_null_on_the_wire(appliance: MakeAppliance) -> None:
    gone = network_set(networkUris=[], nativeNetworkUri=None)
    one = appliance(collection(network_set()), TAKEN, task(), Answer(200, gone))
    bring_about(one, networks=[], native_network="")
    assert one.requests[1].body == gone


def test_all_names_that_there_are_not_are_told(appliance: MakeAppliance) -> None:
    one = appliance(collection(), NETWORKS)
    error = error_from(lambda: bring_about(one, networks=["blue", "pink", "grey"]))
    assert (
        isinstance(error, InputError)
        and "has no pink, grey (did you mean green?) among its ethernet networks" in error.message
    )


def test_a_name_that_several_have_means_none_of_them(appliance: MakeAppliance) -> None:
    twins = [{"uri": BLUE, "name": "blue"}, {"uri": RED, "name": "Blue"}, {"uri": "/x", "name": "red"}]
    error = error_from(lambda: bring_about(appliance(collection(), collection(*twins)), networks=["BLUE", "red"]))
    assert isinstance(error, InputError) and "name blue" not in error.message
    assert "networks: no ethernet network has exactly the name BLUE, and 2 differ from it only in case" in error.message


def test_made_with_a_bandwidth_that_it_has_anyway_is_a_change(appliance: MakeAppliance) -> None:
    """And the bandwidth is not written."""
    one = appliance(
        collection(),
        NETWORKS,
        TAKEN,
        task(associatedResource={"resourceUri": SET}),
        Answer(200, network_set()),
        Answer(200, BANDWIDTH),
        Answer(200, network_set()),
        Answer(200, BANDWIDTH),
    )
    record = bring_about(one, networks=[BLUE, RED], typical_bandwidth=2500, maximum_bandwidth=10000)
    assert record.changed and writes(one) == ["POST network-sets"]


@pytest.mark.parametrize("found", [[network_set()], []])
def test_check_mode_with_bandwidth_writes_nothing(appliance: MakeAppliance, found: list[t.Any]) -> None:
    one = appliance(collection(*found), Answer(200, BANDWIDTH))
    record = bring_about(one, dry=True, typical_bandwidth=5000)
    assert record.changed and writes(one) == []
    assert record.plan.sentences()[-1] == "set typical_bandwidth 5000 Mb/s of network set vm"


def test_bandwidth_alone_is_written_to_its_own_version(appliance: MakeAppliance) -> None:
    more = {**BANDWIDTH, "bandwidth": {"typicalBandwidth": 5000, "maximumBandwidth": 10000}}
    one = appliance(
        collection(network_set()),
        Answer(200, BANDWIDTH),
        Answer(200, more),
        Answer(200, network_set()),
        Answer(200, more),
    )
    record = bring_about(one, typical_bandwidth=5000)
    assert record.changed and writes(one) == ["PUT connection-templates/c1"]
    put = one.requests[2]
    assert put.headers["if-match"] == "c-1" and put.body["bandwidth"] == more["bandwidth"]
    assert record.plan.before == {"name": "vm", "typical_bandwidth": 2500}


def test_a_network_without_a_template_has_no_bandwidth(appliance: MakeAppliance) -> None:
    one = appliance(collection({"uri": "/rest/fc-networks/1", "name": "vm", "connectionTemplateUri": None}))
    error = error_from(lambda: bring_about(one, oneview_fc_network, typical_bandwidth=5000))
    assert "keeps no bandwidth for Fibre Channel network vm" in error.message


def test_the_typical_bandwidth_may_be_the_maximum(appliance: MakeAppliance) -> None:
    same: t.Any = {**BANDWIDTH, "bandwidth": {"typicalBandwidth": 4000, "maximumBandwidth": 4000}}
    answers = [collection(network_set()), Answer(200, BANDWIDTH)]
    for desired in ({"typical_bandwidth": 4000, "maximum_bandwidth": 4000}, {"typical_bandwidth": 10000}):
        assert bring_about(appliance(*answers), dry=True, **desired).changed
    one = appliance(collection(network_set()), Answer(200, same))
    assert not bring_about(one, typical_bandwidth=4000, maximum_bandwidth=4000).changed


@pytest.mark.parametrize(
    "desired, words",
    [
        ({"typical_bandwidth": 0}, "more than 0, not 0"),
        ({"typical_bandwidth": 5, "maximum_bandwidth": 4}, "is more than maximum_bandwidth 4"),
    ],
)
def test_what_no_bandwidth_is(appliance: MakeAppliance, desired: t.Any, words: str) -> None:
    assert words in error_from(lambda: bring_about(appliance(bare=True), **desired)).message


def test_a_fibre_channel_network_belongs_to_a_san(appliance: MakeAppliance) -> None:
    current: t.Any = {"uri": "/rest/fc-networks/1", "name": "vm", "fabricType": "FabricAttach", "managedSanUri": None}
    san = collection({"uri": "/rest/fc-sans/managed-sans/9", "name": "SAN_A"})
    after = {**current, "managedSanUri": "/rest/fc-sans/managed-sans/9"}
    one = appliance(collection(current), san, TAKEN, task(), Answer(200, after))
    assert bring_about(one, oneview_fc_network, managed_san="san_a", fabric_type="FabricAttach").changed
    assert one.requests[2].body == after


def test_sans_whose_names_differ_in_case_only(appliance: MakeAppliance) -> None:
    current: t.Any = {"uri": "/rest/fc-networks/1", "name": "vm", "managedSanUri": None}
    sans = collection(*({"uri": f"/rest/fc-sans/managed-sans/{name}", "name": name} for name in ("Gone", "GONE")))
    record = bring_about(appliance(collection(current), sans), oneview_fc_network, dry=True, managed_san="GONE")
    assert (record.plan.requests[0].body or {})["managedSanUri"] == "/rest/fc-sans/managed-sans/GONE"
    error = error_from(
        lambda: bring_about(appliance(collection(current), sans), oneview_fc_network, managed_san="gone")
    )
    assert isinstance(error, InputError) and "Gone (/rest/fc-sans/managed-sans/Gone), GONE" in error.message


def test_the_type_of_a_fabric_is_for_ever(appliance: MakeAppliance) -> None:
    current = {"uri": "/rest/fc-networks/1", "name": "vm", "fabricType": "FabricAttach"}
    error = error_from(
        lambda: bring_about(appliance(collection(current)), oneview_fc_network, fabric_type="DirectAttach")
    )
    assert "can be set only when it is created" in error.message


@pytest.mark.parametrize("vlan", [0, 4095])
def test_what_is_no_vlan_is_refused_before_anything_is_asked(appliance: MakeAppliance, vlan: int) -> None:
    one = appliance(bare=True)
    error = error_from(lambda: bring_about(one, oneview_ethernet_network, vlan_id=vlan))
    assert isinstance(error, InputError) and "1 to 4094" in str(error) and one.talk == []


@pytest.mark.parametrize("uri", ["/rest/ethernet-networks/../scopes/1", "/rest/%2e%2e/x", "x", "", None, 7])
def test_a_uri_that_leads_elsewhere_is_no_answer(appliance: MakeAppliance, uri: t.Any) -> None:
    one = appliance(collection({"uri": uri, "name": "blue"}))
    error = error_from(lambda: one.client.find("/rest/ethernet-networks", "name", "blue"))
    assert (error.kind, error.path) == ("reply", "/rest/ethernet-networks") and "[0].uri" in str(error)
