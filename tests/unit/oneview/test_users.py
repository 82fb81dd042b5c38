# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Local users: what is written of them, roles with their scopes, and the rules that are checked before."""

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import oneview_user as module
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.oneview.scripted import MakeAppliance, ScriptedAppliance, collection, error_from, refused

READ_ONLY = {"roleName": "Read only", "scopeUri": None}
USER = {
    "type": "UserAndPermissions",
    "userName": "anna",
    "fullName": "Anna",
    "emailAddress": None,
    "enabled": True,
    "uri": "/rest/users/anna",
    "permissions": [READ_ONLY, {"roleName": "Network administrator", "scopeUri": "/rest/scopes/1"}],
}
ROLES = collection(*({"roleName": one} for one in ("Read only", "Network administrator", "Backup administrator")))
ABSENT = refused(404, "USER_NOT_FOUND")
BRANCH = collection({"name": "branch", "uri": "/rest/scopes/1"})
PASSWORD = "Secret-12345"
SPEC = module.TASK.argument_spec()


def there(**changes: t.Any) -> Answer:
    return Answer(200, {**USER, **changes})


def role(name: str, scope: str | None = None) -> dict[str, str | None]:
    return {"role": name, "scope": scope}


def bring_about(one: ScriptedAppliance, dry: bool = False, **desired: t.Any) -> RunResult:
    params = {name: option.get("default") for name, option in SPEC.items()}
    return one.bring_about(lambda client: module.make_handler(client, {**params, "name": "anna", **desired}), dry=dry)


class TestWhatIsWritten:
    def test_a_new_user(self, appliance: MakeAppliance) -> None:
        one = appliance(ABSENT, BRANCH, ROLES, Answer(201, USER), there())
        roles = [role("Read only"), role("Network administrator", "branch")]
        record = bring_about(one, user_password=PASSWORD, roles=roles, full_name="Anna", email="")
        assert one.talk == ["GET users/anna", "GET scopes", "GET roles", "POST users", "GET users/anna"]
        assert one.requests[3].body == {
            "type": "UserAndPermissions",
            "userName": "anna",
            "fullName": "Anna",
            "password": PASSWORD,
            "permissions": [{"roleName": "Network administrator", "scopeUri": "/rest/scopes/1"}, READ_ONLY],
        }
        assert record.changed and record.warnings == []
        assert record.plan.after["user_password"] == "(secret)"

    def test_a_change_names_the_user_and_nothing_else(self, appliance: MakeAppliance) -> None:
        one = appliance(there(), there(), there(fullName="Anna B."))
        assert bring_about(one, full_name="Anna B.", enabled=True).changed
        assert one.talk == ["GET users/anna", "PUT users", "GET users/anna"]
        assert one.requests[1].body == {"type": "UserAndPermissions", "userName": "anna", "fullName": "Anna B."}

    def test_only_the_version_that_was_read_is_changed(self, appliance: MakeAppliance) -> None:
        one = appliance(there(eTag="7"), there(), there(fullName="B"))
        bring_about(one, full_name="B")
        assert one.requests[1].headers["if-match"] == "7"

    def test_roles_are_replaced_so_that_others_go(self, appliance: MakeAppliance) -> None:
        one = appliance(there(), ROLES, there(), there(permissions=[READ_ONLY]))
        record = bring_about(one, roles=[role("Read only")])
        assert one.requests[2].body == {
            "type": "UserAndPermissions",
            "userName": "anna",
            "permissions": [READ_ONLY],
            "replaceRoles": True,
        }
        assert record.plan.before["roles"] == [role("Network administrator", "/rest/scopes/1"), role("Read only")]
        assert record.plan.after["roles"] == [role("Read only")] and record.warnings == []

    def test_the_diff_shows_scopes_by_name(self, appliance: MakeAppliance) -> None:
        bound = {"roleName": "Read only", "scopeUri": "/rest/scopes/1"}
        one = appliance(there(), BRANCH, ROLES, there(), there(permissions=[bound]))
        record = bring_about(one, roles=[role("Read only", "BRANCH"), role("Read only", "/rest/scopes/1")])
        assert record.plan.before["roles"] == [role("Network administrator", "branch"), role("Read only")]
        assert record.plan.after["roles"] == [role("Read only", "branch")] and record.warnings == []
        assert one.requests[3].body["permissions"] == [bound]

    def test_a_password_alone(self, appliance: MakeAppliance) -> None:
        """It cannot be compared, so it is set if told to, and once in a run."""
        one = appliance(there(), there(), there())
        record = bring_about(one, user_password=PASSWORD, update_password="always")
        assert record.changed and record.warnings == []
        assert one.requests[1].body == {"type": "UserAndPermissions", "userName": "anna", "password": PASSWORD}

    def test_without_being_told_to_it_stays(self, appliance: MakeAppliance) -> None:
        one = appliance(there())
        assert not bring_about(one, user_password=PASSWORD).changed

    def test_a_removal(self, appliance: MakeAppliance) -> None:
        one = appliance(there(), Answer(204), ABSENT)
        assert bring_about(one, state="absent").changed
        assert one.talk[1] == "DELETE users/anna"

    def test_nobody_there_to_remove(self, appliance: MakeAppliance) -> None:
        assert not bring_about(appliance(ABSENT), state="absent").changed

    def test_an_answer_that_is_lost(self, appliance: MakeAppliance) -> None:
        """The user is looked for before anything is sent again."""
        made = there(permissions=[READ_ONLY])
        one = appliance(ABSENT, ROLES, NoAnswer(), collection(), made, made)
        assert bring_about(one, user_password=PASSWORD, roles=[role("Read only")]).changed
        assert [line for line in one.talk if line.startswith("POST")] == ["POST users"]


