# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The benchmark runs, and writes its page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import xml.etree.ElementTree
from pathlib import Path

from tests.benchmark.goals import goals
from tests.playbook import ROOT


def test_a_few_cells_make_a_page_with_a_table_and_a_plot(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    command = [sys.executable, "-m", "tests.benchmark", "--quick", "--page", str(page)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests' / 'emulator'}"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    text = page.read_text(encoding="utf-8")
    assert "## Groups that are as described, 0 ms added to each request" in text
    document = next(line for line in text.splitlines() if line.startswith("| 3 | document |"))
    assert document.split(" | ")[4:8] == ["2", "1", "1", "0"]  # requests, connections, logins, left open
    picture = xml.etree.ElementTree.parse(tmp_path / "page" / "work0.svg").getroot()
    assert [len(line.get("points", "").split()) for line in picture.iter("{http://www.w3.org/2000/svg}polyline")] == [
        2,
        2,
    ]
    assert json.loads((tmp_path / "page" / "figures.json").read_text(encoding="utf-8"))["machine"]["cores"]


def test_the_goals_are_held_against_what_was_measured() -> None:
    def arrays(document: float) -> dict[str, object]:
        return {"arrays": 100, "items": 20, "rounds": {"debug": [2.0, 2.0, 9.0], "document": [document, document, 9.0]}}

    assert [goal.met for seconds in (3.0, 3.1) for goal in goals({"arrays": arrays(seconds)})] == [True, False]
    assert goals({}) == []
