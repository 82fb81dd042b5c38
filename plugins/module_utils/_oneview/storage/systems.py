# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Storage systems: one request connects a system, a second one sets its domain, pools and ports.

Source: HPE OneView REST API, storage-systems. A system lists its managed and its discovered pools separately; managing
a pool moves it from one list to the other.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.resource_type import ResourceType
from ..._engine.table.whole_list import Whole
from ..._engine.text.names import unknown
from ..client import OneViewClient
from ..handler import OneViewHandler

FC_NETWORKS = "/rest/fc-networks"
OWN = "deviceSpecificAttributes"
LOGIN = "credentials"
LISTS = ("managedPools", "discoveredPools")
NETWORK = "expectedNetworkUri"
DOMAIN = "managedDomain"
WITH_DOMAINS = "StoreServ"
"""The family of storage systems that group their pools in domains."""


def _lacks(option: str, current: Json, what: str, names: t.Sequence[str], known: t.Sequence[str]) -> list[InputError]:
    """Return an error if the storage system lacks some of the names, else an empty list.

    what: the noun for the message, such as ``pool``. known: the names that the system has.
    """
    missing = [name for name in names if name not in known]
    if not missing:
        return []
    guesses, others = unknown(missing, known)
    return [InputError(f"{option}: {current['hostname']} has no {what} {guesses}. {others}".strip())]


class Ports(Whole):
    """Matches ports by name. An empty text as the network removes the network from the port."""

    def pairs(self, current: t.Any, desired: t.Sequence[Json]) -> list[tuple[Json, Json]]:
        """Return pairs of the current and the desired port. A network to remove becomes null."""
        found = []
        for existing, port in super().pairs(current, desired):
            if port.get(NETWORK) == "":
                # A port without a network may have null or an empty text; keep its value so that the ports are equal.
                none = None if existing.get(NETWORK) else existing.get(NETWORK)
                port = {**port, NETWORK: none}
            found.append((existing, port))
        return found


class StorageSystemHandler(OneViewHandler):
    """Handles the storage system that a task names by its host name."""

    def __init__(self, client: OneViewClient, resource: ResourceType, desired: Json) -> None:
        desired, mistakes = dict(desired), Mistakes()
        pools = desired.get("managed_pools")
        if pools is not None:
            if any(not name.strip() for name in pools):
                mistakes.add("managed_pools has an empty entry: give names of pools.")
            desired["managed_pools"] = [{"name": name} for name in dict.fromkeys(pools)]
        super().__init__(client, resource, desired, mistakes)

    def _resolve_names(self, current: Json | None) -> None:
        """Look up the networks of ports, also for a system that does not exist yet."""
        super()._resolve_names(current)
        networks = [
            port["expected_network"] for port in self.desired.get("ports") or () if port.get("expected_network")
        ]
        names = [network for network in networks if not network.startswith("/rest/")]
        if names:
            self.directory.find_all("ports", names, FC_NETWORKS)

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; raise InputError for domains, pools or ports that the system lacks."""
        # The preflight runs before a new system is added, but the system shows its pools only afterwards.
        if current is not None:
            Mistakes(self.wrong(current)).refuse()
        plan = super().plan(current, history)
        return plan.with_requests(lambda step: self._shaped(step, current))

    def resolved(self) -> Json:
        """Return the task's options with URIs instead of names, and ports as the table compares them."""
        desired = super().resolved()
        if desired.get("ports") is not None:
            desired["ports"] = [self._port(port) for port in desired["ports"]]
        return desired

    def _port(self, option: Json) -> Json:
        port = {"name": option["name"]}
        if option.get("mode") is not None:
            port["mode"] = option["mode"]
        network = option.get("expected_network")
        if network is not None:
            known = self.directory.meant(FC_NETWORKS, network)
            port[NETWORK] = known.id if known else network
        return port

    def wrong(self, current: Json | None) -> list[InputError]:
        """Return also errors for domains, pools and ports that the storage system does not have."""
        found = super().wrong(current)
        if self.desired["state"] != "present":
            return found
        own = (current or {}).get(OWN) or {}
        domain = self.desired.get("managed_domain")
        with_domains = ((current or {}).get("family") or self.desired.get("family") or WITH_DOMAINS) == WITH_DOMAINS
        if self.desired.get("managed_pools") and with_domains and not (domain or own.get(DOMAIN)):
            found.append(InputError("managed_pools: pools are managed within a domain; give managed_domain, too."))
        if current is None:
            return found
        now, domains = own.get(DOMAIN), own.get("discoveredDomains") or ()
        if domain and now and domain != now:
            found.append(
                InputError(f"managed_domain: the domain of {current['hostname']} cannot change from {now} to {domain}.")
            )
        elif domain and domains and domain not in domains:
            found += _lacks("managed_domain", current, "domain", [domain], domains)
        pools = [pool["name"] for pool in self.desired.get("managed_pools") or ()]
        known = [str(pool["name"]) for name in LISTS for pool in own.get(name) or ()]
        found += _lacks("managed_pools", current, "pool", pools, known)
        ports = [port["name"] for port in self.desired.get("ports") or ()]
        return [
            *found,
            *_lacks("ports", current, "port", ports, [str(port["name"]) for port in current.get("ports") or ()]),
        ]

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return also errors for network URIs of ports that do not exist."""
        networks = [port.get(NETWORK) or "" for port in self.resolved().get("ports") or ()]
        existing = [port.get(NETWORK) for port in (current or {}).get("ports") or ()]
        new = [uri for uri in networks if uri.startswith("/rest/") and uri not in existing]
        found = self.directory.check("ports", new, FC_NETWORKS) if self.desired["state"] == "present" else []
        return [*super().refused(current, plan), *found]

    def _shaped(self, step: Request, current: Json | None) -> Request:
        body = dict(step.body or {})
        if step.action == "create":
            login = body.pop(LOGIN, {})
            body = {"hostname": body["hostname"], **login, **({"family": body["family"]} if "family" in body else {})}
            return dataclasses.replace(step, body=body, summary=f"add storage system {body['hostname']}")
        if step.action == "modify" and current is not None and OWN in body:
            body[OWN] = self._moved(body[OWN], current[OWN])
            return dataclasses.replace(step, body=body)
        return step

    def _moved(self, own: Json, before: Json) -> Json:
        """Return the two lists of pools with each pool in one of them, in the form in which the system returned it."""
        rows = {pool["name"]: pool for name in LISTS for pool in before.get(name) or ()}
        names = [pool["name"] for pool in own.get("managedPools") or ()]
        managed = [rows[name] for name in names]
        return {**own, "managedPools": managed, "discoveredPools": [rows[name] for name in rows if name not in names]}
