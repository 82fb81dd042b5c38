# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The certificates that are there from the start, and the peers of a seed.

Keys take time to make, so each is made once per process and year of the clock, however often an array is reset.
"""

from __future__ import annotations

from datetime import datetime, timezone
from functools import cache

from jobwise_emulator.authority import Authority, Issued, self_signed
from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError
from jobwise_emulator.powerstore import seed
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.resources.x509_certificate import KIND, stable_id
from jobwise_emulator.powerstore.resources.x509_scopes import AUTHORITIES, EXTERNAL

FORMER = "PSformer0009"
PEER = {"address", "port", "username", "password", "global_id", "ca"}


def plant(world: ApplianceState, management: str, samples: bool) -> None:
    """Certificates of every array (``management``: what the server shows, PEM); with ``samples`` some trusted CAs."""
    own = str((world.store.get("cluster", "0") or {}).get("global_id"))
    start = new_year(world)
    management = management or host("Management", start).certificate
    add(world, "management", "Server", "Management_HTTP", management, EXTERNAL)
    add(world, "vasa", "Server", "VASA_HTTP", host("VASA provider", start).certificate)
    add(world, "replication", "Client", "Replication_HTTP", client(own, start).certificate, own)
    if samples:
        for usage in AUTHORITIES:
            add(world, f"former/{usage}", usage, "Replication_HTTP", authority(FORMER, start).pem, FORMER)
        add(world, "import", AUTHORITIES[1], "Import_HTTP", authority("Old array", start).pem, "192.0.2.20")


def new_year(world: ApplianceState) -> float:
    """When the clock's year began."""
    year = datetime.fromtimestamp(world.clock.now(), timezone.utc).year
    return datetime(year, 1, 1, tzinfo=timezone.utc).timestamp()


def add(
    world: ApplianceState, label: str, usage: str, service: str, certificate: str, scope: str | None = None
) -> None:
    """One certificate, in use."""
    parts = {"type": usage, "service": service, "scope": scope, "is_current": True, "certificate": certificate}
    seed.seed_one(world, KIND, {"id": stable_id(label), **parts}, 0)


@cache
def host(name: str, start: float) -> Issued:
    """A self-signed certificate of a service of this machine."""
    return self_signed(name, "localhost", "127.0.0.1", now=start)


@cache
def authority(name: str, start: float) -> Authority:
    """The authority of a cluster or another system."""
    return Authority(f"Emulated CA {name}", now=start)


@cache
def client(own: str, start: float) -> Issued:
    """The replication client of a cluster, issued by the cluster's authority."""
    return authority(own, start).issue(f"ReplicationHTTP.{own}", days=1825)


def plant_peers(world: ApplianceState, peers: list[Json]) -> None:
    """Other clusters that can be reached: ``address``, ``port``, ``username``, ``password``, ``global_id`` and perhaps
    ``ca`` (PEM; without it one is made).
    """
    for peer in peers:
        if not PEER - {"ca"} <= set(peer) <= PEER:
            raise OrderError(f"a peer needs {', '.join(sorted(PEER - {'ca'}))} and may have ca")
        known = {**peer, "ca": peer.get("ca") or authority(peer["global_id"], new_year(world)).pem}
        world.peers[(str(peer["address"]).lower(), int(peer["port"]))] = known
