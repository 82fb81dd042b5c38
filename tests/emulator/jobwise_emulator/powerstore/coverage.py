# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of the API is emulated, as the README of the emulator says it.

Usage: python -m jobwise_emulator.powerstore.coverage README.md  (writes the part between the two marks)
"""

from __future__ import annotations

import re
import sys
import textwrap
from pathlib import Path

from jobwise_emulator.powerstore.appliance_state import Rules
from jobwise_emulator.powerstore.catalog import Catalog, load
from jobwise_emulator.powerstore.resources import RULES
from jobwise_emulator.powerstore.verbs import VERBS

VERSIONS = ("4.0", "4.1")
START, END = "<!-- coverage: start -->", "<!-- coverage: end -->"


def text() -> str:
    """The part of the README: how many types are served, which actions have rules, which verbs rules have a say in."""
    counts = [f"| {version} | " + " | ".join(map(str, row(load(version)))) + " |" for version in VERSIONS]
    catalog = load(VERSIONS[-1])
    known = {kind: rules for kind, rules in sorted(RULES.items()) if kind in catalog.types}
    actions = [
        f"`{kind}` ({', '.join(names)})" for kind, rules in known.items() if (names := of_actions(catalog, kind, rules))
    ]
    verbs = [f"`{kind}` ({', '.join(names)})" for kind, rules in known.items() if (names := of_verbs(rules))]
    lines = [
        "| release | types | with create | with change | with delete | actions | with rules |",
        "|---|---|---|---|---|---|---|",
    ]
    paragraphs = [
        f"Actions with rules: {'; '.join(actions)}.",
        f"Verbs with rules beyond the schema: {'; '.join(verbs)}.",
    ]
    wrapped = [textwrap.fill(one, 150, break_long_words=False, break_on_hyphens=False) for one in paragraphs]
    return "\n\n".join(["\n".join([*lines, *counts]), *wrapped])


def row(catalog: Catalog) -> list[int]:
    """How many types there are and how many have each verb, how many actions there are and how many have rules."""
    entries = catalog.types.values()
    with_verbs = [sum(verb in entry["verbs"] for entry in entries) for verb in VERBS]
    actions = sum(len(entry["actions"]) for entry in entries)
    ruled = sum(len(of_actions(catalog, kind, RULES.get(kind, Rules()))) for kind in catalog.types)
    return [len(catalog.types), *with_verbs, actions, ruled]


def of_actions(catalog: Catalog, kind: str, rules: Rules) -> list[str]:
    """The actions of a type that have rules."""
    return sorted({*rules.checks, *rules.answers} & set(catalog.types[kind]["actions"]))


def of_verbs(rules: Rules) -> list[str]:
    """The verbs of a type that rules replace or add to."""
    return [verb for verb in VERBS if verb in {*rules.checks, *rules.before, *rules.after}]


def written(readme: str) -> str:
    """A README with the part as it should be."""
    pattern = re.compile(f"{re.escape(START)}.*?{re.escape(END)}", re.DOTALL)
    return pattern.sub(lambda dummy: f"{START}\n{text()}\n{END}", readme)


def main(arguments: list[str]) -> int:
    """Write the part into the README that is named."""
    if len(arguments) != 1:
        print(__doc__.splitlines()[2], file=sys.stderr)
        return 2
    path = Path(arguments[0])
    path.write_text(written(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
