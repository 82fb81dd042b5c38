# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is measured beside the comparison of contenders: many creations, growth, waiting, reading back, many arrays."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import functools
import json
import statistics
import subprocess
import typing as t

from jobwise_emulator.process import Emulator
from tests.benchmark.contenders import CONVERGED, CREATE, HEAD, WORKS, debug, document, document_of, loop, task
from tests.benchmark.fleet import PLAY, fleet, inventory
from tests.benchmark.matrix import GROUPS, QUICK_SPEED, SLOW_SPEED
from tests.benchmark.measure import Bench, Measured
from tests.playbook import ansible_environment, ansible_playbook, connection

Say = t.Callable[[str], None]
Figures = t.Dict[str, t.Any]

ROUNDS, ROUNDS_OF_MANY = 7, 3
"""How often the runs of a goal are measured in turn, and those with many arrays, which take longer."""


def as_figures(measured: Measured) -> Figures:
    """Return what was measured as JSON."""
    return {name: round(value, 3) for name, value in dataclasses.asdict(measured).items()}


def medians(rounds: t.Sequence[Measured]) -> Measured:
    """Return the median of each figure."""
    names = [field.name for field in dataclasses.fields(Measured)]
    return Measured(**{name: statistics.median(getattr(one, name) for one in rounds) for name in names})


def prepare(bench: Bench) -> None:
    """Have Python compile what it keeps, so that no measured run does so."""
    with Emulator(speed=QUICK_SPEED, arguments=("--groups", "1")) as array:
        for make in (loop, document):
            bench.against(array, make(WORKS[CONVERGED], 1))


def in_turn(runs: t.Mapping[str, t.Callable[[], Measured]], rounds: int, say: Say) -> Figures:
    """Measure runs several times in turn. Return the medians, and the seconds of each round.

    Whatever else the machine does changes from minute to minute, so that only runs of one round can be compared.
    """
    found: dict[str, list[Measured]] = {name: [] for name in runs}
    for number in range(rounds):
        say(f"Goals: round {number + 1} of {rounds}: {', '.join(runs)}")
        for name, run in runs.items():
            found[name].append(run())
    seconds = {name: [round(one.seconds, 3) for one in measured] for name, measured in found.items()}
    return {**{name: as_figures(medians(measured)) for name, measured in found.items()}, "rounds": seconds}


def goals(bench: Bench, say: Say) -> Figures:
    """Measure the runs that the goals compare."""
    work = WORKS[CONVERGED]
    plays = {
        "debug 1": debug(work, 1),
        "task 1": loop(work, 1),
        "debug 100": debug(work, 100),
        "loop 100": loop(work, 100),
        "document 100": document(work, 100),
        "document 1000": document(work, 1000),
    }
    with Emulator(speed=QUICK_SPEED, arguments=("--groups", str(GROUPS))) as array:
        runs = {name: functools.partial(bench.against, array, play) for name, play in plays.items()}
        return {**in_turn(runs, ROUNDS, say), "loop 1000": as_figures(bench.against(array, loop(work, GROUPS)))}


def creations(bench: Bench, say: Say) -> Figures:
    """Measure 100 creations with jobs of 0.5 s by one document, with several limits."""
    work = WORKS[CREATE]
    cases: dict[str, tuple[dict[str, int], float, dict[str, int]]] = {
        "parallel: 100": ({"parallel": 100}, 0.0, {}),
        "parallel: 100, 20 ms added": ({"parallel": 100}, 0.02, {}),
        "default": ({}, 0.0, {}),
        "array runs 10 at once": ({}, 0.0, {"jobs_at_once": 10}),
    }
    found: Figures = {}
    with Emulator(speed=SLOW_SPEED) as array:
        found["debug"] = as_figures(bench.against(array, debug(work, 1)))
        for name, (options, added, settings) in cases.items():
            say(f"100 creations: {name}")
            found[name] = as_figures(bench.against(array, document(work, 100, **options), added, settings))
    return found


LANDSCAPE_CHAIN = ("create a host", "create a volume that is mapped to it", "create the group of the volume")
"""The longest chain of jobs in the landscape."""


