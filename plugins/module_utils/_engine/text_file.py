# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A text file that a task writes on the machine where it runs: never over something else, and whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
import typing as t

from .errors import InputError


class TextFile:
    """The file that an option names.

    dest: the path as the task gives it, for messages. path: where the file is. holds: what it may hold, in words.
    is_ours: whether a text is that. A file that holds anything else is never overwritten. option: the option's name.
    """

    def __init__(
        self, dest: str, path: str, holds: str, is_ours: t.Callable[[str], bool], option: str = "dest"
    ) -> None:
        self.dest = f"{option} {dest}"
        self.path = path
        self.folder = os.path.dirname(path) or "."
        self._holds = holds
        self._is_ours = is_ours

    def read(self) -> str | None:
        """Return the text, None if the file is missing.

        Raise InputError for a path that is a folder, that cannot be written, or whose file holds something else.
        """
        if os.path.isdir(self.path):
            raise InputError(f"{self.dest} is a folder.", hint="Give the name of a file.")
        if os.path.isdir(self.folder) and not os.access(self.folder, os.W_OK | os.X_OK):
            raise InputError(f"{self.dest} cannot be written: the folder {self.folder} does not permit it.")
        try:
            with open(self.path, encoding="utf-8") as file:
                text = file.read()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError):
            text = "unreadable"
        if text.strip() and not self._is_ours(text):
            raise InputError(
                f"{self.dest} holds something other than {self._holds}, and is not overwritten.",
                hint="Give another name, or remove the file.",
            )
        return text

    def lacks_folder(self) -> str:
        """Return a message if the folder is missing, else an empty string.

        In check mode this is only a warning, because an earlier task may be the one that makes the folder.
        """
        if os.path.isdir(self.folder):
            return ""
        return f"{self.dest} cannot be written: there is no folder {self.folder}."

    def write(self, text: str, mode: int, hint: str = "") -> None:
        """Write the text so that readers see either the old or the new one.

        mode: the permissions of the file. hint: the hint of the InputError if the file system refuses it.
        """
        temporary = ""
        try:
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix=f".{os.path.basename(self.path)}.")
            with open(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            os.chmod(temporary, mode)
            os.replace(temporary, self.path)
        except OSError as error:
            if temporary:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
            raise InputError(f"{self.dest} cannot be written: {error.strerror}.", hint=hint) from None
