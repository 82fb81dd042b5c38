# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An object of a PowerStore resource table, as the engine deals with it."""

from __future__ import annotations

from ..engine.checks import check_options
from ..engine.errors import InputError
from ..engine.names import the_one
from ..engine.plan import Plan, Step, make_plan
from ..engine.resource import Json, Members, Reference, Resource, Style
from .catalog import UNFILTERED
from .client import PowerStoreClient
from .query import one_of, render_select
from .references import in_queries, reference
from .subject import PowerStoreSubject

STYLE = Style(
    create=("POST", "{type}"),
    modify=("PATCH", "{type}/{id}"),
    delete=("DELETE", "{type}/{id}"),
    action=("POST", "{type}/{id}/{action}"),
    by_name="name:{name}",
)


class TableSubject(PowerStoreSubject):
    """The object that a task names, under a resource table.

    want: the task's options; the ones that refer to other objects hold what the person wrote.
    kinds: where several kinds of object share the collection, their values of ``type``, the preferred first.
    """

    def __init__(self, client: PowerStoreClient, resource: Resource, want: Json, kinds: tuple[str, ...] = ()) -> None:
        check_options(resource, want)
        super().__init__(client, resource.type, f"{resource.title} {want.get(resource.key) or want.get('id')}")
        self.resource = resource
        self.kinds = kinds
        self.want = _with_references(resource, want)
        self._directory: dict[tuple[str, str], Reference] = {}
        self._collections: dict[str, list[Json]] = {}
        self._written: set[str] = set()

    def look_up(self, object_id: str | None = None) -> Json | None:
        """Return the object by the id learnt, by the task's id, or by its name or new name."""
        select = {"select": render_select(self.fields())}
        object_id = object_id or self.want.get("id")
        have = self.client.get(self.resource.type, object_id, select) if object_id else self._by_name(select)
        if have is not None and self.kinds and have.get("type") not in self.kinds:
            raise InputError(
                f"{have.get('name')} ({have['id']}) is not a {self.resource.title} but of type {have.get('type')}.",
                hint=f"Give the name or id of a {self.resource.title}.",
            )
        if self.want["state"] == "present":
            self._look_up_members(have)
            self._join(have)
        return have

    def fields(self) -> dict[str, tuple[str, ...]]:
        """Return the fields to read."""
        return self.resource.fields(self.want)

    def _join(self, have: Json | None) -> None:
        """Put objects that the array does not expand beside their ids; raise InputError for unknown names."""
        for attribute in self.resource.attributes:
            asked = self.want.get(attribute.option)
            if not attribute.joined or not isinstance(asked, Reference):
                continue
            rows = self._all(attribute.refers_to)
            meant = [row for row in rows if row["id"] == str(asked) or Reference(name=str(asked)).matches(row)]
            if not meant:
                known = ", ".join(str(row["name"]) for row in rows)
                raise InputError(
                    f"{attribute.option}: the array has no {attribute.refers_to} {asked}.", hint=f"Known: {known}."
                )
            self._directory[attribute.refers_to, str(asked).lower()] = Reference(meant[0]["id"], meant[0]["name"])
            if have is not None:
                current = [row for row in rows if row["id"] == have.get(attribute.on_wire)]
                have[attribute.relation] = {"id": current[0]["id"], "name": current[0]["name"]} if current else None

    def _all(self, type_: str) -> list[Json]:
        """Return a small collection, read once."""
        if type_ not in self._collections:
            self._collections[type_] = self.client.query(type_, {"select": "id,name"})
        return self._collections[type_]

    def _by_name(self, select: Json) -> Json | None:
        key = self.resource.key
        old, new = self.want[key], self.want.get(f"new_{key}")
        names = [old] if not new or new.lower() == old.lower() else [old, new]
        wanted = {key: f"eq.{old}" if len(names) == 1 else one_of(names)}
        if self.resource.type in UNFILTERED:
            wanted = {}
        rows = self.client.query(self.resource.type, {**wanted, **select})
        found = {name.lower(): self._preferred(rows, name) for name in names}
        first, second = found[old.lower()], found.get((new or old).lower())
        if first and second and first["id"] != second["id"]:
            raise InputError(
                f"Cannot rename {self.resource.title} {old} to {new}: there is another one with this name."
            )
        return first or second

    def _preferred(self, rows: list[Json], name: str) -> Json | None:
        """Return the one that is meant among objects of one name: kinds have names of their own."""
        if not self.kinds:
            return self._named(rows, name)
        ranked = ([row for row in rows if row.get("type") == kind] for kind in self.kinds)
        return next(filter(None, (self._named(same, name) for same in ranked)), None)

    def _named(self, rows: list[Json], name: str) -> Json | None:
        return the_one(rows, name, self.resource.title, key=self.resource.key)

    def plan(self, have: Json | None) -> Plan:
        """Return what is to be done, with the members' ids that were looked up."""
        return make_plan(self.resource, have, self._resolved(have))

    def _resolved(self, have: Json | None) -> Json:
        want = dict(self.want)
        for attribute in self.resource.attributes:
            if attribute.secret and attribute.option in self._written:
                want[attribute.update_option] = "on_create"
            if attribute.joined and isinstance(want.get(attribute.option), Reference):
                asked = want[attribute.option]
                want[attribute.option] = self._directory.get((attribute.refers_to, str(asked).lower()), asked)
        for members in self.resource.members:
            if want.get(members.option) is not None:
                current = (have or {}).get(members.relation) or []
                want[members.option] = [self._resolve(members, one, current) for one in want[members.option]]
        return want

    def _resolve(self, members: Members, one: Reference, current: list[Json]) -> Reference:
        for member in current:
            if one.matches(member):
                return Reference(member["id"], member.get("name"))
        return self._directory.get((members.refers_to, str(one).lower()), one)

    def _look_up_members(self, have: Json | None) -> None:
        """Resolve the members that the object does not have yet; raise InputError naming all that do not exist."""
        for members in self.resource.members:
            asked: list[Reference] = self.want.get(members.option) or []
            if self.want.get(members.mode) == "remove":
                continue  # what does not exist is no member, which is all that is asked
            current = (have or {}).get(members.relation) or []
            unknown = [one for one in asked if not any(one.matches(member) for member in current)]
            unknown = [one for one in unknown if (members.refers_to, str(one).lower()) not in self._directory]
            self._fill_directory(members.refers_to, unknown)
            missing = [str(one) for one in unknown if (members.refers_to, str(one).lower()) not in self._directory]
            if missing:
                raise InputError(
                    f"No {members.noun} on the array for: {', '.join(missing)}.",
                    hint=f"{members.option} takes names or ids of {members.noun}s; nothing was written.",
                )

    def _fill_directory(self, type_: str, references: list[Reference]) -> None:
        for part in in_queries(references):
            ids = [str(one.id) for one in part if one.id is not None]
            names = [str(one.name) for one in part if one.id is None]
            query = {"select": "id,name,type" if type_ in KINDS else "id,name"}
            if ids and names:
                query["or"] = f"(id.{one_of(ids)},name.{one_of(names)})"
            else:
                query["id" if ids else "name"] = one_of(ids or names)
            for row in self.client.query(type_, query):
                if row.get("type") in KINDS.get(type_, (None, row.get("type"))):
                    known = Reference(row["id"], row["name"])
                    for one in part:
                        if one.matches(row):
                            self._directory[type_, str(one).lower()] = known

    def preflight(self, have: Json | None, plan: Plan) -> None:
        """Look up the objects that the run would name in its bodies: the array itself would refuse unknown ones."""
        if self.want["state"] == "absent":
            return
        for attribute in self.resource.attributes:
            value = self.want.get(attribute.option)
            if (
                attribute.joined
                or not isinstance(value, Reference)
                or plan.after[attribute.option] == plan.before.get(attribute.option)
            ):
                continue
            wanted = {"id": f"eq.{value.id}"} if value.id is not None else {"name": f"eq.{value.name}"}
            rows = self.client.query(attribute.refers_to, {**wanted, "select": "id,name,type"})
            if not any(row.get("type") == attribute.kind for row in rows):
                found = f", but one of type {rows[0].get('type')}" if rows else ""
                raise InputError(
                    f"{attribute.option}: the array has no {attribute.kind} {attribute.refers_to} {value}{found}."
                )

    def jobs_filters(self, have: Json | None) -> Json:
        """Return what tells this object's jobs from others; while it is being created, they know only its name."""
        if have:
            return super().jobs_filters(have)
        key = self.resource.key
        return {"resource_name": f"eq.{self.want.get(f'new_{key}') or self.want[key]}"}

    def accepted(self, step: Step) -> None:
        """Take note of secrets that are written: they cannot be read back."""
        body = step.body or {}
        self._written |= {one.option for one in self.resource.attributes if one.secret and one.on_wire in body}


KINDS = {"volume": ("Primary", "Clone")}
"""Types whose collection also holds snapshots, and the kinds of them that can be referred to."""


def _with_references(resource: Resource, want: Json) -> Json:
    bound = dict(want)
    for attribute in resource.attributes:
        if attribute.refers_to and bound.get(attribute.option):
            bound[attribute.option] = reference(bound[attribute.option])
    for members in resource.members:
        if bound.get(members.option) is not None:
            unique = dict.fromkeys(bound[members.option])
            bound[members.option] = [reference(one) for one in unique]
    return bound
