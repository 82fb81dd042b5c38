# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Authentication: who gets in, what a session needs, and how it ends."""

from __future__ import annotations

import pytest

from jobwise_emulator.exchange import Reply
from tests.unit.emulator.powerstore.array import PASSWORD, Array, basic

GROUP = {"name": "new"}


def cookie(array: Array, **more: str) -> dict[str, str]:
    return {"cookie": array.cookie, **more}


def test_login_gives_one_session_cookie_and_token(array: Array) -> None:
    reply = array.send("GET", "login_session", headers=basic(), select="id,user,role_ids,idle_timeout,is_built_in_user")
    assert reply.status == 200
    assert [entry["user"] for entry in reply.body] == ["admin"]
    assert reply.body[0]["role_ids"] == ["1"]
    assert reply.body[0]["idle_timeout"] == 3600
    assert reply.headers["Set-Cookie"].startswith("auth_cookie=")
    assert reply.headers["DELL-EMC-TOKEN"]


def test_select_defaults_to_id_for_the_login_session_too(array: Array) -> None:
    assert set(array.send("GET", "login_session", headers=basic()).body[0]) == {"id"}


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 401),
        ("GET", basic("admin", "wrong"), 401),
        ("GET", basic("nobody"), 401),
        ("GET", {"authorization": "Basic ???"}, 401),
        ("GET", {"authorization": "Bearer x"}, 401),
        ("GET", {"cookie": "auth_cookie=unknown"}, 401),
        ("GET", {"cookie": "auth_cookie=unknown", **basic()}, 200),
        ("POST", basic(), 201),
        ("POST", {}, 401),
    ],
)
def test_without_a_session(array: Array, method: str, headers: dict[str, str], status: int) -> None:
    body = GROUP if method == "POST" else None
    reply = array.send(method, "volume_group", body, headers)
    assert reply.status == status
    if status == 401:
        assert reply.payload() == b""


def test_cookie_alone_reads_but_does_not_write(array: Array) -> None:
    assert array.send("GET", "volume_group", headers=cookie(array)).status == 200
    for headers in (
        cookie(array),
        cookie(array, **{"dell-emc-token": "wrong"}),
        cookie(array, **basic()),
    ):
        reply = array.send("POST", "volume_group", GROUP, headers)
        assert reply.status == 403
        assert "DELL-EMC-TOKEN" in reply.body["messages"][0]["message_l10n"]
    assert array.call("POST", "volume_group", GROUP).status == 201


def test_token_comes_with_gets_only(array: Array) -> None:
    assert array.send("GET", "volume", headers=cookie(array)).headers["DELL-EMC-TOKEN"] == array.token
    assert "DELL-EMC-TOKEN" not in array.call("POST", "volume_group", GROUP).headers


def test_each_basic_request_without_cookie_opens_a_session(array: Array) -> None:
    before = len(array.platform.sessions()["open"])
    for _turn in range(3):
        array.send("GET", "volume", headers=basic())
    array.send("GET", "volume", headers={**cookie(array), **basic()})
    assert len(array.platform.sessions()["open"]) == before + 3


def test_logout_ends_the_session(array: Array) -> None:
    assert array.call("POST", "logout").status == 204
    assert array.call("GET", "volume").status == 401
    report = array.platform.sessions()
    assert (report["open"], report["logouts"]) == ([], 1)


def test_logout_needs_the_token_and_no_parameters(array: Array) -> None:
    assert array.send("POST", "logout", headers=cookie(array)).status == 403
    assert array.call("POST", "logout", is_async="true").status == 400
    assert array.call("GET", "logout").status == 405


def test_idle_session_is_forgotten_and_use_keeps_it(array: Array) -> None:
    array.clock.advance(3000)
    assert array.call("GET", "volume").status == 200
    array.clock.advance(3000)
    assert array.call("GET", "volume").status == 200
    array.clock.advance(3601)
    assert array.call("GET", "volume").status == 401


