# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin of every OneView module; meta/runtime.yml names it for each of them."""

from __future__ import annotations

from ansible_collections.jobwise.appliance.plugins.plugin_utils.controller import ControllerAction


class ActionModule(ControllerAction):
    """Runs OneView tasks in the controller, or hands them to the ordinary module."""
