# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a report says about drift: of documents, of tasks, of loops, and who has changed what."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.drift import differences, entries_of, name_of
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.powerstore import changed_by

Json = t.Dict[str, t.Any]


def states(result: Json) -> list[tuple[str, str, str]]:
    return [(entry["object"], entry["state"], entry["note"]) for entry in entries_of("It", result)]


def task(before: t.Any, after: t.Any, **more: t.Any) -> Json:
    sides = {"before": before, "after": after, "after_header": "volume web01"}
    return {"changed": True, "plan": ["change size of volume web01"], "diff": sides, **more}


@pytest.mark.parametrize(
    "result, state",
    [
        ({"changed": False, "resource": {"name": "volume web01"}}, "in_sync"),
        (task({"size": 1}, {"size": 2}), "drifted"),
        (task({}, {"size": 2}), "missing"),
        (task({"size": 1}, {}), "unwanted"),
        (task("", "text"), "missing"),
        ({"changed": True}, "drifted"),
        ({"failed": True, "msg": "no"}, "failed"),
        ({"unreachable": True, "msg": "no"}, "failed"),
        ({"skipped": True, "changed": False}, "skipped"),
        ({"censored": "hidden", "changed": True}, "drifted"),
    ],
)
def test_what_a_task_in_check_mode_means(result: Json, state: str) -> None:
    assert [entry["state"] for entry in entries_of("It", result)] == [state]


def test_each_item_of_a_loop_is_named_after_what_it_is_about() -> None:
    items = [
        {"ansible_loop_var": "item", "item": "web01", "changed": False},
        {"ansible_loop_var": "one", "one": {"name": "web02", "user_password": "S3cret"}, "failed": True, "msg": "no"},
    ]
    found = entries_of(name_of("drift_web_volumes"), {"results": items, "changed": False})
    assert [(entry["source"], entry["state"]) for entry in found] == [
        ("Web volumes: web01", "in_sync"),
        ("Web volumes: web02", "failed"),
    ]
    assert "S3cret" not in str(found)
    assert states({"results": [], "changed": False}) == [("It", "skipped", "The list of objects is empty.")]


def test_a_document_names_what_is_not_as_described_and_counts_the_rest() -> None:
    rows = [
        {"type": "host", "name": "esx", "state": "failed", "msg": "no group", "changed": False},
        {"type": "volume", "name": "db", "state": "blocked", "because": "host esx failed"},
        {"type": "volume", "name": "web01", "state": "changed", "changed": True, "plan": ["change"]},
        {"type": "ntp", "name": "ntp", "state": "changed", "changed": True, "plan": ["change"]},
    ]
    diffs = [
        {"before": {"a": 1}, "after": {"a": 2}, "after_header": "NTP settings"},
        {"before": {}, "after": {"size": 1}, "after_header": "volume web01"},
    ]
    result = {"counts": {"ok": 7}, "plan": ["x"], "results": rows, "diff": diffs, "left_out": 2, "failed": True}
    assert states(result) == [
        ("host esx", "failed", "no group"),
        ("volume db", "skipped", "host esx failed"),
        ("volume web01", "missing", ""),
        ("NTP settings", "drifted", ""),
        ("It", "drifted", "The result was too large: 2 objects are not listed here."),
        ("7 objects", "in_sync", ""),
    ]


def test_mistakes_of_a_document_have_a_row_each() -> None:
    mistakes = [{"place": "volume[0] (a)", "message": "no option siz"}, {"place": "host[1]", "message": "no name"}]
    counts = {"ok": 0}
    result = {"counts": counts, "plan": [], "results": [], "mistakes": mistakes, "failed": True, "msg": "2 mistakes"}
    assert [(place, note) for place, dummy, note in states(result)] == [
        ("volume[0] (a)", "no option siz"),
        ("host[1]", "no name"),
    ]
    assert states({**result, "mistakes": []}) == [("It", "failed", "2 mistakes")]


def test_differences_are_side_by_side_and_hide_secrets() -> None:
    before = {"size": "1 GiB", "hosts": ["a"], "same": 1, "user": {"role": "x", "user_password": "old-S3cret"}}
    after = {"size": None, "hosts": ["a", "b"], "same": 1, "user": {"role": True, "user_password": "new-S3cret"}}
    assert differences({"before": before, "after": after}) == [
        {"setting": "size", "now": "1 GiB", "desired": "not set"},
        {"setting": "hosts", "now": "a", "desired": "a\nb"},
        {"setting": "user.role", "now": "x", "desired": "yes"},
        {"setting": "user.user_password", "now": "(hidden)", "desired": "(hidden)"},
    ]
    listed = differences({"before": {"users": []}, "after": {"users": [{"name": "a", "api_key": "S3cret"}]}})
    assert listed == [{"setting": "users", "now": "none", "desired": "name: a, api_key: (hidden)"}]


def test_texts_are_compared_line_by_line() -> None:
    text = "a: 1\npassword: S3cret\nc: 3\n"
    assert differences([{"before": text, "after": text.replace("1", "2").replace("S3cret", "0ther")}]) == [
        {"setting": "line 1", "now": "a: 1\npassword: (hidden)", "desired": "a: 2\npassword: (hidden)"}
    ]


JOBS: list[Json] = [
    {"id": "4", "resource_type": "volume", "resource_name": "web01", "resource_action": "snapshot", "user": "rule"},
    {"id": "3", "resource_type": "volume", "resource_name": "WEB01", "resource_action": "modify", "user": "bob"},
    {"id": "2", "resource_type": "policy", "resource_name": "web01", "resource_action": "create", "user": "eve"},
    {"id": "1", "resource_type": "ntp", "resource_id": "NTP1", "resource_action": "modify", "user": "eve"},
]
AUDIT: dict[str, Json] = {
    "3": {"username": "local/bob", "client_address": "192.0.2.7", "timestamp": "2026-01-31T08:00:00.5+00:00"}
}


def test_who_has_changed_an_object_last() -> None:
    found = changed_by({"type": "volume", "name": "web01"}, JOBS, AUDIT)
    assert found == {
        **{"user": "local/bob", "address": "192.0.2.7", "time": "2026-01-31T08:00:00Z", "action": "Changed"},
    }
    rule = changed_by({"type": "protection_policy", "name": "web01"}, JOBS, {})
    assert rule and (rule["user"], rule["action"], rule["address"]) == ("eve", "Created", "")
    settings = [changed_by(entry, JOBS, {}) for entry in ({"type": "ntp", "name": "ntp"}, {"id": "NTP1"})]
    assert [one and one["user"] for one in settings] == ["eve", "eve"]
    assert changed_by({"type": "volume", "name": "web02"}, JOBS, AUDIT) is None
    assert changed_by({}, JOBS, AUDIT) is None
