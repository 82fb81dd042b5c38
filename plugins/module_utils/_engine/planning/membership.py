# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps that make an object a member of another one, such as a volume of a volume group."""

from __future__ import annotations

import typing as t

from ..data import Json
from ..lookup.references import Ref, Reference
from ..table.attribute import Attribute, Membership
from ..table.resource_type import ResourceType
from ..text.paths import in_path
from .requests import title_of
from .steps import Request


def membership_steps(
    resource: ResourceType, attribute: Attribute, target: Json, there: Json | None, value: Reference | str
) -> list[Request]:
    """Return the steps that move an object from one object to another, to one, or out of one.

    It leaves the first one before it joins the second, because it can be a member of only one.
    target: the object that moves, with its name as it is by then. there: what it is a member of now. value: a
    reference, or an empty text.
    """
    channel, ref = t.cast(Membership, attribute.membership), t.cast(Ref, attribute.ref)
    verb, path = resource.convention.action

    def step(action: str, key: str, summary: str) -> Request:
        place = path.format(type=ref.type, id=in_path(key), action=action)
        return Request(action, verb, place, {channel.api_name: [target["id"]]}, summary)

    title, steps = title_of(resource, target), []
    if there:
        name = there.get("name") or there["id"]
        steps.append(step(channel.remove, there["id"], f"remove {title} from {ref.title} {name}"))
    if isinstance(value, Reference):
        key = value.in_body(resource.convention.by_name)
        steps.append(step(channel.add, key, f"add {title} to {ref.title} {value}"))
    return steps
