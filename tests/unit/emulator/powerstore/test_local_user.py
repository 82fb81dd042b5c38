# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Local users: who may manage whom, what names and passwords must look like, and what a login needs."""

from __future__ import annotations

import json

import pytest

from jobwise_emulator.clock import iso
from jobwise_emulator.exchange import Json
from tests.unit.emulator.powerstore.array import PASSWORD, Array, basic

NEW: Json = {"name": "new.user", "password": "Fresh123!", "role_id": "3"}
OWN: Json = {"password": "Mine1234!", "current_password": PASSWORD}


def user_id(array: Array, name: str) -> str:
    users = {user["name"]: user["id"] for user in array.get("local_user", select="id,name")}
    return str(users[name])


def as_user(name: str) -> Array:
    return Array(user=name)


def status_of_login(array: Array, name: str, password: str) -> int:
    return array.send("GET", "login_session", headers=basic(name, password)).status


def test_seeded_users(array: Array) -> None:
    users = array.get("local_user", select="*")
    assert [user["name"] for user in users] == [
        *("admin", "operator", "helpdesk", "storage.team", "security", "former.employee")
    ]
    assert users[0] == {
        "id": "1",
        "name": "admin",
        "is_built_in": True,
        "is_locked": False,
        "is_default_password": False,
        "is_mfa_bypass": False,
        "role_id": "1",
        "password_expiration_timestamp": None,
        "mfa_alias": "admin@PSemulated0001",
    }
    assert [user["is_built_in"] for user in users[1:]] == [False] * 5
    assert (users[2]["is_mfa_bypass"], users[5]["is_locked"]) == (True, True)


def test_create(array: Array) -> None:
    key = array.do("POST", "local_user", {**NEW, "role_id": "name:Storage Administrator"})["id"]
    assert key == "7"
    assert array.get(f"local_user/{key}", select="*") == {
        "id": "7",
        "name": "new.user",
        "is_built_in": False,
        "is_locked": False,
        "is_default_password": False,
        "is_mfa_bypass": False,
        "role_id": "2",
        "password_expiration_timestamp": None,
        "mfa_alias": "new.user@PSemulated0001",
    }
    assert status_of_login(array, "new.user", "Fresh123!") == 200
    assert status_of_login(array, "new.user", PASSWORD) == 401


def test_ids_do_not_come_back(array: Array) -> None:
    first = array.do("POST", "local_user", NEW)["id"]
    array.do("DELETE", f"local_user/{first}")
    assert array.do("POST", "local_user", NEW)["id"] == str(int(first) + 1)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"name": ""}, 400),
        ({"name": "a" * 64}, 201),
        ({"name": "a" * 65}, 400),
        ({"name": "A.b.9"}, 201),
        ({"name": "with space"}, 400),
        ({"name": "dash-ed"}, 400),
        ({"name": "m\u00fcller"}, 400),
        ({"name": "dom\\ain"}, 400),
        ({"name": "OPERATOR"}, 400),
        ({"password": "Abc123!"}, 400),
        ({"password": "Abcd123!"}, 201),
        ({"password": "Abc123!" + "x" * 33}, 201),
        ({"password": "Abc123!" + "x" * 34}, 400),
        ({"password": "abcd123!"}, 422),
        ({"password": "ABCD123!"}, 422),
        ({"password": "Abcdefg!"}, 422),
        ({"password": "Abcd1234"}, 422),
        ({"password": "Abcd123&"}, 422),
        ({"password": "Abcd12&, "}, 201),
        ({"role_id": "99"}, 404),
        ({"role_id": "name:Janitor"}, 404),
        ({"role_id": "name:operator"}, 201),
        ({"role_id": ""}, 400),
        ({"is_mfa_bypass": True}, 201),
        ({"is_locked": True}, 400),
        ({"is_built_in": True}, 400),
        ({"id": "50"}, 400),
    ],
)
def test_create_rules(array: Array, change: Json, status: int) -> None:
    before = array.get("local_user")
    assert array.call("POST", "local_user", {**NEW, **change}).status == status
    assert len(array.get("local_user")) - len(before) == (1 if status == 201 else 0)


@pytest.mark.parametrize("missing", ["name", "password", "role_id"])
def test_create_needs(array: Array, missing: str) -> None:
    assert array.refused("POST", "local_user", {key: NEW[key] for key in NEW if key != missing})[0] == 400


