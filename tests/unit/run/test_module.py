# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A task as an ordinary module: its session is closed on every way out, and secrets stay out of all output."""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import os
import signal
import socket
import sys
import typing as t
from unittest import mock

import pytest
from ansible.module_utils import basic
from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.parameters import PASS_VARS

from ansible_collections.jobwise.appliance.plugins.module_utils import _module as run
from ansible_collections.jobwise.appliance.plugins.module_utils import _task
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import ApplianceError, InputError
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._task import SIGNALS, Caller, Task
from tests.unit.engine.appliance import JOB_FAILS, Appliance
from tests.unit.engine.tables import shelf, task
from tests.unit.run.tasks import PASSWORD, TASKS, Library, Work, library_task


@pytest.fixture(autouse=True)
def handlers_as_before() -> t.Iterator[None]:
    before = {signum: signal.getsignal(signum) for signum in SIGNALS}
    yield
    for signum, handler in before.items():
        signal.signal(signum, handler)


def given_to_modules(arguments: Json) -> t.ContextManager[object]:
    """Let modules that begin in this process find these arguments."""
    if importlib.util.find_spec("ansible.module_utils.testing"):  # since ansible-core 2.19
        from ansible.module_utils.testing import patch_module_args

        return patch_module_args(arguments)
    return mock.patch.object(basic, "_ANSIBLE_ARGS", json.dumps({"ANSIBLE_MODULE_ARGS": arguments}).encode())


class Module:
    """Runs a task as Ansible would, in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.output = ""

    def run(self, one: Task, options: Json, check_mode: bool = False, diff: bool = False) -> tuple[int, Json]:
        """Return the exit status and the result."""
        arguments = {**options, "_ansible_check_mode": check_mode, "_ansible_diff": diff}
        if "inject_invocation" in PASS_VARS:  # since ansible-core 2.21; older ones always do
            arguments["_ansible_inject_invocation"] = True
        with given_to_modules(arguments), pytest.raises(SystemExit) as ended:
            run_module(one)
        printed = self.capsys.readouterr()
        self.output = printed.out + printed.err
        return int(str(ended.value.code or 0)), json.loads(printed.out) if printed.out else {}


@pytest.fixture
def module(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Module:
    """A module. Where a test has loaded the controller, its warnings would go to the display, not to the result."""
    internal = sys.modules.get("ansible.module_utils._internal")  # since ansible-core 2.19
    if internal:
        monkeypatch.setattr(internal, "is_controller", False)
    return Module(capsys)


def library(current: Json | None, fates: tuple[str, ...] = (), **options: t.Any) -> Library:
    return Library({}, Appliance(task(**options), current, list(fates), takes=0))


GIVEN: Json = {"host": "library", "password": PASSWORD, "name": "hall", "note": "new"}


def test_a_good_end(module: Module) -> None:
    one = library(shelf())
    status, result = module.run(library_task(one), GIVEN, diff=True)
    assert (status, result["changed"], one.closed) == (0, True, 1)
    assert result["resource"] == shelf(note="new")
    assert result["diff"]["after"] == {"name": "hall", "note": "new"}
    assert result["invocation"]["module_args"]["password"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert PASSWORD not in module.output


def test_options_are_shown_as_the_task_says(module: Module, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the result and in the log of the system, of a task with wrong options, too."""
    logged: list[str] = []
    monkeypatch.setattr(
        AnsibleModule, "log", lambda self, message, log_args=None: logged.append(f"{message}{log_args}")
    )
    one = dataclasses.replace(library_task(library(shelf())), shown=lambda given: {**given, "note": "not shown"})
    for options, status in ((GIVEN, 0), ({**GIVEN, "nmae": "hall"}, 1)):
        ended, result = module.run(one, {**options, "note": "a secret of its own"})
        assert ended == status and result["invocation"]["module_args"]["note"] == "not shown"
        assert "a secret of its own" not in json.dumps(result["invocation"])
    assert logged and "a secret of its own" not in "".join(logged) and "not shown" in logged[0]


