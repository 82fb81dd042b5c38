# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ids in URL paths. An id must never change where a path leads."""

from __future__ import annotations

import typing as t
from urllib.parse import quote, unquote

from ..errors import UnexpectedResponse

ID_LATER = "{id}"
"""Placeholder in a path for the id of the object that an earlier step of the same plan creates."""

STEPS = (".", "..")
"""Path segments that lead to another path."""


def in_path(object_id: t.Any) -> str:
    """Return an id, quoted for use in a path. A URI is a path already and stays as it is.

    Raises UnexpectedResponse for an invalid id: the request would address something else.
    """
    if not isinstance(object_id, str) or object_id in ("", *STEPS):
        raise UnexpectedResponse(f"The appliance returned {object_id!r} as an id.")
    return object_id if object_id == ID_LATER or object_id.startswith("/") else quote(object_id, safe="")


def check_path(method: str, path: str) -> None:
    """Raise UnexpectedResponse for a path with ``.`` or ``..`` segments: servers resolve them as browsers do."""
    parts = path.partition("?")[0].split("/")[1:]
    if any(unquote(part) in STEPS for part in parts):
        raise UnexpectedResponse(
            f"{path} has . or .. as a part, so it was not sent.",
            hint="An id or a URI in it comes from the appliance, or from an option of the task.",
            method=method,
            path=path,
        )
