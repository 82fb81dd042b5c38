# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading: objects, collections page by page, jobs, and what becomes of a read that fails."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Busy,
    ConnectionFailed,
    JobLost,
    Refused,
    ResponseLost,
    UnexpectedResponse,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._http.endpoint import Endpoint
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from tests.unit.http.servers import Answer, NoAnswer, closed_port
from tests.unit.powerstore.scripted import MakeArray, login, refused

SELECT = {"select": "id,name"}


def rows(first: int, last: int) -> list[dict[str, t.Any]]:
    return [{"id": str(number), "name": f"v{number}"} for number in range(first, last + 1)]


def page(first: int, last: int, total: int | str, **headers: str) -> Answer:
    """Answer with a part of a collection, rows numbered from 0, as the array does."""
    return Answer(206, rows(first, last), {"Content-Range": f"{first}-{last}/{total}", **headers})


class TestObjects:
    """One object by its id."""

    def test_it_is_there(self, array: MakeArray) -> None:
        one = array(login({"id": "g1", "name": "web"}))
        assert one.client.get("volume_group", "g1", SELECT) == {"id": "g1", "name": "web"}
        assert one.talk == ["GET volume_group/g1"] and one.queries == [SELECT]

    def test_it_is_not(self, array: MakeArray) -> None:
        one = array(login(), refused(404))
        one.client.query("volume", SELECT)
        assert one.client.get("volume_group", "g1", SELECT) is None

    def test_other_refusals_are_errors(self, array: MakeArray) -> None:
        one = array(refused(400, text="Invalid attribute."))
        with pytest.raises(Refused, match="Invalid attribute"):
            one.client.get("volume_group", "g1", SELECT)

    def test_a_page_that_says_404_does_not_tell_that_it_is_gone(self, array: MakeArray) -> None:
        """Else state absent would be content with a wrong host."""
        one = array(Answer(404, "<html><title>Not Found</title></html>"))
        with pytest.raises(UnexpectedResponse, match="not a PowerStore"):
            one.client.get("volume_group", "g1", SELECT)

    def test_an_id_cannot_break_out_of_its_place(self, array: MakeArray) -> None:
        one = array(login({"id": "x", "name": "web"}))
        one.client.get("volume_group", "../job/1?a=b#c", SELECT)
        assert one.talk == ["GET volume_group/..%2Fjob%2F1%3Fa%3Db%23c"] and one.queries == [SELECT]

    @pytest.mark.parametrize("body", [[], [{"id": "g1"}], "text", 7])
    def test_what_is_no_object_is_strange(self, array: MakeArray, body: t.Any) -> None:
        one = array(*[Answer(200, body)] * 2)
        with pytest.raises(UnexpectedResponse):
            one.client.get("volume_group", "g1", SELECT)


