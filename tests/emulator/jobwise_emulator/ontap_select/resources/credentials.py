# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials of vCenters and stand-alone hosts.

ONTAP Select Deploy REST API v3, /security/credentials: the POST is a job, but the credential can be used at once. How
one is changed or deleted is not public.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies, reading
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call
from jobwise_emulator.ontap_select.errors import Refused
from jobwise_emulator.ontap_select.jobs import Stage, Work
from jobwise_emulator.ontap_select.routes import Routes, not_public

SHAPE = {"hostname": str, "type": ("vcenter", "host"), "username": str, "password": str}


def create(call: Call) -> Reply:
    """Store a credential; one for each host name and type. It is not tried until a host is added."""
    bodies.only(call.request)
    body = bodies.parse(call.request, SHAPE, tuple(SHAPE))
    if find(call.world, body["hostname"], body["type"]):
        raise Refused(409, f"A {body['type']} credential for {body['hostname']} exists already.")
    entry = call.world.add("credential", stored(body))
    stages = [Stage(f"storing the credential of {body['hostname']}")]
    work = Work(f"Add credential {body['hostname']}", ("credential", entry["id"]), stages, "done")
    return call.on_accepted(work, "credential", f"security/credentials/{entry['id']}")


def stored(body: Json) -> Json:
    """A credential as it is kept: the password cannot be read."""
    return {**{name: body.get(name) for name in ("id", "hostname", "type", "username")}, "_password": body["password"]}


def find(world: ApplianceState, hostname: str, kind: str) -> Json | None:
    """The credential for a host name, if there is one. Case does not matter in host names."""
    found = (entry for entry in world.all("credential", type=kind) if entry["hostname"].lower() == hostname.lower())
    return next(found, None)


ROUTES: Routes = {
    "security/credentials": {"GET": reading.listing("credential"), "POST": create},
    "security/credentials/{}": {"GET": reading.reading("credential"), "PATCH": not_public, "DELETE": not_public},
}
