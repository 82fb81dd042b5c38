# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request bodies: media types, JSON, known attributes of the right types.

HP OneView REST API Reference: 415 for another media type; PATCH is a JSON patch from version 300 of the API on. The
appliance reads numbers and truth values given as text, too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from jobwise_emulator.exchange import Json, Request
from jobwise_emulator.oneview.errors import Refused, unreadable

Shape = Mapping[str, Any]
"""Attribute names to types: ``str``, ``int``, ``float``, ``bool``, ``dict``, ``object`` (anything), a tuple of allowed
words, ``[type]``, a Shape, or ``uri`` or ``uri:collection`` for something that has to be there."""

JSON_TYPE = "application/json"
PATCH_TYPE = "application/json-patch+json"
WITH_JSON_PATCH = 300
WORDS = {dict: "an object", str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def media(request: Request, version: int) -> None:
    """415 for a body that is said to be something else. A DELETE's body is not looked at."""
    if not request.body or request.method == "DELETE":
        return
    sent = request.headers.get("content-type", "").split(";")[0].strip().lower()
    wanted = PATCH_TYPE if request.method == "PATCH" and version >= WITH_JSON_PATCH else JSON_TYPE
    if sent != wanted:
        actions = (f"Send Content-Type: {wanted}.",)
        raise Refused(415, "UNSUPPORTED_MEDIA_TYPE", "The media type is not supported.", f"It is {sent!r}.", actions)


def decode(request: Request) -> Any:
    """The body as JSON; None when there is none."""
    try:
        return json.loads(request.body) if request.body.strip() else None
    except ValueError:
        raise unreadable("The body is not JSON.") from None


def parse(request: Request, shape: Shape, exists: Callable[[str, str], bool]) -> Json:
    """The body of a write, an object of this shape. ``exists`` tells whether a URI is in a collection ("" for any)."""
    body = decode(request)
    if not isinstance(body, dict):
        raise unreadable("The body must be an object.")
    return dict(check(body, shape, "the body", exists))


def check(value: Any, kind: Any, where: str, exists: Callable[[str, str], bool]) -> Any:
    """Hold a value against its type and return it in that type; ``null`` is fine but in a list."""
    if value is None or kind is object:
        return value
    if isinstance(kind, Mapping):
        if not isinstance(value, dict):
            raise unreadable(f"{where} must be an object.")
        unknown = sorted(set(value) - set(kind))
        if unknown:
            raise unreadable(f"{where} has no attribute {unknown[0]!r}.")
        return {name: check(inner, kind[name], name, exists) for name, inner in value.items()}
    if isinstance(kind, list):
        if not isinstance(value, list):
            raise unreadable(f"{where} must be a list.")
        if None in value:
            raise unreadable(f"{where} must not have null in it.")
        return [check(inner, kind[0], f"an entry of {where}", exists) for inner in value]
    if isinstance(kind, str):
        return reference(value, kind.partition(":")[2], where, exists)
    return scalar(value, kind, where)


def reference(value: Any, collection: str, where: str, exists: Callable[[str, str], bool]) -> Any:
    """A URI; 400 when it leads to nothing."""
    if not isinstance(value, str):
        raise unreadable(f"{where} must be a URI.")
    if value and not exists(value, collection):
        text = f"{where} names a resource that does not exist."
        raise Refused(400, "RESOURCE_NOT_FOUND", text, f"There is nothing at {value}.", ("Give an existing URI.",))
    return value


def scalar(value: Any, kind: Any, where: str) -> Any:
    """A single value in its type."""
    if isinstance(kind, tuple):
        if value not in kind:
            raise unreadable(f"{where} must be one of {', '.join(map(str, kind))}, not {value!r}.")
        return value
    if kind is bool and isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if kind in (int, float) and isinstance(value, str):
        try:
            return kind(value)
        except ValueError:
            raise unreadable(f"{where} must be {WORDS[kind]}, not {value!r}.") from None
    if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    fits = isinstance(value, kind) or (kind is float and isinstance(value, int))
    if not fits or (kind in (int, float) and isinstance(value, bool)):
        raise unreadable(f"{where} must be {WORDS[kind]}, not {value!r}.")
    return value


def one_patch(request: Request) -> Json:
    """The one operation of a JSON patch: ``op``, ``path`` and perhaps ``value``."""
    body = decode(request)
    if not isinstance(body, list) or not all(isinstance(one, dict) for one in body):
        raise unreadable("The body must be a list of operations.")
    if len(body) != 1:
        raise unreadable(f"The body must have one operation, not {len(body)}.")
    one: Json = body[0]
    if one.get("op") not in ("add", "replace", "remove", "copy", "move", "test") or not one.get("path"):
        raise unreadable("An operation needs op and path.")
    return one
