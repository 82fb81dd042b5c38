# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.jobwise.appliance.plugins.modules.ontap_select_network_check import TASK
from ansible_collections.jobwise.appliance.plugins.plugin_utils.controller import ControllerAction


class ActionModule(ControllerAction):
    """Runs the module of the same name in the controller where it can."""

    task = TASK
