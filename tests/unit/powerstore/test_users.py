# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Local users: what no array accepts is refused before anything is sent; whether a password holds is proven once."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.planning.history import NEW_RUN
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.security import LOCAL_USER
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.security.users import UserHandler
from tests.unit.http.servers import Answer
from tests.unit.powerstore.scripted import USER, MakeArray, login

GOOD = "N3w,Secret"
ROLES = [{"id": "1", "name": "Administrator"}, {"id": "3", "name": "Operator"}]


def desired(**options: t.Any) -> dict[str, t.Any]:
    spec = LOCAL_USER.argument_spec()
    return {**{name: one.get("default") for name, one in spec.items()}, **options}


def user(**changes: t.Any) -> dict[str, t.Any]:
    return {"id": "7", "name": "anna", "role_id": "3", "is_locked": False, **changes}


def refusal(array: MakeArray, wanted: dict[str, t.Any], *answers: Answer) -> str:
    """Plan what no array would let a user do; return what is said of it."""
    one = array(*answers)
    with pytest.raises(InputError) as caught:
        sought = UserHandler(one.client, LOCAL_USER, wanted)
        sought.plan(sought.read(), NEW_RUN)
    assert one.script.answers == []
    for secret in filter(None, (wanted["user_password"], wanted["current_password"])):
        assert secret not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "password, needs",
    [
        ("N3w,Scr", "8 to 40 characters, not 7."),
        ("N3w," + "x" * 37, "8 to 40 characters, not 41."),
        ("n3w,secret", "an upper-case letter."),
        ("N3W,SECRET", "a lower-case letter."),
        ("New,Secret", "a digit."),
        ("N3wSecretX", "one of !,@#$%^*?_~."),
        ("secret", "8 to 40 characters, not 6, an upper-case letter, a digit, one of !,@#$%^*?_~."),
    ],
)
def test_a_password_that_no_array_takes(array: MakeArray, password: str, needs: str) -> None:
    said = refusal(array, desired(name="anna", user_password=password))
    assert said == f"user_password does not fit the array's rules: it needs {needs}"


@pytest.mark.parametrize("password", ["N3w,Scrt", "N3w," + "x" * 36, *(f"N3wSecret{one}" for one in "!,@#$%^*?_~")])
def test_one_that_it_takes(array: MakeArray, password: str) -> None:
    UserHandler(array().client, LOCAL_USER, desired(name="anna", user_password=password))


@pytest.mark.parametrize("name", ["an na", "anna@lab", "anna-b", "größe"])
def test_a_name_that_no_array_takes(array: MakeArray, name: str) -> None:
    assert refusal(array, desired(name=name)) == f"name takes letters, digits and dots only, not {name!r}."


def test_users_and_roles_are_read_whole(array: MakeArray) -> None:
    """Neither collection takes a filter, and the array does not expand the role."""
    one = array(login([user(name="bert", id="8"), user()]), Answer(200, ROLES))
    sought = UserHandler(one.client, LOCAL_USER, desired(name="Anna", role="operator"))
    current = sought.read()
    assert current is not None and current["role"] == {"id": "3", "name": "Operator"}
    assert sought.plan(current, NEW_RUN).steps == ()
    assert one.talk == ["GET local_user", "GET role"]
    assert all("name" not in query for query in one.queries)


def test_a_role_that_does_not_exist(array: MakeArray) -> None:
    said = refusal(array, desired(name="anna", role="Boss"), login([user()]), Answer(200, ROLES))
    assert said == "role: the array has no role Boss. Known: Administrator, Operator. Nothing was written."


OWN = {"name": USER}
ADMIN = {"name": "admin", "id": "1"}


@pytest.mark.parametrize(
    "current, options, words",
    [
        (OWN, {"state": "absent"}, f"User {USER} cannot delete their own account."),
        (ADMIN, {"state": "absent"}, "The user admin is built in and cannot be deleted."),
        (OWN, {"is_locked": True}, f"User {USER} cannot lock their own account."),
        (ADMIN, {"is_locked": True}, "The user admin is built in: is_locked cannot be changed by this task."),
        (ADMIN, {"user_password": GOOD, "update_password": "always"}, "The user admin is built in: the password"),
        (OWN, {"user_password": GOOD, "update_password": "always"}, "so the array demands the present one."),
    ],
)
def test_what_no_array_lets_a_user_do(
    array: MakeArray, current: dict[str, t.Any], options: dict[str, t.Any], words: str
) -> None:
    assert words in refusal(array, desired(name=current["name"], **options), login([user(**current)]))


