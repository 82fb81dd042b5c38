# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The values with which tests exercise a module: ``tests/values/<module>.yml``, loaded with ``load("<module>")``.

A file holds options of the module, and nothing that tests can derive. All values are literal, without templates::

    create: {name: target, description: First, volumes: [web01, web02]}
    change: {description: Second, volumes: [web02, web03]}
    more:
      - {volumes: [web01], volumes_mode: add}
    same:
      - {volumes: [WEB03, web02]}
    wrong:
      - {options: {volumes: [nosuch]}, says: no volume nosuch}

create
    Options of an object that the emulator does not have. Only objects that nobody creates (``absent: null``) are there
    before; ``create`` then holds options that differ from what they have.
change
    Options laid over ``create``; they make another state of the same object. An option that is null is left out: one
    of ``create`` that excludes another one, for example. null instead of options if the module cannot change objects.
same
    Optional. A list of options laid over the identity, each of which says in other words what the object already has
    after ``change``. Nothing is left to do.
more
    Optional. A list of options laid over the identity, played one after the other, each of which changes something.
    ``new_name`` is left out: the shared play renames every object whose module can.
wrong
    Optional. A list of ``{options, says, kind}``. options: laid over the identity, while the object is as ``change``
    left it; another ``name`` in it makes it the creation of another object. says: words that the message contains.
    kind: the ``error.kind``, ``input`` if left out.
absent
    Optional. Options laid over the identity that remove the object; ``{state: absent}`` if left out. null for
    singletons and for objects that a module finds but neither creates nor removes.
restore
    Optional, only with ``absent: null``. Options laid over the identity that restore the first state at the end. If
    left out, the play takes them from the first diff, and clears texts that were not set with empty ones.
removable
    Optional. Options laid over the identity that make the created object one that the appliance removes.
draw
    Optional. For options of which a random value would mean nothing: the list of values that tests may draw.
identity
    Optional. The options of ``create`` that say which object is meant: ``[name]`` if left out and ``create`` has a
    name, ``[]`` for ``absent: null`` without a name.
release
    Optional. The release that the emulated appliance must have, such as ``"4.1"``, if its usual one lacks the module's
    objects.
setup
    Optional. A list of what must be there first, each a mapping with one key: a module with the options of one task,
    or ``change``, ``jobs``, ``faults`` or ``clock`` with the body of that control command of the emulator. Commands are
    carried out before tasks.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import typing as t
from pathlib import Path

import yaml

from tests.run.collection import NAME, ROOT

HERE = Path(__file__).resolve().parent
MODULES = tuple(sorted(path.stem for path in HERE.glob("*.yml")))
"""The modules that have values."""
COMMANDS = ("change", "jobs", "faults", "clock")
KEYS = (
    *("create", "change", "same", "more", "wrong", "absent", "removable", "restore", "draw", "identity", "release"),
    "setup",
)

Options = t.Dict[str, t.Any]


class ValuesError(ValueError):
    """A file of values does not keep to the format; the message names everything that is wrong with it."""


@dataclasses.dataclass(frozen=True)
class Wrong:
    """Wrong input: options laid over the identity, words of the message, and the kind of the error."""

    options: Options
    says: str
    kind: str = "input"


@dataclasses.dataclass(frozen=True)
class Setup:
    """What must be there first: a task of a module, or a control command of the emulator."""

    name: str
    body: Options

    @property
    def is_command(self) -> bool:
        return self.name in COMMANDS


@dataclasses.dataclass(frozen=True)
class Values:
    """The values of one module; the module docstring explains the fields. secrets: the values of secret options."""

    module: str
    platform: str
    create: Options
    change: Options | None
    identity: tuple[str, ...]
    absent: Options | None
    restore: Options | None = None
    same: tuple[Options, ...] = ()
    more: tuple[Options, ...] = ()
    wrong: tuple[Wrong, ...] = ()
    setup: tuple[Setup, ...] = ()
    removable: Options | None = None
    draw: Options = dataclasses.field(default_factory=dict)
    release: str = ""
    secrets: tuple[str, ...] = ()

    @property
    def appliance(self) -> tuple[str, str]:
        """The platform and the release of the emulated appliance, as its classes take them."""
        return self.platform, self.release

    @property
    def of_object(self) -> Options:
        """The options that say which object is meant."""
        return {name: self.create[name] for name in self.identity}

    def over_identity(self, options: Options) -> Options:
        """Return options of a task on the object."""
        return {**self.of_object, **options}

    @property
    def changed(self) -> Options:
        """The options of the changed object."""
        together = {**self.create, **(self.change or {})}
        return {name: value for name, value in together.items() if value is not None}

    @property
    def creates(self) -> bool:
        """Whether the module creates and removes objects."""
        return self.absent is not None

    @property
    def states(self) -> list[Options]:
        """All desired states, in the order in which they are played."""
        later = [self.over_identity(options) for options in self.more]
        return [self.create, *([self.changed] if self.change else []), *later]


@functools.cache
def platforms() -> dict[str, str]:
    """Return the platform of every module."""
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text(encoding="utf-8"))
    return {module: platform for platform, modules in runtime["action_groups"].items() for module in modules}


def argument_spec(module: str) -> Options:
    """Return the argument spec of a module of this collection."""
    spec: Options = importlib.import_module(f"{NAME}.plugins.modules.{module}").TASK.argument_spec()
    return spec


@functools.cache
def load(module: str) -> Values:
    """Return the values of a module. Raises ValuesError; FileNotFoundError if it has none."""
    return parse(module, yaml.safe_load((HERE / f"{module}.yml").read_text(encoding="utf-8")))


