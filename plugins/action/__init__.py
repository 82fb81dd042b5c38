# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Imports early what nearly every task needs.

Ansible looks here for an action plugin with the name of the task's module before it forks a worker for the task. It
finds none, as meta/runtime.yml routes the modules to the plugin of their platform, which the worker loads. An import in
that plugin would be repeated in each worker, and the import of requests alone takes longer than a task.
"""

from __future__ import annotations

import importlib
import pkgutil
import ssl

from ansible_collections.jobwise.appliance.plugins.plugin_utils.compiled import compiled
from ansible_collections.jobwise.appliance.plugins.plugin_utils.lasting import lasting

PLUGINS = __name__.rpartition(".")[0]
NEEDED = (
    "plugin_utils.controller",
    *(f"module_utils._powerstore.{name}" for name in ("client", "define", "options", "table_handler")),
    *(f"module_utils._oneview.{name}" for name in ("client", "options", "handler")),
    *(f"module_utils._ontap_select.{name}" for name in ("client", "options", "handler")),
    "module_utils._module",  # every module imports it, for its main function
)

with compiled(PLUGINS), lasting():
    for name in NEEDED:
        importlib.import_module(f"{PLUGINS}.{name}")
    # To build one table in a worker takes longer than to plan a task. All tables together take hardly longer here.
    tables = importlib.import_module(f"{PLUGINS}.module_utils._powerstore.resources")
    for area in pkgutil.iter_modules(tables.__path__):
        importlib.import_module(f"{tables.__name__}.{area.name}")
    # OpenSSL prepares itself for the first context of a process, which takes longer than a request.
    ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
