# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session on the array: one login, what each request carries, and a logout on every way out."""

from __future__ import annotations

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    LoginFailed,
    Refused,
    ResponseLost,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.powerstore.scripted import PASSWORD, MakeArray, ScriptedArray, login, refused, who

STEP = Request("modify", "PATCH", "volume_group/g1", {"description": "x"}, "change description of volume group web")
GROUPS = {"select": "id"}


def read(array: ScriptedArray) -> object:
    return array.client.query("volume_group", GROUPS)


def test_the_password_goes_over_the_line_once(array: MakeArray) -> None:
    """Then the cookie tells who it is, and the token comes along with what is no GET."""
    one = array(login(), Answer(200, []), Answer(204), Answer(200, []), Answer(204))
    with one.client as client:
        read(one)
        read(one)
        client.send(STEP)
        read(one)
    assert one.talk == [
        "GET volume_group",
        "GET volume_group",
        "PATCH volume_group/g1",
        "GET volume_group",
        "POST logout",
    ]
    assert one.proofs == ["basic", "cookie1", "cookie1 token1", "cookie1", "cookie1 token1"]
    assert {request.connection for request in one.script.requests} == {1}


def test_headers_that_every_request_has(array: MakeArray) -> None:
    one = array(login(), Answer(204))
    with one.client:
        read(one)
    for request in one.script.requests:
        assert request.headers["accept"] == "application/json"
        assert request.headers["accept-language"] == "en-US"
        assert request.headers["application-type"] == "Ansible/jobwise.appliance"


def test_a_new_token_or_cookie_replaces_the_old_one(array: MakeArray) -> None:
    one = array(
        login(), Answer(200, [], {"DELL-EMC-TOKEN": "token9"}), login(session="8"), Answer(200, []), Answer(204)
    )
    with one.client as client:
        for dummy in range(3):
            read(one)
        client.send(STEP)
    assert one.proofs == ["basic", "cookie1", "cookie1", "cookie8 token8", "cookie8 token8"]


def test_a_new_token_alone_leaves_the_cookie(array: MakeArray) -> None:
    one = array(login(), Answer(200, [], {"DELL-EMC-TOKEN": "token9"}), Answer(204))
    with one.client:
        read(one)
        read(one)
    assert one.proofs[-1] == "cookie1 token9"


def test_nothing_is_sent_before_there_is_something_to_ask(array: MakeArray) -> None:
    """And without a session there is nothing to log out of."""
    one = array()
    with one.client:
        pass
    assert one.talk == []


def test_a_wrong_password_is_tried_once(array: MakeArray) -> None:
    """Arrays lock an account after a few failures."""
    one = array(refused(401, text="Unauthorized."))
    with pytest.raises(LoginFailed) as caught, one.client:  # pylint: disable=confusing-with-statement
        read(one)
    assert one.talk == ["GET volume_group"]
    error = caught.value
    assert error.message == f"{one.client.endpoint.url} does not accept user ops with this password."
    assert error.facts()["status"] == 401 and error.facts()["kind"] == "login"
    assert error.facts()["messages"][0]["message"] == "Unauthorized."
    assert PASSWORD not in str(error) + repr(error.facts())


@pytest.mark.parametrize("body", [None, "<html>401</html>", "", {}])
def test_a_refused_login_may_come_with_anything(array: MakeArray, body: object) -> None:
    one = array(Answer(401, body))
    with pytest.raises(LoginFailed), one.client:
        read(one)
    assert one.talk == ["GET volume_group"]


class TestSessionsThatEnd:
    """The array forgets sessions: when they idle, when it restarts, when there are too many."""

    def test_a_401_makes_one_new_login_and_the_request_is_sent_again(self, array: MakeArray) -> None:
        one = array(login(), Answer(401), Answer(401), who(), Answer(200, [{"id": "g1"}]), Answer(204))
        with one.client:
            read(one)
            assert read(one) == [{"id": "g1"}]
        assert one.client.warnings == []

    @pytest.mark.parametrize("status", [401, 403])
    def test_the_old_session_is_ended_since_it_may_be_alive(self, array: MakeArray, status: int) -> None:
        one = array(login(), Answer(status), Answer(204), who(), Answer(200, []), Answer(204))
        with one.client:
            read(one)
            read(one)
        assert one.talk[1:] == [
            "GET volume_group",
            "POST logout",
            "GET login_session",
            "GET volume_group",
            "POST logout",
        ]
        assert one.proofs[1:] == ["cookie1", "cookie1 token1", "basic", "cookie2", "cookie2 token2"]

    @pytest.mark.parametrize("status", [401, 403])
    def test_a_write_that_was_turned_away_is_sent_in_the_new_session(self, array: MakeArray, status: int) -> None:
        """The array refuses before it does anything, so this is no second write."""
        one = array(login(), Answer(status), Answer(204), who(), Answer(202, {"id": "j1"}), Answer(204))
        with one.client as client:
            read(one)
            assert client.send(STEP).id == "j1"
        writes = [request for request in one.script.requests if request.method == "PATCH"]
        assert [request.body for request in writes] == [{"description": "x"}] * 2
        assert one.proofs[-2:] == ["cookie2 token2", "cookie2 token2"]

    def test_who_it_is_is_asked_with_the_login(self, array: MakeArray) -> None:
        one = array(login(), Answer(401), Answer(401), who(), Answer(200, []), Answer(204))
        with one.client:
            read(one)
            read(one)
        assert one.queries[3] == {"select": "id,user,role_ids,is_password_change_required"}

    @pytest.mark.parametrize("status", [401, 403])
    def test_a_second_refusal_is_an_answer(self, array: MakeArray, status: int) -> None:
        one = array(login(), Answer(status), Answer(204), who(), refused(status, text="No."), Answer(204))
        with pytest.raises(ApplianceError, match="No\\.") as caught, one.client:  # pylint: disable=confusing-with-statement
            read(one)
            read(one)
        assert caught.value.status == status
        assert one.talk[-1] == "POST logout" and one.script.answers == []

    def test_a_password_that_no_longer_holds_is_tried_once(self, array: MakeArray) -> None:
        """It was changed meanwhile."""
        one = array(login(), Answer(401), Answer(401), Answer(401))
        with pytest.raises(LoginFailed), one.client:
            read(one)
            read(one)
        assert one.talk == ["GET volume_group", "GET volume_group", "POST logout", "GET login_session"]


