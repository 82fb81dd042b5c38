# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How many examples the properties take, and from which seed."""

from __future__ import annotations

import typing as t

from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as hypothesis_seed

from tests.conftest import seed, whole

EXAMPLES = 100 if whole() else 2


def some_examples(test: t.Callable[..., None]) -> t.Callable[..., None]:
    """Let a test take a few examples by the seed of the run, many of them with ``--whole``."""
    return times(1)(test)


def times(factor: int) -> t.Callable[[t.Callable[..., None]], t.Callable[..., None]]:
    """Return a decorator like `some_examples` that takes several times as many of them."""
    few = settings(
        max_examples=factor * EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    return lambda test: hypothesis_seed(seed())(few(test))
