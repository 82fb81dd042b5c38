# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports of fleets: rows of each platform, tiles, what needs attention, the trend, and the files made of all that."""

from __future__ import annotations

import json
import re
import typing as t
import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest

from ansible_collections.jobwise.appliance.plugins.plugin_utils.report import rows
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.part import SECTIONS, part_of
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.text import markdown
from ansible_collections.jobwise.appliance.plugins.plugin_utils.report.words import Settings, moment, printable, words
from tests.browser import fleets
from tests.browser.fleets import HOSTILE, NOW, SETTINGS, at, reads

Json = t.Dict[str, t.Any]
FILES = ("report.html.j2", "report.json.j2", "report.md.j2", "report.xml.j2")


def tile(report: Json, section: str) -> tuple[str, str, str]:
    one = next(one for one in report["tiles"] if one["section"] == section)
    return one["value"], one["text"], one["status"]


def test_a_fleet_in_order() -> None:
    report = fleets.report(fleets.fine())
    assert (report["status"], report["attention"]) == ("notice", [])
    assert tile(report, "appliances") == ("3", "1 PowerStore, 1 OneView, 1 ONTAP Select", "ok")
    assert tile(report, "drift") == ("0", "differ from what is written down; 120 in sync", "ok")
    assert tile(report, "expiry") == ("0", "expire within 30 days", "ok")
    assert tile(report, "capacity") == ("40 %", "used on the fullest, oneview-blades", "ok")
    assert tile(report, "migrations") == ("2", "1 waits for you", "notice")
    assert {row["status"] for section in SECTIONS for row in report[section]} <= {"ok", "notice"}


def test_a_fleet_with_much_to_do() -> None:
    report = fleets.report(fleets.wrong())
    assert report["status"] == "critical"
    assert tile(report, "appliances") == ("3 of 4", "could be read", "critical")
    assert tile(report, "drift")[1] == "differ from what is written down; 1 could not be compared"
    assert tile(report, "expiry") == ("6", "expire within 30 days, 1 already expired", "critical")
    assert tile(report, "alerts")[:2] == ("3", "alerts need attention, 3 critical, 2 new")
    assert tile(report, "jobs")[:2] == ("1", "failed of 10 jobs in 24 hours")
    assert tile(report, "replication")[:2] == ("2", "sessions, 1 not in order")
    first = report["attention"][0]
    assert (first["appliance"], first["text"]) == ("ps-lost", "Cannot connect to https://192.0.2.9:443.")
    assert report["attention"][-1]["text"] == "Passwords could not be read: Not permitted."
    assert [row["word"] for row in report["appliances"]] == ["Not read", "Problem", "Problem", "Fine"]
    assert report["drift"][1]["changed_by"]["user"] == "local/alice"
    assert [week["count"] for week in report["timeline"]][:5] == [1, 5, 1, 2, 1]


def test_nothing_is_called_fine_that_could_not_be_read() -> None:
    lost = {"platform": "powerstore", "error": "Cannot connect."}
    report = fleets.report([{"name": "a", **lost}, {"name": "b", **lost}])
    assert {one["section"]: one["status"] for one in report["tiles"]} == {
        "appliances": "critical",
        **dict.fromkeys(SECTIONS, "unknown"),
    }
    one_lost = fleets.report([*fleets.fine(), {"name": "a", **lost}])
    assert {one["word"] for one in one_lost["tiles"]} == {"Problem", "Incomplete"}


def test_the_trend_since_an_earlier_report() -> None:
    now = fleets.report(fleets.fine())
    report = fleets.report(fleets.fine(), fleets.earlier_than(now))
    trend = next(row["trend"] for row in report["capacity"] if row["appliance"] == "ps-frankfurt")
    assert (trend["text"], trend["full_in_days"]) == ("+286.72 GiB in 7 days", 399)
    assert fleets.report(fleets.fine(), now)["capacity"] == now["capacity"]  # no time has passed


def test_what_was_not_asked_is_said_once_with_all_appliances() -> None:
    notes = fleets.report(fleets.many())["notes"]
    assert [(one["text"], len(one["appliances"])) for one in notes["migrations"]] == [
        ("OneView does not migrate data.", 6),
        ("Deploy does not migrate data.", 4),
    ]


def test_sections_that_were_not_asked_for_are_in_no_file() -> None:
    part = part_of(fleets.powerstore("a", wrong=True), SETTINGS, ["capacity"])
    assert list(part["sections"]) == ["capacity"] and part["notes"] == {}


@pytest.mark.parametrize(
    "days, status, word",
    [
        (-1.5, "critical", "Expired 2 days ago"),
        (0.5, "critical", "Today"),
        (6.9, "critical", "In 6 days"),
        (7.1, "warning", "In 7 days"),
        (30.1, "ok", "In 30 days"),
        (4000, "ok", "In 10 years"),
    ],
)
def test_how_soon_something_expires(days: float, status: str, word: str) -> None:
    row = rows.expiry("Certificate", "a", NOW + timedelta(days=days), SETTINGS)
    assert row and (row["status"], row["word"]) == (status, word)
    harmless = rows.expiry("Secure snapshot", "a", NOW + timedelta(days=days), SETTINGS, harmless=True)
    assert harmless and harmless["status"] == ("notice" if days < 30 else "ok")


def test_what_has_no_end_and_no_size_has_no_row() -> None:
    assert rows.expiry("Licence", "a", None, SETTINGS) is None
    assert rows.expiry("Licence", "a", "never", SETTINGS) is None
    assert rows.capacity("a", 0, 0, SETTINGS) is None


