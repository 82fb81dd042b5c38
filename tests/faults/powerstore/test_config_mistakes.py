# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All mistakes of a document are one message: those in options, those that reads show, and those between items.

What follows only from another mistake is not in it.
"""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import powerstore_config
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner

TASK = powerstore_config.TASK
Document = t.Dict[str, t.Any]


def mistakes(run: Runner, config: Document, begin: int = 0) -> dict[str, list[str]]:
    """Return the mistakes by place. Check mode and a run say the same, and nothing is written.

    begin: how many requests came before.
    """
    checked = run(TASK, config=config, check=True)
    ran = run(TASK, config=config)
    assert checked["failed"] and checked["msg"] == ran["msg"], ran
    assert ran["error"]["kind"] == "input" and not ran["changed"]
    requests = run.emulator.requests()["requests"][begin:]
    assert {one["method"] for one in requests if "login" not in one["path"] and "logout" not in one["path"]} <= {"GET"}
    found: dict[str, list[str]] = {}
    for one in ran["mistakes"]:
        found.setdefault(one["place"], []).append(one["message"])
    return found


def test_one_message_has_them_all(run: Runner) -> None:
    """Wrong options, wrong values, unknown names, what handlers refuse, contradictions and circles."""
    config: Document = {
        "volumes": [],
        "volume": [
            {"name": "typo", "siez": "1 GiB"},
            {"name": "shrinks", "size": "much"},
            {"name": "db01", "size": "1 GiB"},
            {"name": "mapped", "size": "1 GiB", "mapped_hosts": [{"host": "esx01"}]},
            {"name": "unknown", "size": "1 GiB", "mapped_hosts": [{"host": "linux02"}]},
        ],
        "volume_group": [
            {"name": "app01", "volumes": ["app01-log", "web01"]},
            {"name": "second", "volumes": ["web01", "typo", "nosuch"]},
            {"name": "left", "volumes": ["web02"]},
            {"name": "right", "volumes": ["WEB02"]},
        ],
        "host_group": [{"name": "empty", "hosts": []}],
        "snapshot_rule": [{"name": "hourly", "state": "absent"}],
        "protection_policy": [{"name": "new", "snapshot_rules": ["hourly"]}],
    }
    found = mistakes(run, config)
    assert list(found) == [
        "volumes",
        *("snapshot_rule[0] (hourly)", "protection_policy[0] (new)", "host_group[0] (empty)"),
        *("volume[0] (typo)", "volume[1] (shrinks)", "volume[2] (db01)", "volume[3] (mapped)", "volume[4] (unknown)"),
        *("volume_group[1] (second)", "volume_group[3] (right)"),
    ], "in the order of the document's types and items"
    said = {place: " | ".join(messages) for place, messages in found.items()}
    assert "Did you mean size?" in said["volume[0] (typo)"] and "not a capacity" in said["volume[1] (shrinks)"]
    assert "can only grow" in said["volume[2] (db01)"] and "in host group esx-cluster" in said["volume[3] (mapped)"]
    assert "the array has no host linux02" in said["volume[4] (unknown)"]
    assert "which snapshot_rule[0] (hourly) removes" in said["protection_policy[0] (new)"]
    assert "cannot be deleted" in said["snapshot_rule[0] (hourly)"]
    second = found["volume_group[1] (second)"]
    assert len(second) == 2 and "nosuch" in second[0] and "typo" not in second[0], second
    assert second[1].startswith("volume_group[0] (app01) and volume_group[1] (second) both have volume web01")
    assert "both have volume web02" in said["volume_group[3] (right)"]


def test_no_mistake_follows_from_another(run: Runner) -> None:
    """What an item with a mistake would release or create counts as released and as there."""
    change = run.emulator.change
    change("host_volume_mapping", create={"volume_id": "name:db01", "host_id": "name:linux01"})
    change("snapshot_rule", create={"name": "idle", "interval": "One_Day", "desired_retention": 1})
    change("policy", create={"name": "wrong", "type": "Protection", "snapshot_rule_ids": ["name:idle"]})
    config: Document = {
        "volume_group": [
            {"name": "app01", "volumes": [], "descripton": "x"},
            {"name": "joined", "volumes": ["app01-data", "db02"]},
            {"name": "nowhere", "volumes": ["app01-log", "nosuch"]},
        ],
        "volume": [{"name": "db01", "mapped_hosts": [], "syze": 1}, {"name": "db02", "size": "1 TB", "x": 1}],
        "host": [{"name": "linux01", "state": "absent"}],
        "protection_policy": [{"name": "wrong", "state": "absent", "snapshot_rulez": 1}],
        "snapshot_rule": [{"name": "idle", "state": "absent"}],
    }
    assert list(mistakes(run, config)) == [
        *("protection_policy[0] (wrong)", "volume[0] (db01)", "volume[1] (db02)"),
        *("volume_group[0] (app01)", "volume_group[2] (nowhere)"),
    ]


def test_no_mistake_follows_from_a_contradiction(run: Runner) -> None:
    """One of two groups that name a volume has it already; that it is in another group is no mistake of its own."""
    change = run.emulator.change
    change("host_volume_mapping", create={"volume_id": "name:db01", "host_id": "name:linux01"})
    config: Document = {
        "volume_group": [{"name": "app01", "volumes": ["app01-data"]}, {"name": "n", "volumes": ["app01-data"]}],
        "host_group": [{"name": "hg", "hosts": ["linux01", "esx01"]}, {"name": "esx-cluster", "hosts": ["esx01"]}],
        "volume": [{"name": "db01", "mapped_hosts": [{"host": "linux01"}]}],
    }
    found = mistakes(run, config)
    assert {place: len(messages) for place, messages in found.items()} == {
        **{"host_group[0] (hg)": 1, "host_group[1] (esx-cluster)": 1},
        "volume_group[1] (n)": 1,
    }, found


def test_every_circle_is_shown(run: Runner) -> None:
    groups = {"one": "web01", "two": "web02", "three": "web03", "four": "web04"}
    first = [{"name": name, "volumes": [volume]} for name, volume in groups.items()]
    assert run(TASK, config={"volume_group": first})["counts"]["changed"] == 4
    begin = len(run.emulator.requests()["requests"])
    config: Document = {
        "volume_group": [
            {"name": "one", "volumes": ["web02"]},
            {"name": "two", "volumes": ["web01"]},
            {"name": "three", "volumes": ["web04"]},
            {"name": "four", "volumes": ["web03"]},
        ],
        "volume": [{"name": "new"}],
    }
    found = mistakes(run, config, begin)
    assert list(found) == ["volume[0] (new)", "volume_group[0] (one)", "volume_group[2] (three)"]
    assert found["volume_group[2] (three)"][0].count("need") == 3


def test_without_an_array_the_options_are_checked(run: Runner, emulator: Emulator) -> None:
    """A refused login does not hide what is wrong with the document."""
    config: Document = {"volume": [{"name": "a", "siez": 1}, {"name": "b", "size": "much"}]}
    result = run(TASK, config=config, password="Wr0ng-secret")
    assert result["error"]["kind"] == "input" and len(result["mistakes"]) == 2
    assert "Did you mean size?" in result["msg"] and "not a capacity" in result["msg"]
    assert "There may be more mistakes, because not everything could be read: " in result["msg"].split("\n")[-1]
    assert emulator.sessions()["failed_logins"] == 1


def test_what_the_release_lacks_is_among_them(run: Runner) -> None:
    rules = [{"name": "one", "max_bw": 5}, {"name": "two", "max_bw": 5}]
    config: Document = {"volume": [{"name": "a"}], "file_io_limit_rule": rules}
    places = [f"file_io_limit_rule[{index}] ({name})" for index, name in enumerate(("one", "two"))]
    assert list(mistakes(run, config)) == [*places, "volume[0] (a)"]
    alone = run(TASK, config={"file_io_limit_rule": rules})
    assert alone["error"]["kind"] == "unsupported" and len(alone["mistakes"]) == 2


@pytest.mark.parametrize("state", ["merged", "overridden"])
def test_a_single_mistake_is_one_line(run: Runner, state: str) -> None:
    options: Document = {"only_types": ["volume"]} if state == "overridden" else {}
    config: Document = {"volume": [{"name": "db01", "size": "1 GiB"}]}
    result = run(TASK, config=config, state=state, **options)
    assert result["msg"].startswith("volume[0] (db01): ") and result["msg"].endswith("Nothing was written.")


def test_a_wrong_identity_does_not_hide_other_mistakes(run: Runner) -> None:
    """The array refuses a query for a value of another type, so such a value is not looked for."""
    config: Document = {
        "file_user_quota": [{"file_system": "home", "nas_server": "nas01", "uid": "kim", "hard_limit": "1 GiB"}],
        "volume_group": [{"name": "left", "volumes": ["web02"]}, {"name": "right", "volumes": ["web02"]}],
        "dns": {"adresses": ["192.0.2.53"]},
    }
    found = mistakes(run, config)
    assert set(found) == {"file_user_quota[0] (home, nas01, kim)", "volume_group[1] (right)", "dns"}
    assert found["file_user_quota[0] (home, nas01, kim)"] == ["uid takes a whole number, not 'kim'."]
