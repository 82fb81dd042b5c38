# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Backups: made unless there is a young enough one, downloaded where they are not kept, and never half-written."""

from __future__ import annotations

import hashlib
import os
import stat
import typing as t
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    Interrupted,
    JobFailed,
    ResponseLost,
    UnexpectedResponse,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.backups.file import BackupFile
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.backups.handler import duration
from ansible_collections.jobwise.appliance.plugins.modules import oneview_backup as module
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.oneview.scripted import (
    TASK,
    MakeAppliance,
    ScriptedAppliance,
    collection,
    error_from,
    refused,
    task,
)

SPEC = module.TASK.argument_spec()
NOW = datetime(2026, 3, 14, 14, 0, tzinfo=timezone.utc)
DATE = {"Date": "Sat, 14 Mar 2026 14:00:00 GMT"}
CONTENT = "backup " * 1000
SHA256 = hashlib.sha256(CONTENT.encode()).hexdigest()
TAKEN = Answer(202, None, {"Location": TASK})


def made(hours: float, name: str = "old", **changes: t.Any) -> dict[str, t.Any]:
    """Return a backup that was made so many hours ago, by the appliance's clock."""
    backup = {
        "type": "BACKUP",
        "id": name,
        "uri": f"/rest/backups/{name}",
        "backupType": "ON_DEMAND",
        "status": "SUCCEEDED",
        "created": (NOW - timedelta(hours=hours)).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "downloadUri": f"/rest/backups/archive/{name}",
    }
    return {**backup, **changes}


def listed(*backups: dict[str, t.Any]) -> Answer:
    return Answer(200, collection(*backups).body, DATE)


def done(name: str = "new", state: str = "Completed", **more: t.Any) -> Answer:
    return task(state, name="Backup", associatedResource={"resourceUri": f"/rest/backups/{name}"}, **more)


def content(text: str = CONTENT, **headers: str) -> Answer:
    return Answer(200, text, {"Content-Type": "application/octet-stream", **headers})


def bring_about(one: ScriptedAppliance, dry: bool = False, wait: bool = True, **desired: t.Any) -> RunResult:
    params = {name: option.get("default") for name, option in SPEC.items()}
    return one.bring_about(lambda client: module.make_handler(client, {**params, **desired}), dry=dry, wait=wait)


def writes(one: ScriptedAppliance) -> list[str]:
    return [line for line in one.talk if not line.startswith("GET")]


