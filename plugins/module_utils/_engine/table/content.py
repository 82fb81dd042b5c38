# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that an object has beside its attributes: uploaded as a whole, and compared by content."""

from __future__ import annotations

import dataclasses
import hashlib
import typing as t

SUM = "sha256:"


def sum_of(content: bytes) -> str:
    """Return what stands for a content in diffs and results, which may hold names of users, keys or much text."""
    return f"{SUM}{hashlib.sha256(content).hexdigest()}"


@dataclasses.dataclass(frozen=True)
class File:
    """A file's content, as a task asks for it. Its text is its sum."""

    content: bytes = dataclasses.field(repr=False)

    def __str__(self) -> str:
        return sum_of(self.content)


@dataclasses.dataclass(frozen=True)
class Content:
    """An option of a task whose value is the content of one of the object's files.

    option: the file's name, too. upload, download: the actions that write and read it. parse: returns the bytes; gets
    the option's value and its name; raises InputError. sensitive: whether the content is a secret. before: the options
    that the appliance can set only once it has the file; the upload comes before them.
    The handler adds the sum of the file that the object has to the object as read, under the option's name; None if it
    has none.
    """

    option: str
    upload: str
    download: str
    parse: t.Callable[[t.Any, str], bytes]
    sensitive: bool = False
    before: tuple[str, ...] = ()

    def bound(self, value: t.Any) -> File:
        """Return the file that an option's value asks for; raise InputError."""
        return File(self.parse(value, self.option))

    def sum_of(self, content: bytes | None) -> str | None:
        """Return what the object as read shows of its file."""
        return None if content is None else sum_of(content)

    def argument(self) -> dict[str, t.Any]:
        """Return the option's argument spec."""
        return {"type": "str", **({"no_log": True} if self.sensitive else {})}
