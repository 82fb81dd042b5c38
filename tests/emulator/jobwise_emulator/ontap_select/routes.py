# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which paths there are below ``/api`` or ``/api/v3``, and what they do.

ONTAP Select Deploy REST API v3: 404 for a path that is not known, 405 for a verb that the resource does not have, 501
for what Deploy is known to do but whose contract is not public.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jobwise_emulator.exchange import Reply
from jobwise_emulator.ontap_select.appliance_state import Call
from jobwise_emulator.ontap_select.errors import Refused

Handler = Callable[[Call], Reply]
Routes = Mapping[str, Mapping[str, Handler]]
"""Path patterns (``{}`` stands for one variable part) to verbs to handlers."""


def not_public(call: Call) -> Reply:
    """The handler of what Deploy can do, but nobody outside knows how."""
    raise Refused(501, f"{call.request.method} is not implemented for this resource: its contract is not public.")


def find(tables: list[Routes], method: str, parts: list[str]) -> tuple[Handler, list[str]]:
    """The handler of a request and the variable parts of its path."""
    for table in tables:
        for pattern, verbs in table.items():
            keys = match(pattern.split("/"), parts)
            if keys is None:
                continue
            if method not in verbs:
                raise Refused(405, f"{method} is not supported for this resource.")
            return verbs[method], keys
    raise Refused(404, f"There is no resource {'/'.join(parts)!r}.")


def match(pattern: list[str], parts: list[str]) -> list[str] | None:
    """The variable parts if a path fits a pattern, else None."""
    if len(pattern) != len(parts):
        return None
    keys: list[str] = []
    for wanted, part in zip(pattern, parts, strict=True):
        if wanted == "{}":
            keys.append(part)
        elif wanted != part:
            return None
    return keys
