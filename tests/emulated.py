# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start an emulated appliance to play with, and say how to reach it. It stops with Ctrl-C, SIGTERM or SIGHUP, or
after an hour.

Usage: python -m tests.emulated [powerstore|oneview|select]
"""

from __future__ import annotations

import argparse
import contextlib
import time

from tests.emulator.process import Emulator, ended_by_signals
from tests.playbook import connection

LIFETIME = 3600.0

THERE = {
    "powerstore": """It has volumes web01 to web04 and db01 to db04, policies gold, silver and bronze-qos, group app01,
and a remote system unity1 with lun01 to lun12 to import.""",
    "oneview": """It has Ethernet networks mgmt, vmotion and prod-101 to prod-103, FC networks san-a and san-b, servers,
a storage system and users. More is told in tests/emulator/oneview/README.md.""",
    "select": """Nothing is registered yet: vcenter01.example.com with esx01 to esx04, and kvm01 to kvm04, wait for it.
More is told in tests/emulator/select/README.md.""",
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
