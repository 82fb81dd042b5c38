# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of file events pools and publishers."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import Array

AFTER, BEFORE = "Post_Events", "Pre_Events"
SERVERS, ON_DESTINATION = "file_events_publisher_servers", "destination_file_events_publisher_servers"


@pytest.fixture
def pool(array: Array) -> str:
    """The path of a pool."""
    settings = [{"events_category": AFTER, "create_file": True, "open_dir": True}]
    body = {"name": "pool", SERVERS: ["192.0.2.1"], "file_events_settings": settings}
    return f"file_events_pool/{array.do('POST', 'file_events_pool', body)['id']}"


def events(array: Array, pool: str) -> Json:
    """The events that are on, by category."""
    rows = array.get(pool, select="file_events_settings")["file_events_settings"]
    assert all(len(row) == 22 for row in rows)
    return {row["events_category"]: sorted(name for name in row if row[name] is True) for row in rows}


def test_a_change_replaces_the_categories_that_it_gives(array: Array, pool: str) -> None:
    array.do("PATCH", pool, {"file_events_settings": [{"events_category": BEFORE, "file_write": True}]})
    assert events(array, pool) == {AFTER: ["create_file", "open_dir"], BEFORE: ["file_write"]}
    body = {
        "file_events_settings": [{"events_category": AFTER, "delete_file": True}],
        "remove_categories": [BEFORE],
    }
    array.do("PATCH", pool, body)
    assert events(array, pool) == {AFTER: ["delete_file"]}


@pytest.mark.parametrize(
    "body, status",
    [
        ({"remove_categories": [AFTER]}, 422),
        ({"remove_categories": [BEFORE]}, 422),
        ({"file_events_settings": [{"events_category": AFTER}], "remove_categories": [AFTER]}, 400),
        ({"file_events_settings": [{"events_category": BEFORE}, {"events_category": BEFORE}]}, 400),
        ({"file_events_settings": [{"open_dir": True}]}, 400),
        ({SERVERS: []}, 400),
        ({SERVERS: ["two words"]}, 400),
        ({ON_DESTINATION: ["192.0.2.2"]}, 422),
    ],
)
def test_what_no_pool_can_have(array: Array, pool: str, body: Json, status: int) -> None:
    assert array.refused("PATCH", pool, body)[0] == status


def test_a_replica_has_servers_of_its_own(array: Array, pool: str) -> None:
    array.platform.change({"type": "file_events_pool", "create": {"id": "P2", "name": "copy", "is_replica": True}})
    array.do("PATCH", "file_events_pool/P2", {ON_DESTINATION: ["cee.example.com"]})
    assert array.get("file_events_pool/P2", select=ON_DESTINATION) == {ON_DESTINATION: ["cee.example.com"]}
    array.do("PATCH", "file_events_pool/P2", {ON_DESTINATION: []})
    assert array.get("file_events_pool/P2", select=ON_DESTINATION) == {ON_DESTINATION: None}
    body = {ON_DESTINATION: ["cee.example.com"], SERVERS: ["192.0.2.2"]}
    assert array.refused("PATCH", "file_events_pool/P2", body)[0] == 422


def test_a_publisher_needs_a_pool_to_be_enabled(array: Array, pool: str) -> None:
    publisher = f"file_events_publisher/{array.do('POST', 'file_events_publisher', {'name': 'p'})['id']}"
    shown = array.get(publisher, select="is_enabled,post_event_policy,http_port")
    assert shown == {"is_enabled": False, "post_event_policy": "Accumulate", "http_port": 12228}
    assert array.refused("PATCH", publisher, {"is_enabled": True})[0] == 422
    array.do("PATCH", publisher, {"is_enabled": True, "file_events_pool_ids": ["name:pool"]})
    assert array.refused("PATCH", publisher, {"file_events_pool_ids": []})[0] == 422
    assert array.refused("DELETE", pool)[0] == 422
    array.do("PATCH", publisher, {"is_enabled": False, "file_events_pool_ids": None})
    array.do("DELETE", pool)
