# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Define the table of a resource type: what it offers is chosen by hand, everything else comes from the facts.

The facts give each attribute's type, enum, limits, the requests that take it, what unsets it, the release that added
it, and the type that it refers to. By hand come the choice, normal forms, formats, one-way values, and rules.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .._engine.lookup.references import Ref
from .._engine.options.rules import Requires, StateRule
from .._engine.table.attribute import (
    CANNOT,
    EMPTY_TEXT,
    NULL,
    Attribute,
    Format,
    Membership,
    Normalize,
    OneWay,
    Switch,
    as_is,
    as_list,
    as_text,
)
from .._engine.table.lists import List
from .._engine.table.resource_type import NAMED, SINGLETON, Dependents, RequestParameter, ResourceType, RestConvention
from .formats import interface_address, quota_path
from .references import NAMED_BY
from .releases import OLDEST, as_release
from .schema import AttributeFacts, Attributes, TypeFacts, attribute_at, facts_of

if t.TYPE_CHECKING:
    from .._engine.options.consent import Consent
    from .._engine.table.content import Content

CONVENTION = RestConvention(
    create=("POST", "{type}"),
    modify=("PATCH", "{type}/{id}"),
    delete=("DELETE", "{type}/{id}"),
    action=("POST", "{type}/{id}/{action}"),
    by_name="name:{name}",
)

POLICY_KINDS = {
    "protection_policy": "Protection",
    "performance_policy": "Performance",
    "qos_performance_policy": "QoS",
}
"""The kind of policy that an attribute of this name refers to: all policies are one resource type."""

FILE_QOS_POLICY = Ref("policy", ("File_Performance",), noun="file QoS policy")
FILE_INTERFACE = Ref("file_interface", named_by=NAMED_BY["file_interface"], form=interface_address)
PREFERRED_INTERFACES = {
    f"{role}_ipv{version}_interface": f"{role}_IPv{version}_interface_id"
    for role in ("production", "backup")
    for version in (4, 6)
}
"""The options of a NAS server that prefer one of its interfaces, each with its attribute."""

OTHER_REFS = {
    **{("nas_server", option): FILE_INTERFACE for option in PREFERRED_INTERFACES},
    ("file_import_session", "import_interface"): Ref("file_import_interface"),
    ("file_import_session", "source"): Ref("file_import_nas_server"),
    ("file_system", "performance_policy"): FILE_QOS_POLICY,
    ("ldap_account", "domain"): Ref("ldap_domain", id_form=r"\d+", noun="LDAP domain", named_by="domain_name"),
    ("nas_server", "performance_policy"): FILE_QOS_POLICY,
}
"""By type and option, what an attribute refers to whose name leads to something else in other types."""

LIVE = ("Primary", "Clone")
"""The types of volumes and volume groups that are no snapshots."""

REFERRED_KINDS = {"volume": LIVE, "volume_group": LIVE}
"""The kinds of object that tasks refer to, for types whose collections also hold snapshots."""

SHORT_IDS = {"appliance": r"A\d+", "node": r"N\d+", "network": r"NW\d+"}
"""The form of the ids that are no UUIDs."""

NOUNS = {
    "io_limit_rule": "I/O limit rule",
    "file_io_limit_rule": "file I/O limit rule",
    "file_tree_quota": "tree quota",
    "nas_server": "NAS server",
}
"""What people call an object, where the words of its type are not enough."""

REFERRED_FORMS = {"file_interface": interface_address, "file_tree_quota": quota_path}
"""How people write what they name an object with, by the type that they refer to."""

NOT_IN_NAMES = '<>"`\\/{}?#%&=@'
"""Characters with a meaning in URLs or HTML. The documents permit "no special HTTP characters" in a group's name."""

ATTRIBUTE_SUFFIXES = ("", "_id", "_ids")


