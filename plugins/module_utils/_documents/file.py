# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The file that holds a gathered document, written atomically on the machine where the task runs."""

from __future__ import annotations

import contextlib
import json
import os
import typing as t

from .._engine.data import Json
from .._engine.errors import InputError
from .._engine.job import Job
from .._engine.planning.history import History
from .._engine.planning.plan import Plan
from .._engine.planning.steps import Change, LocalAction, Request
from .._engine.text_file import TextFile
from .yaml_text import as_yaml

MARK = "# Gathered by jobwise.appliance."
"""How a file begins that may be overwritten. It names the module, then come the array and the time."""
TIME = "# gathered: "
FORMAT = 1


class About(t.Protocol):
    """What a document describes."""

    @property
    def name(self) -> str:
        """What its users call it."""

    @property
    def id(self) -> str:
        """What it calls itself."""

    @property
    def release(self) -> str:
        """Its software's release."""


def as_text(document: Json, form: str, module: str, about: About, now: str) -> str:
    """Return a document as the text of a file.

    form: yaml or json. JSON has no comments, so only YAML says where the document comes from. now: the time.
    """
    if form == "json":
        return json.dumps(document, indent=2) + "\n"
    array = json.dumps(about.name)
    header = [f"{MARK}{module}", f"# format: {FORMAT}", f"# array: {array} ({about.id})", f"# release: {about.release}"]
    return "\n".join([*header, f"{TIME}{now}", "---", as_yaml(document)])


def timeless(text: str) -> str:
    """Return the text of a file without the time: another time alone is no change."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(TIME))


class DocumentFile:
    """The file, as a handler of the engine: it is read, compared, and written if it differs.

    types: the keys that a document can have, by which a JSON file is recognised.
    """

    def __init__(self, dest: str, text: str, types: t.Collection[str]) -> None:
        self.file = TextFile(dest, _resolved(dest), "a gathered document", self._is_ours)
        self.label = dest
        self.text = text
        self.types = types

    def read(self, object_id: str | None = None) -> Json | None:
        """Return the file with its text, None if it is missing; raise InputError for one that must not be written."""
        text = self.file.read()
        return None if text is None else {"id": self.file.path, "text": text}

    def _is_ours(self, text: str) -> bool:
        if text.startswith(MARK):
            return True
        try:
            found = json.loads(text)
        except ValueError:
            return False
        return isinstance(found, dict) and all(name in self.types for name in found)

    def plan(self, current: Json | None, history: History) -> Plan:
        """Return the plan to write the file. A file that differs only in its time stays."""
        if current and timeless(current["text"]) == timeless(self.text):
            return Plan()
        lacks = tuple(filter(None, [self.file.lacks_folder()]))
        step = LocalAction("write_file", self.file.path, f"write {self.label}")
        return Plan((step,), {"text": (current or {}).get("text", "")}, {"text": self.text}, lacks)

    def do_locally(self, step: LocalAction) -> None:
        """Write the file."""
        lacks = self.file.lacks_folder()
        if lacks:
            raise InputError(lacks, hint="Make the folder first.")
        self.file.write(self.text, _mode(self.file.path))

    def landmark(self, current: Json | None) -> t.Any:
        """Return None: no read of the file has to be remembered."""

    def preflight(self, current: Json | None, plan: Plan) -> None:
        """Check nothing: in check mode, an earlier task may be the one that makes the folder."""

    def find_jobs(self, current: Json | None, actions: t.Sequence[str]) -> list[Job] | None:
        """Return None: nobody else's job writes the file."""

    def on_accepted(self, step: Change) -> None:
        """Nothing follows from a written file."""

    def send(self, step: Request) -> Job:
        """A plan for a file has no requests."""
        raise NotImplementedError

    def job(self, job_id: str) -> Job:
        """A plan for a file starts no jobs."""
        raise NotImplementedError


def _resolved(dest: str) -> str:
    """Return the path of the file itself; raise InputError for a link that leads to another folder."""
    folder, path = os.path.realpath(os.path.dirname(dest) or "."), os.path.realpath(dest)
    if os.path.dirname(path) != folder:
        raise InputError(
            f"dest {dest} is a link to {path}, in another folder.", hint="Give the path of the file itself."
        )
    return path


def _mode(path: str) -> int:
    """Return the permissions of the file: those that it has, or those of any new file. It holds no secrets."""
    with contextlib.suppress(OSError):
        return os.stat(path).st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
