# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The session on the appliance: one version, one login, and a logout on every way out."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import (
    ApplianceError,
    Busy,
    InputError,
    LoginFailed,
    Refused,
    SessionExpired,
    UnexpectedResponse,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.steps import Request
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.session import NEWEST
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.oneview.scripted import (
    LOGOUT,
    PASSWORD,
    VERSION,
    MakeAppliance,
    ScriptedAppliance,
    collection,
    error_from,
    login,
    refused,
)

STEP = Request("modify", "PUT", "/rest/x/1", {"name": "a"}, "change x")
THING = Answer(200, {"uri": "/rest/x/1"})
EXPIRED = refused(401, "AUTHORIZATION", "The session is not valid.")


def read(one: ScriptedAppliance) -> object:
    return one.client.get("/rest/x/1")


def test_version_and_password_go_over_the_line_once(appliance: MakeAppliance) -> None:
    one = appliance(VERSION, login(), THING, THING, LOGOUT, bare=True, domain="LOCAL")
    with one.client:
        read(one)
        read(one)
    assert one.talk == ["GET version", "POST login-sessions", "GET x/1", "GET x/1", "DELETE login-sessions"]
    assert one.requests[1].body == {
        "userName": "ops",
        "password": PASSWORD,
        "authLoginDomain": "LOCAL",
        "loginMsgAck": True,
    }
    assert [request.headers.get("auth") for request in one.requests] == [None, None, "s1", "s1", "s1"]
    assert [request.headers.get("x-api-version") for request in one.requests] == [None, "8600", "8600", "8600", "8600"]
    assert {request.connection for request in one.requests} == {1}
    assert all(PASSWORD not in str(request.headers) for request in one.requests)


def test_nothing_is_sent_before_there_is_something_to_ask(appliance: MakeAppliance) -> None:
    one = appliance(bare=True)
    with one.client:
        pass
    assert one.talk == []


@pytest.mark.parametrize("wrong", ["a read that is refused", "an answer that is lost"])
def test_logout_after_a_failure(appliance: MakeAppliance, wrong: str) -> None:
    one = appliance(refused(400) if wrong.startswith("a read") else NoAnswer(), LOGOUT)
    with pytest.raises(ApplianceError), one.client:
        one.client.send(STEP)
    assert one.talk == ["PUT x/1", "DELETE login-sessions"]


@pytest.mark.parametrize("ending", [NoAnswer(), refused(400, "AUTHN_LOGOUT_FAILED"), Answer(503, "<html>")])
@pytest.mark.parametrize("again, count", [(LOGOUT, 0), (None, 1)])
def test_a_logout_that_fails_is_tried_again_and_fails_nothing(
    appliance: MakeAppliance, ending: Answer | NoAnswer, again: Answer | None, count: int
) -> None:
    one = appliance(THING, ending, again or ending)
    with one.client:
        assert read(one) == {"uri": "/rest/x/1"}
    assert one.talk == ["GET x/1", "DELETE login-sessions", "DELETE login-sessions"]
    assert one.requests[-1].connection == one.requests[-2].connection + 1
    assert len(one.client.warnings) == count
    assert all("may still be open" in warning and "s1" not in warning for warning in one.client.warnings)


@pytest.mark.parametrize("session", ["s\r\n1", "s1\n", "s\u20ac"])
def test_a_session_that_no_request_can_carry(appliance: MakeAppliance, session: str) -> None:
    """It is a wrong answer, in words, and not shown: it is a secret."""
    one = appliance(VERSION, login(session), bare=True)
    with one.client:
        error = error_from(lambda: read(one))
    assert error.kind == "reply" and session not in str(error)
    assert one.talk == ["GET version", "POST login-sessions"]


@pytest.mark.parametrize("version", ["v\r\n1", "v1\n", "v\u20ac"])
def test_a_version_of_an_object_that_no_request_can_carry(appliance: MakeAppliance, version: str) -> None:
    one = appliance()
    error = error_from(lambda: one.client.send(STEP, version))
    assert error.kind == "reply" and "If-Match" in error.message and one.talk == []


