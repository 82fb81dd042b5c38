# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Actions of objects of any type, and of the types themselves.

Source: PowerStore REST API 4.0, 4.1, the paths ``/TYPE/{id}/ACTION`` and ``/TYPE/ACTION``.
"""

from __future__ import annotations

import functools
import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.lookup.references import Ref, Resolver, Wanted
from ..._engine.options.mistakes import UNTOUCHED, Mistakes
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.running.run_result import RunResult
from ..._engine.text.paths import in_path
from ..._engine.text.words import and_so_on, did_you_mean
from ..client import PowerStoreClient
from ..define import NOUNS, SHORT_IDS
from ..directory import Directory
from ..handler import PowerStoreHandler, is_of_jobs
from ..info_catalog import Catalog
from ..info_query import merged_filters
from ..query import check_filter
from ..references import reference
from ..schema import TYPES, AttributeFacts, facts_of
from .found import FoundHandler
from .meant import Meant
from .offered import ELSEWHERE, actions_of, has_actions
from .table import has_names, table_of, title_of, with_long_ids
from .values import Checker, secrets_in, without_secrets

UNSEEN = "no job and no condition shows whether it had one. Look on the array, and run the task again if it is needed"
"""Why an action that may have taken place is not called a second time."""


def _check_action(type_: str, action: str) -> None:
    """Raise InputError for an action that does not exist, or that takes or returns a file."""
    if type_ not in TYPES:
        raise InputError(f"PowerStore has no resource type {type_!r}.", hint=did_you_mean(type_, TYPES))
    known = actions_of(type_)
    facts = facts_of(type_)
    if not has_actions(type_):
        having = [name for name in TYPES if has_actions(name)]
        raise InputError(f"Type {type_} has no actions.", hint=f"These types have some: {', '.join(having)}.")
    if action in known:
        return
    if (type_, action) in ELSEWHERE:
        raise InputError(f"{action} of {type_} is not called by this module.", hint=ELSEWHERE[type_, action])
    there = f"The actions of {type_} are {and_so_on(sorted(known))}." if known else ""
    if action in facts.actions or action in facts.class_actions:
        raise InputError(f"{action} of {type_} moves a file, which this module does not do.", hint=there)
    raise InputError(f"Type {type_} has no action {action!r}.", hint=f"{did_you_mean(action, known)} {there}".strip())


def arguments_known(params: Json) -> t.Mapping[str, AttributeFacts]:
    """Return the arguments of a task's action, none if there is no such action."""
    return actions_of(params["type"]).get(params.get("action") or "", {}) if params.get("type") in TYPES else {}


def secrets_of(params: Json) -> set[str]:
    """Return the secrets in a task's arguments."""
    return secrets_in(arguments_known(params), params.get("arguments"))


def shown(params: Json) -> Json:
    """Return the options as the result and the log show them."""
    return {**params, "arguments": without_secrets(arguments_known(params), params.get("arguments"))}


