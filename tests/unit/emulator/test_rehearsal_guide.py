# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guide to rehearsals: its seeds start, and it lists what the program has."""

from __future__ import annotations

import argparse
import re
import shlex
import typing as t

import pytest
import yaml

from jobwise_emulator import fault_words, options, starting
from jobwise_emulator.clock import ManualClock
from tests.run.collection import ROOT

GUIDE = (ROOT / "docs" / "rehearsal.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```shell\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]


def section(heading: str) -> list[t.Any]:
    """What the YAML below a heading says."""
    text = GUIDE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]


@pytest.mark.parametrize("platform", ["oneview", "ontap_select"])
def test_a_seed_of_the_guide_starts(platform: str, tmp_path: t.Any) -> None:
    seed = section("Seeds written by hand")[["oneview", "ontap_select"].index(platform)]
    path = tmp_path / "seed.yml"
    path.write_text(yaml.safe_dump(seed), encoding="utf-8")
    given = options.start_parser().parse_args(["--platform", platform, "--seed", str(path), "--username", "me"])
    world: t.Any = vars(starting.create(given, ManualClock()))["world"]
    if platform == "oneview":
        (one,) = list(world.all("network-sets"))
        assert one["name"] == "prod" and len(one["networkUris"]) == 2
        assert {user["userName"] for user in world.all("users")} >= {"kim", "me"}
    else:
        assert [host["name"] for host in world.all("host")] == ["kvm01.example.com"]
        assert len(world.all("license")) == 2 and len(world.all("credential")) == 1


def test_it_lists_every_kind_of_fault() -> None:
    table = GUIDE.partition("| kind | what happens |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE) == list(fault_words.KINDS)


def test_its_starts_and_faults_are_understood() -> None:
    starts = [
        shlex.split(line)[1:] for line in COMMANDS if line.startswith("jobwise-emulator --") and "--help" not in line
    ]
    assert len(starts) >= 4
    for arguments in starts:
        given = options.start_parser().parse_args(arguments)
        assert all(fault_words.order_of(words) for words in given.fault)
    orders = [shlex.split(line)[2:] for line in COMMANDS if line.startswith("jobwise-emulator fault")]
    assert [fault_words.order_of(shlex.join(words))["fault"] for words in orders] == ["job_slow"]
    known = {name for action in options.start_parser()._actions for name in action.option_strings}
    named = set(re.findall(r"`(--[a-z-]+)", GUIDE)) - {"--check", "--diff", "--format"}
    assert named <= known


def test_every_option_is_documented_for_people() -> None:
    parser: argparse.ArgumentParser = options.start_parser()
    assert [action.dest for action in parser._actions if not action.help] == []
