# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The generic handler for objects of a declared PowerStore resource type."""

from __future__ import annotations

import typing as t

from .._engine.errors import InputError
from .._engine.options.checks import check_options
from .._engine.options.mistakes import UNTOUCHED, Mistakes
from .._engine.plan import Plan, make_plan
from .._engine.resource_type import Json, Reference, ResourceType, RestConvention
from .._engine.steps import Change, Request
from .._engine.text.names import the_one
from .._engine.values import agrees
from .catalog import UNFILTERED
from .client import PowerStoreClient
from .directory import Directory
from .handler import PowerStoreHandler
from .members import look_up_members, resolved_members
from .query import one_of, render_select
from .references import reference

STYLE = RestConvention(
    create=("POST", "{type}"),
    modify=("PATCH", "{type}/{id}"),
    delete=("DELETE", "{type}/{id}"),
    action=("POST", "{type}/{id}/{action}"),
    by_name="name:{name}",
)


Check = t.Callable[[t.Optional[Json], Plan], None]
"""Raises InputError if the array would refuse a plan. It gets the object as read, or None, and the plan."""


class TableHandler(PowerStoreHandler):
    """The object that a task names, of a declared resource type.

    desired: the task's options. Those that refer to other objects hold references as the user wrote them.
    kinds: the accepted values of ``type`` if several kinds of object share the collection, the preferred kind first.
    """

    def __init__(
        self, client: PowerStoreClient, resource: ResourceType, desired: Json, kinds: tuple[str, ...] = ()
    ) -> None:
        check_options(resource, desired)
        super().__init__(client, resource.type, f"{resource.title} {desired.get(resource.key) or desired.get('id')}")
        self.resource = resource
        self.kinds = kinds
        self.desired = _with_references(resource, desired)
        self.directory = Directory(client)
        self.same_name: list[Json] = []
        self._dependents: dict[str, list[Json]] = {}
        self._written: set[str] = set()

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object by ``object_id``, by the task's id, or by its name or new name; None if it does not exist.

        Raise InputError if it is of another kind, or if an object that the task refers to does not exist.
        """
        select = {"select": render_select(self.fields())}
        object_id = object_id or self.desired.get("id")
        current = self.client.get(self.resource.type, object_id, select) if object_id else self._by_name(select)
        if current is not None and self.kinds and current.get("type") not in self.kinds:
            raise InputError(
                f"{current.get('name')} ({current['id']}) is not a {self.resource.title} but of type "
                f"{current.get('type')}.",
                hint=f"Give the name or id of a {self.resource.title}.",
            )
        if self.desired["state"] == "present":
            self._look_up_references(current)
            self._join(current)
        elif current is not None:
            self._look_up_dependents(current)
        return current

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read."""
        return self.resource.fields(self.desired)

    def _look_up_references(self, current: Json | None) -> None:
        """Look up the referenced objects that the plan may write; raise InputError that names all mistakes."""
        mistakes = Mistakes()
        for members in self.resource.members:
            with mistakes.noted():
                look_up_members(self.directory, members, self.desired, current)
        for attribute in self.resource.attributes:
            ref = self.desired.get(attribute.option)
            if (
                attribute.joined
                or not isinstance(ref, Reference)
                or (current and agrees(attribute, attribute.current_value(current), ref))
            ):
                continue
            with mistakes.noted():
                self.directory.find(attribute, ref)
        if mistakes:
            with mistakes.noted():
                self.check_members(current)
        mistakes.refuse()

    def check_members(self, current: Json | None) -> None:
        """Raise InputError for existing objects that cannot become members. By default, check nothing."""

    def _join(self, current: Json | None) -> None:
        """Add id and name of objects for which the API returns only the id; raise InputError for unknown names."""
        for attribute in self.resource.attributes:
            ref = self.desired.get(attribute.option)
            if not attribute.joined or not isinstance(ref, Reference):
                continue
            rows = self.directory.all(attribute.refers_to)
            matches = [row for row in rows if row["id"] == str(ref) or Reference(name=str(ref)).matches(row)]
            if not matches:
                raise InputError(
                    f"{attribute.option}: the array has no {attribute.refers_to} {ref}.",
                    hint=f"Known: {', '.join(str(row['name']) for row in rows)}. {UNTOUCHED}",
                )
            self.directory.keep(attribute.refers_to, ref, matches[0])
            if current is not None:
                current_value = [row for row in rows if row["id"] == current.get(attribute.on_wire)]
                current[attribute.relation] = (
                    {"id": current_value[0]["id"], "name": current_value[0]["name"]} if current_value else None
                )

    def _look_up_dependents(self, current: Json) -> None:
        """Add to the object the dependents that the array deletes with it. They are read once."""
        for dependents in self.resource.dependents:
            if not dependents.type or not dependents.go(self.desired):
                continue
            if dependents.option not in self._dependents:
                query = {**dependents.filters, dependents.by: f"eq.{current['id']}", "select": dependents.select}
                rows = self.client.query(dependents.type, query)
                self._dependents[dependents.option] = sorted(rows, key=lambda row: str(row["name"]))
            current[dependents.option] = self._dependents[dependents.option]

    def _by_name(self, select: Json) -> Json | None:
        key = self.resource.key
        old, new = self.desired[key], self.desired.get(f"new_{key}")
        names = [old] if not new or new.lower() == old.lower() else [old, new]
        wanted = {key: f"eq.{old}" if len(names) == 1 else one_of(names)}
        if self.resource.type in UNFILTERED:
            wanted = {}
        rows = self.client.query(self.resource.type, {**wanted, **select})
        self.same_name = rows
        found = {name.lower(): self._preferred(rows, name) for name in names}
        first, second = found[old.lower()], found.get((new or old).lower())
        if first and second and first["id"] != second["id"]:
            raise InputError(f"Cannot rename {self.resource.title} {old} to {new}: another one has this name.")
        return first or second

    def _preferred(self, rows: list[Json], name: str) -> Json | None:
        """Return the object of the preferred kind with this name: two kinds may each have an object of that name."""
        if not self.kinds:
            return self._named(rows, name)
        ranked = ([row for row in rows if row.get("type") == kind] for kind in self.kinds)
        return next(filter(None, (self._named(same, name) for same in ranked)), None)

    def _named(self, rows: list[Json], name: str) -> Json | None:
        return the_one(rows, name, self.resource.title, key=self.resource.key)

    def plan(self, current: Json | None) -> Plan:
        """Return the plan from the options, with the ids that were looked up."""
        return make_plan(self.resource, current, self._resolved(current))

    def _resolved(self, current: Json | None) -> Json:
        desired = dict(self.desired)
        for attribute in self.resource.attributes:
            if attribute.secret and attribute.option in self._written:
                desired[attribute.update_option] = "on_create"
            if isinstance(desired.get(attribute.option), Reference):
                desired[attribute.option] = self.directory.reference(attribute.refers_to, desired[attribute.option])
        for members in self.resource.members:
            if desired.get(members.option) is not None:
                desired[members.option] = resolved_members(self.directory, members, desired[members.option], current)
        return desired

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError that names everything the array would refuse, as far as the reads show it."""
        mistakes = Mistakes()
        for check in self.checks():
            with mistakes.noted():
                check(current, plan)
        mistakes.refuse()

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return ()

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for this object's jobs: by id, or by name while the array creates the object."""
        if current:
            return super().jobs_filters(current)
        key = self.resource.key
        return {"resource_name": f"eq.{self.desired.get(f'new_{key}') or self.desired[key]}"}

    def on_accepted(self, step: Change) -> None:
        """Note the secrets that were written, because they cannot be read back."""
        body = step.body or {} if isinstance(step, Request) else {}
        attributes = [attribute for attribute in self.resource.attributes if attribute.on_wire in body]
        self._written |= {attribute.option for attribute in attributes if attribute.secret}


def _with_references(resource: ResourceType, desired: Json) -> Json:
    bound = dict(desired)
    for attribute in resource.attributes:
        if attribute.refers_to and bound.get(attribute.option):
            bound[attribute.option] = reference(bound[attribute.option])
    for members in resource.members:
        if bound.get(members.option) is not None:
            unique = dict.fromkeys(bound[members.option])
            bound[members.option] = [reference(name) for name in unique]
    return bound
