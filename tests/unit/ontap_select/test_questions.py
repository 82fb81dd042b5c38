# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Questions to any collection, and waiting for jobs by their ids."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError, JobFailed, WaitTimeout
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.job import Clock, Job, WaitOptions
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.info_query import InfoQuery, checked_path
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.job_list import await_jobs, shown
from tests.unit.engine.fake_time import FakeTime
from tests.unit.ontap_select.scripted import LATER, MakeDeploy, record, records, refused, told

NOTHING: dict[str, t.Any] = {"ids": None, "names": None, "filters": None, "fields": ["*"], "order": None, "limit": None}


def question(type_: str, **options: t.Any) -> InfoQuery:
    return InfoQuery.of({**NOTHING, "type": type_, **options})


def refusal(type_: str, **options: t.Any) -> str:
    with pytest.raises(InputError) as caught:
        question(type_, **options)
    return str(caught.value)


def test_what_is_asked_is_what_deploy_reads(deploy: MakeDeploy) -> None:
    it = deploy(records({"id": "1"}))
    asked = question(
        "clusters",
        filters={"is_deployed": True, "name": ["a", "b"], "node_count": 2},
        fields=["id", " name "],
        order=["name asc", " id desc"],
        limit=5,
    )
    assert asked.ask(it.client) == ([{"id": "1"}], [])
    assert it.queries == [
        {
            "is_deployed": "true",
            "name": "a|b",
            "node_count": "2",
            "fields": "id,name",
            "order_by": "name asc,id desc",
            "max_records": "5",
        }
    ]


def test_those_that_are_missing_are_told(deploy: MakeDeploy) -> None:
    it = deploy(records({"id": "1"}))
    assert question("hosts", ids=["1", "2"], fields=["name"]).ask(it.client) == ([{"id": "1"}], ["2"])
    assert it.queries == [{"id": "1|2", "fields": "name,id"}]


def test_names_that_are_missing_are_looked_for_whatever_their_case(deploy: MakeDeploy) -> None:
    """Deploy's filters take a name as it is written; a second read costs only where something is missing."""
    it = deploy(records({"name": "esx1"}), records({"name": "esx1"}, {"name": "ESX2"}, {"name": "other"}))
    asked = question("hosts", names=["esx1", "esx2", "esx3"], filters={"hypervisor_type": "ESX"})
    assert asked.ask(it.client) == ([{"name": "esx1"}, {"name": "ESX2"}], ["esx3"])
    same = {"hypervisor_type": "ESX", "fields": "*"}
    assert it.queries == [{**same, "name": "esx1|esx2|esx3"}, same]
    it = deploy(records())
    assert question("hosts", names=["192.0.2.1"]).ask(it.client) == ([], ["192.0.2.1"])


@pytest.mark.parametrize("key", ["ids", "names"])
@pytest.mark.parametrize("type_", ["hosts", "events"])
def test_none_of_them_are_not_all_of_them(deploy: MakeDeploy, type_: str, key: str) -> None:
    it = deploy()
    assert question(type_, **{key: []}).ask(it.client) == ([], [])
    assert it.talk == []


def test_names_with_a_meaning_in_filters_are_looked_for_here(deploy: MakeDeploy) -> None:
    it = deploy(records({"name": "a*"}, {"name": "ab"}))
    assert question("hosts", names=["a*"], limit=1).ask(it.client) == ([{"name": "a*"}], [])
    assert it.queries == [{"fields": "*"}]


def test_one_record_is_a_list_of_one(deploy: MakeDeploy) -> None:
    assert question("deploy").ask(deploy(record({"hostname": "d"})).client) == ([{"hostname": "d"}], [])


def test_all_events_come_page_by_page(deploy: MakeDeploy) -> None:
    """Two events of one moment lie on both sides of a page's border."""
    moments = [f"2026-11-21T00:{one // 60:02}:{one % 60:02}.000000Z" for one in range(1200)]
    events = [{"id": str(one), "time": moment} for one, moment in enumerate(moments)]
    events[1000]["time"] = events[999]["time"]
    it = deploy(records(*events[:1000]), records(*events[999:]))
    rows, dummy = question("events", fields=["type"]).ask(it.client)
    assert [row["id"] for row in rows] == [str(one) for one in range(1200)]
    assert it.queries[0] == {"fields": "type,id,time", "order_by": "time asc", "max_records": "1000"}
    assert it.queries[1]["time"] == f">={events[999]['time']}"


def test_a_page_full_of_one_moment_is_asked_for_larger(deploy: MakeDeploy) -> None:
    rows = [{"id": str(one), "time": "T"} for one in range(1001)]
    it = deploy(records(*rows[:1000]), records(*rows[:1000]), records(*rows))
    assert len(question("events").ask(it.client)[0]) == 1001
    assert [query["max_records"] for query in it.queries] == ["1000", "1000", "2000"]


