# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shipped playbooks, called by their names in the collection, as after an install."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.playbook import ROOT, ansible_playbook

from .conftest import Player, Run, writes


@pytest.fixture
def platform(request: pytest.FixtureRequest) -> str:
    """The appliance that is emulated."""
    return str(getattr(request, "param", "powerstore"))


def play(player: Player, name: str, *arguments: str, **environment: str) -> Run:
    command = [ansible_playbook(player.core), f"jobwise.appliance.{name}", *arguments]
    return player.run(command, {**player.environment, **environment})


def test_the_first_playbook_takes_the_array_from_the_environment(player: Player) -> None:
    run = play(player, "volume_group", "--check", "--diff")
    assert run.returncode == 0 and "changed=1" in run.output, run.output
    done = play(player, "volume_group", "-e", f"array={player.emulator.host}", POWERSTORE_HOST="")
    assert done.returncode == 0 and "changed=1" in done.output, done.output
    assert "changed=0" in play(player, "volume_group").output


def test_the_first_playbook_says_where_the_array_can_come_from(newest: Player) -> None:
    run = play(newest, "volume_group", "--check", POWERSTORE_HOST="")
    assert run.returncode == 2 and "host" in run.result("Create the group finance with two members and a policy")["msg"]


@pytest.mark.parametrize("platform", ["ontap_select"], indirect=True)
def test_backups_of_deploy_need_a_folder(newest: Player, tmp_path: Path) -> None:
    run = play(newest, "ontap_select_backup", BACKUP_PASSWORD="Password456!")
    assert run.returncode == 2 and "Give the folder" in run.output
    assert not [one for one in newest.emulator.requests()["requests"] if one["path"].startswith("/api")]
    folder = tmp_path / "backups"
    folder.mkdir()
    done = play(newest, "ontap_select_backup", "-e", f"folder={folder}", BACKUP_PASSWORD="Password456!")
    assert done.returncode == 0, done.output
    assert len(list(folder.iterdir())) == 1


def test_the_certificate_needs_a_folder_and_a_way_to_the_ca(newest: Player) -> None:
    run = play(newest, "certificate_circle", "--check")
    assert run.returncode == 2 and "Give a folder for the request and its answer" in run.output


def test_storage_of_a_cluster_and_volumes_that_grow(newest: Player) -> None:
    checked = play(newest, "powerstore_provision", "--check")
    assert checked.returncode == 0 and "create host group erp-cluster with 2 hosts" in checked.output, checked.output
    done = play(newest, "powerstore_esxi_cluster")
    assert done.returncode == 0 and "cluster4-ds02: LUN 2, naa." in done.output, done.output
    sizes = {"cluster4-ds01": "5TiB", "cluster4-ds02": "1TiB"}
    small = play(newest, "powerstore_grow_volumes", "-e", json.dumps({"volume_sizes": sizes}))
    assert small.returncode == 2 and "cluster4-ds02: size is 4 TiB and can only grow" in small.output
    assert "changed=0" in small.output
    unknown = {"volume_sizes": {"cluster4-ds01": "5TiB", "Cluster4-DS02": "4TiB", "nosuch": "1TiB"}}
    refused = play(newest, "powerstore_grow_volumes", "-e", json.dumps(unknown))
    assert refused.returncode == 2 and "The array has no volume nosuch. No volume was changed." in refused.output
    unknown["volume_sizes"].pop("nosuch")
    grown = play(newest, "powerstore_grow_volumes", "-e", json.dumps(unknown))
    assert "extend partitions and file systems on cluster4-ds01." in grown.output, grown.output


def test_a_full_volume_grows_to_the_sizes_in_the_list(newest: Player) -> None:
    extra = ("-e", json.dumps({"volume": "Web01", "growth": {"Web01": [1, 500, 300]}}))
    checked = play(newest, "powerstore_grow_full_volume", "--check", *extra)
    assert "changed=1" in checked.output and writes(newest.emulator) == [], checked.output
    for size in (300, 500):
        grown = play(newest, "powerstore_grow_full_volume", *extra)
        assert "changed=1" in grown.output, grown.output
        assert writes(newest.emulator)[-1]["request"] == {"size": size * 1024**3}
    last = play(newest, "powerstore_grow_full_volume", *extra)
    assert "changed=0" in last.output and "Web01 has 500 GiB, and growth has no larger size for it." in last.output


