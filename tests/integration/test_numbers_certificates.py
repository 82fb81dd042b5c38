# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What certificates cost the array."""

from __future__ import annotations

import json
import typing as t
from collections import Counter
from pathlib import Path

import pytest

from jobwise_emulator.authority import Authority
from jobwise_emulator.process import Emulator
from tests.playbook import ROOT, sign_command

from .conftest import Player, writes
from .counting import Counting, count

LOOK = Counter({"GET x509_certificate": 1, "POST logout": 1})
WRITE = LOOK + Counter({"GET x509_certificate": 2, "job look-up": 1, "POST x509_certificate": 1})


def written(counting: Counting, player: Player, route: str, module: str, options: dict[str, t.Any]) -> Counter[str]:
    """Return the requests of a task that writes, without how often it looks at its job."""
    talk = count(counting, player, route, f"jobwise.appliance.{module}", options)
    assert talk.pop("job read") >= 1
    return talk


def test_import_then_converged_then_changed(newest: Player, route: str) -> None:
    issued = Authority().issue("syslog.example.com")
    certificate = {"service": "Syslog_HTTP", "type": "Client", "certificate": issued.certificate}
    key = {"private_key": issued.private_key, "passphrase": issued.passphrase}
    counting = Counting(newest.emulator)
    assert written(counting, newest, route, "x509_certificate", {**certificate, **key}) == WRITE
    for again in ({**certificate, **key}, certificate):
        assert count(counting, newest, route, "jobwise.appliance.x509_certificate", again) == LOOK
    changed = written(counting, newest, route, "x509_certificate", {**certificate, "is_current": False})
    assert changed == WRITE - Counter(["POST x509_certificate"]) + Counter(["PATCH x509_certificate"])


def test_request_then_kept_then_lost(newest: Player, route: str, tmp_path: Path) -> None:
    module, dest = "x509_certificate_request", tmp_path / "array.csr"
    options = {"service": "VASA_HTTP", "common_name": "array.example.com", "dest": str(dest)}
    counting = Counting(newest.emulator)
    checked = count(counting, newest, route, f"jobwise.appliance.{module}", options, "--check")
    assert checked == LOOK and not dest.exists()
    assert written(counting, newest, route, module, options) == WRITE
    assert count(counting, newest, route, f"jobwise.appliance.{module}", options) == LOOK
    dest.unlink()
    lost = count(counting, newest, route, f"jobwise.appliance.{module}", options)
    assert lost == LOOK + Counter({"GET x509_certificate": 1, "job look-up": 1})


@pytest.mark.parametrize("asked", [True, False])
def test_exchange_then_converged(newest: Player, peer: Emulator, route: str, asked: bool) -> None:
    """Asking the peer costs one session there, with two reads; the global ids cost one read here."""
    options = {"peer_address": peer.host, "peer_port": peer.port, "peer_username": "admin"}
    options.update(peer_password="Password123!", peer_ca_path=str(peer.ca_path))
    if not asked:
        options["peer_global_id"] = "PSwest"
    look = LOOK + Counter({"GET cluster": 1} if asked else {})
    here, there = Counting(newest.emulator), Counting(peer)
    done = written(here, newest, route, "x509_certificate_exchange", options)
    assert done == WRITE + Counter({"GET cluster": 3} if asked else {})
    assert there.talk().requests == (look + look + look if asked else Counter())
    assert count(here, newest, route, "jobwise.appliance.x509_certificate_exchange", options) == look
    talk = there.talk()
    assert talk.requests == (look if asked else Counter()) and talk.logins == talk.logouts == int(asked)


def test_reset_when_called_for(newest: Player, route: str) -> None:
    counting = Counting(newest.emulator)
    options = {"service": "VASA_HTTP"}
    assert written(counting, newest, route, "x509_certificate_reset", options) == WRITE
    lasting = {**options, "only_if_expires_within_days": 30}
    assert count(counting, newest, route, "jobwise.appliance.x509_certificate_reset", lasting) == LOOK


def test_the_circle_of_the_playbook(player: Player, tmp_path: Path) -> None:
    """From the request to the answer in use; the second run changes nothing, and a check run writes nothing."""
    variables = json.dumps({"certificates": str(tmp_path / "pki"), "sign_command": sign_command()})
    command = player.command(ROOT / "playbooks" / "certificate_circle.yml", "-e", variables)
    checked = player.run([*command, "--check"], player.environment)
    assert checked.returncode == 0, checked.output
    assert writes(player.emulator) == [] and not (tmp_path / "pki").exists()
    first = player.run(command, player.environment)
    assert first.returncode == 0, first.output
    assert "changed=4" in first.output and "The certificate is valid for 89 days" in first.output
    assert [one["method"] for one in writes(player.emulator)] == ["POST", "PATCH"]
    for arguments in ([], ["--check"]):
        again = player.run([*command, *arguments], player.environment)
        assert again.returncode == 0 and "changed=0" in again.output, again.output
    assert not player.emulator.sessions()["open"]
