#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_tree_quota
short_description: "PowerStore: manage tree quotas of file systems"
version_added: 1.0.0
description:
  - Brings the quota of a directory of a file system to the declared state. It limits what all users together can store
    in the directory.
  - The array creates the directory if it is missing. With its first quota, it starts to count what users store in the
    file system.
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
      - With V(present), the tree quota exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the tree quota does not exist. The directory and its files stay.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing tree quota.
    type: str
  path:
    description:
      - The directory, up to 1024 characters, from the root of the file system, such as C(/projects). The name of the
        file system is not part of it.
      - Upper and lower case differ. A tree quota cannot be inside of another one, nor for the root.
      - Either O(path) or O(id) is required.
    type: str
  file_system:
    description:
      - The file system, by name or id. Required with O(path).
      - It can be set only when the tree quota is created.
    type: str
  nas_server:
    description: The NAS server of the file system, by name or id. Required with O(path).
    type: str
  description:
    description: Up to 256 characters. V("") clears it.
    type: str
  hard_limit:
    description:
      - How much the directory can hold, such as C(500 GiB), or in bytes. V(0) sets no limit.
      - The array rounds it up to a multiple of 8 KiB.
    type: str
  soft_limit:
    description:
      - How much the directory can hold for longer than O(grace_period), such as C(400 GiB), or in bytes. V(0) sets no
        limit.
      - The array rounds it up to a multiple of 8 KiB. It must not be above O(hard_limit).
    type: str
  grace_period:
    description:
      - For how many seconds the directory can exceed the soft limit. At least -1.
      - V(-1) sets no end, and V(0) stands for one week.
    type: int
  is_user_quotas_enforced:
    description: Whether quotas of single users count in this directory, too.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Limit the directory of a project
  jobwise.appliance.file_tree_quota:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    path: /projects/apollo
    file_system: home
    nas_server: nas01
    soft_limit: 400 GiB
    hard_limit: 500 GiB
  # host, username and password can come from module_defaults or from the environment, too

- name: Lift the limit
  jobwise.appliance.file_tree_quota:
    path: /projects/apollo
    file_system: home
    nas_server: nas01
    soft_limit: 0
    hard_limit: 0

- name: Remove the quota
  jobwise.appliance.file_tree_quota:
    path: /projects/apollo
    file_system: home
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The file tree quota as the array returns it after the task, or before the task in check mode.
    - Null if the file tree quota does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 00000006-08f2-0000-0200-000000000000
    path: /projects/apollo
    hard_limit: 536870912000
    soft_limit: 429496729600
    size_used: 0
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change hard_limit of tree quota /projects/apollo"]
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
    path: /api/rest/file_tree_quota/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_systems.tree_quotas import (
    TreeQuotaHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_systems import (
    FILE_TREE_QUOTA,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_TREE_QUOTA, TreeQuotaHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
