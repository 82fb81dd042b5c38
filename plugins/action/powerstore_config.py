# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The action plugin of documents.

It has the name of the module, so Ansible loads it before it forks a worker for the task of each host. What documents
need is therefore imported once for all arrays. The import takes longer than to find an array as described.
"""

from __future__ import annotations

import importlib

from ansible_collections.jobwise.appliance.plugins.plugin_utils.compiled import compiled
from ansible_collections.jobwise.appliance.plugins.plugin_utils.controller import PLUGINS, ControllerAction
from ansible_collections.jobwise.appliance.plugins.plugin_utils.lasting import lasting

with compiled(PLUGINS), lasting():
    importlib.import_module(f"{PLUGINS}.modules.powerstore_config")
    catalog = importlib.import_module(f"{PLUGINS}.module_utils._powerstore.documents.catalog")
    for name in catalog.TYPES:
        catalog.item_type(name)


class ActionModule(ControllerAction):
    """Runs documents in the controller, or hands them to the ordinary module."""
