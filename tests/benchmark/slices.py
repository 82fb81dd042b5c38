# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays documents against many arrays with ansible-runner, in slices as AWX makes them, and looks at its events.

Usage: python -m tests.benchmark.slices [--arrays N] [--slices N]. AWX runs a job template with N slices as N jobs, each
with every N-th host of the inventory. Afterwards, one document creates 1,000 groups on one array: AWX drops the event
of a result that is too large. Everything runs on loopback and ends by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import typing as t
from pathlib import Path

from jobwise_emulator.process import ended_by_signals
from tests.benchmark.contenders import CHANGE, CREATE, WORKS, task
from tests.benchmark.fleet import PLAY, fleet, inventory
from tests.conformance.environment import VENVS, with_package
from tests.playbook import ROOT, ansible_environment

RUNNER = "ansible-runner==2.4.3"
LARGEST = 500_000
FORKS = 20
ITEMS = 20
MANY = 1_000
LONGEST = 300

Event = t.Dict[str, t.Any]


def runner() -> Path:
    """Return the folder with the commands of an environment that has ansible-runner."""
    with_package("ansible-runner", RUNNER, "ansible-core", "requests")
    return VENVS / "ansible-runner" / "bin"


def play(folder: Path, bin_dir: Path, playbook: str, hosts: t.Sequence[str]) -> list[Event]:
    """Let ansible-runner play a playbook on some hosts, and return its events. Raise RuntimeError if it fails."""
    (folder / "project").mkdir(exist_ok=True)
    (folder / "project" / "play.yml").write_text(playbook, encoding="utf-8")
    ident = f"run{time.monotonic_ns()}"
    command = [str(bin_dir / "ansible-runner"), "run", str(folder), "-p", "play.yml", "-i", ident, "-q"]
    command += ["--limit", ",".join(hosts), "--forks", str(FORKS)]
    environment = ansible_environment(PATH=f"{bin_dir}:{os.environ['PATH']}")
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
    )
    events = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((folder / "artifacts" / ident / "job_events").glob("*.json"))
    ]
    if done.returncode:
        raise RuntimeError("\n".join([done.stdout, done.stderr, *(one["stdout"] for one in events)])[-3000:])
    return events


def results(events: t.Iterable[Event]) -> dict[str, Event]:
    """Return the result of the last task of each host."""
    return {one["event_data"]["host"]: one["event_data"]["res"] for one in events if one["event"] == "runner_on_ok"}


def document(names: t.Iterable[str], options: t.Mapping[str, t.Any]) -> str:
    """Return a playbook that plays a document with these groups on each array."""
    items = "".join(f"        - {json.dumps({'name': name, **options})}\n" for name in names)
    used = task("jobwise.appliance.powerstore_config", {"config": "{{ array }}"})
    return f"{PLAY}    array:\n      volume_group:\n{items}  tasks:\n{used}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--arrays", type=int, default=100)
    parser.add_argument("--slices", type=int, default=4)
    options = parser.parse_args()
    bin_dir = runner()
    with ended_by_signals(), tempfile.TemporaryDirectory(prefix="slices-") as name:
        folder = Path(name)
        with fleet(folder, options.arrays, ITEMS) as ports:
            (folder / "inventory").mkdir()
            inventory(folder, ports).rename(folder / "inventory" / "arrays.yml")
            hosts = [f"array{number:03}" for number in range(len(ports))]
            work = WORKS[CHANGE]
            found: dict[str, Event] = {}
            for number in range(options.slices):
                start = time.monotonic()
                part = results(
                    play(folder, bin_dir, document(work.names(ITEMS), work.options), hosts[number :: options.slices])
                )
                found.update(part)
                print(f"slice {number + 1}: {len(part)} arrays in {time.monotonic() - start:.1f} s", flush=True)
            wrong = [host for host in hosts if found.get(host, {}).get("counts", {}).get("changed") != ITEMS]
            events = play(folder, bin_dir, document(WORKS[CREATE].names(MANY), {}), hosts[:1])
            size = max(len(json.dumps(one["event_data"].get("res"))) for one in events)
            result = results(events)[hosts[0]]
    print(f"{len(hosts) - len(wrong)} of {len(hosts)} arrays changed as described")
    print(f"{result['counts']['changed']} created items in one document: the largest result has {size:,} characters")
    print(f"results: {len(result['results'])}, left out: {result['left_out']}")
    return int(bool(wrong) or result["counts"]["changed"] != MANY or size > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
