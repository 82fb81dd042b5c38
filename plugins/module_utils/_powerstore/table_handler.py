# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The generic handler for objects of a declared PowerStore resource type."""

from __future__ import annotations

import dataclasses
import typing as t
from functools import partial

from .._engine.data import Json
from .._engine.documents.batching import all_of
from .._engine.errors import InputError, Refused
from .._engine.job import Job
from .._engine.lookup.naming import meant, name_asked, names_to_find
from .._engine.lookup.references import Ref, Reference, Resolver, Wanted
from .._engine.lookup.resolving import resolved, wanted_of
from .._engine.options.binding import bind
from .._engine.options.checks import check_options
from .._engine.options.mistakes import UNTOUCHED, Mistakes
from .._engine.planning.history import History
from .._engine.planning.make_plan import make_plan
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Request
from .._engine.table.attribute import Attribute, as_is, as_text
from .._engine.table.list_changes import Changes, changes_of
from .._engine.table.lists import List
from .._engine.table.resource_type import SINGLETON, ResourceType
from .._engine.table.values import agrees
from .._engine.text.names import the_one
from .._engine.text.words import with_article
from .client import PowerStoreClient
from .directory import Directory
from .handler import PowerStoreHandler
from .query import one_of, render_select
from .references import reference
from .releases import explained
from .schema import facts_of, needed_in_changes

Check = t.Callable[[t.Optional[Json], Plan], None]
"""Raises InputError if the array would refuse a plan. It gets the object as read, or None, and the plan."""


