# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recordings of tasks are replayed: all is alike if the emulator was the appliance, and what another one does shows."""

from __future__ import annotations

import argparse
import asyncio
import datetime
import itertools
import json
import typing as t
from pathlib import Path

import pytest

from jobwise_emulator import options
from jobwise_emulator.replay import command
from jobwise_emulator.replay.recording import exchanges_of
from tests.faults.cuts.actor import Actor
from tests.faults.cuts.appliance import Json, LocalAppliance
from tests.faults.properties.test_twins import file_of

SECRETS = ("Sup3r!secret1", "Chap-s3cret-pw", "Vc-s3cret!pw")
CHAP = {"chap_single_username": "chap", "chap_single_password": SECRETS[1]}
TASKS: dict[str, list[tuple[str, Json]]] = {
    "powerstore": [
        ("local_user", {"name": "eve", "role": "Operator", "user_password": SECRETS[0]}),
        ("local_user", {"name": "helpdesk", "is_locked": True}),
        (
            "powerstore_config",
            {
                "config": {
                    "host": [
                        {
                            "name": "new01",
                            "os_type": "Linux",
                            "initiators": [
                                {"port_name": "iqn.2026-01.com.example:new01", "port_type": "iSCSI", **CHAP}
                            ],
                        }
                    ],
                    "volume": [
                        {"name": "new-data", "size": "10 GiB", "mapped_hosts": [{"host": "new01"}]},
                        {"name": "web01", "size": "60 GiB"},
                    ],
                    "volume_group": [{"name": "new", "volumes": ["new-data", "web02"], "protection_policy": "gold"}],
                }
            },
        ),
        ("volume_group_snapshot", {"volume_group": "new", "name": "before"}),
        ("volume", {"name": "web01", "size": "1 GiB"}),  # refused
        ("powerstore_info", {"type": "volume", "select": ["name", "size", "wwn"]}),
        ("volume", {"name": "scratch01", "state": "absent"}),
    ],
    "oneview": [
        ("oneview_user", {"name": "eve", "user_password": SECRETS[0], "roles": [{"role": "Read only"}]}),
        ("oneview_ethernet_network", {"name": "prod-200", "vlan_id": 200}),
        ("oneview_ethernet_network", {"name": "prod-101", "state": "absent"}),
    ],
    "ontap_select": [
        ("ontap_select_credential", {"hostname": "vc.example.com", "user": "eve", "user_password": SECRETS[2]}),
        ("ontap_select_info", {"type": "hosts"}),
    ],
}


def record(actor: Actor, file: Path) -> None:
    """Perform the tasks of a platform while they are recorded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOBWISE_RECORD", str(file))
        for module, given in TASKS[actor.appliance.name]:
            actor.perform(module, given)


def replay(file: Path, *arguments: str) -> command.Outcome:
    """Replay a recording."""
    parser = argparse.ArgumentParser()
    options.add_world(parser)
    return asyncio.run(command.replayed(exchanges_of(file), parser.parse_args(arguments)))


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Recordings of all platforms, and the document of the array before the tasks."""
    folder = tmp_path_factory.mktemp("recordings")
    files: dict[str, Path] = {}
    for platform in TASKS:
        with LocalAppliance(platform) as appliance:
            actor = Actor(appliance)
            files[platform] = folder / f"{platform}.jsonl"
            if platform == "powerstore":
                files["document"] = folder / "array.yml"
                files["document"].write_text(file_of(actor.succeed("powerstore_config", {"state": "gathered"})))
            record(actor, files[platform])
    return files


@pytest.mark.parametrize("platform", TASKS)
def test_the_emulator_is_like_itself(recorded: dict[str, Path], platform: str) -> None:
    file = recorded[platform]
    outcome = replay(file)
    assert outcome.found == {}, outcome.as_text()
    assert outcome.alike == len(file.read_text(encoding="utf-8").splitlines()) and not outcome.left_out
    methods = {one.method for one in exchanges_of(file)}
    assert {"GET", "POST"} <= methods
    text = file.read_text(encoding="utf-8")
    assert [
        secret
        for secret in (
            *SECRETS,
            "Password123!",
        )
        if secret in text
    ] == []