class TestCollections:
    """All pages of a collection."""

    def test_one_page(self, array: MakeArray) -> None:
        one = array(login(rows(0, 4)))
        assert one.client.query("volume", SELECT) == rows(0, 4)
        assert one.queries == [{**SELECT, "order": "id", "limit": "2000"}]

    def test_nothing(self, array: MakeArray) -> None:
        one = array(login([]))
        assert one.client.query("volume", SELECT) == []
        assert len(one.talk) == 1

    def test_pages_until_all_are_there(self, array: MakeArray) -> None:
        one = array(login(), page(0, 1, 5), page(2, 3, 5), page(4, 4, 5))
        one.client.query("volume", SELECT)
        query = {**SELECT, "name": "ilike.web*", "order": "name"}
        assert one.client.query("volume", query) == rows(0, 4)
        query = {**query, "order": "name,id"}  # names may be equal
        assert one.queries[1:] == [
            {**query, "limit": "2000"},
            {**query, "limit": "2000", "offset": "2"},
            {**query, "limit": "2000", "offset": "4"},
        ]

    def test_the_last_page_may_come_as_whole(self, array: MakeArray) -> None:
        one = array(page(0, 1, 3), Answer(200, rows(2, 2)))
        assert one.client.query("volume", SELECT) == rows(0, 2)

    def test_without_a_total_a_page_follows_until_there_is_none(self, array: MakeArray) -> None:
        one = array(page(0, 1, "*"), page(2, 2, "*"), refused(416))
        assert one.client.query("volume", SELECT) == rows(0, 2)

    EMPTY = Answer(206, [], {"Content-Range": "*/4"})
    LIES = (
        pytest.param((page(0, 1, 4), refused(416)), "2 objects of 4 were returned", id="it has shrunk"),
        pytest.param((page(0, 1, 4), EMPTY), "2 objects of 4 were returned", id="an empty page"),
        pytest.param((page(0, 1, 4), Answer(200, rows(2, 2))), "3 objects of 4 were returned", id="a page is short"),
        pytest.param((page(0, 1, 4), page(1, 2, 4)), "1 objects appeared more than once", id="pages overlap"),
        pytest.param((page(0, 1, 4), page(2, 2, 3)), "went from 4 to 3", id="one was removed meanwhile"),
        pytest.param(
            (Answer(200, rows(0, 1), {"Content-Range": "0-1/3"}),), "2 objects of 3 were returned", id="no second page"
        ),
    )

    @pytest.mark.parametrize("lie, words", LIES)
    def test_pages_that_do_not_add_up_are_read_again(
        self, array: MakeArray, lie: tuple[Answer, ...], words: str
    ) -> None:
        """A row that a page has missed would be taken as not there."""
        one = array(*lie, page(0, 1, 3), page(2, 2, 3))
        assert one.client.query("volume", SELECT) == rows(0, 2)
        assert len(one.talk) == len(lie) + 2

    @pytest.mark.parametrize("lie, words", LIES)
    def test_pages_that_never_add_up_are_an_error(self, array: MakeArray, lie: tuple[Answer, ...], words: str) -> None:
        one = array(*lie * 3)
        with pytest.raises(UnexpectedResponse, match=words) as caught:
            one.client.query("volume", SELECT)
        assert (caught.value.method, caught.value.path) == ("GET", "/api/rest/volume")

    def test_the_first_ones_are_not_counted(self, array: MakeArray) -> None:
        one = array(page(0, 1, 9), page(2, 2, 8))
        assert one.client.query("volume", SELECT, limit=3) == rows(0, 2)

    def test_what_is_named_needs_no_order(self, array: MakeArray) -> None:
        one = array(login([]), Answer(200, []), Answer(200, []), Answer(200, []))
        for query in ({"id": "eq.1"}, {"name": "in.(a,b)"}, {"name": "like.a*"}):
            one.client.query("volume", {**SELECT, **query})
        one.client.query("role", SELECT)
        assert [query.get("order") for query in one.queries] == [None, None, "id", None]

    def test_a_416_at_the_start_is_an_error(self, array: MakeArray) -> None:
        one = array(refused(416))
        with pytest.raises(Refused):
            one.client.query("volume", SELECT)

    def test_an_error_on_a_later_page_is_one(self, array: MakeArray) -> None:
        """A part of a collection is never taken for the whole."""
        one = array(page(0, 1, 4), refused(500))
        with pytest.raises(Refused, match="failed internally"):
            one.client.query("volume", SELECT)

    @pytest.mark.parametrize("limit, asked", [(1, "1"), (3, "3"), (2000, "2000"), (3000, "2000")])
    def test_a_limit_is_asked_for(self, array: MakeArray, limit: int, asked: str) -> None:
        one = array(login(rows(0, 0)))
        one.client.query("volume", SELECT, limit)
        assert one.queries[0]["limit"] == asked

    def test_a_limit_is_kept(self, array: MakeArray) -> None:
        one = array(page(0, 2, 9))
        assert one.client.query("volume", SELECT, limit=3) == rows(0, 2)
        assert len(one.talk) == 1

    def test_a_limit_beyond_a_page(self, array: MakeArray) -> None:
        one = array(page(0, 1999, 4000), page(2000, 2499, 4000))
        assert one.client.query("volume", SELECT, limit=2500) == rows(0, 2499)
        assert [query["limit"] for query in one.queries] == ["2000", "500"]

    def test_a_collection_that_ignores_the_limit_is_cut(self, array: MakeArray) -> None:
        one = array(login(rows(0, 9)))
        assert one.client.query("role", SELECT, limit=3) == rows(0, 2)

    @pytest.mark.parametrize("body", [{}, {"id": "g1"}, "text"])
    def test_what_is_no_list_is_strange(self, array: MakeArray, body: t.Any) -> None:
        one = array(*[Answer(200, body)] * 2)
        with pytest.raises(UnexpectedResponse) as caught:
            one.client.query("volume", SELECT)
        assert "PowerStore" in str(caught.value)

    def test_a_name_is_encoded_and_arrives_whole(self, array: MakeArray) -> None:
        one = array(login())
        one.client.query("volume", {"name": "eq.Größe & Co. #1 100%+"})
        assert one.queries[0]["name"] == "eq.Größe & Co. #1 100%+"


