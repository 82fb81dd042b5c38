# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ids in paths: an id names one object and nothing else, whatever an appliance or a person has written as one."""

from __future__ import annotations

import typing as t
from urllib.parse import quote, unquote

from .errors import UnexpectedResponse

ID_LATER = "{id}"
"""Stands in a path for the id of the object that an earlier step of the same plan creates."""

STEPS = (".", "..")
"""Parts of a path that lead elsewhere."""


def in_path(object_id: t.Any) -> str:
    """Return an id as a path carries it; a URI, which is a path itself, as it is.

    Raises StrangeReply for what is no id: such a request would be about something else.
    """
    if not isinstance(object_id, str) or object_id in ("", *STEPS):
        raise UnexpectedResponse(f"The appliance answered {object_id!r} for an id.")
    return object_id if object_id == ID_LATER or object_id.startswith("/") else quote(object_id, safe="")


def check_path(method: str, path: str) -> None:
    """Raise StrangeReply for a path that leads elsewhere than its parts say: it is followed as a browser follows it."""
    parts = path.partition("?")[0].split("/")[1:]
    if any(unquote(part) in STEPS for part in parts):
        raise UnexpectedResponse(
            f"{path} leads elsewhere than it says, so it was not sent.",
            hint="An id or a URI in it comes from the appliance, or from an option of the task.",
            method=method,
            path=path,
        )
