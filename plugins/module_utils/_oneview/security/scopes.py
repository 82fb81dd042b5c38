# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Scopes and the resources in them. The handler reads the resources from the index and changes them with patches.

Source: HPE OneView REST API, scopes (JSON patch with one operation) and index/resources.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.job import Job
from ..._engine.lookup.references import Ref, Reference
from ..._engine.options.mistakes import Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import VERSION_LATER, Request
from ..._engine.table.attribute import Attribute, as_text
from ..._engine.table.list_changes import changes_of
from ..._engine.table.lists import ADD, REMOVE, Action, Item, List
from ..._engine.table.resource_type import RequestParameter, ResourceType
from ..._engine.text.paths import ID_LATER
from ..client import OneViewClient
from ..directory import reference
from ..handler import ANY_VERSION, CONVENTION, OneViewHandler

INDEX = "/rest/index/resources"
MEMBERS = List(
    "resources",
    read="resources[]",
    item=Item("resource", ref=Ref("")),
    channel=Action("add", "remove", api_name="resources", create="resources"),
)
SCOPE = ResourceType(
    type="/rest/scopes",
    title="scope",
    convention=CONVENTION,
    key_length=255,
    attributes=(Attribute("description", normalize=as_text), MEMBERS),
    parameters=(RequestParameter("force", on=()),),
    reads=(MEMBERS.option,),
)
TAKE_OUT = {"op": "replace", "path": "/removedResourceUris"}
HINT = "Give resources by URI, or by type and name. Nothing was written."
PUT_IN = {"op": "add", "path": "/addedResourceUris/-"}


class ScopeHandler(OneViewHandler):
    """Handles a scope. Tasks name its resources ``type/name``, such as ``ethernet-networks/blue``, or by URI."""

    def __init__(self, client: OneViewClient, desired: Json) -> None:
        mistakes = Mistakes()
        members = [_member(value, mistakes) for value in desired[MEMBERS.option] or ()]
        super().__init__(client, SCOPE, desired, mistakes)
        if desired[MEMBERS.option] is not None:
            self.desired[MEMBERS.option] = members

    # Reading

    def complete(self, current: Json) -> Json:
        """Add the scope's resources, each with id and name, if the task gives any."""
        if self.desired[MEMBERS.option] is None or self.desired["state"] != "present":
            return current
        rows = self.client.all(INDEX, [("query", f"scopeUris='{current['uri']}'")])
        current[MEMBERS.option] = [{"id": row["uri"], "name": _type_and_name(row)} for row in rows]
        return current

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the scope, or None; also look up the resources that the task gives by type and name."""
        current = super().read(object_id)
        if self.desired["state"] == "present":
            self._find_resources()
        return current

    def _find_resources(self) -> None:
        names_by_kind: dict[str, list[str]] = {}
        for kind, name in map(_kind_and_name, self.desired[MEMBERS.option] or ()):
            if name:
                names_by_kind.setdefault(kind, []).append(name)
        for kind, names in names_by_kind.items():
            self.directory.find_all(MEMBERS.option, names, f"/rest/{kind}", hint=HINT)

    # Planning

    def resolved(self) -> Json:
        """Return the task's options with URIs for resources that the task gives by type and name."""
        desired = super().resolved()
        if desired[MEMBERS.option] is not None:
            desired[MEMBERS.option] = [self._resource(member) for member in desired[MEMBERS.option]]
        return desired

    def _resource(self, member: Reference) -> Reference:
        kind, name = _kind_and_name(member)
        known = self.directory.meant(f"/rest/{kind}", name) if name else None
        return Reference(known.id, f"{kind}/{known.name}") if known else member

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan: the scope itself, then one patch for all resources to remove, then one for each to add."""
        plan = super().plan(current, history)
        if self.desired[MEMBERS.option] is None or self.desired["state"] != "present":
            return plan
        steps = [self._itself(step) for step in plan.requests if step.action not in (ADD, REMOVE)]
        changes = changes_of(MEMBERS, current, self.resolved())
        uri, version = (current["id"], "") if current else (ID_LATER, VERSION_LATER)
        if changes.remove:
            body: t.Any = [{**TAKE_OUT, "value": [member["id"] for member in changes.remove]}]
            names = ", ".join(map(MEMBERS.item.name_of, changes.remove))
            steps.append(Request("remove", "PATCH", uri, body, f"remove {names} from {self.label}", version=version))
        for member in changes.add:
            body = [{**PUT_IN, "value": member.id}]
            summary = f"add {member} to {self.label}"
            steps.append(Request(f"add {member}", "PATCH", uri, body, summary, version=version))
        return dataclasses.replace(plan, steps=tuple(steps))

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return also errors for resource URIs that do not exist."""
        found = super().refused(current, plan)
        if self.desired[MEMBERS.option] is None or self.desired["state"] != "present":
            return found
        changes = changes_of(MEMBERS, current, self.resolved())
        uris = [member.id for member in changes.add if member.id is not None and member.name is None]
        for uri in uris:
            found += self.directory.check(MEMBERS.option, [uri], uri.rpartition("/")[0])
        return found

    def _itself(self, step: Request) -> Request:
        """Return the step without the resources, because a create request cannot contain them."""
        if step.verb != "POST":
            return step
        body = {name: value for name, value in (step.body or {}).items() if name != MEMBERS.api_name}
        return dataclasses.replace(step, body=body, summary=f"create scope {body['name']}")

    # Writing

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the tasks on this scope. The appliance gives all changes the same task name."""
        names = ["modify" if action.split(" ")[0] in (ADD, REMOVE) else action for action in actions]
        return super().find_jobs(current, names)

    def send(self, step: Request) -> Job:
        """Send a step once. A patch applies to any version, because it overwrites nobody else's change."""
        if step.verb != "PATCH":
            return super().send(step)
        self.note_sending()
        return self.client.send(step, ANY_VERSION)


def _kind_and_name(member: Reference) -> tuple[str, str]:
    """Return the type and the name of a resource, or two empty texts if the task gives its URI."""
    kind, dummy, name = member.name.partition("/") if member.name is not None and member.id is None else ("", "", "")
    return kind, name


def _member(value: str, mistakes: Mistakes) -> Reference:
    found = reference(value)
    kind, dummy, name = value.partition("/")
    if found.id is None and not (kind and name):
        mistakes.add(
            f"resources takes URIs, or type and name such as ethernet-networks/blue, not {value!r}.",
            "The type is the collection's name in the REST API.",
        )
    return found


def _type_and_name(row: Json) -> str:
    kind = row.get("category") or str(row["uri"]).split("/")[2]
    return f"{kind}/{row.get('name')}"
