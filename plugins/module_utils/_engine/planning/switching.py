# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps that switch a flag of an object by its actions, such as joining a domain and leaving it."""

from __future__ import annotations

import typing as t

from ..data import Json
from ..errors import InputError
from ..table.attribute import Attribute, Switch
from ..table.resource_type import ResourceType
from ..text.paths import in_path
from ..text.words import and_so_on, sentence
from .requests import parameters_in, title_of
from .steps import Request

EACH_LOGIN_COUNTS = "each try counts. Run the task again if its login is right"
"""Why a request with a login is not sent a second time: wrong ones lock the account."""


def switch_steps(
    resource: ResourceType, attributes: t.Iterable[Attribute], target: Json, desired: Json, value: bool
) -> list[Request]:
    """Return the steps that give flags the value that the task asks for, of those for which it asks for this one."""
    asked = [one for one in attributes if one.switch and desired.get(one.option) is not None]
    return [_step(resource, one, target, desired, value) for one in asked if bool(desired[one.option]) == value]


def steps_before_deletion(resource: ResourceType, current: Json, desired: Json) -> list[Request]:
    """Return the steps that switch off what an object to delete has switched on, if the task gives what these need."""
    return [
        _step(resource, attribute, current, desired, False)
        for attribute in resource.plain
        if attribute.switch and attribute.current_value(current)
        if not _lacking(attribute.switch, attribute.switch.off, desired)
    ]


def _step(resource: ResourceType, attribute: Attribute, target: Json, desired: Json, value: bool) -> Request:
    switch = t.cast(Switch, attribute.switch)
    action = switch.on if value else switch.off
    lacking = _lacking(switch, action, desired)
    title = title_of(resource, target)
    if lacking:
        instead = f", or {switch.unless}: true" if switch.unless and not value else ""
        raise InputError(
            f"{sentence(title)}: {attribute.option}: {str(value).lower()} needs {and_so_on(lacking)}{instead}."
        )
    body = parameters_in(resource, action, desired, {})
    is_login = any(one.sensitive and desired.get(one.option) for one in resource.parameters if action in one.on)
    verb, path = resource.convention.action
    path = path.format(type=resource.type, id=in_path(target["id"]), action=action)
    return Request(action, verb, path, body or None, f"{action} {title}", once=EACH_LOGIN_COUNTS if is_login else "")


def _lacking(switch: Switch, action: str, desired: Json) -> list[str]:
    """Return the parameters without which an action cannot be requested."""
    if action == switch.off and switch.unless and desired.get(switch.unless):
        return []
    return [name for name in switch.needs if not desired.get(name)]