def define(
    type_: str,
    *,
    title: str = "",
    kind: str = NAMED,
    kinds: tuple[str, ...] = (),
    kind_by: str = "type",
    created_by: str = "",
    identity: tuple[str, ...] = ("name",),
    optional: tuple[str, ...] = (),
    one_of: tuple[str, ...] = (),
    lifted: t.Mapping[str, t.Any] | None = None,
    offer: tuple[str, ...] = (),
    lists: tuple[List, ...] = (),
    names: t.Mapping[str, str] | None = None,
    read: t.Mapping[str, str] | None = None,
    default: t.Mapping[str, t.Any] | None = None,
    normalize: t.Mapping[str, Normalize] | None = None,
    format: t.Mapping[str, Format] | None = None,
    one_way: t.Mapping[str, OneWay] | None = None,
    clear: t.Mapping[str, str] | None = None,
    membership: t.Mapping[str, Membership] | None = None,
    belongs_to: t.Mapping[str, tuple[str, ...]] | None = None,
    is_lacking: t.Mapping[str, t.Callable[[t.Any], bool]] | None = None,
    switch: t.Mapping[str, Switch] | None = None,
    choices: t.Mapping[str, tuple[t.Any, ...]] | None = None,
    contents: tuple[Content, ...] = (),
    parameters: tuple[str, ...] = (),
    own_parameters: tuple[str | RequestParameter, ...] = (),
    consents: tuple[Consent, ...] = (),
    dependents: tuple[Dependents, ...] = (),
    reads: tuple[str, ...] = (),
    renames: bool = True,
    unset_id: str = "",
    key_without: str = "",
    update_secrets: str = "update_secrets",
    secret_tests: tuple[str, ...] = (),
    rules: tuple[Requires, ...] = (),
    state_rules: tuple[StateRule, ...] = (),
) -> ResourceType:
    """Return the table of a resource type.

    created_by: the action of another object that makes one; then its body is the create body.
    offer: the options; each is an attribute of the API, without ``_id`` or ``_ids``. names: the attribute of an option
    whose name must differ from it, such as ``user_password`` for ``password``, or the part of a structure, such as
    ``flr_attributes.mode``. read: read paths of values that are not
    where the request has them. choices: those values of an enum that a request may contain, if they are not all.
    switch: flags that only actions switch. parameters: options that only control a request, or an action of a switch.
    own_parameters: options that no request takes, as they decide about the steps, most of them flags; consents bring
    theirs. The others are as in `ResourceType` and `Attribute`, by option.
    identity: as in `ResourceType`. ``file_system.nas_server`` in it makes an owner: an option ``nas_server`` that leads
    through the attribute ``file_system``. ``appliance`` identifies an object by what it belongs to, even if no request
    takes that. A format of the key is for a key that is no name.
    Raises ValueError for an option that no request takes, and for what the facts say already.
    """
    facts = _created_by(facts_of(type_), created_by)
    by_hand = {
        "default": default,
        "normalize": normalize,
        "format": format,
        "one_way": one_way,
        "clear": clear,
        "membership": membership,
        "belongs_to": belongs_to,
        "is_lacking": is_lacking,
        "read": read,
    }
    attributes = [
        attribute_of(
            facts,
            option,
            (names or {}).get(option, ""),
            **{word: values[option] for word, values in by_hand.items() if values and option in values},
            **({"spec": {"choices": list(choices[option])}} if choices and option in choices else {}),
        )
        for option in offer
    ]
    belongs = (option for option in identity if option not in offer and f"{option}_id" in facts.attributes)
    attributes = [*(_home(facts, option) for option in belongs), *attributes]
    attributes += [_switched(facts, option, one) for option, one in (switch or {}).items()]
    owners = tuple(_owner(facts, path) for path in identity if "." in path)
    key = facts.attributes.get(identity[0]) if kind != SINGLETON else None
    key_format = (format or {}).get(identity[0]) if identity[0] not in offer else None
    return ResourceType(
        type=type_,
        title=title or NOUNS.get(type_) or type_.replace("_", " "),
        convention=CONVENTION,
        attributes=(*attributes, *lists),
        kind=kind,
        kinds=kinds,
        kind_by=kind_by,
        identity=tuple(path.rpartition(".")[2] for path in identity),
        optional=optional,
        one_of=one_of,
        lifted=lifted or {},
        owners=owners,
        key_length=(key.max_length if key and not key_format else 0) or 0,
        key_without=key_without,
        key_format=key_format,
        parameters=(
            *(parameter_of(facts, option, attributes, (names or {}).get(option, "")) for option in parameters),
            *(one if isinstance(one, RequestParameter) else RequestParameter(one, on=()) for one in own_parameters),
            *(RequestParameter(one.option, on=()) for one in consents),
        ),
        contents=contents,
        dependents=dependents,
        reads=(*((kind_by,) if kinds else ()), *reads),
        renames=renames and bool(key and key.update),
        update_secrets=update_secrets,
        secret_tests=secret_tests,
        rules=(*rules, *(one.rule for one in consents)),
        state_rules=state_rules,
        consents=consents,
        unset_id=unset_id,
    )


