# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Filters fit into a URL, whatever their values are like."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._http.url import FILTER_BYTES, in_parts


@pytest.mark.parametrize("value", ["a", "x" * 128, "ä" * 128, "a b", "💾" * 64])
def test_parts_fit_and_hold_everything(value: str) -> None:
    values = [f"{value}{number}" for number in range(1000)]
    parts = in_parts(values, "{},".format)
    assert [one for part in parts for one in part] == values
    sizes = [len(quote("".join(f"{one}," for one in part), safe="")) for part in parts]
    assert max(sizes) <= FILTER_BYTES
    assert all(size + len(quote(f"{value}999,", safe="")) > FILTER_BYTES for size in sizes[:-1])


def test_a_value_that_does_not_fit_stands_alone() -> None:
    assert in_parts(["x" * 9000, "a", "y" * 9000]) == [["x" * 9000], ["a"], ["y" * 9000]]


def test_no_values_make_no_part() -> None:
    assert in_parts([]) == []