def test_session_limit_drops_the_oldest(array: Array, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobwise_emulator.powerstore.sessions.MAXIMUM", 3)
    for _turn in range(3):
        array.send("GET", "volume", headers=basic())
    assert array.call("GET", "volume").status == 401
    assert len(array.platform.sessions()["open"]) == 3


def test_five_bad_logins_lock_the_account_for_a_while(array: Array) -> None:
    def attempt(password: str) -> int:
        return array.send("GET", "volume", headers=basic("operator", password)).status

    assert [attempt("wrong") for dummy in range(4)] == [401] * 4
    assert attempt(PASSWORD) == 200, "four wrong ones do not lock, and a right one starts the count again"
    assert [attempt("wrong") for dummy in range(5)] == [401] * 5
    assert attempt(PASSWORD) == 401
    assert array.call("GET", "volume").status == 200, "others and open sessions are not concerned"
    array.clock.advance(301)
    assert attempt(PASSWORD) == 200
    assert array.platform.sessions()["failed_logins"] == 10


def test_operator_reads_and_does_not_write() -> None:
    array = Array(user="operator")
    assert array.get("volume")
    status, text = array.refused("POST", "volume_group", GROUP)
    assert status == 403
    assert "not authorized" in text
    assert array.call("POST", "logout").status == 204


@pytest.mark.parametrize(
    ("role", "storage", "security"),
    [("Storage Administrator", 201, 403), ("Security Administrator", 403, 204), ("VM Administrator", 403, 403)],
)
def test_roles_cover_their_areas(role: str, storage: int, security: int) -> None:
    array = Array(user="sam", seed={"users": [{"name": "sam", "password": PASSWORD, "role": role}]})
    assert (
        array.call("POST", "snapshot_rule", {"name": "r", "desired_retention": 1, "interval": "One_Day"}).status
        == storage
    )
    assert array.call("PATCH", "security_config/1", {"is_http_redirect_enabled": True}).status == security


def test_pending_password_change_allows_only_that() -> None:
    user = {"name": "fresh", "password": "Old12345!", "role": "Administrator", "is_password_change_required": True}
    array = Array(seed={"users": [user]})
    array.login("fresh", "Old12345!")
    key = next(entry["id"] for entry in array.platform.world.store.all("local_user") if entry["name"] == "fresh")
    assert array.get("login_session", select="is_password_change_required")[0]["is_password_change_required"] is True
    assert array.call("GET", "volume").status == 403
    assert array.call("POST", "volume_group", GROUP).status == 403
    change = {"password": "New12345!", "current_password": "wrong"}
    assert array.call("PATCH", f"local_user/{key}", change).status == 422
    assert array.call("PATCH", f"local_user/{key}", {**change, "current_password": "Old12345!"}).status == 204
    assert array.call("GET", "volume").status == 200
    assert array.send("GET", "volume", headers=basic("fresh", "Old12345!")).status == 401


def test_secrets_are_never_shown(array: Array) -> None:
    text = str(array.get("local_user", select="*"))
    assert PASSWORD not in text
    assert "'@" not in text


def test_media_types(array: Array) -> None:
    def status(method: str = "GET", body: object = None, **headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return array.send(method, "volume_group", body, {**cookie(array), "dell-emc-token": array.token, **named})

    assert status(accept="text/html").status == 406
    assert status(accept="text/html, application/json;q=0.9").status == 200
    assert status(accept="*/*").status == 200
    assert status("POST", GROUP, content_type="text/plain").status == 415
    assert status("POST", GROUP, content_type="application/json; charset=utf-8").status == 201


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "no_such_type", 404),
        ("GET", "volume/unknown-id", 404),
        ("GET", "volume/name:unknown", 404),
        ("POST", "volume/unknown-id/no_such_action", 404),
        ("DELETE", "volume_group", 405),
        ("PATCH", "volume_group", 405),
        ("PUT", "volume_group", 405),
        ("POST", "volume_group/some-id", 405),
        ("DELETE", "job/some-id", 405),
        ("GET", "login_session/1", 404),
        ("GET", "role/name:Operator", 404),
    ],
)
def test_unknown_urls_and_methods(array: Array, method: str, path: str, status: int) -> None:
    reply = array.call(method, path)
    assert reply.status == status
    message = reply.body["messages"][0]
    assert set(message) == {"code", "severity", "message_l10n", "arguments"}
    assert message["code"].startswith("0x")
    assert len(message["code"]) == 14
