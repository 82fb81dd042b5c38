# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same work by all contenders, side by side."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t
from pathlib import Path

from jobwise_emulator.process import Emulator
from tests.benchmark.contenders import (
    CHANGE,
    CONTENDERS,
    CONVERGED,
    CREATE,
    DEBUG,
    DELETE,
    DOCUMENT,
    LOOP,
    TASKS,
    WORKS,
    Contender,
)
from tests.benchmark.measure import Bench, Measured

SLOW_SPEED, QUICK_SPEED = 4.0, 40.0
JOB_SECONDS = {SLOW_SPEED: 0.5, QUICK_SPEED: 0.05}
"""How long a job takes at these speeds of the emulator."""

GROUPS = 1000


@dataclasses.dataclass(frozen=True)
class Cells:
    """What is measured of one work. added: seconds added to each request. only: the contenders, empty for all."""

    work: str
    counts: tuple[int, ...]
    speed: float
    added: float = 0.0
    only: tuple[str, ...] = ()
    most: int = 1000

    @property
    def title(self) -> str:
        """The heading of their table."""
        words = {
            CONVERGED: "Groups that are as described",
            CREATE: "Groups to create",
            CHANGE: "Groups to change",
            DELETE: "Groups to delete",
        }
        jobs = "" if self.work == CONVERGED else f", jobs of {JOB_SECONDS[self.speed]:g} s"
        return f"{words[self.work]}{jobs}, {self.added * 1000:.0f} ms added to each request"


OURS = (DEBUG, LOOP, TASKS, DOCUMENT)
ALL = (1, 20, 100, 1000)
CELLS = (
    Cells(CONVERGED, ALL, QUICK_SPEED),
    Cells(CONVERGED, ALL, QUICK_SPEED, 0.02, most=100),
    Cells(CREATE, ALL, SLOW_SPEED),
    Cells(CREATE, (1, 20, 100), SLOW_SPEED, 0.02, only=OURS, most=20),
    Cells(CHANGE, ALL, QUICK_SPEED),
    Cells(CHANGE, (1, 20, 100), QUICK_SPEED, 0.02, only=OURS, most=20),
    Cells(DELETE, ALL, QUICK_SPEED),
    Cells(DELETE, (1, 20, 100), QUICK_SPEED, 0.02, only=OURS, most=20),
)
QUICK = (Cells(CONVERGED, (1, 3), QUICK_SPEED, only=(DEBUG, DOCUMENT)),)
"""A few cells, to see that everything works."""

Row = t.Tuple[int, str, t.Optional[Measured]]


def takes(cells: Cells, contender: Contender, count: int) -> bool:
    """Tell whether a contender is measured with so many items. A document is, always."""
    if cells.only and contender.name not in cells.only:
        return False
    limited = contender.name in (DEBUG, DOCUMENT) or count <= cells.most
    return limited and contender.takes(cells.work, count)


def measured(
    bench: Bench, cells: Cells, library: Path | None, arrays: t.Mapping[float, Emulator], say: t.Callable[[str], None]
) -> list[Row]:
    """Measure all contenders with all numbers of items, contender by contender for each number."""
    rows: list[Row] = []
    work = WORKS[cells.work]
    array = arrays[cells.speed]
    for count in cells.counts:
        for contender in CONTENDERS:
            if not takes(cells, contender, count):
                rows.append((count, contender.name, None))
                continue
            say(f"{cells.title}: {count} with {contender.name}")
            if contender.playbook:
                found = bench.against(array, contender.playbook(work, count), cells.added)
            elif library:
                found = bench.library(library, array, cells.work, work.names(count), cells.added)
            else:
                continue
            rows.append((count, contender.name, found))
    return rows


@contextlib.contextmanager
def arrays(cells: t.Sequence[Cells]) -> t.Iterator[dict[float, Emulator]]:
    """Start an array for each speed that the cells need."""
    with contextlib.ExitStack() as block:
        speeds = {one.speed for one in cells}
        yield {
            speed: block.enter_context(Emulator(speed=speed, arguments=("--groups", str(GROUPS)))) for speed in speeds
        }
