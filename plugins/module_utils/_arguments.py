# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks a task's arguments, and reports all mistakes at once, in plain words.

Ansible reports only the first mistake, in a programmer's terms. The sentences here replace Ansible's words for common
mistakes. For all others, Ansible's words are kept.
"""

from __future__ import annotations

import os
import re
import typing as t

from ansible.module_utils.common.arg_spec import ValidationResult
from ansible.module_utils.common.parameters import DEFAULT_TYPE_VALIDATORS
from ansible.module_utils.errors import (
    ArgumentTypeError,
    ElementError,
    NoLogError,
    RequiredError,
    SubParameterTypeError,
    UnsupportedError,
)

from ._engine.data import Json
from ._engine.text.words import and_so_on, did_you_mean

KINDS = {
    "bool": "true or false",
    "dict": "a dictionary",
    "float": "a number",
    "int": "a whole number",
    "list": "a list",
    "path": "a path",
    "str": "a text",
}
ENTRIES = {"dict": "dictionaries", "int": "whole numbers", "str": "texts"}
REPLACED = (ArgumentTypeError, ElementError, NoLogError, SubParameterTypeError)
MANY = 20
"""With more choices than this, a message does not list them."""
COMBINATIONS = (
    ("parameters are mutually exclusive: ", "|", "Give only one of {}."),
    ("one of the following is required: ", ", ", "Give one of {}."),
    ("parameters are required together: ", ", ", "{} belong together: give all of them, or none."),
)
"""How Ansible's messages about several options begin, what is between the options, and plain words for them."""
FOUND_IN = " found in "
"""Ansible's messages contain these words if the mistake is within a structure, not in the task's own options."""


PLAIN = (str, int, float)
"""Classes whose values know nothing besides. Ansible's own are derived from them."""


