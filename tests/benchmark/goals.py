# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection wants to reach, and whether a run of the benchmark has reached it."""

from __future__ import annotations

import dataclasses
import statistics
import typing as t

Figures = t.Mapping[str, t.Any]


@dataclasses.dataclass(frozen=True)
class Goal:
    """A goal, what was measured, and whether that meets it."""

    work: str
    wanted: str
    measured: str
    met: bool


def goals(figures: Figures) -> list[Goal]:
    """Return all goals for which there are figures."""
    found: list[Goal] = []
    for part, make in MAKERS.items():
        if part in figures:
            found += make(figures[part])
    return found


def _ratio(of: Figures, run: str, other: str) -> float:
    """Return how many times as long as another a run takes: the median of all rounds."""
    ratio: float = statistics.median(one / two for one, two in zip(of["rounds"][run], of["rounds"][other]))
    return ratio


def _loops(of: Figures) -> t.Iterator[Goal]:
    """Goals about what is as described."""
    ratio = _ratio(of, "loop 100", "debug 100")
    yield Goal("100 converged groups in a loop", "≤ 1.4 × a debug loop", f"{ratio:.2f} ×", ratio <= 1.4)
    more = statistics.median(one - two for one, two in zip(of["rounds"]["document 100"], of["rounds"]["task 1"]))
    requests = of["document 100"]["requests"]
    yield Goal(
        "100 converged groups in one document",
        "≤ one converged task + 0.1 s; 1 request and the logout",
        f"{more:+.2f} s; {requests:.0f} requests",
        more <= 0.1 and requests <= 2,
    )
    ratio = _ratio(of, "document 1000", "debug 1")
    yield Goal("1,000 converged groups in one document", "≤ 2 × one debug task", f"{ratio:.2f} ×", ratio <= 2)
    memory, loop = of["document 1000"]["memory"], of["loop 1000"]["memory"]
    yield Goal(
        "1,000 converged groups in one document",
        "memory ≤ that of a loop",
        f"{memory:.0f} MB; loop {loop:.0f} MB",
        memory <= loop,
    )


def _creations(of: Figures) -> t.Iterator[Goal]:
    """Goals about 100 creations."""
    at_once, slow = of["parallel: 100"], of["parallel: 100, 20 ms added"]
    work = "100 creations, jobs of 0.5 s"
    yield _limited(f"{work}, `parallel: 100`", at_once["seconds"], 2.0)
    yield Goal(
        f"{work}, `parallel: 100`",
        "≤ 12 reads beside the writes",
        f"{at_once['reads']:.0f} reads",
        at_once["reads"] <= 12,
    )
    yield _limited(f"{work}, `parallel: 100`, 20 ms added to each request", slow["seconds"], 3.0)
    yield _limited(f"{work}, default `parallel`", of["default"]["seconds"], 3.5)
    limit = 1.2 * 5 + of["debug"]["seconds"]
    yield Goal(
        f"{work}, an array that runs 10 at once",
        f"≤ 1.2 × 5 s + a debug run = {limit:.2f} s",
        f"{of['array runs 10 at once']['seconds']:.2f} s",
        of["array runs 10 at once"]["seconds"] <= limit,
    )


def _limited(work: str, seconds: float, limit: float) -> Goal:
    return Goal(work, f"≤ {limit:g} s", f"{seconds:.2f} s", seconds <= limit)


def _landscape(of: Figures) -> t.Iterator[Goal]:
    limit = of["chain"] * 0.5 + 2
    yield Goal(
        "20 hosts, 200 volumes in 20 groups, 10 policies and mappings, from empty",
        f"≤ longest chain of jobs + 2 s = {limit:g} s",
        f"{of['from empty']['seconds']:.2f} s",
        of["from empty"]["seconds"] <= limit,
    )


def _gathering(of: Figures) -> t.Iterator[Goal]:
    yield Goal(
        f"gather an array of {of['objects']:,} objects",
        f"reads = pages of 2,000 = {of['pages']}; ≤ 5 s",
        f"{of['asked']} reads, {of['reads'] - of['asked']:.0f} for the array's name and release; {of['seconds']:.2f} s",
        of["asked"] <= of["pages"] and of["seconds"] <= 5,
    )


def _arrays(of: Figures) -> t.Iterator[Goal]:
    ratio = _ratio(of, "document", "debug")
    yield Goal(
        f"{of['arrays']} arrays × {of['items']} items, 20 forks, a document for each array",
        "≤ 1.5 × a debug task for each array",
        f"{ratio:.2f} ×",
        ratio <= 1.5,
    )


def _growth(of: Figures) -> t.Iterator[Goal]:
    few, *dummy, many = of.values()
    ratio = many["document"]["seconds"] / few["document"]["seconds"]
    yield Goal("100 managed groups, array with 10 to 100,000 others", "flat: ≤ 1.2 ×", f"{ratio:.2f} ×", ratio <= 1.2)


MAKERS: t.Mapping[str, t.Callable[[Figures], t.Iterator[Goal]]] = {
    "goals": _loops,
    "creations": _creations,
    "landscape": _landscape,
    "gathering": _gathering,
    "arrays": _arrays,
    "growth": _growth,
}
