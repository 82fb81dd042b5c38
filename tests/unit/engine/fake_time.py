# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Time that passes only when somebody sleeps."""

from __future__ import annotations

import dataclasses

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Clock


@dataclasses.dataclass
class FakeTime:
    """seconds: the time now. naps: the lengths of all sleeps."""

    seconds: float = 1000.0
    naps: list[float] = dataclasses.field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        assert seconds > 0, "a loop that does not sleep never ends"
        self.naps.append(seconds)
        self.seconds += seconds

    def clock(self) -> Clock:
        return Clock(now=lambda: self.seconds, sleep=self.sleep)