def test_the_own_role(array: MakeArray) -> None:
    said = refusal(array, desired(name=USER, role="1"), login([user(**OWN)]), Answer(200, ROLES))
    assert said.startswith(f"User {USER} cannot change their own role.")


def test_the_own_password_with_the_present_one(array: MakeArray) -> None:
    one = array(login([user(**OWN)]))
    options = {"user_password": GOOD, "update_password": "always", "current_password": "Old,Secr3t"}
    sought = UserHandler(one.client, LOCAL_USER, desired(name=USER, **options))
    (step,) = sought.plan(sought.read(), NEW_RUN).requests
    assert step.body == {"password": GOOD, "current_password": "Old,Secr3t"}
    assert GOOD not in step.summary


class TestProof:
    """update_password: when_different tries the password with one login of its own."""

    WANT: t.ClassVar[dict[str, t.Any]] = desired(name="anna", user_password=GOOD, update_password="when_different")
    BASIC = "Basic YW5uYTpOM3csU2VjcmV0"

    def test_one_that_holds_is_left_alone(self, array: MakeArray) -> None:
        one = array(login([user()]), login([{"id": "1"}], session="2"), Answer(204))
        sought = UserHandler(one.client, LOCAL_USER, self.WANT)
        assert sought.plan(sought.read(), NEW_RUN).steps == ()
        assert one.talk == ["GET local_user", "GET login_session", "POST logout"]
        assert one.proofs == ["basic", self.BASIC, "cookie2 token2"]

    def test_one_that_does_not_is_set(self, array: MakeArray) -> None:
        one = array(login([user()]), Answer(401))
        sought = UserHandler(one.client, LOCAL_USER, self.WANT)
        (step,) = sought.plan(sought.read(), NEW_RUN).requests
        assert step.body == {"password": GOOD}
        assert one.talk == ["GET local_user", "GET login_session"]

    def test_one_that_holds_and_has_to_be_changed_is_left_alone(self, array: MakeArray) -> None:
        """The array may refuse such a user everything but to ask who they are."""
        pending = login([{"id": "1", "is_password_change_required": True}], session="2")
        one = array(login([user()]), Answer(403), pending, Answer(204))
        sought = UserHandler(one.client, LOCAL_USER, self.WANT)
        assert sought.plan(sought.read(), NEW_RUN).steps == ()
        assert one.talk == ["GET local_user", "GET login_session", "GET login_session", "POST logout"]

    def test_it_is_tried_once_in_a_run(self, array: MakeArray) -> None:
        """Failed logins lock the user."""
        one = array(login([user()]), Answer(401), Answer(200, [user()]))
        sought = UserHandler(one.client, LOCAL_USER, self.WANT)
        sought.read()
        sought.read()
        assert one.talk == ["GET local_user", "GET login_session", "GET local_user"]

    def test_nobody_logs_in_as_a_user_that_is_locked(self, array: MakeArray) -> None:
        one = array(login([user(is_locked=True)]))
        sought = UserHandler(one.client, LOCAL_USER, self.WANT)
        assert len(sought.plan(sought.read(), NEW_RUN).steps) == 1
        assert one.talk == ["GET local_user"]

    def test_nor_as_one_that_is_to_be_made_or_removed(self, array: MakeArray) -> None:
        one = array(login([]), Answer(200, ROLES))
        assert UserHandler(one.client, LOCAL_USER, {**self.WANT, "role": "Operator"}).read() is None
        assert one.talk == ["GET local_user", "GET role"]
        one = array(login([user()]))
        UserHandler(one.client, LOCAL_USER, {**self.WANT, "state": "absent"}).read()
        assert one.talk == ["GET local_user"]

    def test_what_was_written_in_this_run_is_not_written_again(self, array: MakeArray) -> None:
        one = array(login([user()]), Answer(401), Answer(200, [user()]))
        sought = UserHandler(one.client, LOCAL_USER, self.WANT)
        (step,) = sought.plan(sought.read(), NEW_RUN).requests
        assert sought.plan(sought.read(), NEW_RUN.accepted(step)).steps == ()