@pytest.mark.parametrize("percent, status", [(79.9, "ok"), (80, "warning"), (90, "critical"), (120, "critical")])
def test_how_full_something_is(percent: float, status: str) -> None:
    row = rows.capacity("a", int(percent * 10), 1000, SETTINGS)
    assert row and row["status"] == status


def test_words_of_states() -> None:
    texts = ("Ready_For_Cutover", "CA_Client_Validation", "IN_PROGRESS", "OK", None, "powered_on")
    assert [words(text) for text in texts] == [
        *("Ready for cutover", "CA client validation", "In progress", "OK", "Unknown", "Powered on")
    ]


def test_times_as_appliances_write_them() -> None:
    texts = (
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.123456Z",
        "2026-01-31T13:00:00.0+01:00",
        "2026-01-31T12:00:00",
    )
    assert {moment(text) for text in texts} == {NOW}
    assert [moment(text) for text in ("", None, "soon", 7)] == [None] * 4


def test_an_ontap_select_with_a_problem() -> None:
    collected = {
        "name": "deploy",
        "platform": "ontap_select",
        "reads": reads(
            reached=[{"hostname": "deploy01"}],
            clusters=[{"name": "c1", "state": "degraded"}, {"name": "c2", "state": None}],
            events=[{"status": "error", "category": "job", "description": "It failed.", "time": at(hours=1)}],
            jobs=[
                {"state": "failure", "message": "No space.", "last_modified": at(hours=2)},
                {"state": "success", "message": "Done.", "last_modified": at(hours=90)},
                {"state": "running", "message": "Deploying.", "last_modified": at(hours=90)},
            ],
        ),
    }
    part = part_of(collected, SETTINGS, SECTIONS)
    assert [row["text"] for row in part["sections"]["alerts"]] == ["The cluster is degraded.", "It failed."]
    assert [row["outcome"] for row in part["sections"]["jobs"]] == ["failed", "running"]


def hostile() -> Json:
    """Return a report in which every text of appliances and people is hostile."""

    def spoil(value: t.Any, key: str = "") -> t.Any:
        if isinstance(value, dict):
            return {name: spoil(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [spoil(inner, key) for inner in value]
        kept = re.fullmatch(
            r"status|state|outcome|platform|section|sections|generated|compared_with|expires|raised", key
        )
        return HOSTILE + value if isinstance(value, str) and value and not kept else value

    now = fleets.report(fleets.wrong())
    report: Json = printable(spoil(fleets.report(fleets.wrong(), fleets.earlier_than(now))))
    return {**report, "notes": now["notes"]}


def test_hostile_names_are_only_names() -> None:
    report = hostile()
    html = fleets.render("report.html.j2", report)
    assert html.count("<script") == 1 and "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "\x00" not in html
    assert not re.search(r'="[^"]*<script', html)
    lines = fleets.render("report.md.j2", report).splitlines()
    assert not [line for line in lines if "<script" in line]
    # A line that begins with a tag is HTML, in which Markdown has no marks.
    assert not [line for line in lines if "](javascript" in line and not line.startswith("<details>")]
    tables = [line for line in lines if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in tables} == {4}
    suites = ElementTree.fromstring(fleets.render("report.xml.j2", report))
    assert printable(HOSTILE) in [case.get("name", "").partition("Array")[0] for case in suites.iter("testcase")]
    assert json.loads(fleets.render("report.json.j2", report)) == report


@pytest.mark.parametrize("template", FILES)
@pytest.mark.parametrize(
    "fleet", [fleets.fine, fleets.wrong, fleets.long_names, list], ids=lambda fleet: fleet.__name__
)
def test_every_file_of_every_fleet(fleet: t.Callable[[], list[Json]], template: str) -> None:
    report = fleets.report(fleet())
    text = fleets.render(template, report)
    if template == "report.xml.j2":
        ElementTree.fromstring(text)
    assert fleets.render(template, fleets.report(fleet())) == text
    assert not re.search(r"https?://(?!192\.0\.2\.9)", text.replace("http-equiv", "")), "the page must need no network"


def test_cases_for_a_pipeline() -> None:
    suites = ElementTree.fromstring(fleets.render("report.xml.j2", fleets.report(fleets.wrong())))
    outcomes = {
        f"{case.get('classname')} {case.get('name')}": [child.tag for child in case] for case in suites.iter("testcase")
    }
    assert outcomes["ps-lost The appliance can be read"] == ["error"]
    assert outcomes["deploy-edge The appliance can be read"] == []
    assert outcomes["ps-frankfurt.drift Array as code: volume new-log"] == ["failure"]
    assert outcomes["ps-frankfurt.drift Array as code: host esx09"] == ["error"]
    assert outcomes["ps-frankfurt.expiry Password backup"] == ["failure"]
    assert outcomes["ps-frankfurt.expiry Passwords can be read"] == ["error"]
    assert not any("Management" in name and found for name, found in outcomes.items())


def test_markdown_marks_nothing() -> None:
    assert markdown("a|b\n <b>@me</b> [x](http://y) `z`") == (
        "a\\|b<br>&lt;b&gt;&#64;me&lt;/b&gt; \\[x\\]\\(http:&#47;/y\\) \\`z\\`"
    )
    assert markdown(None) == ""


def test_settings_have_sensible_defaults() -> None:
    assert Settings(NOW) == Settings(NOW, 24, 30, 7, 80, 90)