class TestRefusedFromTheStart:
    """A login that works, for something that is not permitted."""

    def test_a_403_with_the_login_is_an_answer(self, array: MakeArray) -> None:
        """The session is new: another one would fare no better. It is open, so it is ended."""
        one = array(login({"messages": []}, status=403), Answer(200, [{"user": "ops"}]), Answer(204))
        with pytest.raises(Refused) as caught, one.client:  # pylint: disable=confusing-with-statement
            read(one)
        assert "The array does not permit it" in str(caught.value)
        assert "Check whether the role of user ops allows it." in str(caught.value)
        assert one.talk == ["GET volume_group", "GET login_session", "POST logout"]

    @pytest.mark.parametrize("status", [400, 404, 422, 501])
    def test_a_session_that_came_with_an_error_is_ended(self, array: MakeArray, status: int) -> None:
        one = array(login({"messages": []}, status=status), Answer(204))
        with pytest.raises(Refused), one.client:
            read(one)
        assert one.proofs == ["basic", "cookie1 token1"]

    def test_a_password_that_has_to_be_changed_is_told_at_once(self, array: MakeArray) -> None:
        one = array(login(status=403), who(must_change_password=True, session="1"), Answer(204))
        with pytest.raises(LoginFailed, match="must change the password"), one.client:
            read(one)
        assert one.script.answers == []

    def test_or_when_the_array_permits_reads_only(self, array: MakeArray) -> None:
        one = array(login(), Answer(403), Answer(204), who(must_change_password=True), Answer(403), Answer(204))
        with pytest.raises(LoginFailed) as caught, one.client as client:
            read(one)
            client.send(STEP)
        assert caught.value.message == "User ops must change the password before the array permits anything else."
        assert caught.value.status == 403
        assert one.script.answers == []


class TestLogout:
    """A session is ended on every way out."""

    def test_after_an_error(self, array: MakeArray) -> None:
        one = array(login(), refused(422), Answer(204))
        with pytest.raises(Refused), one.client as client:
            read(one)
            client.send(STEP)
        assert one.talk[-1] == "POST logout"

    def test_after_an_interruption(self, array: MakeArray) -> None:
        one = array(login(), Answer(204))
        with pytest.raises(KeyboardInterrupt), one.client:
            read(one)
            raise KeyboardInterrupt
        assert one.talk[-1] == "POST logout"

    def test_after_an_answer_that_never_came(self, array: MakeArray) -> None:
        one = array(login(), NoAnswer(), Answer(204))
        with pytest.raises(ResponseLost), one.client as client:
            read(one)
            client.send(STEP)
        assert one.talk[-1] == "POST logout" and one.proofs[-1] == "cookie1 token1"

    @pytest.mark.parametrize("failure", [NoAnswer(), Answer(403), Answer(500), Answer(503, "<html>"), Answer(302)])
    def test_one_that_fails_is_repeated_on_a_new_connection(self, array: MakeArray, failure: Answer) -> None:
        one = array(login(), failure, Answer(204))
        with one.client:
            read(one)
        assert one.talk == ["GET volume_group", "POST logout", "POST logout"]
        assert [request.connection for request in one.script.requests] == [1, 1, 2]
        assert one.proofs[1:] == ["cookie1 token1"] * 2 and one.client.warnings == []

    @pytest.mark.parametrize("failure", [NoAnswer(), Answer(403), Answer(500), Answer(503, "<html>")])
    def test_two_that_fail_fail_nothing_and_leave_a_warning(self, array: MakeArray, failure: Answer) -> None:
        one = array(login(), failure, failure)
        with one.client:
            read(one)
        (warning,) = one.client.warnings
        assert warning.startswith(f"A session on {one.client.endpoint.url} may still be open")
        assert one.talk == ["GET volume_group", "POST logout", "POST logout"]

    def test_a_session_that_is_over_already_is_no_failure(self, array: MakeArray) -> None:
        one = array(login(), Answer(401))
        with one.client:
            read(one)
        assert one.talk == ["GET volume_group", "POST logout"] and one.client.warnings == []

    def test_it_has_no_body(self, array: MakeArray) -> None:
        one = array(login(), Answer(204))
        with one.client:
            read(one)
        assert one.script.requests[-1].body is None and one.queries[-1] == {}

    def test_it_happens_once(self, array: MakeArray) -> None:
        one = array(login(), Answer(204))
        read(one)
        one.client.close()
        one.client.close()
        assert one.talk == ["GET volume_group", "POST logout"]

    def test_a_client_that_is_used_again_logs_in_again(self, array: MakeArray) -> None:
        one = array(login(), Answer(204), login(session="2"), Answer(204))
        for dummy in range(2):
            with one.client:
                read(one)
        assert one.proofs == ["basic", "cookie1 token1", "basic", "cookie2 token2"]


def test_the_password_shows_in_no_picture_of_the_client(array: MakeArray) -> None:
    assert PASSWORD not in repr(array().client) + str(array().client)
