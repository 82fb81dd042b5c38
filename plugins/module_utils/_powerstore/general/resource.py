# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of any resource type, with the attributes that a task gives by the API's names."""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError, Refused
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.history import History
from ..._engine.planning.make_plan import make_plan
from ..._engine.planning.plan import Plan
from ..._engine.planning.requests import modify_request, title_of
from ..._engine.planning.steps import Request
from ..._engine.table.attribute import SECRET, SECRET_SET
from ..._engine.table.resource_type import NAMED, SINGLETON
from ..._engine.text.paths import ID_LATER
from ..._engine.text.words import and_so_on, with_article
from ..client import PowerStoreClient
from ..releases import UNKNOWN_ATTRIBUTE
from ..schema import facts_of, needed_in_changes
from ..table_handler import Check
from .asked import Asked
from .found import FoundHandler
from .offered import NAMELESS, NOT_CREATED, is_created

ALWAYS = "always"
UNSEEN = "(never shown)"
"""What a diff shows of a value that the array takes and never returns."""


class GeneralHandler(FoundHandler):
    """An object of any type.

    asked: what the task asks for. not_shown: attributes that the facts lack and that the array does not show.
    """

    def __init__(self, client: PowerStoreClient, asked: Asked) -> None:
        self.asked = asked
        self.not_shown: set[str] = set()
        super().__init__(client, asked.table(), asked.options())

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the object. Attributes of newer releases that the array does not show are not read again."""
        while True:
            try:
                return super().read(object_id)
            except Refused as error:
                unknown = self._named_in(error)
                if not unknown:
                    raise
                self.not_shown |= unknown
                self.resource = self.asked.table(self.not_shown)

    def _named_in(self, error: Refused) -> set[str]:
        """Return the attributes that the facts lack and that the array's refusal of a read names."""
        if error.status != UNKNOWN_ATTRIBUTE:
            return set()
        words = " ".join(str(message.get("message")) for message in error.messages)
        left = {one.name for one in self.asked.extra} - self.not_shown
        return {name for name in left if name in words}

    def checks(self) -> tuple[Check, ...]:
        """Return the checks before the first write."""
        return (self.check_name,)

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan. Of some types, nothing identifies an object that does not exist yet."""
        if current is None and self.desired["state"] == "present":
            self._refuse_creation()
            if self.type in NAMELESS and self.resource.kind == SINGLETON:
                return self._plan_first()
        plan = super().plan(current, history)
        if current is None or self.desired["state"] != "present":
            return plan
        return self._with_unseen(plan, current, history)

    def _plan_first(self) -> Plan:
        """Return the plan that creates an object which nothing identifies. The engine names it by an id meanwhile."""
        resource = dataclasses.replace(self.resource, kind=NAMED, identity=("id",))
        plan = make_plan(resource, None, {**self.resolved_options(None), "id": None, "new_id": ID_LATER})
        summary = f"create {self.resource.title}"
        after = {name: value for name, value in plan.after.items() if name != "id"}
        return dataclasses.replace(plan.with_requests(lambda step: _without_id(step, summary)), after=after)

    def _refuse_creation(self) -> None:
        """Raise InputError if the object cannot be created with what identifies it."""
        title, facts = self.resource.title, facts_of(self.type)
        if self.desired.get("id"):
            raise InputError(f"There is no {title} with id {self.desired['id']}.", hint=UNTOUCHED)
        if self.type in NOT_CREATED:
            raise InputError(f"There is no {self.label}: {NOT_CREATED[self.type]}.", hint=UNTOUCHED)
        chosen = [name for name in self.asked.meant.identity if not facts.attributes[name].create]
        if chosen and is_created(facts):
            raise InputError(
                f"There is no {self.label}, and a new one cannot have a given {and_so_on(chosen)}: the array chooses "
                f"{'it' if len(chosen) == 1 else 'them'}.",
                hint=f"To create one, identify it by attributes that a create request takes. {UNTOUCHED}",
            )

    def _with_required(self, current: Json, step: Request) -> Request:
        """Return a step with what every change must contain; raise InputError for what no read shows."""
        whole = super()._with_required(current, step)
        needed = needed_in_changes(self.type) if current and step.action == "modify" else ()
        own, body = step.body or {}, whole.body or {}
        lacking = [name for name in needed if name not in own and body.get(name) is None]
        if lacking:
            raise InputError(
                f"Each change of {with_article(self.resource.title)} must contain {and_so_on(lacking)}, which no read "
                "shows.",
                hint=f"Give {and_so_on(lacking)} in desired, with update_secrets: always. {UNTOUCHED}",
            )
        return whole

    def _with_unseen(self, plan: Plan, current: Json, history: History) -> Plan:
        """Return the plan with what the array takes and never shows, if the task writes it in any case.

        Without another change, such a value is written with ``update_secrets: always`` only, and once in a run.
        """
        given = {
            one.option: self.desired[one.option]
            for one in self.resource.parameters
            if "modify" in one.on and self.desired.get(one.option) is not None
        }
        values = {name: value for name, value in given.items() if not isinstance(value, bool)}
        if not values or any(step.action == "modify" for step in plan.requests):
            return plan
        title, names = title_of(self.resource, current), and_so_on(list(values))
        if self.desired["update_secrets"] != ALWAYS:
            line = (
                f"{names} of {title} cannot be read, so {'it was' if len(values) == 1 else 'they were'} not compared."
            )
            return dataclasses.replace(
                plan, warnings=(*plan.warnings, f"{line} update_secrets: always writes it in each run.")
            )
        if any(name in body for body in history.bodies() for name in values):
            return plan
        step = modify_request(self.resource, current, {}, f"change {names} of {title}", self.desired)
        after = {name: SECRET_SET if self.asked.has_secret(name) else value for name, value in values.items()}
        before = {name: SECRET if self.asked.has_secret(name) else UNSEEN for name in values}
        return dataclasses.replace(
            plan,
            steps=(self._with_required(current, step), *plan.steps),
            before={**plan.before, **before},
            after={**plan.after, **after},
        )


def _without_id(step: Request, summary: str) -> Request:
    body = {name: value for name, value in (step.body or {}).items() if name != "id"}
    return dataclasses.replace(step, body=body, summary=summary)