class TestJobs:
    """Jobs, one and many."""

    FIELDS = (
        "id,phase,state,progress_percentage,resource_action,resource_type,resource_id,resource_name,"
        "response_status,response_body"
    )

    def test_one(self, array: MakeArray) -> None:
        one = array(login({"id": "j1", "phase": "In_Progress", "progress_percentage": 40}))
        job = one.client.job("j1")
        assert (job.id, job.state, job.percent) == ("j1", "running", 40)
        assert one.talk == ["GET job/j1"] and one.queries == [{"select": self.FIELDS}]

    def test_one_that_the_array_has_forgotten(self, array: MakeArray) -> None:
        one = array(login(), refused(404))
        one.client.query("volume", SELECT)
        with pytest.raises(JobLost) as caught:
            one.client.job("j1")
        assert (caught.value.status, caught.value.job) == (404, "j1")

    def test_many_newest_first(self, array: MakeArray) -> None:
        one = array(login([{"id": "j2", "phase": "Queued"}, {"id": "j1", "phase": "Completed"}]))
        jobs = one.client.jobs({"resource_id": "eq.g1", "resource_action": "in.(modify)"})
        assert [(job.id, job.state) for job in jobs] == [("j2", "running"), ("j1", "done")]
        assert one.queries == [
            {
                "select": self.FIELDS,
                "order": "start_time.desc,id",
                "resource_id": "eq.g1",
                "resource_action": "in.(modify)",
                "limit": "100",
            }
        ]

    def test_an_answer_without_the_id_that_was_asked(self, array: MakeArray) -> None:
        assert array(login({"phase": "Queued"})).client.job("j1").id == "j1"

    @pytest.mark.parametrize("body", [["x"], [[]], [None]])
    def test_a_list_of_what_is_no_object_is_strange(self, array: MakeArray, body: t.Any) -> None:
        one = array(login(body))
        with pytest.raises(UnexpectedResponse):
            one.client.jobs({})