def plain(value: t.Any) -> t.Any:
    """Return a value without what Ansible knows of it besides, such as the line of the playbook that it is from.

    Texts and numbers that carry this are slow to copy, and the check of arguments copies all of them.
    """
    if isinstance(value, dict):
        return {plain(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    if value.__class__ in PLAIN:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return int.__int__(value)
    return float.__float__(value) if isinstance(value, float) else value


def tidied(spec: Json, given: t.Mapping[str, t.Any]) -> Json:
    """Return a task's arguments without nulls, and without the blanks around the texts in lists, as in "web01, web02".

    A null is an option that is not given, so its default counts. Ansible itself takes it for a value if the option has
    a default, and for given if another option excludes it.
    spec: the argument spec. given: the arguments as the task gives them. Structures are tidied as well.
    """
    tidy = {name: value for name, value in given.items() if value is not None or name not in spec}
    for name, option in spec.items():
        value, parts = tidy.get(name), option.get("options")
        if option["type"] == "list" and option.get("elements") == "str":
            if isinstance(value, str):
                value = value.split(",")
            if isinstance(value, list):
                tidy[name] = [entry.strip() if isinstance(entry, str) else entry for entry in value]
        elif parts and isinstance(value, list):
            tidy[name] = [tidied(parts, entry) if isinstance(entry, dict) else entry for entry in value]
        elif parts and isinstance(value, dict):
            tidy[name] = tidied(parts, value)
    return tidy


def complaints(module: str, spec: Json, given: Json, result: ValidationResult) -> list[str]:
    """Return a sentence for each mistake in a task's arguments.

    module: its name. spec: the argument spec; ``env`` names the environment variable that an option falls back to.
    given: the arguments, tidied. result: the result of Ansible's own check of them.
    """
    misfits = list(_misfits(spec, {**_from_environment(spec, given), **given}, given))
    unlisted = dict(_of_many(module, spec, given))
    found = [*_unknown(module, spec, result.unsupported_parameters), *_missing(spec, given), *misfits]
    found += unlisted.values()
    for error in result.errors.errors:
        replaced = isinstance(error, UnsupportedError) or (misfits and isinstance(error, REPLACED))
        replaced = replaced or (isinstance(error, RequiredError) and FOUND_IN not in error.msg)
        replaced = replaced or any(error.msg.startswith(f"value of {name} must be one") for name in unlisted)
        if not replaced:
            found.append(_sentence(error.msg, spec))
    found += _impossible_waits(result.validated_parameters)
    return list(dict.fromkeys(found))


def _sentence(words: str, spec: Json) -> str:
    """Return Ansible's message in plain words, or with a capital letter and a full stop.

    The name of an option is not capitalised.
    """
    within = re.fullmatch(r"missing required arguments: (.+) found in (.+)", words)
    if within:
        names = within.group(1).split(", ")
        verb = "is" if len(names) == 1 else "are"
        return f"{within.group(2).replace(' -> ', '.')}: {and_so_on(names)} {verb} missing."
    for start, between, plain_words in COMBINATIONS:
        if words.startswith(start) and FOUND_IN not in words:
            rest = words[len(start) :]
            groups = rest.split(", ") if between != ", " else [rest]
            return " ".join(plain_words.format(and_so_on(group.split(between))) for group in groups)
    start = words[:1] if words.partition(" ")[0] in spec else words[:1].upper()
    return f"{start}{words[1:].rstrip('.')}."


def _from_environment(spec: Json, given: Json) -> Json:
    variables = {name: option["env"] for name, option in spec.items() if "env" in option and name not in given}
    return {name: os.environ[variable] for name, variable in variables.items() if os.environ.get(variable)}


def _unknown(module: str, spec: Json, unknown: t.Iterable[t.Any]) -> t.Iterator[str]:
    """Yield a sentence for each unknown option. unknown: names, or tuples of names for options within structures."""
    for path in sorted(name if isinstance(name, tuple) else (name,) for name in unknown):
        known = spec
        for part in path[:-1]:
            known = known[part]["options"]
        where = f" in {'.'.join(path[:-1])}" if path[:-1] else ""
        guess = did_you_mean(str(path[-1]), known) or f"The options are {', '.join(sorted(known))}."
        yield f"{module} has no option {path[-1]}{where}. {guess}"


def _missing(spec: Json, given: Json) -> t.Iterator[str]:
    there = {**_from_environment(spec, given), **{name: value for name, value in given.items() if value is not None}}
    missing = [name for name, option in spec.items() if option.get("required") and name not in there]
    connection = [name for name in missing if "env" in spec[name]]
    others = [name for name in missing if name not in connection]
    if others:
        yield f"{and_so_on(others)} {'is' if len(others) == 1 else 'are'} missing."
    if connection:
        variables = [spec[name]["env"] for name in connection]
        group = variables[0][: -len(connection[0]) - 1].lower()
        several = len(connection) > 1
        yield (
            f"{and_so_on(connection)} {'are' if several else 'is'} missing: give {'them' if several else 'it'} in the "
            f"task, in module_defaults (group/jobwise.appliance.{group}), or in the environment as "
            f"{and_so_on(variables)}."
        )


def _of_many(module: str, spec: Json, given: Json) -> t.Iterator[tuple[str, str]]:
    """Yield each option whose value is not one of its many choices, or is one in other case, with a sentence.

    The sentence suggests the closest choices.
    """
    for name, option in spec.items():
        choices, value = option.get("choices") or (), given.get(name)
        if not isinstance(value, str) or value in choices:
            continue
        same = [choice for choice in choices if str(choice).lower() == value.lower()]
        if len(choices) > MANY or same:
            guess = did_you_mean(value, same or choices) or f"ansible-doc jobwise.appliance.{module} lists the values."
            yield name, f"{name} cannot be {value!r}. {guess}"


def _misfits(spec: Json, values: Json, given: Json | None = None, within: str = "") -> t.Iterator[str]:
    """Yield a sentence for each value of the wrong type.

    values: the arguments, with those from the environment. given: only those that the task gives. within: the
    structure that holds them, as a prefix of their names.
    """
    for name, option in spec.items():
        value, kind, parts = values.get(name), option["type"], option.get("options")
        if value is None:
            continue
        label = f"{within}{name}" if given is None or name in given else f"{option['env']} in the environment"
        if not _fits(kind, value):
            shown = f", not {_shown(value)}" if not option.get("no_log") else ""
            several = kind == "str" and isinstance(value, list) and not option.get("no_log")
            guess = did_you_mean(name, [one for one in spec if spec[one]["type"] == "list"], 1) if several else ""
            yield f"{label} takes {'a single text' if several else KINDS[kind]}{shown}. {guess}".rstrip()
        elif kind == "dict" and parts:
            yield from _misfits(parts, _converted(kind, value), None, f"{label}.")
        elif kind == "list":
            for entry in _converted(kind, value):
                yield from _misfits_of(entry, option, label)


def _misfits_of(entry: t.Any, option: Json, label: str) -> t.Iterator[str]:
    """Yield a sentence for each mistake in one entry of a list."""
    kind, parts = option.get("elements", "raw"), option.get("options")
    if entry is None:
        return
    if _fits(kind, entry):
        if parts:
            yield from _misfits(parts, _converted(kind, entry), None, f"{label}.")
    elif parts and isinstance(entry, str) and not any(part.get("no_log") for part in parts.values()):
        entry = entry.strip()
        yield f"{label}: {entry!r} is no dictionary; write {_example(parts, entry)}."
    else:
        shown = f"; one entry is {_shown(entry)}" if not option.get("no_log") and not parts else ""
        shown = f"; write {_example(parts)}" if parts else shown
        yield f"{label} takes a list of {ENTRIES.get(kind, kind)}{shown}."


def _example(parts: Json, entry: str = "...") -> str:
    """Return a structure as a task writes it. A text stands for the part that names it, if only one does."""
    names = [name for name, part in parts.items() if part.get("required")] or list(parts)[:1]
    value = entry if len(names) == 1 else "..."
    return f"{{{', '.join(f'{name}: {value}' for name in names)}}}"


def _fits(kind: str, value: t.Any) -> bool:
    """Return whether Ansible can convert the value. Unlike Ansible, this does not take a structure for a text."""
    if kind in ("str", "path") and isinstance(value, (dict, list)):
        return False
    try:
        _converted(kind, value)
    except (TypeError, ValueError):
        return False
    return True


def _converted(kind: str, value: t.Any) -> t.Any:
    convert: t.Callable[[t.Any], t.Any] = DEFAULT_TYPE_VALIDATORS[kind]
    return convert(value)


def _shown(value: t.Any) -> str:
    """Return a value as a message shows it. A structure may be large or contain secrets, so only its type is shown."""
    return "a dictionary" if isinstance(value, dict) else "a list" if isinstance(value, list) else repr(value)


def _impossible_waits(params: Json) -> list[str]:
    seconds = params.get("wait_timeout")
    if not isinstance(seconds, float) or 0 < seconds < float("inf"):
        return []
    return [f"wait_timeout has to be a number of seconds above 0, not {seconds:g}."]
