# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The mistakes in a document, as one message with a line for each of them, and as a list."""

from __future__ import annotations

import typing as t

from ..errors import ApplianceError, InputError, Unsupported
from ..options.mistakes import UNTOUCHED, in_sentences, without_end
from ..text.words import number

MOST = 100
"""How many mistakes are shown. More of them have the same cause, as a rule."""


class Mistake(t.NamedTuple):
    """place: the item, or the key of the document. message: what is wrong and what to do.

    names_place: whether the message says where it is. kind: that of the error.
    """

    place: str
    message: str
    names_place: bool = False
    kind: str = InputError.kind

    @property
    def line(self) -> str:
        """The mistake with its place."""
        return self.message if self.names_place else f"{self.place}: {self.message}"


class WrongDocument(InputError):
    """A document that cannot be carried out. mistakes: what is wrong with it, `MOST` of them at most.

    unchecked: why there may be further mistakes.
    """

    def __init__(self, mistakes: t.Sequence[Mistake], unchecked: str = "") -> None:
        self.mistakes = mistakes[:MOST]
        kinds = {mistake.kind for mistake in mistakes}
        self.kind = kinds.pop() if len(kinds) == 1 else InputError.kind
        lines = [mistake.line for mistake in self.mistakes]
        if len(mistakes) == 1 and not unchecked:
            super().__init__(lines[0], hint=UNTOUCHED)
            return
        more = len(mistakes) - MOST
        lines += [f"And {number(more, 'more mistake')}."] if more > 0 else []
        lines += [unchecked] if unchecked else []
        super().__init__("\n".join([f"The document has {number(len(mistakes), 'mistake')}. {UNTOUCHED}", *lines]))


class DocumentMistakes:
    """Collects the mistakes in a document. places: its items, in the order in which the message names them."""

    def __init__(self) -> None:
        self.places: list[str] = []
        self._found: dict[Mistake, None] = {}

    def add(self, place: str, message: str, hint: str = "", names_place: bool = False) -> None:
        """Add a mistake. names_place: whether the message does so."""
        self._found[Mistake(place, in_sentences(message, without_end(hint)), names_place)] = None

    def add_error(self, place: str, error: ApplianceError) -> None:
        """Add what is wrong with one item; its error may stand for several mistakes."""
        for part in (error.parts if isinstance(error, InputError) else ()) or (error,):
            if part is error:
                message = in_sentences(error.message, without_end(error.hint))
                self._found[Mistake(place, message, kind=error.kind)] = None
            else:
                self.add_error(place, part)

    def take(self, place: str, error: ApplianceError | None) -> bool:
        """Add an error if it is a mistake in the document. Return whether it is one."""
        is_mistake = isinstance(error, (InputError, Unsupported))
        if error is not None and is_mistake:
            self.add_error(place, error)
        return is_mistake

    def __len__(self) -> int:
        """Return the number of mistakes."""
        return len(self._found)

    def __iter__(self) -> t.Iterator[Mistake]:
        """Iterate over the mistakes: those in keys of the document first, then those of its items in their order."""
        rank = {place: index for index, place in enumerate(self.places)}
        return iter(sorted(self._found, key=lambda mistake: rank.get(mistake.place, -1)))

    def refuse(self, unchecked: str = "") -> None:
        """Raise one error for all mistakes, if there are any. unchecked: why there may be more."""
        if self._found:
            raise WrongDocument(list(self), unchecked)
