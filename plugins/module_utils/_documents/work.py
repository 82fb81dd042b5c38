# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The task of a module that brings the objects of a whole document to their desired states."""

from __future__ import annotations

import typing as t

from .._engine.data import Json
from .._engine.documents.document import Clients, Document
from .._engine.documents.items import Item, ItemType
from .._engine.documents.mistakes import WrongDocument
from .._engine.documents.overriding import Overriding
from .._engine.documents.scheduler import Limits
from .._engine.errors import ApplianceError, InputError
from .._engine.job import WaitOptions
from .._engine.platform import Platform
from .._engine.running.reconcile import reconcile_all
from .._engine.text.words import and_so_on, number
from .._result import failure, faults_of_our_own
from .._task import Caller, Task, waiting_of
from .deleting import FindUnlisted, rules_of
from .gathering import Gather, Reading, work_of
from .reading import Catalog, ReadDocument, read_document
from .reporting import NOTHING_DONE, report

SPEC: Json = {
    "config": {"type": "dict"},
    "state": {"type": "str", "choices": ["merged", "overridden", "gathered"], "default": "merged"},
    "only_types": {"type": "list", "elements": "str"},
    "max_deletions": {"type": "int", "default": 0},
    "protect": {"type": "dict"},
    "filters": {"type": "dict"},
    "dest": {"type": "path"},
    "format": {"type": "str", "choices": ["yaml", "json"], "default": "yaml"},
    "parallel": {"type": "int", "default": 32},
    "stop_after": {"type": "int", "default": 0},
    "deadline": {"type": "float", "default": 0.0},
    "wait_timeout": {"type": "float", "default": 600.0},
}

NO_EFFECT = {
    "merged": ("only_types", "protect", "filters", "dest"),
    "overridden": ("filters", "dest"),
    "gathered": ("config", "protect"),
}
"""By state, the options that mean nothing there."""


MakeClients = t.Callable[[t.Any, t.List[Item], t.List[Item]], Clients]
"""Gets the client of a task, the items of its document, and those with wrong options."""


def merge(catalog: Catalog, make_clients: MakeClients) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that merges a document into what an appliance has.

    make_clients: returns the clients for the items.
    """

    def work(client: t.Any, caller: Caller) -> Json:
        limits, found = limits_of(caller.params), document_of(client, caller, catalog)
        clients = make_clients(client, found.items, found.aside)
        document = as_read(Document, found, clients, waiting_of(client, caller), limits)
        return carried_out(document, caller, lambda: report(document.items, caller.diff))

    return work


def document_of(client: t.Any, caller: Caller, catalog: Catalog) -> ReadDocument:
    """Return a task's document. The secrets of its items are known from then on."""
    secrets: set[str] = set()
    try:
        return read_document(caller.params["config"], catalog, secrets)
    finally:
        client.keep_secret(secrets)
        caller.secrets.update(secrets)


Kind = t.TypeVar("Kind", bound=Document)


def as_read(kind: type[Kind], found: ReadDocument, clients: Clients, waiting: WaitOptions, limits: Limits) -> Kind:
    """Return a document with what was read of it."""
    document = kind(found.items, clients, waiting, limits, faults_of_our_own)
    document.mistakes, document.aside = found.mistakes, found.aside
    return document


def carried_out(document: Document, caller: Caller, result: t.Callable[[], Json]) -> Json:
    """Carry out a document, up to the gate in check mode. result: returns what became of it, also after an error."""
    try:
        with faults_of_our_own():
            reconcile_all(document, dry_run=caller.check_mode)
    except ApplianceError as error:
        if not document.has_begun:
            raise
        return {**result(), **failure(error)}
    return result()


def limits_of(params: Json) -> Limits:
    """Return the limits that the options of a task set; raise InputError for one that makes no sense."""
    for option, least in (("parallel", 1), ("stop_after", 0), ("deadline", 0)):
        if not params[option] >= least:
            raise InputError(f"{option} has to be at least {least}, not {params[option]:g}.")
    return Limits(params["parallel"], params["stop_after"], params["deadline"])


def override(
    catalog: Catalog, make_clients: MakeClients, find_unlisted: FindUnlisted
) -> t.Callable[[t.Any, Caller], Json]:
    """Return the work of a task that also deletes what its document does not list, of some types."""

    def work(client: t.Any, caller: Caller) -> Json:
        limits, rules = limits_of(caller.params), rules_of(caller.params, catalog)
        found = document_of(client, caller, catalog)
        unlisted = find_unlisted(client, rules.types, rules.protect)
        clients = make_clients(client, found.items, found.aside)
        document = as_read(Overriding, found, clients, waiting_of(client, caller), limits)
        document.unlisted, document.most = unlisted, rules.most
        return carried_out(document, caller, lambda: rules.report(document, unlisted, caller.diff))

    return work


def document_task(
    name: str,
    platform: Platform,
    holds: tuple[tuple[str, ...], t.Callable[[str], ItemType], t.Mapping[str, str]],
    make_clients: MakeClients,
    gather: Gather,
    find_unlisted: FindUnlisted,
) -> Task:
    """Return the task of a module that works with documents.

    holds: the types of items, how to get one, and the modules without items, as in `Catalog`. make_clients: returns the
    clients for the items. gather: reads an appliance. find_unlisted: finds what a document does not list.
    """
    catalog = Catalog(*holds, connection=tuple(platform.options))
    works = {
        "merged": merge(catalog, make_clients),
        "overridden": override(catalog, make_clients, find_unlisted),
        "gathered": work_of(Reading(name, catalog.types, gather)),
    }

    def work(client: t.Any, caller: Caller) -> Json:
        state = caller.params["state"]
        idle = [option for option in NO_EFFECT[state] if caller.params[option] is not None]
        if idle:
            raise InputError(f"{and_so_on(idle)} {'has' if len(idle) == 1 else 'have'} no effect with state: {state}.")
        if state != "gathered" and caller.params["config"] is None:
            raise InputError(f"config is missing. With state: {state}, it is the document.")
        try:
            return works[state](client, caller)
        except WrongDocument as error:
            listed = [{"place": mistake.place, "message": mistake.message} for mistake in error.mistakes]
            return {**NOTHING_DONE, **failure(error), "mistakes": listed}

    return Task(name, platform, SPEC, work, nothing=dict(NOTHING_DONE), shown=shown_params)


def shown_params(params: Json) -> Json:
    """Return the options of a task as its result shows them: of the document only how many items it has.

    The document may have a thousand items, and secrets in them.
    """
    config = params.get("config")
    if not isinstance(config, dict):
        return {**params, "config": None}
    counts = {str(name): number(len(of), "item") if isinstance(of, list) else "given" for name, of in config.items()}
    return {**params, "config": counts}
