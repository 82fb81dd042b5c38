# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which requests change something on an appliance."""

from __future__ import annotations

import re

SESSIONS = re.compile(r"/(logout|login-sessions|login_session)$")
READING_ACTIONS = re.compile(r"/get_[a-z_]+$")
"""Actions of PowerStore that only return something, although they are requests with POST."""


def is_write(method: str, path: str) -> bool:
    """Return whether a request changes something beside the sessions of the appliance."""
    plain = path.partition("?")[0]
    return method not in ("GET", "HEAD") and not SESSIONS.search(plain) and not READING_ACTIONS.search(plain)
