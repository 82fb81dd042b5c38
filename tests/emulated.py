# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start an emulated appliance to play with, and say how to reach it. It stops with Ctrl-C, SIGTERM or SIGHUP, or
after an hour.

Usage: python -m tests.emulated [powerstore|oneview|ontap_select]
"""

from __future__ import annotations

import argparse
import contextlib
import time

from jobwise_emulator.process import Emulator, ended_by_signals
from tests.playbook import connection

LIFETIME = 3600.0

THERE = {
    "powerstore": """It has volumes web01 to web04 and db01 to db04, policies gold, silver and bronze-qos, group app01,
and a remote system unity1 with lun01 to lun12 to import. User operator (Password123!) may only read.
tests/emulator/README.md lists the rest.""",
    "oneview": """It has Ethernet networks mgmt, vmotion and prod-101 to prod-103, FC networks san-a and san-b, network
set production, servers "encl1, bay 1" (on, with profile web-01) to "encl1, bay 4", dl01 and dl02.example.com,
templates web and rack, alerts, and storage system array01.example.com. array02.example.com can be added: user 3paradm,
password Password123!. Users operator (reads only), backup and netadmin have Password123!, too.
tests/emulator/jobwise_emulator/oneview/README.md lists the rest.""",
    "ontap_select": """Nothing is registered yet. These wait for it:
vCenter vcenter01.example.com: user administrator@vsphere.local, password Password123!; it manages esx01 to
esx04.example.com, with networks "VM Network", ONTAP-Data and ONTAP-Internal, storage pools datastore1 and datastore2.
KVM hosts kvm01 to kvm04.example.com: user root, password Password123!; networks ovs-br0 and ovs-br1, storage pools
pool1 and pool2. tests/emulator/jobwise_emulator/ontap_select/README.md lists the rest.""",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Start an emulated appliance to play with.")
    parser.add_argument("platform", nargs="?", choices=sorted(THERE), default="powerstore")
    platform = parser.parse_args().platform
    with contextlib.suppress(KeyboardInterrupt), ended_by_signals(), Emulator(platform, lifetime=LIFETIME) as emulator:
        print(f"An emulated appliance ({platform}) answers until you press Ctrl-C, for an hour at most.")
        print("In another terminal:\n")
        for name, value in connection(emulator, platform).items():
            print(f"  export {name}='{value}'")
        print(f"\n{THERE[platform]}", flush=True)
        time.sleep(LIFETIME)


if __name__ == "__main__":
    main()
