# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Base class of all OneView resource handlers: it connects a resource table with the engine."""

from __future__ import annotations

import typing as t
from datetime import datetime

from .._engine.data import Json
from .._engine.errors import InputError, Refused
from .._engine.job import RUNNING, BlockedByJobs, Job
from .._engine.lookup.naming import meant, name_asked
from .._engine.lookup.references import Reference, references_in
from .._engine.options.binding import bind
from .._engine.options.checks import check_options
from .._engine.options.mistakes import Mistakes
from .._engine.planning.history import History
from .._engine.planning.make_plan import make_plan
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Change, LocalAction, Request
from .._engine.shape import check
from .._engine.table.attribute import Attribute
from .._engine.table.lists import List
from .._engine.table.read_path import value_at
from .._engine.table.resource_type import ResourceType, RestConvention
from .._engine.text.names import the_one
from .client import OneViewClient
from .directory import Directory, reference
from .shapes import shape_of

CONVENTION = RestConvention(
    create=("POST", "{type}"),
    modify=("PUT", "{id}"),
    delete=("DELETE", "{id}"),
    action=("POST", "{id}/{action}"),
    by_name="{name}",
    replace_on_update=True,
    version="eTag",
)
ANY_VERSION = "*"
BUSY_STATES = ("creating", "updating", "deleting", "adding", "removing")


