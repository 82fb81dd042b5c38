# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Retries of reads. Writes are never repeated here."""

from __future__ import annotations

import math
import typing as t

from .._engine.errors import ApplianceError, Busy, ConnectionFailed, Refused, ResponseLost, UnexpectedResponse

TRIES = 3
SECOND_CHANCE = 2
PAUSE = 0.5
"""Seconds before the second try; the pause grows by as much before each further try."""

Result = t.TypeVar("Result")


def with_retries(
    read: t.Callable[[], Result],
    sleep: t.Callable[[float], None],
    known: t.Callable[[], bool],
    left: t.Callable[[], float] = lambda: math.inf,
) -> Result:
    """Return what ``read`` returns; retry it after errors that may pass.

    sleep: takes seconds. known: returns whether the appliance has ever answered; if not, there is no retry, so that a
    wrong address is reported at once. left: returns the seconds that are left. Raises the error of the last try.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            return read()
        except ApplianceError as error:
            asked_pause = error.retry_after if isinstance(error, Busy) else 0.0
            pause = max(PAUSE * attempt, asked_pause)
            if attempt >= tries_for(error) or not known() or pause >= left():
                raise
        sleep(pause)


def tries_for(error: ApplianceError) -> int:
    """Return how many tries a read has in all if it ends in this error.

    Internal errors and successes that cannot be read get one retry only: they are more often permanent.
    """
    if isinstance(error, (ConnectionFailed, ResponseLost, Busy)):
        return TRIES
    is_internal = isinstance(error, Refused) and error.status == 500
    is_garbled = isinstance(error, UnexpectedResponse) and error.status is not None and 200 <= error.status < 300
    return SECOND_CHANCE if is_internal or is_garbled else 1
