# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long polls: a GET of a job that is held until the job's state changes.

ONTAP Select Deploy REST API v3: ``poll_timeout`` (1 to 120 s) together with ``last_modified=>=<time>``; the answer
comes when the state changed after that time, or when the time is up. Either of them alone is an ordinary poll.
"""

from __future__ import annotations

from jobwise_emulator.exchange import Request
from jobwise_emulator.ontap_select.appliance_state import ApplianceState
from jobwise_emulator.ontap_select.errors import Refused, invalid
from jobwise_emulator.ontap_select.jobs import utc
from jobwise_emulator.ontap_select.query import instant

LONGEST = 120
LOOK_EVERY = 0.05


async def hold(world: ApplianceState, request: Request, parts: list[str]) -> None:
    """Wait as long as the request asks for; returns at once for any other request."""
    if request.method != "GET" or len(parts) != 2 or parts[0] != "jobs":
        return
    parameters = dict(request.query)
    seconds = timeout(parameters.get("poll_timeout"))
    since = moment(parameters.get("last_modified"))
    if seconds is None or since is None:
        return
    clock = world.clock
    deadline = clock.now() + seconds
    while True:
        world.jobs.advance()
        job = world.jobs.jobs.get(parts[1])
        left = deadline - clock.now()
        if job is None or utc(job.modified) > since or left <= 0:
            return
        await clock.sleep(min(LOOK_EVERY, left))


def timeout(text: str | None) -> int | None:
    """The longest time to hold a request, in seconds."""
    if text is None:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST:
        raise invalid(f"poll_timeout must be from 1 to {LONGEST} seconds, not {text}.")
    return int(text)


def moment(text: str | None) -> str | None:
    """The time of ``>=<time>``; None, so no waiting, for a value that cannot be read, such as ``>=None``."""
    try:
        return instant("last_modified", (text or "").lstrip(">=").strip())
    except Refused:
        return None