@pytest.mark.parametrize("platform", TASKS)
def test_time_passes_between_the_requests(recorded: dict[str, Path], platform: str) -> None:
    """A job that is over moves the emulator's clock far ahead, which must not end the session."""
    begin = datetime.datetime(2026, 1, 31, 6, 0)
    seconds = itertools.count()

    def a_second_later(entry: Json) -> None:
        entry["time"] = f"{begin + datetime.timedelta(seconds=next(seconds)):%Y-%m-%dT%H:%M:%SZ}"

    outcome = replay(changed(recorded[platform], a_second_later))
    assert outcome.found == {}, outcome.as_text()


def test_a_twin_has_other_ids(recorded: dict[str, Path]) -> None:
    outcome = replay(recorded["powerstore"], "--seed", str(recorded["document"]))
    assert outcome.found == {}, outcome.as_text()
    assert outcome.alike > 20


def changed(file: Path, change: t.Callable[[Json], None]) -> Path:
    """Return a recording in which an appliance does something otherwise."""
    entries = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    for entry in entries:
        change(entry)
    other = file.with_name("other.jsonl")
    other.write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    return other


def test_what_an_appliance_does_otherwise_is_shown(
    recorded: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    def otherwise(entry: Json) -> None:
        path, body = entry["path"], entry["response"]
        if entry["method"] == "DELETE":
            entry.update(status=422, response={"messages": [{"code": "0xE0A01"}]})
        elif path == "/api/rest/volume" and entry["method"] == "GET":
            for row in body:
                row.update(is_new=True, **({"size": "7"} if "size" in row else {}))
                row.pop("state", None)
        elif path.startswith("/api/rest/job/") and body.get("state") == "COMPLETED":
            body.update(state="FAILED", phase="Failed")
        elif path.endswith("/logout"):
            entry["status"] = 401

    other = changed(recorded["powerstore"], otherwise)
    assert command.main([str(other)]) == 1
    said = capsys.readouterr().out
    assert "DELETE /api/rest/volume/{id}\n  status: the appliance answered 422 0xE0A01, the emulator 20" in said
    assert "  [].is_new: only on the appliance (line" in said
    assert "  [].state: only on the emulator (line" in said
    assert "  [].size: a text on the appliance, a number on the emulator" in said
    assert "  outcome of a job: failure on the appliance, success on the emulator" in said
    assert "x a refused login or an expired session" in said
    assert command.main([str(other), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert {row["place"] for row in data["differences"]} >= {"status", "[].is_new", "[].state", "[].size"}
    assert data["differing"] > 3 and all(row["lines"] for row in data["differences"])


def test_what_follows_from_a_difference_is_no_difference(recorded: dict[str, Path]) -> None:
    """The emulator refuses a request, as it has no such volume: it knows nothing of the job either."""

    def otherwise(entry: Json) -> None:
        if entry["method"] == "DELETE":
            entry["path"] = "/api/rest/volume/nowhere"

    outcome = replay(changed(recorded["powerstore"], otherwise))
    assert "DELETE /api/rest/volume/{id}" in outcome.found and outcome.left_out[command.FOLLOWS] > 0
    assert not [route for route in outcome.found if "/job" in route]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line 1 of x.jsonl is not JSON"),
        ('{"a": 1}', "is not an exchange that the modules have recorded"),
        ('{"record": 9, "method": "GET", "path": "/"}', "line 1 of x.jsonl has format 9; 1 is known"),
    ],
)
def test_other_files_are_no_recordings(line: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(line, encoding="utf-8")
    assert command.main([str(file)]) == 2
    assert why in capsys.readouterr().err
