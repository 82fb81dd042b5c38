# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Progress lines in the output of ansible-playbook, at a readable rate, and the line after an interrupt."""

from __future__ import annotations

import contextlib
import os
import time
import typing as t

EVERY = 10.0
"""Shortest time in seconds between two lines of one worker."""

STDERR = 2


def _stderr() -> int | None:
    try:
        return os.dup(STDERR)
    except OSError:  # it is closed
        return None


_to_user = _stderr()
"""Where ansible-playbook shows its errors. Ansible takes a worker's own output away, and hands the lines of its display
to the main process, but no more after an interrupt. Programs that a worker starts do not inherit this."""


def show_at_last(line: str) -> None:
    """Show a line although ansible-playbook itself ends."""
    if _to_user is not None:
        with contextlib.suppress(OSError):  # nobody looks any more
            os.write(_to_user, f"{line}\n".encode(errors="replace"))


class Progress:
    """Shows lines, and drops those that follow the previous one too soon.

    show: shows a line. now: returns seconds of a monotonic clock.
    """

    def __init__(self, show: t.Callable[[str], None], now: t.Callable[[], float] = time.monotonic) -> None:
        self._show = show
        self._now = now
        self._last: float | None = None

    def __call__(self, line: str) -> None:
        """Show a line, unless another one was shown less than EVERY seconds ago."""
        now = self._now()
        if self._last is None or now - self._last >= EVERY:
            self._last = now
            self._show(line)
