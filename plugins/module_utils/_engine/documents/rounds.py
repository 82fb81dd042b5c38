# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads of many objects in rounds: what all of them ask for is fetched at once, and then each of them goes on.

A handler reads as if it were alone. Where its client has no answer yet, the client notes the question and raises
`Pending`. After the round, the client fetches all answers with few requests, and the handler starts again: now it gets
as far as its next question that has no answer.
"""

from __future__ import annotations

import typing as t

Work = t.TypeVar("Work")


class Pending(Exception):
    """A client has no answer yet. It is no ApplianceError, so that no handler takes it for one."""


def in_rounds(works: t.Iterable[Work], step: t.Callable[[Work], None], fetch: t.Callable[[], None]) -> None:
    """Take a step with each work, as often as its answers are pending.

    step: starts from the beginning each time; raises `Pending`. fetch: gets the answers to the questions of a round.
    """
    left = list(works)
    while left:
        pending = []
        for work in left:
            try:
                step(work)
            except Pending:
                pending.append(work)
        if pending:
            fetch()
        left = pending
