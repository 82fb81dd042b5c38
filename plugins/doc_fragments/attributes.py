# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """Attributes of the modules: check mode, diff, idempotence, and where they run."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in check mode and report what would change, without changing anything.
  diff_mode:
    description: Returns the state before and after the change; in check mode, the change that it would make.
  idempotent:
    description: Run twice in a row with the same arguments, outside of check mode, it changes nothing the second time.
  async:
    description: Supports the C(async) keyword.
    support: full
    details:
      - A task with C(async) runs as an ordinary module.
  action:
    description: The action plugin of the platform runs in the controller.
    support: full
    details:
      - With a local connection, the action plugin does the work in the controller's own process. This saves most of a
        task's time, and all items of a loop share one session with the appliance.
      - With another connection, C(become) or C(async), the module runs on the target as usual.
      - The variable C(jobwise_run_in) chooses between both. Its values are V(auto), V(controller) and V(target).
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