class TestReadsThatFail:
    """A read may be repeated, a few times, once the array is known to be there."""

    @pytest.mark.parametrize("failure", [NoAnswer(), refused(503), Answer(502, "<html>"), Answer(504)])
    def test_it_is_tried_again_after_a_pause(self, array: MakeArray, failure: Answer | NoAnswer) -> None:
        one = array(login(), failure, failure, Answer(200, rows(0, 0)))
        one.client.query("volume", SELECT)
        assert one.client.query("volume", SELECT) == rows(0, 0)
        assert len(one.talk) == 4 and one.pauses == [0.5, 1.0]

    @pytest.mark.parametrize(
        "failure, kind",
        [(NoAnswer(), ResponseLost), (refused(503), Busy), (Answer(502), ResponseLost), (Answer(504), ResponseLost)],
    )
    def test_three_times_are_enough(
        self, array: MakeArray, failure: Answer | NoAnswer, kind: type[ApplianceError]
    ) -> None:
        one = array(login(), failure, failure, failure, Answer(200, []))
        one.client.query("volume", SELECT)
        with pytest.raises(kind):
            one.client.query("volume", SELECT)
        assert len(one.talk) == 4 and one.pauses == [0.5, 1.0]

    @pytest.mark.parametrize("status", [400, 404, 405, 416, 422, 501])
    def test_a_refusal_is_an_answer(self, array: MakeArray, status: int) -> None:
        one = array(login(), refused(status))
        one.client.query("volume", SELECT)
        with pytest.raises(Refused):
            one.client.query("volume", SELECT)
        assert len(one.talk) == 2 and one.pauses == []

    @pytest.mark.parametrize(
        "failure", [refused(500), Answer(500, "<html>"), Answer(200, '[{"id": '), Answer(200, "<html>"), refused(429)]
    )
    def test_one_of_these_is_survived(self, array: MakeArray, failure: Answer) -> None:
        one = array(login(failure.body, failure.status), Answer(200, rows(0, 0)))
        assert one.client.query("volume", SELECT) == rows(0, 0)
        assert one.pauses == [0.5]

    @pytest.mark.parametrize("failure, kind", [(refused(500), Refused), (Answer(200, "<html>"), UnexpectedResponse)])
    def test_but_not_two(self, array: MakeArray, failure: Answer, kind: type[ApplianceError]) -> None:
        one = array(failure, failure)
        with pytest.raises(kind):
            one.client.query("volume", SELECT)
        assert one.talk == ["GET volume", "GET volume"]

    @pytest.mark.parametrize("status", [429, 503])
    @pytest.mark.parametrize("asked, pause", [("7", 7.0), ("0", 0.5), ("soon", 0.5), ("86400", 30.0)])
    def test_the_array_may_say_how_long_to_wait(self, array: MakeArray, status: int, asked: str, pause: float) -> None:
        one = array(Answer(status, None, {"Retry-After": asked}), Answer(200, []))
        one.client.query("volume", SELECT)
        assert one.pauses == [pause]

    def test_or_until_when(self, array: MakeArray) -> None:
        when = {"Date": "Fri, 27 Nov 2026 10:00:00 GMT", "Retry-After": "Fri, 27 Nov 2026 10:00:04 GMT"}
        one = array(Answer(429, None, when), Answer(200, []))
        one.client.query("volume", SELECT)
        assert one.pauses == [4.0]

    def test_nobody_waits_longer_than_the_wait_that_the_read_is_a_part_of(self, array: MakeArray) -> None:
        one = array(login(), Answer(429, None, {"Retry-After": "20"}))
        one.client.query("volume", SELECT)
        with pytest.raises(Busy), one.client.within(10.0):
            one.client.query("volume", SELECT)
        assert one.pauses == []

    def test_what_never_answered_at_all_is_told_at_once(self, array: MakeArray) -> None:
        """Nobody wants to wait three times for a wrong host."""
        one = array(NoAnswer())
        with pytest.raises(ResponseLost):
            one.client.query("volume", SELECT)
        assert len(one.talk) == 1 and one.pauses == []

    def test_what_is_not_there_is_told_at_once(self, array: MakeArray) -> None:
        pauses: list[float] = []
        client = PowerStoreClient(Endpoint("127.0.0.1", closed_port()), "ops", "secret", sleep=pauses.append)
        with pytest.raises(ConnectionFailed):
            client.query("volume", SELECT)
        assert pauses == []

    def test_a_redirect_is_no_answer_of_the_array(self, array: MakeArray) -> None:
        """Somebody's single sign-on stands in front."""
        one = array(Answer(302, None, {"Location": "https://sso.example.com/"}))
        with pytest.raises(UnexpectedResponse, match="which points to https://sso.example.com/"):
            one.client.query("volume", SELECT)
