# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of all tasks as Ansible checks them: fallbacks to the environment, secrets, sessions to share."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator, ValidationResult

from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task
from tests.unit.run.tasks import PASSWORD, TASKS

VOLUME_GROUP = next(task for task in TASKS if task.name == "volume_group")
SECRET_WORDS = ("password", "passphrase", "private_key", "secret", "token")
GIVEN = {"name": "finance", "host": "array", "username": "admin", "password": PASSWORD}


def checked(given: dict[str, t.Any], task: Task = VOLUME_GROUP) -> ValidationResult:
    validator = ArgumentSpecValidator(task.argument_spec(), **task.rules)
    result: ValidationResult = validator.validate({name: value for name, value in given.items() if value is not None})
    return result


all_tasks = pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)


@pytest.fixture(autouse=True)
def nothing_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for option in POWERSTORE.options.values():
        if "env" in option:
            monkeypatch.delenv(option["env"], raising=False)


@all_tasks
def test_every_task_has_the_options_of_its_platform(task: Task) -> None:
    assert task.platform.options.keys() <= task.argument_spec().keys()


@all_tasks
def test_the_spec_is_one_that_ansible_knows(task: Task) -> None:
    known = {"type", "elements", "default", "choices", "required", "no_log", "fallback", "options", "aliases"}
    known |= {"mutually_exclusive", "required_together", "required_one_of", "required_if", "required_by"}
    assert {key for option in task.argument_spec().values() for key in option} <= known


@all_tasks
def test_secrets_are_marked_as_such(task: Task) -> None:
    spec = task.argument_spec()
    secret = [
        name
        for name, option in spec.items()
        if any(word in name for word in SECRET_WORDS)
        and option["type"] == "str"
        and not name.startswith("update_")
        and "choices" not in option
    ]
    assert "password" in secret
    assert [name for name in secret if spec[name].get("no_log") is not True] == []


def test_defaults() -> None:
    params = checked(GIVEN).validated_parameters
    expected: dict[str, t.Any] = {"port": 443, "validate_certs": True, "ca_path": None, "timeout": 60.0, "proxy": None}
    expected |= {"wait": True, "wait_timeout": 600.0, "state": "present"}
    assert {name: params[name] for name in expected} == expected
    assert WAITING.keys() <= params.keys()


ENVIRONMENT: dict[str, tuple[str, t.Any]] = {
    "POWERSTORE_HOST": ("array9", "array9"),
    "POWERSTORE_PORT": ("8443", 8443),
    "POWERSTORE_USERNAME": ("monitor", "monitor"),
    "POWERSTORE_PASSWORD": ("other", "other"),
    "POWERSTORE_VALIDATE_CERTS": ("no", False),
    "POWERSTORE_CA_PATH": ("/etc/ssl/array.pem", "/etc/ssl/array.pem"),
    "POWERSTORE_TIMEOUT": ("7.5", 7.5),
    "POWERSTORE_PROXY": ("http://proxy:3128", "http://proxy:3128"),
}


def test_every_connection_option_has_its_variable() -> None:
    assert {option["env"]: name for name, option in POWERSTORE.options.items()} == {
        variable: variable.removeprefix("POWERSTORE_").lower() for variable in ENVIRONMENT
    }


@pytest.mark.parametrize("variable", ENVIRONMENT)
def test_a_variable_stands_in_for_its_option(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    option = variable.removeprefix("POWERSTORE_").lower()
    words, value = ENVIRONMENT[variable]
    monkeypatch.setenv(variable, words)
    without = {name: one for name, one in GIVEN.items() if name != option}
    assert checked(without).validated_parameters[option] == value


def test_an_option_wins_over_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, (words, dummy) in ENVIRONMENT.items():
        monkeypatch.setenv(variable, words)
    given = {**GIVEN, "port": 1, "validate_certs": True, "timeout": 2, "ca_path": "/x", "proxy": "http://p"}
    params = checked(given).validated_parameters
    assert {name: params[name] for name in given} == given


def test_an_empty_variable_is_none() -> None:
    """As a form for credentials leaves it."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ENVIRONMENT:
            patch.setenv(variable, "")
        result = checked({"name": "finance"})
    assert result.error_messages == ["missing required arguments: host, password, username"]
    assert result.validated_parameters["port"] == 443


def test_a_password_from_the_environment_is_hidden_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERSTORE_PASSWORD", PASSWORD)
    result = checked({"name": "finance", "host": "array", "username": "admin"})
    assert PASSWORD in result._no_log_values


@pytest.mark.parametrize(
    "given, told",
    [
        ({"name": None, "id": None}, "one of the following is required: name, id"),
        ({"id": "1"}, "parameters are mutually exclusive: name|id"),
        ({"port": "x"}, "port"),
        ({"state": "gone"}, "present, absent"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_sent(given: dict[str, t.Any], told: str) -> None:
    [message] = checked({**GIVEN, **given}).error_messages
    assert told in message
    assert PASSWORD not in message


@all_tasks
def test_tasks_share_a_session_only_if_all_connection_options_agree(task: Task) -> None:
    params = dict.fromkeys(task.argument_spec())
    key = task.session_key(params)
    assert hash(key) == hash(task.session_key({**params, "name": "other"}))
    assert key == task.session_key({**params, "name": "other"})
    others = [task.session_key({**params, option: "x"}) for option in task.platform.options]
    assert len({key, *others}) == 1 + len(task.platform.options)


def test_a_task_has_the_name_of_its_module() -> None:
    """Messages say it. Several modules may share a resource type, as those for policies do."""
    folder = Path(__file__).parents[3] / "plugins" / "modules"
    assert {task.name for task in TASKS} == {path.stem for path in folder.glob("*.py")}
