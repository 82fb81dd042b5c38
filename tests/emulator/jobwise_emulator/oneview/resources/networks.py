# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ethernet-networks, fc-networks, fcoe-networks, network-sets, and the connection-templates that hold their bandwidth.

HPE OneView REST API: a network's template is made and removed with it; VLAN and types never change; sets hold Ethernet
networks only.
"""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.oneview import crud
from jobwise_emulator.oneview.appliance_state import ApplianceState, Call, view
from jobwise_emulator.oneview.errors import conflict, invalid
from jobwise_emulator.oneview.kinds import Kind

FABRIC = "/rest/fabrics/3a6a1b1c-7c38-4d5f-9e5f-3e9f9a1f0c01"
BANDWIDTH = {"typicalBandwidth": int, "maximumBandwidth": int}
USUAL_BANDWIDTH = {"typicalBandwidth": 2500, "maximumBandwidth": 10000}
PURPOSES = ("General", "Management", "VMMigration", "FaultTolerance", "ISCSI")
PARTS = {"connectionTemplateUri": None, "fabricUri": FABRIC}


def check_bandwidth(bandwidth: Json | None) -> None:
    """Both are Mb/s above zero; the typical one is not above the other."""
    typical, most = ((bandwidth or {}).get(name) for name in BANDWIDTH)
    if not typical or not most or typical < 0 or typical > most:
        details = f"typicalBandwidth {typical}, maximumBandwidth {most}"
        raise invalid("INVALID_BANDWIDTH", "The bandwidth is not valid.", details, "Typical must not exceed maximum.")


def check_template(dummy: Call, body: Json, entry: Json | None) -> None:
    """The rule for a template's PUT."""
    check_bandwidth(body.get("bandwidth"))


TEMPLATE = Kind(
    path="connection-templates",
    type="connection-template",
    title="connection template",
    writable={"name": str, "description": str, "bandwidth": BANDWIDTH},
    defaults={"description": None, "bandwidth": USUAL_BANDWIDTH},
    check=check_template,
    etag="uuid",
)


def check_ethernet(dummy: Call, body: Json, entry: Json | None) -> None:
    """The VLAN fits the type."""
    kind = body.get("ethernetNetworkType") or (entry or {}).get("ethernetNetworkType") or "Tagged"
    vlan = body.get("vlanId")
    vlan = (entry or {}).get("vlanId") if vlan is None else vlan
    if kind == "Tagged" and not 1 <= (vlan or 0) <= 4094:
        details = f"{vlan}" if vlan else None
        raise invalid("INVALID_VLAN_ID", "The VLAN ID is not valid.", details, "Give a VLAN ID from 1 to 4094.")
    if kind != "Tagged" and vlan:
        raise invalid("INVALID_VLAN_ID", f"A network of type {kind} has no VLAN ID.", f"{vlan}", "Leave vlanId out.")


def made(world: ApplianceState, entry: Json) -> None:
    """A network gets a template of its own."""
    bandwidth = entry.pop("_bandwidth", None) or dict(USUAL_BANDWIDTH)
    if not entry.get("connectionTemplateUri"):
        order = {"name": f"{entry['name']}-{entry['uri'][-12:]}", "bandwidth": bandwidth}
        entry["connectionTemplateUri"] = world.add(TEMPLATE, order)["uri"]


def leaving(world: ApplianceState, entry: Json) -> None:
    """A network that a server profile uses stays."""
    users = profiles_with(world, entry["uri"])
    if users:
        names = ", ".join(one["name"] for one in users)
        raise conflict("NETWORK_IN_USE", f"{entry['name']} is in use.", f"By {names}.", "Remove its connections first.")


def profiles_with(world: ApplianceState, uri: str) -> list[Json]:
    """The server profiles and templates with a connection to a network or set."""
    return [
        one
        for path in ("server-profiles", "server-profile-templates")
        for one in world.all(path)
        if any(c.get("networkUri") == uri for c in (one.get("connectionSettings") or {}).get("connections") or ())
    ]


def gone(world: ApplianceState, entry: Json) -> None:
    """The template goes as well, and sets lose their member."""
    world.objects.get(TEMPLATE.path, {}).pop(entry["connectionTemplateUri"], None)
    for group in world.all("network-sets"):
        if entry["uri"] in group["networkUris"]:
            group["networkUris"] = [uri for uri in group["networkUris"] if uri != entry["uri"]]
            if group["nativeNetworkUri"] == entry["uri"]:
                group["nativeNetworkUri"] = None
            world.touch(SET, group)


ETHERNET = Kind(
    path="ethernet-networks",
    type="ethernet-networkV4",
    title="network",
    collection_type="NetworkCollectionV4",
    writable={
        "name": str,
        "description": str,
        "vlanId": int,
        "ethernetNetworkType": ("Tagged", "Untagged", "Tunnel", "NotApplicable", "ImageStreamer"),
        "purpose": PURPOSES,
        "smartLink": bool,
        "privateNetwork": bool,
        "subnetUri": "uri",
        "ipv6SubnetUri": "uri",
    },
    defaults={
        "description": None,
        "vlanId": 0,
        "ethernetNetworkType": "Tagged",
        "purpose": "General",
        "smartLink": True,
        "privateNetwork": False,
        "subnetUri": None,
        "ipv6SubnetUri": None,
    },
    shown=PARTS,
    fixed=("vlanId", "ethernetNetworkType"),
    check=check_ethernet,
    made=made,
    leaving=leaving,
    gone=gone,
)


