# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sanity tests, unit tests and playbooks with every supported ansible-core, and a table of what came of them.

JOBWISE_CORES and JOBWISE_SUITES choose some, such as "2.17 2.18" and "units plays".
"""

from __future__ import annotations

import os
import time
import typing as t
from pathlib import Path

from tests.run import sanity
from tests.run.command import BIN, Failed, chosen, run
from tests.run.environments import CORES, core_bin, python_of

LIMIT = 1800
"""Seconds that one suite may take with one ansible-core."""
LEFT_OUT = ("--ignore=tests/unit/project",)
"""Tests of the repository's texts do not depend on ansible-core."""
SIDE_BY_SIDE = ("-n", str(min(os.cpu_count() or 1, 4)), "--dist", "worksteal")


def sanity_tests(bin_dir: Path) -> None:
    sanity.ansible_test(bin_dir, *sanity.RELEASED, limit=LIMIT)


def units(bin_dir: Path) -> None:
    """Run the unit tests with the Python and the ansible-core of an environment."""
    unit_tests(bin_dir, *LEFT_OUT, *SIDE_BY_SIDE)


def unit_tests(bin_dir: Path, *options: str) -> None:
    run(bin_dir / "python", "-m", "pytest", "-q", "tests/unit", *options, limit=LIMIT)


def plays(bin_dir: Path) -> None:
    """Run the playbooks that every run of all tests plays with the oldest ansible-core."""
    command = (BIN / "python", "-m", "pytest", "-q", "tests/integration", "-k", "oldest", *SIDE_BY_SIDE)
    run(*command, limit=LIMIT, JOBWISE_ANSIBLE_OLDEST=str(bin_dir))


SUITES: dict[str, t.Callable[[Path], None]] = {"sanity": sanity_tests, "units": units, "plays": plays}


class Outcome(t.NamedTuple):
    """What came of a suite. seconds: how long it took."""

    succeeded: bool
    seconds: float

    def __str__(self) -> str:
        return f"{'ok' if self.succeeded else 'FAILED'} {self.seconds:.0f} s"


def cores() -> None:
    """Run the chosen suites with the chosen cores to their end, whatever fails; fail afterwards."""
    rows = {core: outcomes(core) for core in chosen("JOBWISE_CORES", CORES)}
    print(f"\n{table(rows)}", flush=True)
    failed = [f"{suite} with {core}" for core, row in rows.items() for suite, one in row.items() if not one.succeeded]
    if failed or not any(rows.values()):
        raise Failed(f"failed: {', '.join(failed) or 'there is no Python here for any of these'}")


def outcomes(core: str) -> dict[str, Outcome]:
    """Run the chosen suites with one ansible-core; return nothing if there is no Python for it."""
    bin_dir = core_bin(core)
    if not bin_dir:
        return {}
    return {suite: outcome(core, suite, bin_dir) for suite in chosen("JOBWISE_SUITES", SUITES)}


def outcome(core: str, suite: str, bin_dir: Path) -> Outcome:
    print(f"\n=== ansible-core {core}: {suite}", flush=True)
    begun, succeeded = time.monotonic(), True
    try:
        SUITES[suite](bin_dir)
    except Failed as error:
        print(error, flush=True)
        succeeded = False
    return Outcome(succeeded, time.monotonic() - begun)


def table(rows: t.Mapping[str, t.Mapping[str, Outcome]]) -> str:
    """Return lines: a row for each ansible-core, with its Python and a column for each suite."""
    suites = [suite for suite in SUITES if any(suite in row for row in rows.values())]
    lines = ["ansible-core  Python  " + "".join(f"{suite:16}" for suite in suites)]
    for core, row in rows.items():
        python = python_of(core)
        cells = "".join(f"{row[suite]!s:16}" for suite in suites if suite in row) or "no Python for it here"
        lines.append(f"{core:12}  {python.version if python else '-':6}  {cells}")
    return "\n".join(line.rstrip() for line in lines)
