# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The appliances the emulator can be: a protocol every platform follows and the table of those there are.

To add one: a folder with a ``platform.py`` that offers ``create(options) -> Platform``, and its name in ``KNOWN``.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Collection
from typing import Any, Protocol

from jobwise_emulator.clock import Clock
from jobwise_emulator.exchange import Json, Reply, Request

KNOWN = ("oneview", "powerstore", "ontap_select")


class OrderError(ValueError):
    """A control order (seed, change, job, fault) that makes no sense; the text says why."""


@dataclasses.dataclass
class Options:
    """What a platform is started with.

    ``seed`` is the parsed seed file or None for the built-in one; ``cluster`` the appliance's name if it is to have
    another one than usual; ``certificate`` what the server shows of itself (PEM, leaf first, root last). ``document``
    is the text of a document that describes an array, to which ``seed`` then adds; ``username`` and ``password`` are
    those of whoever works with the appliance, empty for the usual ones.
    """

    clock: Clock
    seed: Json | None = None
    bulk: dict[str, int] = dataclasses.field(default_factory=dict)
    api_version: str = ""
    cluster: str = ""
    certificate: str = ""
    document: str | None = None
    username: str = ""
    password: str = ""


class Platform(Protocol):
    """What the core asks of an appliance."""

    @property
    def prefix(self) -> str | tuple[str, ...]:
        """Path prefix of the API, or several, the longest first; what follows it is what fault orders match."""

    async def answer(self, request: Request) -> Reply:
        """Answer one request and fill in its ``session`` and ``user``."""

    def forbidden(self, request: Request) -> Reply:
        """The reply of the fault ``forbid``; the session of the request is looked up but nothing is done."""

    def expired(self, request: Request) -> Reply:
        """Drop the session the request came with and give the reply for an unknown one (fault ``expire_session``)."""

    def redact(self, body: Any) -> Any:
        """A copy of a request body with every secret replaced by ``********``."""

    def faults_cleared(self) -> None:
        """Let everything go on that a cleared fault held back."""

    def sessions(self) -> Json:
        """Open sessions and login counters."""

    def jobs(self) -> Json:
        """Counters of jobs started, completed and failed."""

    def done(self) -> list[Json]:
        """What clients have started, in order: ``what`` in words, ``state``, ``seconds`` and perhaps ``why``."""

    def types(self) -> Collection[str]:
        """The types of objects that fault orders may name; empty if they are not checked."""

    def name_of(self, request: Request) -> str | None:
        """The name of the object that a request is about, if it has one."""

    def change(self, order: Json) -> Json:
        """Somebody else's change, applied at once."""

    def peer(self, order: Json) -> Json:
        """Another emulated appliance talks to this one, for what two of them do together."""

    def start_job(self, order: Json) -> Json:
        """Somebody else's operation, started as a job."""

    def reset(self) -> None:
        """Back to the seed."""


def create(name: str, options: Options) -> Platform:
    """The platform called ``name`` (one of ``KNOWN``)."""
    module = importlib.import_module(f"jobwise_emulator.{name}.platform")
    platform: Platform = module.create(options)
    return platform
