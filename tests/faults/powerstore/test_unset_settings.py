# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Settings that a new array does not show: a task makes them. Values that cannot be undone: a task accepts them."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.modules import powerstore_config
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_alike import task_of, written

MAIL: dict[str, t.Any] = {"address": "mail.example.com", "source_email": "array01@example.com"}


@pytest.fixture(name="new_array")
def array_without_a_mail_server(emulator: Emulator) -> Emulator:
    """An array whose mail server nobody has set."""
    emulator.change("smtp_config", id="0", delete=True)
    return emulator


def test_the_first_mail_server_is_planned_made_and_kept(run: Runner, new_array: Emulator) -> None:
    planned = run(task_of("smtp_config"), check=True, **MAIL)
    assert planned["plan"] == ["change address and source_email of SMTP settings"] and written(new_array) == []
    assert planned["diff"]["before"] == dict.fromkeys(MAIL), planned["diff"]
    made = run(task_of("smtp_config"), **MAIL)
    assert made["changed"] and made["plan"] == planned["plan"], made.get("msg", made)
    assert made["resource"] == {"id": "0", "port": 25, **MAIL}
    assert written(new_array) == ["/api/rest/smtp_config/0"]
    assert not run(task_of("smtp_config"), **MAIL)["changed"]


def test_a_mail_server_needs_a_sender(run: Runner, new_array: Emulator) -> None:
    cases: list[tuple[dict[str, t.Any], str]] = [
        ({"address": "mail.example.com"}, "address needs source_email."),
        ({"smtp_port": 587}, "smtp_port needs address."),
    ]
    for options, words in cases:
        result = run(task_of("smtp_config"), **options)
        assert result["error"]["kind"] == "input" and words in result["msg"], result
    assert written(new_array) == []


@pytest.mark.parametrize("check", [True, False])
def test_what_cannot_be_undone_is_accepted_first(run: Runner, emulator: Emulator, check: bool) -> None:
    stig: dict[str, t.Any] = {"is_stig_enabled": True}
    result = run(task_of("security_config"), check=check, **stig)
    assert "is_stig_enabled: true cannot be undone" in result["msg"] and written(emulator) == [], result
    assert "Give accept_stig: true" in result["msg"]
    assert run(task_of("security_config"), check=check, accept_stig=True, idle_timeout=300, **stig)["changed"]
    if not check:
        assert not run(task_of("security_config"), **stig)["changed"], "what is so already needs no consent"
        assert "can only change to true" in run(task_of("security_config"), is_stig_enabled=False)["msg"]


def test_the_array_demands_chap_when_hosts_have_their_users(run: Runner, emulator: Emulator) -> None:
    initiator = {"port_name": "iqn.1994-05.com.redhat:chap01", "port_type": "iSCSI", "chap_single_username": "chap01"}
    document = {
        "chap_config": {"mode": "Single"},
        "host": [
            {
                "name": "chap01",
                "os_type": "Linux",
                "initiators": [{**initiator, "chap_single_password": "long:enough:1"}],
            }
        ],
    }
    done = run(powerstore_config.TASK, config=document)
    assert done["changed"], done
    assert written(emulator) == ["/api/rest/host", "/api/rest/chap_config/0"]
