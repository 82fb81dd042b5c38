# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a snapshot expires, and that a secure one never expires earlier than it was said to.

Source: PowerStore REST API 4.1, volume, volume_group and file_system (expiration_timestamp, is_secure),
protection_data.
"""

from __future__ import annotations

from ..._engine.data import Json
from ..._engine.errors import InputError
from ..._engine.text.words import sentence
from ..timestamps import NEVER, instant, is_past

EXPIRATION = "expiration_timestamp"


def check_expiration(label: str, body: Json, present: Json) -> None:
    """Raise InputError for an expiration that the array refuses.

    label: the snapshot in messages. body: of the request. present: what the array records of the snapshot's origin.
    """
    body = {**body, EXPIRATION: ""} if body.get(EXPIRATION) == NEVER else body
    label, expiration = sentence(label), body.get(EXPIRATION)
    if expiration and is_past(expiration):
        raise InputError(f"{EXPIRATION} {expiration} is in the past.", hint="Give a point in time in the future.")
    if present.get("is_secure") and body.get("is_secure") is False:
        raise InputError(f"{label} is secure, which cannot be undone.", hint="The array deletes it when it expires.")
    if present.get("is_secure") and EXPIRATION in body and present.get(EXPIRATION):
        new, ends = body[EXPIRATION], present[EXPIRATION]
        if not new or instant(new, EXPIRATION) < instant(ends, EXPIRATION):
            raise InputError(
                f"{label} is secure and expires at {ends}. It cannot expire earlier.",
                hint=f"Give a later {EXPIRATION}, or leave it out.",
            )
    if body.get("is_secure") and not body.get(EXPIRATION, present.get(EXPIRATION)):
        raise InputError(f"{label} can only be secure if it expires.", hint=f"Give {EXPIRATION}, too.")