def check_fc(dummy: Call, body: Json, entry: Json | None) -> None:
    """The time until a link counts as stable."""
    seconds = body.get("linkStabilityTime")
    if seconds is not None and not 1 <= seconds <= 1800:
        details = f"linkStabilityTime {seconds}"
        raise invalid("INVALID_LINK_STABILITY_TIME", "The time is not valid.", details, "Give 1 to 1800 seconds.")


FC = Kind(
    path="fc-networks",
    type="fc-networkV4",
    title="network",
    collection_type="NetworkCollectionV4",
    writable={
        "name": str,
        "description": str,
        "fabricType": ("FabricAttach", "DirectAttach"),
        "linkStabilityTime": int,
        "autoLoginRedistribution": bool,
        "managedSanUri": "uri",
    },
    defaults={
        "description": None,
        "fabricType": "FabricAttach",
        "linkStabilityTime": 30,
        "autoLoginRedistribution": False,
        "managedSanUri": None,
    },
    shown=PARTS,
    fixed=("fabricType",),
    check=check_fc,
    made=made,
    leaving=leaving,
    gone=gone,
)
FCOE = Kind(
    path="fcoe-networks",
    type="fcoe-networkV4",
    title="network",
    collection_type="NetworkCollectionV4",
    writable={"name": str, "description": str, "vlanId": int, "managedSanUri": "uri"},
    defaults={"description": None, "vlanId": 0, "managedSanUri": None},
    shown=PARTS,
    required=("name", "vlanId"),
    fixed=("vlanId",),
    made=made,
    leaving=leaving,
    gone=gone,
)


def check_set(dummy: Call, body: Json, entry: Json | None) -> None:
    """The native network is a member."""
    members = body.get("networkUris") or []
    if len(set(members)) != len(members):
        raise invalid("DUPLICATE_NETWORK", "A network is listed twice.", None, "List each network once.")
    if body.get("nativeNetworkUri") and body["nativeNetworkUri"] not in members:
        text = "The native network is not in the network set."
        raise invalid("NATIVE_NETWORK_NOT_IN_SET", text, None, "Put it into networkUris.")


def set_made(world: ApplianceState, entry: Json) -> None:
    """The order of the members means nothing: the appliance has one of its own."""
    entry["networkUris"] = sorted(entry["networkUris"])
    made(world, entry)


def set_changed(dummy: ApplianceState, entry: Json, before: Json) -> None:
    """As after the create."""
    entry["networkUris"] = sorted(entry["networkUris"])


SET = Kind(
    path="network-sets",
    type="network-setV5",
    title="network set",
    collection_type="NetworkSetCollectionV5",
    writable={
        "name": str,
        "description": str,
        "networkUris": ["uri:ethernet-networks"],
        "nativeNetworkUri": "uri:ethernet-networks",
        "networkSetType": ("Regular", "Large"),
    },
    defaults={"description": None, "networkUris": [], "nativeNetworkUri": None, "networkSetType": "Regular"},
    shown={"connectionTemplateUri": None},
    fixed=("networkSetType",),
    check=check_set,
    made=set_made,
    changed=set_changed,
    leaving=leaving,
    gone=gone,
)


def users_of(call: Call) -> Reply:
    """The URIs of the profiles that use a network."""
    entry = crud.target(call, ETHERNET)
    return Reply(200, [one["uri"] for one in profiles_with(call.world, entry["uri"])])


def without(call: Call) -> Reply:
    """A network set, or all, without their members."""
    if not call.keys:
        reply = crud.listing(call, SET)
        entries: Any = reply.body
        entries["members"] = [{**one, "networkUris": []} for one in entries["members"]]
        return reply
    return Reply(200, {**view(call.world, SET, crud.target(call, SET), call.version), "networkUris": []})


def usual_template(call: Call) -> Reply:
    """The template with what new networks get."""
    default = {"name": "defaultConnectionTemplate", "uri": "/rest/connection-templates/default", "eTag": "default"}
    return Reply(200, {"type": TEMPLATE.type, "category": TEMPLATE.path, **default, "bandwidth": USUAL_BANDWIDTH})


KINDS = (ETHERNET, FC, FCOE, SET)
_TEMPLATES = crud.routes(TEMPLATE)
_TEMPLATES["connection-templates"].pop("POST")
_TEMPLATES["connection-templates/{}"].pop("DELETE")
ROUTES: crud.Routes = {
    **_TEMPLATES,
    "connection-templates/defaultConnectionTemplate": {"GET": usual_template},
    "ethernet-networks/{}/associatedProfiles": {"GET": users_of},
    "ethernet-networks/{}/associatedUplinkGroups": {"GET": lambda call: Reply(200, [])},
    "network-sets/withoutEthernet": {"GET": without},
    "network-sets/{}/withoutEthernet": {"GET": without},
}
