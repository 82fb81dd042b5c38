# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings: resources that the appliance has exactly one of, which are changed and never made or deleted."""

from __future__ import annotations

import dataclasses
import typing as t

from ..._engine.errors import InputError
from ..._engine.plan import Plan, Step
from ..._engine.resource_type import Attribute, Json, ResourceType, RestConvention
from ..client import OneViewClient
from ..handler import STYLE, OneViewHandler

NAME = "name"
POSTED = dataclasses.replace(STYLE, modify=("POST", "{id}"))
"""For settings that are changed with a POST."""


def settings(
    path: str, title: str, attributes: tuple[Attribute, ...], style: RestConvention = STYLE, told: tuple[str, ...] = ()
) -> ResourceType:
    """Return the table of the settings at a path. told: what the appliance tells of them and does not want back."""
    return ResourceType(path, title, style, attributes, renames=False, reads=(NAME, *told))


def settings_spec(resource: ResourceType) -> Json:
    """Return the argument spec of settings: there is nothing to choose among them."""
    left_out = ("state", "id", resource.key)
    return {name: option for name, option in resource.argument_spec().items() if name not in left_out}


class SettingsHandler(OneViewHandler):
    """Settings of the appliance under a table. A secret goes along with each change, and by itself if told to."""

    def __init__(self, client: OneViewClient, resource: ResourceType, desired: Json) -> None:
        path = resource.type
        super().__init__(client, resource, {**desired, "state": "present", "id": path, NAME: None})
        self.label = f"{resource.title} of {client.endpoint.host}"

    def merged(self, current: Json) -> Json:
        """Return the settings as the task leaves them, by option."""
        desired = self.resolved()
        attributes = [one for one in self.resource.attributes if not one.secret]
        return {
            one.option: one.current_value(current) if desired.get(one.option) is None else desired[one.option]
            for one in attributes
        }

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the settings; what they came of is no reason to look elsewhere."""
        return super().read()

    def complete(self, current: Json) -> Json:
        """Call the settings by the name of their appliance."""
        return {**current, NAME: self.client.endpoint.host, "id": self.resource.type}

    def named(self, name: str) -> Json | None:
        """Settings have no names."""
        return None

    def plan(self, current: Json | None) -> Plan:
        """Return what is to be done."""
        if current is None:
            raise InputError(f"{self.client.endpoint.host} has no {self.resource.title}.", hint="Is it old or special?")
        plan = super().plan(current)
        before, after = ({name: one[name] for name in one if name != NAME} for one in (plan.before, plan.after))
        steps = tuple(self._with_secrets(step) for step in plan.steps)
        return dataclasses.replace(plan, steps=steps, before=before, after=after)

    def _with_secrets(self, step: Step) -> Step:
        secrets = [one for one in self.resource.attributes if one.secret and self.desired.get(one.option) is not None]
        body = {**(step.body or {}), **{one.on_wire: self.desired[one.option] for one in secrets}}
        return dataclasses.replace(step, body=body)


def same_number(current: t.Any, desired: t.Any) -> bool:
    """Compare numbers, which some settings hold as texts."""
    return str(current) == str(desired)
