# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time a loop over converged volume groups both ways, beside a loop of ansible.builtin.ping.

Usage: python -m tests.benchmark [--items N]. Each figure is the time of a whole playbook run less that of an empty one,
divided by the number of items; machines differ, so mind the ratios. Exits with 1 when an item in the controller costs a
tenth of a ping item or more, or when the array saw more than one read for each item, one login and one connection.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from jobwise_emulator.process import Emulator, ended_by_signals
from tests.playbook import ansible_environment, connection, run_playbook

PLAY = """
- hosts: localhost
  gather_facts: false
  vars:
    ansible_python_interpreter: "{{{{ ansible_playbook_python }}}}"
    jobwise_run_in: {where}
  tasks: {tasks}
"""

PING = [{"ansible.builtin.ping": {}, "loop": "{{ range(0, %d) | list }}"}]
GROUPS = [
    {
        "jobwise.appliance.volume_group": {"name": "{{ 'bulk%04d' | format(item) }}"},
        "loop": "{{ range(1, %d + 1) | list }}",
    }
]


def timed(folder: Path, environment: dict[str, str], tasks: object, where: str = "auto") -> float:
    """Return the seconds that a play of these tasks takes."""
    playbook = folder / "play.yml"
    playbook.write_text(PLAY.format(where=where, tasks=str(tasks)), encoding="utf-8")
    start = time.monotonic()
    done = run_playbook(playbook, environment, capture_output=True)
    if done.returncode:
        sys.exit(f"{done.stdout}\n{done.stderr}")
    return time.monotonic() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=100)
    items = parser.parse_args().items
    bulk = ("--groups", str(items))
    with ended_by_signals(), tempfile.TemporaryDirectory() as name, Emulator(arguments=bulk) as emulator:
        folder, environment = Path(name), ansible_environment(**connection(emulator))
        groups = str(GROUPS).replace("%d", str(items))
        empty = min(timed(folder, environment, []) for dummy in range(3))
        ping = timed(folder, environment, str(PING).replace("%d", str(items))) - empty
        emulator.reset()
        here = timed(folder, environment, groups, "controller") - empty
        seen, sessions = emulator.requests(), emulator.sessions()
        there = timed(folder, environment, groups, "target") - empty
    reads = sum(request["method"] == "GET" for request in seen["requests"])
    print(f"{items} items, seconds for each beyond an empty playbook of {empty:.2f} s")
    for label, seconds in (("ansible.builtin.ping", ping), ("in the controller", here), ("as a module", there)):
        print(f"  {label:22}{seconds / items:8.4f}   {seconds / ping:6.3f} of a ping item")
    print(f"  in the controller: {reads} reads, {sessions['logins']} login, {seen['connections']} TLS connection")
    right = reads == items and sessions["logins"] == 1 and seen["connections"] == 1 and not sessions["open"]
    return 0 if right and here < ping / 10 else 1


if __name__ == "__main__":
    sys.exit(main())
