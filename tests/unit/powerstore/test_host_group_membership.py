# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The order in which a host group loses hosts, gets others, and changes its connectivity."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.hosts.membership import (
    ADD,
    CONNECT,
    REMOVE,
    Membership,
)

HERE, METRO, FAR = "Local_Only", "Metro_Optimize_Both", "Metro_Optimize_Remote"


def order(
    hosts: int = 2,
    joining: int = 0,
    leaving: int = 0,
    theirs: tuple[str, ...] = (),
    wanted: str | None = None,
    has_volumes: bool = False,
) -> tuple[str, ...] | None:
    now = HERE if hosts else None
    return Membership(hosts, joining, leaving, now, frozenset(theirs), wanted, has_volumes).order()


def test_new_hosts_come_first_and_those_that_leave_keep_their_connectivity() -> None:
    assert order(joining=1, leaving=1, theirs=(HERE,)) == (ADD, REMOVE)
    assert order(joining=1, leaving=1, theirs=(HERE,), wanted=METRO) == (ADD, REMOVE, CONNECT)
    assert order(leaving=1, wanted=METRO) == (REMOVE, CONNECT)


def test_hosts_that_have_the_new_connectivity_join_after_its_change() -> None:
    assert order(joining=1, theirs=(METRO,), wanted=METRO) == (CONNECT, ADD)
    assert order(joining=1, leaving=1, theirs=(METRO,), wanted=METRO) == (REMOVE, CONNECT, ADD)


def test_an_emptied_group_takes_hosts_of_another_connectivity() -> None:
    assert order(joining=1, leaving=2, theirs=(METRO,)) == (REMOVE, ADD)
    assert order(joining=1, leaving=2, theirs=(METRO,), wanted=METRO) == (REMOVE, ADD)
    assert order(joining=1, leaving=2, theirs=(METRO,), wanted=FAR) == (REMOVE, ADD, CONNECT)
    assert order(hosts=0, joining=1, theirs=(METRO,), wanted=METRO) == (ADD,)


def test_a_group_with_volumes_is_never_empty_meanwhile() -> None:
    assert order(joining=1, leaving=2, theirs=(HERE,), wanted=METRO, has_volumes=True) == (ADD, REMOVE, CONNECT)
    assert order(joining=1, leaving=2, theirs=(METRO,), wanted=METRO, has_volumes=True) == (CONNECT, ADD, REMOVE)


def test_what_is_so_already_needs_no_request() -> None:
    assert order(wanted=HERE) == ()
    assert order(joining=1, theirs=(HERE,), wanted=HERE) == (ADD,)


@pytest.mark.parametrize(
    "impossible",
    [
        order(joining=1, theirs=(METRO,)),
        order(joining=1, theirs=(METRO,), wanted=FAR),
        order(joining=1, theirs=(METRO,), wanted=HERE),
        order(joining=2, theirs=(METRO, HERE), wanted=METRO),
        order(joining=1, leaving=2, theirs=(METRO,), has_volumes=True),
        order(leaving=2, has_volumes=True),
        order(leaving=2, wanted=METRO),
        order(hosts=0, wanted=HERE),
    ],
)
def test_what_the_array_takes_in_no_order(impossible: tuple[str, ...] | None) -> None:
    assert impossible is None