class TestMaking:
    def test_a_young_enough_one_is_enough(self, appliance: MakeAppliance) -> None:
        """By the appliance's own clock, whatever the one here says."""
        one = appliance(listed(made(11)))
        assert not bring_about(one, max_age="12h").changed and one.talk == ["GET backups"]

    @pytest.mark.parametrize("backups", [[], [made(13)], [made(1, status="FAILED")], [made(1, backupType="UPLOADED")]])
    def test_else_one_is_made(self, appliance: MakeAppliance, backups: list[dict[str, t.Any]]) -> None:
        one = appliance(listed(*backups), TAKEN, done(), listed(made(0, "new")))
        record = bring_about(one, max_age="12h")
        assert record.changed and writes(one) == ["POST backups"] and record.warnings == []
        assert record.resource and record.resource["backup"] == "new"

    def test_without_an_age_every_run_makes_one(self, appliance: MakeAppliance) -> None:
        """One, even if the clock of what is made is a little behind."""
        one = appliance(listed(made(0)), TAKEN, done(), listed(made(0.07, "new")))
        record = bring_about(one)
        assert record.changed and writes(one) == ["POST backups"] and record.warnings == []

    @pytest.mark.parametrize("answer", [Answer(200, {}), Answer(200, made(72))])
    @pytest.mark.parametrize("later", [[made(72)], [], [made(72, "another")], [made(72), made(90, "another")]])
    @pytest.mark.parametrize("max_age", ["1h", None])
    @pytest.mark.parametrize("is_kept", [True, False])
    def test_one_of_before_is_not_taken_for_the_one_that_was_to_be_made(
        self, appliance: MakeAppliance, tmp_path: Path, answer: Answer, later: t.Any, max_age: t.Any, is_kept: bool
    ) -> None:
        """The appliance answers as if it had made one, and has not."""
        one = appliance(listed(made(72)), answer, listed(*later))
        dest = f"{tmp_path}/" if is_kept else None
        error = error_from(lambda: bring_about(one, max_age=max_age, dest=dest))
        assert error.kind == "reply" and "has made a backup" in error.message
        assert ("the newest that it shows is" if later else "it shows none") in error.message
        assert writes(one) == ["POST backups"] and os.listdir(tmp_path) == []

    def test_a_list_that_lags_behind_the_task_is_no_backup(self, appliance: MakeAppliance) -> None:
        error = error_from(
            lambda: bring_about(appliance(listed(made(2)), TAKEN, done(), listed(made(2))), max_age="1h")
        )
        assert error.kind == "reply" and "the newest that it shows is old of 2026-03-14T12:00" in error.message

    def test_check_mode(self, appliance: MakeAppliance) -> None:
        one = appliance(listed(made(13)))
        record = bring_about(one, max_age="12h", dry=True)
        assert record.changed and one.talk == ["GET backups"]
        assert record.plan.before["backup"] == "old" and record.plan.after["backup"] == "a new one"

    def test_one_that_is_being_made_is_waited_for(self, appliance: MakeAppliance) -> None:
        running = made(0, "new", status="IN_PROGRESS", percentComplete=40)
        one = appliance(listed(running), listed(running), listed(made(5, "new")), listed(made(5, "new")))
        record = bring_about(one)
        assert not record.changed and writes(one) == []
        assert record.plan.sentences() == ["wait for the backup that is being made"]

    def test_one_that_fails_while_it_is_waited_for_is_made_anew(self, appliance: MakeAppliance) -> None:
        running, failed = (made(0, "new", status=status) for status in ("IN_PROGRESS", "FAILED"))
        one = appliance(listed(running), listed(failed), TAKEN, done(), listed(made(0, "newer")))
        assert bring_about(one, max_age="1h").changed and writes(one) == ["POST backups"]

    def test_a_failure(self, appliance: MakeAppliance) -> None:
        errors = [{"message": "No space.", "recommendedActions": ["Make some."]}]
        one = appliance(listed(), TAKEN, done(state="Error", taskErrors=errors))
        error = error_from(lambda: bring_about(one))
        assert isinstance(error, JobFailed) and "No space." in str(error) and "Make some." in str(error)

    def test_an_answer_that_is_lost(self, appliance: MakeAppliance) -> None:
        """A backup may take longer than one answer: it is looked for, not made twice."""
        running = made(0, "new", status="IN_PROGRESS")
        fresh = made(0, "new")
        one = appliance(listed(made(13)), NoAnswer(), collection(), listed(running), listed(fresh), listed(fresh))
        record = bring_about(one, max_age="12h")
        assert record.changed is True and writes(one) == ["POST backups"]

    def test_not_waiting(self, appliance: MakeAppliance) -> None:
        one = appliance(listed(), TAKEN)
        record = bring_about(one, wait=False)
        assert record.changed and record.resource is None and [job.id for job in record.jobs] == [TASK]


