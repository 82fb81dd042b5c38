# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists longer than a page."""

from __future__ import annotations

from typing import Any


def pages(array: Any) -> Any:
    """Read volumes by pages: the first hundred, and all."""
    calls = array.provisioning
    everything = calls.get_volumes(all_pages=True)
    some = calls.get_volumes({"name": "ilike.bulk*"}, all_pages=True)
    return {
        "first": len(calls.get_volumes()),
        "doubled": len(everything) - len({one["id"] for one in everything}),
        "bulk": len(some),
        "replication_groups": array.protection.get_replication_groups(),
    }
