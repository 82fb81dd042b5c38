# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that can only be changed in one direction."""

from __future__ import annotations

from typing import Any

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.errors import Refused

# The only value that a change may set, by type and attribute; another one is taken as long as it changes nothing.
ONE_WAY: dict[tuple[str, str], Any] = {
    ("nas_server", "is_replication_destination"): False,
    ("file_system", "is_secure"): True,
    ("mfa_cacpiv", "is_enabled"): True,
}


def check(kind: str, entry: Json, body: Json) -> None:
    """Raise 422 for a value that cannot be set any more."""
    for name, value in body.items():
        allowed = ONE_WAY.get((kind, name))
        if allowed is not None and value not in (allowed, entry.get(name)):
            text = f"{name} can only be set to {str(allowed).lower()}."
            raise Refused(422, "0xE04040020021", text, name)
