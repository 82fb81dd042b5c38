#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: replication_session
short_description: "PowerStore: run, fail over and test replication, and pause and promote metro"
version_added: 1.0.0
description:
  - Brings the replication session of a volume, volume group or NAS server into a state, and waits for it.
  - This array is one side of the session. A task for the wrong side fails before it writes, and says so.
  - To start and end replication, assign a protection policy that has a replication rule. For metro, use
    M(jobwise.appliance.volume_metro) and M(jobwise.appliance.volume_group_metro).
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  volume:
    description:
      - The replicated volume, by name or id.
      - Give exactly one of O(volume), O(volume_group), O(nas_server) and O(id).
    type: str
  volume_group:
    description: The replicated volume group, by name or id. Its volumes have no sessions of their own.
    type: str
  nas_server:
    description: The replicated NAS server, by name or id. Its file systems follow it.
    type: str
  id:
    description: Id of the session. It is the same on both arrays.
    type: str
  remote_system:
    description: The other array, by name or id of its remote system on this array. Needed only if an object has several
      sessions.
    type: str
  state:
    description:
      - V(running) replicates, and resumes a session that is paused.
      - V(synchronized) is the same, and the source copies at once if the last copy is older than O(max_age).
      - V(paused) pauses both sides.
      - V(failed_over) lets the other array take over. As planned, run it at the source; it copies the rest first. With
        O(is_planned=false), for a source that is lost, run it at the destination.
      - V(reprotected) replicates in the new direction after a failover. Run it at the array that has taken over.
      - V(test_started) and V(test_stopped) let hosts try the destination, while replication goes on. Run them at the
        destination. Only asynchronous sessions of volumes and volume groups have a failover test.
      - V(promoted) and V(demoted) are for metro that is paused or fractured. They decide whether this side serves the
        hosts. Demote the other side before you promote this one, unless it is lost, or the data of the two sides
        differs.
      - V(preferred) makes this side of metro the preferred one.
    type: str
    required: true
    choices:
      - running
      - synchronized
      - paused
      - failed_over
      - reprotected
      - test_started
      - test_stopped
      - promoted
      - demoted
      - preferred
  max_age:
    description:
      - For O(state=synchronized), how many seconds ago the last copy may have ended. Without it, every task copies.
      - The array keeps no such time for NAS servers, so each task copies them.
    type: int
  is_planned:
    description: For O(state=failed_over), whether the source is there and copies the rest first.
    type: bool
    default: true
  use_test_copy:
    description:
      - For O(is_planned=false) while a failover test runs, whether the hosts go on with the data of the test. Otherwise
        stop the test first.
    type: bool
    default: false
  failover_snapshot_id:
    description: For O(is_planned=false), the id of a snapshot on this array to go on from, instead of the last copy.
    type: str
  force:
    description:
      - For O(is_planned=false), whether the destination also takes over from a session that is failed over already.
        This takes a failover back without O(state=reprotected), and loses what was written since.
      - For O(state=test_stopped), whether to stop the test even if the other array does not answer.
    type: bool
    default: false
  snapshot_id:
    description: For O(state=test_started), the id of a snapshot on this array to test with, instead of the last copy.
    type: str
  create_end_of_test_snapshot:
    description: For O(state=test_stopped), whether the array keeps the data of the test as a snapshot for some time.
    type: bool
    default: false
notes:
  - In check mode, the plan lists all actions that the task would take if each one succeeds.
  - If the session passes through states by itself, such as C(Synchronizing), the task waits for them to end.
  - If a state cannot be reached from where the session is, the task fails with the reason, and writes nothing.
seealso:
  - module: jobwise.appliance.protection_policy
  - module: jobwise.appliance.replication_rule
  - module: jobwise.appliance.volume_metro
  - module: jobwise.appliance.volume_group_metro
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Copy what has changed in the last five minutes
  jobwise.appliance.replication_session:
    host: powerstore.example.com
    username: admin
    password: "{{ powerstore_password }}"
    volume: ora01-data
    state: synchronized
    max_age: 300
  # host, username and password of the following tasks come from module_defaults or from the environment

- name: Let the other array take over, at the source
  jobwise.appliance.replication_session:
    volume: ora01-data
    state: failed_over

- name: Replicate in the other direction, at the array that has taken over
  jobwise.appliance.replication_session:
    volume: ora02-data
    state: reprotected

- name: Take over from an array that is lost, at the destination
  jobwise.appliance.replication_session:
    volume: ora03-data
    state: failed_over
    is_planned: false

