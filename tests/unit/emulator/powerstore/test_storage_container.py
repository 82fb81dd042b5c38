# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of storage containers."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

GIB = 1024**3
PATH = "storage_container/name:vms"


@pytest.fixture
def container(array: Array) -> Array:
    """The array with a container and a virtual volume of 20 GiB in it."""
    key = array.do("POST", "storage_container", {"name": "vms", "quota": 100 * GIB})["id"]
    row = {"name": "vm1", "storage_container_id": key, "size": 20 * GIB}
    array.platform.change({"type": "virtual_volume", "create": row})
    return array


@pytest.mark.parametrize(
    "body",
    [{"name": "a/b"}, {"name": "a[1]"}, {"name": "\u00e4" * 64}, {"name": " "}, {"quota": 1}, {"quota": 10 * GIB}],
)
def test_create_is_refused(array: Array, body: Json) -> None:
    assert array.code("POST", "storage_container", {"name": "new", **body})[0] == 400


def test_a_quota_is_none_or_enough_for_what_is_in_use(container: Array) -> None:
    for quota in (1, 19 * GIB):
        assert container.code("PATCH", PATH, {"quota": quota}) == (422, "0xE0A110010003")
    for quota in (20 * GIB, 0):
        container.do("PATCH", PATH, {"quota": quota})
        assert container.get(PATH, select="quota") == {"quota": quota}


def test_a_container_with_virtual_volumes_is_deleted_only_by_force(container: Array) -> None:
    assert container.code("DELETE", PATH) == (422, "0xE0A110010004")
    container.do("DELETE", PATH, {"force": True})
    assert "vms" not in container.names("storage_container") and container.get("virtual_volume") == []
