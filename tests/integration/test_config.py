# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documents in a playbook: what an interrupt leaves behind, what Ansible shows of a document, and its progress.

The target powerstore_config plays what documents say; tests/faults/powerstore/test_config.py has their faults.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import typing as t

from .conftest import Player, writes
from .test_keywords import wait_until

MODULE = "jobwise.appliance.powerstore_config"
SECRET = "Ultra-S3cret!"


def document(count: int) -> dict[str, t.Any]:
    return {"volume": [{"name": f"doc{number:02}", "size": "1 GiB"} for number in range(count)]}


def test_an_interrupted_document_is_taken_up_again(newest: Player) -> None:
    """Ctrl-C reaches the whole process group. No thread sends anything afterwards, and the session is closed. The last
    line says what the array continues, though Ansible itself shows no line of a worker any more."""
    emulator = newest.emulator
    emulator.fault("job_slow", "POST", "volume", seconds=4, times=5)
    playbook = newest.write([{"name": "it", MODULE: {"config": document(12), "parallel": 5}}])
    process = subprocess.Popen(
        newest.command(playbook),
        env=newest.environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_until(lambda: len(writes(emulator)) == 5)
    os.killpg(process.pid, signal.SIGINT)
    errors = process.communicate(timeout=30)[1]
    wait_until(lambda: not emulator.sessions()["open"])
    assert "Interrupted: 0 of 12 items done. The appliance continues 5 jobs: create volume doc0" in errors, errors
    assert len(writes(emulator)) == 5
    run = newest.play([{"name": "it", MODULE: {"config": document(12)}}])
    result = run.result("it")
    adopted = [job["adopted"] for row in result["results"] for job in row["jobs"]]
    assert result["counts"]["changed"] + result["counts"]["ok"] == 12 and adopted.count(True) <= 5, run.output
    assert len(writes(emulator)) == 12, "nothing was made twice"


def test_what_is_shown_of_a_document(newest: Player) -> None:
    """The invocation has the number of items only, both ways; a long run shows how far it is."""
    newest.emulator.fault("job_slow", "POST", "local_user", seconds=3.6)
    users = [{"name": "kim", "role": "Operator", "user_password": SECRET}]
    wrong = [{"name": "kim", "role": "Operator", "user_password": SECRET, "rolle": "x"}]
    tasks: list[dict[str, t.Any]] = [
        {"name": "here", MODULE: {"config": {"local_user": users}}},
        {"name": "there", MODULE: {"config": {"local_user": users}}, "vars": {"jobwise_run_in": "target"}},
        {"name": "wrong", MODULE: {"config": {"local_user": wrong}, "paralel": 3}, "ignore_errors": True},
        {
            "name": "wrong there",
            MODULE: {"config": {"local_user": wrong}},
            "vars": {"jobwise_run_in": "target"},
            "ignore_errors": True,
        },
    ]
    run = newest.play(tasks, "auto", "-vvv")
    assert run.returncode == 0, run.output
    assert SECRET not in run.output
    shown = run.output.split("TASK [here]")[1].split("TASK [")[0]
    assert re.search('"?local_user"?: "?1 item"?', shown), shown
    assert "0 of 1, 1 running" in run.output
    assert "Did you mean parallel?" in run.result("wrong")["msg"]
    assert "Did you mean role?" in run.result("wrong there")["msg"]
