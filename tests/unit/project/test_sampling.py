# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sampled tests draw their cases by the seed of the run, and take all of them when asked to."""

from __future__ import annotations

import pytest

from tests import conftest

CASES = range(1000)


@pytest.fixture
def sampling(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv(conftest.WHOLE, raising=False)
    monkeypatch.setenv(conftest.SEED, "1")
    return monkeypatch


def test_a_sample_keeps_the_order_and_repeats_nothing(sampling: pytest.MonkeyPatch) -> None:
    drawn = conftest.sample(CASES, 10)
    assert len(set(drawn)) == 10
    assert drawn == sorted(drawn)


def test_the_seed_decides(sampling: pytest.MonkeyPatch) -> None:
    first = conftest.sample(CASES, 10)
    assert conftest.sample(CASES, 10) == first
    sampling.setenv(conftest.SEED, "2")
    assert conftest.sample(CASES, 10) != first


def test_few_cases_are_all_taken(sampling: pytest.MonkeyPatch) -> None:
    assert conftest.sample("abc", 10) == ["a", "b", "c"]


def test_the_whole_is_everything(sampling: pytest.MonkeyPatch) -> None:
    sampling.setenv(conftest.WHOLE, "1")
    assert conftest.sample(CASES, 10) == list(CASES)


@pytest.mark.sampled
def test_the_option_reaches_every_process(pytestconfig: pytest.Config) -> None:
    assert conftest.whole() == pytestconfig.getoption("--whole")
    given = pytestconfig.getoption("--seed")
    assert given is None or conftest.seed() == given
