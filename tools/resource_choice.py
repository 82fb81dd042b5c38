# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a new PowerStore module can offer of its resource type, from the facts of the type."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from tests.run.collection import make_importable

make_importable()

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Ref  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import Item, List, Patch  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (  # noqa: E402
    EXISTING,
    NAMED,
    SINGLETON,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.words import closest  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.define import define  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.releases import (  # noqa: E402
    OLDEST,
    as_release,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import (  # noqa: E402
    TYPES,
    AttributeFacts,
    TypeFacts,
    facts_of,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING  # noqa: E402

RESERVED = frozenset((*POWERSTORE.options, *WAITING, "state", "id", "name", "new_name"))
"""Option names that every module has already."""
ACRONYMS = ("chap", "dns", "fc", "ftp", "ip", "kmip", "ldap", "mfa", "nas", "nfs", "nis", "ntp", "smb", "smtp", "snmp")
SPELLINGS = {**{word: word.upper() for word in ACRONYMS}, "io": "I/O", "vcenter": "vCenter"}
"""Words of types that people write in another way."""
SETTINGS = ("config", "settings")
WIDTH = 120


class Refused(Exception):
    """The tool cannot do what it was asked for; the message says why."""


@dataclasses.dataclass(frozen=True)
class ListChoice:
    """A list of references. add, remove: the lists of the modify body, empty if the body takes the whole list."""

    option: str
    api_name: str
    ref: str
    read: str
    add: str = ""
    remove: str = ""
    created: bool = False

    @property
    def noun(self) -> str:
        return self.ref.replace("_", " ")

    def attribute(self) -> List:
        """Return the list of the table."""
        item = Item(self.noun, ref=Ref(self.ref))
        if not self.add:
            return List(self.option, api_name=self.api_name, read=self.read, item=item)
        channel = Patch(self.add, self.remove, create=self.api_name if self.created else "")
        return List(self.option, api_name=self.api_name, read=self.read, item=item, channel=channel)

    def source(self) -> str:
        """Return the list as the table's source has it."""
        item = f'item=Item("{self.noun}", ref=Ref("{self.ref}"))'
        parts = [f'"{self.option}"', f'api_name="{self.api_name}"', f'read="{self.read}"', item]
        if self.add:
            create = f', create="{self.api_name}"' if self.created else ""
            parts.append(f'channel=Patch("{self.add}", "{self.remove}"{create})')
        return call("List", parts, 8)


@dataclasses.dataclass(frozen=True)
class Choice:
    """All that a table can offer of a type, for a person to choose from. left_out: what needs code or structures."""

    type: str
    module: str
    title: str
    kind: str
    identity: tuple[str, ...]
    offer: tuple[str, ...]
    names: t.Mapping[str, str]
    lists: tuple[ListChoice, ...]
    parameters: tuple[str, ...]
    reads: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def identifying(self) -> tuple[str, ...]:
        """The options that identify an object."""
        return tuple(path.rpartition(".")[2] for path in self.identity)

    @property
    def constant(self) -> str:
        """The name of the table in its source."""
        return self.module.upper()

    def table(self) -> ResourceType:
        """Return the table."""
        return define(
            self.type,
            title=self.title,
            kind=self.kind,
            identity=self.identity or ("name",),
            offer=self.offer,
            names=self.names,
            lists=tuple(list_.attribute() for list_ in self.lists),
            parameters=self.parameters,
            reads=self.reads,
        )

    def source(self) -> str:
        """Return the source of the table."""
        parts = [f'"{self.type}"']
        if self.title != self.type.replace("_", " "):
            parts.append(f'title="{self.title}"')
        if self.kind != NAMED:
            parts.append(f"kind={self.kind.upper()}")
        if self.identity not in (("name",), ()):
            parts.append(_tuple("identity", self.identity))
        parts += [_tuple(word, getattr(self, word)) for word in ("offer",) if self.offer]
        if self.names:
            pairs = (f'"{option}": "{name}"' for option, name in self.names.items())
            parts.append(f"names={{{', '.join(pairs)}}}")
        if self.lists:
            parts.append("lists=(\n" + "".join(f"        {list_.source()},\n" for list_ in self.lists) + "    )")
        parts += [_tuple(word, getattr(self, word)) for word in ("parameters", "reads") if getattr(self, word)]
        return f"{self.constant} = {call('define', parts, 0, len(self.constant) + 3)}\n"

    def imports(self) -> dict[str, list[str]]:
        """Return the names that the source needs, by the module that they come from."""
        needed = {"..define": ["define"]}
        if self.kind != NAMED:
            needed["..._engine.table.resource_type"] = [self.kind.upper()]
        if self.lists:
            patched = any(list_.add for list_ in self.lists)
            needed["..._engine.table.lists"] = ["Item", "List", *(["Patch"] if patched else [])]
            needed["..._engine.lookup.references"] = ["Ref"]
        return needed


def choice_of(type_: str, module: str = "", kind: str = "", identity: tuple[str, ...] = ()) -> Choice:
    """Return all that a table can offer; raise Refused for a type that a table cannot serve."""
    if type_ not in TYPES:
        near = closest(type_, TYPES)
        raise Refused(
            f"PowerStore has no resource type {type_}." + (f" Did you mean {' or '.join(near)}?" if near else "")
        )
    facts = facts_of(type_)
    if not facts.verbs & {"create", "modify"}:
        raise Refused(f"No request creates or changes a {type_}. powerstore_info reads it.")
    kind = kind or _kind(facts)
    if kind == NAMED and "create" not in facts.verbs:
        raise Refused(f"No request creates a {type_}: give --kind {EXISTING} or {SINGLETON}.")
    if not identity and kind != SINGLETON:
        if "name" not in facts.attributes:
            raise Refused(f"A {type_} has no name: give --identity with the options that identify one.")
        identity = ("name",)
    unknown = [name for name in identity if not _is_known(facts, name)]
    if unknown:
        raise Refused(f"A {type_} has no attribute {', '.join(unknown)}.")
    written = [one for one in facts.attributes.values() if (one.create or one.update) and one.name not in identity[:1]]
    if kind != NAMED:
        written = [one for one in written if one.update]
    lists = tuple(_lists(facts, written))
    in_lists = {name for list_ in lists for name in (list_.api_name, list_.add, list_.remove)}
    left = [one for one in written if one.name not in in_lists]
    structures = [one for one in left if "dict" in (one.type, one.elements) or _is_part(one)]
    parameters = [one for one in left if one not in structures and _is_parameter(one)]
    offered = [one for one in left if one not in structures and one not in parameters]
    options = {_option(type_, one.name): one.name for one in offered}
    return Choice(
        type=type_,
        module=module or type_,
        title=title_of(type_, kind),
        kind=kind,
        identity=identity,
        offer=tuple(options),
        names={option: name for option, name in options.items() if option not in (_plain(name), name)},
        lists=lists,
        parameters=(*(one.name for one in parameters), *(facts.delete if kind == NAMED else ())),
        reads=tuple(_reads(facts, {one.name for one in written} | set(identity))),
        left_out=tuple(one.name for one in structures),
    )


def _is_known(facts: TypeFacts, path: str) -> bool:
    """Return whether a type has an attribute, belongs to such an object, or leads to an owner."""
    name, dot, owner = path.partition(".")
    if not dot:
        return name in facts.attributes or f"{name}_id" in facts.attributes
    relation = facts.attributes[name].relation if name in facts.attributes else ""
    return bool(relation) and f"{owner}_id" in facts_of(relation).attributes


def _kind(facts: TypeFacts) -> str:
    if "create" in facts.verbs:
        return NAMED
    return EXISTING if "name" in facts.attributes else SINGLETON


def title_of(type_: str, kind: str) -> str:
    """Return the words for an object in messages."""
    words = type_.split("_")
    if kind == SINGLETON:
        words = [*(words[:-1] if words[-1] in SETTINGS else words), "settings"]
    return " ".join(SPELLINGS.get(word, word) for word in words)


def _plain(name: str) -> str:
    return re.sub(r"_ids?$", lambda match: "s" if match.group() == "_ids" else "", name)


def _option(type_: str, name: str) -> str:
    """Return the option of an attribute. A name that every module has gets the noun of the resource."""
    option = _plain(name).lower()
    words = type_.split("_")
    noun = words[0] if words[-1] in SETTINGS else words[-1]
    return f"{noun}_{option}" if option in RESERVED else option


def _is_part(known: AttributeFacts) -> bool:
    """Return whether an attribute only adds to a list or removes from it."""
    return known.type == "list" and known.update and not known.create and not known.read


def _is_parameter(known: AttributeFacts) -> bool:
    """Return whether an attribute only controls a request."""
    return not known.read and ((known.type == "bool" and known.update) or known.name.startswith("current_"))


def _lists(facts: TypeFacts, written: t.Sequence[AttributeFacts]) -> t.Iterator[ListChoice]:
    """Yield the lists of references."""
    names = {one.name for one in written}
    for one in written:
        if one.type != "list" or not one.ref or one.name.startswith(("add_", "remove_", "modify_")):
            continue
        option = _plain(one.name)
        relation = facts.attributes.get(option)
        read = f"{option}[]" if relation is not None and relation.relation else one.name
        add, remove = f"add_{one.name}", f"remove_{one.name}"
        patch = (add, remove) if {add, remove} <= names else ("", "")
        yield ListChoice(option, one.name, one.ref, read, *patch, one.create)


def _reads(facts: TypeFacts, beside: t.Collection[str]) -> t.Iterator[str]:
    """Yield what is only shown: plain values of every release, without ids and translations of other values."""
    for one in facts.attributes.values():
        plain = one.read and not one.relation and one.type != "dict" and one.elements != "dict"
        shown = one.name not in beside and not re.search(r"(^|_)ids?$|_l10n$", one.name)
        if plain and shown and not is_later(one.since):
            yield one.name


def is_later(since: str) -> bool:
    """Return whether the oldest supported release lacks what a release added."""
    return as_release(since) > OLDEST


def _tuple(word: str, values: t.Sequence[str]) -> str:
    """Return a keyword with a tuple of texts, in one line if it fits."""
    texts = [f'"{value}"' for value in values]
    line = f"{word}=({', '.join(texts)}{',' if len(texts) == 1 else ''})"
    if len(line) + 4 < WIDTH:
        return line
    return f"{word}=(\n" + "".join(f"        {text},\n" for text in texts) + "    )"


def call(name: str, parts: t.Sequence[str], indent: int, before: int = 0) -> str:
    """Return the source of a call, in one line if it fits. indent: of the line; before: the width left of the call."""
    line = f"{name}({', '.join(parts)})"
    if "\n" not in line and indent + before + len(line) < WIDTH:
        return line
    space = " " * indent
    return f"{name}(\n" + "".join(f"{space}    {part},\n" for part in parts) + f"{space})"
