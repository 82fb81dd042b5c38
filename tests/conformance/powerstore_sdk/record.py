# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the flows share: names, refusals, and a record of the methods that were called."""

from __future__ import annotations

import functools
import importlib
import inspect
import re
from collections.abc import Callable
from typing import Any

PASSWORD = "Password123!"
GIB = 1024**3
# The parts of a connection, by attribute: each is an object with the methods of one area.
PARTS = (
    "provisioning",
    "protection",
    "config_mgmt",
    "file_interface",
    "smb_server",
    "nfs_server",
    "file_dns",
    "file_nis",
    "snmp_server",
    "metrics",
)


def names(entries: list[dict[str, Any]]) -> list[str]:
    """The names of some objects, sorted."""
    return sorted(one["name"] for one in entries)


def refused(call: Callable[..., Any], *arguments: Any, **options: Any) -> str:
    """Status and code of a refusal as the SDK tells them; ``no rules`` stands for what is not emulated.

    The text is empty if the array did not refuse.
    """
    error = importlib.import_module("PyPowerStore.utils.exception").PowerStoreException
    try:
        call(*arguments, **options)
    except error as refusal:
        told = re.search(r"HTTP code: (\d+),.*?'code': '(\w+)'", str(refusal))
        if "The emulator has no rules" in str(refusal):
            return "no rules"
        return f"{told[1]} {told[2]}" if told else str(refusal)
    return ""


def record(array: Any) -> dict[str, bool]:
    """Let each public method of a connection note that it was called; returns whether it was, by ``part.method``."""
    called: dict[str, bool] = {}
    for part in PARTS:
        owner = getattr(array, part)
        for name, method in inspect.getmembers(owner, inspect.ismethod):
            if not name.startswith("_"):
                called[f"{part}.{name}"] = False
                setattr(owner, name, noting(called, f"{part}.{name}", method))
    return called


def noting(called: dict[str, bool], label: str, method: Callable[..., Any]) -> Callable[..., Any]:
    """A method that notes its call. It counts only if it comes to an end without an error."""

    @functools.wraps(method)
    def call(*arguments: Any, **options: Any) -> Any:
        answer = method(*arguments, **options)
        called[label] = True
        return answer

    return call
