# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A check of every plan that a test makes: `plan` is a pure function of the object as read and the run's history.

While the check is on, each plan is made twice. Both must be equal, or fail alike; neither may send a request, or change
the handler, the object or anything that they hold.
"""

from __future__ import annotations

import copy
import datetime
import enum
import threading
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run import Run
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from ansible_collections.jobwise.appliance.plugins.module_utils._http.client import Client
from ansible_collections.jobwise.appliance.plugins.module_utils._http.transport import Transport
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.batching import BatchingClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.clients import PlanningClient

CLIENTS = (Client, BatchingClient, PlanningClient)
FROZEN = (ResourceType,)
"""Nobody changes these. What they keep is derived from themselves, when somebody first asks for it."""
OURS = ("ansible_collections.jobwise.", "tests.")
PLAIN = (str, bytes, int, float, bool, type(None), datetime.datetime, datetime.timedelta, enum.Enum)


class Impure(AssertionError):
    """A plan that depends on more than its arguments, or changes something. The message names the handler."""


def check_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check each plan that the engine asks for, until the test ends."""
    made = Run.plan
    thread = threading.local()  # the items of a document plan in several threads
    exchange = Transport.exchange

    def checked(run: Run) -> Plan:
        handler, name = run.handler, type(run.handler).__name__
        current, history = copy.deepcopy(run.current), run.history
        before = contents(vars(handler))
        thread.is_planning = True
        try:
            first = _outcome(lambda: handler.plan(copy.deepcopy(current), history))
            second = _outcome(lambda: made(run))
        finally:
            thread.is_planning = False
        if contents(first) != contents(second):
            raise Impure(f"{name}.plan gives two plans for the same object: {first!r} and then {second!r}")
        after = contents(vars(handler))
        changed = [attribute for attribute in {**before, **after} if before.get(attribute) != after.get(attribute)]
        if changed:
            raise Impure(f"{name}.plan changes the handler: {', '.join(changed)}")
        if contents(run.current) != contents(current):
            raise Impure(f"{name}.plan changes the object that it plans for")
        if isinstance(second, ApplianceError):
            raise second
        return second

    def exchanged(transport: Transport, *args: t.Any, **options: t.Any) -> t.Any:
        if getattr(thread, "is_planning", False):
            raise Impure("a plan sends a request")
        return exchange(transport, *args, **options)

    monkeypatch.setattr(Run, "plan", checked)
    monkeypatch.setattr(Transport, "exchange", exchanged)


def _outcome(make: t.Callable[[], Plan]) -> Plan | ApplianceError:
    try:
        return make()
    except ApplianceError as error:
        return error


def contents(value: t.Any, known: tuple[int, ...] = ()) -> t.Any:
    """Return what a value holds, as plain data that can be compared. A client and a table count as one thing."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, (*CLIENTS, *FROZEN)) or id(value) in known:
        return id(value)
    known = (*known, id(value))
    if isinstance(value, dict):
        return {str(name): contents(one, known) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [contents(one, known) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, value))
    if isinstance(value, ApplianceError):
        return [type(value).__name__, str(value)]
    if type(value).__module__.startswith(OURS) and hasattr(value, "__dict__"):
        return [type(value).__name__, contents(vars(value), known)]
    return id(value)
