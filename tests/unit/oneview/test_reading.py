# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads: single resources, all pages of collections, filters, downloads."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    Refused,
    ResponseLost,
    UnexpectedResponse,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.query import condition, equals
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.oneview.scripted import MakeAppliance, collection, error_from, refused

A, B, C = ({"name": name, "uri": f"/rest/x/{name}"} for name in "abc")


class TestSingleResources:
    def test_one_that_is_not_there(self, appliance: MakeAppliance) -> None:
        assert appliance(refused(404, "RESOURCE_NOT_FOUND")).client.get("/rest/x/1") is None

    @pytest.mark.parametrize("answers", [[refused(400)], [refused(403)], [refused(500), refused(500)], [refused(501)]])
    def test_another_failure_is_never_taken_for_absence(self, appliance: MakeAppliance, answers: list[Answer]) -> None:
        one = appliance(*answers)
        assert isinstance(error_from(lambda: one.client.get("/rest/x/1")), Refused)
        assert one.script.answers == []

    def test_an_absolute_uri(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(200, A))
        assert one.client.get("https://oneview.example.com/rest/x/a") == A
        assert one.talk == ["GET x/a"]

    def test_a_read_is_repeated(self, appliance: MakeAppliance) -> None:
        one = appliance(NoAnswer(), refused(503), Answer(200, A))
        assert one.client.get("/rest/x/a") == A

    def test_three_times_in_all(self, appliance: MakeAppliance) -> None:
        one = appliance(NoAnswer(), NoAnswer(), NoAnswer())
        assert isinstance(error_from(lambda: one.client.get("/rest/x/a")), ResponseLost)

    def test_a_list_is_no_resource(self, appliance: MakeAppliance) -> None:
        assert isinstance(error_from(lambda: appliance(Answer(200, [])).client.get("/rest/x/a")), UnexpectedResponse)


class TestCollections:
    def test_pages_are_followed_to_their_end(self, appliance: MakeAppliance) -> None:
        """Although all were asked for: the appliance may give fewer. The links carry filter and order already."""
        one = appliance(
            collection(A, following="/rest/x?start=1&count=1&sort=name%3Aasc"),
            collection(B, following="https://oneview.example.com/rest/x?start=2&count=1&sort=name%3Aasc"),
            collection(C, following=""),
        )
        assert one.client.all("/rest/x", [("sort", "name:asc")]) == [A, B, C]
        assert [request.query for request in one.requests] == [
            {"start": "0", "count": "-1", "sort": "name:asc"},
            {"start": "1", "count": "1", "sort": "name:asc"},
            {"start": "2", "count": "1", "sort": "name:asc"},
        ]

    def test_a_page_that_leads_to_itself_ends(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(A, following="/rest/x?start=0", uri="/rest/x?start=0"))
        assert one.client.all("/rest/x") == [A]

    def test_pages_that_lead_in_a_circle_end(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(A, following="/rest/x?p=1"), collection(B, following="/rest/x?p=1"))
        assert one.client.all("/rest/x") == [A, B]

    def test_no_more_pages_than_asked_for(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(A, following="/rest/x?p=1"), collection(B, C, following="/rest/x?p=2"))
        assert one.client.all("/rest/x", limit=2) == [A, B]
        assert one.requests[0].query["count"] == "2"

    def test_members_may_be_null(self, appliance: MakeAppliance) -> None:
        assert appliance(Answer(200, {"members": None, "nextPageUri": None})).client.all("/rest/x") == []


class TestFinding:
    def test_what_comes_back_is_held_against_the_value(self, appliance: MakeAppliance) -> None:
        """Appliances filter loosely: they ignore case, and some return what only begins so."""
        one = appliance(collection({"name": "net"}, {"name": "network"}, {"name": "NET"}))
        assert one.client.find("/rest/x", "name", "Net") == [{"name": "net"}, {"name": "NET"}]
        assert one.requests[0].query["filter"] == "\"name='Net'\""

    def test_names_with_apostrophes(self, appliance: MakeAppliance) -> None:
        one = appliance(collection({"name": "Anna's"}, {"name": "Annaxs"}))
        assert one.client.find("/rest/x", "name", "Anna's") == [{"name": "Anna's"}]
        assert one.requests[0].query["filter"] == "\"name matches 'Anna_s'\""

    def test_null_is_no_value_and_other_words_are_texts(self) -> None:
        assert condition("description", "not eq NULL") == '"not description eq NULL"'
        assert condition("description", "eq NULLS") == "\"description eq 'NULLS'\""

    def test_quotation_marks(self) -> None:
        assert equals("name", '19" rack') == "\"name matches '19_ rack'\""
        assert equals("name", r"a\_'b") == "\"name matches 'a___b'\""

    def test_tasks_by_what_they_are_about(self, appliance: MakeAppliance) -> None:
        about = {"resourceUri": "/rest/x/a", "resourceName": "a"}
        mine = {"uri": "/rest/tasks/1", "taskState": "Running", "name": "Update", "associatedResource": about}
        other = {**mine, "uri": "/rest/tasks/2", "associatedResource": {"resourceUri": "/rest/x/ab"}}
        one = appliance(collection(mine, other, {**mine, "uri": "/rest/tasks/3", "associatedResource": None}))
        jobs = one.client.jobs({"associatedResource.resourceUri": "/rest/x/a"})
        assert [(job.id, job.action, job.resource_id) for job in jobs] == [("/rest/tasks/1", "modify", "/rest/x/a")]
        assert one.requests[0].query["sort"] == "created:descending"


class TestDownloads:
    def test_bytes_in_pieces_with_what_all_requests_carry(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(200, "x" * 100000, {"Content-Type": "application/octet-stream"}))
        with one.client.download("/rest/backups/archive/b") as (response, pieces):
            assert response.status == 200 and b"".join(pieces) == b"x" * 100000
        sent = one.requests[0].headers
        assert (sent["auth"], sent["x-api-version"], sent["accept"]) == ("s1", "8600", "*/*")

    def test_a_redirection_within_the_appliance(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(302, None, {"Location": "/rest/backups/file/b"}), Answer(200, "xy"))
        with one.client.download("/rest/backups/archive/b") as (dummy, pieces):
            assert b"".join(pieces) == b"xy"
        assert one.talk == ["GET backups/archive/b", "GET backups/file/b"]

    @pytest.mark.parametrize(
        "there",
        ["https://elsewhere.example.com/b", "//elsewhere.example.com/b", "https://[bad", "https://[::1]:x/b", "", "b"],
    )
    def test_a_redirection_elsewhere_does_not_get_the_session(self, appliance: MakeAppliance, there: str) -> None:
        def fetch() -> None:
            with one.client.download("/rest/backups/archive/b"):
                pass

        one = appliance(Answer(302, None, {"Location": there}))
        assert isinstance(error_from(fetch), UnexpectedResponse)
        assert one.talk == ["GET backups/archive/b"]

    def test_what_cannot_be_downloaded(self, appliance: MakeAppliance) -> None:
        def fetch() -> None:
            with one.client.download("/rest/backups/archive/b"):
                pass

        one = appliance(refused(404, "BACKUP_GONE", "There is no such backup."))
        assert "There is no such backup." in error_from(fetch).message

    def test_an_expired_session_is_made_anew(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(200, A), refused(401), Answer(204), Answer(200, {"sessionID": "s2"}), Answer(200, "xy"))
        one.client.get("/rest/x/a")
        with one.client.download("/rest/backups/archive/b") as (dummy, pieces):
            assert b"".join(pieces) == b"xy"
        assert one.requests[-1].headers["auth"] == "s2"
