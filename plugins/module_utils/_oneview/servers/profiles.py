# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Server profiles, with or without a template. The handler powers a server off only if the task allows it.

Source: HPE OneView REST API, server-profiles, server-profile-templates (new-profile).
"""

from __future__ import annotations

import copy
import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.job import FAILED, Job
from ..._engine.lookup.references import Ref, Reference
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import NEW_RUN, History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.attribute import NULL, Attribute, as_text
from ..._engine.table.lists import Item, List
from ..._engine.table.resource_type import RequestParameter, ResourceType
from ..._engine.table.values import put_into, whole_body
from ..._engine.text.names import is_named
from ..client import OneViewClient
from ..handler import CONVENTION, OneViewHandler
from .connections import OPTIONS, Connections, Networks, wire_connections
from .power import HARDWARE, POWER, power_jobs, power_step
from .profile_power import done_to, may_be_refused, needs_off, surely_needs_off

PROFILES = "/rest/server-profiles"
TEMPLATES = "/rest/server-profile-templates"
ADDRESSES = ["Virtual", "Physical", "UserDefined"]
BOOT_DEVICES = ["CD", "Floppy", "USB", "HardDisk", "FibreChannelHba", "PXE"]


def _reference(option: str, wire: str, refers_to: str) -> Attribute:
    return Attribute(option, api_name=wire, ref=Ref(refers_to), clear=NULL)


def _create_only(option: str, wire: str) -> Attribute:
    return Attribute(option, api_name=wire, create_only=True, spec={"choices": ADDRESSES})


PROFILE = ResourceType(
    type=PROFILES,
    title="server profile",
    convention=CONVENTION,
    key_length=255,
    attributes=(
        Attribute("description", normalize=as_text),
        _reference("template", "serverProfileTemplateUri", TEMPLATES),
        _reference("server_hardware", "serverHardwareUri", HARDWARE),
        _reference("server_hardware_type", "serverHardwareTypeUri", "/rest/server-hardware-types"),
        _reference("enclosure_group", "enclosureGroupUri", "/rest/enclosure-groups"),
        Attribute("affinity", spec={"choices": ["Bay", "BayAndServer"]}),
        Attribute("hide_unused_flex_nics", "bool", api_name="hideUnusedFlexNics"),
        _create_only("serial_number_type", "serialNumberType"),
        _create_only("mac_type", "macType"),
        _create_only("wwn_type", "wwnType"),
        Attribute("manage_boot", "bool", api_name="manageBoot", read="boot.manageBoot"),
        Attribute(
            "boot_order", "list", api_name="order", read="boot.order", spec={"elements": "str", "choices": BOOT_DEVICES}
        ),
        Attribute("manage_boot_mode", "bool", api_name="manageMode", read="bootMode.manageMode"),
        Attribute(
            "boot_mode", api_name="mode", read="bootMode.mode", spec={"choices": ["UEFI", "UEFIOptimized", "BIOS"]}
        ),
        Attribute("pxe_boot_policy", api_name="pxeBootPolicy", read="bootMode.pxeBootPolicy"),
        Attribute("secure_boot", api_name="secureBoot", read="bootMode.secureBoot"),
        List(
            "connections",
            read="connectionSettings.connections",
            item=Item("connection"),
            channel=Connections(),
            spec={"elements": "dict", "options": OPTIONS},
        ),
    ),
    parameters=(RequestParameter("force", on=()), RequestParameter("power_off", on=())),
)
OF_SERVER = (
    ("server_hardware_type", "serverHardwareTypeUri", "serverHardwareTypeUri"),
    ("enclosure_group", "enclosureGroupUri", "serverGroupUri"),
)
"""What a profile takes from its server by default: option, attribute of the profile, attribute of the server."""

SOURCES = ("server_hardware", "server_hardware_type", "template")
"""The options that determine the server hardware type of a new profile."""

MADE_FOR_ONE = ("uri", "eTag", "created", "modified", "category", "state", "status", "refreshState", "inProgress")
"""The attributes that a template's draft may have but a request for a new profile must not."""


