# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where the checkout is a collection, for programs that do not look into the site-packages of .venv."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "ansible_collections.jobwise.appliance"


def collections_link() -> Path:
    """Return a folder in which the checkout is a collection, by a link to it."""
    base = ROOT / ".cache" / "collections"
    link = base.joinpath(*NAME.split("."))
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.resolve() != ROOT:
        # in one step, as steps that run side by side may both find it missing
        fresh = link.with_name(f"{link.name}.{os.getpid()}")
        fresh.symlink_to(ROOT, target_is_directory=True)
        fresh.replace(link)
    return base


def make_importable() -> None:
    """Let this process import the checkout as a collection, whichever environment it runs in."""
    if is_importable():
        return
    base = collections_link()
    sys.path.insert(0, str(base))
    importlib.invalidate_caches()
    import ansible_collections  # with the package ansible installed, an ordinary package that knows only its own folder

    if ansible_collections.__spec__.origin:
        ansible_collections.__path__.insert(0, str(base / "ansible_collections"))


def is_importable() -> bool:
    """Tell whether the collection is found, and is this checkout."""
    try:
        found = importlib.util.find_spec(NAME)
    except ModuleNotFoundError:
        return False
    places = list(found.submodule_search_locations or []) if found else []
    return bool(places) and Path(places[0]).resolve() == ROOT
