# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays awx_setup.yml against the stand-in for AWX.

Usage: python -m tests.integration.awx.setup. Writes what AWX receives into received.jsonl, which a test compares.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import typing as t
from pathlib import Path

from tests.playbook import ROOT, ansible_environment

from .environment import awx_bin
from .fake_awx import FakeAwx

EXTENSION = ROOT / "extensions" / "awx"
PROJECT = EXTENSION / "project"
RECORD = Path(__file__).with_name("received.jsonl")
PLAYBOOK = "jobwise.appliance.awx_setup"
VARIABLES = {
    "awx_project_url": "https://git.example.com/storage/appliances.git",
    "awx_execution_environment_image": "registry.example.com/appliances:1.0.0",
    "awx_job_slices": 3,
    "awx_notification": {
        "name": "Storage team",
        "notification_type": "webhook",
        "notification_configuration": {
            "url": "https://chat.example.com/hooks/storage",
            "http_method": "POST",
            "headers": {},
            "username": "",
            "password": "",
            "disable_ssl_verification": False,
        },
    },
}


def playbooks() -> list[str]:
    """Return the playbooks that AWX finds in the project."""
    return [path.relative_to(PROJECT).as_posix() for path in sorted((PROJECT / "playbooks").glob("*.yml"))]


def play(url: str, folder: Path, variables: t.Mapping[str, t.Any]) -> subprocess.CompletedProcess[str]:
    """Play the setup as a person does, outside of the checkout."""
    bin_dir = awx_bin()
    environment = ansible_environment(
        CONTROLLER_HOST=url, CONTROLLER_USERNAME="admin", CONTROLLER_PASSWORD="Password1!"
    )
    command = [str(bin_dir / "ansible-playbook"), PLAYBOOK, "-e", json.dumps(variables)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def lines(awx: FakeAwx) -> list[str]:
    """Return what was received, one line a request. awx.awx attaches the credentials of a template in any order."""
    attached = [one for one in awx.received if one["request"].endswith("/credentials")]
    attached.sort(key=lambda one: (one["request"], one["body"]["id"]))
    others = [one for one in awx.received if not one["request"].endswith("/credentials")]
    return [json.dumps(one, sort_keys=True) for one in (*others, *attached)]


def main() -> None:
    with tempfile.TemporaryDirectory() as name, FakeAwx(playbooks()) as awx:
        done = play(awx.url, Path(name), VARIABLES)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        RECORD.write_text("".join(f"{line}\n" for line in lines(awx)), encoding="utf-8")


if __name__ == "__main__":
    main()
