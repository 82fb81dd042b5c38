# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an answer must look like before anything else reads it.

A shape names the attributes that the code goes on to use, and the JSON type of each. Each platform derives its shapes
from what it asks for and checks every answer in its client. So the rest of the code may rely on what it reads.

A shape is lenient where appliances are: an attribute may be missing or null unless it is `needed`, since older releases
leave attributes out. Attributes that the shape does not name are not looked at.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .errors import InputError, UnexpectedResponse
from .options.timestamps import instant

TOLD = 3
"""At most so many faults of one answer are named."""

Shape = t.Mapping[str, "Kind"]


@dataclasses.dataclass(frozen=True)
class Kind:
    """The kind of one value. words: what it must be, for messages. types: what Python makes of it in JSON.

    needed: it must be there, not null and not empty. inner: the shape of the object, or of each object in the list.
    items: the kind of each value in the list. valid: what a value of the type must be beside.
    """

    words: str
    types: t.Tuple[type, ...]
    needed: bool = False
    inner: t.Optional[Shape] = None
    items: t.Optional[Kind] = None
    valid: t.Optional[t.Callable[[t.Any], bool]] = None

    def fits(self, value: t.Any) -> bool:
        """Tell whether a value, not null, is of the type and valid."""
        if isinstance(value, bool) and not {bool, object} & set(self.types):
            return False  # Python takes a boolean for a number
        return isinstance(value, self.types) and (self.valid is None or self.valid(value))


TEXT = Kind("a text", (str,))
NUMBER = Kind("a number", (int, float))
FLAG = Kind("true or false", (bool,))
SCALAR = Kind("a single value", (str, int, float, bool))
LIST = Kind("a list", (list,))
OBJECT = Kind("an object", (dict,))
ANY = Kind("anything", (object,))
TEXTS = dataclasses.replace(LIST, items=TEXT)


def needed(kind: Kind) -> Kind:
    """Return the kind of a value that must be there."""
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
"""An id that can stand in a path: neither empty nor a step to elsewhere."""
NAME = needed(TEXT)


def check(value: t.Any, shape: Shape, method: str, path: str) -> t.Any:
    """Return an object that has the shape, or a list of such objects; raise StrangeReply that names what is wrong.

    method, path: the request that it answers.
    """
    kind = each(shape) if isinstance(value, list) else dataclasses.replace(OBJECT, inner=shape)
    faults = list(_faults(value, kind, ""))
    if faults:
        more = f" and {len(faults) - TOLD} more" if len(faults) > TOLD else ""
        raise UnexpectedResponse(
            f"The answer to {method} {path} is not as it must be: {'; '.join(faults[:TOLD])}{more}.",
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
        yield f"{place or 'it'} must be {kind.words}, not {_told(value)}"
        return
    if kind.needed and value == "":
        yield f"{place} is empty"
    if isinstance(value, dict) and kind.inner is not None:
        for name, inner in kind.inner.items():
            yield from _faults(value.get(name), inner, f"{place}.{name}" if place else name)
    if isinstance(value, list):
        inner_kind = kind.items or (None if kind.inner is None else dataclasses.replace(OBJECT, inner=kind.inner))
        for index, item in enumerate(value if inner_kind else ()):
            if item is None:
                yield f"{place}[{index}] is null"
            else:
                yield from _faults(item, inner_kind or ANY, f"{place}[{index}]")


def _told(value: t.Any) -> str:
    """Return what a value is, without the value: it may be a secret."""
    if value in (".", ".."):
        return repr(value)
    words = {bool: "true or false", str: "a text", dict: "an object", list: "a list"}
    return words.get(type(value), "a number")
