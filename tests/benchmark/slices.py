# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays documents against many arrays in slices, over the pipe that AWX uses, and counts sessions at the arrays.

Usage: python -m tests.benchmark.slices [--arrays N] [--slices N ...]. AWX runs a job template with N slices as N jobs,
each with every N-th host of the inventory. It sends each job to a node (ansible-runner transmit), which runs it
(worker) and sends its events back (process). Here, each job has a folder of its own as its node. Slices are measured
one after the other, as if each had a node to itself, and all at once on this machine. Afterwards, one document creates
1,000 groups on one array: AWX drops the event of a result that is too large. Everything is on loopback and ends.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import typing as t
from pathlib import Path

import requests

from jobwise_emulator.process import ended_by_signals
from tests.benchmark.contenders import CREATE, WORKS, task
from tests.benchmark.fleet import CA, PLAY, fleet, inventory
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


class Nodes:
    """Runs jobs as AWX does: one process prepares a job, one on a node runs it, one takes its events."""

    def __init__(self, folder: Path, bin_dir: Path) -> None:
        """folder: has the inventory, as the folder inventory."""
        self.folder, self.command = folder, str(bin_dir / "ansible-runner")
        self.environment = ansible_environment(PATH=f"{bin_dir}:{os.environ['PATH']}")
        self.jobs = 0

    def run(self, playbook: str, hosts: t.Sequence[str]) -> list[Event]:
        """Play a playbook on some hosts, on a node of its own. Raise RuntimeError if it fails."""
        self.jobs += 1
        job, node, back = (self.folder / f"{name}{self.jobs}" for name in ("job", "node", "back"))
        (job / "project").mkdir(parents=True)
        (job / "inventory").symlink_to(self.folder / "inventory", target_is_directory=True)
        (job / "project" / "play.yml").write_text(playbook, encoding="utf-8")
        arguments = ["-p", "play.yml", "-i", "job", "--limit", ",".join(hosts), "--forks", str(FORKS)]
        transmit = self._start("transmit", job, *arguments)
        worker = self._start("worker", "--private-data-dir", node, stdin=transmit.stdout)
        process = self._start("process", back, "-i", "job", stdin=worker.stdout)
        printed, dummy = process.communicate(timeout=LONGEST)
        for one in (transmit, worker):
            one.wait(LONGEST)
        paths = (back / "artifacts" / "job" / "job_events").glob("[0-9]*.json")
        events = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        if process.returncode or not any(one["event"] == "playbook_on_stats" for one in events):
            raise RuntimeError("\n".join([printed.decode(), *(one["stdout"] for one in events)])[-3000:])
        return events

    def _start(self, *arguments: str | Path, stdin: t.Any = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        command = [self.command, *map(str, arguments)]
        process = subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, env=self.environment, cwd=ROOT)
        if stdin != subprocess.DEVNULL:
            stdin.close()  # so that the process before notices if this one ends
        return process


def results(events: t.Iterable[Event]) -> dict[str, Event]:
    """Return the result of the last task of each host."""
    return {one["event_data"]["host"]: one["event_data"]["res"] for one in events if one["event"] == "runner_on_ok"}


def document(names: t.Iterable[str], options: t.Mapping[str, t.Any]) -> str:
    """Return a playbook that plays a document with these groups on each array."""
    items = "".join(f"        - {json.dumps({'name': name, **options})}\n" for name in names)
    used = task("jobwise.appliance.powerstore_config", {"config": "{{ array }}"})
    return f"{PLAY}    array:\n      volume_group:\n{items}  tasks:\n{used}"


class Sessions:
    """How many sessions the arrays have had since the last look, and have open."""

    def __init__(self, ports: t.Sequence[int], ca: Path) -> None:
        self.ports, self.ca = ports, str(ca)
        self.before = self._logins()

    def _one(self, port: int) -> dict[str, t.Any]:
        url = f"https://127.0.0.1:{port}/_emulator/sessions"
        with requests.Session() as session:
            session.trust_env = False
            return t.cast("dict[str, t.Any]", session.get(url, verify=self.ca, timeout=30).json())

    def _logins(self) -> list[int]:
        found = [self._one(port) for port in self.ports]
        self.open = sum(len(one["open"]) for one in found)
        return [one["logins"] for one in found]

    def most(self) -> int:
        """Return the largest number of logins that one array has had since the last look."""
        now = self._logins()
        most = max(after - before for after, before in zip(now, self.before))
        self.before = now
        return most


class Figures(t.NamedTuple):
    """What so many slices cost. longest: seconds of the slowest one, alone; together: of all at once."""

    slices: int
    longest: float
    together: float
    processor: float
    sessions: int


def measure(nodes: Nodes, hosts: t.Sequence[str], count: int, sessions: Sessions) -> Figures:
    """Play a document in so many slices, one after the other and at once; each time, it changes all groups."""
    parts = [hosts[number::count] for number in range(count)]

    def run(part: t.Sequence[str], description: str) -> float:
        start = time.monotonic()
        found = results(nodes.run(document(WORKS["change"].names(ITEMS), {"description": description}), part))
        if [host for host in part if found.get(host, {}).get("counts", {}).get("changed") != ITEMS]:
            raise RuntimeError("not every array was changed as described")
        return time.monotonic() - start

    used = _processor()
    alone = [run(part, f"{count} slices, alone") for part in parts]
    used = _processor() - used
    start = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        list(pool.map(run, parts, [f"{count} slices, at once"] * count))
    return Figures(count, max(alone), time.monotonic() - start, used, sessions.most())


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--arrays", type=int, default=100)
    parser.add_argument("--slices", type=int, nargs="+", default=[1, 2, 4, 8])
    options = parser.parse_args()
    bin_dir = runner()
    with ended_by_signals(), tempfile.TemporaryDirectory(prefix="slices-") as name:
        folder = Path(name)
        with fleet(folder, options.arrays, ITEMS) as ports:
            (folder / "inventory").mkdir()
            inventory(folder, ports).rename(folder / "inventory" / "arrays.yml")
            hosts = [f"array{number:03}" for number in range(len(ports))]
            nodes, sessions = Nodes(folder, bin_dir), Sessions(ports, folder / CA)
            print(f"{len(hosts)} arrays, {ITEMS} items each, all changed; {FORKS} forks, {os.cpu_count()} processors")
            print("| slices | slowest slice, alone | all at once here | processor | sessions of an array in each job |")
            print("|---|---|---|---|---|")
            found = []
            for count in options.slices:
                one = measure(nodes, hosts, count, sessions)
                found.append(one)
                cells = (f"{one.longest:.1f} s", f"{one.together:.1f} s", f"{one.processor:.0f} s", one.sessions / 2)
                print(f"| {count} | {' | '.join(map(str, cells))} |", flush=True)
            events = nodes.run(document(WORKS[CREATE].names(MANY), {}), hosts[:1])
            size = max(len(json.dumps(one["event_data"].get("res"))) for one in events)
            result = results(events)[hosts[0]]
            sessions.most()
    print(f"{result['counts']['changed']} created items in one document: the largest result has {size:,} characters")
    print(f"results: {len(result['results'])}, left out: {result['left_out']}; sessions left open: {sessions.open}")
    return int(
        any(one.sessions != 2 for one in found)
        or sessions.open > 0
        or result["counts"]["changed"] != MANY
        or size > LARGEST
    )


if __name__ == "__main__":
    sys.exit(main())
