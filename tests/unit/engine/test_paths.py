# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An id in a path names one object and nothing else."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import UnexpectedResponse
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.text.paths import ID_LATER, check_path, in_path
from tests.unit.engine.appliance import Appliance
from tests.unit.engine.tables import planned, shelf, task


@pytest.mark.parametrize("object_id", ["", ".", "..", None, 7, True, ["a"], {}])
def test_what_is_no_id_is_refused(object_id: t.Any) -> None:
    with pytest.raises(UnexpectedResponse):
        in_path(object_id)


@pytest.mark.parametrize(
    "object_id, path",
    [
        ("4a0a1e72-9d5b", "4a0a1e72-9d5b"),
        ("../volume/x", "..%2Fvolume%2Fx"),
        ("a?b#c d%2e", "a%3Fb%23c%20d%252e"),
        ("/rest/scopes/1", "/rest/scopes/1"),
        (ID_LATER, ID_LATER),
    ],
)
def test_an_id_stays_in_its_place(object_id: str, path: str) -> None:
    assert in_path(object_id) == path


@pytest.mark.parametrize("path", ["/api/rest/volume_group/..", "/a/./b", "/rest/%2e%2e/x", "/a/%2E/b?c=d"])
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(UnexpectedResponse) as caught:
        check_path("DELETE", path)
    assert (caught.value.method, caught.value.path) == ("DELETE", path)


@pytest.mark.parametrize("path", ["/", "/a", "/a/", "/a/b..c", "/a/...", "/a/..%2Fb", "/a?b=../c", "/a/%2520"])
def test_other_paths_are_not(path: str) -> None:
    check_path("GET", path)


@pytest.mark.parametrize("options", [{"note": "new"}, {"state": "absent"}])
def test_writes_carry_quoted_ids(options: dict[str, t.Any]) -> None:
    plan = planned({**shelf(), "id": "../x?y"}, **options)
    assert all("(..%2Fx%3Fy)" in step.path for step in plan.requests)


def test_an_id_that_is_learnt_later_is_quoted_too() -> None:
    appliance = Appliance(task(note="new", wood="oak", boards=9), None)
    appliance.run()
    assert appliance.sent and all("{" not in step.path for step in appliance.sent)
