# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ends a worker process if its ansible-playbook is killed.

Ansible itself does not end its workers then. They would continue to write, with the rest of a loop, unnoticed.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""Operation of Linux's prctl: set the signal that the process gets when its parent ends."""

GONE = signal.SIGTERM


def parent_is_gone() -> bool:
    """Return whether the process that started this worker has ended. False if this process is not a worker."""
    parent = multiprocessing.parent_process()
    return parent is not None and os.getppid() != parent.pid


def end_with_parent() -> None:
    """Have the kernel send this worker SIGTERM when its parent ends. Does nothing on systems other than Linux.

    Only workers do this: another process that runs an action plugin, such as a program in the background, may outlive
    the shell that started it. Child processes of the worker do not inherit the setting.
    """
    if multiprocessing.parent_process() is None or not sys.platform.startswith("linux"):
        return
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is None:
        return
    prctl(PR_SET_PDEATHSIG, int(GONE), 0, 0, 0)
    if parent_is_gone():  # it may have ended before the call of prctl
        os.kill(os.getpid(), GONE)
