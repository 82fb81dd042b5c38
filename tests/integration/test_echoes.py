# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A gateway that sends requests back, head and body: none of the secrets in them is in anything that a person sees, nor
in a recording that somebody sends in.
"""

from __future__ import annotations

import base64
import json
import typing as t
from pathlib import Path

import pytest

from jobwise_emulator.authority import Authority
from tests.playbook import PASSWORD, USER

from .conftest import Player

pytestmark = pytest.mark.parametrize("platform", ["powerstore", "oneview", "ontap_select"])

ODD = 'Qu"ot\\S/3cret!\u00e979'
PLAIN = "Pl4in-s3cret"
LEAF = Authority("Example CA").issue("syslog.example.com")
KEY_LINES = [line for line in LEAF.private_key.splitlines() if not line.startswith("-----")]


def tasks(platform: str, key: Path) -> list[dict[str, t.Any]]:
    """Return writes that carry secrets."""
    if platform == "oneview":
        return [
            {
                "jobwise.appliance.oneview_user": {
                    "name": "eve",
                    "user_password": PLAIN,
                    "roles": [{"role": "Read only"}],
                }
            }
        ]
    if platform == "ontap_select":
        credential = {"hostname": "vc.example.com", "user": "eve", "user_password": ODD}
        return [{"jobwise.appliance.ontap_select_credential": credential}]
    certificate = {"service": "Syslog_HTTP", "type": "Client", "certificate": LEAF.certificate}
    certificate["passphrase"] = LEAF.passphrase
    return [
        {"jobwise.appliance.local_user": {"name": "eve", "user_password": ODD, "role": "Operator"}},
        {"jobwise.appliance.x509_certificate": {**certificate, "private_key": LEAF.private_key}},
        {"jobwise.appliance.x509_certificate": {**certificate, "private_key_path": str(key)}},
    ]


def leaks(player: Player, output: str) -> list[str]:
    """Return what of all secrets can be found in what a person sees, what a callback gets, and in the recording."""
    sent = [ODD, json.dumps(ODD)[1:-1], json.dumps(json.dumps(ODD))[1:-1], PLAIN, PASSWORD, LEAF.passphrase, *KEY_LINES]
    sent.append(base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    recording = recording_of(player)
    lines = recording.read_text(encoding="utf-8").splitlines()
    echoes = [one for one in map(json.loads, lines) if one.get("status") == 422]
    assert echoes and recording.stat().st_mode & 0o777 == 0o600
    seen = "\n".join([output, player.results.read_text(encoding="utf-8"), *lines])
    marks = ["auth_cookie=ey", "Qu\\", "3cret!"]
    return [secret for secret in [*sent, *marks] if secret in seen]


def recording_of(player: Player) -> Path:
    """Return the file to which the tasks record."""
    return player.folder / "exchanges.jsonl"


def play(player: Player, route: str, platform: str, tmp_path: Path, **fault: t.Any) -> str:
    """Play the writes with a gateway that sends them back; return what a person sees."""
    key = tmp_path / "key.pem"
    key.write_text(LEAF.private_key, encoding="utf-8")
    player.emulator.fault("echo", **fault)
    named = [{"name": f"it {number}", **one, "ignore_errors": True} for number, one in enumerate(tasks(platform, key))]
    run = player.play(named, route, "-vvv", env={"JOBWISE_RECORD": str(recording_of(player))})
    echoes = [row for row in run.rows if "/" in row["result"].get("msg", "") and "HTTP 4" in row["result"]["msg"]]
    assert len(echoes) == len(named), run.output
    return run.output


@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_a_write_that_comes_back(newest: Player, route: str, platform: str, tmp_path: Path, kind: str) -> None:
    path = {"oneview": "users", "ontap_select": "*credentials*", "powerstore": "[lx]*"}[platform]
    output = play(newest, route, platform, tmp_path, method="POST", path=path, times=0, content_type=kind)
    assert "********" in output
    assert leaks(newest, output) == []


def test_a_read_that_comes_back(newest: Player, route: str, platform: str, tmp_path: Path) -> None:
    """Its head holds the login or the session."""
    path = {"oneview": "users*", "ontap_select": "*credentials*", "powerstore": "[lx]*"}[platform]
    output = play(newest, route, platform, tmp_path, method="GET", path=path, times=0)
    session = {"oneview": "auth: ********", "ontap_select": "authorization: Basic ********"}
    assert session.get(platform, "authorization: Basic ********") in output
    assert leaks(newest, output) == []