def test_check_mode_and_no_diff(module: Module) -> None:
    one = library(shelf())
    dummy, result = module.run(library_task(one), GIVEN, check_mode=True)
    assert (result["changed"], one.appliance.sent, one.closed) == (True, [], 1)
    assert "diff" not in result


def test_a_failure(module: Module) -> None:
    one = library(shelf(), (JOB_FAILS,))
    status, result = module.run(library_task(one), GIVEN)
    assert (status, result["failed"], result["changed"], one.closed) == (1, True, False, 1)
    assert result["error"]["kind"] == "job_failed"
    assert PASSWORD not in module.output


def test_warnings_are_shown_as_warnings(module: Module) -> None:
    one = library(shelf(note="new"))
    one.appliance.warnings = ("The shelf is old.",)
    dummy, result = module.run(library_task(one), GIVEN)
    [warning] = result["warnings"]
    assert "The shelf is old." in str(warning)


def refused_arguments(module: Module, one: Task, options: Json) -> Json:
    """Return the result of a task whose options are wrong, after a look at what every failure has."""
    status, result = module.run(one, options)
    assert (status, result["failed"]) == (1, True)
    assert result["error"] == {"kind": "input", "messages": []}
    assert {name: result[name] for name in one.nothing} == one.nothing
    assert PASSWORD not in module.output
    return result


CONNECTED: Json = {"host": "127.0.0.1", "username": "admin", "password": PASSWORD}


@pytest.mark.parametrize("one", TASKS, ids=lambda one: one.name)
@pytest.mark.parametrize("option, value", [("wibble", 1), ("port", "abc"), ("host", None)])
def test_the_result_of_wrong_options_has_all_keys(module: Module, one: Task, option: str, value: t.Any) -> None:
    """Else a rescue that asks for error.kind fails itself."""
    assert option in refused_arguments(module, one, {**CONNECTED, option: value})["msg"]


@pytest.mark.parametrize("option, value", [("host", "https://x"), ("ca_path", "/nowhere/ca.pem"), ("port", 0)])
def test_the_result_of_an_impossible_connection_has_all_keys(module: Module, option: str, value: t.Any) -> None:
    one = next(one for one in TASKS if one.name == "volume_group")
    refused_arguments(module, one, {**CONNECTED, "name": "web", option: value})


def test_without_requests_it_is_said_how_to_install_it(module: Module, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_task, "REQUESTS_MISSING", "Traceback (most recent call last): ...")
    one = next(one for one in TASKS if one.name == "volume_group")
    result = refused_arguments(module, one, {**CONNECTED, "name": "web"})
    assert f"{sys.executable} -m pip install requests" in result["msg"]
    assert "Traceback" not in module.output


def test_a_failure_of_ansibles_own_has_all_keys(capsys: pytest.CaptureFixture[str]) -> None:
    one = library_task(library(None))
    with given_to_modules(dict(GIVEN)), pytest.raises(SystemExit):
        run._Module(one).fail_json(msg="No space left.")
    result = json.loads(capsys.readouterr().out)
    assert (result["msg"], result["error"]) == ("No space left.", {"kind": "bug", "messages": []})
    assert {name: result[name] for name in one.nothing} == one.nothing


def quoting(library: Library, caller: Caller) -> Json:
    """Do what no task should: tell the password, in every place of a failure."""
    secret = caller.params["password"]
    raise ApplianceError(f"Told {secret}.", path=f"/{secret}", messages=[{"message": secret}], hint=secret)


def test_a_password_that_an_appliance_repeats_is_masked(module: Module) -> None:
    status, result = module.run(library_task(library(None), quoting), GIVEN)
    assert (status, result["failed"]) == (1, True)
    assert PASSWORD not in module.output


def interrupted_by(signum: int) -> Work:
    def work(library: Library, caller: Caller) -> Json:
        os.kill(os.getpid(), signum)
        signal.sigtimedwait([], 5)
        return {"changed": False}

    return work


@pytest.mark.parametrize("signum", SIGNALS)
def test_a_signal_closes_the_session(module: Module, signum: int) -> None:
    one = library(None)
    status, result = module.run(library_task(one, interrupted_by(signum)), GIVEN)
    assert (status, one.closed) == (128 + signum, 1)
    assert result == {}


