# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook that sets up AWX, played against a stand-in for AWX."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
import yaml

from tests.conftest import whole

from .fake_awx import FakeAwx
from .setup import EXTENSION, RECORD, VARIABLES, lines, play, playbooks


def few() -> dict[str, t.Any]:
    """Return variables that leave one or two objects of each kind, as each takes a second; all of them if asked."""
    types = yaml.safe_load((EXTENSION / "credential_types.yml").read_text(encoding="utf-8"))
    objects = yaml.safe_load((EXTENSION / "job_templates.yml").read_text(encoding="utf-8"))
    templates = [one for one in objects["awx_job_templates"] if one["name"].endswith(("provision", "drift check"))]
    return {
        "awx_credential_types": types["awx_credential_types"][:1],
        "awx_job_templates": templates,
        "awx_schedules": objects["awx_schedules"][:1],
    }


@pytest.mark.sampled
def test_awx_receives_what_is_recorded_and_nothing_the_second_time(tmp_path: Path) -> None:
    with FakeAwx(playbooks()) as awx:
        done = play(awx.url, tmp_path, VARIABLES)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "[WARNING]" not in done.stderr and "[DEPRECATION" not in done.stderr.replace("awx.awx", ""), done.stderr
        recorded = RECORD.read_text(encoding="utf-8").splitlines()
        assert lines(awx) == recorded, "if this is what AWX is to receive: python -m tests.integration.awx.setup"
        awx.received.clear()
        again = play(awx.url, tmp_path, VARIABLES if whole() else {**VARIABLES, **few()})
        assert again.returncode == 0 and "changed=0" in again.stdout, again.stdout + again.stderr
        assert awx.received == []


def test_it_asks_for_the_project(tmp_path: Path) -> None:
    done = play("http://127.0.0.1:1", tmp_path, {})
    assert done.returncode == 2 and "that you have made of extensions/awx/project" in done.stdout, done.stdout


def test_nothing_that_awx_receives_is_a_secret() -> None:
    """Logins are entered in AWX; a setup that sets them would need them in a file."""
    text = RECORD.read_text(encoding="utf-8")
    assert "Password1!" not in text and '"inputs": {"fields"' in text
    assert not any('"POST credentials"' in line and '"inputs"' in line for line in text.splitlines())
