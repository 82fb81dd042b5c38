# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Capacity tier licences, uploaded as files of a form.

ONTAP Select Deploy REST API v3, /licensing/licenses: the id of a licence is its serial number.
"""

from __future__ import annotations

import json

from jobwise_emulator import multipart
from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import bodies, reading
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call, done
from jobwise_emulator.ontap_select.errors import Refused, invalid
from jobwise_emulator.ontap_select.resources.nodes import SERIAL
from jobwise_emulator.ontap_select.routes import Routes, not_public

FIELDS = {"license_file", "ontap_username", "ontap_password"}


def form(call: Call) -> dict[str, multipart.Part]:
    """The fields of the form that a licence comes in."""
    bodies.only(call.request)
    try:
        parts = {
            part.name: part for part in multipart.parse(call.request.headers.get("content-type", ""), call.request.body)
        }
    except ValueError as error:
        raise invalid(f"The body must be multipart/form-data: {error}.") from None
    if set(parts) - FIELDS or "license_file" not in parts:
        raise invalid(f"The form has license_file, ontap_username, ontap_password, not {', '.join(sorted(parts))}.")
    return parts


def serial_of(parts: dict[str, multipart.Part]) -> str:
    """The serial number that a licence file is for."""
    try:
        content: Json = json.loads(parts["license_file"].content)
        serial = str(content["statusResp"]["serialNumber"])
    except (ValueError, KeyError, TypeError):
        raise invalid("The licence file cannot be read.") from None
    if not SERIAL.fullmatch(serial):
        raise invalid(f"The licence file is for {serial!r}, which is no serial number.")
    return serial


def create(call: Call) -> Reply:
    """Add a licence."""
    serial = serial_of(form(call))
    if any(entry["id"] == serial for entry in call.world.all("license")):
        raise Refused(409, f"Licence {serial} exists already.")
    call.world.add("license", {"id": serial})
    return call.created(f"licensing/licenses/{serial}")


def replace(call: Call) -> Reply:
    """Renew a licence; Deploy has to log in to the ONTAP cluster whose node uses it."""
    entry = call.world.get("license", call.keys[0])
    parts = form(call)
    serial = serial_of(parts)
    if serial != entry["id"]:
        raise invalid(f"The licence file is for {serial}, not for {entry['id']}.")
    cluster = using(call.world, serial)
    if cluster:
        given = {name: parts[name].content.decode("utf-8", "replace") for name in FIELDS & set(parts)}
        if not given.get("ontap_username") or not given.get("ontap_password"):
            raise invalid(
                f"Cluster {cluster['name']} uses the licence: ontap_username and ontap_password are required."
            )
        if (given["ontap_username"], given["ontap_password"]) != ("admin", cluster["_password"]):
            raise invalid(f"Cluster {cluster['name']} does not accept the user name or the password.")
    return done()


def using(world: ApplianceState, serial: str) -> Json | None:
    """The deployed cluster with a node that uses a licence."""
    users = (world.get("cluster", node["_cluster"]) for node in world.all("node", serial_number=serial))
    return next((cluster for cluster in users if cluster["is_deployed"]), None)


ROUTES: Routes = {
    "licensing/licenses": {"GET": reading.listing("license"), "POST": create},
    "licensing/licenses/{}": {"GET": reading.reading("license"), "PUT": replace, "DELETE": not_public},
}
