# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fleets that never were, as the role appliance_report collects them, and the files that its templates make of them."""

from __future__ import annotations

import functools
import json
import typing as t
from datetime import datetime, timedelta, timezone
from pathlib import Path

import jinja2

from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.fleet import report_of
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.part import SECTIONS, part_of
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.text import markdown
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.words import Settings

Json = t.Dict[str, t.Any]

TEMPLATES = Path(__file__).resolve().parents[2] / "roles" / "appliance_report" / "templates"
NOW = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
SETTINGS = Settings(NOW)
HOSTILE = "<script>alert(1)</script>]]>&\"'{{7*7}}|`*_[x](javascript:alert(2))\x00\u202e"
"""A name that no output may take for anything but a name."""

TIB = 1024**4


def at(**ago: float) -> str:
    """Return a time before the report's, as in ``at(hours=3)``."""
    return (NOW - timedelta(**ago)).isoformat().replace("+00:00", "Z")


def reads(**resources: list[Json]) -> list[Json]:
    """Return results of queries, by the name of the query."""
    return [{"item": {"name": name, "section": "expiry"}, "resources": rows} for name, rows in resources.items()]


def powerstore(name: str, number: int = 0, wrong: bool = False) -> Json:
    """Return what is collected of a PowerStore. number: makes it unlike others. wrong: much needs attention."""
    used = (17.2 if wrong else 4) * TIB + number * TIB / 9
    certificates = [(service, 400 + 30 * number) for service in ("Management_HTTP", "VASA_HTTP", "Replication_HTTP")]
    if wrong:
        certificates += [("Syslog_HTTP", -3), ("LDAP_HTTP", 5), ("KMIP_HTTP", 17), ("VIM_HTTP", 40)]
    rows = reads(
        reached=[{"name": f"{name}-cluster"}],
        release=[{"release_version": "4.0.0.0"}],
        certificates=[
            {"service": service, "type": "Server", "is_current": True, "members": [{"valid_to": at(days=-days)}]}
            for service, days in certificates
        ],
        passwords=[{"name": "backup", "password_expiration_timestamp": at(days=-12 - number) if wrong else None}],
        licenses=[{"is_licensed": not wrong, "trial_expiration_timestamp": at(days=-25) if wrong else None}],
        secure_snapshots=[
            {"name": f"db-{n}", "protection_data": {"expiration_timestamp": at(days=-3 - n % 4)}} for n in range(9)
        ],
        space=[{"physical_used": int(used), "physical_total": 20 * TIB}],
        alerts=alerts(wrong),
        jobs=jobs(name, wrong),
        imports=imports(wrong),
        replications=replications(wrong),
    )
    drift = {"Array as code": document(name, wrong)}
    done: list[Json] = [
        {"id": "J1", "resource_type": "volume", "resource_name": f"{name}-db", "resource_action": "modify"}
    ]
    audit = [{"job_id": "J1", "username": "local/alice", "client_address": "192.0.2.7", "timestamp": at(hours=5)}]
    found: Json = {"name": name, "platform": "powerstore", "reads": rows, "drift": drift}
    return {**found, "jobs_done": done, "audit_events": audit}


def alerts(wrong: bool) -> list[Json]:
    row: Json = {"state": "ACTIVE", "resource_type": "hardware", "resource_name": "Drive-7", "is_acknowledged": True}
    found = [{**row, "severity": "Minor", "description_l10n": "A drive wears out.", "raised_timestamp": at(days=9)}]
    if wrong:
        texts = {"Critical": "The appliance runs out of space.", "Major": "A node does not answer."}
        more = {**row, "is_acknowledged": False, "resource_type": "appliance", "resource_name": "A1"}
        for hours, (severity, text) in enumerate(texts.items()):
            found.append(
                {**more, "severity": severity, "description_l10n": text, "raised_timestamp": at(hours=2 + 40 * hours)}
            )
    return found


def jobs(name: str, wrong: bool) -> list[Json]:
    about: Json = {
        "resource_type": "volume",
        "resource_name": f"{name}-db",
        "resource_action": "modify",
        "user": "alice",
    }
    found = [{**about, "phase": "Completed", "start_time": at(hours=n), "end_time": at(hours=n)} for n in range(1, 8)]
    running = {"phase": "In_Progress", "progress_percentage": 40, "start_time": at(minutes=3)}
    found.append({**about, **running, "resource_action": "clone"})
    if wrong:
        messages = [{"message_l10n": "There is not enough space for the volume."}]
        found.append(
            {**about, "phase": "Failed", "start_time": at(hours=1), "response_body": {"messages": messages}},
        )
    return found


def imports(wrong: bool) -> list[Json]:
    about: Json = {"destination_resource_type": "volume", "remote_system": {"name": "unity1"}}
    found = [
        {**about, "name": "wave 1", "state": "Copy_In_Progress", "progress_percentage": 62},
        {**about, "name": "wave 0", "state": "Ready_For_Cutover", "progress_percentage": 100},
    ]
    if wrong:
        found.append({**about, "name": "wave 2", "state": "Cleanup_Required", "error": {"code": "0xE0A0D0030001"}})
    return found


