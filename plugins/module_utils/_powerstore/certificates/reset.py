# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reset a service to a self-signed certificate: an action that a run sends at most once.

Source: PowerStore REST API 4.0, x509_certificate reset_certificates (only for VASA_HTTP).
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..client import PowerStoreClient
from .x509 import TYPE, CertificateTask, chain_of

RESET = "reset_certificates"


class ResetHandler(CertificateTask):
    """The server certificate of a service. The array replaces it with a new self-signed one."""

    def __init__(self, client: PowerStoreClient, desired: Json) -> None:
        super().__init__(client, f"{desired['service']} certificates")
        self.desired = desired

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the server certificate in use. A reset creates another entry, so ``object_id`` is ignored."""
        mine = [
            entry for entry in self.entries() if entry["service"] == self.desired["service"] and self._is_used(entry)
        ]
        return mine[0] if mine else None

    def _is_used(self, entry: Json) -> bool:
        return entry["type"] == "Server" and bool(entry.get("is_current"))

    def landmark(self, current: Json | None) -> str:
        """Return the thumbprint of the certificate, which shows whether the reset has happened."""
        chain = chain_of(current) if current else []
        return chain[0].thumbprint if chain else ""

    def plan(self, current: Json | None, history: History) -> Plan:
        """Plan the reset, unless this run has sent it or the certificate is valid for long enough."""
        shown = {"service": self.desired["service"], "chain": list(map(str, chain_of(current or {})))}
        days, left = self.desired["only_if_expires_within_days"], current and current["days_left"]
        is_valid_enough = days is not None and isinstance(left, int) and left > days
        # Another certificate than at first: the reset has happened, even if its response was lost.
        if history.includes(RESET) or len(set(history.landmarks)) > 1 or is_valid_enough:
            return Plan((), shown, shown)
        body = {"service": self.desired["service"]}
        if self.desired["scope"]:
            body["scope"] = self.desired["scope"]
        summary = f"throw away the {self.label} and make a new self-signed one"
        after = {**shown, "chain": ["(new, self-signed)"]}
        return Plan((Request(RESET, "POST", f"{TYPE}/{RESET}", body, summary),), shown, after)
