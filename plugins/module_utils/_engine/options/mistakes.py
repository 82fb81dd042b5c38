# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Collects all mistakes in a task into one error, so that the user can fix them all at once."""

from __future__ import annotations

import contextlib
import typing as t

from ..errors import InputError

UNTOUCHED = "Nothing was written."
"""The end of a hint, if the task has only read so far. Of several mistakes it is said once, behind all of them."""


class Mistakes:
    """Collects mistakes, and raises them as one InputError."""

    def __init__(self, errors: t.Iterable[InputError] = ()) -> None:
        self._errors = list(errors)

    def add(self, message: str, hint: str = "") -> None:
        """Add a mistake. hint: what the user can do; a hint that several mistakes share is shown once."""
        self._errors.append(InputError(message, hint=hint))

    @contextlib.contextmanager
    def noted(self) -> t.Iterator[None]:
        """Collect an InputError that the block raises, and continue after the block."""
        try:
            yield
        except InputError as error:
            self._errors.append(error)

    @property
    def errors(self) -> list[InputError]:
        """The mistakes so far."""
        return list(self._errors)

    def __bool__(self) -> bool:
        """Return whether there are mistakes."""
        return bool(self._errors)

    def refuse(self) -> None:
        """Raise one InputError with all mistakes, if there are any."""
        if len(self._errors) == 1:
            raise self._errors[0]
        if self._errors:
            hints = [without_end(error.hint) for error in self._errors]
            shared = dict.fromkeys(hint for hint in hints if hint and hints.count(hint) > 1)
            sentences: dict[str, None] = {}
            for error, hint in zip(self._errors, hints):
                own = "" if hint in shared else hint
                sentences[in_sentences(error.message, own)] = None
            # The end is the hint, so that a list of mistakes within another one does not say it a second time.
            end = UNTOUCHED if any(error.hint.endswith(UNTOUCHED) for error in self._errors) else ""
            together = InputError(" ".join([*sentences, *shared]), hint=end)
            together.parts = tuple(self._errors)
            raise together


def without_end(hint: str) -> str:
    """Return a hint without `UNTOUCHED`."""
    return hint[: -len(UNTOUCHED)].rstrip() if hint.endswith(UNTOUCHED) else hint


def in_sentences(message: str, hint: str) -> str:
    """Return a mistake and what to do about it as sentences."""
    stop = "" if message[-1:] in (".", "?", "!") else "."
    return f"{message}{stop} {hint}".rstrip()
