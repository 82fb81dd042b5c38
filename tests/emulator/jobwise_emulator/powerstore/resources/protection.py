# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``protection_data`` and expiry, the same for volumes and volume groups (PowerStore REST 4.0, protection_data)."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timezone
from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.appliance_state import ApplianceState
from jobwise_emulator.powerstore.errors import Refused
from jobwise_emulator.powerstore.query_language.comparison import instant


def of_primary(world: ApplianceState, key: str) -> Json:
    """The protection data of a new primary object: its own family."""
    return {**world.catalog.blank_struct("protection_data_instance"), "creator_type": "User", "family_id": key}


@dataclasses.dataclass(frozen=True)
class Origin:
    """Where the content of a copy comes from: ``source_id``, ``parent_id`` and the time it shows."""

    source_id: str
    parent_id: str | None
    when: str


def origin(source: Json, now: str) -> Origin:
    """The origin of a copy; the clone of a snapshot counts as one of the snapshot's source, made back then."""
    data = source["protection_data"]
    if source["type"] == "Snapshot":
        return Origin(data["source_id"], data["parent_id"], data["source_timestamp"])
    return Origin(source["id"], source["id"], now)


def of_copy(world: ApplianceState, source: Json, body: Json, come_from: Origin) -> Json:
    """The protection data of a snapshot or clone; expiry and security come from the body."""
    blank = of_primary(world, source["protection_data"]["family_id"])
    return {
        **blank,
        "source_id": come_from.source_id,
        "parent_id": come_from.parent_id,
        "source_timestamp": come_from.when,
        "creator_type": body.get("creator_type") or "User",
        "expiration_timestamp": body.get("expiration_timestamp") or None,
        "is_secure": bool(body.get("is_secure")),
    }


def check_expiry(world: ApplianceState, expiration: Any, is_secure: Any, current: Json | None = None) -> None:
    """Refuse an expiry in the past, a secure copy without expiry, and everything that weakens a secure one.

    ``expiration`` is a timestamp, None or "" to clear it, or False when it was not given.
    """
    if expiration and past(world, expiration):
        raise Refused(422, "0xE0A040010010", "The expiration time must not be in the past.", str(expiration))
    before = (current or {}).get("expiration_timestamp")
    after = before if expiration is False else expiration
    if is_secure and not after:
        raise Refused(422, "0xE0A040010011", "A secure snapshot needs an expiration time.")
    if not (current or {}).get("is_secure"):
        return
    if is_secure is False:
        raise Refused(422, "0xE0A040010012", "A secure snapshot cannot be made insecure again.")
    if not after or (before and moment(after) < moment(before)):
        raise Refused(422, "0xE0A040010013", "The expiration time of a secure snapshot can only be extended.")


def set_expiry(entry: Json, body: Json) -> None:
    """Take expiry and security from a body that was checked."""
    data = dict(entry["protection_data"])
    if "expiration_timestamp" in body:
        data["expiration_timestamp"] = body["expiration_timestamp"] or None
    data["is_secure"] = data["is_secure"] or bool(body.get("is_secure"))
    entry["protection_data"] = data


def moment(text: str) -> datetime:
    """A timestamp as an instant."""
    return instant(text) or datetime.max.replace(tzinfo=timezone.utc)


def past(world: ApplianceState, text: str) -> bool:
    """Whether a timestamp lies behind."""
    return moment(text).timestamp() <= world.clock.now()


def locked(world: ApplianceState, entry: Json) -> bool:
    """Whether a secure snapshot may not be deleted yet."""
    data = entry["protection_data"]
    return bool(data["is_secure"] and data["expiration_timestamp"] and not past(world, data["expiration_timestamp"]))


def reparent(world: ApplianceState, kind: str, gone: Json) -> None:
    """Give the children of a deleted object to its parent, or to nobody when a primary was deleted."""
    parent = None if gone["type"] == "Primary" else gone["protection_data"]["parent_id"]
    for entry in world.store.where(kind, "protection_data.parent_id", gone["id"]):
        entry["protection_data"] = {**entry["protection_data"], "parent_id": parent}
