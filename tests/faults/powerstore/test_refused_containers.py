# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A storage container with virtual volumes is deleted only if the task forces it, and the plan says what is lost."""

from __future__ import annotations

import typing as t

from ansible_collections.jobwise.appliance.plugins.modules import storage_container
from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.powerstore.test_refused_hosts import written


def filled(run: Runner, emulator: Emulator) -> None:
    """Create a container with two virtual volumes."""
    run(storage_container.TASK, name="vms", quota="100 GiB")
    for name in ("vm2", "vm1"):
        row = {"name": name, "storage_container_id": "name:vms", "size": 1 << 30}
        emulator.change("virtual_volume", create=row)


def test_virtual_volumes_are_named_before_anything_is_written(run: Runner, emulator: Emulator) -> None:
    filled(run, emulator)
    before = written(emulator)
    results = [run(storage_container.TASK, check=check, name="vms", state="absent") for check in (True, False)]
    for result in results:
        assert result["failed"] and not result["changed"] and result["error"]["kind"] == "input", result
        assert "Storage container vms contains 2 virtual volumes (vm1, vm2)." in result["msg"]
        assert "force: true" in result["msg"]
    assert results[0]["msg"] == results[1]["msg"] and written(emulator) == before


def test_the_plan_of_a_forced_deletion_says_what_is_lost(run: Runner, emulator: Emulator) -> None:
    filled(run, emulator)
    options: dict[str, t.Any] = {"name": "vms", "state": "absent", "force": True, "unmount": True}
    planned = run(storage_container.TASK, check=True, **options)
    result = run(storage_container.TASK, **options)
    assert result["changed"] and not result.get("failed"), result
    assert planned["plan"] == result["plan"]
    assert result["plan"] == [
        "delete storage container vms with its 2 virtual volumes (vm1, vm2), force=true, unmount=true"
    ]
    assert not run(storage_container.TASK, **options)["changed"]


def test_a_quota_of_exactly_10_gib_is_for_existing_containers(run: Runner, emulator: Emulator) -> None:
    refused = run(storage_container.TASK, check=True, name="new", quota="10 GiB")
    assert refused["error"]["kind"] == "input" and "more than 10 GiB" in refused["msg"]
    run(storage_container.TASK, name="new")
    assert run(storage_container.TASK, name="new", quota="10 GiB")["changed"]
