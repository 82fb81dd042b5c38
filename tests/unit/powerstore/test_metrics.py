# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Queries of metrics: what is sent, which rows come back, and what is refused before anything is sent."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    InputError,
    LoginFailed,
    UnexpectedResponse,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.metrics_query import MetricsQuery
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import MakeArray, refused, who
from tests.unit.powerstore.test_questions import NOTHING
from tests.unit.powerstore.test_questions import refusal as refusal_of_objects

SPACE = "space_metrics_by_cluster"


def query(type_: str, **options: t.Any) -> MetricsQuery:
    return MetricsQuery.of({**NOTHING, "interval": None, "type": type_, **options})


def refusal(type_: str, **options: t.Any) -> str:
    with pytest.raises(InputError) as caught:
        query(type_, **options)
    return str(caught.value)


def row(hour: int) -> dict[str, t.Any]:
    return {"timestamp": f"2026-01-31T{hour:02}:00:00Z", "physical_used": hour}


def test_the_newest_rows_of_the_cluster_in_the_order_of_time(array: MakeArray) -> None:
    one = array(who(), Answer(200, [row(3), row(1), row(2)]))
    assert query(SPACE, limit=2, interval="One_Day").ask(one.client) == ([row(2), row(3)], [])
    assert one.talk == ["GET login_session", "POST metrics/generate"]  # only a GET brings the token of the session
    assert one.proofs == ["basic", "cookie2 token2"]
    assert one.script.requests[1].body == {"entity": SPACE, "entity_id": "0", "interval": "One_Day"}


def test_objects_that_the_array_does_not_have_are_missing(array: MakeArray) -> None:
    one = array(who(), Answer(200, [row(1)]), refused(404), Answer(204))
    assert query("space_metrics_by_volume", ids=["a", "b", "a", "c"]).ask(one.client) == ([row(1)], ["b"])
    assert [request.body["entity_id"] for request in one.script.requests[1:]] == ["a", "b", "c"]


def test_a_query_is_sent_again_like_any_other_read(array: MakeArray) -> None:
    one = array(Answer(503), who(), Answer(503), Answer(200, [row(1)]))
    assert query(SPACE).ask(one.client) == ([row(1)], [])


def test_a_user_who_must_change_the_password_first(array: MakeArray) -> None:
    with pytest.raises(LoginFailed, match="must change the password"):
        query(SPACE).ask(array(who(must_change_password=True), refused(403)).client)


def test_what_is_no_list_of_rows_does_not_come_from_an_array(array: MakeArray) -> None:
    with pytest.raises(UnexpectedResponse, match="POST /api/rest/metrics/generate did not return a list"):
        query(SPACE).ask(array(who(), Answer(200, {"physical_used": 1})).client)


def test_what_is_refused_before_anything_is_sent() -> None:
    assert "take no names and no order: give ids" in refusal(SPACE, names=["a"], order=["timestamp"])
    assert "give the ids of these objects" in refusal("space_metrics_by_volume")
    assert "limit must be at least 1, not 0" in refusal(SPACE, limit=0)
    assert "interval is the time between rows of metrics" in refusal_of_objects("volume", interval="One_Day")
