# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets an event source import from its own collection.

ansible-rulebook runs the file of an event source by its path, without Ansible's import of collections. That one is no
way either: its hook makes Python take every later event source for a folder.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMESPACE = "ansible_collections"


def make_importable() -> None:
    """Let Python find this collection first: another copy of it may be of another release."""
    here = Path(__file__).absolute()  # not resolved: the collection may be a link to a checkout
    root = next((folder for folder in here.parents if folder.name == NAMESPACE), None)
    if root is None:  # a checkout, which its tests make importable
        return
    if str(root.parent) not in sys.path:
        sys.path.insert(0, str(root.parent))
    package = importlib.import_module(NAMESPACE)
    if package.__file__ and str(root) not in package.__path__:
        # with the package "ansible" an ordinary package, which knows only its own folder
        package.__path__.insert(0, str(root))