class TableHandler(PowerStoreHandler):
    """The object that a task names, of a declared resource type.

    desired: the task's options; those that refer to other objects become references.
    name_kinds: the kinds of object that share one set of names; all kinds if empty. name_hint: says so in messages.
    """

    name_kinds: tuple[str, ...] = ()
    name_hint = ""

    def __init__(self, client: PowerStoreClient, resource: ResourceType, desired: Json) -> None:
        mistakes = Mistakes()
        desired = {"state": "present", **desired}
        bound = bind(resource, desired, reference, mistakes)
        with mistakes.noted():
            check_options(resource, bound)
        self.check_input(bound, mistakes)
        mistakes.refuse()
        named = "" if resource.kind == SINGLETON else f" {name_asked(resource, desired) or desired.get('id')}"
        super().__init__(client, resource.type, f"{resource.title}{named}")
        self.resource = resource
        self.kinds = resource.kinds
        self.kind_by = resource.kind_by
        self.desired = bound
        self.resolver = Resolver(Directory(client))
        self.same_name: list[Json] = []
        self._dependents: dict[str, list[Json]] = {}

    def check_input(self, desired: Json, mistakes: Mistakes) -> None:
        """Add what is wrong with the options alone, apart from what the table says. By default, check nothing."""

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object by ``object_id``, by the task's id, or by its name or new name; None if it does not exist.

        Raise InputError if it is of another kind, or if an object that the task refers to does not exist; raise
        Unsupported if the array's release lacks the type or an attribute.
        """
        select = {"select": render_select(self.fields())}
        object_id = object_id or self.desired.get("id")
        if object_id == self.resource.unset_id:
            object_id = None  # the array does not know it before somebody has made the settings
        try:
            current = self.client.get(self.resource.type, object_id, select) if object_id else self._search(select)
        except Refused as error:
            raise explained(error, self.resource) from None
        if current is not None and not self.resource.is_kind(current):
            raise InputError(
                f"{current.get('name')} ({current['id']}) is not {with_article(self.resource.title)} but of type "
                f"{current.get(self.kind_by)}.",
                hint=f"Give the name or id of {with_article(self.resource.title)}.",
            )
        if self.desired["state"] == "present":
            self._look_up_references(current)
            self._read_beside(current)
        elif current is not None:
            self._look_up_dependents(current)
        return current

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read."""
        return self.resource.fields(self.desired)

    def _look_up_references(self, current: Json | None) -> None:
        """Look up the referenced objects that the plan may write; raise InputError that names all mistakes."""
        mistakes = Mistakes()
        self.resolver.look_up([*self.wanted(current), *self._current_references(current)], mistakes)
        if mistakes and not self.client.checks_later:
            with mistakes.noted():
                self.check_members(current)
        if not self.client.ignores_unknown:
            mistakes.refuse()
        for attribute in self.resource.attributes:
            if current is not None and attribute.looks_up and self.desired.get(attribute.option) is not None:
                current[attribute.option] = self._named_object(attribute.ref, current.get(attribute.api_name))

    def _read_beside(self, current: Json | None) -> None:
        """Add to the object what requests of their own return: sums of files and lists, if the task gives them."""
        if current is None:
            return
        files = [one for one in self.resource.contents if self.desired.get(one.option) is not None]
        lists = [one for one in self.resource.lists if one.read_by and self.desired.get(one.option) is not None]
        if lists:
            from .read_lists import read_list

        reads: list[t.Callable[[], t.Any]] = [
            *(partial(self.client.download, self.type, current["id"], one.download) for one in files),
            *(partial(read_list, self.client, self.resource, current["id"], one) for one in lists),
        ]
        found = all_of(reads)
        current.update((one.option, one.sum_of(file)) for one, file in zip(files, found))
        current.update((one.option, rows) for one, rows in zip(lists, found[len(files) :]))

    def send(self, step: Request) -> Job:
        """Send a step once, and return its job."""
        file = next((self.desired[one.option] for one in self.resource.contents if one.upload == step.action), None)
        return super().send(step) if file is None else self.client.send(step, content=file.content)

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return the jobs of these actions on the object; uploads are no jobs."""
        uploads = [one.upload for one in self.resource.contents]
        as_jobs = [action for action in actions if action not in uploads]
        return super().find_jobs(current, as_jobs) if as_jobs else None

    def wanted(self, current: Json | None) -> list[Wanted]:
        """Return the references to look up."""
        return wanted_of(self.resource, self.desired, current)

    def _current_references(self, current: Json | None) -> list[Wanted]:
        """Return references to the objects for which the API returns only ids."""
        return [
            Wanted(attribute.option, attribute.ref, (Reference(id=current[attribute.api_name]),), optional=True)
            for attribute in self.resource.attributes
            if attribute.looks_up and attribute.ref and not isinstance(attribute, List)
            if current and current.get(attribute.api_name) and self.desired.get(attribute.option) is not None
        ]

    def row_of(self, option: str) -> Json | None:
        """Return the object that an option of the task refers to, as looked up; None if it refers to none."""
        known = (*self.resource.owners, *self.resource.attributes)
        ref, wanted = next(one.ref for one in known if one.option == option), self.desired.get(option)
        return self.resolver.row(ref, wanted) if ref and isinstance(wanted, Reference) else None

    def _named_object(self, ref: Ref | None, object_id: t.Any) -> Json | None:
        """Return id and name of an object of which the API returned the id."""
        if not object_id or ref is None:
            return None
        row = self.resolver.row(ref, Reference(id=object_id))
        return {"id": object_id, "name": row.get("name") if row else None}

    def check_members(self, current: Json | None) -> None:
        """Raise InputError for existing objects that cannot become members. By default, check nothing."""

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

    def _search(self, select: Json) -> Json | None:
        """Return the object that the task identifies without an id."""
        if self.resource.kind == SINGLETON:
            rows = self.client.query(self.resource.type, select)
            unset = {"id": self.resource.unset_id} if self.resource.unset_id else None
            return rows[0] if rows else unset
        return self._by_name(select) if self.resource.has_names else self._by_references(select)

    def _by_name(self, select: Json) -> Json | None:
        key = self.resource.key
        names = names_to_find(self.resource, self.desired)
        wanted = {key: f"eq.{names[0]}" if len(names) == 1 else one_of(names)}
        if not facts_of(self.resource.type).filters:
            wanted = {}
        scope = self._scope()
        if scope is None:
            return None
        rows = self.client.query(self.resource.type, {**wanted, **scope, **select})
        self.same_name = rows = [row for row in rows if self._is_identified(row)]
        return meant(self.resource, self.desired, lambda name: self._preferred(rows, name))

    def _by_references(self, select: Json) -> Json | None:
        """Return the object that refers to what the task names; raise InputError if several do."""
        scope = self._scope()
        rows = [] if scope is None else self.client.query(self.resource.type, {**scope, **select})
        found = [row for row in rows if self._is_identified(row)]
        if len(found) > 1:
            raise InputError(
                f"{len(found)} objects match {self.label}: {', '.join(sorted(str(row['id']) for row in found))}.",
                hint="Give the id instead.",
            )
        return found[0] if found else None

    def _scope(self) -> Json | None:
        """Return the filters for what identifies an object beside its name, such as its file system.

        A reference by name is compared with what the array returns of the object, without a look-up. Only if that is an
        id alone, it is looked up; return None if it does not exist, for a task that removes the object.
        """
        mistakes, is_absent = Mistakes(), self.desired["state"] == "absent"
        beside = [(one, self.desired.get(one.option)) for one in self._beside()]
        unknown = [(one, value) for one, value in beside if one.looks_up and isinstance(value, Reference)]
        self.resolver.look_up(
            [Wanted(one.option, t.cast(Ref, one.ref), (value,), optional=is_absent) for one, value in unknown], mistakes
        )
        mistakes.refuse()
        for one, wanted in unknown:
            row = self.resolver.row(t.cast(Ref, one.ref), wanted)
            if row is not None:  # the object as read has the id, and nobody needs to ask again for its name
                self.resolver.keep(t.cast(Ref, one.ref), Reference(id=row["id"]), row)
        scope: Json = {}
        for attribute, value in beside:
            if isinstance(value, Reference) and attribute.ref:
                value = self.resolver.reference(attribute.ref, value).id
                if value is None and attribute.looks_up:
                    return None
            if value is not None and self._takes_filter(attribute):
                scope[attribute.api_name] = f"eq.{value}"
        return scope

    def _takes_filter(self, attribute: Attribute) -> bool:
        """Return whether the array compares an attribute. It does not know values that are equal by a normal form."""
        is_plain = attribute.ref is not None or attribute.normalize in (as_is, as_text)
        return is_plain and attribute not in self.resource.owners and facts_of(self.resource.type).filters

    def _is_identified(self, row: Json) -> bool:
        """Return whether an object has what the task gives of its identity beside its name."""
        left_out = [one for one in self._beside() if one.option in self.resource.optional]
        if any(one.current_value(row) for one in left_out if self.desired.get(one.option) is None):
            return False
        return all(
            self._belongs(row, one, self.desired[one.option])
            for one in self._beside()
            if self.desired.get(one.option) is not None
            if one.ref or not self._takes_filter(one)
        )

    def _belongs(self, row: Json, attribute: Attribute, value: t.Any) -> bool:
        """Return whether an object has a value of its identity. Of some objects, the array returns only the id."""
        if not attribute.looks_up:
            return agrees(attribute, attribute.current_value(row), value)
        known = self.resolver.reference(t.cast(Ref, attribute.ref), value)
        return row.get(attribute.api_name) == known.id

    def _beside(self) -> list[Attribute]:
        """Return what identifies an object beside its name."""
        key = self.resource.key if self.resource.has_names else ""
        return [one for one in self.resource.identifying if one.option != key]

    def _preferred(self, rows: list[Json], name: str) -> Json | None:
        """Return the object of the preferred kind with this name: two kinds may each have an object of that name."""
        if not self.kinds:
            return self._named(rows, name)
        ranked = ([row for row in rows if row.get(self.kind_by) == kind] for kind in self.kinds)
        return next(filter(None, (self._named(same, name) for same in ranked)), None)

    def _named(self, rows: list[Json], name: str) -> Json | None:
        return the_one(rows, name, self.resource.title, key=self.resource.key)

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan from the options, with the ids that were looked up."""
        plan = make_plan(self.resource, current, self._without_written(self.resolved_options(current), history))
        return plan.with_requests(partial(self._with_required, current or {}))

    def _with_required(self, current: Json, step: Request) -> Request:
        """Return a step with what every change must contain, as it is now unless the step changes it."""
        if step.action != "modify":
            return step
        kept = {name: current[name] for name in needed_in_changes(self.type) if name in current}
        return dataclasses.replace(step, body={**kept, **(step.body or {})}) if kept else step

    def _without_written(self, desired: Json, history: History) -> Json:
        """Return the options. Secrets that this run has written count as ``on_create``, because no read shows them."""
        desired = dict(desired)
        for list_ in self.resource.lists:
            written = {key for body in history.bodies() for key in list_.secrets_in(body)}
            if written and desired.get(list_.option):
                desired[list_.option] = [list_.without_secrets(item, written) for item in desired[list_.option]]
        written_once = [attribute for attribute in self.resource.plain if attribute.is_lacking]
        desired.update((one.option, None) for one in written_once if self.is_written(one, history))
        secrets = [attribute for attribute in self.resource.attributes if attribute.has_secret]
        if not any(self.is_written(attribute, history) for attribute in secrets):
            return desired
        return {**desired, self.resource.update_secrets: "on_create"}

    def resolved_options(self, current: Json | None) -> Json:
        return resolved(self.resource, self.desired, current, self.resolver)

    def is_written(self, attribute: Attribute, history: History) -> bool:
        """Return whether this run has written the attribute."""
        return any(attribute.api_name.partition(".")[0] in body for body in history.bodies())

    def changes(self, list_: List, current: Json | None) -> Changes:
        """Return what the task changes in a list, nothing if it does not give the list."""
        desired = self.resolved_options(current)
        if desired["state"] != "present" or desired.get(list_.option) is None:
            return Changes()
        return changes_of(list_, current, desired, self.resource.writes_secrets(desired))

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError that names everything the array would refuse, as far as the reads show it."""
        mistakes = Mistakes()
        for check in (self._check_consents, *self.checks()):
            with mistakes.noted():
                check(current, plan)
        mistakes.refuse()

    def _check_consents(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError for a change that nobody can undo, unless the task accepts it."""
        for consent in self.resource.consents if plan.requests else ():
            of = next(one for one in self.resource.attributes if one.option == consent.of)
            consent.check(of.current_value(current) if current else None, self.desired)

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return ()

    def check_name(self, current: Json | None, plan: Plan) -> None:
        """Raise InputError if another object has the new name.

        Only for a task with an id is another query needed: a read by name has already found the others.
        """
        key = self.resource.key
        if not self.resource.has_names:
            return
        new = next((str(step.body[key]) for step in plan.requests if step.body and step.body.get(key)), None)
        if new is None or (current and new.lower() == str(current[key]).lower()):
            return
        if self.desired.get("id"):
            select = f"id,{key},{self.kind_by}" if self.kinds else f"id,{key}"
            self.same_name = self.client.query(self.type, {key: one_of([new]), "select": select})
        taken = [row for row in self.same_name if str(row[key]).lower() == new.lower()]
        taken = [row for row in taken if not self.name_kinds or row.get(self.kind_by) in self.name_kinds]
        if taken:
            of_type = f", which is of type {taken[0].get(self.kind_by)}" if self.kinds else ""
            raise InputError(
                f"The {key} {new} is taken by {taken[0][key]} ({taken[0]['id']}){of_type}.",
                hint=f"Give another {key}{self.name_hint}. {UNTOUCHED}",
            )

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for this object's jobs: by id, or by name while the array creates the object.

        Of objects without names, the jobs of all that the array creates: the run waits for them and reads again.
        """
        if current:
            return super().jobs_filters(current)
        if self.resource.key != "name":
            return {}
        return {"resource_name": f"eq.{name_asked(self.resource, self.desired)}"}
