# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The sections of the page, each from the figures of its part."""

from __future__ import annotations

import typing as t

Figures = t.Dict[str, t.Any]


def table(heads: t.Sequence[str], rows: t.Iterable[t.Sequence[str]]) -> str:
    """Return a table in Markdown, with an empty line after it."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n".replace("|  |", "| |") for cells in lines) + "\n"


def seconds(run: Figures) -> str:
    """Return the seconds of a run as a cell."""
    return f"{run['seconds']:.2f}"


def megabytes(run: Figures) -> str:
    """Return the memory of a run as a cell."""
    return f"{run['memory']:.0f} MB"


def counts(run: Figures, *names: str) -> list[str]:
    """Return numbers of a run as cells."""
    return [f"{run[name]:,.0f}" for name in names]


def creations(of: Figures, folder: str) -> str:
    """Return what 100 creations cost."""
    numbers = ("reads", "writes", "connections")
    rows = [[name, seconds(run), *counts(run, *numbers), megabytes(run)] for name, run in of.items()]
    return (
        "## 100 creations by one document, jobs of 0.5 s\n\n"
        + table(["", "seconds", *numbers, "memory"], rows)
        + "The default of `parallel` is 32. *debug* is a run with one debug task.\n\n"
    )


def landscape(of: Figures, folder: str) -> str:
    """Return what a whole landscape costs."""
    first, debug = of["from empty"], of["debug"]
    rows = [
        ["one debug task", seconds(debug), "", ""],
        ["from empty", seconds(first), *counts(first, "requests", "writes")],
        ["again, nothing to do", seconds(of["again"]), "", ""],
    ]
    return (
        "## A landscape from an empty array\n\n"
        "One document with 10 snapshot rules and policies, 20 hosts, 200 volumes that are mapped to them, and 20 "
        "groups;\n"
        f"jobs of 0.5 s, `parallel: 200`. The longest chain has {of['chain']} jobs: {', '.join(of['steps'])}.\n\n"
        + table(["run", "seconds", "requests", "writes"], rows)
    )


def growth(of: Figures, folder: str) -> str:
    """Return what other objects on the array cost."""
    rows = [[f"{int(others):,}", seconds(runs["loop"]), seconds(runs["document"])] for others, runs in of.items()]
    return (
        "## Growth\n\n100 converged groups on an array with more and more others.\n\n"
        f"![Seconds by number of other groups]({folder}/growth.svg)\n\n"
        + table(["other groups", "loop, seconds", "document, seconds"], rows)
    )


def late(run: Figures) -> tuple[str, str]:
    """Return how late a run was, and how often it looked, as cells."""
    return f"{run['late']:.2f}", str(run["looks"])


def waiting(of: Figures, folder: str) -> str:
    """Return how late the ends of jobs are seen."""
    rows = [
        [f"{lasts} s", *(cell for name in ("task", "document") for cell in late(runs[name]))]
        for lasts, runs in of.items()
    ]
    return (
        "## Waiting\n\nHow long after the end of a job a run sees that end, and how often it has looked. One job "
        "each;\nall six runs at the same time.\n\n"
        f"![Seconds late by duration of the job]({folder}/waiting.svg)\n\n"
        + table(["job", "task, seconds late", "looks", "document, seconds late", "looks"], rows)
    )


def gathering(of: Figures, folder: str) -> str:
    """Return what reading an array costs."""
    return (
        f"## Reading an array back\n\n`state: gathered` of {of['objects']:,} volumes and groups: {seconds(of)} s, "
        f"{of['requests']:.0f} requests, {megabytes(of)}.\n\n"
    )


def arrays(of: Figures, folder: str) -> str:
    """Return what many arrays cost."""
    labels = {"debug": "a debug task", "document": "a document", "loop": "a loop of tasks"}
    debug = of["debug"]["seconds"]
    rows = [
        [label, seconds(of[name]), f"{of[name]['seconds'] / debug:.2f}", megabytes(of[name])]
        for name, label in labels.items()
    ]
    return (
        f"## Many arrays\n\n{of['arrays']} arrays as hosts of the inventory, 20 forks, {of['items']} converged "
        "groups on each array.\n\n"
        + table(["task for each array", "seconds", "ratio", "memory of the largest process"], rows)
    )


SECTIONS: t.Mapping[str, t.Callable[[Figures, str], str]] = {
    "creations": creations,
    "landscape": landscape,
    "growth": growth,
    "waiting": waiting,
    "gathering": gathering,
    "arrays": arrays,
}
