#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: volume_group
short_description: "PowerStore: manage volume groups"
version_added: 1.0.0
description:
  - Brings a volume group, its members and its policies to the declared state.
  - Every change is an asynchronous job on the array. The task waits for the job and reports its outcome.
  - The module manages primary groups and clones. It never mistakes a snapshot set for a group, even if both have the
    same name.
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
      - With V(present), the group exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the group does not exist. The array deletes its snapshot sets with it.
      - Its member volumes and their mappings stay, unless O(delete_members=true). The array does not delete a group
        whose volumes are mapped, even if they stay. The task therefore first removes the volumes from such a group.
      - With O(delete_members=true), the task fails if volumes of the group are mapped, and names them.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the group, up to 128 characters. The array ignores case when it searches for a name.
      - A new name must not be blank and must not contain any of the characters C(<>"`\/{}?#%&=@).
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing group.
    type: str
  new_name:
    description:
      - New name of the group. A group that already has this name stays unchanged, so a second run does not fail.
      - If no group has either name, the task creates one with this name.
    type: str
  description:
    description: Up to 256 characters. V("") clears it.
    type: str
  volumes:
    description:
      - Member volumes, by name or id. O(volumes_mode) says how the list is applied.
      - A value in the form of a UUID is an id. C(name:...) and C(id:...) remove any doubt.
      - If volumes do not exist, one error names all of them, and the task writes nothing.
    type: list
    elements: str
  volumes_mode:
    description:
      - V(exact) makes the members exactly those in O(volumes). V([]) then empties the group.
      - V(add) adds the missing volumes and leaves other members alone.
      - V(remove) removes those of the volumes that are members.
      - V(add) and V(remove) are errors with O(state=absent), which would delete the whole group.
    type: str
    choices: [exact, add, remove]
    default: exact
  protection_policy:
    description: Protection policy by name or id. V("") removes it from the group.
    type: str
  qos_performance_policy:
    description: QoS policy by name or id, on PowerStoreOS 4.0 and later. V("") removes it from the group.
    type: str
  is_write_order_consistent:
    description:
      - Whether snapshots keep the order of writes across all members. For a new group, the array's default is V(true).
    type: bool
  is_replication_destination:
    description:
      - Only V(false) can be set. It releases a group and its members whose replication session is gone.
    type: bool
  delete_members:
    description:
      - With O(state=absent), whether the member volumes are deleted together with the group.
      - With O(state=present), V(true) is an error, so that a task with a forgotten state does not create a group.
    type: bool
  immediate:
    description:
      - With O(state=absent), whether deleted members skip the recycle bin. By default, the array skips it.
      - With O(state=present), V(true) is an error.
      - The array uses the recycle bin only for a group that has members, with O(delete_members=true) and
        O(immediate=false).
    type: bool
  force:
    description:
      - Whether to remove the protection policy even from a replication destination that never synchronized.
      - It has an effect only if O(protection_policy) is V("").
    type: bool
seealso:
  - module: jobwise.appliance.volume_group_clone
  - module: jobwise.appliance.volume_group_metro
  - module: jobwise.appliance.volume_group_refresh
  - module: jobwise.appliance.volume_group_restore
  - module: jobwise.appliance.volume_group_snapshot
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.volume
  - module: jobwise.appliance.volume_clone
  - module: jobwise.appliance.volume_metro
  - module: jobwise.appliance.volume_refresh
  - module: jobwise.appliance.volume_restore
  - module: jobwise.appliance.volume_snapshot
"""

EXAMPLES = r"""
- name: Create the group finance with two members and a policy
  jobwise.appliance.volume_group:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: finance
    volumes: [finance-data, finance-log]
    protection_policy: gold

- name: Add a volume and leave other members alone
  jobwise.appliance.volume_group:
    name: finance
    volumes: [finance-archive]
    volumes_mode: add
  # host, username and password come from module_defaults or from the environment

- name: Rename the group and remove its policy
  jobwise.appliance.volume_group:
    name: finance
    new_name: accounting
    protection_policy: ""

- name: Delete the group and move its members to the recycle bin
  jobwise.appliance.volume_group:
    name: accounting
    state: absent
    delete_members: true
    immediate: false
"""

RETURN = r"""
resource:
  description:
    - The group as the array returns it after the task, or before the task in check mode.
    - Null if the group does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: finance
    description: Ledger and its log
    type: Primary
    is_write_order_consistent: true
    protection_policy_id: 7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10
    protection_policy: {id: 7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10, name: gold}
    volumes:
      - {id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11, name: finance-data}
      - {id: 9b8d5a9c-40ce-4d0b-8d7e-6f1f4c0b2d22, name: finance-log}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change protection_policy of volume group finance", "add 1 volume (finance-log) to volume group finance"]
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
      action: modify
      state: done
      phase: Completed
      percent: 100
      resource_id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
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
  sample:
    kind: refused
    method: PATCH
    path: /api/rest/volume_group/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE0A070010010"
        severity: Error
        message: The volume group is the destination of a replication session.
        arguments: [finance]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VOLUME_GROUP
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volume_groups.handler import (
    GroupHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, VOLUME_GROUP, GroupHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
