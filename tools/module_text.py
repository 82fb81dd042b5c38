# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The texts of a new PowerStore module: its file, and its values for the tests.

Where a person must write a sentence, the texts hold `SENTENCE`, which the lint refuses.
"""

from __future__ import annotations

import re
import textwrap
import typing as t

import yaml

from tests.run.collection import make_importable

make_importable()

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.lists import List  # noqa: E402
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import (  # noqa: E402
    EXISTING,
    NAMED,
    SINGLETON,
    ResourceType,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.schema import facts_of  # noqa: E402
from tools.documented import sayings  # noqa: E402
from tools.resource_choice import WIDTH, Choice, is_later  # noqa: E402

SENTENCE = "TODO(sentence)"
NAME = "target"
HEADER = """\
#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations
"""
UTILS = "ansible_collections.jobwise.appliance.plugins.module_utils"
LOGIN = """\
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
"""
MODES = (
    "V(exact) makes the entries exactly those in O({0}). V(add) adds the missing ones and leaves others alone. "
    "V(remove) removes those of them that are there."
)


def plural(title: str) -> str:
    """Return a title in the plural."""
    return re.sub(r"y$", "ie", title) + "s"


def short_description(choice: Choice) -> str:
    """Return what the module does, in a few words."""
    words = choice.title if choice.kind == SINGLETON else plural(choice.title)
    return f"PowerStore: {'change' if choice.kind == EXISTING else 'manage'} {words}"


def module_text(choice: Choice, area: str, version: str) -> str:
    """Return the module's file. area: the file of its table. version: the collection's next release."""
    imports = [
        from_import("_module", "run_module"),
        from_import("_powerstore.options", "POWERSTORE"),
        from_import(f"_powerstore.resources.{area}", choice.constant),
        from_import("_powerstore.table_handler", "TableHandler"),
        from_import("_task", "resource_task"),
    ]
    name = f', name="{choice.module}"' if choice.module != choice.type else ""
    parts = [
        HEADER,
        f'DOCUMENTATION = r"""\n{documentation(choice, version)}"""\n',
        f'EXAMPLES = r"""\n{examples(choice)}"""\n',
        f'RETURN = r"""\n{returned(choice)}"""\n',
        "".join(imports),
        f"TASK = resource_task(POWERSTORE, {choice.constant}, TableHandler{name})\n\n",
        "def main() -> None:\n    run_module(TASK)\n\n",
        'if __name__ == "__main__":\n    main()\n',
    ]
    return "\n".join(parts)


def from_import(module: str, name: str) -> str:
    """Return an import, in one line if it fits."""
    line = f"from {UTILS}.{module} import {name}\n"
    return line if len(line) <= WIDTH else f"from {UTILS}.{module} import (\n    {name},\n)\n"


def documentation(choice: Choice, version: str) -> str:
    """Return the DOCUMENTATION."""
    lines = [
        f"module: {choice.module}",
        f'short_description: "{short_description(choice)}"',
        f"version_added: {version}",
        *listed("description", description(choice), ""),
        "author:",
        "  - The jobwise.appliance contributors (@jobwise)",
        "extends_documentation_fragment:",
        "  - jobwise.appliance.attributes",
        "  - jobwise.appliance.attributes.manages",
        "  - jobwise.appliance.powerstore",
        "  - jobwise.appliance.wait",
        "options:",
    ]
    described = {**attribute_texts(choice.table()), **identity_texts(choice)}
    for option, spec in choice.table().argument_spec().items():
        lines += [f"  {option}:", *listed("description", described.get(option) or other_text(choice, option), "    ")]
        lines += spec_lines(spec)
    return "\n".join(lines) + "\n"


def description(choice: Choice) -> list[str]:
    """Return the description of the module: what a person must write, and the release that added the type."""
    since = facts_of(choice.type).since
    words = f"PowerStoreOS {since} and later has {choice.title if choice.kind == SINGLETON else plural(choice.title)}."
    return [f"{SENTENCE} What the module is for, and what its users must know.", *([words] if is_later(since) else [])]


def identity_texts(choice: Choice) -> dict[str, list[str]]:
    """Return the descriptions of the options that say which object is meant."""
    title, table = choice.title, choice.table()
    key = table.key
    longest = f", up to {table.key_length} characters" if table.key_length else ""
    named = [f"{key.capitalize().replace('_', ' ')} of the {title}{longest}."]
    return {
        "state": [
            f"With V(present), the {title} exists and has the given attributes. Options that are not given leave "
            "theirs unchanged.",
            f"With V(absent), the {title} does not exist.",
        ],
        key: [
            *(named if table.has_names else attribute_texts(table)[key]),
            f"Either O({key}) or O(id) is required.",
        ],
        "id": [f"Id of an existing {title}."],
        f"new_{key}": [
            f"New {key.replace('_', ' ')} of the {title}. If it already has this one, it stays unchanged, so a second "
            "run does not fail.",
            "If neither exists, the task creates it with this one.",
        ],
    }


def attribute_texts(table: ResourceType) -> dict[str, list[str]]:
    """Return the descriptions of the attributes: a sentence that a person must write, and what the facts say."""
    return {
        attribute.option: [
            f"{SENTENCE} What it is.",
            *[saying.sentence for saying in sayings(attribute, table)],
            *[f"V({value}) needs PowerStoreOS {since} or later." for value, since in values_since(table, attribute)],
        ]
        for attribute in (*table.owners, *table.attributes)
    }


def values_since(table: ResourceType, attribute: Attribute) -> list[tuple[str, str]]:
    """Return the values that a later release added, each with that release."""
    known = facts_of(table.type).attributes.get(attribute.api_name)
    return list(known.values_since) if known else []


def other_text(choice: Choice, option: str) -> list[str]:
    """Return the description of an option that is not an attribute."""
    if option.endswith("_mode"):
        return [MODES.format(option[: -len("_mode")])]
    if option == choice.table().update_secrets:
        return [
            f"With V(on_create), the task sets secrets only when it creates the {choice.title}.",
            "With V(always), every run sets them and therefore reports a change.",
        ]
    on_delete = choice.table().argument_spec()[option]["type"] == "bool" and choice.kind == NAMED
    return [f"{SENTENCE} Which request it controls, and how."] + (
        ["With O(state=present), V(true) is an error."] if on_delete and is_delete_only(choice, option) else []
    )


def is_delete_only(choice: Choice, option: str) -> bool:
    """Return whether only the request that deletes an object takes an option."""
    return any(one.option == option and one.on == ("delete",) for one in choice.table().parameters)


def spec_lines(spec: t.Mapping[str, t.Any]) -> list[str]:
    """Return the lines of an option that follow its description."""
    lines = [f"    type: {spec['type']}"]
    if "elements" in spec:
        lines.append(f"    elements: {spec['elements']}")
    if "choices" in spec:
        lines += wrapped(f"    choices: [{', '.join(map(str, spec['choices']))}]", "      ")
    if spec.get("default") is not None:
        lines.append(f"    default: {spec['default']}")
    return lines


def listed(key: str, sentences: t.Sequence[str], indent: str) -> list[str]:
    """Return a key with a list of sentences, or with the only one in the same line."""
    if len(sentences) == 1 and len(line := f"{indent}{key}: {sentences[0]}") <= WIDTH and indent:
        return [line]
    lines = [f"{indent}{key}:"]
    for sentence in sentences:
        lines += wrapped(f"{indent}  - {sentence}", f"{indent}    ")
    return lines


def wrapped(line: str, indent: str) -> list[str]:
    """Return a line in as many lines as it needs."""
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def flow(value: t.Any) -> str:
    """Return a value in YAML, in one line."""
    text = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, width=10_000)
    return text.removesuffix("...\n").strip()


def task(choice: Choice, name: str, options: t.Mapping[str, t.Any], login: bool = False) -> str:
    """Return a task of the examples."""
    lines = "".join(f"    {option}: {flow(value)}\n" for option, value in options.items())
    return f"- name: {name}\n  jobwise.appliance.{choice.module}:\n{LOGIN if login else ''}{lines}"


def examples(choice: Choice) -> str:
    """Return the EXAMPLES."""
    values = samples(choice)
    identity = {key: values["create"][key] for key in choice.identifying if key in values["create"]}
    change = {**identity, **(values["change"] or {})}
    if choice.kind != NAMED:
        return task(choice, f"{SENTENCE} What the task is for", values["create"], login=True)
    tasks = [
        task(choice, f"Create the {choice.title} {NAME}", values["create"], login=True),
        task(choice, f"{SENTENCE} What the task is for", change)
        + "  # host, username and password come from module_defaults or from the environment\n",
        task(choice, f"Delete the {choice.title}", {**identity, "state": "absent"}),
    ]
    return "\n".join(tasks)


def returned(choice: Choice) -> str:
    """Return the RETURN; tools/update_docs.py fills in what modules share."""
    values = samples(choice)
    null = "if the task did not wait for its last job"
    whether = f"Null if the {choice.title} does not exist, or {null}." if choice.kind == NAMED else f"Null {null}."
    what = f"The {choice.title} as the array returns {'them' if choice.kind == SINGLETON else 'it'} after the task"
    api_names = {attribute.option: attribute.api_name for attribute in choice.table().attributes}
    sample = {"id": "0" if choice.kind == SINGLETON else "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"}
    sample.update({api_names.get(option, option): value for option, value in values["create"].items()})
    named = "" if choice.kind == SINGLETON else f" {NAME}"
    changed = " and ".join(values["change"] or ())
    lines = [
        "resource:",
        *listed("description", [f"{what}, or before the task in check mode.", whether], "  "),
        "  returned: always",
        "  type: dict",
        "  sample:",
        *[f"    {name}: {flow(value)}" for name, value in sample.items()],
        "plan:\n  description:\n    - x",
        f'  sample: ["change {changed} of {choice.title}{named}"]',
        "jobs:\n  description:\n    - x",
        "  sample:",
        "    - id: 0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2",
        "      action: modify",
        "      state: done",
        "      phase: Completed",
        "      percent: 100",
        f'      resource_id: "{sample["id"]}"',
        "      adopted: false",
        "error:\n  description:\n    - x",
        "  sample:",
        "    kind: refused",
        "    method: PATCH",
        f"    path: /api/rest/{choice.type}/{sample['id']}",
        "    status: 400",
        "    messages:",
        '      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}',
    ]
    return "\n".join(lines) + "\n"


def samples(choice: Choice) -> dict[str, t.Any]:
    """Return values for the tests, as far as the facts suggest any: create, change, wrong, and absent if needed."""
    table = choice.table()
    known = {attribute.option: attribute for attribute in table.attributes}
    easy = [one for one in table.attributes if not (one.ref or isinstance(one, List) or one.write_only or one.since)]
    changing = [one for one in easy if not one.create_only]
    first = [one for one in table.attributes if one.required] or ([] if choice.kind == NAMED else changing[:1])
    create = {} if choice.kind == SINGLETON else {key: sample(known.get(key), 0) for key in choice.identifying}
    create.update({one.option: sample(one, 0) for one in first if one.option not in create})
    changed = next((one for one in (*(one for one in first if one in changing), *changing)), None)
    values: dict[str, t.Any] = {"create": create, "change": {changed.option: sample(changed, 1)} if changed else None}
    wrong = [one for one in map(too_much, easy) if one][:1]
    if wrong:
        values["wrong"] = wrong
    if choice.kind != NAMED:
        values["absent"] = None
    return values


def sample(attribute: Attribute | None, number: int) -> t.Any:
    """Return one of two values that an attribute can have. Without an attribute, a name."""
    if attribute is None:
        return NAME
    choices = attribute.spec.get("choices")
    if choices:
        return [choices[number]] if attribute.type == "list" else choices[number % len(choices)]
    if attribute.type == "bool":
        return number == 0
    if attribute.type in ("int", "float"):
        return (attribute.minimum or 1) + number
    text = f"192.0.2.{number + 1}" if "address" in attribute.option else ("First", "Second")[number]
    if "email" in attribute.option:
        text = f"{text.lower()}@example.com"
    return [text] if attribute.type == "list" else text


def too_much(attribute: Attribute) -> dict[str, t.Any] | None:
    """Return a value that is beyond the limit of an attribute, with words of the message; None without a limit."""
    if attribute.maximum is not None:
        return {"options": {attribute.option: attribute.maximum + 1}, "says": "at most"}
    if attribute.max_items:
        values = [f"192.0.2.{number}" for number in range(1, attribute.max_items + 2)]
        return {"options": {attribute.option: values}, "says": f"at most {attribute.max_items}"}
    return None


def values_text(choice: Choice) -> str:
    """Return the file of values."""
    lines = ["---\n"]
    for key, value in samples(choice).items():
        lines += [f"{key}:\n", *(f"  - {flow(one)}\n" for one in value)] if isinstance(value, list) else []
        lines += [] if isinstance(value, list) else [f"{key}: {flow(value)}\n"]
    if choice.kind != SINGLETON and choice.identity != ("name",):
        lines.append(f"identity: {flow(list(choice.identifying))}\n")
    return "".join(lines)
