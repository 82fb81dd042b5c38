# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Questions to any collection: what is sent, and what comes of it."""

from __future__ import annotations

import functools
import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.info_query import InfoQuery
from ansible_collections.jobwise.appliance.plugins.modules import oneview_info
from tests.unit.http.servers import Answer
from tests.unit.oneview.scripted import MakeAppliance, collection, error_from, refused

A: t.Any = {"name": "a", "uri": "/rest/x/a", "powerState": "On", "size": 5}
B: t.Any = {"name": "b", "uri": "/rest/x/b", "powerState": "OnHold", "size": 9}


def question(**params: t.Any) -> InfoQuery:
    return InfoQuery.of({**dict.fromkeys(oneview_info.SPEC), "type": "x", **params})


def test_all_there_is(appliance: MakeAppliance) -> None:
    one = appliance(collection(A, following="/rest/x?start=1"), collection(B))
    assert question().ask(one.client) == ([A, B], [])
    assert one.requests[0].target == "/rest/x?start=0&count=-1"


@pytest.mark.parametrize("given", ["x", "/rest/x", "rest/x/", " x "])
def test_paths(given: str) -> None:
    assert question(type=given).path == "/rest/x"


def test_conditions(appliance: MakeAppliance) -> None:
    filters = {"powerState": "On", "size": ["gt 3", "not eq 7"], "flag": True, "m": "matches web%", "n": "none there"}
    one = appliance(collection({**A, "flag": True}, {**B, "flag": True}, {**A, "flag": False}))
    rows, dummy = question(filters=filters, order=["name", "size:desc"]).ask(one.client)
    assert rows == [{**A, "flag": True}]
    assert "filter=%22powerState%3D%27On%27%22&filter=%22size+gt+%273%27%22" in one.requests[0].target
    assert "filter=%22not+size+eq+%277%27%22" in one.requests[0].target
    assert "filter=%22m+matches+%27web%25%27%22&filter=%22n%3D%27none+there%27%22" in one.requests[0].target
    assert one.requests[0].query["sort"] == "name:ascending,size:descending"


def test_only_some_attributes(appliance: MakeAppliance) -> None:
    """Asked for, and picked, since not every resource heeds the parameter; what is needed to match goes along."""
    one = appliance(collection(A, B))
    rows, dummy = question(fields=["size", "colour"], names=["A"]).ask(one.client)
    assert rows == [{"size": 5}]
    assert one.requests[0].query["fields"] == "size,colour,name"


class TestOneByOne:
    def test_ids(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(200, A), refused(404))
        assert question(ids=["a", "/rest/x/zz"], fields=["name"]).ask(one.client) == ([{"name": "a"}], ["/rest/x/zz"])
        assert one.talk == ["GET x/a", "GET x/zz"]

    def test_names(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(A, B))
        assert question(names=["A", "zz"]).ask(one.client) == ([A], ["zz"])
        assert "filter" not in one.requests[0].query

    def test_one_name_is_asked_for(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(A))
        assert question(names=["a"]).ask(one.client) == ([A], [])
        assert one.requests[0].query["filter"] == "\"name='a'\""

    @pytest.mark.parametrize("option", ["ids", "names"])
    def test_none_at_all(self, appliance: MakeAppliance, option: str) -> None:
        assert question(**{option: []}).ask(appliance().client) == ([], [])

    def test_a_name_that_is_filtered_out_is_not_missing(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(A), collection(A, B))
        asked = question(names=["a", "B", "zz"], filters={"powerState": "On"}, order=["name"], fields=["size"])
        assert asked.ask(one.client) == ([{"size": 5}], ["zz"])
        assert one.talk == ["GET x", "GET x"] and one.requests[1].query["fields"] == "name"
        assert "filter" not in one.requests[1].query and "sort" not in one.requests[1].query

    def test_one_name_that_is_filtered_out(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(), collection(B))
        assert question(names=["b"], filters={"size": "lt 9"}).ask(one.client) == ([], [])
        assert one.requests[1].query["filter"] == "\"name='b'\""

    def test_names_that_all_fit_cost_one_read(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(A))
        assert question(names=["a"], filters={"powerState": "On"}).ask(one.client) == ([A], [])
        assert one.talk == ["GET x"]

    def test_users_go_by_another_name(self, appliance: MakeAppliance) -> None:
        one = appliance(collection({"userName": "anna"}))
        assert question(type="users", names=["Anna"]).ask(one.client) == ([{"userName": "anna"}], [])


def test_a_limit_counts_what_fits(appliance: MakeAppliance) -> None:
    one = appliance(collection(B, A, following="/rest/x?p=2"), collection(A, A, following="/rest/x?p=3"))
    rows, dummy = question(filters={"powerState": "on"}, limit=2).ask(one.client)
    assert rows == [A, A]


def test_a_single_resource(appliance: MakeAppliance) -> None:
    one = appliance(Answer(200, {"timezone": "UTC"}))
    assert question(type="appliance/configuration/time-locale").ask(one.client) == ([{"timezone": "UTC"}], [])


def test_a_path_that_there_is_not(appliance: MakeAppliance) -> None:
    error = error_from(lambda: question(type="server-profile").ask(appliance(refused(404)).client))
    assert isinstance(error, InputError) and error.message == "The appliance has no /rest/server-profile."
    assert "server-profiles" in error.hint


@pytest.mark.parametrize(
    "params, words",
    [
        ({"type": "x?count=5"}, "Conditions go into filters"),
        ({"type": "/rest/"}, "type takes the name or path"),
        ({"limit": 0}, "limit must be at least 1"),
        ({"names": [""]}, "names has an empty entry"),
        ({"ids": ["a"], "filters": {"a": 1}}, "filters and order cannot be combined with ids"),
        ({"ids": [], "order": ["name"]}, "filters and order cannot be combined with ids"),
        ({"order": ["name:down"]}, "not 'name:down'"),
        ({"filters": {"a": None}}, "a takes a value"),
        ({"filters": {"a": {"b": 1}}}, "a takes a value"),
        ({"filters": {"a": "ne"}}, "takes an operator and a value"),
        ({"filters": {"a": "not web"}}, "takes an operator and a value"),
        ({"filters": {"a": "ne it's"}}, "cannot contain quotation marks"),
    ],
)
def test_questions_that_cannot_be(params: dict[str, t.Any], words: str) -> None:
    assert words in str(error_from(functools.partial(question, **params)))
