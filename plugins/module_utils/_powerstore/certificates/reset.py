# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Going back to a self-signed certificate: an action, carried out once in each run that finds it called for.

Source: PowerStore REST API 4.0, x509_certificate reset_certificates (only for VASA_HTTP).
"""

from __future__ import annotations

from ..._engine.plan import Plan, Step
from ..._engine.resource_type import Json
from ..client import PowerStoreClient
from .x509 import TYPE, CertificateTask, chain_of

RESET = "reset_certificates"


class ResetHandler(CertificateTask):
    """The server certificate that a service has made itself, or is to make anew."""

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        super().__init__(client, f"{desired['service']} certificates")
        self.desired = desired
        self.done = False
        self.first: str | None = None

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the server certificate in use; after a reset it is another entry, so an id learnt is no use."""
        mine = [
            entry for entry in self.entries() if entry["service"] == self.desired["service"] and self._is_used(entry)
        ]
        current = mine[0] if mine else None
        print_now = self._print(current)
        if self.first is None:
            self.first = print_now
        self.done = self.done or print_now != self.first
        return current

    def _is_used(self, entry: Json) -> bool:
        return entry["type"] == "Server" and bool(entry.get("is_current"))

    def _print(self, current: Json | None) -> str:
        chain = chain_of(current) if current else []
        return chain[0].thumbprint if chain else ""

    def plan(self, current: Json | None) -> Plan:
        """Return the reset, once in a run, and not while what is there lasts long enough."""
        shown = {"service": self.desired["service"], "chain": list(map(str, chain_of(current or {})))}
        days, left = self.desired["only_if_expires_within_days"], current and current["days_left"]
        lasts = days is not None and isinstance(left, int) and left > days
        if self.done or lasts:
            return Plan((), shown, shown)
        body = {"service": self.desired["service"]}
        if self.desired["scope"]:
            body["scope"] = self.desired["scope"]
        summary = f"throw away the {self.label} and make a new self-signed one"
        after = {**shown, "chain": ["(new, self-signed)"]}
        return Plan((Step(RESET, "POST", f"{TYPE}/{RESET}", body, summary),), shown, after)

    def on_accepted(self, step: Step) -> None:
        """Once is enough."""
        self.done = True
