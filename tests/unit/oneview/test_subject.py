# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A resource brought to its desired state over HTTP: what is sent, and what becomes of what others do meanwhile."""

from __future__ import annotations

import copy
import typing as t

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.errors import JobFailed, VersionConflict
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.running.run_result import RunResult
from ansible_collections.jobwise.appliance.plugins.modules import oneview_ethernet_network as module
from tests.unit.http.servers import Answer, NoAnswer
from tests.unit.oneview.scripted import TASK, MakeAppliance, ScriptedAppliance, collection, error_from, refused, task

URI = "/rest/ethernet-networks/n1"
NETWORK = {
    "uri": URI,
    "name": "blue",
    "vlanId": 5,
    "purpose": "General",
    "smartLink": True,
    "eTag": "v1",
    "state": "Active",
    "scopesUri": "/rest/scopes/resources/n1",
}
STALE = refused(412, "AlertEtagPreconditionFailedException", "Stale.")
TAKEN = Answer(202, None, {"Location": f"https://oneview.example.com{TASK}"})
DONE = task(associatedResource={"resourceUri": URI, "resourceName": "blue"})
SPEC = module.TASK.argument_spec()


def network(**changes: t.Any) -> dict[str, t.Any]:
    return {**copy.deepcopy(NETWORK), **changes}


def found(**changes: t.Any) -> Answer:
    return collection(network(**changes))


def read(**changes: t.Any) -> Answer:
    return Answer(200, network(**changes))


def bring_about(one: ScriptedAppliance, dry: bool = False, wait: bool = True, **desired: t.Any) -> RunResult:
    params = {name: option.get("default") for name, option in SPEC.items()}
    return one.bring_about(
        lambda client: module.make_handler(client, {**params, "name": "blue", **desired}), dry=dry, wait=wait
    )


def test_converged_is_one_read(appliance: MakeAppliance) -> None:
    one = appliance(found())
    record = bring_about(one, vlan_id=5, purpose="General", smart_link=True)
    assert not record.changed and one.talk == ["GET ethernet-networks"]


def test_check_mode_reads_the_same_and_writes_nothing(appliance: MakeAppliance) -> None:
    one = appliance(found())
    record = bring_about(one, purpose="Management", dry=True)
    assert record.changed and record.plan.sentences() == ["change purpose of Ethernet network blue"]
    assert one.talk == ["GET ethernet-networks"]


def test_a_create_whose_task_is_over_at_once(appliance: MakeAppliance) -> None:
    one = appliance(collection(), TAKEN, DONE, read())
    record = bring_about(one, vlan_id=5)
    assert one.talk == ["GET ethernet-networks", "POST ethernet-networks", "GET tasks/t1", "GET ethernet-networks/n1"]
    assert one.requests[1].body == {"name": "blue", "vlanId": 5}
    assert record.changed and record.resource and record.resource["uri"] == URI and one.pauses == []


def test_the_same_call_may_be_synchronous(appliance: MakeAppliance) -> None:
    one = appliance(collection(), Answer(201, network()), read())
    assert bring_about(one, vlan_id=5).changed
    assert one.talk == ["GET ethernet-networks", "POST ethernet-networks", "GET ethernet-networks/n1"]


def test_a_change_goes_to_the_version_that_the_plan_saw(appliance: MakeAppliance) -> None:
    one = appliance(found(), TAKEN, DONE, read(purpose="Management", eTag="v2"))
    bring_about(one, purpose="Management")
    assert one.requests[1].headers["if-match"] == "v1"
    assert one.requests[1].body == network(purpose="Management")


def test_force_asks_for_no_version(appliance: MakeAppliance) -> None:
    one = appliance(found(), TAKEN, DONE, read(purpose="Management"))
    bring_about(one, purpose="Management", force=True)
    assert one.requests[1].headers["if-match"] == "*"


class TestOthersWriteToo:
    """Between the read and the write."""

    def test_another_attribute_is_kept(self, appliance: MakeAppliance) -> None:
        one = appliance(
            found(), STALE, read(eTag="v2", smartLink=False), TAKEN, DONE, read(eTag="v3", purpose="Management")
        )
        bring_about(one, purpose="Management")
        assert one.requests[3].headers["if-match"] == "v2"
        assert one.requests[3].body == network(eTag="v2", smartLink=False, purpose="Management")

    def test_the_same_attribute_makes_the_task_fail_and_say_so(self, appliance: MakeAppliance) -> None:
        about = {"resourceUri": URI}
        told: t.Any = {"uri": "/rest/tasks/9", "taskState": "Completed", "name": "Update", "owner": "anna"}
        one = appliance(
            found(), STALE, read(eTag="v2", purpose="ISCSI"), collection({**told, "associatedResource": about})
        )
        error = error_from(lambda: bring_about(one, purpose="Management"))
        assert isinstance(error, VersionConflict)
        assert "anna has changed" in error.message
        assert "purpose was 'General' and is now 'ISCSI'" in error.message
        assert [line for line in one.talk if not line.startswith("GET")] == ["PUT ethernet-networks/n1"]

    def test_the_wanted_value_leaves_nothing_to_do(self, appliance: MakeAppliance) -> None:
        one = appliance(found(), STALE, read(eTag="v2", purpose="Management"), read(eTag="v2", purpose="Management"))
        bring_about(one, purpose="Management")
        assert [line for line in one.talk if not line.startswith("GET")] == ["PUT ethernet-networks/n1"]

    def test_not_for_ever(self, appliance: MakeAppliance) -> None:
        answers = [STALE, read(eTag="v2")] * 3
        error = error_from(lambda: bring_about(appliance(found(), *answers), purpose="Management"))
        assert isinstance(error, VersionConflict) and "3 times in a row" in error.hint


