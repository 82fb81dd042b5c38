#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: storage_container
short_description: "PowerStore: manage storage containers"
version_added: 1.0.0
description:
  - Brings a storage container to the declared state. It holds the virtual volumes of virtual machines, and vSphere
    shows it as a vVol datastore.
  - The module does not mount the container. Do that in vCenter.
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
      - With V(present), the storage container exists and has the given attributes. Options that are not given leave
        theirs unchanged.
      - With V(absent), the storage container does not exist. The task refuses to delete one with virtual volumes, and
        names them, unless O(force=true).
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the storage container, up to 64 characters and 127 bytes in UTF-8. It must not contain a slash, a
        backslash, a percent sign, a quotation mark or a bracket.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing storage container.
    type: str
  new_name:
    description:
      - New name of the storage container. A container that already has this name stays unchanged, so a second run does
        not fail.
      - If no container has either name, the task creates one with this name.
    type: str
  quota:
    description:
      - How much can be provisioned for virtual volumes in the container, such as C(5 TiB), or in bytes.
      - 0 to 4096 PiB. V(0) sets no limit, which is also what a new container has. Any other quota is more than 10 GiB,
        and not less than what is in use.
    type: str
  storage_protocol:
    description:
      - Protocol with which hosts reach the virtual volumes. By default, the array chooses it for a new container.
    type: str
    choices: [SCSI, NVMe]
  high_water_mark:
    description:
      - Percentage of the quota at which the array raises an alert, 50 to 100.
      - It can be set only when the storage container is created, and the array does not return it, so later tasks do
        not compare it.
    type: int
  force:
    description:
      - With O(state=absent), V(true) deletes the container even if it contains virtual volumes, which are lost. The
        plan names them.
      - With O(state=present), V(true) is an error.
    type: bool
  unmount:
    description:
      - With O(state=absent), V(true) also removes the datastores of the container from vCenter.
      - With O(state=present), V(true) is an error.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.storage_container_destination
"""

EXAMPLES = r"""
- name: Create a storage container of 5 TiB
  jobwise.appliance.storage_container:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: vms
    quota: 5 TiB
    high_water_mark: 80
  # host, username and password can come from module_defaults or from the environment, too

- name: Remove its limit
  jobwise.appliance.storage_container:
    name: vms
    quota: 0

- name: Delete the storage container and remove its datastores from vCenter
  jobwise.appliance.storage_container:
    name: vms
    state: absent
    unmount: true
"""

RETURN = r"""
resource:
  description:
    - The storage container as the array returns it after the task, or before the task in check mode.
    - Null if the storage container does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: vms
    quota: 5497558138880
    storage_protocol: SCSI
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change quota of storage container vms"]
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
    method: PATCH
    path: /api/rest/storage_container/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE0A110010003"
        severity: Error
        message: The quota is less than what is in use.
        arguments: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import STORAGE_CONTAINER
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volumes.containers import (
    StorageContainerHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, STORAGE_CONTAINER, StorageContainerHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
