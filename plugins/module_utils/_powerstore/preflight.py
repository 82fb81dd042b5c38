# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the array refuses of several resource types alike.

Source: PowerStore REST API 4.0, protection_data, policy, snapshot_rule, replication_rule.
"""

from __future__ import annotations

from datetime import datetime, timezone

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.options.mistakes import UNTOUCHED
from .timestamps import instant


def check_replica(title: str, current: Json) -> None:
    """Raise InputError for a replica of another system's policy or rule. title: the object in messages."""
    if current.get("is_replica"):
        raise InputError(
            f"{title} is a replica, which only its source system can change or delete.",
            hint=f"Run the task against the source system. {UNTOUCHED}",
        )


def is_held(snapshot: Json) -> bool:
    """Return whether a snapshot or a snapshot set is secure and has not expired."""
    data = snapshot.get("protection_data") or {}
    ends = data.get("expiration_timestamp")
    return bool(
        data.get("is_secure") and ends and instant(str(ends), "expiration_timestamp") > datetime.now(timezone.utc)
    )