def test_codes_of_what_is_missing(array: Array) -> None:
    def code(method: str, path: str, body: object = None) -> str:
        return str(array.call(method, path, body).body["messages"][0]["code"])

    assert code("GET", "local_user/99") == "0xE09040040001"
    assert code("PATCH", "local_user/99", {"is_locked": True}) == "0xE09040040001"
    assert code("DELETE", "local_user/name:operator") == "0xE09040040001"
    assert code("POST", "local_user", {**NEW, "role_id": "99"}) == "0xE09040050001"


def test_roles_by_name_are_a_matter_of_the_version() -> None:
    named = {**NEW, "role_id": "name:Operator"}
    assert Array(api_version="4.0").call("POST", "local_user", named).status == 201
    assert Array(api_version="4.1").call("POST", "local_user", named).status == 404, "its document says nothing of it"


def test_the_list_takes_no_query(array: Array) -> None:
    assert len(array.get("local_user", name="eq.operator", limit="1", offset="50", order="name")) == 6
    assert array.refused("GET", "local_user", select="password")[0] == 400


def test_one_patch_for_all_changes(array: Array) -> None:
    change = {"role_id": "name:VM Administrator", "is_locked": True, "is_mfa_bypass": True, "password": "Other123!"}
    array.do("PATCH", "local_user/2", change)
    shown = array.get("local_user/2", select="role_id,is_locked,is_mfa_bypass")
    assert shown == {"role_id": "4", "is_locked": True, "is_mfa_bypass": True}
    assert status_of_login(array, "operator", "Other123!") == 401
    array.do("PATCH", "local_user/2", {"is_locked": False})
    assert status_of_login(array, "operator", "Other123!") == 200
    assert status_of_login(array, "operator", PASSWORD) == 401


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 204),
        ({"name": "renamed"}, 400),
        ({"is_default_password": True}, 400),
        ({"mfa_alias": "x"}, 400),
        ({"is_locked": "yes"}, 400),
        ({"is_locked": None, "password": None}, 204),
        ({"password": "Short1!"}, 400),
        ({"password": "nocapital1!"}, 422),
        ({"password": "Other123!", "current_password": "not looked at"}, 204),
        ({"current_password": PASSWORD}, 400),
        ({"role_id": "nope"}, 404),
        ({"role_id": "5"}, 204),
    ],
)
def test_modify_rules(array: Array, change: Json, status: int) -> None:
    assert array.call("PATCH", "local_user/2", change).status == status


def test_nothing_is_changed_when_one_part_is_refused(array: Array) -> None:
    assert array.refused("PATCH", "local_user/2", {"is_locked": True, "password": "nocapital1!"})[0] == 422
    assert array.get("local_user/2", select="is_locked") == {"is_locked": False}


def test_own_password_needs_the_current_one(array: Array) -> None:
    for body in ({"password": "Mine1234!"}, {**OWN, "current_password": "wrong"}):
        status, text = array.refused("PATCH", "local_user/1", body)
        assert (status, "current password" in text) == (422, True)
    array.do("PATCH", "local_user/1", OWN)
    assert status_of_login(array, "admin", "Mine1234!") == 200
    assert status_of_login(array, "admin", PASSWORD) == 401
    assert array.call("GET", "volume").status == 200, "open sessions go on"


@pytest.mark.parametrize("name", ["operator", "helpdesk", "storage.team"])
def test_others_change_their_own_password_only(name: str) -> None:
    array = as_user(name)
    key = user_id(array, name)
    assert array.refused("PATCH", "local_user/1", {"password": "Other123!"})[0] == 403
    for body in ({"is_mfa_bypass": False}, {"is_locked": False}, {"role_id": "1"}, {**OWN, "is_mfa_bypass": True}):
        assert array.refused("PATCH", f"local_user/{key}", body)[0] == 403
    assert array.refused("POST", "local_user", NEW)[0] == 403
    assert array.refused("DELETE", f"local_user/{key}")[0] == 403
    assert array.refused("DELETE", "local_user/6")[0] == 403
    array.do("PATCH", f"local_user/{key}", OWN)
    assert array.login(name, "Mine1234!").status == 200


