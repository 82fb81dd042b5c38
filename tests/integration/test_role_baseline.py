# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The settings of an array: audited, repaired, and audited again."""

from __future__ import annotations

import typing as t
from collections import Counter
from pathlib import Path

import yaml

from .conftest import Player, writes
from .counting import Counting
from .test_playbooks import play
from .test_roles import AGAIN, SECRET, changed_tasks, refused

BASELINE: dict[str, t.Any] = {
    "dns": {"addresses": ["192.0.2.53"]},
    "ntp": {"addresses": ["192.0.2.1", "ntp.example.com"]},
    "smtp_config": {"address": "mail.example.com"},
    "email_notify_destination": [
        {"email_address": "storage@example.com", "notify_critical": True},
        {"email_address": "night@example.com", "notify_critical": True},
    ],
    "snmp_server": [
        {
            "ip_address": "traps.example.com",
            "server_port": 162,
            "version": "V2c",
            "trap_community": "traps-of-all",
            "alert_severity": "Major",
        }
    ],
    "remote_syslog_server": [
        {
            "remote_server_address": "logs.example.com",
            "server_port": 514,
            "protocol_type": "UDP",
            "audit_types": ["Config"],
        }
    ],
    "login_banner": {"banner_text": "Authorized persons only.", "is_enabled": True},
    "chap_config": {"mode": "Single"},
    "security_config": {"is_http_redirect_enabled": True},
    "kmip_config": {"servers": ["kmip1.example.com"], "kmip_username": "array", "kmip_password": SECRET},
    "ldap_domain": [
        {
            "domain_name": "example.com",
            "ldap_servers": ["192.0.2.10"],
            "bind_user": "cn=array,dc=example",
            "bind_password": SECRET,
            "user_search_path": "ou=people,dc=example",
            "group_search_path": "ou=groups,dc=example",
        }
    ],
    "ldap_account": [{"name": "storage.admins", "domain": "example.com", "role": "Operator", "type": "Group"}],
    "local_user": [
        {"name": "night.shift", "role": "Operator", "user_password": SECRET},
        {"name": "helpdesk", "role": "Operator"},
    ],
    "recycle_bin_config": {"expiration_duration": 14},
    "service_config": [{"appliance": "emulated-appliance-1", "is_ssh_enabled": True}],
    "eth_port": [{"name": "BaseEnclosure-NodeA-FEPort1", "requested_speed": "10_Gbps"}],
}
NAMES = Counter({"GET role": 1, "GET appliance": 1})
"""What the settings name: users and accounts have roles."""


def settings(config: t.Any = None, **variables: t.Any) -> dict[str, t.Any]:
    """Return a task that plays the role, with its variables without their common prefix."""
    named = {f"powerstore_baseline_{name}": value for name, value in variables.items()}
    config = BASELINE if config is None else config
    role = {"name": "jobwise.appliance.powerstore_baseline"}
    return {"ansible.builtin.include_role": role, "vars": {"powerstore_baseline_config": config, **named}}


def test_settings_are_audited_repaired_and_audited_again(player: Player, tmp_path: Path) -> None:
    stats = {"ANSIBLE_SHOW_CUSTOM_STATS": "1"}
    found = {"name": "found", "ansible.builtin.debug": {"msg": "{{ powerstore_baseline_result }}"}}
    reader = {"group/jobwise.appliance.powerstore": {"username": "operator"}}
    audit: dict[str, t.Any] = {"audit": True, "name": "array01"}
    banner = {"login_banner": BASELINE["login_banner"]}
    alone = {"exclusive": ["local_user"], "protect": {"local_user": ["sec*", "storage.*"]}}
    tasks = [
        refused(
            "typo",
            settings(
                {"dns": {"adresses": ["192.0.2.53"]}, "ntpp": {}, "recycle_bin_config": {"expiration_duration": 31}},
                **audit,
            ),
        ),
        refused(
            "no access", settings(**audit), module_defaults={"group/jobwise.appliance.powerstore": {"password": "x"}}
        ),
        refused("critical", settings(fail_on="critical", **audit)),
        refused("notice", settings(banner, fail_on="notice", **audit)),
        {"block": [settings(severity={"dns": "critical", "login_banner.is_enabled": "warning"}, **alone, **audit)]}
        | {"module_defaults": reader},
        found,
    ]
    first = player.play(tasks, "auto", "-vv", env=stats)
    assert first.returncode == 0 and writes(player.emulator) == [], first.output
    said = {task: first.result(task)["msg"] for task in ("typo", "no access", "critical", "notice")}
    assert "Did you mean ntp?" in said["typo"] and "Did you mean addresses?" in said["typo"]
    assert "at most 30" in said["typo"] and "does not accept user admin" in said["no access"]
    assert said["critical"].startswith("array01 deviates from its baseline: 10 critical, "), said
    assert said["notice"].startswith("array01 deviates from its baseline: 0 critical, 0 warning, 2 notice.")
    result = first.result("found")["msg"]
    assert (result["compliant"], result["critical"], result["warning"], result["notice"]) == (False, 12, 7, 2)
    table = first.result("jobwise.appliance.powerstore_baseline : Show the deviations")["msg"]
    assert len(table) == 1 + len(result["deviations"]) == 22
    cells = [line.split() for line in table]
    assert ["critical", "user", "former.employee", "state", "present", "absent"] in cells
    assert ["critical", "DNS", "settings", "addresses", "192.0.2.53,", "192.0.2.54", "192.0.2.53"] in cells
    assert ["warning", "login", "banner", "is_enabled", "no", "yes"] in cells
    assert "powerstore_baseline_audits" in first.output.partition("CUSTOM STATS")[2], first.output

    repair = settings(**alone)
    tasks = [refused("too many", repair), settings(**alone, max_deletions=2), AGAIN, repair]
    done = player.play(tasks, "auto", "-vv")
    assert done.returncode == 0 and changed_tasks(done) == [], done.output
    assert "2 objects that the document does not list would be deleted" in done.result("too many")["msg"]
    assert [one["method"] for one in writes(player.emulator)].count("DELETE") == 2

    file = tmp_path / "baseline.yml"
    options = {"powerstore_baseline_config": BASELINE, "powerstore_baseline_fail_on": "notice"}
    file.write_text(yaml.safe_dump(options), encoding="utf-8")
    counting = Counting(player.emulator)
    known = ("-e", f"@{file}", "-e", "powerstore_baseline_audit=true", "-vv")
    audited = play(player, "powerstore_baseline", *known)
    assert audited.returncode == 0 and "is as the baseline says. Compared: 18." in audited.output, audited.output
    reads = Counter({f"GET {type_}": 1 for type_ in BASELINE})
    assert counting.talk().requests == reads + NAMES + Counter({"POST logout": 1})
    assert SECRET not in first.output + done.output + audited.output, "a secret is in the output"
    assert not player.emulator.sessions()["open"]
