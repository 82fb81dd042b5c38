# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists that an action of their object returns, such as the ACL of an SMB share."""

from __future__ import annotations

import typing as t

from .._engine.errors import Refused
from .._engine.shape import LIST, NAME, TEXT, check, each
from .._engine.table.lists import List
from .._engine.table.resource_type import ResourceType
from .client import PowerStoreClient
from .connection import BASE
from .releases import explained_list


def read_list(client: PowerStoreClient, resource: ResourceType, object_id: str, list_: List) -> list[t.Any]:
    """Return the entries of a list of an object; raise Unsupported if the array's release does not have it."""
    try:
        answer = client.returned(resource.type, object_id, list_.read_by)
    except Refused as error:
        raise explained_list(error, resource, list_) from None
    item = list_.item
    entries = each({one.api_name: NAME if one.option in item.key else TEXT for one in item.attributes})
    path = f"{BASE}/{resource.type}/{object_id}/{list_.read_by}"
    check(answer, {list_.read: entries if item.attributes else LIST}, "POST", path)
    return list(answer.get(list_.read) or ())
