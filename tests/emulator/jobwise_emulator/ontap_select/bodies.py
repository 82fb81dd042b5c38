# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request bodies: JSON objects with known attributes of the right types."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Mapping
from typing import Any

from jobwise_emulator.exchange import Json, Request
from jobwise_emulator.ontap_select.errors import invalid

Shape = Mapping[str, Any]
"""Attribute names to types: ``str``, ``int``, ``bool``, ``ip``, a tuple of allowed words, ``[type]``, or a Shape."""


def parse(request: Request, shape: Shape, required: tuple[str, ...] = ()) -> Json:
    """The body of a write, checked."""
    sent = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if sent != "application/json":
        raise invalid(f"Content-Type must be application/json, not {sent or 'missing'}.")
    try:
        body = json.loads(request.body)
    except ValueError:
        raise invalid("The body is not JSON.") from None
    check(body, shape, "the body")
    for name in required:
        if body.get(name) in (None, ""):
            raise invalid(f"{name} is required.")
    return dict(body)


def nothing(request: Request) -> None:
    """No body, or a JSON ``null``, which is what some clients send when they have nothing to say."""
    if request.body.strip() not in (b"", b"null", b"{}"):
        raise invalid("This request takes no body.")


def check(value: Any, kind: Any, where: str) -> None:
    """Hold a value against its type; ``null`` unsets what is not the body itself."""
    if isinstance(kind, Mapping):
        if not isinstance(value, dict):
            raise invalid(f"{where} must be an object.")
        for name, inner in value.items():
            if name not in kind:
                raise invalid(f"{where} has an unknown attribute {name!r}.")
            if inner is not None:
                check(inner, kind[name], name)
    elif isinstance(kind, list):
        if not isinstance(value, list):
            raise invalid(f"{where} must be a list.")
        for inner in value:
            check(inner, kind[0], f"an entry of {where}")
    else:
        check_scalar(value, kind, where)


def check_scalar(value: Any, kind: Any, where: str) -> None:
    """Hold a single value against its type."""
    if isinstance(kind, tuple):
        if value not in kind:
            raise invalid(f"{where} must be one of {', '.join(kind)}, not {value!r}.")
    elif kind == "ip":
        check_address(value, where)
    elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        names = {str: "a string", int: "a whole number", bool: "true or false"}
        raise invalid(f"{where} must be {names[kind]}, not {value!r}.")


def check_address(value: Any, where: str) -> None:
    """An IPv4 address as text."""
    try:
        ipaddress.IPv4Address(value if isinstance(value, str) else "")
    except ValueError:
        raise invalid(f"{where} must be an IPv4 address, not {value!r}.") from None


def flag(parameters: list[tuple[str, str]], name: str, words: tuple[str, ...] = ()) -> bool:
    """A parameter that is true or false, or one of the words that stand for true; false when it is not given."""
    text = dict(parameters).get(name, "false").lower()
    if text not in ("true", "false", *words):
        raise invalid(f"Parameter {name} must be true or false, not {text}.")
    return text != "false"


def only(request: Request, *known: str) -> None:
    """Refuse parameters that a request does not take. Every POST and PATCH takes ``fields``, which changes nothing."""
    taken = (*known, "fields") if request.method in ("POST", "PATCH") else known
    unknown = [name for name, dummy in request.query if name not in taken]
    if unknown:
        raise invalid(f"Parameter {unknown[0]} is not known here.")
