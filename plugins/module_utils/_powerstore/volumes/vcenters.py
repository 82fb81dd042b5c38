# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""vCenters: check before the first write whether the array would refuse a change.

Source: PowerStore REST API 4.0, vcenter (create, modify). That an array takes one vCenter is what its users report.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.naming import meant
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.plan import Plan
from ..table_handler import Check, TableHandler

VASA = ("vasa_username", "vasa_password")


class VcenterHandler(TableHandler):
    """The vCenter that an array is connected to."""

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add what is wrong with the options alone: half of a login for the VASA provider."""
        given = [option for option in VASA if desired.get(option)]
        if desired["state"] == "present" and len(given) == 1:
            mistakes.add(f"{given[0]} needs {next(one for one in VASA if one not in given)}.")

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, self.check_only_one, check_login, check_thumbprint)

    def check_only_one(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a second vCenter."""
        others = self.same_name
        if current is None and plan.requests and others:
            raise InputError(
                f"The array is connected to vCenter {others[0]['address']} ({others[0]['id']}) and takes no other one.",
                hint="Give its address, and new_address if the same vCenter has a new one. To use another vCenter, "
                f"first remove it with state: absent. {UNTOUCHED}",
            )

    def _by_name(self, select: Json) -> Json | None:
        """Return the vCenter of an address. All are read: there is one, and its name may have another case."""
        self.same_name = rows = self.client.query(self.type, select)
        return meant(self.resource, self.desired, lambda address: self._preferred(rows, address))


def check_login(current: Json | None, plan: Plan) -> None:
    """Raise InputError for another user without a password."""
    for step in plan.requests:
        body = step.body or {}
        if current and "username" in body and "password" not in body:
            raise InputError(
                f"vcenter_username is {current['username']!r}, asked for {body['username']!r}: that needs "
                "vcenter_password.",
                hint=f"Give the password of the new user. {UNTOUCHED}",
            )


def check_thumbprint(current: Json | None, plan: Plan) -> None:
    """Raise InputError for a certificate that the array is to verify without its thumbprint."""
    for step in plan.requests:
        body = step.body or {}
        if body.get("is_verify_server_cert") and "server_cert_thumbprint" not in body:
            raise InputError(
                "is_verify_server_cert: true needs server_cert_thumbprint.",
                hint="Give the SHA-256 thumbprint of the certificate of the vCenter. "
                f"openssl x509 -noout -fingerprint -sha256 shows it. {UNTOUCHED}",
            )
