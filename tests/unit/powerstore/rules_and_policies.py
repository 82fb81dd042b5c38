# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads, plans and checks a rule or a policy with scripted answers of an array."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.plan import Plan
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.table_handler import TableHandler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, ScriptedArray, login

Json = t.Dict[str, t.Any]


class Kind(t.NamedTuple):
    """A resource type with its handler."""

    resource: ResourceType
    handler: t.Type[TableHandler]

    def planned(self, array: MakeArray, options: Json, *answers: t.Any) -> tuple[ScriptedArray, Plan]:
        """Read, plan and check; return the array and the plan. The first answer is the list of objects of the name."""
        one = array(login(answers[0]), *(Answer(200, answer) for answer in answers[1:]))
        spec = self.resource.argument_spec()
        desired = {**{name: option.get("default") for name, option in spec.items()}, "name": "one", **options}
        handler = self.handler(one.client, self.resource, desired)
        current = handler.read()
        plan = handler.plan(current, NEW_RUN)
        handler.preflight(current, plan)
        assert one.script.answers == []
        return one, plan

    def refusal(self, array: MakeArray, options: Json, *answers: t.Any) -> str:
        """Return the message with which a task is refused."""
        with pytest.raises(InputError) as caught:
            self.planned(array, options, *answers)
        return str(caught.value)