@pytest.mark.parametrize("bound", [">=2026-11-21T00:00:00Z", " >2026-11-20T23:59:59Z"])
def test_all_events_since_a_time_come_page_by_page(deploy: MakeDeploy, bound: str) -> None:
    events = [{"id": str(one), "time": f"T{one:04}"} for one in range(1200)]
    it = deploy(records(*events[:1000]), records(*events[999:]))
    rows, dummy = question("events", filters={"time": bound, "type": "api"}).ask(it.client)
    assert [row["id"] for row in rows] == [str(one) for one in range(1200)]
    assert [query["time"] for query in it.queries] == [bound, ">=T0999"]
    assert {query["type"] for query in it.queries} == {"api"}


@pytest.mark.parametrize("time", ["<2026-11-21T00:00:00Z", "2026-11-21T00:00:00Z", ">T2|<T1", "!null", [">T2", "<T1"]])
def test_events_of_other_times_come_in_one_go(deploy: MakeDeploy, time: t.Any) -> None:
    events = [{"id": str(one), "time": f"T{one:04}"} for one in range(1200)]
    it = deploy(records(*events))
    assert len(question("events", filters={"time": time}).ask(it.client)[0]) == 1200
    assert len(it.queries) == 1 and "max_records" not in it.queries[0] and it.queries[0]["order_by"] == "time asc"
    it = deploy(records(*events[:3]))
    assert len(question("events", filters={"time": time}, limit=3).ask(it.client)[0]) == 3
    assert it.queries[0]["max_records"] == "3"


@pytest.mark.parametrize("type_", ["clusters", "/clusters/", "/api/clusters", "/api/v3//clusters", "api/v3/clusters/"])
def test_a_path_may_be_written_in_full(type_: str) -> None:
    assert checked_path(type_) == "clusters"


@pytest.mark.parametrize(
    "options, words",
    [
        ({"type_": "cluster"}, "Deploy has no 'cluster'. Did you mean clusters?"),
        ({"type_": "license"}, "Did you mean licensing/licenses?"),
        ({"type_": ""}, "type takes a path"),
        ({"type_": "clusters?name=x"}, "Conditions go into filters."),
        ({"type_": "clusters/../x"}, "type takes a path"),
        ({"type_": "clusters", "limit": 0}, "limit must be at least 1"),
        ({"type_": "clusters", "filters": {"fields": "x"}}, "use the options fields"),
        ({"type_": "clusters", "filters": {"name": None}}, "name must be a value"),
    ],
)
def test_what_cannot_be_asked(options: dict[str, t.Any], words: str) -> None:
    assert words in refusal(**options)


def test_a_path_that_is_not_there_is_told_with_those_that_are(deploy: MakeDeploy) -> None:
    it = deploy(refused(404, "No such thing."))
    with pytest.raises(Exception, match="Collections are backups, clusters"):
        question("clusters/x/nodes").ask(it.client)


def waiting(timeout: float = 60.0) -> tuple[WaitOptions, FakeTime]:
    time = FakeTime()
    return WaitOptions(timeout=timeout, clock=Clock(now=lambda: time.seconds, sleep=time.sleep)), time


def test_jobs_that_are_over_cost_one_look(deploy: MakeDeploy) -> None:
    it = deploy(records(told("success", id_="b"), told("success", id_="a")))
    jobs: dict[str, Job] = {}
    await_jobs(it.client, ["a", "b", "A"], waiting()[0], jobs)
    assert [one["id"] for one in shown(jobs)] == ["a", "b"]
    assert [query["id"] for query in it.queries] == ["a|b"]
    assert shown(jobs)[0] == {"id": "a", "state": "done", "phase": "success"}


def test_a_failed_job_does_not_end_the_wait_for_others(deploy: MakeDeploy) -> None:
    it = deploy(
        records(told("running", id_="a"), told("running", id_="b"), told("failure", "Old.", id_="c")),
        record(told("failure", "Bad.", LATER, id_="a")),
        record(told("success", "", LATER, id_="b")),
    )
    jobs: dict[str, Job] = {}
    with pytest.raises(JobFailed) as caught:
        await_jobs(it.client, ["a", "b", "c"], waiting()[0], jobs)
    assert [job.state for job in jobs.values()] == ["failed", "done", "failed"]
    assert "Bad." in str(caught.value) and "Old." in str(caught.value)


def test_the_time_is_for_all_of_them(deploy: MakeDeploy) -> None:
    it = deploy(records(told("running", id_="a")), record(told("running", id_="a")))
    with pytest.raises(WaitTimeout):
        await_jobs(it.client, ["a"], waiting(0.0)[0], {})


@pytest.mark.parametrize("ids, words", [(["a", " "], "empty entry"), (["a", "x"], "Deploy has no job x.")])
def test_ids_that_cannot_be(deploy: MakeDeploy, ids: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        await_jobs(deploy(records(told("success", id_="a"))).client, ids, waiting()[0], {})
