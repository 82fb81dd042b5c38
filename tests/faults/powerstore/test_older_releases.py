# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a later release has, an older array does not know: the task says which release it needs."""

from __future__ import annotations

import typing as t

import pytest

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_alike import task_of, written


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        (
            "file_io_limit_rule",
            {"name": "new", "max_bw": 5},
            "does not know the file I/O limit rule, which PowerStoreOS 4.1",
        ),
        (
            "file_qos_policy",
            {"name": "new", "file_io_limit_rule": "x"},
            "does not know the file_io_limit_rule of a file QoS policy, which PowerStoreOS 4.1 and later has",
        ),
        ("file_qos_policy", {"name": "new", "state": "absent"}, "which PowerStoreOS 4.1 and later has"),
    ],
)
def test_the_release_is_named(
    run: Runner, emulator: Emulator, module: str, options: dict[str, t.Any], words: str, check: bool
) -> None:
    result = run(task_of(module), check=check, **options)
    assert result["failed"] and result["error"]["kind"] == "unsupported", result
    assert words in result["msg"] and result["error"]["status"] in (400, 404)
    assert written(emulator) == []


def test_an_error_of_another_cause_stays_as_it_is(run: Runner, emulator: Emulator) -> None:
    emulator.fault("status", "GET", "policy", status=400, body={"messages": []}, times=9)
    result = run(task_of("file_qos_policy"), check=True, name="new", file_io_limit_rule="x")
    assert result["error"]["kind"] == "refused", result
