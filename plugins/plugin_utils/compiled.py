# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets Python keep the compiled code of the collection, as it does for everything else that it imports.

Ansible's loader compiles each file that a plugin of a collection imports, in every run. With about 100 files, that
takes longer than all the work of a task. Python's own loader keeps compiled code in ``__pycache__``, and compiles again
when time or size of a source has changed. Where it must not write, it compiles each time, and everything works as well.
The plugins themselves are loaded with it by Ansible, so there is such a folder beside them anyway.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import sys
import typing as t

SOURCES = (importlib.machinery.SourceFileLoader, importlib.machinery.SOURCE_SUFFIXES)


class CompiledFinder(importlib.abc.MetaPathFinder):
    """Finds the modules of one package for Python's own loader. All others are left to the finders after it.

    package: its name.
    """

    def __init__(self, package: str) -> None:
        self._start = f"{package}."
        self._folders: dict[str, importlib.machinery.FileFinder] = {}

    def find_spec(
        self, fullname: str, path: t.Sequence[str] | None, target: t.Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return where the source of a module is; None for others, and for a package that is only a folder."""
        if not fullname.startswith(self._start) or path is None or len(path) != 1:
            return None
        folder = path[0]
        if folder not in self._folders:
            self._folders[folder] = importlib.machinery.FileFinder(folder, SOURCES)
        spec = self._folders[folder].find_spec(fullname)
        return spec if spec is not None and spec.loader is not None else None


@contextlib.contextmanager
def compiled(package: str) -> t.Iterator[None]:
    """Keep the compiled code of what is imported from a package inside the block.

    No longer, as ``sys.meta_path`` belongs to the whole of ansible-playbook.
    """
    finder = CompiledFinder(package)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
