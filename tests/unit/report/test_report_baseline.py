# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an audit says of deviations from a baseline."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.documents.catalog import TYPES
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.baseline import (
    SEVERITIES,
    audit_of,
    check_severities,
    deviations_of,
    table_of,
)

Json = t.Dict[str, t.Any]
ROOT = Path(__file__).resolve().parents[3]
ROLE = ROOT / "roles" / "powerstore_baseline"
USUAL: Json = yaml.safe_load((ROLE / "vars" / "main.yml").read_text(encoding="utf-8"))["powerstore_baseline_severities"]


def document(*items: tuple[str, str, t.Any, t.Any], ok: int = 0) -> Json:
    """Return what a document in check mode says of changed items: type, title, and the object on both sides."""
    rows = [
        {"type": type_, "name": title.split()[-1], "state": "changed", "changed": True, "plan": [f"change {title}"]}
        for type_, title, dummy, dummy in items
    ]
    diffs = [{"before": before, "after": after, "after_header": title} for dummy, title, before, after in items]
    return {"counts": {"ok": ok, "changed": len(rows)}, "plan": ["..."], "results": rows, "diff": diffs}


def test_each_option_has_a_row_and_the_worst_come_first() -> None:
    result = document(
        ("login_banner", "login banner", {"is_enabled": False}, {"is_enabled": True}),
        ("dns", "DNS settings", {"addresses": ["192.0.2.1", "192.0.2.2"]}, {"addresses": ["192.0.2.2"]}),
        ("local_user", "user kim", {"role": "Operator", "is_locked": True}, {"role": "VM", "is_locked": False}),
        ("snmp_server", "SNMP server traps", {}, {"trap_community": "Pr1vate"}),
        ("local_user", "user former", {"name": "former"}, {}),
        ok=3,
    )
    rows = deviations_of(result, {**USUAL, "local_user.is_locked": "notice"})
    assert [tuple(row[name] for name in ("severity", "object", "setting", "now", "desired")) for row in rows] == [
        ("critical", "user kim", "role", "Operator", "VM"),
        ("critical", "user former", "state", "present", "absent"),
        ("warning", "DNS settings", "addresses", "192.0.2.1\n192.0.2.2", "192.0.2.2"),
        ("warning", "SNMP server traps", "state", "absent", "present"),
        ("notice", "login banner", "is_enabled", "no", "yes"),
        ("notice", "user kim", "is_locked", "yes", "no"),
    ]
    counts = {name: audit_of(result, USUAL)[name] for name in ("compliant", "critical", "warning", "notice")}
    assert counts == {"compliant": False, "critical": 3, "warning": 2, "notice": 1}
    none = {"compliant": True, "critical": 0, "warning": 0, "notice": 0, "deviations": []}
    assert audit_of(document(ok=14), USUAL) == none


def test_secrets_are_hidden_and_what_has_no_difference_to_show_is_a_row_nevertheless() -> None:
    password = ("kmip_config", "KMIP settings", {"kmip_password": "Old"}, {"kmip_password": "New"})
    assert [(row["now"], row["desired"]) for row in deviations_of(document(password), USUAL)] == [("(hidden)",) * 2]
    upload = {**document(("x509", "certificate", 0, 0)), "diff": []}
    assert [(row["severity"], row["desired"]) for row in deviations_of(upload, USUAL)] == [
        ("warning", "change certificate")
    ]
    large = {**document(ok=1), "left_out": 7}
    assert ["7 objects are not listed here" in row["desired"] for row in deviations_of(large, USUAL)] == [True]


def test_what_could_not_be_compared_is_critical() -> None:
    row = {"type": "login_banner", "name": "login_banner", "state": "failed", "changed": False, "msg": "no reply"}
    found = deviations_of({"counts": {}, "plan": [], "results": [row]}, USUAL)
    assert [(row["severity"], row["now"]) for row in found] == [("critical", "no reply")]
    assert deviations_of({"failed": True, "msg": "crashed"}, USUAL)[0]["now"] == "crashed"


def test_the_table_has_aligned_columns_and_no_long_values() -> None:
    lines = table_of(
        [
            {"severity": "critical", "object": "user kim", "setting": "role", "now": "Operator", "desired": "VM"},
            {"severity": "notice", "object": "login banner", "setting": "text", "now": "a\nb", "desired": "c" * 99},
        ]
    )
    assert lines == [
        "SEVERITY  OBJECT        SETTING  NOW       SHOULD BE",
        "critical  user kim      role     Operator  VM",
        f"notice    login banner  text     a, b      {'c' * 45}...",
    ]


def test_severities_name_settings_that_exist() -> None:
    check_severities({"volume": "notice", "local_user.role": "warning", "default": "critical"}, USUAL, ["volume"])
    with pytest.raises(
        ValueError, match=r"there is no setting snmp_servr to give a severity. Did you mean snmp_server?"
    ):
        check_severities({"snmp_servr": "notice"}, USUAL, [])
    with pytest.raises(ValueError, match="the severity of dns is 'bad'; it can be critical, warning, notice"):
        check_severities({"dns": "bad"}, USUAL, [])
    with pytest.raises(ValueError, match="the severity of dns is .'critical'.; it can be"):
        check_severities({"dns": ["critical"]}, USUAL, [])


def test_the_usual_severities_are_those_of_documents_and_the_page_has_them() -> None:
    assert set(USUAL) <= {*TYPES, "default"} and set(USUAL.values()) <= set(SEVERITIES)
    page = (ROLE / "README.md").read_text(encoding="utf-8")
    listed = {
        name.strip(" `"): line.split("|")[1].strip(" `")
        for line in page.splitlines()
        if line.startswith(tuple(f"| `{severity}` |" for severity in SEVERITIES))
        for name in line.split("|")[2].split(",")
        if "`" in name
    }
    assert listed == {name: severity for name, severity in USUAL.items() if name != "default"}
