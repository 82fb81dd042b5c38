# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start an emulated PowerStore to play with, and say how to reach it. It stops with Ctrl-C, or after an hour."""

from __future__ import annotations

import contextlib
import time

from tests.emulator.process import Emulator
from tests.playbook import connection

LIFETIME = 3600.0


def main() -> None:
    with Emulator(lifetime=LIFETIME) as emulator:
        print("An emulated PowerStore answers until you press Ctrl-C, for an hour at most. In another terminal:\n")
        for name, value in connection(emulator).items():
            print(f"  export {name}='{value}'")
        print(
            "\nIt has volumes web01 to web04 and db01 to db04, policies gold, silver and bronze-qos, group app01.",
            flush=True,
        )
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(LIFETIME)


if __name__ == "__main__":
    main()