class TestConverged:
    @pytest.mark.parametrize(
        "desired",
        [
            {"full_name": "Anna", "email": "", "office_phone": "", "enabled": True},
            {"roles": [role("Network administrator", "/rest/scopes/1"), role("Read only")]},
            {"roles": [role("Read only", ""), role("Network administrator", "/rest/scopes/1"), role("Read only")]},
        ],
    )
    def test_one_read(self, appliance: MakeAppliance, desired: dict[str, t.Any]) -> None:
        one = appliance(there())
        assert not bring_about(one, **desired).changed and one.talk == ["GET users/anna"]

    def test_a_scope_by_name(self, appliance: MakeAppliance) -> None:
        one = appliance(there(), BRANCH)
        assert not bring_about(one, roles=[role("Read only"), role("Network administrator", "Branch")]).changed

    @pytest.mark.parametrize("spelling", ["branch", "Branch"])
    def test_a_scope_by_name_and_by_uri(self, appliance: MakeAppliance, spelling: str) -> None:
        bound = [{"roleName": one, "scopeUri": "/rest/scopes/1"} for one in ("Read only", "Network administrator")]
        one = appliance(there(permissions=bound), BRANCH)
        roles = [role("Read only", spelling), role("Network administrator", "/rest/scopes/1")]
        assert not bring_about(one, roles=roles).changed and one.talk == ["GET users/anna", "GET scopes"]

    def test_a_role_twice_in_two_spellings(self, appliance: MakeAppliance) -> None:
        one = appliance(there(), collection({"name": "Branch", "uri": "/rest/scopes/1"}))
        twice = [role("Network administrator", one) for one in ("branch", "/rest/scopes/1", "BRANCH")]
        assert not bring_about(one, roles=[role("Read only"), *twice]).changed

    def test_roles_that_are_read_elsewhere(self, appliance: MakeAppliance) -> None:
        user = {name: value for name, value in USER.items() if name != "permissions"}
        one = appliance(Answer(200, user), collection(READ_ONLY))
        assert not bring_about(one, roles=[role("Read only")]).changed
        assert one.talk == ["GET users/anna", "GET users/role/anna"]


