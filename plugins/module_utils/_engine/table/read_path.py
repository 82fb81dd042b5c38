# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read paths: where a value stands in an object as read.

``size`` is an attribute, ``protection_data.is_secure`` an attribute of a structure, and ``volume_groups[].id`` collects
one attribute from each entry of a list. ``volume_groups[0]`` is the only entry of a list.
"""

from __future__ import annotations

import typing as t

EACH = "[]"
ONLY = "[0]"


def value_at(current: t.Any, path: str) -> t.Any:
    """Return the value at a path, None if the object does not have it; a path through a list returns a list."""
    name, dot, rest = path.partition(".")
    if name.endswith(EACH):
        entries = (current or {}).get(name[: -len(EACH)]) or ()
        return [value_at(entry, rest) for entry in entries] if rest else list(entries)
    if name.endswith(ONLY):
        entries = (current or {}).get(name[: -len(ONLY)]) or ()
        value = entries[0] if entries else None
    else:
        value = current.get(name) if isinstance(current, dict) else None
    return value_at(value, rest) if dot else value


def root_of(path: str) -> str:
    """Return the attribute of the object as read that a path begins with."""
    return path.partition(".")[0].replace(EACH, "").replace(ONLY, "")


def put_at(body: t.Dict[str, t.Any], path: str, value: t.Any) -> None:
    """Write a value at a path without lists; structures that the body lacks are added."""
    name, dot, rest = path.partition(".")
    if dot:
        put_at(body.setdefault(name, {}), rest, value)
    else:
        body[name] = value