def test_an_array_is_gathered_changed_by_its_file_and_watched(newest: Player, tmp_path: Path) -> None:
    none = play(newest, "powerstore_apply")
    assert none.returncode == 2 and "Give the file: -e document=" in none.output
    file = tmp_path / "array.yml"
    document = ("-e", f"document={file}")
    assert play(newest, "powerstore_gather", *document).returncode == 0
    changed = file.read_text(encoding="utf-8").replace("description: first application", "description: New")
    file.write_text(changed, encoding="utf-8")
    assert "change description of volume group app01" in play(newest, "powerstore_apply", *document).output
    newest.emulator.change("volume_group", name="app01", set={"protection_policy_id": None})
    count = len(writes(newest.emulator))
    drift = play(newest, "powerstore_gather", *document, "--check", "--diff")
    assert "-    protection_policy: gold" in drift.output and "changed=1" in drift.output, drift.output
    assert len(writes(newest.emulator)) == count


def test_a_test_system_gets_a_clone_and_then_the_present_data_once_a_day(newest: Player) -> None:
    variables = ("-e", "source=app01", "-e", "copy=app01-qa", "-e", "test_host=linux01")
    checked = play(newest, "powerstore_clone_refresh", *variables, "--check")
    assert checked.returncode == 0 and "changed=1" in checked.output, checked.output
    first = play(newest, "powerstore_clone_refresh", *variables)
    assert first.returncode == 0 and "changed=2" in first.output, first.output
    second = play(newest, "powerstore_clone_refresh", *variables)
    assert "changed=2" in second.output, second.output
    backup = second.result("Let the backup expire")["resource"]
    assert backup["name"].startswith("app01-qa-before-") and backup["protection_data"]["expiration_timestamp"]
    assert "changed=0" in play(newest, "powerstore_clone_refresh", *variables).output


def test_old_snapshots_are_listed_counted_and_then_deleted_but_never_secure_ones(newest: Player) -> None:
    old, expires = {"creation_timestamp": "2020-09-01T00:00:00.000+00:00"}, "2090-01-01T00:00:00Z"
    taken = [
        {"name": "before-a", "volume": "web01"},
        {"name": "before-b", "volume": "db01"},
        {"name": "young", "volume": "web01"},
        {"name": "secure", "volume": "web01", "is_secure": True, "expiration_timestamp": expires},
    ]
    tasks = [{"name": "taken", "jobwise.appliance.volume_snapshot": one} for one in taken]
    assert newest.play(tasks).returncode == 0
    for name in ("before-a", "before-b", "secure", "app01-nightly.app01-log", "app01-nightly.app01-data"):
        newest.emulator.change("volume", name=name, set=old)
    newest.emulator.change("volume_group", name="app01-nightly", set=old)
    count = len(writes(newest.emulator))
    checked = play(newest, "powerstore_snapshot_cleanup", "-e", "older_than_days=30", "--check")
    assert checked.returncode == 0, checked.output
    listed = ["2020-09-01 app01-nightly of app01", "2020-09-01 before-a of web01", "2020-09-01 before-b of db01"]
    assert sorted(checked.result("Show what is old enough")["msg"]) == listed
    many = play(newest, "powerstore_snapshot_cleanup", "-e", "older_than_days=30", "-e", "at_most=2")
    assert many.returncode == 2 and "3 snapshots are older than 30 days, but at most 2 are allowed" in many.output
    assert len(writes(newest.emulator)) == count
    done = play(newest, "powerstore_snapshot_cleanup", "-e", "older_than_days=30", "-e", "only=BEFORE-*")
    assert done.returncode == 0 and len(writes(newest.emulator)) == count + 2, done.output


@pytest.mark.parametrize("playbook", sorted((ROOT / "playbooks").glob("*.yml")), ids=lambda path: path.stem)
def test_what_is_shipped_needs_nothing_of_the_checkout(playbook: Path) -> None:
    """Playbooks that only work beside the tests stay out of the archive."""
    ignored = yaml.safe_load((ROOT / "galaxy.yml").read_text(encoding="utf-8"))["build_ignore"]
    text = playbook.read_text(encoding="utf-8")
    shipped = not any(Path("playbooks", playbook.name).match(pattern) for pattern in ignored)
    assert shipped is not playbook.name.startswith("demo")
    assert not shipped or not any(
        word in text for word in ("playbook_dir", "tests.", "make emulator", "make demo", "EMULATOR_URL")
    )
