# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the general tools offer of each type: requests that create, change and delete objects, and actions."""

from __future__ import annotations

import typing as t

from ..schema import TYPES, AttributeFacts, TypeFacts, facts_of

WRITES = ("create", "modify", "delete")

NOT_CREATED = {
    "cluster": "a cluster is created when the array is set up",
    "software_package": "a package is uploaded as a file",
}
"""Types that tasks cannot create, with the reason."""

NAMELESS = ("mfa_cacpiv", "mfa_securid", "migration_recommendation")
"""Types whose objects no attribute of a create request identifies. A task creates one if the array has none."""

FILES = ("upload", "download")
"""How the names of actions begin that move a file."""

ALSO_WITH_FILE = {"license": ("upload",)}
WITHOUT_FILE = {"datacollection": ("upload",), "software_package": ("download",)}
"""By type, actions whose names begin so although they move no file: the array itself moves it."""

ELSEWHERE = {("metrics", "generate"): "powerstore_info reads metrics, with type: metrics."}
"""Actions that a module of their own calls better, each with the module."""


def writes_of(type_: str) -> list[str]:
    """Return which of `WRITES` a task can send for objects of a type."""
    facts = facts_of(type_)
    return [verb for verb in WRITES if verb in facts.verbs and (verb != "create" or is_created(facts))]


def is_created(facts: TypeFacts) -> bool:
    """Return whether tasks can create objects of a type."""
    return "create" in facts.verbs and facts.name not in NOT_CREATED


def writable_types() -> list[str]:
    """Return the types with objects that a request creates, changes or deletes."""
    return [name for name in TYPES if facts_of(name).verbs.intersection(WRITES)]


def has_actions(type_: str) -> bool:
    """Return whether a type or its objects have actions."""
    facts = facts_of(type_)
    return bool(facts.actions or facts.class_actions)


def actions_of(type_: str) -> dict[str, t.Mapping[str, AttributeFacts]]:
    """Return the actions of a type and of its objects that a task can call, each with its arguments."""
    facts = facts_of(type_)
    bodies = {**facts.actions, **facts.class_actions}
    return {
        name: body for name, body in bodies.items() if not _moves_file(type_, name) and (type_, name) not in ELSEWHERE
    }


def _moves_file(type_: str, action: str) -> bool:
    is_named_so = action.startswith(FILES) and action not in WITHOUT_FILE.get(type_, ())
    return is_named_so or action in ALSO_WITH_FILE.get(type_, ())