def test_security_administrators_manage_users() -> None:
    array = as_user("security")
    key = array.do("POST", "local_user", NEW)["id"]
    array.do("PATCH", f"local_user/{key}", {"password": "Other123!", "is_locked": True})
    array.do("DELETE", f"local_user/{key}")
    own = user_id(array, "security")
    array.do("PATCH", f"local_user/{own}", {"is_mfa_bypass": True, "is_locked": False})
    assert array.refused("PATCH", f"local_user/{own}", {"is_locked": True})[0] == 422
    assert array.refused("PATCH", f"local_user/{own}", {"role_id": "5"})[0] == 422
    assert array.refused("PATCH", f"local_user/{own}", {"password": "Other123!"})[0] == 422
    assert array.refused("DELETE", f"local_user/{own}")[0] == 422


@pytest.mark.parametrize(
    "body", [{"is_locked": True}, {"role_id": "3"}, {"is_mfa_bypass": True}, {"password": "Other123!"}]
)
def test_admin_is_left_alone(body: Json) -> None:
    for array in (Array(), as_user("security")):
        assert array.refused("PATCH", "local_user/1", body)[0] == 422
        assert array.refused("DELETE", "local_user/1")[0] == 422


def test_a_deleted_user_is_gone_at_once(array: Array) -> None:
    key = array.do("POST", "local_user", NEW)["id"]
    session = array.send("GET", "login_session", headers=basic("new.user", "Fresh123!")).headers["Set-Cookie"]
    headers = {"cookie": session.split(";")[0]}
    assert array.send("GET", "volume", headers=headers).status == 200
    array.do("DELETE", f"local_user/{key}")
    assert array.send("GET", "volume", headers=headers).status == 401
    assert status_of_login(array, "new.user", "Fresh123!") == 401


def test_lock_and_lockout_are_two_things(array: Array) -> None:
    for dummy in range(5):
        assert status_of_login(array, "operator", "wrong") == 401
    assert status_of_login(array, "operator", PASSWORD) == 401
    assert array.get("local_user/2", select="is_locked") == {"is_locked": False}
    array.clock.advance(301)
    assert status_of_login(array, "operator", PASSWORD) == 200
    for dummy in range(6):
        assert status_of_login(array, "former.employee", PASSWORD) == 401
    array.do("PATCH", "local_user/6", {"is_locked": False})
    assert status_of_login(array, "former.employee", PASSWORD) == 200, "right passwords of a locked user do not count"


def test_an_expired_password_must_be_changed() -> None:
    start = Array().clock.now()
    expiry = {"password_expiration_timestamp": iso(start + 60), "is_default_password": True}
    user = {"name": "fading", "password": PASSWORD, "role": "Operator", **expiry}
    array = Array(user="fading", seed={"users": [user]})
    assert array.call("GET", "volume").status == 200
    array.clock.advance(61)
    array.login("fading")
    assert array.call("GET", "volume").status == 403
    array.do("PATCH", "local_user/3", OWN)
    array.login("fading", "Mine1234!")
    shown = array.get("local_user/3", select="is_default_password,password_expiration_timestamp")
    assert shown == {"is_default_password": False, "password_expiration_timestamp": None}


def test_users_as_jobs(array: Array) -> None:
    job = array.do("POST", "local_user", NEW, is_async="true")["id"]
    array.do("DELETE", "local_user/2", is_async="true")
    array.clock.advance(3)
    done = array.job(job)
    assert (done["phase"], done["resource_name"], done["resource_id"]) == ("Completed", "new.user", "7")
    assert array.call("GET", "local_user/2").status == 404
    assert NEW["password"] not in json.dumps(array.get("job", select="*"))


def test_secrets_of_any_shape_are_kept_out_of_the_record(array: Array) -> None:
    body = {"password": 12345678, "current_password": ["a"], "passphrase": {"a": "b"}, "private_key": "x", "name": "n"}
    hidden = dict.fromkeys(("password", "current_password", "passphrase", "private_key"), "********")
    assert array.platform.redact(body) == {**hidden, "name": "n"}
    assert array.platform.redact({"is_password_change_required": True, "password": None}) == {
        "is_password_change_required": True,
        "password": None,
    }


def test_the_id_of_a_deleted_user_does_not_come_back(array: Array) -> None:
    """Even if it was the last one: a task that looks for the deleted user by id would find the new one."""
    gone = user_id(array, "former.employee")
    array.do("DELETE", f"local_user/{gone}")
    array.do("POST", "local_user", NEW)
    assert user_id(array, "new.user") not in ("", gone)
