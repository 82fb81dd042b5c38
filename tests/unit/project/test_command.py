# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Commands that the steps of a run call: none outlives its limit."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.run import command
from tests.run.command import Failed, chosen, run

PARENT = 'sh -c "$1" "$0" & wait'
DEAF = 'trap "" TERM; echo $$ > "$0"; sleep 60'


def test_a_failure_names_the_command() -> None:
    with pytest.raises(Failed, match=r"sh -c exit 3 \.\.\. ended with 3"):
        run("sh", "-c", "exit 3")


def test_the_environment_has_more(tmp_path: Path) -> None:
    run("sh", "-c", 'echo "$MORE" > "$0"', tmp_path / "more", limit=20, MORE="and more")
    assert (tmp_path / "more").read_text(encoding="utf-8") == "and more\n"


def test_after_its_limit_nothing_of_a_command_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a child that does not hear the signal."""
    monkeypatch.setattr(command, "PATIENCE", 0.2)
    number = tmp_path / "number"
    with pytest.raises(Failed, match="has not ended after 1 s"):
        run("sh", "-c", PARENT, number, DEAF, limit=1)
    child = int(number.read_text(encoding="utf-8"))
    with pytest.raises(ProcessLookupError):
        for dummy in range(200):  # whoever inherits it has to notice its end
            os.kill(child, 0)
            time.sleep(0.05)


def test_what_a_variable_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME", "b")
    assert chosen("SOME", ["a", "b"]) == ["b"]
    monkeypatch.setenv("SOME", "")
    assert chosen("SOME", ["a", "b"]) == ["a", "b"]