class TestDownloading:
    def test_by_the_uri_that_the_backup_tells(self, appliance: MakeAppliance, tmp_path: Path) -> None:
        young = listed(made(1))
        one = appliance(young, content(), young)
        record = bring_about(one, max_age="12h", dest=str(tmp_path))
        path = tmp_path / "old.bkp"
        assert one.talk == ["GET backups", "GET backups/archive/old", "GET backups"]
        assert path.read_text() == CONTENT and record.changed and record.warnings == []
        assert record.resource and record.resource["file"] == {"path": str(path), "size": 7000, "sha256": SHA256}
        assert (tmp_path / "old.bkp.sha256").read_text() == f"{SHA256}  old.bkp\n"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_mtime == (NOW - timedelta(hours=1)).timestamp()
        assert sorted(os.listdir(tmp_path)) == ["old.bkp", "old.bkp.sha256"]

    def test_a_second_run_writes_nothing(self, appliance: MakeAppliance, tmp_path: Path) -> None:
        young = listed(made(1))
        bring_about(appliance(young, content(), young), max_age="12h", dest=str(tmp_path / "file"))
        before = (tmp_path / "file").stat()
        one = appliance(young)
        record = bring_about(one, max_age="12h", dest=str(tmp_path / "file"))
        assert not record.changed and one.talk == ["GET backups"] and (tmp_path / "file").stat() == before
        assert record.resource and record.resource["file"]["sha256"] == SHA256

    @pytest.mark.parametrize("harm", ["content", "sha256", "time"])
    def test_a_file_that_is_not_the_same_any_more(self, appliance: MakeAppliance, tmp_path: Path, harm: str) -> None:
        young, dest = listed(made(1)), tmp_path / "file"
        bring_about(appliance(young, content(), young), max_age="12h", dest=str(dest))
        if harm == "content":
            time = dest.stat().st_mtime
            dest.write_text("backup?" * 1000)
            os.utime(dest, (time, time))
        elif harm == "sha256":
            (tmp_path / "file.sha256").unlink()
        else:
            os.utime(dest)
        assert bring_about(appliance(young, content(), young), max_age="12h", dest=str(dest)).changed
        assert dest.read_text() == CONTENT

    def test_a_new_backup_is_made_first_and_then_downloaded(self, appliance: MakeAppliance, tmp_path: Path) -> None:
        fresh = listed(made(0, "new"))
        one = appliance(listed(made(13)), TAKEN, done(), fresh, content(), fresh)
        record = bring_about(one, max_age="12h", dest=f"{tmp_path}/")
        assert one.talk[4] == "GET backups/archive/new" and (tmp_path / "new.bkp").exists()
        assert record.completed_steps == [
            f"make a backup of {one.client.endpoint.host}",
            f"download the backup to {tmp_path}/new.bkp",
        ]

    @pytest.mark.parametrize("wait", [True, False])
    def test_one_that_is_being_made_is_downloaded_then(
        self, appliance: MakeAppliance, tmp_path: Path, wait: bool
    ) -> None:
        """What is planned before is what is done, also without waiting: there is nothing to download earlier."""
        running, whole = made(0, "new", status="IN_PROGRESS"), listed(made(0, "new"))
        steps = ["wait for the backup that is being made", f"download the backup to {tmp_path}/new.bkp"]
        planned = bring_about(appliance(listed(running)), dest=str(tmp_path), dry=True, wait=wait)
        assert planned.changed and planned.plan.sentences() == steps
        assert planned.plan.after == {**planned.plan.before, "dest": f"downloaded to {tmp_path}/new.bkp"}
        one = appliance(listed(running), whole, content(), whole)
        record = bring_about(one, dest=str(tmp_path), wait=wait)
        assert record.changed and record.plan == planned.plan and (tmp_path / "new.bkp").read_text() == CONTENT
        assert record.resource and record.resource["file"]["path"] == f"{tmp_path}/new.bkp"

    def test_without_waiting_the_file_is_told(self, appliance: MakeAppliance, tmp_path: Path) -> None:
        fresh = listed(made(0, "new"))
        record = bring_about(
            appliance(listed(), TAKEN, done(), fresh, content(), fresh), dest=str(tmp_path), wait=False
        )
        assert record.resource and record.resource["file"]["sha256"] == SHA256

    def test_check_mode(self, appliance: MakeAppliance, tmp_path: Path) -> None:
        one = appliance(listed(made(1)))
        record = bring_about(one, max_age="12h", dest=str(tmp_path), dry=True)
        assert record.changed and record.plan.sentences() == [f"download the backup to {tmp_path}/old.bkp"]
        assert os.listdir(tmp_path) == [] and one.talk == ["GET backups"]

    def test_names_stay_in_their_folder(self, tmp_path: Path) -> None:
        assert BackupFile(str(tmp_path), "../../etc/passwd").path == f"{tmp_path}/_.._etc_passwd.bkp"

    @pytest.mark.parametrize(
        "answer, kind",
        [
            (content(**{"Content-Length": "9000", "Connection": "close"}), ResponseLost),
            (content(""), ResponseLost),
            (Answer(200, "<html>", {"Content-Type": "text/html; charset=utf-8"}), UnexpectedResponse),
            (refused(404, "GONE", "There is none."), None),
        ],
    )
    def test_nothing_half(
        self, appliance: MakeAppliance, tmp_path: Path, answer: Answer, kind: type[Exception] | None
    ) -> None:
        """What was there stays, whatever comes."""
        (tmp_path / "file").write_text("of yesterday")
        one = appliance(listed(made(1)), *[answer, listed(made(1))] * 3)
        error = error_from(lambda: bring_about(one, max_age="12h", dest=str(tmp_path / "file")))
        assert kind is None or isinstance(error, kind)
        assert os.listdir(tmp_path) == ["file"] and (tmp_path / "file").read_text() == "of yesterday"

    def test_a_download_that_breaks_off_is_begun_again(self, appliance: MakeAppliance, tmp_path: Path) -> None:
        young = listed(made(1))
        broken = content(**{"Content-Length": "9000", "Connection": "close"})
        bring_about(appliance(young, broken, young, content(), young), max_age="12h", dest=str(tmp_path))
        assert (tmp_path / "old.bkp").read_text() == CONTENT

    def test_a_signal_leaves_nothing_behind(self, tmp_path: Path) -> None:
        def pieces() -> t.Iterator[bytes]:
            yield b"some"
            raise Interrupted(15)

        with pytest.raises(Interrupted):
            BackupFile(str(tmp_path), "b").write(pieces(), None, NOW)
        assert os.listdir(tmp_path) == []

    def test_without_a_folder_nothing_is_made(self, appliance: MakeAppliance, tmp_path: Path) -> None:
        one = appliance(listed())
        error = error_from(lambda: bring_about(one, dest=str(tmp_path / "no" / "file")))
        assert "there is no folder" in str(error) and writes(one) == []
        record = bring_about(appliance(listed()), dest=str(tmp_path / "no" / "file"), dry=True)
        assert "there is no folder" in record.warnings[0]
        record = bring_about(appliance(listed(made(72))), dest=f"{tmp_path}/no/", dry=True)
        assert record.warnings == [f"dest {tmp_path}/no/ cannot be written: there is no folder {tmp_path}/no."]

    def test_in_the_first_versions_a_backup_is_what_its_own_uri_answers(
        self, appliance: MakeAppliance, tmp_path: Path
    ) -> None:
        young = listed(made(1, downloadUri=None))
        one = appliance(young, content(), young)
        bring_about(one, max_age="12h", dest=str(tmp_path))
        assert one.talk[1] == "GET backups/old" and (tmp_path / "old.bkp").read_text() == CONTENT


@pytest.mark.parametrize("text, minutes", [("90m", 90), ("1.5 h", 90), ("2d", 2880), (" 0m ", 0)])
def test_durations(text: str, minutes: int) -> None:
    assert duration(text, "max_age") == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "5", "h", "-1h", "5 weeks", "1h30m"])
def test_what_is_no_duration(text: str) -> None:
    assert "max_age takes a number and one of m, h and d" in str(error_from(lambda: duration(text, "max_age")))