def _switched(facts: TypeFacts, option: str, switch: Switch) -> Attribute:
    """Return the attribute of a flag that actions switch. A new object has it off, or does not show it yet."""
    known = facts.attributes[option]
    return Attribute(known.name, type=known.type, default=False, normalize=bool, clear=CANNOT, switch=switch)


def _home(facts: TypeFacts, option: str) -> Attribute:
    """Return the attribute of what an object always belongs to, such as the appliance of its settings."""
    known = facts.attributes[f"{option}_id"]
    known = dataclasses.replace(known, ref=known.ref or option)  # the documents do not always say what an id is of
    return from_facts(known, option, read=_read_path(facts, option, known.name), clear=CANNOT, create_only=True)


def _owner(facts: TypeFacts, path: str) -> Attribute:
    """Return the owner that a path of an identity leads to, such as ``file_system.nas_server``."""
    through, dummy, option = path.partition(".")
    known = facts_of(facts.attributes[through].relation).attributes[f"{option}_id"]
    return Attribute(option, api_name=known.name, read=path, ref=ref_of(known, option), clear=CANNOT)


def _created_by(facts: TypeFacts, action: str) -> TypeFacts:
    """Return the facts of a type whose objects an action of another object makes."""
    if not action:
        return facts
    return dataclasses.replace(facts, attributes=_CreatedBy(facts.attributes, facts.actions[action]))


class _CreatedBy(t.Mapping[str, AttributeFacts]):
    """The attributes of a type, with the body of an action as the create body.

    A table offers a few of many attributes, and each is adapted when the table asks for it: a task pays for that.
    """

    def __init__(self, attributes: Attributes, body: Attributes) -> None:
        self._attributes = attributes
        self._body = body

    def __getitem__(self, name: str) -> AttributeFacts:
        is_in = name in self._body
        known = self._attributes.get(name) or self._body[name]  # only the body may have it
        return dataclasses.replace(known, create=is_in, required=is_in and self._body[name].required)

    def __iter__(self) -> t.Iterator[str]:
        return iter(dict.fromkeys((*self._attributes, *self._body)))

    def __len__(self) -> int:
        return len(set(self))


def attribute_of(facts: TypeFacts, option: str, api_name: str = "", **by_hand: t.Any) -> Attribute:
    """Return the attribute of an option. api_name: its name in the API if it differs by more than ``_id``.

    by_hand: fields of `Attribute` that the facts lack.
    """
    name = api_name or _api_name(facts, option)
    derived: dict[str, t.Any] = {"read": _read_path(facts, option, name)}
    known = attribute_at(facts.attributes, name)
    if (facts.name, option) in OTHER_REFS:
        derived["ref"] = OTHER_REFS[facts.name, option]
    if by_hand:
        _refuse_repetition(facts, option, from_facts(known, option, **derived), by_hand)
    return from_facts(known, option, **{**derived, **by_hand})


def _refuse_repetition(facts: TypeFacts, option: str, derived: Attribute, by_hand: t.Mapping[str, t.Any]) -> None:
    """Raise ValueError if a table says by hand what the facts say."""
    repeated = [word for word, value in by_hand.items() if getattr(derived, word) == value]
    if repeated:
        raise ValueError(f"{facts.name}, {option}: the facts give {', '.join(repeated)}")


def from_facts(known: AttributeFacts, option: str, **by_hand: t.Any) -> Attribute:
    """Return the attribute for an option from the facts of one attribute."""
    spec: dict[str, t.Any] = {}
    if known.type == "list":
        spec["elements"] = known.elements
    if known.enum:
        spec["choices"] = list(known.enum)
    clear = by_hand.pop("clear", _clear(known))
    is_fixed = known.create and not known.update and not by_hand.get("membership")
    is_known_again = is_fixed or bool(by_hand.get("belongs_to") or by_hand.get("is_lacking"))
    fields: dict[str, t.Any] = {
        "type": "str" if by_hand.get("format") and known.type != "list" else known.type,
        "api_name": known.name,
        "default": known.default,
        "normalize": _normal_form(known, clear),
        # People write such a value in another form than a name or an id, so nothing has to be looked up.
        "ref": None if by_hand.get("format") else ref_of(known, option),
        "clear": clear,
        "create_only": is_fixed,
        "update_only": known.update and not known.create,
        "write_only": is_known_again and not known.read and not known.secret,
        "sensitive": known.secret,
        "required": known.required,
        "min_length": (known.min_length or 0) if clear == CANNOT and not by_hand.get("format") else 0,
        "max_length": 0 if by_hand.get("format") else known.max_length or 0,
        "minimum": known.minimum,
        "maximum": known.maximum,
        "max_items": known.max_items or 0,
        "reads_id": known.read,
        "since": known.since if as_release(known.since) > OLDEST else "",
        "spec": spec,
    }
    return Attribute(option, **{**fields, **by_hand})


