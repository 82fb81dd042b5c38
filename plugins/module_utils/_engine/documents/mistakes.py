# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mistakes in a document, as one message with a line for each of them, and as a list."""

from __future__ import annotations

import typing as t

from ..errors import InputError
from ..options.mistakes import UNTOUCHED, in_sentences, without_end
from ..text.words import number

MOST = 100
"""How many mistakes are shown. More of them have the same cause, as a rule."""


class Mistake(t.NamedTuple):
    """place: the item, or the key of the document. message: what is wrong and what to do.

    names_place: whether the message says where it is.
    """

    place: str
    message: str
    names_place: bool = False

    @property
    def line(self) -> str:
        """The mistake with its place."""
        return self.message if self.names_place else f"{self.place}: {self.message}"


class WrongDocument(InputError):
    """A document that cannot be carried out. mistakes: what is wrong with it, `MOST` of them at most."""

    def __init__(self, mistakes: t.Sequence[Mistake]) -> None:
        self.mistakes = mistakes[:MOST]
        lines = [mistake.line for mistake in self.mistakes]
        if len(mistakes) == 1:
            super().__init__(lines[0], hint=UNTOUCHED)
            return
        more = len(mistakes) - MOST
        lines += [f"And {number(more, 'more mistake')}."] if more > 0 else []
        super().__init__("\n".join([f"The document has {len(mistakes)} mistakes. {UNTOUCHED}", *lines]))


class DocumentMistakes:
    """Collects the mistakes in a document."""

    def __init__(self) -> None:
        self._found: dict[Mistake, None] = {}

    def add(self, place: str, message: str, hint: str = "", names_place: bool = False) -> None:
        """Add a mistake. names_place: whether the message does so."""
        self._found[Mistake(place, in_sentences(message, without_end(hint)), names_place)] = None

    def add_error(self, place: str, error: InputError) -> None:
        """Add what is wrong with one item; its error may stand for several mistakes."""
        for part in error.parts or (error,):
            if part is error:
                self.add(place, error.message, error.hint)
            else:
                self.add_error(place, part)

    def __len__(self) -> int:
        """Return the number of mistakes."""
        return len(self._found)

    def __iter__(self) -> t.Iterator[Mistake]:
        """Iterate over the mistakes."""
        return iter(self._found)

    def refuse(self) -> None:
        """Raise one error for all mistakes, if there are any."""
        if self._found:
            raise WrongDocument(list(self._found))
