# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Trust between two clusters for replication: looked at on both sides before anything is exchanged.

Source: PowerStore REST API 4.0, x509_certificate exchange, and the meaning of scope: the CA certificates that a
cluster holds for replication carry the global id of the cluster that they come from; cluster (global_id).
"""

from __future__ import annotations

import dataclasses

from ..._engine.errors import ApplianceError, InputError
from ..._engine.plan import Plan, Step
from ..._engine.resource_type import Json
from ..client import PowerStoreClient
from .x509 import AUTHORITIES, TYPE, CertificateTask, entries_of, serves

EXCHANGE = "exchange"


class TrustSubject(CertificateTask):
    """The trust between the cluster that the task logs in to and its peer.

    With ``peer_global_id`` the peer is left alone and only this side is looked at. Otherwise a second session, closed
    after each look, asks the peer for its global id and whether it trusts this cluster.
    """

    def __init__(self, client: PowerStoreClient, want: Json) -> None:
        self.want = want
        address = want["peer_address"]
        if not address or any(sign in address for sign in "/@ ?#"):
            raise InputError("peer_address takes a name or an address without scheme, login or path.")
        for name in ("peer_username", "peer_password", "peer_global_id"):
            if want[name] == "":
                raise InputError(f"{name} is empty.")
        if not 0 < want["peer_port"] < 65536:
            raise InputError(f"peer_port has to be between 1 and 65535, not {want['peer_port']}.")
        super().__init__(client, f"{want['service']} trust between {client.endpoint.host} and {address}")

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return who trusts whom. id: the peer's global id. peer_trusts_this: None where the peer was not asked."""
        entries = self.entries()
        if self.want["peer_global_id"]:
            peer_id, peer_trusts = self.want["peer_global_id"], None
        else:
            own_id = global_id(self.client)
            peer_id, peer_trusts = self._ask_peer(own_id)
            if peer_id == own_id:
                raise InputError(f"{self.want['peer_address']} is this cluster itself ({own_id}).")
        held = [entry for entry in entries if self._is_from(entry, peer_id)]
        return {
            "id": peer_id,
            "peer_global_id": peer_id,
            "this_trusts_peer": self._is_whole(held),
            "peer_trusts_this": peer_trusts,
            "certificates": held,
        }

    def _ask_peer(self, own_id: str) -> tuple[str, bool]:
        """Return the peer's global id, and whether it trusts the cluster with this one."""
        want = self.want
        endpoint = dataclasses.replace(
            self.client.endpoint,
            host=want["peer_address"],
            port=want["peer_port"],
            validate_certs=want["validate_certs" if want["peer_validate_certs"] is None else "peer_validate_certs"],
            ca_path=want["peer_ca_path"] or want["ca_path"],
        )
        try:
            with PowerStoreClient(endpoint, want["peer_username"], want["peer_password"]) as client:
                held = [entry for entry in entries_of(client) if self._is_from(entry, own_id)]
                return global_id(client), self._is_whole(held)
        except ApplianceError as error:
            error.message = f"The peer cannot be asked. {error.message}"
            raise

    def _is_from(self, entry: Json, cluster: str) -> bool:
        return any(serves(entry, self.want["service"], usage, cluster) for usage in AUTHORITIES)

    def _is_whole(self, held: list[Json]) -> bool:
        """Tell whether valid certificates are there to verify the other cluster both as server and as client."""
        usable = {entry["type"] for entry in held if entry.get("is_valid") and entry.get("is_current")}
        return usable == set(AUTHORITIES)

    def plan(self, have: Json | None) -> Plan:
        """Return the exchange, unless both sides trust each other."""
        have = have or {}
        before = {name: have.get(name) for name in ("this_trusts_peer", "peer_trusts_this")}
        if before["this_trusts_peer"] and before["peer_trusts_this"] is not False:
            return Plan((), before, before)
        body = {"service": self.want["service"], "address": self.want["peer_address"], "port": self.want["peer_port"]}
        body.update(username=self.want["peer_username"], password=self.want["peer_password"])
        says = f"exchange {self.want['service']} certificates with {self.want['peer_address']} ({have.get('id')})"
        after = {name: None if value is None else True for name, value in before.items()}
        return Plan((Step(EXCHANGE, "POST", f"{TYPE}/{EXCHANGE}", body, says),), before, after)


def global_id(client: PowerStoreClient) -> str:
    """Return the serial number of the cluster."""
    clusters = client.query("cluster", {"select": "id,global_id"})
    if not clusters or not clusters[0].get("global_id"):
        raise InputError(f"{client.endpoint.host} does not tell its global id.", hint="Give peer_global_id.")
    return str(clusters[0]["global_id"])