def replications(wrong: bool) -> list[Json]:
    about = {
        "role": "Source",
        "type": "Asynchronous",
        "resource_type": "volume_group",
        "last_sync_timestamp": at(hours=1),
    }
    fine = {**about, "state": "OK", "volume_groups": [{"name": "app"}], "remote_system": {"name": "west"}}
    broken = {**fine, "state": "Fractured", "data_connection_state": "Complete_Data_Connection_Loss"}
    return [fine, {**broken, "volume_groups": [{"name": "erp"}]}] if wrong else [fine]


def document(name: str, wrong: bool) -> Json:
    """Return the result of a document in check mode."""
    if not wrong:
        return {"counts": {"ok": 120}, "plan": [], "results": [], "changed": False}
    rows: list[Json] = [
        {"type": "host", "name": "esx09", "state": "failed", "msg": "The array has no host group esx-old."},
        {"type": "volume", "name": f"{name}-db", "state": "changed", "changed": True, "plan": ["change size"]},
        {"type": "volume", "name": "new-log", "state": "changed", "changed": True, "plan": ["create volume new-log"]},
        {"type": "volume", "name": "old", "state": "changed", "changed": True, "plan": ["delete volume old"]},
    ]
    sides: list[tuple[Json, Json]] = [
        ({"size": "60 GiB", "mapped_hosts": ["esx01"]}, {"size": "20 TiB", "mapped_hosts": ["esx01", "esx02"]}),
        ({}, {"name": "new-log", "size": "1 GiB"}),
        ({"name": "old"}, {}),
    ]
    diffs = [
        {"before": before, "after": after, "after_header": f"volume {row['name']}"}
        for row, (before, after) in zip(rows[1:], sides)
    ]
    return {"counts": {"ok": 97}, "plan": ["x"], "results": rows, "diff": diffs, "changed": True, "failed": True}


def oneview(name: str, wrong: bool = False) -> Json:
    """Return what is collected of a OneView."""
    pools = [
        {
            "name": "CPG",
            "totalCapacity": str(50 * TIB),
            "freeCapacity": str((4 if wrong else 30) * TIB),
            "isManaged": True,
        }
    ]
    alert = {"severity": "Critical", "alertState": "Active", "description": "A fan has failed.", "created": at(hours=4)}
    rows = reads(
        reached=[{"currentVersion": 8600}],
        certificate=[{"validUntil": at(days=-300)}],
        licenses=[{"product": "HPE OneView Advanced", "expiryDate": at(days=-20) if wrong else None}],
        pools=pools,
        alerts=[{**alert, "associatedResource": {"resourceName": "bay 2"}}] if wrong else [],
        tasks=[{"name": "Update", "taskState": "Completed", "created": at(hours=2)}],
    )
    return {"name": name, "platform": "oneview", "reads": rows}


def deploy(name: str) -> Json:
    """Return what is collected of an ONTAP Select Deploy."""
    rows = reads(reached=[{"hostname": "deploy01"}], clusters=[{"name": "c1", "state": "powered_on"}])
    return {"name": name, "platform": "ontap_select", "reads": rows}


def fine() -> list[Json]:
    """Return three appliances, all in order."""
    return [powerstore("ps-frankfurt"), oneview("oneview-blades"), deploy("deploy-edge")]


def wrong() -> list[Json]:
    """Return four appliances with much to do, one of which cannot be read."""
    lost = {"name": "ps-lost", "platform": "powerstore", "error": "Cannot connect to https://192.0.2.9:443."}
    failed = {"item": {"name": "passwords", "section": "expiry", "title": "Passwords"}, "msg": "Not permitted."}
    first = powerstore("ps-frankfurt", wrong=True)
    return [{**first, "reads": [*first["reads"], failed]}, oneview("oneview-blades", True), deploy("deploy-edge"), lost]


def many() -> list[Json]:
    """Return forty appliances, every ninth with much to do."""
    arrays = [powerstore(f"ps-{n:02}", n, wrong=n % 9 == 8) for n in range(30)]
    return [*arrays, *(oneview(f"oneview-{n}", n == 3) for n in range(6)), *(deploy(f"deploy-{n}") for n in range(4))]


def long_names() -> list[Json]:
    """Return appliances whose names are long, without a place to break, or hostile."""
    unbroken = "x" * 140
    return [
        powerstore(
            "storage-array-of-the-second-data-centre-in-frankfurt-am-main-row-17.storage.example.com", wrong=True
        ),
        powerstore(unbroken, wrong=True),
        powerstore(HOSTILE, wrong=True),
    ]


def report(appliances: list[Json], earlier: Json | None = None) -> Json:
    """Return the report of appliances."""
    parts = [part_of(one, SETTINGS, SECTIONS) for one in appliances]
    return report_of(parts, SETTINGS, SECTIONS, "Storage and servers", earlier)


def earlier_than(now: Json) -> Json:
    """Return a report of a week before, in which less was used."""
    rows = [{**row, "used": int(row["used"] * 0.93), "percent": row["percent"] * 0.93} for row in now["capacity"]]
    return {"generated": at(days=7), "capacity": rows}


@functools.lru_cache(maxsize=None)
def environment() -> jinja2.Environment:
    """Return an environment that treats the templates as Ansible's own template module does."""
    found = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    found.filters["jobwise.appliance.report_cell"] = markdown
    found.filters["to_nice_json"] = lambda value, **options: json.dumps(value, sort_keys=True, **options)
    return found


def render(template: str, content: Json) -> str:
    """Return the file that a template of the role makes of a report."""
    return environment().get_template(template).render(appliance_report_content=content)
