# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which operation a method and path mean (PowerStore REST 4.0, URL patterns)."""

from __future__ import annotations

import dataclasses

from jobwise_emulator.exchange import Json
from jobwise_emulator.powerstore.catalog import Catalog
from jobwise_emulator.powerstore.errors import INVALID_REQUEST, UNKNOWN_URL, Refused

PREFIX = ["api", "rest"]
ON_COLLECTION = {"GET": "list", "POST": "create"}
ON_INSTANCE = {"GET": "get", "PATCH": "modify", "DELETE": "delete"}


@dataclasses.dataclass(frozen=True)
class Route:
    """One operation: ``action`` is list, get, create, modify, delete or the action's name; ``facts`` its schema."""

    kind: str
    action: str
    facts: Json
    key: str | None = None


def find(catalog: Catalog, method: str, segments: list[str]) -> Route:
    """The operation; raises 404 for a path and 405 for a method that does not exist."""
    parts = segments[len(PREFIX) :]
    entry = catalog.types.get(parts[0]) if parts and segments[: len(PREFIX)] == PREFIX else None
    if entry is None:
        raise unknown_url(segments)
    kind, verbs, actions = parts[0], entry["verbs"], entry["actions"]
    if len(parts) == 1:
        if "class" in verbs:
            return offered(kind, method, {"POST": (kind, verbs["class"])}, None)
        return offered(kind, method, table(verbs, ON_COLLECTION), None)
    for count in (1, 2):
        level = "class" if count == 1 else "instance"
        name = "/".join(parts[count:])
        if actions.get(name, {}).get("level") == level:
            facts = actions[name]
            key = parts[1] if level == "instance" else None
            return offered(kind, method, {facts["method"].upper(): (name, facts)}, key)
    if len(parts) != 2 or not table(verbs, ON_INSTANCE):
        raise unknown_url(segments)
    return offered(kind, method, table(verbs, ON_INSTANCE), parts[1])


def table(verbs: Json, names: dict[str, str]) -> dict[str, tuple[str, Json]]:
    """The methods a type offers at one level."""
    return {method: (name, verbs[name]) for method, name in names.items() if name in verbs}


def offered(kind: str, method: str, methods: dict[str, tuple[str, Json]], key: str | None) -> Route:
    """The route of a method, or 405 with the ones that are offered."""
    if method not in methods:
        headers = {"Allow": ", ".join(sorted(methods))}
        raise Refused(405, INVALID_REQUEST, f"Method {method} is not supported on this URL.", method, headers=headers)
    action, facts = methods[method]
    return Route(kind, action, facts, key)


def unknown_url(segments: list[str]) -> Refused:
    """404 for a path that means nothing."""
    path = "/" + "/".join(segments)
    return Refused(404, UNKNOWN_URL, f"The request URL {path} is not valid.", path)