def test_a_mistake_of_our_own_closes_the_session_too(module: Module) -> None:
    def work(library: Library, caller: Caller) -> Json:
        raise ZeroDivisionError

    one = library(None)
    status, result = module.run(library_task(one, work), GIVEN)
    assert (status, one.closed) == (1, 1)
    assert result["error"]["kind"] == "bug" and "ZeroDivisionError" in result["msg"]


def test_what_is_not_listed_as_a_mistake_still_closes_the_session() -> None:
    def work(library: Library, caller: Caller) -> Json:
        raise MemoryError

    one = library(None)
    with given_to_modules(dict(GIVEN)), pytest.raises(MemoryError):
        run_module(library_task(one, work))
    assert one.closed == 1


# The platform's own options and messages


def closed_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


CONNECTION: Json = {
    "host": "127.0.0.1",
    "port": 443,
    "username": "admin",
    "password": PASSWORD,
    "validate_certs": True,
    "ca_path": None,
    "timeout": 5.0,
    "proxy": None,
}
PROXY_PASSWORD = "s3cret-of-proxy"
LEAST: dict[str, Json] = {"volume_group": {"name": "finance"}, "powerstore_info": {"type": "volume"}}


@pytest.mark.parametrize("one", [one for one in TASKS if one.name in LEAST], ids=lambda one: one.name)
def test_an_array_that_is_not_there(module: Module, one: Task) -> None:
    options = {"host": "127.0.0.1", "port": closed_port(), "username": "admin", "password": PASSWORD}
    status, result = module.run(one, {**options, **LEAST[one.name]})
    assert (status, result["failed"], result.get("changed", False)) == (1, True, False)
    assert result["error"]["kind"] == "connection"
    assert "127.0.0.1" in result["msg"]
    assert PASSWORD not in module.output


@pytest.mark.parametrize(
    "options, told",
    [
        ({"host": ""}, "host takes a name"),
        ({"host": "https://array"}, "host takes a name"),
        ({"host": "array/api"}, "host takes a name"),
        ({"port": 0}, "between 1 and 65535, not 0"),
        ({"port": 65536}, "not 65536"),
        ({"timeout": 0}, "more than 0 and at most 86400 seconds, not 0"),
        ({"timeout": -1.5}, "not -1.5"),
        ({"ca_path": "/nowhere/ca.pem"}, "/nowhere/ca.pem"),
    ],
)
def test_connection_options_that_cannot_be(options: Json, told: str) -> None:
    with pytest.raises(InputError) as caught:
        POWERSTORE.connect({**CONNECTION, **options})
    assert told in str(caught.value)
    assert PASSWORD not in str(caught.value)


def test_a_login_in_the_host_is_not_repeated() -> None:
    with pytest.raises(InputError, match="host takes a name") as caught:
        POWERSTORE.connect({**CONNECTION, "host": "admin:" + PASSWORD + "@array"})
    assert PASSWORD not in str(caught.value)


@pytest.fixture
def through_a_proxy(module: Module) -> Json:
    """The result of a task whose proxy wants a login and is not there."""
    one = next(one for one in TASKS if one.name == "volume_group")
    proxy = f"http://me:{PROXY_PASSWORD}@127.0.0.1:{closed_port()}"
    given = {"host": "array.invalid", "username": "admin", "password": PASSWORD, "name": "finance", "proxy": proxy}
    dummy, result = module.run(one, given)
    assert result["error"]["kind"] == "connection" and "proxy" in result["msg"]
    return result


def test_a_login_in_the_proxy_is_not_repeated(through_a_proxy: Json) -> None:
    through_a_proxy.pop("invocation")
    assert PROXY_PASSWORD not in json.dumps(through_a_proxy)


def test_a_login_in_the_proxy_is_masked_in_the_tasks_arguments(through_a_proxy: Json) -> None:
    assert PROXY_PASSWORD not in json.dumps(through_a_proxy["invocation"])


def test_a_client_does_not_show_its_password() -> None:
    client = POWERSTORE.connect(CONNECTION)
    assert PASSWORD not in repr(client) + str(client)
    client.close()
