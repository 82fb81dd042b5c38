# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Resource types: tables that describe each attribute of a resource in one place.

The argument spec, the request bodies, the comparison, the diff and the list of fields to read derive from the table.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ..data import Json
from ..options.rules import Requires, StateRule
from .attribute import Attribute, Format
from .lists import MODES, List
from .whole_list import Whole

if t.TYPE_CHECKING:
    from ..options.consent import Consent
    from .content import Content

NAMED, EXISTING, SINGLETON = "named", "existing", "singleton"
"""Kinds of resource types. Tasks create and delete objects of a named type. They only change an existing object, such
as a port, and a singleton, of which the appliance has exactly one, such as its DNS settings."""


@dataclasses.dataclass(frozen=True)
class Dependents:
    """Objects that the appliance deletes together with the object.

    option: their attribute in the object as read, and in the diff; the handler adds it, with id and name of each.
    type: their resource type; without it, they are a relation that is read with the object. by: the attribute of a
    dependent that holds the object's id. filters, select: the rest of the query that finds them.
    only_with: the option that has them deleted; without it they stay. part_of: relations of a dependent to objects that
    it is a part of, each with their resource type. It is deleted with such an object, and never before.
    """

    option: str
    noun: str
    type: str = ""
    filters: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    by: str = ""
    select: str = ""
    only_with: str = ""
    part_of: t.Mapping[str, str] = dataclasses.field(default_factory=dict)

    def go(self, desired: Json) -> bool:
        """Return whether the task deletes them."""
        return desired.get("state") == "absent" and bool(not self.only_with or desired.get(self.only_with))


@dataclasses.dataclass(frozen=True)
class RequestParameter:
    """An option that controls a request and is never a reason to send one.

    on: the actions whose body takes it. along: an attribute that the body must contain as well, or empty. api_name: its
    name in the body, by default the option.
    """

    option: str
    on: tuple[str, ...]
    type: str = "bool"
    along: str = ""
    sensitive: bool = False
    api_name: str = ""


@dataclasses.dataclass(frozen=True)
class RestConvention:
    """How a platform writes requests.

    create, modify, delete, action: HTTP verb and path template of each kind of step.
    by_name: template for a name in place of an id. creates_by: the action that the jobs of a create have.
    replace_on_update: bodies have the form of the object as read, and a change sends the whole object as read with the
    changes applied. version: the attribute that holds an object's version; the appliance refuses a change if the
    version is no longer the one that the plan is based on.
    """

    create: tuple[str, str]
    modify: tuple[str, str]
    delete: tuple[str, str]
    action: tuple[str, str]
    by_name: str
    creates_by: str = "create"
    replace_on_update: bool = False
    version: str = ""


