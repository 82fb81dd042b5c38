# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values that nobody can undo: a task must say that it accepts what they mean."""

from __future__ import annotations

import dataclasses
import typing as t

from ..errors import InputError
from .mistakes import UNTOUCHED
from .rules import Requires


@dataclasses.dataclass(frozen=True)
class Consent:
    """The option that accepts what some values of another option mean.

    option: the option, a boolean. of, values: the other option, and those of its values. because: a sentence that says
    what cannot be undone; it ends without a full stop.
    """

    option: str
    of: str
    values: tuple[t.Any, ...]
    because: str

    @property
    def rule(self) -> Requires:
        """The rule that to accept something has an effect only if the task asks for it."""
        return Requires(self.option, self.of, self.values)

    def check(self, current_value: t.Any, desired: t.Mapping[str, t.Any]) -> None:
        """Raise InputError if the task would set one of the values without saying that it accepts it.

        current_value: the value that the object has; None if the task creates it.
        """
        wanted = desired.get(self.of)
        if wanted not in self.values or current_value in self.values or desired.get(self.option):
            return
        shown = str(wanted).lower() if isinstance(wanted, bool) else wanted
        raise InputError(
            f"{self.of}: {shown} cannot be undone: {self.because}.",
            hint=f"Give {self.option}: true if that is what you want. {UNTOUCHED}",
        )
