# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings: resources of which the appliance has exactly one. Tasks change them, but never create or delete them."""

from __future__ import annotations

import dataclasses

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.planning.history import History
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.table.attribute import Attribute
from ..._engine.table.resource_type import ResourceType, RestConvention
from ..client import OneViewClient
from ..handler import CONVENTION, OneViewHandler

NAME = "name"
POSTED = dataclasses.replace(CONVENTION, modify=("POST", "{id}"))
"""The convention for settings that a POST changes."""


def settings(
    path: str,
    title: str,
    attributes: tuple[Attribute, ...],
    style: RestConvention = CONVENTION,
    read_only: tuple[str, ...] = (),
) -> ResourceType:
    """Return the table of the settings at a path. read_only: attributes that the appliance shows but does not take."""
    return ResourceType(
        path, title, style, attributes, renames=False, reads=(NAME, *read_only), update_secrets="update_password"
    )


def settings_spec(resource: ResourceType) -> Json:
    """Return the argument spec of settings, without the options that select a resource."""
    left_out = ("state", "id", resource.key)
    return {name: option for name, option in resource.argument_spec().items() if name not in left_out}


class SettingsHandler(OneViewHandler):
    """Handles the settings of a table. Each change includes the secrets that the task gives.

    A secret alone causes a change only if the task's option for updating it says so.
    """

    def __init__(self, client: OneViewClient, resource: ResourceType, desired: Json) -> None:
        path = resource.type
        super().__init__(client, resource, {**desired, "state": "present", "id": path, NAME: None})
        self.label = f"{resource.title} of {client.endpoint.host}"

    def merged(self, current: Json) -> Json:
        """Return the settings after the task's changes, by option name and without secrets."""
        desired = self.resolved()
        attributes = [attribute for attribute in self.resource.attributes if not attribute.sensitive]
        return {
            attribute.option: attribute.current_value(current)
            if desired.get(attribute.option) is None
            else desired[attribute.option]
            for attribute in attributes
        }

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the settings. Their path is fixed, so ``object_id`` is ignored."""
        return super().read()

    def complete(self, current: Json) -> Json:
        """Return the settings with the appliance's host as ``name`` and their path as ``id``."""
        return {**current, NAME: self.client.endpoint.host, "id": self.resource.type}

    def named(self, name: str) -> Json | None:
        """Return None, because settings have no names."""
        return None

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan; raise InputError if the appliance does not have these settings."""
        if current is None:
            raise InputError(
                f"{self.client.endpoint.host} does not provide {self.resource.type}.",
                hint="Check that the appliance's release supports it.",
            )
        plan = super().plan(current, history)
        before, after = (
            {name: values[name] for name in values if name != NAME} for values in (plan.before, plan.after)
        )
        return dataclasses.replace(plan.with_requests(self._with_secrets), before=before, after=after)

    def _with_secrets(self, step: Request) -> Request:
        secrets = [
            attribute
            for attribute in self.resource.attributes
            if attribute.sensitive and self.desired.get(attribute.option) is not None
        ]
        body = {**(step.body or {}), **{attribute.api_name: self.desired[attribute.option] for attribute in secrets}}
        return dataclasses.replace(step, body=body)
