# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Points in time, whatever they are written like."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.timestamps import (
    as_instant,
    canonical,
    is_past,
)


@pytest.mark.parametrize(
    "text",
    [
        "2030-12-31T22:30:00Z",
        "2030-12-31T22:30:00z",
        " 2030-12-31T22:30:00Z ",
        "2030-12-31 22:30:00Z",
        "2030-12-31T22:30:00.000Z",
        "2030-12-31T22:30:00.846+00:00",
        "2030-12-31T22:30:00+0000",
        "2030-12-31T23:30:00+01:00",
        "2030-12-31T18:00:00-0430",
        "2030-12-31T22:30Z",
    ],
)
def test_one_point_in_time_has_one_spelling_on_the_line(text: str) -> None:
    assert canonical(text, "expiration_timestamp") == "2030-12-31T22:30:00Z"


@pytest.mark.parametrize("text", ["2030-12-31T23:59:00Z", "2030-12-31T23:59:00.000+00:00", "2031-01-01T00:59:00+01:00"])
def test_the_same_point_in_time_is_no_change(text: str) -> None:
    assert as_instant("2030-12-31T23:59:00.000+00:00") == as_instant(text) == as_instant("2030-12-31T23:59:00Z")


@pytest.mark.parametrize(
    "current, desired, same",
    [
        (None, None, True),
        (None, "", True),
        ("", None, True),
        ("2030-12-31T23:59:00Z", "", False),
        (None, "2030-12-31T23:59:00Z", False),
        ("2030-12-31T23:59:00Z", "2030-12-31T23:59:01Z", False),
    ],
)
def test_an_empty_one_is_never_set(current: str | None, desired: str | None, same: bool) -> None:
    assert (as_instant(current) == as_instant(desired)) is same


@pytest.mark.parametrize("text", ["tomorrow", "", "31.12.2030", "2030-13-01T00:00:00Z", "7d", "2030-12-31T25:00:00Z"])
def test_what_is_no_point_in_time(text: str) -> None:
    with pytest.raises(InputError) as caught:
        canonical(text, "expiration_timestamp")
    assert str(caught.value) == (
        f"expiration_timestamp takes a point in time such as 2030-12-31T23:59:00Z, not {text!r}."
    )


@pytest.mark.parametrize("text", ["2030-12-31T23:59:00", "2030-12-31"])
def test_a_time_without_a_zone_means_too_many_things(text: str) -> None:
    with pytest.raises(InputError) as caught:
        canonical(text, "expiration_timestamp")
    assert str(caught.value).startswith("expiration_timestamp lacks a time zone.")


def test_the_hint_for_a_date_can_be_followed() -> None:
    with pytest.raises(InputError) as caught:
        canonical("2030-12-31", "expiration_timestamp")
    canonical(caught.value.hint.split()[-1].rstrip("."), "expiration_timestamp")


def test_what_is_past() -> None:
    assert is_past("2020-01-01T00:00:00Z") and not is_past("2999-01-01T00:00:00Z")


@pytest.mark.parametrize("fraction", ["1", "12", "123", "123456", "123456789"])
def test_fractions_of_any_length_are_read(fraction: str) -> None:
    assert canonical(f"2030-12-31T23:59:00.{fraction}Z", "x") == "2030-12-31T23:59:00Z"


@pytest.mark.parametrize("day", ["2030-12-31Z", "2030-12-31z"])
def test_a_day_is_no_point_in_time(day: str) -> None:
    with pytest.raises(InputError, match="takes a point in time such as"):
        canonical(day, "expiration_timestamp")
