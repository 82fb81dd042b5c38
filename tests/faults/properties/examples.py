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
    few = settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    return hypothesis_seed(seed())(few(test))
