# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trust between two clusters (PowerStore REST 4.0, x509_certificate exchange, for Replication_HTTP).

A peer is one of the seed's ``peers`` or, on a loopback address, another emulator, which is really asked: it checks user
and password, takes this cluster's CA certificates and gives its own. That happens when the request is accepted; this
side's half when its job ends.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import ssl
import urllib.error
import urllib.request
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.platforms import OrderError
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused, invalid
from jobwise_emulator.powerstore.jobs import Effect
from jobwise_emulator.powerstore.permissions import may_write
from jobwise_emulator.powerstore.resources import x509_certificate, x509_chain, x509_scopes
from jobwise_emulator.powerstore.sessions import Sessions

SERVICE = "Replication_HTTP"
SECONDS = 10.0


def exchange(call: Call) -> Effect:
    """Check that the peer is known and the credentials are its own; then trust it."""
    world, body = call.world, call.body
    check(body)
    own_authority(world)
    peer = world.peers.get(place(body))
    if peer is None:
        raise failed(f"The peer {body['address']} cannot be reached at port {body['port']}.", body["address"])
    if (peer["username"], peer["password"]) != (body["username"], body["password"]):
        raise failed(f"The peer {body['address']} refused user {body['username']} or the password.", body["address"])
    if peer["global_id"] == own_id(world):
        raise failed(f"The peer {body['address']} is this cluster itself.", body["address"])
    return lambda: trust(world, peer["global_id"], peer["ca"])


def check(body: Json) -> None:
    """What is wrong with a request whatever the peer says."""
    if body["service"] != SERVICE:
        text = f"Certificates of {body['service']} cannot be exchanged, only of {SERVICE}."
        raise Refused(422, "0xE09010010028", text, body["service"])
    for name in ("address", "username", "password"):
        if not body[name] or (name == "address" and any(sign in body[name] for sign in "/@ ?#")):
            raise invalid(f"{name} is not valid.", name)


def failed(text: str, *arguments: str) -> Refused:
    """422: nothing was exchanged."""
    return Refused(422, "0xE09010010029", f"The certificate exchange failed. {text}", *arguments)


def place(body: Json) -> tuple[str, int]:
    """Address and port of a peer as ``ApplianceState.peers`` knows it."""
    return str(body["address"]).lower(), int(body["port"])


def own_id(world: ApplianceState) -> str:
    """The serial number of this cluster."""
    return str(world.find("cluster", "0")["global_id"])


def own_authority(world: ApplianceState) -> str:
    """The CA certificates that vouch for this cluster's replication client, in PEM."""
    for entry in world.store.where(x509_certificate.KIND, "service", SERVICE):
        if entry["type"] == "Client" and entry["is_current"] and entry["members"]:
            return x509_chain.pem(entry["members"][1:] or entry["members"])
    raise failed("This cluster has no certificate for replication.")


def trust(world: ApplianceState, scope: str, ca: str) -> None:
    """Take a peer's CA certificates for both directions; what is there already is not taken twice."""
    members = x509_chain.members(x509_chain.parse(ca))
    for usage in x509_scopes.AUTHORITIES:
        known = [
            entry
            for entry in world.store.where(x509_certificate.KIND, "scope", scope)
            if (entry["service"], entry["type"], entry["members"]) == (SERVICE, usage, members)
        ]
        for entry in known:
            entry["is_current"] = True
        if not known:
            parts = {"type": usage, "service": SERVICE, "scope": scope, "is_current": True}
            x509_certificate.put(world, **parts, members=members, key=None)


async def ask_peer(call: Call) -> None:
    """Ask another emulator and remember its answer as a known peer; does nothing for peers of the seed."""
    world, body = call.world, call.body
    check(body)
    known = world.peers.get(place(body))
    if (known and not known.get("asked")) or not is_loopback(body["address"]):
        return
    order = {name: body[name] for name in ("username", "password")}
    order.update(global_id=own_id(world), ca=own_authority(world))
    host = f"[{body['address']}]" if ":" in body["address"] else body["address"]
    answer = await asyncio.to_thread(send, f"https://{host}:{body['port']}/_emulator/peer", order, body["address"])
    world.peers[place(body)] = {**order, **answer, "asked": True}


def is_loopback(address: str) -> bool:
    """Whether an address leads to this machine only."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address.lower() == "localhost"


def send(url: str, order: Json, address: str) -> Json:
    """One order to another emulator. Nobody vouches for it yet, so its certificate is not verified; it is loopback."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    handlers = (urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    request = urllib.request.Request(url, json.dumps(order).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=SECONDS) as reply:
            answer: Json = json.load(reply)
        return {"global_id": str(answer["global_id"]), "ca": str(answer["ca"])}
    except urllib.error.HTTPError as error:
        raise failed(reason(error.read()), address) from None
    except (OSError, ValueError, LookupError):
        raise failed(f"The peer {address} cannot be reached, or is no such system.", address) from None


def reason(body: bytes) -> str:
    """Why another emulator refused."""
    try:
        answer: Any = json.loads(body)
        return str(answer["error"])
    except (ValueError, LookupError, TypeError):
        return "The peer is no such system."


def introduced(world: ApplianceState, sessions: Sessions, order: Json) -> Json:
    """Another emulator asks: check its credentials, trust it, and answer ``global_id`` and ``ca`` of this cluster."""
    user = sessions.verify(str(order.get("username")), str(order.get("password")))
    if user is None:
        raise OrderError("The peer refused the user or the password.")
    if user.get("@must_change") or not may_write(user, x509_certificate.KIND):
        raise OrderError(f"User {user['name']} is not authorized to exchange certificates at the peer.")
    if order.get("global_id") == own_id(world):
        raise OrderError("The peer is this cluster itself, or has the same global id.")
    try:
        answer = {"global_id": own_id(world), "ca": own_authority(world)}
        trust(world, str(order.get("global_id")), str(order.get("ca")))
    except Refused as refusal:
        raise OrderError(str(refusal)) from None
    return answer


RULES = {x509_certificate.KIND: Rules({"exchange": exchange}, outside={"exchange": ask_peer})}
