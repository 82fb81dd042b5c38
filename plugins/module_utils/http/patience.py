# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads are tried a few times: unlike writes they may be repeated."""

from __future__ import annotations

import typing as t

from ..engine.errors import Busy, NotReached, ReplyLost

TRIES = 3
PAUSE = 0.5
"""Seconds before the second try; each further one waits this much longer."""

Result = t.TypeVar("Result")


def patiently(read: t.Callable[[], Result], sleep: t.Callable[[float], None], known: t.Callable[[], bool]) -> Result:
    """Return what ``read`` returns, tried again when the way or the appliance does not let it through.

    known: whether the appliance has ever answered; what was never reached at all is reported at once.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            return read()
        except (NotReached, ReplyLost, Busy):
            if attempt == TRIES or not known():
                raise
            sleep(PAUSE * attempt)
