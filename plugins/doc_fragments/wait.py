# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """How long a task waits for the appliance's jobs."""

    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait for the job to end. Without, the task ends as soon as the last job has been accepted, and says
        V(changed) without knowing the outcome; steps that others depend on are waited for all the same.
      - A job that does such work already is waited for even then, as only its end shows what it leaves to do.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait for each job, more than 0. Then the task fails, but the job goes on; the next run adopts it.
    type: float
    default: 600.0
"""
