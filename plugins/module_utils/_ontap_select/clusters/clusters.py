# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Clusters: made and configured until they are deployed, removed when they are powered off.

Source: NetApp's documentation of the Deploy REST API, version 3, /clusters. Once a cluster is deployed, ONTAP
owns its configuration, and Deploy no longer accepts changes.
"""

from __future__ import annotations

import ipaddress
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.options.rules import Requires, misleading
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from ..client import SelectClient
from ..handler import CREATE, OntapSelectHandler, in_words
from .node_order import in_order

PATH = "clusters"
BASIC = "id,name,state,is_deployed"
FAILED, HALF_REMOVED = "create_failed", "delete_failed"
NODE_COUNTS = (1, 2, 4, 6, 8, 10, 12)
LOWEST_MTU, HIGHEST_MTU = 7500, 9000
ONE_NODE = "mtu is for the network between the nodes; a cluster of one node has no such network."
RULES = (Requires("force", "state", ("absent",), ignores=(False,), refuses=(True,)),)
PLAIN = ("ip", "netmask", "gateway", "ntp_servers", "ontap_image_version", "mtu")
WIRE = {"dns_domains": "domains", "dns_ips": "dns_ips"}
FAIL, WARN = "fail", "warn"


class ClusterHandler(OntapSelectHandler):
    """A cluster, identified by its name."""

    def __init__(self, client: SelectClient, desired: Json) -> None:
        check(desired)
        super().__init__(client, desired, f"cluster {desired['name']}", known_as=desired["name"])
        self.asked = {name: desired[name] for name in (*PLAIN, *WIRE) if desired.get(name) is not None}
        self._images: t.List[str] | None = None

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the cluster with its nodes in their order. Also read Deploy's images if the image must change."""
        fields = [BASIC, "nodes", *dict.fromkeys("dns_info" if name in WIRE else name for name in self.asked)]
        current = self.client.find(PATH, ",".join(fields), self.desired["name"])
        if current is not None:
            current["nodes"] = in_order(current.get("nodes") or [], current["name"])
        image = self.asked.get("ontap_image_version")
        settable = current is None or not current.get("is_deployed")
        if (
            self.desired["state"] == "present"
            and image
            and settable
            and (current or {}).get("ontap_image_version") != image
        ):
            self._images = self._images or [str(row.get("id")) for row in self.client.query("images", "id")]
        return current

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; raise InputError for a change that is not possible."""
        return self._absent(current) if self.desired["state"] == "absent" else self._present(current)

    def _present(self, current: Json | None) -> Plan:
        mistakes = Mistakes()
        image = self.asked.get("ontap_image_version")
        if self._images is not None and image not in self._images:
            mistakes.add(
                f"Deploy has no ONTAP image {image}; it has {', '.join(sorted(self._images)) or 'none'}.",
                "Images are added on the Deploy VM, not over REST.",
            )
        if current is None:
            return self._create(mistakes)
        count, nodes = self.desired.get("node_count"), len(current["nodes"])
        if count is not None and nodes and count != nodes:
            mistakes.add(
                f"Cluster {current['name']} has {nodes} nodes, but the task asks for {count}.",
                "node_count is set when a cluster is made; Deploy documents no way over REST to change it.",
            )
        if (
            nodes == 1
            and self.asked.get("mtu") not in (None, current_value(current, "mtu"))
            and not current.get("is_deployed")
        ):
            mistakes.add(ONE_NODE)
        mistakes.refuse()
        before = {"name": current["name"], **{name: current_value(current, name) for name in self.asked}}
        after = {"name": current["name"], **self.asked}
        differences = {name: (before[name], after[name]) for name in self.asked if differs(before[name], after[name])}
        if not differences:
            return Plan((), before, before)
        if current.get("is_deployed"):
            return deployed(self.label, differences, before, self.desired["if_deployed_differs"])
        check_failed(current)
        body = {name: self.asked[name] for name in differences if name not in WIRE}
        if set(differences) & set(WIRE):
            body["dns_info"] = {
                wire: self.asked.get(name, current_value(current, name) or []) for name, wire in WIRE.items()
            }
        summary = f"change {', '.join(differences)} of {self.label}"
        return Plan((Request("modify", "PATCH", f"{PATH}/{in_path(current['id'])}", body, summary),), before, after)

    def _create(self, mistakes: Mistakes) -> Plan:
        desired = self.desired
        if desired.get("node_count") is None:
            mistakes.add(f"There is no {self.label} yet; to make it, give node_count, too.")
        mistakes.refuse()
        body = {"name": desired["name"], **{name: value for name, value in self.asked.items() if name not in WIRE}}
        info = {wire: self.asked[name] for name, wire in WIRE.items() if name in self.asked}
        if info:
            body["dns_info"] = info
        count = desired["node_count"]
        summary = f"make {self.label} with {count} node{'' if count == 1 else 's'}"
        after = {"name": desired["name"], "node_count": count, **self.asked}
        return Plan((Request(CREATE, "POST", f"{PATH}?node_count={count}", body, summary),), {}, after)

    def _absent(self, current: Json | None) -> Plan:
        if current is None:
            return Plan()
        if current.get("is_deployed") and current.get("state") == "powered_on" and not self.desired["force"]:
            raise InputError(
                f"Cluster {current['name']} is deployed and powered on; Deploy removes only clusters that are off.",
                hint="Power it off with ontap_select_power first, or give force: true. Its data is lost permanently.",
            )
        forced = "?force=true" if self.desired["force"] else ""
        nodes = [str(node.get("name")) for node in current["nodes"]]
        what = "with its virtual machines and their data" if current.get("is_deployed") else "which is not deployed"
        before = {"name": current["name"], "is_deployed": bool(current.get("is_deployed")), "nodes": nodes}
        step = Request(
            "delete", "DELETE", f"{PATH}/{in_path(current['id'])}{forced}", None, f"remove {self.label}, {what}"
        )
        return Plan((step,), before, {})


def differs(current: t.Any, desired: t.Any) -> bool:
    """Return whether a value must be written. A list that is not set equals an empty list."""
    return bool((current or []) != desired) if isinstance(desired, list) else bool(current != desired)


def current_value(current: Json, option: str) -> t.Any:
    """Return the current value of an option."""
    if option in WIRE:
        return (current.get("dns_info") or {}).get(WIRE[option])
    return current.get(option)


def deployed(label: str, differences: t.Mapping[str, t.Tuple[t.Any, t.Any]], before: Json, how: str) -> Plan:
    """Return an empty plan with a warning about differences that Deploy no longer accepts, or raise InputError.

    differences: current and desired value by name. how: "warn" or "fail".
    """
    sentence = (
        f"{label[:1].upper()}{label[1:]} is deployed, so Deploy no longer accepts changes, "
        f"but it differs from the task: {in_words(differences)}."
    )
    if how == FAIL:
        raise InputError(
            sentence,
            hint="Change the playbook, or the cluster in ONTAP; with if_deployed_differs: warn, the task goes on.",
        )
    return Plan((), before, before, (sentence,))


def check_failed(current: Json) -> None:
    """Raise InputError if the removal of the cluster failed, or its deployment failed without a rollback."""
    if current.get("state") == HALF_REMOVED and not current.get("is_deployed"):
        raise InputError(
            f"The removal of cluster {current['name']} has failed.",
            hint="Remove it (ontap_select_cluster with state: absent).",
        )
    if current.get("state") == FAILED:
        raise InputError(
            f"The deployment of cluster {current['name']} has failed, and its virtual machines were kept.",
            hint="Remove it (ontap_select_cluster with state: absent), then configure and deploy it again.",
        )


def check(desired: Json) -> None:
    """Raise InputError that names all options that no Deploy would accept."""
    mistakes = Mistakes()
    for sentence in misleading(RULES, desired):
        mistakes.add(sentence)
    if not desired["name"].strip():
        mistakes.add("name is empty: give the name of the cluster.")
    for name in ("ip", "netmask", "gateway", "dns_ips"):
        check_addresses(name, desired.get(name), mistakes)
    for name in ("dns_domains", "ntp_servers"):
        if any(not entry.strip() for entry in desired.get(name) or ()):
            mistakes.add(f"{name} has an empty entry.")
    count, mtu = desired.get("node_count"), desired.get("mtu")
    if count is not None and count not in NODE_COUNTS:
        mistakes.add(f"node_count must be one of {', '.join(map(str, NODE_COUNTS))}, not {count}.")
    if mtu is not None and count == 1:
        mistakes.add(ONE_NODE)
    if mtu is not None and not LOWEST_MTU <= mtu <= HIGHEST_MTU:
        mistakes.add(f"mtu must be from {LOWEST_MTU} to {HIGHEST_MTU}, not {mtu}.")
    mistakes.refuse()


def check_addresses(option: str, value: t.Any, mistakes: Mistakes) -> None:
    """Note the values that are no IPv4 addresses. value: an address, a list of them, or None."""
    for address in value if isinstance(value, list) else [value]:
        try:
            ipaddress.IPv4Address("0.0.0.0" if address is None else address)
        except ValueError:
            mistakes.add(f"{option} takes IPv4 addresses, not {address!r}.")