class OneViewHandler:
    """Handles the resource that a task names. The ``type`` of its resource table is the path of its collection.

    desired: the task's options; options that refer to other resources hold names or URIs.
    """

    def __init__(
        self, client: OneViewClient, resource: ResourceType, desired: Json, mistakes: Mistakes | None = None
    ) -> None:
        """Raise one InputError for everything that is wrong with the options themselves.

        mistakes: the mistakes that a subclass has already found.
        """
        mistakes = mistakes or Mistakes()
        bound = bind(resource, desired, reference, mistakes)
        with mistakes.noted():
            check_options(resource, bound)
        self.note_options(desired, mistakes)
        mistakes.refuse()
        self.client = client
        self.resource = resource
        self.desired = bound
        self.label = f"{resource.title} {desired.get(resource.key) or desired.get('id')}"
        self.directory = Directory(client)
        self._sent = False
        self._last_read: datetime | None = None
        self._since: datetime | None = None

    def note_options(self, desired: Json, mistakes: Mistakes) -> None:
        """Note mistakes in the options that do not depend on the appliance. Subclasses override this."""

    # Reading

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the resource, or None if it does not exist. The ``id`` of the result is the resource's URI.

        The handler looks the resource up by ``object_id``, else by the task's id, else by its name or new name.
        """
        uri = object_id or self._uri_from_id()
        current = self.client.get(uri) if uri else self._by_name()
        self._last_read = self.client.appliance_time()
        self.directory.errors = []
        if self.desired["state"] == "present":
            self._resolve_names(current)
        if current is None:
            return None
        check(current, shape_of(self.resource), "GET", str(current.get("uri") or uri))
        current["id"] = current.get("uri") or uri
        for attribute in self.resource.attributes:
            if attribute.looks_up:
                current[attribute.option] = self._related(attribute, current)
        return self.complete(current)

    def complete(self, current: Json) -> Json:
        """Return the resource with the data that needs further reads. Subclasses override this."""
        return current

    def _uri_from_id(self) -> str:
        resource_id = self.desired.get("id") or ""
        return resource_id if not resource_id or resource_id.startswith("/") else f"{self.resource.type}/{resource_id}"

    def _by_name(self) -> Json | None:
        return meant(self.resource, self.desired, self.named, was_sent=self._sent, ignores_case=False)

    def named(self, name: str) -> Json | None:
        """Return the resource with this name, or None. An exact match wins over one that differs only in case."""
        key = self.resource.key
        return the_one(self.client.find(self.resource.type, key, name), name, self.resource.title, key=key, place="uri")

    def _resolve_names(self, current: Json | None) -> None:
        """Look up the resources that the task refers to by name."""
        for attribute in self.resource.attributes:
            names = [ref.name for ref in references_in(self.desired.get(attribute.option)) if ref.name is not None]
            if names and collection_of(attribute):
                self.find(attribute, names)

    def find(self, attribute: Attribute, names: list[str]) -> None:
        """Look up the names that an attribute refers to. Subclasses override this if a name alone is not enough."""
        self.directory.find_all(attribute.option, names, collection_of(attribute))

    def _related(self, attribute: Attribute, current: Json) -> t.Any:
        """Return the id and name of each resource that the attribute refers to; an unknown name becomes None."""
        current_value = value_at(current, attribute.read)
        if isinstance(current_value, list):
            return [{"id": uri, "name": self.directory.name_of(uri)} for uri in current_value]
        return {"id": current_value, "name": self.directory.name_of(current_value)} if current_value else None

    # Planning

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; raise one InputError with every mistake if the desired state cannot be reached."""
        try:
            return make_plan(self.resource, current, self._without_written(history))
        except InputError as error:
            Mistakes([*self.wrong(current), error]).refuse()
            raise

    def resolved(self) -> Json:
        """Return the task's options with URIs instead of names."""
        desired = dict(self.desired)
        for attribute in self.resource.attributes:
            value = desired.get(attribute.option)
            if isinstance(value, list) and references_in(value):
                desired[attribute.option] = [self._known(attribute, ref) for ref in value]
            elif isinstance(value, Reference):
                desired[attribute.option] = self._known(attribute, value)
        return desired

    def _without_written(self, history: History) -> Json:
        """Return the resolved options. Secrets that this run has written count as ``on_create``: no read shows them."""
        desired = self.resolved()
        if any(attribute.sensitive and self.is_written(attribute, history) for attribute in self.resource.attributes):
            desired[self.resource.update_secrets] = "on_create"
        return desired

    def is_written(self, attribute: Attribute, history: History) -> bool:
        """Return whether this run has written the secret."""
        return any(
            attribute.api_name in body or value_at(body, attribute.read) is not None for body in history.bodies()
        )

    def _known(self, attribute: Attribute, ref: Reference) -> Reference:
        found = self.directory.meant(collection_of(attribute), str(ref.name)) if ref.id is None else None
        return found or ref

    def wrong(self, current: Json | None) -> list[InputError]:
        """Return the errors that the last read revealed, whatever the plan is."""
        return list(self.directory.errors)

    def refused(self, current: Json | None, plan: Plan) -> list[InputError]:
        """Return errors for what the appliance would refuse in a plan: here, URIs that do not exist.

        This may send GET requests.
        """
        found: list[InputError] = []
        for attribute in self.resource.attributes:
            option = attribute.option
            if not collection_of(attribute) or plan.before.get(option) == plan.after.get(option):
                continue
            related = (current or {}).get(option) or ()
            known = [row["id"] for row in (related if isinstance(related, list) else [related])] if related else []
            uris = [ref.id for ref in references_in(self.desired.get(option)) if ref.id is not None]
            found += self.directory.check(option, [uri for uri in uris if uri not in known], collection_of(attribute))
        return found

    def landmark(self, current: Json | None) -> t.Any:
        """Return what the history must keep of a read; None, because most reads need not be remembered."""

    @property
    def sentence(self) -> str:
        """The label, capitalized for the start of a sentence."""
        return f"{self.label[:1].upper()}{self.label[1:]}"

    def is_new(self, current: Json | None) -> bool:
        """Return whether the task must create the resource."""
        return current is None and self.desired["state"] == "present" and bool(self.desired[self.resource.key])

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise one InputError for all unknown names and for everything that the appliance would refuse."""
        Mistakes([*self.wrong(current), *self.refused(current, plan)]).refuse()

    # Writing

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the appliance's tasks with these actions on this resource.

        Before the first write, the handler asks the appliance only if there is no resource, which a task may be about
        to create, or if the resource itself says that it is changing.
        After a write, older tasks than the read before it are left out, unless they are still running.
        """
        if current and not self._sent and not _is_worked_on(current):
            return None
        if current:
            filters = {"associatedResource.resourceUri": current["id"]}
        else:
            filters = {"associatedResource.resourceName": self._name_to_be()}
        jobs = [job for job in self.client.jobs(filters, self._since) if job.action in actions]
        exact = [job for job in jobs if job.resource_name == self._name_to_be()] if not current else []
        return exact or jobs

    def _name_to_be(self) -> str:
        return name_asked(self.resource, self.desired)

    def send(self, step: Request) -> Job:
        """Send a step once, conditional on the resource version that the plan was made for.

        Raises BlockedByJobs if the appliance refuses the step because of running tasks on the resource.
        """
        self.note_sending()
        version = ANY_VERSION if step.version and self.desired.get("force") else step.version
        try:
            return self.client.send(step, version)
        except Refused as error:
            running = self._blocking_jobs(step) if _is_conflict(error) else []
            if not running:
                raise
            raise BlockedByJobs(error, running) from None

    def _blocking_jobs(self, step: Request) -> list[Job]:
        """Return the running tasks on the resource; for a create, the ones that create a resource with this name."""
        if step.action == "create":
            jobs = self.find_jobs(None, ["create"]) or []
        else:
            jobs = self.client.jobs({"associatedResource.resourceUri": _resource_of(step.path)}, self._since)
        return [job for job in jobs if job.state == RUNNING]

    def note_sending(self) -> None:
        """Remember that a request is being sent. Tasks that ended before the last read cannot result from it."""
        self._sent, self._since = True, self._last_read or self.client.appliance_time()

    def do_locally(self, step: LocalAction) -> None:
        """Carry out a local action. By default, plans contain none."""
        raise NotImplementedError

    def on_accepted(self, step: Change) -> None:
        """React to a step that the appliance has accepted: nothing to do."""

    def job(self, job_id: str) -> Job:
        """Return the current state of a task."""
        return self.client.job(job_id)


def _resource_of(path: str) -> str:
    """Return the URI of the resource that a request is about, without a query or sub-resource."""
    return path.partition("?")[0].replace("/powerState", "")


def _is_conflict(error: Refused) -> bool:
    """Return whether the appliance refused a request because of the resource's state or a duplicate name."""
    return error.status == 409 or any("DUPLICATE" in str(message.get("code")).upper() for message in error.messages)


def _is_worked_on(current: Json) -> bool:
    return bool(current.get("inProgress")) or str(current.get("state")).lower() in BUSY_STATES


def collection_of(attribute: Attribute) -> str:
    """Return the collection of the resources that an attribute refers to, or an empty text."""
    ref = attribute.item.ref if isinstance(attribute, List) else attribute.ref
    return ref.type if ref else ""
