# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Handler of imports of NAS servers: what a new one refers to, its report, and the bodies of its actions.

Source: PowerStore REST API 4.0, 4.1, file_import_session and its actions.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError, Refused
from ..._engine.lookup.references import Ref, Reference
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.options.rules import Requires
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.state_machine import WAIT
from ..._engine.table.resource_type import ResourceType
from ..client import PowerStoreClient
from ..table_handler import Check
from .file_sources import check_source, find_source, sources_on
from .file_states import FAILED, FILE_COURSE, FileImportSituation, situation_of
from .session import SCHEDULE, SCHEDULED, WORDS, SessionHandler

SYSTEM, SOURCE, INTERFACE, POLICY = "remote_system", "source", "import_interface", "protection_policy"
DOMAIN = ("domain_admin_username", "domain_admin_password")
NEW_SERVER = "new_source_smb_server_configuration"
ON_CUTOVER, ON_CANCEL = ("cut_over", "completed"), ("cancelled",)


class FileImportHandler(SessionHandler):
    """The import of a NAS server that a task names, and the goal state of the task."""

    course = FILE_COURSE
    building = ("present", "ready", "cut_over", "completed", "paused")
    words = {**WORDS, "commit": "commit {}"}
    goal_rules = (
        Requires("force", "state", ("completed", *ON_CANCEL), ignores=(False,)),
        *(Requires(option, "state", (*ON_CUTOVER, *ON_CANCEL)) for option in DOMAIN),
        Requires(NEW_SERVER, "state", ON_CUTOVER),
    )
    not_in_jobs = ("commit",)

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        super().__init__(client, resource, desired)
        self.source: Json = {}

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add what is wrong with the options alone: white space in names, and a login without its other half."""
        for option in ("name", "new_name"):
            name = desired.get(option) or ""
            if any(char.isspace() for char in name):
                mistakes.add(f"The name of a file import session must not contain white space: {name!r}.")
        given = [option for option in DOMAIN if desired.get(option)]
        if len(given) == 1:
            (lacking,) = set(DOMAIN) - set(given)
            mistakes.add(f"{given[0]} needs {lacking}, too.")
        names = [entry["name"].lower() for entry in desired.get("file_interfaces") or ()]
        twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
        if twice:
            mistakes.add(f"file_interfaces: {twice[0]} is listed twice.")

    # Reading

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the session, or None. With the option ``report``, it has the array's report once it need not wait.

        The report of a failed session is read in any case, since it says what to do.
        """
        current = super().read(object_id)
        if current is None and object_id is None and self._is_taken():
            current = super().read(object_id)  # the session may have come into being before its source was read
        if current is not None and self._wants_report(current):
            current["report"] = self._report(current)
        return current

    def _report(self, current: Json) -> Json | None:
        """Return the report. If only the failure of the session asks for it, that failure matters, and not this one."""
        try:
            return self.client.returned(self.type, current["id"], "report") or None
        except Refused:
            if self.desired["report"]:
                raise
            return None

    def _is_taken(self) -> bool:
        return "Import_Session_Already_Exists" in (self.source.get("non_importable_criteria") or ())

    def _wants_report(self, current: Json) -> bool:
        if current["state"] == FAILED:
            return True
        return bool(self.desired["report"]) and self.course.machine.next(situation_of(current), self.goal).kind != WAIT

    def _look_up_references(self, current: Json | None) -> None:
        """Look up what the task refers to. Interfaces have addresses instead of names; sources belong to a system."""
        if isinstance(self.desired.get(INTERFACE), Reference):
            self._find_interface(current)
        if isinstance(self.desired.get(SOURCE), Reference) and self._has_system(current):
            self._find_source(current)
        super()._look_up_references(current)

    def _ref(self, option: str) -> Ref:
        return next(one.ref for one in self.resource.attributes if one.option == option and one.ref)

    def _find_interface(self, current: Json | None) -> None:
        ref, wanted = self._ref(INTERFACE), self.desired[INTERFACE]
        if self.resolver.row(ref, wanted) is None:
            rows = self.client.query(ref.type, {"select": "id,ip_address"})
            for row in rows:
                self._keep(ref, Reference(id=row["id"]), row["ip_address"])
            asked = _address(str(wanted))
            found = [row for row in rows if row["id"] == str(wanted) or _address(row["ip_address"]) == asked]
            if not found:
                known = ", ".join(sorted(str(row["ip_address"]) for row in rows))
                raise InputError(
                    f"{INTERFACE}: the array has no interface for imports with the address {wanted}."
                    + (f" Known: {known}." if known else ""),
                    hint=f"file_import_interface creates one. {UNTOUCHED}",
                )
            self._keep(ref, wanted, found[0]["ip_address"], found[0]["id"])
        self._keep_used(ref, current, "import_file_interface_id")

    def _has_system(self, current: Json | None) -> bool:
        return current is not None or isinstance(self.desired.get(SYSTEM), Reference)

    def _find_source(self, current: Json | None) -> None:
        ref, wanted = self._ref(SOURCE), self.desired[SOURCE]
        if not self.source:
            system, name = self._system(current)
            here = sources_on(self.client, system)
            self.source = find_source(here, name, wanted)
            for row in here:
                self._keep(ref, Reference(id=row["id"]), row.get("name"))
            self._keep(ref, wanted, self.source.get("name"), self.source["id"])
        self._keep_used(ref, current, "source_resource_id")

    def _system(self, current: Json | None) -> tuple[str, str]:
        """Return id and name of the remote system of the session, or of the task if there is no session."""
        if current is not None:
            return str(current["remote_system_id"]), "the remote system of the session"
        mistakes = Mistakes()
        self.resolver.look_up([one for one in self.wanted(None) if one.option == SYSTEM], mistakes)
        mistakes.refuse()
        found = self.resolver.reference(self._ref(SYSTEM), self.desired[SYSTEM])
        return str(found.id), str(found.name)

    def _keep_used(self, ref: Ref, current: Json | None, api_name: str) -> None:
        """Keep the object that the session refers to, unless it is known. It may be gone; no query can look for it."""
        used = (current or {}).get(api_name)
        if used and self.resolver.row(ref, Reference(id=used)) is None:
            self._keep(ref, Reference(id=used), None)

    def _keep(self, ref: Ref, reference: Reference, name: str | None, id_: str | None = None) -> None:
        self.resolver.keep(ref, reference, {"id": id_ or reference.id, "name": name})

    # What the base class asks for

    def situation(self, current: Json) -> FileImportSituation:
        """Return what decides about the next transition of the session."""
        return situation_of(current)

    def situation_of_new(self) -> FileImportSituation:
        """Return the situation of the session that the task creates."""
        return FileImportSituation(SCHEDULED if self.desired[SCHEDULE] else "Queued")

    def is_quiet(self, current: Json) -> bool:
        """Return whether the session has no failure to report."""
        return bool(current["state"] != FAILED)

    def complete(self, create: Request) -> tuple[Request, Json, tuple[str, ...]]:
        """Return the request that creates the session, with the ports of interfaces, which are never read.

        Raise InputError if the array would refuse it.
        """
        mistakes = Mistakes()
        with mistakes.noted():
            check_source(self.source, self.desired)
        self._check_policy(mistakes)
        mistakes.refuse()
        ports = self.desired.get("file_interfaces")
        if not ports:
            return create, {}, ()
        body = {**(create.body or {}), "file_interfaces": [dict(entry) for entry in ports]}
        return dataclasses.replace(create, body=body), {"file_interfaces": ports}, ()

    def _check_policy(self, mistakes: Mistakes) -> None:
        policy = self.row_of(POLICY) or {}
        if policy.get("replication_rules"):
            mistakes.add(
                f"{POLICY}: {policy['name']} has a replication rule. An import takes only policies without one.",
            )

    def body_of(self, action: str) -> tuple[Json | None, str]:
        """Return the body of an action, and what its summary says of it."""
        body: Json = {}
        if action in ("cutover", "cancel"):
            body.update({option: self.desired[option] for option in DOMAIN if self.desired.get(option)})
        server = self.desired.get(NEW_SERVER) or {}
        given = {name: value for name, value in server.items() if value is not None}
        if action == "cutover" and given:
            body[NEW_SERVER] = given
        is_forced = action in ("commit", "cancel") and bool(self.desired["force"])
        if is_forced:
            body["force"] = True
        return body or None, ", even if the source does not answer" if is_forced else ""

    def progress_text(self, session: Json) -> str:
        """Return the progress of a session as text: its state, and the percentage of a copy."""
        percent = session.get("current_operation_progress_percentage")
        return self.state_of(session) + (f" {percent} %" if percent else "")

    def messages(self, session: Json) -> list[Json]:
        """Return the array's messages about a failure of the session: those of the report, or the session's error."""
        told = [_message(one) for one in (session.get("report") or {}).get("latest_failure_messages") or ()]
        if told or not session.get("error"):
            return told
        return [{"code": None, "severity": None, "message": str(session["error"]), "arguments": []}]

    # Checks

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name, self.check_domain_login)

    def check_domain_login(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if the cut-over moves a server of a domain, and the task cannot log in there."""
        cuts_over = any(step.action == "cutover" for step in plan.requests)
        if not cuts_over or self.desired.get(DOMAIN[0]):
            return
        source = self.source
        if current is not None and not source:
            here = sources_on(self.client, current["remote_system_id"])
            source = next((row for row in here if row["id"] == current["source_resource_id"]), {})
        if (source.get("smb_server") or {}).get("is_standalone") is False:
            raise InputError(
                f"The SMB server of NAS server {source.get('name')} is joined to an Active Directory domain: the "
                f"cut-over needs {' and '.join(DOMAIN)}.",
                hint=f"Give a user who may join computers to the domain. {UNTOUCHED}",
            )


def _address(text: str) -> t.Any:
    """Return an address in a form in which all notations are equal; another text as it is."""
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return text


def _message(entry: Json) -> Json:
    """Return one of a report's messages, with the action that the array recommends."""
    text, action = entry.get("message") or {}, entry.get("recommended_action") or {}
    return {
        "code": text.get("code"),
        "severity": text.get("severity"),
        "message": " ".join(filter(None, (text.get("message_l10n"), action.get("message_l10n")))),
        "arguments": text.get("arguments") or [],
    }
