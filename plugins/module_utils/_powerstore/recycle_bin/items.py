# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What lies in the recycle bin: volumes and volume groups, under the ids and names that they had.

Source: PowerStore REST API 4.0, recycle_bin, since 3.5. That a name in the bin is not free is what users of arrays
report: the array refuses a new object of that name, although no list shows the old one.
"""

from __future__ import annotations

import typing as t

from ..._engine.data import Json
from ..._engine.errors import InputError, Refused
from ..._engine.lookup.references import Reference
from ..._engine.options.mistakes import UNTOUCHED
from ..._engine.planning.plan import Plan
from ..._engine.planning.steps import Request
from ..._engine.text.paths import in_path
from ..._engine.text.words import with_article
from ..client import PowerStoreClient
from ..references import by_id_or_name
from ..releases import UNKNOWN_PATH

TYPE = "recycle_bin"
RECOVER = "recover"
SELECT = "id,name,resource_type,logical_provisioned,appliance_id,deletion_timestamp,expiration_timestamp"


def items_in_bin(client: PowerStoreClient, query: Json) -> list[Json]:
    """Return the items that match a query."""
    return client.query(TYPE, {**query, "select": SELECT})


def items_of(client: PowerStoreClient, type_: str, wanted: Reference) -> list[Json]:
    """Return the items of a resource type with an id, or with a name, which the array compares without case."""
    rows = items_in_bin(client, {**by_id_or_name([wanted]), "resource_type": f"eq.{type_}"})
    return [row for row in rows if wanted.matches(row)]


def the_item(rows: t.Sequence[Json], title: str) -> Json | None:
    """Return the only item, or None; raise InputError for several. title: the object in messages."""
    if len(rows) > 1:
        shown = ", ".join(f"{row['id']} (deleted {row['deletion_timestamp']})" for row in rows)
        raise InputError(f"The recycle bin holds more than one {title}: {shown}.", hint=f"Give the id. {UNTOUCHED}")
    return rows[0] if rows else None


def without_bin(look: t.Callable[[], list[Json]]) -> list[Json]:
    """Return the items that a look finds. A release before 3.5 has no recycle bin, and so no items."""
    try:
        return look()
    except Refused as error:
        if error.status == UNKNOWN_PATH:
            return []
        raise


def recover_request(item: Json, title: str) -> Request:
    """Return the request that takes an item out of the bin. title: the object in messages."""
    return Request(
        RECOVER, "POST", f"{TYPE}/{in_path(item['id'])}/{RECOVER}", None, f"{RECOVER} {title} from the recycle bin"
    )


def check_free_of_bin(client: PowerStoreClient, type_: str, title: str, plan: Plan, hint: str) -> None:
    """Raise InputError if a plan gives an object a name that lies in the recycle bin.

    title: the resource type in messages. hint: how a task of this module takes the object back.
    """
    names = [str(step.body["name"]) for step in plan.requests if step.body and step.body.get("name")]
    if not names:
        return
    for item in without_bin(lambda: items_of(client, type_, Reference(name=names[0])))[:1]:
        raise InputError(
            f"The recycle bin holds {with_article(title)} {item['name']}, deleted {item['deletion_timestamp']}, which "
            f"keeps its name until it expires, {item['expiration_timestamp']}.",
            hint=f"{hint} recycle_bin with state: expunged deletes it permanently. {UNTOUCHED}",
        )
