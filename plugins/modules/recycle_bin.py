#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: recycle_bin
short_description: "PowerStore: recover or expunge what is in the recycle bin"
version_added: 1.0.0
description:
  - Takes a volume or a volume group out of the recycle bin, deletes one there permanently, or empties the bin.
  - A volume goes to the recycle bin if it is deleted with O(jobwise.appliance.volume#module:immediate=false). A group
    goes there with its members if M(jobwise.appliance.volume_group) deletes both with the same option. Snapshots go
    along. M(jobwise.appliance.recycle_bin_config) sets how long the array keeps them.
  - Nothing brings back what the task deletes in the recycle bin. In check mode, the plan names all of it.
  - PowerStoreOS 3.5 and later has a recycle bin.
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
      - With V(recovered), the object is on the array again, with its id, its data and its snapshots. A group comes back
        with its members. If it is on the array already, the task does nothing; if it is in neither place, it fails.
      - With V(expunged), the recycle bin does not hold the object. One that is on the array stays there.
      - With V(empty), the recycle bin holds nothing. It needs O(confirm=true); without it, the task fails and says how
        many objects it would delete, and which. The array keeps objects with secure snapshots until these expire, and
        the task warns of them.
    type: str
    choices: [recovered, expunged, empty]
    required: true
  name:
    description:
      - Name that the object had when it was deleted. The array ignores case when it searches for a name.
      - If the bin holds several objects of this name, the task fails and lists their ids.
      - Either O(name) or O(id) is required, unless O(state=empty).
    type: str
  id:
    description: Id of the object, which stays the same in the recycle bin.
    type: str
  resource_type:
    description:
      - What the object is. A volume and a volume group in the bin can have the same name.
      - It has no effect with O(state=empty).
    type: str
    choices: [volume, volume_group]
    default: volume
  confirm:
    description: With O(state=empty), V(true) confirms that the array must delete everything in the recycle bin.
    type: bool
    default: false
notes:
  - A recovered volume is mapped to no host and has no protection policy. M(jobwise.appliance.volume) with
    O(jobwise.appliance.volume#module:recover=true) recovers a volume and sets these in the same task.
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.recycle_bin_config
"""

EXAMPLES = r"""
- name: Take a volume back that was deleted by mistake
  jobwise.appliance.recycle_bin:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    state: recovered
    name: ora01-data
  # host, username and password can come from module_defaults or from the environment, too

- name: Take a volume group back, with its members
  jobwise.appliance.recycle_bin:
    state: recovered
    resource_type: volume_group
    name: finance

- name: Delete one volume in the recycle bin permanently
  jobwise.appliance.recycle_bin:
    state: expunged
    name: scratch7

- name: Empty the recycle bin
  jobwise.appliance.recycle_bin:
    state: empty
    confirm: true
"""

RETURN = r"""
resource:
  description:
    - What the recycle bin holds of the object after the task, or before the task in check mode. Of a recovered object,
      its C(id), C(name) and C(type) on the array. Null if the bin does not hold it.
    - With O(state=empty), C(items) lists what the bin holds.
  returned: always
  type: dict
  sample:
    id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
    name: ora01-data
    resource_type: volume
    logical_provisioned: 536870912000
    appliance_id: A1
    deletion_timestamp: "2026-03-01T08:15:02.123+00:00"
    expiration_timestamp: "2026-03-08T08:15:02.123+00:00"
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["recover volume ora01-data from the recycle bin"]
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
      action: recover
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.recycle_bin.handler import handler_of
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "state": {"type": "str", "choices": ["recovered", "expunged", "empty"], "required": True},
    "name": {"type": "str"},
    "id": {"type": "str"},
    "resource_type": {"type": "str", "choices": ["volume", "volume_group"], "default": "volume"},
    "confirm": {"type": "bool", "default": False},
    **WAITING,
}
TASK = Task("recycle_bin", POWERSTORE, SPEC, bring_about(handler_of), {"mutually_exclusive": [("name", "id")]})


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
