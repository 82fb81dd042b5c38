# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets an event source import from its own collection.

ansible-rulebook runs the file of an event source by its path, without Ansible's import of collections. That one is no
way either: its hook makes Python take every later event source for a folder.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path


def make_importable() -> None:
    """Add the folder with ``ansible_collections`` to Python's path."""
    if _is_importable():
        return
    here = Path(__file__).absolute()  # not resolved: the collection may be a link to a checkout
    collections = str(here.parents[6])
    if collections not in sys.path:
        sys.path.append(collections)
    package = importlib.import_module("ansible_collections")
    if package.__file__ and f"{collections}/ansible_collections" not in package.__path__:
        # with the package "ansible" an ordinary package, which knows only its own folder
        package.__path__.append(f"{collections}/ansible_collections")


def _is_importable() -> bool:
    try:
        return importlib.util.find_spec("ansible_collections.jobwise.appliance") is not None
    except ModuleNotFoundError:
        return False
