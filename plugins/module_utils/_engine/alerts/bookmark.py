# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The bookmark of an event source: a file that says what has been sent, so that a restart sends nothing twice."""

from __future__ import annotations

import json

from ..data import Json
from ..errors import InputError
from ..text_file import TextFile
from .news import News

FORMAT = 1
PRIVATE = 0o600


class Bookmark:
    """A file with the state of one event source for one appliance. Without a path, nothing is kept.

    source: name of the event source. appliance: its address, so that two sources cannot share a file by mistake.
    """

    def __init__(self, path: str | None, source: str, appliance: str) -> None:
        self._owner = {"format": FORMAT, "source": source, "appliance": appliance}
        holds = f"a bookmark of {source} for {appliance}"
        self._file = TextFile(path, path, holds, self._is_ours, option="bookmark") if path else None

    def load(self) -> News | None:
        """Return the state; None if there is no file yet, or an empty one.

        Raise InputError for a file that holds something else, and for one that cannot be written later.
        """
        text = self._file.read() if self._file else None
        if self._file and self._file.lacks_folder():
            raise InputError(self._file.lacks_folder(), hint="Create the folder.")
        return News.from_data(json.loads(text)) if text and text.strip() else None

    def save(self, news: News) -> None:
        """Write the state, whole or not at all; raise InputError if the file system refuses it."""
        if self._file:
            self._file.write(json.dumps({**self._owner, **news.as_data()}), PRIVATE)

    def _is_ours(self, text: str) -> bool:
        try:
            data: Json = json.loads(text)
            News.from_data(data)
        except ValueError:
            return False
        return {name: data.get(name) for name in self._owner} == self._owner
