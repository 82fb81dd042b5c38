# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The project's own files, as the tests of its structure see them."""

from __future__ import annotations

import ast
import dataclasses
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclasses.dataclass(frozen=True)
class Source:
    """A file of Python. path: from the root of the project, with slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)


def project_files() -> list[Path]:
    """Return what belongs to the project: what git knows or would add, else all files but hidden ones."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return sorted({ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})
    inner = (path.relative_to(ROOT).parts for path in ROOT.rglob("*") if path.is_file())
    return sorted(ROOT.joinpath(*parts) for parts in inner if not any(part.startswith(".") for part in parts))


def sources(folder: str) -> list[Source]:
    """Return the Python files below a folder of the project; raise ValueError if there are none."""
    files = [path for path in project_files() if path.suffix == ".py" and (ROOT / folder) in path.parents]
    if not files:
        raise ValueError(f"no Python file below {folder}")
    return [Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in files]