def landscape_document() -> str:
    """Return 20 hosts, 200 volumes in 20 groups, 10 policies and the mappings, as YAML that is indented by 6."""
    hosts = [f"host{number:02}" for number in range(20)]
    config: dict[str, list[dict[str, t.Any]]] = {
        "snapshot_rule": [
            {"name": f"rule{number}", "interval": "One_Hour", "desired_retention": 24 + number} for number in range(10)
        ],
        "protection_policy": [{"name": f"policy{number}", "snapshot_rules": [f"rule{number}"]} for number in range(10)],
        "host": [
            {
                "name": name,
                "os_type": "Linux",
                "initiators": [{"port_name": f"iqn.1994-05.com.example:{name}", "port_type": "iSCSI"}],
            }
            for name in hosts
        ],
        "volume": [
            {"name": f"vol{number:03}", "size": "1 GiB", "mapped_hosts": [{"host": hosts[number // 10]}]}
            for number in range(200)
        ],
        "volume_group": [
            {
                "name": f"group{number:02}",
                "volumes": [f"vol{one:03}" for one in range(10 * number, 10 * number + 10)],
                "protection_policy": f"policy{number % 10}",
            }
            for number in range(20)
        ],
    }
    lines = ""
    for name, items in config.items():
        lines += f"      {name}:\n" + "".join(f"        - {json.dumps(item)}\n" for item in items)
    return lines


def landscape(bench: Bench, say: Say) -> Figures:
    """Measure a whole landscape from an empty array, and the same document once more."""
    play = document_of(landscape_document(), parallel=200)
    with Emulator(speed=SLOW_SPEED, seed={}) as array:
        say("Landscape: from empty, then again")
        return {
            "from empty": as_figures(bench.against(array, play)),
            "again": as_figures(_again(bench, array, play)),
            "debug": as_figures(bench.against(array, debug(WORKS[CONVERGED], 1))),
            "chain": len(LANDSCAPE_CHAIN),
            "steps": LANDSCAPE_CHAIN,
        }


def _again(bench: Bench, array: Emulator, play: str) -> Measured:
    return bench.playbook(play, ansible_environment(**connection(array)))


def growth(bench: Bench, say: Say) -> Figures:
    """Measure 100 converged groups on arrays with more and more others."""
    found: Figures = {}
    for others in (10, 1_000, 10_000, 100_000):
        say(f"Growth: {others:,} other groups")
        with Emulator(speed=QUICK_SPEED, arguments=("--groups", str(100 + others))) as array:
            environment = ansible_environment(**connection(array))
            work = WORKS[CONVERGED]
            found[str(others)] = {
                name: as_figures(bench.playbook(make(work, 100), environment))
                for name, make in (("loop", loop), ("document", document))
            }
    return found


def waiting(bench: Bench, say: Say) -> Figures:
    """Measure how late a task and a document see the end of a job, by the array's own record."""
    lasting = (0.3, 3.0, 30.0)
    makers: dict[str, t.Callable[..., str]] = {"task": loop, "document": document}
    say("Waiting: jobs of 0.3, 3 and 30 s, all at the same time")
    found: Figures = {}
    with contextlib.ExitStack() as block:
        running = []
        for seconds in lasting:
            for name, make in makers.items():
                array = block.enter_context(Emulator(speed=2 / seconds))
                path = bench.folder / f"{name}{seconds:g}.yml"
                path.write_text(make(WORKS[CREATE], 1), encoding="utf-8")
                process = subprocess.Popen(
                    [ansible_playbook(), str(path)],
                    env=ansible_environment(**connection(array)),
                    stdout=subprocess.DEVNULL,
                )
                block.callback(process.wait)
                block.callback(process.terminate)
                running.append((f"{seconds:g}", name, array, process))
        for lasts, name, array, process in running:
            if process.wait(120):
                raise RuntimeError(f"the {name} that waits for a job of {lasts} s has failed")
            found.setdefault(lasts, {})[name] = _late(array.requests()["requests"], float(lasts))
    return found


def _late(requests: t.Sequence[Figures], seconds: float) -> Figures:
    """Return how long after the end of its job a run saw it, and how often it looked."""
    posted = next(one["time"] for one in requests if one["method"] == "POST" and one["path"].endswith("volume_group"))
    after = [one["time"] for one in requests if one["method"] == "GET" and one["time"] > posted]
    looks = [one for one in requests if "/job" in one["path"] and one["time"] > posted]
    ended = _moment(posted) + datetime.timedelta(seconds=seconds)
    seen = min(_moment(one) for one in after if _moment(one) >= ended)
    return {"late": round((seen - ended).total_seconds(), 3), "looks": len(looks)}


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


PAGE_SIZE = 2000


def gathering(bench: Bench, say: Say) -> Figures:
    """Measure reading an array with 10,000 volumes and groups into a document."""
    say("Gathering 10,000 objects")
    volumes, groups = 8_000, 2_000
    options = {
        "state": "gathered",
        "only_types": ["volume", "volume_group"],
        "dest": str(bench.folder / "gathered.yml"),
    }
    play = f"{HEAD}  tasks:\n" + task("jobwise.appliance.powerstore_config", options)
    arguments = ("--volumes", str(volumes), "--groups", str(groups))
    with Emulator(speed=QUICK_SPEED, seed={}, arguments=arguments) as array:
        found = as_figures(bench.against(array, play))
        paths = [one["path"].rpartition("/")[2] for one in array.requests()["requests"]]
    pages = volumes // PAGE_SIZE + groups // PAGE_SIZE
    asked = paths.count("volume") + paths.count("volume_group")
    return {**found, "objects": volumes + groups, "pages": pages, "asked": asked}


def arrays(bench: Bench, say: Say, count: int = 100) -> Figures:
    """Measure one task for each of many arrays, 20 at a time."""
    items = 20
    names = WORKS[CONVERGED].names(items)
    variables = "    array:\n      volume_group:\n" + "".join(
        f"        - {json.dumps({'name': name})}\n" for name in names
    )
    tasks = {
        "debug": task("ansible.builtin.debug", {"msg": "{{ inventory_hostname }}"}),
        "document": task("jobwise.appliance.powerstore_config", {"config": "{{ array }}"}),
        "loop": task("jobwise.appliance.volume_group", {"name": "{{ item.name }}"}, loop="{{ array.volume_group }}"),
    }
    say(f"{count} arrays")
    with fleet(bench.folder, count, items) as ports:
        hosts = str(inventory(bench.folder, ports))
        environment = ansible_environment(ANSIBLE_FORKS="20")
        runs = {
            name: functools.partial(bench.playbook, f"{PLAY}{variables}  tasks:\n{line}", environment, "-i", hosts)
            for name, line in tasks.items()
        }
        once = as_figures(runs.pop("loop")())
        return {**in_turn(runs, ROUNDS_OF_MANY, say), "loop": once, "arrays": count, "items": items}
