# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Options for waiting for the appliance's jobs."""

    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait for the last job. If V(false), the task ends when the appliance has accepted the last job, and
        returns V(changed) without knowing the outcome. It still waits for steps that later steps depend on.
      - The task always waits for a job that does the same work already, because only the outcome of that job shows
        what is left to do.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait for each job, more than 0. After that the task fails, but the job continues; the next run adopts
        it.
    type: float
    default: 600.0
"""
