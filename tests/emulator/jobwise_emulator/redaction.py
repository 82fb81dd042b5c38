# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps secrets out of the record of exchanges."""

from __future__ import annotations

import re
from typing import Any

HIDDEN = "********"


def redacted(body: Any, secret: re.Pattern[str]) -> Any:
    """A copy of a body in which private keys, and the values of attributes whose names match, are hidden.

    What is null or a flag, such as whether a password is to be changed, stays as it is.
    """
    if isinstance(body, list):
        return [redacted(item, secret) for item in body]
    if isinstance(body, str) and "PRIVATE KEY-----" in body:
        return HIDDEN
    if not isinstance(body, dict):
        return body
    hidden = {name for name, value in body.items() if secret.search(name) and not isinstance(value, (bool, type(None)))}
    return {name: HIDDEN if name in hidden else redacted(value, secret) for name, value in body.items()}