@dataclasses.dataclass(frozen=True, eq=False)
class ResourceType:
    """The table of one resource type. What follows from it alone is found once: a document has a thousand items.

    type: the API's name. title: the name in messages. attributes: including the lists. kind: see `NAMED`.
    kinds: the accepted values of the object's ``type`` if the collection holds objects of several kinds, the preferred
    kind first. kind_by: the attribute that holds it, if that is not ``type``.
    identity: the options that identify an object. The first one is its name in messages. The others are attributes,
    such as the server that a share belongs to, or owners. If the first one is an attribute that refers to an object,
    the objects have no names, and all these options together name one in messages. Objects that nothing but their id
    tells apart have ``id``.
    optional: of the identity, the options that a task may leave out; it then means an object without such a value.
    one_of: of the identity, the options of which a task gives exactly one. The object may have values for all of them.
    owners: references that identify an object but lead there through an attribute, and that no request contains: an
    export belongs to a file system, and its name is unique in the NAS server of that. key_length: the longest key, 0
    for no limit.
    key_without: characters that a new key must not contain. key_format: how people write a key that is no name, such as
    an IP address.
    contents: its files, which are uploaded. parameters: its request parameters.
    lifted: of objects that nobody can delete, the values that they get with ``state: absent``.
    reads: attributes that are only shown in the result and never written.
    renames: whether there is an option ``new_<key>``. update_secrets: the option that says when secrets are written;
    secret_tests: further choices of it, if the platform can find out whether a secret is still valid.
    rules: options that have an effect only together with others, in addition to those that follow from the table.
    state_rules: what must hold for the desired state laid over the current one. consents: values that cannot be undone,
    which a task must accept.
    unset_id: of a singleton, the id to write to while the appliance shows none, because nobody has set it yet.
    lists: of the attributes, the lists that are changed item by item. plain: the others, which a request body contains
    with their whole value. identifying: the attributes and owners among the options of the identity.
    """

    type: str
    title: str
    convention: RestConvention
    attributes: tuple[Attribute, ...]
    kind: str = NAMED
    kinds: tuple[str, ...] = ()
    kind_by: str = "type"
    identity: tuple[str, ...] = ("name",)
    optional: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    lifted: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    owners: tuple[Attribute, ...] = ()
    key_length: int = 0
    key_without: str = ""
    key_format: Format | None = None
    parameters: tuple[RequestParameter, ...] = ()
    contents: tuple[Content, ...] = ()
    dependents: tuple[Dependents, ...] = ()
    reads: tuple[str, ...] = ()
    renames: bool = True
    update_secrets: str = "update_secrets"
    secret_tests: tuple[str, ...] = ()
    rules: tuple[Requires, ...] = ()
    state_rules: tuple[StateRule, ...] = ()
    consents: tuple[Consent, ...] = ()
    unset_id: str = ""
    lists: tuple[List, ...] = dataclasses.field(init=False, repr=False, compare=False)
    plain: tuple[Attribute, ...] = dataclasses.field(init=False, repr=False, compare=False)
    identifying: tuple[Attribute, ...] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        lists = [attribute for attribute in self.attributes if isinstance(attribute, List)]
        by_item = tuple(list_ for list_ in lists if not isinstance(list_.channel, Whole))
        names = {list_.option for list_ in by_item}
        plain = tuple(attribute for attribute in self.attributes if attribute.option not in names)
        object.__setattr__(self, "lists", by_item)
        object.__setattr__(self, "plain", plain)
        known = {attribute.option: attribute for attribute in (*self.attributes, *self.owners)}
        identifying = tuple(known[option] for option in self.identity if option in known)
        object.__setattr__(self, "identifying", identifying)

    @property
    def key(self) -> str:
        """The option that names an object."""
        return self.identity[0]

    @functools.cached_property
    def needed(self) -> tuple[str, ...]:
        """The options of the identity that a task always gives."""
        return tuple(one for one in self.identity if one not in (*self.optional, *self.one_of))

    @functools.cached_property
    def identified_by(self) -> tuple[str, ...]:
        """What a task gives to identify an object, in words."""
        return (*self.needed, *([f"one of {', '.join(self.one_of)}"] if self.one_of else ()))

    @property
    def rename(self) -> str:
        """The verb for another key: objects with an address in place of a name move to another one."""
        return "move" if self.key_format else "rename"

    @functools.cached_property
    def has_names(self) -> bool:
        """Whether the objects have names. Others are identified by the objects that they refer to."""
        return not any(attribute.ref for attribute in self.identifying if attribute.option == self.key)

    @functools.cached_property
    def has_secrets(self) -> bool:
        """Whether the resource or an item of its lists has a secret."""
        items = (attribute for list_ in self.lists for attribute in list_.item.attributes)
        return any(attribute.has_secret for attribute in (*self.attributes, *items))

    def is_kind(self, row: t.Mapping[str, t.Any]) -> bool:
        """Return whether an object is of an accepted kind."""
        return not self.kinds or row.get(self.kind_by) in self.kinds

    def writes_secrets(self, desired: Json) -> bool:
        """Return whether the task writes secrets again that the object has already."""
        return bool(desired.get(self.update_secrets) == "always")

    def argument_spec(self) -> Json:
        """Return the Ansible argument spec of the resource, without the platform's connection options."""
        spec: Json = {}
        if self.kind == NAMED:
            spec["state"] = {"type": "str", "choices": ["present", "absent"], "default": "present"}
        if self.kind != SINGLETON:
            spec.update({"id": {"type": "str"}, self.key: {"type": "str"}})
            if self.key == "id":
                spec["id"]["required"] = True
            if self.renames:
                spec[f"new_{self.key}"] = {"type": "str"}
        for attribute in (*self.owners, *self.attributes):
            spec[attribute.option] = attribute.argument()
        for content in self.contents:
            spec[content.option] = content.argument()
        for list_ in self.lists:
            spec[list_.mode] = {"type": "str", "choices": list(MODES), "default": "exact"}
            if list_.replace:
                spec[list_.replace] = {"type": "bool"}
        if self.has_secrets:
            choices = ["on_create", "always", *self.secret_tests]
            # Ansible takes an option with such a name for a secret, unless no_log says otherwise.
            spec[self.update_secrets] = {"type": "str", "choices": choices, "default": "on_create", "no_log": False}
        for parameter in self.parameters:
            spec[parameter.option] = {"type": parameter.type, **({"no_log": True} if parameter.sensitive else {})}
        return spec

    def no_options(self) -> Json:
        """Return the options of a task that gives none of them: their defaults."""
        return {name: option.get("default") for name, option in self.argument_spec().items()}

    def argument_rules(self) -> Json:
        """Return the rules of AnsibleModule for the options that identify an object."""
        if self.kind == SINGLETON or self.key == "id":
            return {}
        return {"required_one_of": [(self.key, "id")], "mutually_exclusive": [(self.key, "id")]}

    def fields(self, desired: Json) -> dict[str, tuple[str, ...]]:
        """Return the fields to read for a task: attribute names, each with the sub-fields of a relation or ()."""
        given = (attribute for attribute in self.attributes if attribute.since)
        later = tuple(attribute for attribute in given if desired.get(attribute.option) is not None)
        gone = tuple(one for one in self.dependents if not one.type and one.go(desired))
        return dict(_fields(self, tuple(one.option for one in later), tuple(one.option for one in gone)))


@functools.lru_cache(maxsize=256)
def _fields(resource: ResourceType, later: tuple[str, ...], gone: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the fields to read. later: the given options that older releases lack. gone: the dependents to delete."""
    fields: dict[str, tuple[str, ...]] = {"id": ()}
    if resource.kind != SINGLETON and resource.has_names:
        fields[resource.key] = ()
    fields.update((name, ()) for name in resource.reads)
    for attribute in resource.attributes:
        if attribute.since and attribute.option not in later:
            continue
        for name, inner in attribute.fields().items():
            known = fields.get(name, ())
            fields[name] = (*known, *(sub for sub in inner if sub not in known))
    for owner in resource.owners:
        root, dummy, relation = owner.read.partition(".")
        fields[root] = (*(fields.get(root) or ("id", "name")), f"{relation}(id,name)")
    fields.update((option, ("id", "name")) for option in gone)
    return fields
