# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Phrases that several messages use."""

from __future__ import annotations

import difflib
import typing as t


def and_so_on(words: t.Sequence[str]) -> str:
    """Return the words as a list in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def closest(word: str, known: t.Iterable[str], count: int = 3, likeness: float = 0.6) -> list[str]:
    """Return the known words that are most like a word, the most similar first. Case does not matter.

    likeness: how similar they must be, between 0 and 1.
    """
    folded = {one.lower(): one for one in known}
    return [folded[key] for key in difflib.get_close_matches(word.lower(), folded, count, likeness)]


def did_you_mean(word: str, known: t.Iterable[str], count: int = 3) -> str:
    """Return a question that suggests the closest of the known words, or an empty string."""
    near = closest(word, known, count)
    return f"Did you mean {' or '.join(near)}?" if near else ""


AN = frozenset("AEFHILMNORSX")
"""The letters whose names begin with a vowel: abbreviations are read letter by letter."""
READ_AS_WORDS = ("NAS", "NIS")
VOWELS = frozenset("aeioAEIO")


def with_article(noun: str) -> str:
    """Return a noun with its article: "a volume", "an SMB share", "a NAS server". Settings, a plural, take none."""
    if noun.endswith("settings"):
        return noun
    word = noun.split(maxsplit=1)[0]
    spelled = len(word) > 1 and word.isupper() and word not in READ_AS_WORDS
    return f"{'an' if word[0] in (AN if spelled else VOWELS) else 'a'} {noun}"


def sentence(words: str) -> str:
    """Return the words with a capital first letter. The other letters may belong to names and stay as they are, as does
    a first word that is written like vCenter.
    """
    if words[1:2].isupper():
        return words
    return words[:1].upper() + words[1:]


def plural(noun: str, count: int) -> str:
    """Return a noun in the singular or the plural, as the count demands: "policy", "policies", "days"."""
    if count == 1:
        return noun
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"


def number(count: int, noun: str) -> str:
    """Return a count with its noun: "1 volume", "2 volumes"."""
    return f"{count} {plural(noun, count)}"


def counted(names: t.Sequence[str], noun: str) -> str:
    """Return the number of things and the first of their names."""
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{number(len(names), noun)} ({', '.join(names[:5])}{more})"


def listed(noun: str, names: t.Sequence[str]) -> str:
    """Return a list of all names: a message must show everything that a deletion destroys."""
    return f"{noun if len(names) == 1 else number(len(names), noun)} ({', '.join(names)})"
