# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vCenter that the array is connected to, and the VASA provider that it registers there.

Source: PowerStore REST 4.0, vcenter: username needs password, is_verify_server_cert passed as true needs a thumbprint,
credentials register the provider. That a provider is online as soon as it is registered is an assumption; a real array
takes its time. The version is made up.
"""

from __future__ import annotations

import uuid

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState, Call, Rules
from jobwise_emulator.powerstore.errors import Refused

CREDENTIALS = "vasa_provider_credentials"
BUILD = "8.0.3 build-24022515"


def check(call: Call) -> None:
    """422 for another user without a password, and for a certificate to verify without its thumbprint."""
    if call.target and "username" in call.body and "password" not in call.body:
        raise Refused(422, "0xE0F030010010", "password is required to change username.", "password")
    if call.body.get("is_verify_server_cert") and not call.body.get("server_cert_thumbprint"):
        message = "server_cert_thumbprint is required to verify the certificate."
        raise Refused(422, "0xE0F030010011", message, "server_cert_thumbprint")


def complete(world: ApplianceState, entry: Json) -> None:
    """A new vCenter is verified unless its body says otherwise; what it tells about itself is known at once."""
    usual = {
        "is_verify_server_cert": True,
        "instance_uuid": str(uuid.uuid5(uuid.NAMESPACE_DNS, str(entry.get("address")))),
        "version": BUILD,
        "vendor_provider_status": "Not_Registered",
    }
    for name, value in usual.items():
        if name in world.catalog.attributes("vcenter") and entry.get(name) is None:
            entry[name] = value


def register(call: Call, entry: Json) -> None:
    """Credentials register the provider, for the first time or again."""
    if call.body.get(CREDENTIALS):
        entry["vendor_provider_status"] = "Online"


RULES = {
    "vcenter": Rules(
        complete=complete,
        before={"create": check, "modify": check},
        after={"create": register, "modify": register},
    )
}
