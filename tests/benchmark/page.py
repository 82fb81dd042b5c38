# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the page with the figures, its plots, and the figures themselves."""

from __future__ import annotations

import json
import os
import platform
import re
import typing as t
from importlib import metadata
from pathlib import Path

from tests.benchmark.contenders import BY_HAND, DEBUG, DOCUMENT, LIBRARY, LOOP, MODULE, TASKS
from tests.benchmark.goals import goals
from tests.benchmark.plot import plot
from tests.benchmark.sections import SECTIONS, counts, megabytes, seconds, table

Figures = t.Dict[str, t.Any]

INTRODUCTION = """# Benchmarks

<!-- `make bench` writes this page. -->

What a run costs, measured against the emulated arrays of this repository. All contenders run on the machine of the
emulator, one after the other for each number of items, each as a whole process from start to end. `make bench` repeats
everything. Ratios in the table of goals are the median of several rounds, in each of which the runs take their turns.

Absolute times depend on the machine and on what else it does. Requests, connections and logins do not, and ratios do so
much less. A real array takes longer for each request than an emulated one; the tables with 20 ms added to each request
show what that changes.

"""

CONTENDERS = f"""## Contenders

| name | what runs |
|---|---|
| {DEBUG} | a loop of `ansible.builtin.debug`: what Ansible itself costs |
| {LOOP} | a loop of `volume_group` tasks |
| {TASKS} | a task for each volume group |
| {MODULE} | the same loop with `jobwise_run_in: target`: how it runs on a remote host |
| {DOCUMENT} | one task of `powerstore_config` with all groups |
| {BY_HAND} | `ansible.builtin.uri`: a login, a loop that looks, a loop that writes |
| {LIBRARY} | Dell's library in a process for each group, without what Ansible adds |

Contenders that would take minutes get 20 or 100 items at most. *Ratio* compares the seconds with those of the debug
loop for the same number of items, *memory* is that of the largest process, *left open* counts sessions that nobody has
ended.

"""

COLUMNS = ("items", "contender", "seconds", "ratio", "requests", "connections", "logins", "left open", "memory")


def machine() -> Figures:
    """Return what the figures depend on."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": os.cpu_count() or 1,
        "system": platform.system(),
        "python": platform.python_version(),
        "ansible-core": metadata.version("ansible-core"),
    }


def write(figures: Figures, page: Path) -> None:
    """Write a page, its plots, and the figures beside them."""
    folder = page.parent / page.stem
    folder.mkdir(parents=True, exist_ok=True)
    plots = plots_of(figures)
    for old in folder.glob("*.svg"):
        old.unlink()
    for name, picture in plots.items():
        (folder / f"{name}.svg").write_text(picture, encoding="utf-8")
    (folder / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    page.write_text(words(figures, page.stem), encoding="utf-8")


def words(figures: Figures, folder: str) -> str:
    """Return the page. folder: where its plots are."""
    on = figures["machine"]
    parts = [
        INTRODUCTION,
        f"This run: {on['cores']} cores of {on['processor']}, {on['system']}, Python {on['python']}, "
        f"ansible-core {on['ansible-core']}.\n",
    ]
    if len(set(figures.get("runs", {}).values())) > 1:
        parts.append("\nParts of this page were measured in runs of their own.\n")
    parts += [_goals(figures), CONTENDERS]
    parts += [_cells(number, cells, folder) for number, cells in enumerate(figures.get("cells", []))]
    for name, make in SECTIONS.items():
        if name in figures:
            parts.append(make(figures[name], folder))
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).rstrip() + "\n"


def _goals(figures: Figures) -> str:
    rows = [[one.work, one.wanted, one.measured, "met" if one.met else "**not met**"] for one in goals(figures)]
    return "\n## Goals\n\n" + table(["work", "goal", "this run", ""], rows) if rows else "\n"


def _cells(number: int, cells: Figures, folder: str) -> str:
    """Return the table of one work, with its plot."""
    found = [(row["count"], row["contender"], row["figures"]) for row in cells["rows"] if row["figures"]]
    debug = {count: run["seconds"] for count, name, run in found if name == DEBUG}
    rows = []
    for count, name, run in found:
        ratio = f"{run['seconds'] / debug[count]:.2f}" if count in debug else ""
        numbers = counts(run, "requests", "connections", "logins", "left") if name != DEBUG else [""] * 4
        rows.append([f"{count:,}", name, seconds(run), ratio, *numbers, megabytes(run)])
    plotted = f"![Seconds by number of items]({folder}/work{number}.svg)\n\n" if _curves(cells) else ""
    return f"## {cells['title']}\n\n{plotted}{table(COLUMNS, rows)}{_missing(cells)}"


def _missing(cells: Figures) -> str:
    """Return which contenders were not measured with how many items."""
    missing: dict[str, list[str]] = {}
    for row in cells["rows"]:
        if not row["figures"]:
            missing.setdefault(row["contender"], []).append(f"{row['count']:,}")
    words = "; ".join(f"{name}: {', '.join(numbers)}" for name, numbers in missing.items())
    return f"Not measured: {words} items.\n\n" if words else ""


def _curves(cells: Figures) -> dict[str, list[tuple[float, float]]]:
    curves: dict[str, list[tuple[float, float]]] = {}
    for row in cells["rows"]:
        if row["figures"]:
            curves.setdefault(row["contender"], []).append((row["count"], row["figures"]["seconds"]))
    return {name: points for name, points in curves.items() if len(points) > 1}


def plots_of(figures: Figures) -> dict[str, str]:
    """Return the plots by the names of their files."""
    plots: dict[str, str] = {}
    for number, cells in enumerate(figures.get("cells", [])):
        curves = _curves(cells)
        if curves:
            plots[f"work{number}"] = plot(cells["title"], "items", "seconds", curves)
    if "growth" in figures:
        curves = {
            name: [(float(others), of[name]["seconds"]) for others, of in figures["growth"].items()]
            for name in ("loop", "document")
        }
        plots["growth"] = plot("100 managed groups among others", "other groups on the array", "seconds", curves)
    if "waiting" in figures:
        curves = {
            name: [(float(lasts), max(of[name]["late"], 0.001)) for lasts, of in figures["waiting"].items()]
            for name in ("task", "document")
        }
        plots["waiting"] = plot(
            "How late the end of a job is seen", "seconds that the job lasts", "seconds late", curves
        )
    return plots
