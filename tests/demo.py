# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Show the collection at work: start an emulated PowerStore, play playbooks against it, sum up, stop it."""

from __future__ import annotations

import dataclasses
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from jobwise_emulator.process import Emulator, ended_by_signals
from tests import demo_as_code
from tests.playbook import ROOT, ansible_environment, connection, run_playbook, sign_command


@dataclasses.dataclass(frozen=True)
class Scene:
    """One playbook of the demo."""

    title: str
    playbook: str
    arguments: tuple[str, ...] = ()


def scenes(folder: Path) -> list[Scene]:
    """Return what is played, in this order. folder: for files that the playbooks write."""
    files = ("-e", json.dumps({"certificates": str(folder), "sign_command": sign_command()}))
    return [
        Scene("A host, volumes and their mappings", "demo_storage.yml"),
        Scene("A volume group", "demo.yml"),
        Scene("A migration from another array", "demo_migration.yml"),
        Scene("A certificate: request, signature, use", "certificate_circle.yml", files),
        Scene("The same again: nothing to do", "certificate_circle.yml", files),
    ]


def main() -> int:
    with ended_by_signals(), Emulator(speed=4) as emulator, tempfile.TemporaryDirectory() as folder:
        print(f"An emulated PowerStore answers at {emulator.url}", flush=True)
        environment = ansible_environment(**connection(emulator), ANSIBLE_FORCE_COLOR=str(sys.stdout.isatty()))
        status = 0
        for scene in scenes(Path(folder)):
            print(f"\n######## {scene.title}   (playbooks/{scene.playbook})", flush=True)
            status = run_playbook(ROOT / "playbooks" / scene.playbook, environment, *scene.arguments).returncode
            if status:
                break
        if not status:
            print("\n######## An array as code", flush=True)
            (Path(folder) / "arrays").mkdir()
            status = demo_as_code.play(emulator, Path(folder) / "arrays", environment)
        summary = sum_up(emulator)
    print(summary)
    return status


def sum_up(emulator: Emulator) -> str:
    """Return what the array saw, in a few lines."""
    seen, sessions = emulator.requests(), emulator.sessions()
    methods = Counter(request["method"] for request in seen["requests"])
    jobs = seen["jobs"]
    reads, writes = methods.pop("GET", 0), sum(methods.values()) - sessions["logouts"]
    lines = [
        "What the array saw",
        f"  requests     {reads} reads, {writes} writes, {sessions['logouts']} logouts",
        f"  connections  {seen['connections']}",
        f"  logins       {sessions['logins']}, sessions left open: {len(sessions['open'])}",
        f"  jobs         {jobs['started']} started, {jobs['completed']} completed, {jobs['failed']} failed",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
