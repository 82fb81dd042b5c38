# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """What modules promise: check mode, diff, idempotence, and where they run."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode and tell what would change, without changing it.
  diff_mode:
    description: Returns what changed, or would change in check mode, as before and after.
  idempotent:
    description: When run twice in a row outside of check mode, with the same arguments, the second run changes nothing.
  async:
    description: Supports the C(async) keyword.
    support: full
    details:
      - A task with C(async) runs as an ordinary module.
  action:
    description: An action plugin of the same name runs in the controller.
    support: full
    details:
      - With a local connection the work is done in the controller's own process, which saves most of a task's time,
        and all items of a loop share one session with the appliance.
      - With another connection, C(become) or C(async), the module runs on the target as usual.
      - The variable C(jobwise_run_in) forces either. Its values are V(auto), V(controller) and V(target).
"""

    MANAGES = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - The plan of a check run is made by the same function, from the same reads, as that of the real run.
  diff_mode:
    support: full
  idempotent:
    support: full
"""

    ACTS = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - The plan of a check run is made by the same function, from the same reads, as that of the real run.
  diff_mode:
    support: full
  idempotent:
    support: partial
"""

    INFO = r"""
options: {}
attributes:
  check_mode:
    support: full
    details:
      - It changes nothing in any mode.
  diff_mode:
    support: N/A
    details:
      - It changes nothing.
  idempotent:
    support: full
    details:
      - It changes nothing.
"""
