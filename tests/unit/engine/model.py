# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What requests do to a shelf, as a simple platform would understand them."""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.paths import ID_LATER
from tests.unit.engine.tables import shelf

PEOPLE = {"p1": "Anna", "p2": "Ben"}
BOOKS = {f"b{number}": f"Book {number}" for number in range(1, 6)}


def carry_out(current: Json | None, step: Request) -> Json | None:
    """Return the shelf after a request, as a simple platform would understand it."""
    body = copy.deepcopy(step.body or {})
    if step.action == "delete":
        return None
    if step.action == "create":
        current = shelf(note="", boards_mounted=1, wood="pine", dusty=False, finish="")
    assert current is not None
    assert step.path.replace(ID_LATER, "s1") in ("new/shelf", "shelf(s1)", "shelf(s1)/put", "shelf(s1)/take")
    after = copy.deepcopy(current)
    if step.action in ("put", "take"):
        ids = [one if one in BOOKS else id_of(one, BOOKS) for one in body["book_ids"]]
        kept = [one for one in after["books"] if one["id"] not in ids]
        return {**after, "books": kept + ([{"id": one, "name": BOOKS[one]} for one in ids] * (step.action == "put"))}
    for name, value in body.items():
        write(after, name, value)
    return after


def write(after: Json, name: str, value: t.Any) -> None:
    """Set one attribute of a create or modify body."""
    if name in ("owner_id", "lender_id"):
        person = (value if value in PEOPLE else id_of(value, PEOPLE)) if value else None
        after[name] = person
        after[name[:-3]] = {"id": person, "name": PEOPLE[person]} if person else None
    elif name == "book_ids":
        ids = [one if one in BOOKS else id_of(one, BOOKS) for one in value]
        after["books"] = [{"id": one, "name": BOOKS[one]} for one in ids]
    elif name == "board_count":
        after["boards_mounted"] = value
    elif name not in ("careful", "burn", "sweep"):
        assert name in after
        after[name] = value


def id_of(name: str, known: dict[str, str]) -> str:
    """Return the id that "@name" in a body stands for."""
    return next(id for id, one in known.items() if "@" + one.lower() == name.lower())
