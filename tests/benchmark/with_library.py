# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Brings one volume group to a state with the vendor's library, as a program of its own.

Runs with the Python that has PyPowerStore, and imports nothing else, so that only the library's time counts. Arguments:
the work and the name of the group. The environment leads to the array, as for a playbook.
"""

from __future__ import annotations

import importlib
import os
import sys


def main() -> None:
    work, name = sys.argv[1:]
    host, port, user, password, ca_path = (
        os.environ[f"POWERSTORE_{key}"] for key in ("HOST", "PORT", "USERNAME", "PASSWORD", "CA_PATH")
    )
    library = importlib.import_module("PyPowerStore.powerstore_conn")
    array = library.PowerStoreConn(user, password, host, ca_path, "benchmark", port_no=port)
    found = array.provisioning.get_volume_group_by_name(name)
    if work == "delete":
        if found:
            array.provisioning.delete_volume_group(found[0]["id"])
    elif not found:
        array.provisioning.create_volume_group(name)
    elif work == "change" and found[0]["description"] != "as changed":
        array.provisioning.modify_volume_group(found[0]["id"], description="as changed")


if __name__ == "__main__":
    main()
