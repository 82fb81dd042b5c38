# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Alerts: found by filters, cleared, assigned, given notes, deleted."""

from __future__ import annotations

from typing import Any

import pytest

from jobwise_emulator.exchange import Json
from jobwise_emulator.oneview import default_seed
from tests.unit.emulator.oneview.client_in_process import Appliance

ALERTS = "alerts"


def found(appliance: Appliance, text: str) -> list[Json]:
    rows: list[Json] = appliance.get(ALERTS, filter=text)["members"]
    return rows


def one(appliance: Appliance, state: str = "Active") -> Json:
    return found(appliance, f"\"alertState='{state}'\"")[0]


def test_an_alert_names_what_it_is_about(appliance: Appliance) -> None:
    server = appliance.named("server-hardware", "encl1, bay 2")
    rows = found(appliance, f"\"associatedResource.resourceUri='{server['uri']}'\"")
    assert [row["associatedResource"]["resourceName"] for row in rows] == ["encl1, bay 2"]
    assert rows[0]["associatedResource"]["resourceCategory"] == "server-hardware"
    assert (rows[0]["severity"], rows[0]["alertState"]) == ("Critical", "Active")
    assert rows[0]["created"] < appliance.get(server["uri"])["created"]


def test_all_of_the_built_in_alerts_are_there(appliance: Appliance) -> None:
    rows = appliance.get(ALERTS, sort="created:asc")["members"]
    about = [row["associatedResource"]["resourceName"] for row in rows]
    assert len(rows) == len(default_seed.alerts())
    assert (about[0], about[-1]) == ("encl1, bay 1", "array01")


@pytest.mark.parametrize(
    "text",
    [
        "severity EQ 'Critical' AND alertState NE 'Cleared'",
        "severity IN ('Critical') and not alertState eq 'Cleared'",
        "severity LIKE 'Crit%' and alertState NE 'Cleared' and clearedTime IS NULL",
    ],
)
def test_the_filter_of_alerts_takes_several_conditions(appliance: Appliance, text: str) -> None:
    rows = found(appliance, text)
    assert {row["severity"] for row in rows} == {"Critical"}
    assert {row["alertState"] for row in rows} == {"Active"}


def test_a_page_has_25_unless_asked_otherwise(appliance: Appliance) -> None:
    for _number in range(30):
        appliance.platform.change({"type": ALERTS, "create": {"severity": "Warning", "description": "x"}})
    total = appliance.get(ALERTS)["total"]
    assert (appliance.get(ALERTS)["count"], appliance.get(ALERTS, count="-1")["count"]) == (25, total)
    assert appliance.get(ALERTS, count="3")["count"] == 3


def test_an_alert_is_cleared_and_becomes_active_again(appliance: Appliance) -> None:
    alert = one(appliance)
    body = {"alertState": "Cleared", "assignedToUser": "operator", "notes": "fan replaced", "eTag": alert["eTag"]}
    after = appliance.send("PUT", alert["uri"], body).body
    assert (after["alertState"], after["clearedByUser"]) == ("Cleared", "Administrator")
    assert (after["assignedToUser"], after["severity"]) == ("operator", alert["severity"])
    log = after["changeLog"][0]
    assert (log["notes"], log["username"], log["userEntered"]) == ("fan replaced", "Administrator", True)
    again = appliance.send("PUT", alert["uri"], {"alertState": "Active"}).body
    assert (again["alertState"], again["clearedTime"], len(again["changeLog"])) == ("Active", None, 1)
    assert appliance.send("DELETE", log["uri"]).status == 204
    assert appliance.get(alert["uri"])["changeLog"] == []
    assert appliance.refused("DELETE", log["uri"])[0] == 404


def test_a_put_that_changes_nothing_replies_nothing(appliance: Appliance) -> None:
    alert = one(appliance)
    reply = appliance.send("PUT", alert["uri"], {"alertState": "Active"})
    assert (reply.status, reply.payload()) == (204, b"")
    assert appliance.get(alert["uri"])["eTag"] == alert["eTag"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"alertState": "Locked"}, 400),
        ({"severity": "OK"}, 400),
        ({"notes": "x" * 1025}, 400),
        ({"alertUrgency": "high"}, 400),
        ({"alertState": "Cleared", "eTag": "older"}, 412),
        ({"alertState": "Cleared", "eTag": "*"}, 200),
        ({"alertState": "Cleared", "eTag": ""}, 200),
        ({"alertUrgency": "High", "eTag": None}, 200),
    ],
)
def test_what_can_be_put(appliance: Appliance, body: dict[str, Any], status: int) -> None:
    assert appliance.send("PUT", one(appliance)["uri"], body).status == status


def test_a_stale_alert_has_an_error_code_of_its_own(appliance: Appliance) -> None:
    refused = appliance.refused("PUT", one(appliance)["uri"], {"notes": "x", "eTag": "older"})
    assert refused == (412, "AlertEtagPreconditionFailedException")


def test_a_locked_alert_stays_as_it_is(appliance: Appliance) -> None:
    uri = one(appliance, "Locked")["uri"]
    assert appliance.refused("PUT", uri, {"alertState": "Cleared"})[0] == 409
    assert appliance.refused("DELETE", uri)[0] == 409
    assert appliance.send("PUT", uri, {"notes": "service is informed"}).status == 200


def test_alerts_are_deleted_one_by_one_and_by_a_filter(appliance: Appliance) -> None:
    uri = one(appliance)["uri"]
    assert appliance.send("DELETE", uri).status == 204
    assert appliance.refused("GET", uri)[0] == 404
    task = appliance.done("DELETE", ALERTS, filter="severity EQ 'Critical'")
    assert (task["name"], task["taskState"]) == ("Delete", "Completed")
    assert {row["severity"] for row in appliance.get(ALERTS)["members"]} >= {"Warning"}
    assert found(appliance, "severity EQ 'Critical'") == []
    appliance.done("DELETE", ALERTS)
    assert {row["alertState"] for row in appliance.get(ALERTS)["members"]} == {"Locked"}


def test_who_reads_only_clears_nothing(appliance: Appliance) -> None:
    uri = one(appliance)["uri"]
    appliance.login("operator")
    assert appliance.refused("PUT", uri, {"alertState": "Cleared"})[0] == 401
    assert appliance.refused("POST", ALERTS, {"severity": "OK"})[0] in (401, 405)