class TestOutcomes:
    """What tasks end with."""

    def test_warnings_of_a_success_are_warnings(self, appliance: MakeAppliance) -> None:
        errors = [{"message": "Uplink is down.", "recommendedActions": ["Look at the cable."]}]
        ended = task("Warning", taskErrors=errors, associatedResource={"resourceUri": URI})
        record = bring_about(appliance(found(), TAKEN, ended, read(purpose="Management")), purpose="Management")
        assert record.changed and record.warnings == ["Uplink is down. Look at the cable."]

    def test_a_failure_tells_every_error_and_all_advice(self, appliance: MakeAppliance) -> None:
        errors = [
            {
                "errorCode": "E1",
                "message": "Cannot change.",
                "details": "In use.",
                "recommendedActions": ["Power off."],
                "nestedErrors": [{"errorCode": "E2", "message": "Bay 1 is on."}],
            },
            {"message": "Nothing was done.", "recommendedActions": ["Try again.", "Call."]},
        ]
        one = appliance(found(), TAKEN, task("Error", taskErrors=errors))
        error = error_from(lambda: bring_about(one, purpose="Management"))
        assert isinstance(error, JobFailed) and error.job == TASK
        assert "ended as Error: Cannot change. In use. Bay 1 is on. Nothing was done. (E1, E2)" in error.message
        assert error.hint == "Power off. Try again. Call."

    def test_a_transient_failure_of_a_look_does_not_end_the_wait(self, appliance: MakeAppliance) -> None:
        one = appliance(found(), TAKEN, refused(503), DONE, read(purpose="Management"))
        assert bring_about(one, purpose="Management").changed

    def test_taken_without_a_task_is_looked_for(self, appliance: MakeAppliance) -> None:
        """And when nothing shows the task, the resource itself tells that it has been done."""
        one = appliance(collection(), Answer(202), collection(), found(), read())
        record = bring_about(one, vlan_id=5)
        assert record.changed and record.resource
        assert [line for line in one.talk if not line.startswith("GET")] == ["POST ethernet-networks"]

    def test_a_failure_of_last_week_is_not_taken_for_the_task_that_was_lost(self, appliance: MakeAppliance) -> None:
        """The time is the appliance's, however wrong its clock."""
        old = {"uri": "/rest/tasks/9", "taskState": "Error", "name": "Update", "created": "2019-03-07T10:00:00.123Z"}
        mine = {"uri": TASK, "taskState": "Completed", "name": "Update", "created": "2019-03-14T10:00:01Z"}
        about: t.Any = {"associatedResource": {"resourceUri": URI}}
        date = {"Date": "Thu, 14 Mar 2019 10:00:00 GMT"}
        before = Answer(200, found().body, date)
        tasks = collection({**mine, **about}, {**old, **about})
        one = appliance(before, NoAnswer(), tasks, read(purpose="Management"), read(purpose="Management"))
        record = bring_about(one, purpose="Management")
        assert [job.id for job in record.jobs] == [TASK] and record.changed

    def test_deleted_whatever_the_task_is_called(self, appliance: MakeAppliance) -> None:
        ended = task(name="Delete Ethernet network", associatedResource={"resourceUri": URI})
        one = appliance(found(), TAKEN, ended, refused(404))
        assert bring_about(one, state="absent").resource is None


class TestInTheWay:
    """Tasks that other runs have begun."""

    def test_a_create_that_runs_already_is_adopted(self, appliance: MakeAppliance) -> None:
        running: t.Any = {"uri": TASK, "taskState": "Running", "name": "Create"}
        running["associatedResource"] = {"resourceUri": None, "resourceName": "blue"}
        taken = refused(409, "DUPLICATE_ETHERNET_NETWORK_NAME")
        ended = task(name="Create", associatedResource={"resourceUri": URI})
        one = appliance(collection(), taken, collection(running), ended, read(), read())
        record = bring_about(one, vlan_id=5)
        assert record.changed and [(job.id, job.adopted) for job in record.jobs] == [(TASK, True)]
        assert [line for line in one.talk if not line.startswith("GET")] == ["POST ethernet-networks"]

    def test_a_refusal_that_no_task_explains_is_told_as_it_is(self, appliance: MakeAppliance) -> None:
        one = appliance(found(), refused(409, "IN_USE", "A profile uses it."), collection())
        error = error_from(lambda: bring_about(one, state="absent"))
        assert error.kind == "refused" and "A profile uses it." in error.message


class TestNames:
    def test_a_second_rename_finds_the_new_name(self, appliance: MakeAppliance) -> None:
        one = appliance(collection(), found(name="green"))
        record = bring_about(one, name="blue", new_name="green")
        assert not record.changed
