# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads inventory files as Ansible does, many in one process, whose start takes longer than they do.

Standard input: a list of paths. Standard output: for each of them its hosts with their variables and its groups, or an
``error``. It runs in the environment of an ansible-core that has neither pytest nor the emulator.
"""

from __future__ import annotations

import json
import sys
import typing as t

from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, inventory_loader


def read(path: str) -> dict[str, t.Any]:
    """Return the inventory of one file. The end of its name tells which plugin it is for."""
    plugin = inventory_loader.get(f"jobwise.appliance.{path.split('.')[-2]}")
    inventory = InventoryData()
    try:
        assert plugin.verify_file(path)
        plugin.parse(inventory, DataLoader(), path)
        plugin.update_cache_if_changed()
    except AnsibleError as error:
        return {"error": str(error)}
    inventory.reconcile_inventory()
    hosts = {str(name): host.get_vars() for name, host in inventory.hosts.items()}
    groups = {str(name): sorted(map(str, group.get_hosts())) for name, group in inventory.groups.items()}
    return {"hosts": hosts, "groups": groups}


if __name__ == "__main__":
    init_plugin_loader()
    json.dump([read(path) for path in json.load(sys.stdin)], sys.stdout, default=str)
