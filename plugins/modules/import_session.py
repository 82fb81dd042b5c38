#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: import_session
short_description: "PowerStore: import volumes and consistency groups from another array"
version_added: 1.0.0
description:
  - Brings an import session to a goal from whatever state it is in. The task creates the session, enables destinations,
    starts, pauses and resumes copies, cuts over, cancels and cleans up, and waits between these steps.
  - The import runs on the array without the task. If a task was interrupted or timed out, run it again. It continues
    from the import's present state.
  - Some goals cannot be reached from some states. The task then fails, changes nothing, and says why and what to do.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  state:
    description:
      - With V(present), the session exists. The array starts the import when it has capacity for it, or at the
        scheduled time.
      - With V(ready), all data is copied and the import is ready for the cut-over. The task does nothing if the import
        is past this point.
      - With V(completed), the import is cut over. This cannot be undone.
      - With V(paused), a running copy is paused. V(ready) and V(completed) resume it. The task creates no session.
        In a consistency group, the task pauses the members that are being copied and warns of those that start later.
      - With V(cancelled), the import is stopped and rolled back, or cleaned up if an earlier rollback failed. A
        volume's session that has failed counts as cancelled, since nothing of it is left. The task creates no session.
      - With V(absent), the record of an import that has ended is deleted. The imported volumes stay. The task never
        cancels a running import; it fails instead. Cancel the import first.
    type: str
    choices: [present, ready, completed, paused, cancelled, absent]
    default: present
  name:
    description:
      - Name of the session, up to 128 characters without white space or any of C(<>"`\/{}?#%&=@).
      - Either O(name) or O(id) is required. To create a session, O(name) is required.
    type: str
  id:
    description: Id of an existing session.
    type: str
  source:
    description:
      - Volume or consistency group to import, by id or by name, as discovered on O(remote_system). An id saves a read.
      - Required to create a session.
    type: str
  remote_system:
    description:
      - Array to import from, by name or id. Required to create a session.
    type: str
  type:
    description:
      - V(Non_Disruptive) needs a host agent. For V(Agentless), take the hosts offline and map the volumes to them
        again.
      - The array's default is V(Non_Disruptive).
      - For V(Agentless), V(ready) and V(completed) enable the destination volumes without asking.
    type: str
    choices: [Non_Disruptive, Agentless]
  description:
    description: Up to 128 characters.
    type: str
  hosts:
    description:
      - Hosts to map to the destination, by name or id, for O(type=Agentless).
      - They are set when the session is created. The array does not return them, so later runs do not compare them.
    type: list
    elements: str
  host_groups:
    description: Host groups to map to the destination, like O(hosts).
    type: list
    elements: str
  member_hosts:
    description:
      - Hosts for those members of a consistency group that differ from O(hosts), for O(type=Agentless). Later runs do
        not compare them.
    type: list
    elements: dict
    suboptions:
      volume_wwn:
        description: World wide name of the member volume on the source.
        type: str
        required: true
      hosts:
        description: Hosts by name or id.
        type: list
        elements: str
        required: true
  member_host_groups:
    description: Host groups for individual members of a consistency group, like O(member_hosts).
    type: list
    elements: dict
    suboptions:
      volume_wwn:
        description: World wide name of the member volume on the source.
        type: str
        required: true
      host_groups:
        description: Host groups by name or id.
        type: list
        elements: str
        required: true
  volume_group:
    description: Volume group, by name or id, to which the array adds an imported volume.
    type: str
  protection_policy:
    description:
      - Protection policy, by name or id, that the destination gets after the cut-over.
      - The policy must not have a replication rule, or the array's job fails.
    type: str
  automatic_cutover:
    description:
      - Whether the array cuts over automatically as soon as all data is copied. By default, it waits.
    type: bool
  scheduled_timestamp:
    description:
      - When the import starts, such as V(2030-12-31T23:59:00Z).
      - Only this attribute can change later, and only as long as the session is C(Scheduled). If any other attribute
        differs between task and session, the task fails and names it.
    type: str
  global_storage_discovery_address:
    description: Address or name at which the source's storage is discovered.
    type: str
  force:
    description:
      - Whether O(state=cancelled) cancels even if the source or the hosts do not answer. The array then rolls nothing
        back.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait for each job and for each state on the way to the goal, more than 0. Copying a large volume
        takes hours.
      - After that time, the task fails, but the import continues. The next run continues from there.
    type: float
    default: 600.0
notes:
  - The task polls the state until it changes. In the controller, the task shows state, percent and rate while it waits.
  - With O(wait=false), the task still waits for what an action depends on, such as the copy before the cut-over. It
    does not wait for the goal itself.
  - The task also waits for a scheduled session to start, unless O(state=present).
  - In check mode, the plan lists all actions that the task would take if each one succeeds.
  - To pause, resume or cancel single members of a consistency group, name their own sessions.
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Copy a volume until it is ready for the cut-over
  jobwise.appliance.import_session:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: lun01
    remote_system: unity1
    source: lun01
    state: ready
    wait_timeout: 86400
  # host, username and password of the following tasks come from module_defaults or from the environment

- name: Cut over in the maintenance window
  jobwise.appliance.import_session:
    name: lun01
    state: completed

- name: Start an import on a Saturday night
  jobwise.appliance.import_session:
    name: lun02
    remote_system: unity1
    source: lun02
    scheduled_timestamp: "2030-11-23T22:00:00Z"

- name: Import without host agents and map a host and a cluster to the new volume
  jobwise.appliance.import_session:
    name: lun05
    remote_system: unity1
    source: lun05
    type: Agentless
    hosts: [linux01]
    host_groups: [esx-cluster]
    state: ready
    wait_timeout: 86400

- name: Import a consistency group and cut it over as soon as it is copied
  jobwise.appliance.import_session:
    name: cg01
    remote_system: unity1
    source: cg01
    automatic_cutover: true
    state: completed
    wait_timeout: 86400

- name: Pause a copy during business hours
  jobwise.appliance.import_session:
    name: lun01
    state: paused

- name: Cancel an import even if the old array no longer answers
  jobwise.appliance.import_session:
    name: lun02
    state: cancelled
    force: true

- name: Delete the record of an import that has ended
  jobwise.appliance.import_session:
    name: lun02
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The session as the array returns it after the task, or before the task in check mode.
    - Null if the session does not exist, or if the task did not wait for its last job.
    - C(members) has the sessions of a consistency group's members as long as the next action depends on their states.
  returned: always
  type: dict
  sample:
    id: 5d0c52a3-9a0c-4d06-8f34-2b9c9a4c2d11
    name: lun01
    description: null
    state: Ready_For_Cutover
    type: Non_Disruptive
    progress_percentage: 100
    current_transfer_rate: null
    average_transfer_rate: null
    estimated_completion_timestamp: null
    last_update_timestamp: "2030-11-23T23:10:07.000+00:00"
    scheduled_timestamp: null
    automatic_cutover: false
    remote_system_id: 0b6f4f0e-6a4c-4d4e-9a2b-8d5c1f2e3a40
    remote_system: {id: 0b6f4f0e-6a4c-4d4e-9a2b-8d5c1f2e3a40, name: unity1, type: Unity}
    source_resource_id: 7f3b9a52-2d7c-4b1e-8c59-3e1a6d4b5c20
    destination_resource_id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
    destination_resource_type: volume
    volume_group_id: null
    protection_policy_id: null
    parent_session_id: null
    global_storage_discovery_address: null
    error: null
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample:
    - create import session lun01
    - wait until import session lun01 is Ready_For_Cutover
    - cut over import session lun01
    - wait until import session lun01 is Import_Completed
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
      action: create
      state: done
      phase: Completed
      percent: 100
      resource_id: 5d0c52a3-9a0c-4d06-8f34-2b9c9a4c2d11
      adopted: false
error:
  description:
    - The facts of a failure. Playbooks can test C(kind), which is one of V(input), V(connection), V(tls), V(login),
      V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed), V(job_lost),
      V(wait_timeout), V(bug). The guide "What all modules return" explains each kind.
    - If an import has failed, C(messages) has the messages of the session's error.
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
  sample:
    kind: job_failed
    messages:
      - code: "0xE0A0D0030001"
        severity: null
        message: The copy failed because the source volume could not be read.
        arguments: [lun01]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.lookup.references import Ref
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.attribute import Attribute, as_text
from ansible_collections.jobwise.appliance.plugins.module_utils._engine.table.resource_type import ResourceType
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.client import PowerStoreClient
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.define import CONVENTION, NOT_IN_NAMES
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.handler import ImportHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.sources import (
    AGENTLESS,
    NON_DISRUPTIVE,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.states import GOALS
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.timestamps import as_instant
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about


def referring(option: str, type_: str, wire: str, required: bool = False) -> Attribute:
    """Return an attribute that refers to another object and cannot change after the session is created."""
    return Attribute(option, api_name=wire, ref=Ref(type_), create_only=True, required=required)


IMPORT_SESSION = ResourceType(
    type="import_session",
    title="import session",
    convention=CONVENTION,
    key_length=128,
    key_without=NOT_IN_NAMES,
    renames=False,
    attributes=(
        Attribute("description", normalize=as_text, max_length=128, create_only=True),
        Attribute("type", create_only=True, spec={"choices": [NON_DISRUPTIVE, AGENTLESS]}),
        referring("remote_system", "remote_system", "remote_system_id", required=True),
        referring("source", "import_source", "source_resource_id", required=True),
        referring("volume_group", "volume_group", "volume_group_id"),
        referring("protection_policy", "policy", "protection_policy_id"),
        Attribute("automatic_cutover", "bool", create_only=True),
        Attribute("scheduled_timestamp", normalize=as_instant),
        Attribute("global_storage_discovery_address", normalize=as_text, create_only=True),
    ),
    reads=(
        "state",
        "progress_percentage",
        "current_transfer_rate",
        "average_transfer_rate",
        "estimated_completion_timestamp",
        "last_update_timestamp",
        "destination_resource_id",
        "destination_resource_type",
        "parent_session_id",
        "error",
    ),
)


def by_member(option: str) -> Json:
    """Return the argument spec of a list of member volumes, each with a list of hosts or host groups."""
    names = {"type": "list", "elements": "str", "required": True}
    return {
        "type": "list",
        "elements": "dict",
        "options": {"volume_wwn": {"type": "str", "required": True}, option: names},
    }


SPEC: Json = {
    **IMPORT_SESSION.argument_spec(),
    "state": {"type": "str", "choices": list(GOALS), "default": "present"},
    "hosts": {"type": "list", "elements": "str"},
    "host_groups": {"type": "list", "elements": "str"},
    "member_hosts": by_member("hosts"),
    "member_host_groups": by_member("host_groups"),
    "force": {"type": "bool", "default": False},
    **WAITING,
}


def make_handler(client: PowerStoreClient, desired: Json) -> ImportHandler:
    """Return the handler of the import session that the task names."""
    return ImportHandler(client, IMPORT_SESSION, desired)


TASK = Task(
    "import_session",
    POWERSTORE,
    SPEC,
    bring_about(make_handler),
    {"required_one_of": [("name", "id")], "mutually_exclusive": [("name", "id")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