class ProfileHandler(OneViewHandler):
    """Handles a server profile, the template for a new one, and the servers that must be off."""

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        mistakes = Mistakes()
        in_boot_mode = [desired["boot_mode"], desired["pxe_boot_policy"], desired["secure_boot"]]
        managed: Json = {}
        if desired["manage_boot"] is None and desired["boot_order"]:
            managed["manage_boot"] = True
        if desired["manage_boot_mode"] is None and any(in_boot_mode):
            managed["manage_boot_mode"] = True
        if desired["connections"] is not None:
            managed["connections"] = wire_connections(desired["connections"], mistakes)
        super().__init__(client, PROFILE, {**desired, **managed}, mistakes)
        self._networks = Networks(self.directory)
        self._draft: Json | None = None
        self._servers: dict[str, Json] = {}

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note an invalid boot order, and options that contradict the boot mode."""
        if desired["boot_order"] is not None and len(set(desired["boot_order"])) < len(desired["boot_order"]):
            mistakes.add(f"boot_order lists a device twice: {', '.join(desired['boot_order'])}.")
        if desired["boot_mode"] == "BIOS" and desired["pxe_boot_policy"]:
            mistakes.add("pxe_boot_policy applies only in a UEFI mode, but boot_mode is BIOS.")

    # Reading

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the profile, or None. It also reads the draft for a new profile, and the affected servers."""
        current = super().read(object_id)
        if self.desired["state"] == "present":
            self._networks.find(self.desired["connections"] or ())
            template = self._uri_of("template")
            if current is None and template and self._draft is None:
                self._draft = self._draft_of(template)
        self._servers = {}
        plan = super().plan(current, NEW_RUN)
        for uri in self._affected_servers(current, plan) if plan.steps else ():
            server = self.client.get(uri)
            if server is not None:
                self._servers[uri] = server
                self.directory.know(server)
        return current

    def _uri_of(self, option: str) -> str:
        value = self.resolved().get(option)
        return str(value.id or "") if isinstance(value, Reference) else ""

    def _draft_of(self, template: str) -> Json | None:
        """Return a template's draft of a new profile, or None if there is no such template; preflight reports that."""
        draft = self.client.get(f"{template}/new-profile")
        return draft and {name: value for name, value in draft.items() if name not in MADE_FOR_ONE}

    def _affected_servers(self, current: Json | None, plan: Plan) -> list[str]:
        """Return the URIs of the server that gets the profile and of the server that must be off."""
        has = str((current or {}).get("serverHardwareUri") or "")
        gets = self._uri_of("server_hardware") if self.desired["state"] == "present" else ""
        return [
            uri for uri in dict.fromkeys([has if needs_off(current, plan) else "", gets if gets != has else ""]) if uri
        ]

    # Planning

    def resolved(self) -> Json:
        """Return the task's options with URIs instead of names."""
        desired = super().resolved()
        if desired["connections"] is not None:
            desired["connections"] = self._networks.resolved(desired["connections"])
        return desired

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan: first power off the servers, if necessary and allowed, then change the profile."""
        plan = super().plan(current, history).with_requests(lambda step: self._fitted(step, current))
        if not needs_off(current, plan):
            return plan
        running = self._running()
        if self.desired["power_off"]:
            off = (power_step(server, "Off") for server in running)
            return dataclasses.replace(plan, steps=(*off, *plan.steps))
        if running and not surely_needs_off(current, plan):
            return dataclasses.replace(plan, warnings=(*plan.warnings, may_be_refused(running)))
        return plan

    def _running(self) -> list[Json]:
        return [server for server in self._servers.values() if server.get("powerState") != "Off"]

    def wrong(self, current: Json | None) -> list[InputError]:
        """Return also an error for a new profile whose server hardware type nothing determines."""
        found = super().wrong(current)
        if self.is_new(current) and not any(self.desired[source] for source in SOURCES):
            text = (
                f"{self.sentence} does not exist; to create it, give {', '.join(SOURCES[:-1])} or {SOURCES[-1]}, too."
            )
            found.append(InputError(text))
        return found

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return also errors for servers that are in use, powered on or locked, and for wrong connections."""
        found = super().refused(current, plan)
        if self.desired["state"] == "present":
            connections = ((current or {}).get("connectionSettings") or {}).get("connections")
            found += self._networks.wrong(connections, self.desired["connections"] or ())
            found += self._refused_server(current)
        running = self._running()
        if running and not self.desired["power_off"] and surely_needs_off(current, plan):
            names = " and ".join(str(server.get("name")) for server in running)
            text = f"The profile cannot be {done_to(current, plan)} while {names} is on."
            found.append(InputError(text, hint="With power_off: true, this module powers the server off."))
        locked = [
            str(server.get("name")) for server in running if server.get("powerLock") and self.desired["power_off"]
        ]
        if locked:
            text = f"The power of server {' and '.join(locked)} is locked."
            found.append(InputError(text, hint="Another operation is using it. Try again later."))
        return found

    def _refused_server(self, current: Json | None) -> list[InputError]:
        """Return errors if the server that the task names cannot get the profile."""
        server = self._servers.get(self._uri_of("server_hardware"))
        if not server or server["uri"] == (current or {}).get("serverHardwareUri"):
            return []
        found = []
        name, other = server.get("name"), self._other_profile(server, current)
        if other:
            hint = "Give another server, or remove it from that profile first."
            found.append(InputError(f"server_hardware: {name} already has the server profile {other}.", hint=hint))
        if server.get("state") == "Monitored":
            found.append(InputError(f"server_hardware: {name} is only monitored and cannot have a profile."))
        kind = self._uri_of("server_hardware_type")
        if kind and kind != server.get("serverHardwareTypeUri"):
            text = f"server_hardware_type: {name} is not of type {self.directory.name_of(kind) or kind}."
            found.append(InputError(text, hint="Leave server_hardware_type out to use the server's type."))
        return found

    def _other_profile(self, server: Json, current: Json | None) -> str:
        """Return the name of another profile that the server already has, or an empty text.

        The task's own profile does not count, even if another run created it after this task had looked for it.
        """
        uri = str(server.get("serverProfileUri") or "")
        if not uri or uri == (current or {}).get("uri"):
            return ""
        other = self.client.get(uri)
        name = str((other or {}).get("name") or uri)
        return "" if current is None and other and is_named(other, self._name_to_be()) else name

    def _fitted(self, step: Request, current: Json | None) -> Request:
        """Return the step with the attributes that the new server and the template's draft determine."""
        if step.body is None or step.verb == "DELETE":
            return step
        body = self._from_draft(step.body) if step.verb == "POST" and self._draft else dict(step.body)
        gets = body.get("serverHardwareUri")
        if current and gets != current.get("serverHardwareUri"):
            body.update(enclosureUri=None, enclosureBay=None)
        server = self._servers.get(str(gets))
        if server and gets != (current or {}).get("serverHardwareUri"):
            body.update(
                {name: server[theirs] for option, name, theirs in OF_SERVER if self._follows(option, server, theirs)}
            )
        return dataclasses.replace(step, body=body)

    def _follows(self, option: str, server: Json, theirs: str) -> bool:
        return self.desired.get(option) is None and bool(server.get(theirs))

    def _from_draft(self, body: Json) -> Json:
        """Return the body of a new profile: the template's draft, overridden by the task's options."""
        draft: Json = copy.deepcopy(self._draft or {})
        desired = self.resolved()
        changes: Json = {"name": body["name"]}
        for attribute in PROFILE.attributes:
            value = desired.get(attribute.option)
            if value is not None and value != "":
                put_into(PROFILE, changes, attribute, value, attribute.current_value(draft))
        whole = whole_body(PROFILE, draft, changes)
        return {name: value for name, value in whole.items() if value is not None}

    # Writing

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the tasks on the profile and those that switch its servers."""
        found = super().find_jobs(current, [action for action in actions if action != POWER])
        if POWER in actions and self._sent:
            found = [job for uri in self._servers for job in power_jobs(self.client, uri, self._since)] + (found or [])
        return found

    def send(self, step: Request) -> Job:
        """Send a step once; add a hint to a job that failed because a server is on."""
        return self._advised(super().send(step))

    def job(self, job_id: str) -> Job:
        """Return the current state of a task; add a hint if it failed because a server is on."""
        return self._advised(super().job(job_id))

    def _advised(self, job: Job) -> Job:
        """Return the job; if it failed because a server is on, advise the user to set ``power_off``."""
        words = " ".join(f"{message.get('code')} {message.get('message')}" for message in job.messages).lower()
        if job.state != FAILED or "powered on" not in words or self.desired["power_off"]:
            return job
        first, *others = job.messages
        actions = [*(first.get("actions") or ()), "With power_off: true, this module powers the server off."]
        return dataclasses.replace(job, messages=[{**first, "actions": actions}, *others])
