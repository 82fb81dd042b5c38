# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A part of the demo: an array becomes code. Commands are shown as a person types them, with what they print."""

from __future__ import annotations

import re
import shlex
import subprocess
import typing as t
from pathlib import Path

from jobwise_emulator.process import Emulator
from tests.playbook import ROOT, run_playbook

DOCUMENT = "array.yml"
NOBODY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Demo"), ("EMAIL", "demo@example.com"))
}
"""Git takes no settings from the person who runs the demo."""
NEW_VOLUME = """\
  - name: reports
    size: 200 GiB
    performance_policy: medium
    mapped_hosts:
      - host: linux01
        logical_unit_number: 20
"""


class Repository:
    """A folder under version control that holds the document of an array. folder: an empty one."""

    def __init__(self, folder: Path, environment: t.Mapping[str, str]) -> None:
        self.folder = folder
        self.document = folder / DOCUMENT
        self.environment = {**environment, **NOBODY, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_PAGER": "cat"}

    def git(self, *arguments: str) -> None:
        """Run git as a person would. Raise CalledProcessError if it fails."""
        print(f"\n$ {shlex.join(['git', *arguments])}", flush=True)
        subprocess.run(["git", *arguments], cwd=self.folder, env=self.environment, check=True)

    def play(self, name: str, *arguments: str) -> None:
        """Play one of the collection's playbooks with the document. Raise CalledProcessError if it fails."""
        command = ["ansible-playbook", f"jobwise.appliance.{name}", "-e", f"document={DOCUMENT}", *arguments]
        print(f"\n$ {shlex.join(command)}", flush=True)
        document = f"document={self.document}"
        run_playbook(
            ROOT / "playbooks" / f"{name}.yml", self.environment, "-e", document, *arguments
        ).check_returncode()


def play(emulator: Emulator, folder: Path, environment: t.Mapping[str, str]) -> int:
    """Play the part; return the status of what failed, or 0."""
    array = Repository(folder, environment)
    try:
        _gather(array)
        _change(array)
        _find_drift(array, emulator)
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


def _gather(array: Repository) -> None:
    print("\n==== 1. Gather the array into a file, and put the file under version control")
    array.play("powerstore_gather")
    array.git("init", "--quiet", "--initial-branch=main")
    array.git("add", DOCUMENT)
    array.git("commit", "--quiet", "-m", "The array as it is")
    array.git("show", "--stat", "--format=%s")


def _change(array: Repository) -> None:
    print("\n==== 2. Change the file: a new volume, and more space for web01. The plan is for the review of the change")
    text = array.document.read_text(encoding="utf-8")
    text = text.replace("  - name: scratch01\n", f"{NEW_VOLUME}  - name: scratch01\n")
    text = re.sub(r"(?m)(?<=- name: web01\n    size: ).*", "2 TiB", text)
    array.document.write_text(text, encoding="utf-8")
    array.git("diff", "--unified=1")
    array.play("powerstore_apply", "--check", "--diff")
    array.git("commit", "--quiet", "--all", "-m", "A volume for reports, and more space for web01")
    print("\n==== 3. Run it after approval. The file and the array then agree, so gathering again changes nothing")
    array.play("powerstore_apply")
    array.play("powerstore_gather")


def _find_drift(array: Repository, emulator: Emulator) -> None:
    print("\n==== 4. Somebody changes the group app01 by hand. The check of the night finds it, and writes nothing")
    emulator.change("volume_group", name="app01", set={"description": "Just a test", "protection_policy_id": None})
    array.play("powerstore_gather", "--check", "--diff")
    print("\n==== 5. Undo it: the file says how it should be")
    array.play("powerstore_apply", "--diff")
