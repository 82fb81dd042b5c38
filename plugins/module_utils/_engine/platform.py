# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A platform as its modules see it: the connection options that they share, and how to connect."""

from __future__ import annotations

import dataclasses
import typing as t

from .data import Json


class Client(t.Protocol):
    """A session with one appliance. warnings: messages for the user; complete once the session is closed."""

    warnings: t.List[str]

    def close(self) -> None:
        """End the session. It must not raise if the appliance does not answer."""

    def within(self, seconds: float) -> t.ContextManager[t.Any]:
        """Limit the time that requests inside the block may take together."""

    def keep_secret(self, values: t.Iterable[str]) -> None:
        """Register the task's secret values."""

    def hide(self, value: t.Any) -> t.Any:
        """Return data or a text without the registered secrets, in whatever encoding they appear."""


@dataclasses.dataclass(frozen=True)
class Platform:
    """A platform.

    title: its name, in messages. options: argument spec of the connection; ``env`` names the environment variable that
    an option falls back to.
    connect: returns a client for these options and sends nothing; raises InputError for invalid values.
    """

    title: str
    options: Json
    connect: t.Callable[[Json], t.Any]