class TestVersion:
    """Agreed upon once."""

    @pytest.mark.parametrize("current_value, spoken", [(2400, 2400), (NEWEST, NEWEST), (9800, NEWEST)])
    def test_the_newest_that_both_know(self, appliance: MakeAppliance, current_value: int, spoken: int) -> None:
        one = appliance(
            Answer(200, {"currentVersion": current_value, "minimumVersion": 120}), login(), THING, bare=True
        )
        read(one)
        assert one.requests[-1].headers["x-api-version"] == str(spoken)

    def test_a_given_one_is_not_negotiated(self, appliance: MakeAppliance) -> None:
        one = appliance(login(), THING, bare=True, api_version=1800)
        read(one)
        assert one.talk == ["POST login-sessions", "GET x/1"]
        assert {request.headers["x-api-version"] for request in one.requests} == {"1800"}

    def test_an_appliance_that_is_too_new(self, appliance: MakeAppliance) -> None:
        one = appliance(Answer(200, {"currentVersion": 12000, "minimumVersion": 9000}), bare=True)
        error = error_from(lambda: read(one))
        assert isinstance(error, InputError) and "9000 to 12000" in error.message

    @pytest.mark.parametrize("least", ["120", [], {"odd": 1}])
    def test_a_version_that_is_no_number(self, appliance: MakeAppliance, least: t.Any) -> None:
        one = appliance(Answer(200, {"currentVersion": 8600, "minimumVersion": least}), bare=True)
        error = error_from(lambda: read(one))
        assert error.kind == "reply" and "minimumVersion must be a number" in str(error)

    def test_a_given_one_that_the_appliance_does_not_speak(self, appliance: MakeAppliance) -> None:
        one = appliance(refused(412, "UNSUPPORTED_API_VERSION"), bare=True, api_version=99999)
        error = error_from(lambda: read(one))
        assert isinstance(error, InputError) and "does not support API version 99999" in error.message
        assert "Leave api_version out" in error.hint

    def test_one_that_is_refused_only_within_a_handed_in_session(self, appliance: MakeAppliance) -> None:
        one = appliance(refused(412, "UNSUPPORTED_API_VERSION"), bare=True, api_version=99999, session_id="mine")
        assert "does not support API version 99999" in error_from(lambda: read(one)).message

    @pytest.mark.parametrize("answer", [Answer(200, {}), Answer(200, "<html><title>Router</title></html>")])
    def test_something_else_answers(self, appliance: MakeAppliance, answer: Answer) -> None:
        one = appliance(answer, bare=True)
        assert isinstance(error_from(lambda: read(one)), UnexpectedResponse)
        assert one.talk == ["GET version"]


class TestLoginsThatFail:
    """Each for its reason, and tried once: a second failure may lock the account."""

    @pytest.mark.parametrize(
        "status, code",
        [
            (400, "AUTHN_AUTH_FAIL"),
            (400, "AUTHN_AUTH_DIR_FAIL"),
            (400, "AUTHN_AUTH_FAIL_NO_ROLES"),
            (401, "ANY"),
        ],
    )
    def test_a_wrong_password(self, appliance: MakeAppliance, status: int, code: str) -> None:
        answer = refused(status, code, "Invalid username or password.", recommendedActions=["Check it."])
        one = appliance(VERSION, answer, bare=True, domain="corp")
        error = error_from(lambda: read(one))
        assert isinstance(error, LoginFailed) and error.facts()["kind"] == "login"
        assert "does not accept user ops of domain corp: Invalid username or password." in error.message
        assert PASSWORD not in str(error) + repr(error.facts())
        assert one.talk == ["GET version", "POST login-sessions"]

    def test_a_password_that_has_to_be_changed(self, appliance: MakeAppliance) -> None:
        one = appliance(VERSION, refused(403, "PASSWORD_CHANGE_REQUIRED", "Change it."), bare=True)
        error = error_from(lambda: read(one))
        assert isinstance(error, LoginFailed) and "must change their password" in error.message

    def test_too_many_sessions_is_no_wrong_password(self, appliance: MakeAppliance) -> None:
        """Others may end theirs meanwhile, so a read waits a little for that."""
        full = refused(400, "AUTHN_SESSION_CLIENT_LIMIT_CROSSED", "The client 10.0.0.9 has too many active sessions.")
        one = appliance(VERSION, full, full, full, bare=True)
        error = error_from(lambda: read(one))
        assert isinstance(error, Busy) and error.facts()["kind"] == "busy"
        assert "has too many open sessions: The client 10.0.0.9" in error.message
        one = appliance(VERSION, full, login(), THING, bare=True)
        assert read(one) and one.pauses == [0.5]

    @pytest.mark.parametrize("answer", [Answer(200, {}), Answer(200, "<html>hello</html>")])
    def test_a_success_without_a_session(self, appliance: MakeAppliance, answer: Answer) -> None:
        one = appliance(VERSION, answer, bare=True)
        assert isinstance(error_from(lambda: read(one)), UnexpectedResponse)

    def test_an_appliance_that_starts(self, appliance: MakeAppliance) -> None:
        one = appliance(VERSION, refused(503, "STARTING"), login(), THING, bare=True)
        assert read(one) == {"uri": "/rest/x/1"}


