# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What all tests share.

Some tests have more cases than a run before every commit can take. They are marked ``sampled`` and take a sample of
the cases, by the seed of the run; with ``--whole`` they take all. ``make faults`` runs them that way.
"""

from __future__ import annotations

import os
import random
import typing as t
from pathlib import Path

import pytest

from tests.run.collection import ROOT, make_importable
from tests.run.lanes import TABLE

make_importable()

T = t.TypeVar("T")
# In the environment, as test modules read them when they are imported, and the processes of pytest-xdist inherit them.
WHOLE, SEED = "JOBWISE_WHOLE", "JOBWISE_SEED"
SLOW = tuple(ROOT / "tests" / name for name in ("integration", "conformance"))
"""Tests that take seconds each."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="sampled tests take all their cases")
    parser.addoption("--seed", type=int, help="what sampled tests draw their cases by (default: another one each run)")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sampled: takes a sample of its cases, or all of them with --whole")
    if config.getoption("--whole"):
        os.environ[WHOLE] = "1"
    given = config.getoption("--seed")
    if given is not None:
        os.environ[SEED] = str(given)
    os.environ.setdefault(SEED, str(random.SystemRandom().randrange(1_000_000)))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each process of pytest-xdist its share of the slow tests first, then of the quick ones.

    With ``--dist worksteal``, a process begins with one part of the list, and takes over from the ends of other parts
    later. Without this, the first process had all playbooks, and the end of a run was a few long plays.
    """
    workers = getattr(config, "workerinput", {}).get("workercount", 1)
    slow = [item for item in items if item.path.is_relative_to(SLOW[0]) or item.path.is_relative_to(SLOW[1])]
    rest = set(slow)
    quick = [item for item in items if item not in rest]
    items[:] = shares(slow, quick, workers)


def shares(slow: t.Sequence[T], quick: t.Sequence[T], workers: int) -> list[T]:
    """Return what each worker gets, one after the other: slow ones dealt out in turn, quick ones by neighbourhood."""
    size = -(-len(quick) // workers)
    return [
        one
        for worker in range(workers)
        for one in (*slow[worker::workers], *quick[worker * size : (worker + 1) * size])
    ]


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TABLE in os.environ:
        terminalreporter.write_line(f"\n{os.environ[TABLE]}")
    ran = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    if any("sampled" in report.keywords for report in ran):
        again = f"--seed {seed()}{' --whole' if whole() else ''}"
        terminalreporter.write_line(f"Sampled tests used {again}. The same options repeat them.")


def whole() -> bool:
    """Whether sampled tests take all their cases instead of a sample."""
    return bool(os.environ.get(WHOLE))


def seed() -> int:
    """The number by which sampled tests draw their cases: the same in all processes of a run."""
    return int(os.environ[SEED])


def sample(cases: t.Iterable[T], size: int) -> list[T]:
    """``size`` of the cases in their order, drawn by the seed of the run; all of them with ``--whole``."""
    everything = list(cases)
    if whole() or size >= len(everything):
        return everything
    drawn = random.Random(seed()).sample(range(len(everything)), size)
    return [everything[index] for index in sorted(drawn)]


def shared_folder() -> Path | None:
    """Return the folder with the vendor's OpenAPI documents and the contract checker, None without them."""
    folder = Path(os.environ.get("JOBWISE_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "tools" / "contract_check.py").exists() else None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the vendor's documents; tests that need it are skipped where it is not there."""
    folder = shared_folder()
    if folder is None:
        pytest.skip("the vendor's documents are not there; JOBWISE_SHARED names their folder")
    return folder
