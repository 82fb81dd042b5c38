# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Checks of answers, before any other code reads them.

A shape lists the attributes that the code uses, with the JSON type of each. Each platform derives its shapes from what
it requests, and its client checks every answer. The rest of the code can therefore rely on these types.

Older releases omit attributes, so an attribute may be missing or null unless it is `needed`. Attributes that the shape
does not list are not checked.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .errors import InputError, UnexpectedResponse
from .options.timestamps import instant

MAX_SHOWN = 3
"""How many faults of one answer an error lists."""

Shape = t.Mapping[str, "Kind"]


@dataclasses.dataclass(frozen=True)
class Kind:
    """What one value must be. words: its type, for messages. types: its Python types after JSON decoding.

    needed: it must not be missing, null or empty. inner: the shape of the object, or of each object in the list.
    items: the kind of each value in the list. valid: a further condition on a value of the right type.
    """

    words: str
    types: t.Tuple[type, ...]
    needed: bool = False
    inner: t.Optional[Shape] = None
    items: t.Optional[Kind] = None
    valid: t.Optional[t.Callable[[t.Any], bool]] = None

    def fits(self, value: t.Any) -> bool:
        """Return whether a value other than null has the right type and is valid."""
        if not issubclass(type(value), self.types):
            return False
        if isinstance(value, bool) and bool not in self.types and object not in self.types:
            return False  # in Python, bool is a subclass of int
        return self.valid is None or self.valid(value)


TEXT = Kind("a text", (str,))
NUMBER = Kind("a number", (int, float))
FLAG = Kind("true or false", (bool,))
SCALAR = Kind("a single value", (str, int, float, bool))
LIST = Kind("a list", (list,))
OBJECT = Kind("an object", (dict,))
ANY = Kind("anything", (object,))
TEXTS = dataclasses.replace(LIST, items=TEXT)


def needed(kind: Kind) -> Kind:
    """Return the kind of a required value."""
    return dataclasses.replace(kind, needed=True)


def one(**inner: Kind) -> Kind:
    """Return the kind of an object with these attributes."""
    return dataclasses.replace(OBJECT, inner=inner)


def each(shape: Shape) -> Kind:
    """Return the kind of a list of objects of one shape."""
    return dataclasses.replace(LIST, inner=shape)


def _is_time(value: str) -> bool:
    try:
        return not value or bool(instant(value, ""))
    except InputError:
        return False


TIME = Kind("a point in time", (str,), valid=_is_time)
ID = Kind("an id", (str,), needed=True, valid=lambda value: value not in (".", ".."))
"""An id that is safe in a path: not empty, ``.`` or ``..``."""
NAME = needed(TEXT)


def check(value: t.Any, shape: Shape, method: str, path: str) -> t.Any:
    """Return the value if it is an object with this shape, or a list of such objects.

    method, path: the request that it answers. Raises UnexpectedResponse, which lists the faults.
    """
    kind = each(shape) if isinstance(value, list) else dataclasses.replace(OBJECT, inner=shape)
    faults = list(_faults(value, kind, ""))
    if faults:
        more = f" and {len(faults) - MAX_SHOWN} more" if len(faults) > MAX_SHOWN else ""
        raise UnexpectedResponse(
            f"The answer to {method} {path} is not as it must be: {'; '.join(faults[:MAX_SHOWN])}{more}.",
            hint="Does the appliance's release fit this collection, and does nothing change answers on their way?",
            method=method,
            path=path,
        )
    return value


def _faults(value: t.Any, kind: Kind, place: str) -> t.Iterator[str]:
    if value is None:
        if kind.needed:
            yield f"{place} is missing or null"
        return
    if not kind.fits(value):
        yield f"{place or 'it'} must be {kind.words}, not {_type_in_words(value)}"
        return
    if kind.needed and value == "":
        yield f"{place} is empty"
    if isinstance(value, dict) and kind.inner is not None:
        for name, inner in kind.inner.items():
            part = value.get(name)
            if part is not None or inner.needed:  # most attributes of most objects are null
                yield from _faults(part, inner, f"{place}.{name}" if place else name)
    if isinstance(value, list):
        inner_kind = kind.items or (None if kind.inner is None else dataclasses.replace(OBJECT, inner=kind.inner))
        for index, item in enumerate(value if inner_kind else ()):
            if item is None:
                yield f"{place}[{index}] is null"
            else:
                yield from _faults(item, inner_kind or ANY, f"{place}[{index}]")


def _type_in_words(value: t.Any) -> str:
    """Return the type of a value. The value itself may be a secret and is not shown."""
    if value in (".", ".."):
        return repr(value)
    words = {bool: "true or false", str: "a text", dict: "an object", list: "a list"}
    return words.get(type(value), "a number")
