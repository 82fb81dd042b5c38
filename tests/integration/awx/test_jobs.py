# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks that the job templates name, run as AWX runs them."""

from __future__ import annotations

from pathlib import Path

import yaml

from jobwise_emulator.process import Emulator
from tests.playbook import sign_command

from ..test_keywords import wait_until
from .as_awx import Awx, Job
from .conftest import BACKUP, NEW_USER, SECRETS, login
from .setup import EXTENSION, playbooks

TOGETHER = [name for name in playbooks() if not name.endswith("migration.yml")]
"""Playbooks that one job runs one after the other here: starting Ansible takes longer than each of them."""
ANSWERS = {
    "array": "array01",
    "application": "crm",
    "volumes": 2,
    "size": "20GiB",
    "host_group": "cluster",
    "policy": "",
    "remove_unlisted": "false",
}
WITHOUT_TRACE = ("login-sessions", "login_session", "logout")


def writes(*emulators: Emulator) -> list[str]:
    return [
        f"{one['method']} {one['path']}"
        for emulator in emulators
        for one in emulator.requests()["requests"]
        if one["method"] != "GET" and not one["path"].endswith(WITHOUT_TRACE)
    ]


def no_secrets(job: Job) -> None:
    text = job.text()
    assert len(text) > 1000 and [secret for secret in SECRETS if secret in text] == []


def test_every_template_has_its_playbook() -> None:
    objects = yaml.safe_load((EXTENSION / "job_templates.yml").read_text(encoding="utf-8"))
    assert {one["playbook"] for one in objects["awx_job_templates"]} == set(playbooks())


def test_all_playbooks_check_run_and_run_again(
    awx: Awx, emulator: Emulator, peer: Emulator, oneview: Emulator, deploy: Emulator, tmp_path: Path
) -> None:
    everything = (emulator, peer, oneview, deploy)
    emulator.change("host_group", create={"name": "cluster"})
    awx.credentials = {
        **awx.credentials,
        "powerstore_peer": login(peer),
        "oneview": login(oneview),
        "ontap_select": login(deploy),
        "passwords": {"new_user": NEW_USER, "backup": BACKUP},
    }
    plays = "".join(f"- ansible.builtin.import_playbook: {name}\n" for name in TOGETHER)
    (awx.project / "everything.yml").write_text(plays, encoding="utf-8")
    (tmp_path / "backups").mkdir()
    variables = {
        "backup_folder": str(tmp_path / "backups"),
        "certificate_folder": str(tmp_path / "certificates"),
        "certificate_sign_command": ["/usr/bin/env", *sign_command()[1:]],
        "certificate_issuer": "throw-away CA",
    }

    def job(*arguments: str) -> Job:
        done = awx.run("everything.yml", *arguments, variables=variables, answers=ANSWERS)
        assert done.status == "successful", done.output
        no_secrets(done)
        assert not any(one.sessions()["open"] for one in everything)
        return done

    checked = job("--check", "--diff", "-vvv")
    assert writes(*everything) == []
    planned = checked.given()["drifted_arrays"]
    assert set(planned) == {"array01", "array02"}
    done = job("-vvv")
    assert done.given()["drifted_arrays"] == planned
    assert set(done.given()["provisioned_volumes"]) == {"crm-1", "crm-2"}
    count = len(writes(*everything))
    again = job()
    assert again.totals("changed") == {} and len(writes(*everything)) == count, again.output
    assert len(list((tmp_path / "backups").iterdir())) == 3  # OneView's with its checksum, and Deploy's


def test_drift_makes_each_slice_fail_that_has_it(awx: Awx, emulator: Emulator, peer: Emulator) -> None:
    """AWX runs a sliced template as several jobs, each with every N-th array."""
    found: list[Job] = []
    for number in (1, 2):
        job = awx.run(
            "playbooks/powerstore_apply.yml",
            *("--check", "--diff", "--forks", "5"),
            variables={"fail_on_drift": True},
            part=(number, 2),
        )
        found.append(job)
        assert job.status == "failed" and set(job.totals("failures")) == {f"array0{number}"}, job.output
    assert writes(emulator, peer) == []
    assert [list(job.given()["drifted_arrays"]) for job in found] == [["array01"], ["array02"]]
    assert "+ name: erp-data" in found[0].output.replace("+    ", "+ ") or "erp-data" in found[0].output


def test_a_limit_and_tags_choose_and_tasks_see_results_that_awx_drops(
    awx: Awx, emulator: Emulator, peer: Emulator
) -> None:
    awx.largest_event = 100
    job = awx.run("playbooks/test_logins.yml", "--limit", "array02", "--tags", "powerstore")
    assert job.status == "successful" and "array02 is cluster west" in job.output, job.output
    assert job.result("Read the name of the cluster") == {}
    assert emulator.requests()["requests"] == [] and len(peer.requests()["requests"]) > 1


def test_a_cancelled_job_writes_no_more_and_the_next_one_continues(awx: Awx, emulator: Emulator) -> None:
    arguments = ("playbooks/powerstore_apply.yml", "--limit", "array01")
    emulator.fault("job_slow", "POST", "volume", seconds=3, times=0)
    cancelled = awx.cancelled(*arguments, until=lambda: wait_until(lambda: "POST /api/rest/volume" in writes(emulator)))
    assert cancelled.status == "canceled", cancelled.output
    wait_until(lambda: not emulator.sessions()["open"], "the worker goes on")
    sent = writes(emulator)
    done = awx.run(*arguments)
    assert done.status == "successful", done.output
    everything = writes(emulator)
    assert everything[: len(sent)] == sent and len(set(everything)) == len(everything) - 1, "two volumes, nothing twice"


def test_a_migration_as_a_workflow(awx: Awx, emulator: Emulator) -> None:
    answers = {"array": "array01", "remote_system": "unity1", "volumes": "lun01\nlun02\n"}
    playbook = "playbooks/powerstore_migration.yml"
    copied = awx.run(playbook, answers=answers)
    assert copied.status == "successful", copied.output
    given = copied.given()
    assert sorted(given["copied_volumes"]) == ["lun01", "lun02"]
    # AWX hands the answers of the workflow's survey to each node, and what earlier nodes have given.
    cut = awx.run(playbook, variables={"powerstore_migration_approved": True, **given}, answers=answers)
    assert cut.status == "successful", cut.output
    states = {name: one["state"] for name, one in cut.given()["migration_states"].items()}
    assert states == dict.fromkeys(("lun01", "lun02"), "Import_Completed")


def test_wrong_answers_are_named_before_anything_is_sent(awx: Awx, emulator: Emulator) -> None:
    """A host pattern that matches nothing would be a warning, and the job successful."""
    job = awx.run("playbooks/powerstore_provision.yml", answers={**ANSWERS, "array": "array03"})
    assert job.status == "failed" and "must have the array 'array03'" in job.output, job.output
    assert emulator.requests()["requests"] == []
