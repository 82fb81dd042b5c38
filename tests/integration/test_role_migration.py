# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A migration in waves: checked, copied, approved, cut over, run again; and stopped by a failure."""

from __future__ import annotations

import datetime
import typing as t

from .conftest import Player, Run, writes

ROLE = "jobwise.appliance.powerstore_migration"


def migration(*names: str, **variables: t.Any) -> dict[str, t.Any]:
    """Return a task that plays the role over these sources of unity1."""
    sources = [{"name": name, "remote_system": "unity1"} for name in names]
    given = {"powerstore_migration_sources": sources, **variables}
    return {"ansible.builtin.include_role": {"name": ROLE}, "vars": given}


def states(player: Player) -> dict[str, str]:
    """Return the state of each import session on the array."""
    read = {"name": "it", "jobwise.appliance.powerstore_info": {"type": "import_session", "select": ["name", "state"]}}
    return {one["name"]: one["state"] for one in player.play([read]).result("it")["resources"]}


def said(run: Run) -> str:
    """Return what a person saw, without line breaks."""
    return " ".join(run.output.split())


def test_copied_in_waves_then_cut_over_on_approval(newest: Player) -> None:
    names = ("lun01", "lun02", "lun03")
    checked = newest.play([migration(*names)], "auto", "--check")
    assert checked.returncode == 0, checked.output
    assert writes(newest.emulator) == []
    copied = newest.play([migration(*names)])
    assert copied.returncode == 0, copied.output
    assert "Wave 1 of 2: lun01, lun02" in said(copied) and "Wave 2 of 2: lun03" in said(copied)
    assert "Wave 1 of 2 is copied, that is 2 of 3 sources." in said(copied)
    assert "Wave 2 of 2 is copied, that is 3 of 3 sources." in said(copied)
    assert "run again with powerstore_migration_approved" in said(copied)
    assert states(newest) == dict.fromkeys(names, "Ready_For_Cutover")
    early = newest.play(
        [
            migration(
                *names, powerstore_migration_approved=True, powerstore_migration_window_start="2035-01-01T00:00:00Z"
            )
        ]
    )
    assert early.returncode != 0 and "Nothing was cut over" in said(early)
    assert states(newest) == dict.fromkeys(names, "Ready_For_Cutover")
    shown = {"name": "report", "ansible.builtin.debug": {"var": "powerstore_migration_result"}}
    cut_over = newest.play([migration(*names, powerstore_migration_approved=True), shown])
    assert cut_over.returncode == 0, cut_over.output
    result = cut_over.result("report")["powerstore_migration_result"]
    assert {name: one["state"] for name, one in result.items()} == dict.fromkeys(names, "Import_Completed")
    assert all(one["destination_resource_id"] for one in result.values())
    assert states(newest) == dict.fromkeys(names, "Import_Completed")
    before = len(writes(newest.emulator))
    again = newest.play([migration(*names, powerstore_migration_approved=True)])
    assert again.returncode == 0 and "changed=0" in again.output
    assert len(writes(newest.emulator)) == before


def test_a_failure_stops_it_and_a_second_run_goes_on(newest: Player) -> None:
    names = ("lun01", "lun02", "lun03")
    newest.emulator.change("settings", set={"import_failures": {"lun02": 40}})
    one_by_one = {"powerstore_migration_at_once": 1}
    stopped = newest.play([migration(*names, **one_by_one)])
    assert stopped.returncode != 0
    assert "Wave 2 of 3 has stopped" in said(stopped)
    assert "Reached: lun01. Remaining: lun02 (Failed), lun03 (not begun)." in said(stopped)
    assert states(newest) == {"lun01": "Ready_For_Cutover", "lun02": "Failed"}
    newest.emulator.change("settings", set={"import_failures": {}})
    count = len(writes(newest.emulator))
    assert newest.play([migration(*names, **one_by_one)]).returncode != 0
    restarting = migration(*names, **one_by_one, powerstore_migration_restart_failed=True)
    checked = newest.play([restarting], "auto", "--check")
    assert checked.returncode == 0, checked.output
    assert len(writes(newest.emulator)) == count
    done = newest.play([restarting])
    assert done.returncode == 0, done.output
    assert states(newest) == dict.fromkeys(names, "Ready_For_Cutover")
    written = [
        (one["method"], one["path"].rpartition("/rest/")[2].partition("/")[0]) for one in writes(newest.emulator)
    ]
    assert written[count:] == [("DELETE", "import_session"), *[("POST", "import_session")] * 2]
    assert not newest.emulator.sessions()["open"]


def test_a_check_of_everything_that_is_to_be_begun_anew(newest: Player) -> None:
    """A check run cannot remove the records, so it leaves these sources out, in all waves and in the cut-over."""
    names = ("lun01", "lun02")
    for name in names:
        session = {"name": name, "remote_system": "unity1", "source": name}
        for state in ("ready", "cancelled"):
            done = newest.play([{"jobwise.appliance.import_session": {**session, "state": state}}])
            assert done.returncode == 0, done.output
    count = len(writes(newest.emulator))
    variables = {"powerstore_migration_at_once": 1, "powerstore_migration_restart_failed": True}
    anew = migration(*names, **variables, powerstore_migration_approved=True)
    checked = newest.play([anew], "auto", "--check")
    assert checked.returncode == 0, checked.output
    assert len(writes(newest.emulator)) == count and states(newest) == dict.fromkeys(names, "Cancelled")


def test_an_array_that_does_not_answer_is_no_reason_to_be_silent(newest: Player) -> None:
    newest.emulator.fault("forbid", path="import_session*", times=0)
    stopped = newest.play([migration("lun01", "lun02")])
    assert stopped.returncode != 0
    assert "Wave 1 of 1 has stopped" in said(stopped) and "Remaining: lun01 (unknown), lun02 (unknown)." in said(
        stopped
    )


def test_copying_begins_when_it_is_to(newest: Player) -> None:
    start = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(seconds=8)
    role = migration("lun01", "lun02", powerstore_migration_at_once=1, powerstore_migration_start=f"{start:%FT%TZ}")
    done = newest.play([role])
    assert done.returncode == 0, done.output
    assert datetime.datetime.now(datetime.timezone.utc) > start
    read = {"type": "import_session", "select": ["name", "scheduled_timestamp"]}
    found = newest.play([{"name": "it", "jobwise.appliance.powerstore_info": read}]).result("it")["resources"]
    schedules = {one["name"]: one["scheduled_timestamp"] for one in found}
    assert schedules["lun01"].startswith(f"{start:%FT%T}") and schedules["lun02"] is None


def test_a_list_that_cannot_be_is_refused_before_anything_is_written(newest: Player) -> None:
    twice = newest.play([migration("lun01", "LUN01")])
    assert twice.returncode != 0 and "must differ" in said(twice)
    late = {
        "powerstore_migration_start": "2035-01-02T00:00:00Z",
        "powerstore_migration_window_start": "2035-01-01T00:00:00Z",
    }
    turned = newest.play([migration("lun01", **late)])
    assert turned.returncode != 0 and "the start must be before the window" in said(turned)
    assert newest.emulator.requests()["requests"] == []
