# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A platform as its modules see it: the connection options they share, and the session that these lead to."""

from __future__ import annotations

import dataclasses
import typing as t

from .resource_type import Json


class Client(t.Protocol):
    """A session with one appliance. warnings: what the person should know once the session is closed."""

    warnings: t.List[str]

    def close(self) -> None:
        """End the session. An appliance that does not answer is no reason to raise."""

    def within(self, seconds: float) -> t.ContextManager[t.Any]:
        """Bound the time that is spent on the appliance inside of the block."""

    def keep_secret(self, values: t.Iterable[str]) -> None:
        """Take note of what the task sends and nobody may see."""

    def hide(self, value: t.Any) -> t.Any:
        """Return data or a text without anything that was sent as a secret, in whatever form it came back."""


@dataclasses.dataclass(frozen=True)
class Platform:
    """options: argument spec of the connection, where ``env`` names the variable that an option falls back to.

    connect: returns a client for these options without sending anything; raises InputError for impossible values.
    """

    title: str
    options: Json
    connect: t.Callable[[Json], t.Any]
