# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads are tried a few times: unlike writes they may be repeated."""

from __future__ import annotations

import math
import typing as t

from .._engine.errors import ApplianceError, Busy, ConnectionFailed, Refused, ResponseLost, UnexpectedResponse

TRIES = 3
SECOND_CHANCE = 2
PAUSE = 0.5
"""Seconds before the second try; each further one waits this much longer."""

Result = t.TypeVar("Result")


def with_retries(
    read: t.Callable[[], Result],
    sleep: t.Callable[[float], None],
    known: t.Callable[[], bool],
    left: t.Callable[[], float] = lambda: math.inf,
) -> Result:
    """Return what ``read`` returns, tried again when the way or the appliance does not let it through.

    known: whether the appliance has ever answered; what was never reached at all is reported at once. left: seconds
    that may still be spent.
    """
    attempt = 0
    while True:
        attempt += 1
        try:
            return read()
        except ApplianceError as error:
            asked = error.retry_after if isinstance(error, Busy) else 0.0
            pause = max(PAUSE * attempt, asked)
            if attempt >= tries_for(error) or not known() or pause >= left():
                raise
        sleep(pause)


def tries_for(error: ApplianceError) -> int:
    """Return how often to try in all what ended in this error.

    An internal error and a success that cannot be read get a second chance: they are rarer, and more often stay.
    """
    if isinstance(error, (ConnectionFailed, ResponseLost, Busy)):
        return TRIES
    is_internal = isinstance(error, Refused) and error.status == 500
    is_garbled = isinstance(error, UnexpectedResponse) and error.status is not None and 200 <= error.status < 300
    return SECOND_CHANCE if is_internal or is_garbled else 1