def test_versions_without_scopes(appliance: MakeAppliance) -> None:
    version = Answer(200, {"currentVersion": 300, "minimumVersion": 1})
    session = Answer(200, {"sessionID": "s"})
    made = {"userName": "anna", "roles": ["Read only"]}
    one = appliance(version, session, ABSENT, ROLES, Answer(201, made), Answer(200, made), bare=True)
    bring_about(one, user_password=PASSWORD, roles=[role("Read only")])
    assert one.requests[4].body == {
        "type": "UserAndRoles",
        "userName": "anna",
        "password": PASSWORD,
        "roles": ["Read only"],
    }


@pytest.mark.parametrize("status, looks", [(400, 1), (403, 1), (500, 2)])
def test_a_failed_look_is_no_absent_user(appliance: MakeAppliance, status: int, looks: int) -> None:
    one = appliance(*[refused(status)] * looks)
    error_from(lambda: bring_about(one, user_password=PASSWORD, roles=[]))
    assert one.talk == ["GET users/anna"] * looks


class TestRules:
    @pytest.mark.parametrize(
        "desired, words",
        [
            ({"name": "5anna"}, "name takes"),
            ({"name": "an na"}, "name takes"),
            ({"name": "a" * 40}, "name takes"),
            ({"user_password": "short"}, "8 to 40 characters, not 5"),
            ({"user_password": "Secret:12345"}, "none of"),
            ({"user_password": "Secret 12345"}, "no blank"),
            ({"office_phone": "1" * 26}, "office_phone has 26 characters"),
            ({"roles": [role(" ")]}, "an entry without a role"),
        ],
    )
    def test_checked_before_anything_is_sent(
        self, appliance: MakeAppliance, desired: dict[str, t.Any], words: str
    ) -> None:
        one = appliance(bare=True)
        error = error_from(lambda: bring_about(one, **desired))
        assert words in str(error) and str(desired.get("user_password")) not in str(error)

    @pytest.mark.parametrize("desired", [{"user_password": PASSWORD}, {"roles": []}])
    def test_what_a_new_user_needs(self, appliance: MakeAppliance, desired: dict[str, t.Any]) -> None:
        error = error_from(lambda: bring_about(appliance(ABSENT, ROLES), **desired))
        assert "User anna does not exist; to create it, give" in str(error)

    def test_a_role_that_there_is_not(self, appliance: MakeAppliance) -> None:
        error = error_from(lambda: bring_about(appliance(there(), ROLES), roles=[role("read Only")], dry=True))
        assert str(error) == "roles: the appliance has no role read Only (did you mean Read only?)."

    def test_a_scope_that_there_is_not(self, appliance: MakeAppliance) -> None:
        one = appliance(there(), collection(), BRANCH, ROLES)
        assert "has no mars among its scopes. Known: branch." in str(
            error_from(lambda: bring_about(one, roles=[role("Read only", "mars")]))
        )

    @pytest.mark.parametrize(
        "desired, words",
        [
            ({"state": "absent"}, "cannot delete their own account"),
            ({"roles": [role("Read only")]}, "cannot change their own roles"),
            ({"enabled": False}, "cannot disable their own account"),
            ({"user_password": PASSWORD, "update_password": "always"}, "requires the current one"),
        ],
    )
    def test_what_nobody_does_to_himself(self, appliance: MakeAppliance, desired: dict[str, t.Any], words: str) -> None:
        mine = there(userName="Ops", uri="/rest/users/Ops")
        answers = [mine, collection(mine.body), *([ROLES] if "roles" in desired else [])]
        assert words in str(error_from(lambda: bring_about(appliance(*answers), name="ops", dry=True, **desired)))

    def test_the_own_password(self, appliance: MakeAppliance) -> None:
        mine = there(userName="Ops", uri="/rest/users/Ops")
        everybody = collection(mine.body)
        one = appliance(mine, everybody, mine, mine, everybody)
        desired: dict[str, t.Any] = {"user_password": PASSWORD, "update_password": "always"}
        desired.update({"current_password": "Old-Secret"})
        bring_about(one, name="ops", **desired)
        assert one.requests[2].body == {
            "type": "UserAndPermissions",
            "userName": "Ops",
            "password": PASSWORD,
            "currentPassword": "Old-Secret",
        }