def items_of(type_: str, add: str, modify: str = "", **by_hand: t.Mapping[str, t.Any]) -> tuple[Attribute, ...]:
    """Return the attributes of a list's structures.

    add, modify: the lists in the modify body that add and modify structures. What ``modify`` does not have can be set
    only when a structure is added. ``set_acl.add_aces`` for ``add`` is a list in the body of an action. by_hand: by
    option, the fields of `Attribute` that the facts lack.
    """
    facts = facts_of(type_)
    action, dummy, add = add.rpartition(".")
    attributes = facts.actions[action] if action else facts.attributes
    modified = {part.name for part in attributes[modify].structure} if modify else set()
    return tuple(
        from_facts(
            part,
            part.name,
            **{
                "create_only": part.name not in modified,
                "update_only": False,
                "write_only": False,
                **by_hand.get(part.name, {}),
            },
        )
        for part in attributes[add].structure
    )


def parameter_of(
    facts: TypeFacts, option: str, attributes: t.Sequence[Attribute] = (), api_name: str = ""
) -> RequestParameter:
    """Return a request parameter: which requests take it follows from the bodies that have it. So do actions that
    switch an attribute.
    """
    name = api_name or option
    along = "password" if option.startswith("current_") else ""
    on = []
    known = facts.attributes.get(name)
    if known is not None:
        on += [action for action, has in (("create", known.create), ("modify", known.update)) if has]
    bodies = {action: facts.actions[action] for one in attributes if one.switch for action in one.switch.actions}
    for action, body in {"delete": facts.delete, **bodies}.items():
        if name in body:
            on.append(action)
            known = known or body[name]
    if known is None:
        raise ValueError(f"{facts.name}: no request takes {option}")
    secret = known.secret
    return RequestParameter(option, on=tuple(on), type=known.type, along=along, sensitive=secret, api_name=api_name)


def _api_name(facts: TypeFacts, option: str) -> str:
    """Return the attribute that requests contain for an option; prefer one that a request takes."""
    singular = option[:-1] if option.endswith("s") else option
    names = [option + suffix for suffix in ATTRIBUTE_SUFFIXES] + [f"{singular}_ids"]
    found = [name for name in names if name in facts.attributes]
    written = [name for name in found if facts.attributes[name].create or facts.attributes[name].update]
    if not written:
        raise ValueError(f"{facts.name}: no request takes {option}")
    return written[0]


def _read_path(facts: TypeFacts, option: str, api_name: str) -> str:
    """Return where the value is in the object as read: a relation of the option's name is read with id and name."""
    relation = facts.attributes.get(option)
    return option if relation is not None and relation.relation and option != api_name else ""


def ref_of(known: AttributeFacts, option: str) -> Ref | None:
    """Return what an option refers to, None if its attribute holds no id. option: without ``_id``."""
    if not known.ref:
        return None
    kind = POLICY_KINDS.get(option) if known.ref == "policy" else None
    kinds = (kind,) if kind else REFERRED_KINDS.get(known.ref, ())
    return Ref(
        known.ref,
        kinds,
        id_form=SHORT_IDS.get(known.ref, ""),
        noun=NOUNS.get(known.ref, ""),
        named_by=NAMED_BY.get(known.ref, "name"),
        form=REFERRED_FORMS.get(known.ref),
    )


def _clear(known: AttributeFacts) -> str:
    """Return what unsets an attribute in a request."""
    if known.clears:
        return EMPTY_TEXT
    if known.nullable:
        return NULL
    if known.type == "list":
        return CANNOT if known.required_on_update else EMPTY_TEXT
    plain = known.type == "str" and not known.enum and not known.ref and not known.is_time
    return EMPTY_TEXT if plain and not known.min_length else CANNOT


def _normal_form(known: AttributeFacts, clear: str) -> Normalize:
    if known.type == "list":
        return as_list
    return as_text if known.type == "str" and clear == EMPTY_TEXT else as_is
