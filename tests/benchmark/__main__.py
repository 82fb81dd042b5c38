# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure the collection against emulated arrays, beside other ways to do the same, and write docs/benchmarks.md.

Usage: python -m tests.benchmark [--quick] [--only PART ...] [--draw] [--page FILE]

Everything runs on loopback and ends by itself, also after Ctrl-C. --only keeps the other figures that are beside the
page. --draw writes the page again from these, without a run. --quick measures a few cells, to see that it works. Exits
with 1 if something could not be measured; a goal that is not met is no failure, but is in the page.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import typing as t
from pathlib import Path

from jobwise_emulator.process import EmulatorError, ended_by_signals
from tests.benchmark import scenarios
from tests.benchmark.goals import goals
from tests.benchmark.matrix import CELLS, QUICK, Cells, arrays, measured
from tests.benchmark.measure import Bench, CommandFailed
from tests.benchmark.page import Figures, machine, write
from tests.conformance.environment import powerstore_sdk
from tests.playbook import ROOT

PARTS: t.Mapping[str, t.Callable[[Bench, scenarios.Say], Figures]] = {
    "goals": scenarios.goals,
    "creations": scenarios.creations,
    "landscape": scenarios.landscape,
    "growth": scenarios.growth,
    "waiting": scenarios.waiting,
    "gathering": scenarios.gathering,
    "arrays": scenarios.arrays,
}
MATRIX = "matrix"


def matrix(bench: Bench, say: scenarios.Say, cells: t.Sequence[Cells], library: Path | None) -> list[Figures]:
    """Measure all contenders."""
    found = []
    with arrays(cells) as there:
        for one in cells:
            rows = measured(bench, one, library, there, say)
            shown = [
                {"count": count, "contender": name, "figures": of and scenarios.as_figures(of)}
                for count, name, of in rows
            ]
            found.append({"title": one.title, "rows": shown})
    return found


def run(parts: t.Collection[str], quick: bool, figures: Figures) -> int:
    """Measure parts, and put what was found into the figures. Return how many could not be measured."""
    start, started = time.monotonic(), round(time.time())
    failures = 0

    def say(line: str) -> None:
        print(f"{time.monotonic() - start:6.1f} s  {line}", flush=True)

    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        bench = Bench(Path(name))
        scenarios.prepare(bench)
        for part in (*PARTS, MATRIX):
            if part not in parts:
                continue
            try:
                if part == MATRIX:
                    figures["cells"] = matrix(
                        bench, say, QUICK if quick else CELLS, None if quick else powerstore_sdk()
                    )
                else:
                    figures[part] = PARTS[part](bench, say)
            except (CommandFailed, EmulatorError, RuntimeError) as error:
                failures += 1
                say(f"{part} could not be measured: {error}")
                continue
            figures.setdefault("runs", {})[part] = started
    say("done")
    return failures


def main() -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # Python keeps compiled code, as it does for users
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="measure a few cells only")
    parser.add_argument("--only", nargs="+", choices=[*PARTS, MATRIX], default=[], metavar="PART", help="measure these")
    parser.add_argument("--draw", action="store_true", help="measure nothing, write the page again")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "benchmarks.md")
    options = parser.parse_args()
    known = options.page.with_suffix("") / "figures.json"
    figures: Figures = {"machine": machine()}
    if (options.only or options.draw) and known.exists():
        figures = json.loads(known.read_text(encoding="utf-8"))
    failures = 0
    if not options.draw:
        parts = options.only or ([MATRIX] if options.quick else [*PARTS, MATRIX])
        with ended_by_signals():
            failures = run(parts, options.quick, figures)
    write(figures, options.page)
    for goal in goals(figures):
        print(f"{'met    ' if goal.met else 'NOT MET'}  {goal.work}: {goal.wanted}; {goal.measured}")
    print(f"{options.page} is written")
    return 1 if failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
