# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hypervisor hosts that nodes can run on.

Source: NetApp's documentation of the Deploy REST API, version 3, /hosts. It names no way to change a host over REST.
"""

from __future__ import annotations

import typing as t

from ..engine.errors import InputError
from ..engine.plan import SECRET, Plan, Step
from ..engine.resource import Json
from . import credentials
from .client import SelectClient
from .subject import CREATE, SelectSubject, given, in_words

PATH = "hosts"
FIELDS = "id,name,hypervisor_type,management_server"


class HostSubject(SelectSubject):
    """A host, known by its name."""

    def __init__(self, client: SelectClient, want: Json) -> None:
        name = want["name"]
        if not name.strip():
            raise InputError("name is empty: give the host's name or address.")
        if want.get("hypervisor_type") == "KVM" and want.get("management_server"):
            raise InputError("A KVM host has no management_server, which is a vCenter server.")
        if want.get("management_server") and want.get("host_username"):
            raise InputError(
                f"Host {name} is managed by {want['management_server']}, whose credential Deploy uses.",
                hint="Leave host_username and host_password out, and give that credential to select_credential.",
            )
        super().__init__(client, want, f"host {name}", known_as=name)
        self._credential_missing = ""

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the host; if there is none, find out whether Deploy has the credential that adding it takes."""
        have = self.client.find(PATH, FIELDS, self.want["name"])
        if have is None and self.want["state"] == "present" and not self.want.get("host_username"):
            server = self.want.get("management_server") or self.want["name"]
            known = self.client.named(credentials.PATH, "id,hostname", server, "hostname")
            self._credential_missing = "" if known else server
        return have

    def plan(self, have: Json | None) -> Plan:
        """Return the plan; raise InputError for what cannot be changed once a host is there."""
        shown = given(self.want, ("name", "hypervisor_type", "management_server"))
        if self.want["state"] == "absent":
            return self._absent(have)
        if have is None:
            return self._create(shown)
        now = {name: have.get(name) or "" for name in shown}
        now["name"] = shown["name"]
        if now.get("management_server", "").lower() == shown.get("management_server", "").lower():
            now.update(given(self.want, ("management_server",)))  # names of servers ignore case
        # what an older Deploy does not tell cannot be compared
        told = [name for name in shown if name in have]
        differences = {name: (now[name], shown[name]) for name in told if name != "name" and now[name] != shown[name]}
        if differences:
            raise InputError(
                f"Host {self.want['name']} exists, and Deploy documents no way to change it over REST: "
                f"{in_words(differences)}.",
                hint="Change it in Deploy's user interface or CLI, or remove the host first if no node uses it.",
            )
        return Plan((), now, now)

    def _absent(self, have: Json | None) -> Plan:
        if have is None:
            return Plan()
        step = Step("delete", "DELETE", f"{PATH}/{have['id']}", None, f"remove host {have['name']} from Deploy")
        return Plan((step,), {"name": have["name"]}, {})

    def _create(self, shown: Json) -> Plan:
        want = self.want
        if not want.get("hypervisor_type"):
            raise InputError(f"There is no host {want['name']} yet; to add it, give hypervisor_type, too.")
        host = {name: value for name, value in shown.items() if value != ""}
        after = dict(shown)
        if want.get("host_username"):
            host["credential"] = {"username": want["host_username"], "password": want.get("host_password") or ""}
            after.update(host_username=want["host_username"], host_password=SECRET)
        by = f" through {want['management_server']}" if want.get("management_server") else ""
        says = f"add {want['hypervisor_type']} host {want['name']}{by}"
        warnings: t.Tuple[str, ...] = ()
        if self._credential_missing:
            warnings = (
                f"Deploy has no credential for {self._credential_missing} yet, which host {want['name']} needs.",
            )
        return Plan((Step(CREATE, "POST", PATH, {"hosts": [host]}, says),), {}, after, warnings)
