# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong with a task's arguments, all of it, in words; and blanks that nobody means."""

from __future__ import annotations

import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.jobwise.appliance.plugins.module_utils._arguments import plain, tidied
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, input_error
from tests.unit.run.tasks import PASSWORD, TASKS

BY_NAME = {task.name: task for task in TASKS}
CONNECTION: Json = {"host": "array", "username": "admin", "password": PASSWORD}


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for task in TASKS:
        for option in task.platform.options.values():
            monkeypatch.delenv(option["env"], raising=False)


def told(task: Task, given: Json) -> str:
    """Return what a person is told, empty if nothing is wrong."""
    given = tidied(task.options, given)
    checked = ArgumentSpecValidator(task.argument_spec(), **task.rules).validate(given)
    return str(input_error(task, given, checked) or "")


@pytest.mark.parametrize(
    "module, given, words",
    [
        ("volume_group", {"name": "web"}, ""),
        (
            "volume_group",
            {"nmae": "web"},
            "volume_group has no option nmae. Did you mean name? Give one of name and id.",
        ),
        (
            "snapshot_rule",
            {"name": "hourly", "timezone": "Europe/Paris"},
            "timezone cannot be 'Europe/Paris'. Did you mean Europe__Paris or Europe__Bucharest?",
        ),
        (
            "snapshot_rule",
            {"name": "hourly", "timezone": "9"},
            "timezone cannot be '9'. ansible-doc jobwise.appliance.snapshot_rule lists the values.",
        ),
        ("snapshot_rule", {"name": "hourly", "timezone": "UTC"}, ""),
        ("volume_group", {"name": "web", "volumes": {"a": "b"}}, "volumes takes a list, not a dictionary."),
        ("volume_group", {"name": ["web"]}, "name takes a single text, not a list."),
        ("host_group", {"name": "esx", "host": ["esx01"]}, "host takes a single text, not a list. Did you mean hosts?"),
        ("qos_policy", {"name": "q", "io_limit_rule": ["a", "b"]}, "io_limit_rule takes a single text, not a list."),
        ("host", {"name": "esx01", "os_type": "esxi"}, "os_type cannot be 'esxi'. Did you mean ESXi?"),
        ("volume_group", {"name": "web", "description": {"a": "b"}}, "description takes a text, not a dictionary."),
        (
            "volume_group",
            {"name": "web", "volumes": [{"id": "x"}]},
            "volumes takes a list of texts; one entry is a dictionary.",
        ),
        ("volume_group", {"name": "web", "port": "abc"}, "port takes a whole number, not 'abc'."),
        (
            "volume_group",
            {"name": "web", "validate_certs": "perhaps"},
            "validate_certs takes true or false, not 'perhaps'.",
        ),
        ("volume_group", {"name": "web", "timeout": [1]}, "timeout takes a number, not a list."),
        (
            "volume_group",
            {"name": "web", "state": "started", "force": "maybe"},
            "force takes true or false, not 'maybe'. Value of state must be one of: present, absent, got: started.",
        ),
        ("volume_group", {"name": "web", "id": "1"}, "Give only one of name and id."),
        (
            "x509_certificate",
            {"id": "1", "certificate": "a", "certificate_path": "a", "private_key": "b", "private_key_path": "b"},
            "Give only one of certificate and certificate_path. Give only one of private_key and private_key_path.",
        ),
        ("volume_group", {}, "Give one of name and id."),
        ("ontap_select_host", {"name": "h", "host_username": "u"}, "host_username and host_password belong together"),
        (
            "oneview_user",
            {"name": "anna", "roles": ["Read only"]},
            "roles: 'Read only' is no dictionary; write {role: Read only}.",
        ),
        (
            "oneview_user",
            {"name": "anna", "roles": "Read only, Backup administrator"},
            "roles: 'Read only' is no dictionary; write {role: Read only}. "
            "roles: 'Backup administrator' is no dictionary; write {role: Backup administrator}.",
        ),
        (
            "smb_share",
            {"name": "home", "acl": "Everyone"},
            "acl: 'Everyone' is no dictionary; write {access_type: ..., access_level: ..., trustee_type: ..., "
            "trustee_name: ...}.",
        ),
        ("oneview_user", {"name": "anna", "roles": [{"role": ["x"]}]}, "roles.role takes a single text, not a list."),
        (
            "oneview_user",
            {"name": "anna", "roles": [{"rolle": "x", "role": "y"}]},
            "oneview_user has no option rolle in roles. Did you mean role?",
        ),
        ("oneview_user", {"name": "anna", "roles": [{}]}, "roles: role is missing."),
        (
            "host",
            {"name": "esx01", "initiators": ["iqn.1998-01.com.vmware:esx01"]},
            "initiators takes a list of dictionaries; write {port_name: ...}.",
        ),
        ("volume_restore", {"volume": "a", "snapshot": None, "backup": None, "wait": None}, "snapshot is missing."),
        ("volume_group", {"name": None, "id": "1", "state": None, "volumes": None, "port": None}, ""),
        ("volume", {"name": "a", "mapped_hosts": [{"host": "h", "logical_unit_number": None}]}, ""),
        ("volume", {"name": "a", "volum": None}, "volume has no option volum."),
        ("oneview_user", {}, "name is missing."),
        ("powerstore_job", {}, "ids is missing."),
        (
            "ontap_select_resize",
            {"cluster": "c", "nodes": ["x"]},
            "nodes takes a list of whole numbers; one entry is 'x'.",
        ),
    ],
)
def test_everything_that_is_wrong_is_told(module: str, given: Json, words: str) -> None:
    assert words in told(BY_NAME[module], {**CONNECTION, **given})
    assert bool(words) == bool(told(BY_NAME[module], {**CONNECTION, **given}))


