# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The steps of a plan: requests to the appliance, local actions, and waits."""

from __future__ import annotations

import dataclasses
import typing as t

from ..data import Json

VERSION_LATER = "{version}"
"""Placeholder for the object's version after the previous steps. The engine replans once these steps are done."""


@dataclasses.dataclass(frozen=True)
class Request:
    """One request that changes something on the appliance.

    action: the appliance's word for what the request does. verb, path, body: the HTTP request.
    summary: the step as a verb phrase ("add 2 volumes to ..."), for the result and for messages.
    version: the object's version that the plan is based on; the appliance refuses the request if it has changed since.
    once: why a run must not send it again after a lost response, such as that each login counts; empty if it may.
    """

    action: str
    verb: str
    path: str
    body: Json | None
    summary: str
    version: str = ""
    once: str = ""


@dataclasses.dataclass(frozen=True)
class LocalAction:
    """A change on the machine where the task runs, such as a file that is written. The appliance does not change.

    action: a word for what it does. path: what it changes, such as the path of the file. summary: as in `Request`.
    version: `VERSION_LATER` if the action depends on the outcome of the previous steps.
    """

    action: str
    path: str
    summary: str
    version: str = ""


@dataclasses.dataclass(frozen=True)
class Wait:
    """A wait for the object. It changes nothing.

    The engine polls the object and replans until the new plan no longer starts with a wait. summary: as in `Request`.
    progress_text: how far the object is.
    """

    summary: str
    progress_text: str = ""


Change = t.Union[Request, LocalAction]
"""A step that changes something."""

Step = t.Union[Request, LocalAction, Wait]
