# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Another one's job that ends after the object was read, and before the jobs were: it is not done a second time."""

from __future__ import annotations

import importlib
import typing as t

import pytest

from jobwise_emulator.process import Emulator
from tests.faults.conftest import Runner
from tests.faults.ontap_select.world import SECRET, make, writes

DEPLOYED = {"is_deployed": True, "state": "powered_on", "password": SECRET}
LARGER = {"admin_password": SECRET, "nodes": []}

CASES: dict[str, tuple[dict[str, t.Any], dict[str, t.Any], str, dict[str, t.Any]]] = {
    "deploy": ({}, {"request": {"ontap_credential": {"password": SECRET}}}, "ontap_select_deployment", {}),
    "power": (
        DEPLOYED,
        {"request": {"availability": "powered_off"}},
        "ontap_select_power",
        {"state": "powered_off"},
    ),
    "resize": (DEPLOYED, {"request": LARGER}, "ontap_select_resize", {"instance_type": "medium"}),
    "delete": ({**DEPLOYED, "state": "powered_off"}, {}, "ontap_select_cluster", {"name": "c1", "state": "absent"}),
}
ACTIONS = {"deploy": "deploy", "power": "modify", "resize": "modify", "delete": "delete"}


@pytest.mark.parametrize("case", CASES)
def test_a_job_that_has_just_ended_is_not_done_again(run: Runner, emulator: Emulator, case: str) -> None:
    cluster, order, module, options = CASES[case]
    make(emulator, **cluster)
    if case == "resize":
        task = importlib.import_module("ansible_collections.jobwise.appliance.plugins.modules.ontap_select_info").TASK
        cluster_id = run(task, type="clusters", fields=["id"])["resources"][0]["id"]
        rows = run(task, type=f"clusters/{cluster_id}/nodes", fields=["id"])["resources"]
        order = {"request": {**LARGER, "nodes": [{"id": row["id"], "instance_type": "medium"} for row in rows]}}
    emulator.fault("delay", "GET", "jobs", seconds=2.0)
    emulator.job("cluster", ACTIONS[case], resource_name="c1", seconds=1.0, **order)
    if module != "ontap_select_cluster":
        options = {"cluster": "c1", **options}
    if module in ("ontap_select_deployment", "ontap_select_resize"):
        options = {**options, "ontap_password": SECRET}
    result = run(
        importlib.import_module(f"ansible_collections.jobwise.appliance.plugins.modules.{module}").TASK, **options
    )
    assert not result.get("failed"), result["msg"]
    assert emulator.faults()["fired"], "the task looked for jobs"
    assert writes(emulator) == [] and not result["changed"] and "warnings" not in result
