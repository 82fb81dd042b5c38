# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Leaves what lasts as long as ansible-playbook out of garbage collections.

By the time that it imports this collection, ansible-playbook has some hundred thousand objects: itself, playbooks and
variables. Workers inherit all of them. A full collection finds nothing in them that could go, takes 50 ms or more, and
has a worker copy the memory that it shared with its parent. Python's documentation of ``gc.freeze`` says to call it
before a process forks.
"""

from __future__ import annotations

import contextlib
import gc
import typing as t


@contextlib.contextmanager
def lasting() -> t.Iterator[None]:
    """Collect no garbage inside the block, and from then on only in what came after it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