- name: Let hosts try the destination
  jobwise.appliance.replication_session:
    volume: ora04-data
    state: test_started

- name: Pause metro before work on the network
  jobwise.appliance.replication_session:
    volume: ora05-data
    state: paused
"""

RETURN = r"""
resource:
  description:
    - The session as the array returns it after the task, or before the task in check mode.
    - Null if the task did not wait for its job.
  returned: always
  type: dict
  contains:
    role:
      description: The side that this array is.
      type: str
    state:
      description: The state in the words of the array.
      type: str
    remote_system:
      description: The other array.
      type: dict
  sample:
    id: 9b8d5a9c-40ce-4d0b-8d7e-6f1f4c0b2d22
    type: Asynchronous
    role: Destination
    state: Failed_Over
    resource_type: volume
    local_resource_id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    failover_test_in_progress: false
    last_sync_timestamp: "2030-11-23T22:00:00Z"
    remote_system: {id: 7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10, name: powerstore-south}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample:
    - fail over replication session of volume ora01-data, as planned
    - wait until replication session of volume ora01-data is Failed_Over (destination)
jobs:
  description:
    - The appliance's jobs that the task started or adopted, in the state in which the task last saw them.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: Id or URI of the job.
      type: str
    action:
      description: What the job does, such as V(create), V(modify) or V(delete).
      type: str
    state:
      description: V(running), V(done), V(failed) or V(unknown).
      type: str
    phase:
      description: The state in the appliance's own words.
      type: str
    percent:
      description: Progress from 0 to 100, null if the appliance does not report it.
      type: int
    resource_id:
      description: Id or URI of the object that the job works on or has created, null if unknown.
      type: str
    adopted:
      description: Whether the job was already running, so that the task waited for it instead of starting another one.
      type: bool
    note:
      description: What the job is doing, in the appliance's words.
      returned: if the appliance reports it
      type: str
    messages:
      description: The reasons why the job failed, or its warnings.
      returned: if there are any
      type: list
      elements: dict
  sample:
    - id: 0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
      action: failover
      state: done
      phase: Completed
      percent: 100
      adopted: false
error:
  description:
    - The facts of a failure. Playbooks can test C(kind), which is one of V(input), V(connection), V(tls), V(login),
      V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed), V(job_lost),
      V(wait_timeout), V(bug). The guide "What all modules return" explains each kind.
  returned: failure
  type: dict
  contains:
    kind:
      description: The kind of the failure.
      type: str
    method:
      description: Method of the request that failed.
      returned: if a request failed
      type: str
    path:
      description: Path of the request that failed.
      returned: if a request failed
      type: str
    status:
      description: HTTP status of the response, or the status that a failed job reports instead.
      returned: if the appliance responded
      type: int
    job_id:
      description: Id or URI of the job that failed, was lost, or is still running.
      returned: if the failure is about a job
      type: str
    messages:
      description: The appliance's messages.
      type: list
      elements: dict
      contains:
        code:
          description: The appliance's code for the message, null if there is no code.
          type: str
        severity:
          description: The severity in the appliance's own words, null if the message has no severity.
          type: str
        message:
          description: The text of the message.
          type: str
        arguments:
          description: The values that are filled into the text.
          type: list
          elements: str
        actions:
          description: The actions that the appliance recommends.
          returned: if the appliance's API recommends actions
          type: list
          elements: str
  sample: {kind: input, messages: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.replication.handler import (
    STATES,
    ReplicationHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

FLAG: Json = {"type": "bool", "default": False}
TEXT: Json = {"type": "str"}
SUBJECTS = ("volume", "volume_group", "nas_server", "id")
SPEC: Json = {
    **dict.fromkeys(SUBJECTS, TEXT),
    "remote_system": TEXT,
    "state": {"type": "str", "required": True, "choices": list(STATES)},
    "max_age": {"type": "int"},
    "is_planned": {"type": "bool", "default": True},
    "use_test_copy": FLAG,
    "failover_snapshot_id": TEXT,
    "force": FLAG,
    "snapshot_id": TEXT,
    "create_end_of_test_snapshot": FLAG,
    **WAITING,
}


def make_handler(client: PowerStoreClient, desired: Json) -> ReplicationHandler:
    """Return the handler of the session that the task names."""
    return ReplicationHandler(client, desired)


TASK = Task(
    "replication_session",
    POWERSTORE,
    SPEC,
    bring_about(make_handler),
    {"required_one_of": [SUBJECTS], "mutually_exclusive": [SUBJECTS]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
