# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What lasts as long as the process is left out of garbage collections, and only that."""

from __future__ import annotations

import gc
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.plugin_utils.lasting import lasting


class Circle:
    """An object that only a garbage collection can remove."""

    def __init__(self) -> None:
        self.itself = self


def circles() -> int:
    """Return how many circles a collection looks at."""
    return sum(isinstance(one, Circle) for one in gc.get_objects())


@pytest.fixture(autouse=True)
def collected_as_before() -> t.Iterator[None]:
    """Put everything back where a collection finds it."""
    yield
    gc.unfreeze()
    gc.enable()
    gc.collect()


def test_what_is_there_is_left_out_and_the_rest_is_not() -> None:
    with lasting():
        Circle()
        assert not gc.isenabled()
    assert gc.isenabled()
    assert circles() == 0
    Circle()
    assert circles() == 1
    gc.collect()
    assert circles() == 0


def test_collections_stay_off_if_they_were_off_and_errors_pass() -> None:
    gc.disable()
    with pytest.raises(ImportError), lasting():
        raise ImportError
    assert not gc.isenabled()