class TestSessionsThatEnd:
    """They end when they idle for long, and when the appliance restarts."""

    def test_one_new_login_and_the_request_is_sent_again(self, appliance: MakeAppliance) -> None:
        """The old session is ended, too: a 401 may come from elsewhere, and then it is alive."""
        one = appliance(THING, EXPIRED, EXPIRED, login("s2"), THING, LOGOUT)
        with one.client:
            read(one)
            read(one)
        end = "DELETE login-sessions"
        assert one.talk == ["GET x/1", "GET x/1", end, "POST login-sessions", "GET x/1", end]
        assert [request.headers.get("auth") for request in one.requests[-4:]] == ["s1", None, "s2", "s2"]
        assert one.client.warnings == []

    def test_a_write_too_since_it_had_no_effect(self, appliance: MakeAppliance) -> None:
        one = appliance(THING, EXPIRED, LOGOUT, login("s2"), Answer(200, {"uri": "/rest/x/1"}))
        read(one)
        assert one.client.send(STEP, "v7").state == "done"
        assert [request.headers.get("if-match") for request in one.requests] == [None, "v7", None, None, "v7"]

    def test_no_second_login_for_a_session_that_is_new(self, appliance: MakeAppliance) -> None:
        one = appliance(EXPIRED)
        assert isinstance(error_from(lambda: read(one)), Refused)
        assert one.talk == ["GET x/1"]

    def test_rights_that_are_missing_end_no_session(self, appliance: MakeAppliance) -> None:
        one = appliance(THING, refused(401, "INSUFFICIENT_PRIVILEGES", "Not yours."))
        read(one)
        error = error_from(lambda: read(one))
        assert isinstance(error, Refused) and "does not permit it: Not yours." in error.message
        assert one.talk == ["GET x/1", "GET x/1"]


class TestAHandedInSession:
    """It belongs to somebody else."""

    def test_it_is_used_and_left_open(self, appliance: MakeAppliance) -> None:
        one = appliance(VERSION, THING, bare=True, session_id="mine")
        with one.client:
            read(one)
        assert one.talk == ["GET version", "GET x/1"]
        assert one.requests[1].headers["auth"] == "mine"

    def test_when_it_is_over_nobody_logs_in(self, appliance: MakeAppliance) -> None:
        one = appliance(VERSION, EXPIRED, bare=True, session_id="mine")
        with one.client:
            error = error_from(lambda: read(one))
        assert isinstance(error, SessionExpired) and error.facts()["kind"] == "session"
        assert "mine" not in str(error)
        assert one.talk == ["GET version", "GET x/1"]


def test_login_domain_is_left_to_the_appliance(appliance: MakeAppliance) -> None:
    one = appliance(collection())
    one.client.all("/rest/x")
    assert one.script.requests[1].body["authLoginDomain"] == ""