def load_all() -> list[Values]:
    """Return the values of all modules that have some."""
    return [load(module) for module in MODULES]


def parse(module: str, content: t.Any) -> Values:
    """Return the values of a module from the content of its file. Raises ValuesError with all that is wrong."""
    problems = list(wrong_form(content)) if module in platforms() else ["no module has this name"]
    if not problems:
        problems += wrong_options(module, content)
    if problems:
        raise ValuesError(f"tests/values/{module}.yml: " + "; ".join(problems) + ".")
    create = content["create"]
    states = [create, content["change"] or {}, *content.get("more", [])]
    return Values(
        module=module,
        platform=platforms()[module],
        create=create,
        change=content["change"],
        identity=tuple(identity_of(content)),
        absent=content.get("absent", {"state": "absent"}),
        restore=content.get("restore"),
        same=tuple(content.get("same", ())),
        more=tuple(content.get("more", ())),
        wrong=tuple(Wrong(**wrong) for wrong in content.get("wrong", ())),
        setup=tuple(Setup(*item) for entry in content.get("setup", ()) for item in entry.items()),
        removable=content.get("removable"),
        draw=content.get("draw") or {},
        release=content.get("release", ""),
        secrets=tuple(secrets_in(states, argument_spec(module))),
    )


def identity_of(content: Options) -> list[str]:
    default = ["name"] if "name" in content["create"] else []
    identity: list[str] = content.get("identity", default)
    return identity


def wrong_form(content: t.Any) -> t.Iterator[str]:
    """Yield what does not keep to the format, whatever the module."""
    if not isinstance(content, dict):
        yield "it must be a mapping"
        return
    unknown = [str(key) for key in content if key not in KEYS]
    if unknown:
        yield f"unknown keys: {', '.join(unknown)} (there are {', '.join(KEYS)})"
    if not isinstance(content.get("create"), dict) or not content["create"]:
        yield "create must hold options"
    if "change" not in content or not (content["change"] is None or content["change"]):
        yield "change must hold options, or be null if the module cannot change objects"
    if not isinstance(content.get("release", ""), str):
        yield "release must be a text, in quotes"
    for key in ("change", "absent", "removable", "restore", "draw"):
        if not isinstance(content.get(key) or {}, dict):
            yield f"{key} must be a mapping of options"
    if content.get("restore") and content.get("absent", "default") is not None:
        yield "restore is only for objects that nobody creates (absent: null)"
    for key in ("same", "more", "wrong", "setup"):
        entries = content.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) and entry for entry in entries):
            yield f"{key} must be a list of mappings"
        elif key == "wrong":
            yield from wrong_cases(entries)
        elif key == "setup":
            yield from wrong_setup(entries)


def wrong_cases(entries: list[Options]) -> t.Iterator[str]:
    for entry in entries:
        if not {"options", "says"} <= set(entry) <= {"options", "says", "kind"}:
            yield f"wrong: {entry} must have options and says, and may have kind"
        elif not isinstance(entry["options"], dict) or not isinstance(entry["says"], str) or not entry["says"]:
            yield f"wrong: {entry} must have a mapping of options, and words in says"


def wrong_setup(entries: list[Options]) -> t.Iterator[str]:
    for entry in entries:
        (name, body), *dummy = entry.items()
        if len(entry) != 1 or not isinstance(body, dict):
            yield f"setup: {entry} must have one key, with a mapping"
        elif name in COMMANDS:
            continue
        elif name not in platforms():
            yield f"setup: {name} is neither a module nor one of {', '.join(COMMANDS)}"
        else:
            yield from unknown_options(f"setup: {name}", body, argument_spec(name))


def wrong_options(module: str, content: Options) -> t.Iterator[str]:
    """Yield what does not fit the module."""
    spec = argument_spec(module)
    identity = identity_of(content)
    if not isinstance(identity, list) or any(option not in content["create"] for option in identity):
        yield f"identity must be a list of options of create, not {identity}"
    elif not identity and content.get("absent", "default") is not None:
        yield "identity is missing: create has no name, and absent is not null"
    parts = {key: content.get(key) or {} for key in ("create", "change", "absent", "removable", "restore", "draw")}
    parts.update((f"same {number}", options) for number, options in enumerate(content.get("same", []), 1))
    parts.update((f"more {number}", options) for number, options in enumerate(content.get("more", []), 1))
    for part, options in parts.items():
        yield from unknown_options(part, options, spec)
        if "new_name" in options:
            yield f"{part}: new_name is left out, because the shared play renames every object"
    if not any(content["create"].get(name) != value for name, value in (content["change"] or {"any": 1}).items()):
        yield "change is what create already says"
    templates = [part for part, options in {**parts, "wrong": content.get("wrong")}.items() if "{{" in str(options)]
    if templates:
        yield f"values are literal, without templates: {', '.join(templates)}"


def unknown_options(part: str, options: Options, spec: Options) -> t.Iterator[str]:
    unknown = [name for name in options if name not in spec]
    if unknown:
        yield f"{part}: the module has no option {', '.join(unknown)}"


def secrets_in(value: t.Any, spec: Options) -> t.Iterator[str]:
    """Yield the values of secret options, also inside structures."""
    if isinstance(value, list):
        for item in value:
            yield from secrets_in(item, spec)
    elif isinstance(value, dict):
        for name, inner in value.items():
            option = spec.get(name, {})
            if option.get("no_log") and isinstance(inner, str):
                yield inner
            yield from secrets_in(inner, option.get("options") or {}) if isinstance(inner, (dict, list)) else ()
