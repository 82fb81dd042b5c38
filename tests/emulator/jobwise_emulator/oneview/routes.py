# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which paths there are below ``/rest/``, and what they do: 404 for an unknown path, 405 for an unknown verb."""

from __future__ import annotations

from collections.abc import Sequence

from jobwise_emulator.oneview.crud import Handler, Routes
from jobwise_emulator.oneview.errors import Refused, not_found


def find(tables: Sequence[Routes], method: str, parts: list[str]) -> tuple[Handler, list[str]]:
    """The handler of a request and the variable parts of its path; a pattern without variables goes first."""
    fitting = [
        (len(keys), verbs, keys)
        for table in tables
        for pattern, verbs in table.items()
        if (keys := match(pattern.split("/"), parts)) is not None
    ]
    if not fitting:
        raise not_found("/rest/" + "/".join(parts))
    dummy, verbs, keys = min(fitting, key=lambda entry: entry[0])
    if method not in verbs:
        actions = (f"Use {', '.join(sorted(verbs))}.",)
        text = f"{method} is not supported for this resource."
        raise Refused(405, "METHOD_NOT_ALLOWED", text, "/rest/" + "/".join(parts), actions)
    return verbs[method], keys


def match(pattern: list[str], parts: list[str]) -> list[str] | None:
    """The variable parts if a path fits a pattern, else None; ``**`` stands for all the rest."""
    keys: list[str] = []
    for number, wanted in enumerate(pattern):
        if wanted == "**":
            return [*keys, "/".join(parts[number:])] if len(parts) > number else None
        if number >= len(parts):
            return None
        if wanted == "{}":
            keys.append(parts[number])
        elif wanted != parts[number]:
            return None
    return keys if len(pattern) == len(parts) else None
