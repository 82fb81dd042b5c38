#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: storage_container_destination
short_description: "PowerStore: manage storage container destinations"
version_added: 1.0.0
description:
  - Says which storage container of a remote system takes the replicas of the virtual volumes in a storage container. A
    container has one destination for each remote system, and without one, new replications of its virtual volumes fail.
  - The array makes the destination itself if it and the remote system have one storage container each when the remote
    system is added.
  - Every change is an asynchronous job on the array. The task waits for the job and reports its outcome.
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
      - With V(present), the storage container has this destination. The task fails if its destination on the remote
        system is another container. The array cannot change it, so it must be removed and made again.
      - With V(absent), the storage container has no destination on the remote system. Replications that have started go
        on, and new ones fail.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing storage container destination.
    type: str
  storage_container:
    description:
      - The storage container of this array, by name or id. It cannot be changed later.
      - Either O(storage_container) or O(id) is required. O(storage_container) needs O(remote_system), too.
    type: str
  remote_storage_container:
    description:
      - Id of the storage container on the remote system, as that system returns it. Required to create a destination.
      - This array does not know the names there. It cannot be changed later.
    type: str
  remote_system:
    description:
      - The remote system, by name or id, which must be a PowerStore. It cannot be changed later.
    type: str
seealso:
  - module: jobwise.appliance.storage_container
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Find the storage container of the other array
  jobwise.appliance.powerstore_info:
    host: west.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    type: storage_container
    filters: {name: eq.vms}
  register: there

- name: Replicate the virtual volumes of one container to it
  jobwise.appliance.storage_container_destination:
    host: east.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    storage_container: vms
    remote_system: west
    remote_storage_container: "{{ there.resources[0].id }}"

- name: Remove the destination
  jobwise.appliance.storage_container_destination:
    storage_container: vms
    remote_system: west
    state: absent
  # host, username and password can come from module_defaults or from the environment, too
"""

RETURN = r"""
resource:
  description:
    - The storage container destination as the array returns it after the task, or before the task in check mode.
    - Null if the storage container destination does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    storage_container_id: 6a4cd2c4-9d5b-4b73-9d22-0a6a4a0a1e72
    storage_container: {id: 6a4cd2c4-9d5b-4b73-9d22-0a6a4a0a1e72, name: vms}
    remote_system_id: 0d1e6f0a-2b7c-4a3e-8f5d-1c9b7a6e5d43
    remote_system: {id: 0d1e6f0a-2b7c-4a3e-8f5d-1c9b7a6e5d43, name: west}
    remote_storage_container_id: b2c4d6e8-1a3f-4c5d-9e7b-8f6a5d4c3b21
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create storage container destination vms, west"]
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
      resource_id: "4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1"
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
    method: POST
    path: /api/rest/storage_container_destination
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import (
    STORAGE_CONTAINER_DESTINATION,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volumes.containers import DestinationHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, STORAGE_CONTAINER_DESTINATION, DestinationHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
