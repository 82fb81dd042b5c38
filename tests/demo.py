# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Show the collection at work: start an emulated PowerStore, run playbooks/demo.yml against it, sum up, stop it."""

from __future__ import annotations

import sys
from collections import Counter

from tests.emulator.process import Emulator
from tests.playbook import ROOT, ansible_environment, connection, run_playbook


def main() -> int:
    with Emulator(speed=4) as emulator:
        print(f"An emulated PowerStore answers at {emulator.url}\n", flush=True)
        environment = ansible_environment(**connection(emulator), ANSIBLE_FORCE_COLOR=str(sys.stdout.isatty()))
        status = run_playbook(ROOT / "playbooks" / "demo.yml", environment).returncode
        summary = sum_up(emulator)
    print(summary)
    return status


def sum_up(emulator: Emulator) -> str:
    """Return what the array saw, in a few lines."""
    seen, sessions = emulator.requests(), emulator.sessions()
    methods = Counter(request["method"] for request in seen["requests"])
    jobs = seen["jobs"]
    reads, writes = methods.pop("GET", 0), sum(methods.values()) - sessions["logouts"]
    lines = [
        "What the array saw",
        f"  requests     {reads} reads, {writes} writes, {sessions['logouts']} logouts",
        f"  connections  {seen['connections']}",
        f"  logins       {sessions['logins']}, sessions left open: {len(sessions['open'])}",
        f"  jobs         {jobs['started']} started, {jobs['completed']} completed, {jobs['failed']} failed",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
