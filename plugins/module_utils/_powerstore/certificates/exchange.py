# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Trust between two clusters for replication. The handler reads both sides before it exchanges certificates.

Source: PowerStore REST API 4.0, x509_certificate exchange; cluster (global_id). The scope of a CA certificate for
replication is the global id of the cluster that it comes from.
"""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import ApplianceError, InputError
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..client import PowerStoreClient
from .x509 import AUTHORITIES, TYPE, CertificateTask, entries_of, serves

EXCHANGE = "exchange"


class TrustHandler(CertificateTask):
    """The trust between the cluster that the task logs in to and its peer.

    If the task gives ``peer_global_id``, the handler reads this cluster only. Otherwise it also logs in to the peer,
    reads its global id and its certificates, and logs out again after each read.
    """

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        self.desired = desired
        address = desired["peer_address"]
        if not address or any(sign in address for sign in "/@ ?#"):
            raise InputError("peer_address takes a name or an address without scheme, login or path.")
        for name in ("peer_username", "peer_password", "peer_global_id"):
            if desired[name] == "":
                raise InputError(f"{name} is empty.")
        if not 0 < desired["peer_port"] < 65536:
            raise InputError(f"peer_port must be between 1 and 65535, not {desired['peer_port']}.")
        super().__init__(client, f"{desired['service']} trust between {client.endpoint.host} and {address}")

    def read(self, object_id: str | None = None) -> Json | None:
        """Return which side trusts the other. id: the peer's global id. peer_trusts_this: None if it was not read."""
        entries = self.entries()
        if self.desired["peer_global_id"]:
            peer_id, peer_trusts = self.desired["peer_global_id"], None
        else:
            own_id = global_id(self.client)
            peer_id, peer_trusts = self._ask_peer(own_id)
            if peer_id == own_id:
                raise InputError(f"{self.desired['peer_address']} is this cluster itself ({own_id}).")
        held = [entry for entry in entries if self._is_from(entry, peer_id)]
        return {
            "id": peer_id,
            "peer_global_id": peer_id,
            "this_trusts_peer": self._is_whole(held),
            "peer_trusts_this": peer_trusts,
            "certificates": held,
        }

    def _ask_peer(self, own_id: str) -> tuple[str, bool]:
        """Return the peer's global id, and whether it trusts this cluster. own_id: the global id of this cluster."""
        desired = self.desired
        endpoint = dataclasses.replace(
            self.client.endpoint,
            host=desired["peer_address"],
            port=desired["peer_port"],
            validate_certs=desired[
                "validate_certs" if desired["peer_validate_certs"] is None else "peer_validate_certs"
            ],
            ca_path=desired["peer_ca_path"] or desired["ca_path"],
        )
        try:
            with PowerStoreClient(endpoint, desired["peer_username"], desired["peer_password"]) as client:
                held = [entry for entry in entries_of(client) if self._is_from(entry, own_id)]
                return global_id(client), self._is_whole(held)
        except ApplianceError as error:
            error.message = f"The peer cannot be queried. {error.message}"
            raise

    def _is_from(self, entry: Json, cluster: str) -> bool:
        return any(serves(entry, self.desired["service"], usage, cluster) for usage in AUTHORITIES)

    def _is_whole(self, held: list[Json]) -> bool:
        """Return whether there are valid certificates to verify the other cluster both as server and as client."""
        usable = {entry["type"] for entry in held if entry.get("is_valid") and entry.get("is_current")}
        return usable == set(AUTHORITIES)

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the exchange, unless both sides already trust each other."""
        current = current or {}
        before = {name: current.get(name) for name in ("this_trusts_peer", "peer_trusts_this")}
        if before["this_trusts_peer"] and before["peer_trusts_this"] is not False:
            return Plan((), before, before)
        body = {
            "service": self.desired["service"],
            "address": self.desired["peer_address"],
            "port": self.desired["peer_port"],
        }
        body.update(username=self.desired["peer_username"], password=self.desired["peer_password"])
        summary = (
            f"exchange {self.desired['service']} certificates with {self.desired['peer_address']} ({current.get('id')})"
        )
        after = {name: None if value is None else True for name, value in before.items()}
        return Plan((Request(EXCHANGE, "POST", f"{TYPE}/{EXCHANGE}", body, summary),), before, after)


def global_id(client: PowerStoreClient) -> str:
    """Return the global id of the cluster; raise InputError if the array does not report it."""
    clusters = client.query("cluster", {"select": "id,global_id"})
    if not clusters or not clusters[0].get("global_id"):
        raise InputError(f"{client.endpoint.host} does not report its global id.", hint="Give peer_global_id.")
    return str(clusters[0]["global_id"])
