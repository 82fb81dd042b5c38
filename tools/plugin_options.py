# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The connection options as plugins that are no modules document them. Their source is the fragment of the modules.

An inventory plugin names its environment variables in ``env``, which modules must not have. An event source has no
fragments: nothing but people reads its documentation.
"""

from __future__ import annotations

import re

VARIABLE = re.compile(r"E\((\w+)\)")
IN_TASK = re.compile(r"Required in the task, in C\(module_defaults\), or as the environment variable E\((\w+)\)\.")
IF_NOT_GIVEN = re.compile(r"\n +- If not given, the environment variable E\((\w+)\) is used\.")
FALLBACK = re.compile(rf"(?:{IN_TASK.pattern})|(?:{IF_NOT_GIVEN.pattern})")


def options(documentation: str) -> dict[str, str]:
    """Return the options of a documentation, each with its text: the line of its name and all that is below it."""
    section = re.search(r"^options:\n((?: .*\n)+)", documentation, re.MULTILINE)
    parts = re.split(r"^(?=  \w+:)", section.group(1) if section else "", flags=re.MULTILINE)
    return {part.strip().partition(":")[0]: part for part in parts if part.strip()}


def of_inventory(option: str) -> str:
    """Return an option of a module as an inventory plugin documents it: not required, as a variable can give it."""
    found = FALLBACK.search(option)
    if not found:
        return option
    variable = found.group(1) or found.group(2)
    option = IF_NOT_GIVEN.sub("", option).replace("    required: true\n", "")
    option = IN_TASK.sub(rf"Required in the file, or as the environment variable E({variable}).", option)
    return f"{option}    env:\n      - name: {variable}\n"


def of_event_source(option: str) -> str:
    """Return an option of a module as an event source documents it."""
    option = IN_TASK.sub(r"Required in the rulebook, or as the environment variable E(\1).", option)
    return option.replace("    required: true\n", "")


def fragment(documentation: str) -> str:
    """Return the fragment of inventory plugins for the one of modules."""
    return "\noptions:\n" + "".join(map(of_inventory, options(documentation).values()))


def event_source(documentation: str, connection: str) -> str:
    """Return the documentation of an event source: its own options, then the connection options of the modules.

    connection: the fragment of the modules.
    """
    shared = options(connection)
    mine = {name: text for name, text in options(documentation).items() if name not in shared}
    section = "options:\n" + "".join([*mine.values(), *map(of_event_source, shared.values())])
    return re.sub(r"^options:\n(?: .*\n)+", lambda dummy: section, documentation, flags=re.MULTILINE)
