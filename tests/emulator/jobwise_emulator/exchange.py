# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What travels between the core and a platform: a request, a reply, and a fault that the platform has to act out."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from jobwise_emulator import multipart

Json = dict[str, Any]


@dataclasses.dataclass
class Request:
    """One HTTP request, its body read completely.

    ``path`` is as sent (percent-encoded); ``segments`` are its decoded parts; header names are lower case.
    ``session`` and ``user`` are filled in by the platform once it knows them; ``fault`` is the armed fault, if any.
    """

    method: str
    path: str
    query_text: str
    headers: Mapping[str, str]
    body: bytes
    connection: int = 0
    fault: Json | None = None
    session: str | None = None
    user: str | None = None

    @property
    def segments(self) -> list[str]:
        """Decoded path segments, empty ones left out."""
        return [unquote(part) for part in self.path.split("/") if part]

    @property
    def query(self) -> list[tuple[str, str]]:
        """Decoded query parameters in order; a name may repeat."""
        return parse_qsl(self.query_text, keep_blank_values=True)

    def json(self) -> Any:
        """The body as JSON, or None when there is none or it is not JSON (used for the record only)."""
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            return None

    def recorded(self) -> Any:
        """The body as it is put on record: JSON; of a form its fields, files by name and size."""
        try:
            parts = multipart.parse(self.headers.get("content-type", ""), self.body)
        except ValueError:
            return self.json()
        return {
            part.name: part.content.decode("utf-8", "replace")
            if part.filename is None
            else {"filename": part.filename, "bytes": len(part.content)}
            for part in parts
        }


def given_name(request: Request) -> str | None:
    """The name in the body of a request."""
    body = request.json()
    return str(body["name"]) if isinstance(body, dict) and body.get("name") else None


@dataclasses.dataclass
class Reply:
    """One HTTP reply. ``body`` is sent as JSON unless None; ``text`` or ``content`` with ``content_type`` as it is."""

    status: int
    body: Any = None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    text: str | None = None
    content_type: str = "application/json"
    content: bytes | None = None

    def payload(self) -> bytes:
        """The bytes of the body."""
        if self.content is not None:
            return self.content
        if self.text is not None:
            return self.text.encode()
        return b"" if self.body is None else json.dumps(self.body).encode()