def test_an_option_that_is_like_no_other_brings_the_list() -> None:
    words = told(BY_NAME["powerstore_info"], {**CONNECTION, "type": "volume", "wibble": 1})
    assert words.startswith("powerstore_info has no option wibble. The options are ca_path, filters, host, ids, ")


@pytest.mark.parametrize(
    "module, group, prefix",
    [
        ("volume_group", "powerstore", "POWERSTORE"),
        ("oneview_scope", "oneview", "ONEVIEW"),
        ("ontap_select_cluster", "ontap_select", "ONTAP_SELECT"),
    ],
)
def test_where_a_connection_can_come_from(module: str, group: str, prefix: str) -> None:
    places = f"the task, in module_defaults (group/jobwise.appliance.{group}), or in the environment as {prefix}_HOST"
    without = {"username": "admin", "password": PASSWORD, "name": "x"}
    assert told(BY_NAME[module], without) == f"host is missing: give it in {places}."
    assert told(BY_NAME[module], {**without, "host": None}) == f"host is missing: give it in {places}."


def test_all_of_the_connection_is_named_at_once() -> None:
    assert told(BY_NAME["volume_group"], {"name": "x"}) == (
        "host, username and password are missing: give them in the task, in module_defaults "
        "(group/jobwise.appliance.powerstore), or in the environment as POWERSTORE_HOST, POWERSTORE_USERNAME and "
        "POWERSTORE_PASSWORD."
    )


def test_a_variable_with_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERSTORE_PORT", "abc")
    words = "POWERSTORE_PORT in the environment takes a whole number, not 'abc'."
    assert told(BY_NAME["volume_group"], {**CONNECTION, "name": "x"}) == words
    assert told(BY_NAME["volume_group"], {**CONNECTION, "name": "x", "port": 443}) == ""


def test_a_secret_of_the_wrong_kind_is_not_repeated() -> None:
    words = told(BY_NAME["volume_group"], {**CONNECTION, "name": "x", "password": [PASSWORD]})
    assert words == "password takes a text."


@pytest.mark.parametrize("task", [task for task in TASKS if "wait_timeout" in task.options], ids=lambda task: task.name)
@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), "-0.5"])
def test_a_wait_that_cannot_be_is_refused(task: Task, seconds: t.Any) -> None:
    assert "wait_timeout has to be a number of seconds above 0, not" in told(
        task, {**CONNECTION, "wait_timeout": seconds}
    )


@pytest.mark.parametrize("task", [task for task in TASKS if "wait_timeout" in task.options], ids=lambda task: task.name)
def test_any_other_wait_is_taken(task: Task) -> None:
    for seconds in (0.001, "1", 86400 * 365):
        assert "wait_timeout" not in told(task, {**CONNECTION, "wait_timeout": seconds})


# Blanks


def texts_in_lists(spec: Json, path: tuple[str, ...] = ()) -> t.Iterator[tuple[str, ...]]:
    for name, option in spec.items():
        if option["type"] == "list" and option.get("elements") == "str":
            yield (*path, name)
        yield from texts_in_lists(option.get("options") or {}, (*path, name))


LISTS = [(task, path) for task in TASKS for path in texts_in_lists(task.options)]


@pytest.mark.parametrize("task, path", LISTS, ids=lambda one: one.name if isinstance(one, Task) else ".".join(one))
@pytest.mark.parametrize("value", ["web01, web02", [" web01", "web02 "]])
def test_blanks_around_texts_in_lists_are_nothing(task: Task, path: tuple[str, ...], value: t.Any) -> None:
    given: t.Any = {path[-1]: value}
    for name in reversed(path[:-1]):
        given = {name: [given]}
    found: t.Any = tidied(task.options, given)
    for name in path[:-1]:
        [found] = found[name]
    assert found[path[-1]] == ["web01", "web02"]


def test_choices_in_a_list_may_have_blanks_too() -> None:
    task = BY_NAME["oneview_server_profile"]
    assert "boot_order" not in told(task, {**CONNECTION, "name": "web", "boot_order": "HardDisk, PXE"})


def test_a_task_keeps_the_arguments_it_was_given() -> None:
    given = {"volumes": [" a "]}
    tidied(BY_NAME["volume_group"].options, given)
    assert given == {"volumes": [" a "]}


def test_no_list_holds_secrets() -> None:
    """Ansible notes secrets as they are given; without its blanks, one in a list would be shown."""
    assert [path for task, path in LISTS if task.options[path[0]].get("no_log")] == []


class Tagged(str):
    """A text that carries more than its letters, as those that Ansible reads from a playbook."""


class Counted(int):
    """A number that does."""


def test_what_ansible_knows_of_a_value_besides_is_left_out() -> None:
    given = {Tagged("a"): [Tagged("b"), Counted(2), True, 1.5, None, {"c": Tagged("d")}]}
    found = plain(given)
    assert found == given
    key, values = next(iter(found.items()))
    kinds = [type(one) for one in (key, *values, values[-1]["c"])]
    assert kinds == [str, str, int, bool, float, type(None), dict, str]
