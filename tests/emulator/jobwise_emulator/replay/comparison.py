# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where two answers differ: status, error codes, attributes, types of values, and how jobs ended, but not values."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from jobwise_emulator.exchange import Json

SUCCESS = {"COMPLETED", "Completed", "success", "Warning"}
FAILURE = {"FAILED", "Failed", "failure", "Error", "Terminated", "Killed"}
STATES = ("state", "phase", "taskState")
JOBS = ("job", "tasks", "jobs")
SAME_STATUS = {206: 200}
"""Statuses that mean the same but for the size of a collection."""


@dataclasses.dataclass(frozen=True, order=True)
class Difference:
    """Where answers differ. ``place``: status, code, or the path of an attribute. ``what``: how, for people."""

    place: str
    what: str


@dataclasses.dataclass
class Shape:
    """What values at one place look like: their types, what is inside objects, and inside lists."""

    types: set[str] = dataclasses.field(default_factory=set)
    attributes: dict[str, Shape] = dataclasses.field(default_factory=dict)
    entries: Shape | None = None

    def add(self, value: Any) -> Shape:
        """Take in a value."""
        if value is None:
            return self
        self.types.add(type_of(value))
        if isinstance(value, dict):
            for name, inner in value.items():
                self.attributes.setdefault(name, Shape()).add(inner)
        if isinstance(value, list):
            for inner in value:
                self.entries = (self.entries or Shape()).add(inner)
        return self


def type_of(value: Any) -> str:
    """The type of a value in the words of JSON."""
    words = {bool: "a boolean", int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object"}
    return words[type(value)]


def differences(path: str, recorded: tuple[int, Any], emulated: tuple[int, Any]) -> list[Difference]:
    """Where the emulator's status and body differ from the recorded ones."""
    (status, body), (other_status, other) = recorded, emulated
    if SAME_STATUS.get(status, status) != SAME_STATUS.get(other_status, other_status):
        codes = [" ".join(sorted(codes_of(one))) for one in (body, other)]
        words = [f"{one} {code}".strip() for one, code in zip((status, other_status), codes, strict=True)]
        return [Difference("status", f"the appliance answered {words[0]}, the emulator {words[1]}")]
    if status >= 400:
        mine, theirs = codes_of(body), codes_of(other)
        if mine != theirs:
            said = [", ".join(sorted(one)) or "nothing" for one in (mine, theirs)]
            return [Difference("error code", f"the appliance says {said[0]}, the emulator {said[1]}")]
        return []
    found = sorted(set(shapes("", Shape().add(body), Shape().add(other))))
    return [*found, *outcomes(path, body, other)]


def shapes(place: str, mine: Shape, theirs: Shape) -> Iterator[Difference]:
    """Where two shapes differ. What was null or empty on one side says nothing."""
    if not mine.types or not theirs.types:
        return
    if mine.types.isdisjoint(theirs.types):
        sides = [" or ".join(sorted(one.types)) for one in (mine, theirs)]
        yield Difference(place or "body", f"{sides[0]} on the appliance, {sides[1]} on the emulator")
        return
    if mine.attributes and theirs.attributes:
        for name in mine.attributes.keys() | theirs.attributes.keys():
            inner = f"{place}.{name}" if place else name
            if name not in theirs.attributes:
                yield Difference(inner, "only on the appliance")
            elif name not in mine.attributes:
                yield Difference(inner, "only on the emulator")
            else:
                yield from shapes(inner, mine.attributes[name], theirs.attributes[name])
    if mine.entries and theirs.entries:
        yield from shapes(f"{place}[]", mine.entries, theirs.entries)


def codes_of(body: Any) -> set[str]:
    """The error codes in an answer, in the form of any platform."""
    if not isinstance(body, dict):
        return set()
    if isinstance(body.get("messages"), list):
        return {str(one.get("code")) for one in body["messages"] if isinstance(one, dict)}
    if body.get("errorCode"):
        return {str(body["errorCode"])}
    error = body.get("error")
    return {str(error["code"])} if isinstance(error, dict) and error.get("code") else set()


def outcomes(path: str, body: Any, other: Any) -> list[Difference]:
    """Jobs that ended well on one side, and badly on the other."""
    if not is_about_jobs(path):
        return []
    ends = [ends_of(one) for one in (body, other)]
    if ends[0] and ends[1] and ends[0] != ends[1]:
        words = [" and ".join(sorted(one)) for one in ends]
        return [Difference("outcome of a job", f"{words[0]} on the appliance, {words[1]} on the emulator")]
    return []


def ends_of(body: Any) -> set[str]:
    """How the jobs in an answer have ended."""
    rows = body if isinstance(body, list) else [body]
    states = {str(row[name]) for row in rows if isinstance(row, dict) for name in STATES if name in row}
    return {word for word, known in (("success", SUCCESS), ("failure", FAILURE)) if states & known}


def is_about_jobs(path: str) -> bool:
    """Whether a path returns jobs."""
    return any(part in JOBS for part in path.split("/"))


def shows_an_end(path: str, body: Json | list[Any] | None) -> bool:
    """Whether an answer shows a job that is over."""
    return is_about_jobs(path) and bool(ends_of(body))
