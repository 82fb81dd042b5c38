# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""GETs of collections and objects, the same for every type."""

from __future__ import annotations

from jobwise_emulator.exchange import Json, Reply
from jobwise_emulator.ontap_select import query
from jobwise_emulator.ontap_select.appliance_state import ApplianceState, Call
from jobwise_emulator.ontap_select.attributes import TABLES
from jobwise_emulator.ontap_select.bodies import nothing
from jobwise_emulator.ontap_select.routes import Handler


def view(world: ApplianceState, kind: str, entry: Json) -> Json:
    """What can be read of an object."""
    if kind == "cluster":
        return {**shown(entry), "nodes": [shown(node) for node in world.nodes(entry)]}
    return shown(entry)


def shown(entry: Json) -> Json:
    """An object without what is the emulator's own."""
    return {name: value for name, value in entry.items() if not name.startswith("_")}


def many(call: Call, kind: str, entries: list[Json], *ignored: str) -> Reply:
    """A collection; ``ignored`` are parameters that the type takes besides the query language."""
    nothing(call.request)
    parameters = [(name, text) for name, text in call.query if name not in ignored]
    records = [view(call.world, kind, entry) for entry in entries]
    return Reply(200, query.collection(TABLES[kind], records, parameters))


def one(call: Call, kind: str, entry: Json, *ignored: str) -> Reply:
    """One object."""
    nothing(call.request)
    parameters = [(name, text) for name, text in call.query if name not in ignored]
    return Reply(200, query.instance(TABLES[kind], view(call.world, kind, entry), parameters))


def listing(kind: str) -> Handler:
    """The handler of a collection without a parent."""
    return lambda call: many(call, kind, call.world.all(kind))


def reading(kind: str) -> Handler:
    """The handler of an object without a parent."""
    return lambda call: one(call, kind, call.world.get(kind, call.keys[0]))