class Call:
    """The call of an action that a task asks for.

    on_object: whether it is an action of an object, not of the type. arguments: in the types that the facts say.
    conditions: the filters of ``only_if`` and ``unless``.
    """

    def __init__(self, params: Json) -> None:
        self.type: str = params["type"]
        self.action: str = params["action"]
        _check_action(self.type, self.action)
        self.on_object = self.action in facts_of(self.type).actions
        self.known = arguments_known(params)
        mistakes = Mistakes()
        checker = Checker(mistakes, params["strict"])
        self.arguments = checker.values(self.known, params["arguments"] or {}, "arguments", self.action)
        missing = [name for name, one in self.known.items() if one.required and name not in self.arguments]
        if missing:
            mistakes.add(f"{self.action} of {self.type} needs {and_so_on(missing)} in arguments.")
        self.conditions = {name: params[name] for name in ("only_if", "unless") if params[name]}
        self._check_conditions(params, mistakes)
        self.meant = Meant(params, mistakes) if self.on_object else None
        if not self.on_object and (params["id"] or params["name"] is not None or params["identity"]):
            mistakes.add(
                f"{self.action} is an action of the type {self.type}, not of an object: leave id, name and "
                "identity out."
            )
        mistakes.refuse()

    def _check_conditions(self, params: Json, mistakes: Mistakes) -> None:
        catalog = Catalog(params["strict"])
        for option, filters in self.conditions.items():
            if not self.on_object or not facts_of(self.type).filters:
                what = f"objects of type {self.type}" if self.on_object else f"{self.action}, which has no object,"
                mistakes.add(f"{option} cannot be used with {what}: the array has no filters for it. Use when.")
                continue
            find = functools.partial(catalog.check_path, self.type, use=option)
            for name, expression in filters.items():
                with mistakes.noted():
                    check_filter(str(name), str(expression), find)

    def filters(self, option: str) -> Json:
        """Return the query parameters of a condition."""
        return merged_filters([(str(name), str(text)) for name, text in self.conditions[option].items()])

    def references(self) -> list[Wanted]:
        """Return what the arguments refer to by name or id."""
        wanted = []
        for name, value in self.arguments.items():
            ref = self.ref(name)
            if ref:
                texts = value if isinstance(value, list) else [value]
                found = tuple(ref.read_as(text, reference) for text in texts if text != "")
                wanted.append(Wanted(name, ref, found))
        return [want for want in wanted if want.references]

    def ref(self, name: str) -> Ref | None:
        """Return what an argument refers to, None if it holds no id or that of an object without a name."""
        known = self.known.get(name)
        if known is None or not known.ref or not has_names(known.ref):
            return None
        return with_long_ids(Ref(known.ref, id_form=SHORT_IDS.get(known.ref, ""), noun=NOUNS.get(known.ref, "")))

    def body(self, resolver: Resolver) -> Json:
        """Return the body of the request, with the ids of what it refers to."""
        body: Json = {}
        for name, value in self.arguments.items():
            ref = self.ref(name)
            if ref is None or value == "":
                body[name] = value
            else:
                ids = [self._id(ref, text, resolver) for text in (value if isinstance(value, list) else [value])]
                body[name] = ids if isinstance(value, list) else ids[0]
        return body

    @staticmethod
    def _id(ref: Ref, text: str, resolver: Resolver) -> str:
        return resolver.reference(ref, ref.read_as(text, reference)).in_body("name:{name}")


class ActionHandler(PowerStoreHandler):
    """Calls an action once, if the conditions are as the task says.

    What the last read has found: whether the object was there, and which conditions hold.
    """

    def __init__(self, client: PowerStoreClient, call: Call) -> None:
        self.call = call
        self.finder = self._finder(client, call)
        label = self.finder.label if self.finder else title_of(call.type)
        super().__init__(client, call.type, label)
        self.resolver = Resolver(Directory(client))
        self.holds: dict[str, bool] = {}
        self.was_there = False

    @staticmethod
    def _finder(client: PowerStoreClient, call: Call) -> FoundHandler | None:
        if call.meant is None:
            return None
        return FoundHandler(client, table_of(call.type, call.meant.identity), call.meant.options())

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object that the task means. The id in the outcome of an action may be that of another object."""
        mistakes = Mistakes()
        self.resolver.look_up(self.call.references(), mistakes)
        mistakes.refuse()
        if self.finder is None:
            return None
        current = self.finder.read()
        if current is None:
            if self.was_there:
                return None
            raise InputError(f"There is no {self.label}.", hint=UNTOUCHED)
        self.was_there = True
        for option in self.call.conditions:
            query = {**self.call.filters(option), "id": f"eq.{current['id']}", "select": "id"}
            self.holds[option] = bool(self.client.query(self.type, query))
        return current

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the call, unless this run has made it or a condition forbids it."""
        call = self.call
        if history.includes(call.action) or not self.holds.get("only_if", True) or self.holds.get("unless"):
            return Plan()
        if call.on_object and current is None:
            return Plan()
        path = f"{call.type}/{in_path(current['id'])}" if current else call.type
        body = call.body(self.resolver)
        once = "" if is_of_jobs("resource_action", call.action) or self.holds else UNSEEN
        summary = f"{call.action} {self.label}"
        step = Request(call.action, "POST", f"{path}/{call.action}", body or None, summary, once=once)
        return Plan((step,), {}, {call.action: without_secrets(call.known, call.arguments)})

    def jobs_filters(self, current: Json | None) -> Json:
        """Return the filters for the jobs of the object, or of the type."""
        return super().jobs_filters(current) if current else {}

    def result(self, record: RunResult) -> Json:
        """Return what the action returned, and the object as the array returns it."""
        returned = dict(record.jobs[-1].result or {}) if record.jobs else {}
        returned.pop("response_type", None)
        current = record.resource
        return {"response": returned or None, "resource": self.finder.as_shown(current) if self.finder else None}
