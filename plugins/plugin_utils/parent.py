# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A worker process whose ansible-playbook is gone must not go on writing.

Ansible does not end its workers when ansible-playbook is killed: they carry on with the rest of a loop, unseen.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""Of Linux's prctl: the signal that a process gets when its parent ends."""

GONE = signal.SIGTERM


def parent_is_gone() -> bool:
    """Return whether the process that started this worker has ended. What is no worker has no such parent."""
    parent = multiprocessing.parent_process()
    return parent is not None and os.getppid() != parent.pid


def end_with_parent() -> None:
    """Let the kernel send this worker SIGTERM as soon as its parent ends, where the kernel can.

    Only a worker asks for it: what else may run an action plugin, such as a program in the background, outlives the
    shell that started it. The signal is not inherited by what the worker starts.
    """
    if multiprocessing.parent_process() is None or not sys.platform.startswith("linux"):
        return
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is None:
        return
    prctl(PR_SET_PDEATHSIG, int(GONE), 0, 0, 0)
    if parent_is_gone():  # it may have ended just before
        os.kill(os.getpid(), GONE)
