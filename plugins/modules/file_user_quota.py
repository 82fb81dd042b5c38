#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_user_quota
short_description: "PowerStore: manage user quotas of file systems"
version_added: 1.0.0
description:
  - Brings the quota of a user in a file system to the declared state. It limits what the user can store there, or in a
    directory that has a tree quota.
  - The array does not delete user quotas, and may have one without limits for each user who stores files. With its
    first quota, it starts to count what users store in the file system.
  - How long users can exceed their soft limit is an option of the file system, C(grace_period).
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
      - With V(present), the user quota exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the user has no limit. If the array has a quota of the user, the task sets both limits to V(0).
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing user quota.
    type: str
  file_system:
    description:
      - The file system, by name or id. Either O(file_system) or O(id) is required.
      - It can be set only when the user quota is created.
    type: str
  nas_server:
    description: The NAS server of the file system, by name or id. Required with O(file_system).
    type: str
  tree_quota:
    description:
      - The tree quota of the directory in which the user is limited, by name or id. Its name is its path, such as
        C(/projects). The limits have an effect only if the tree quota has C(is_user_quotas_enforced).
      - Without this option, the quota is that of the whole file system.
      - It can be set only when the user quota is created.
    type: str
  uid:
    description:
      - The user, by UNIX id, 1 to 4294967294. O(file_system) needs exactly one of O(uid),
        O(unix_name), O(windows_name) and O(windows_sid).
      - It can be set only when the user quota is created.
    type: int
  unix_name:
    description:
      - The user, by UNIX name.
      - It can be set only when the user quota is created.
    type: str
  windows_name:
    description:
      - The user, by Windows name, such as C(EXAMPLE\kim). Case does not matter.
      - In YAML, a backslash needs single quotes or none. In double quotes, it begins an escape sequence.
      - It can be set only when the user quota is created.
    type: str
  windows_sid:
    description:
      - The user, by Windows security identifier, such as C(S-1-5-21-843271493-548684746-1849754324-1105).
      - It can be set only when the user quota is created.
    type: str
  hard_limit:
    description:
      - How much the user can store, such as C(50 GiB), or in bytes. V(0) sets no limit.
      - The array rounds it up to a multiple of 8 KiB.
    type: str
  soft_limit:
    description:
      - How much the user can store for longer than the grace period, such as C(40 GiB), or in bytes. V(0) sets no
        limit.
      - The array rounds it up to a multiple of 8 KiB. It must not be above O(hard_limit).
    type: str
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Limit what a user can store among the home directories
  jobwise.appliance.file_user_quota:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    file_system: home
    nas_server: nas01
    windows_name: EXAMPLE\kim
    soft_limit: 40 GiB
    hard_limit: 50 GiB
  # host, username and password can come from module_defaults or from the environment, too

- name: Limit a user in the directory of a project
  jobwise.appliance.file_user_quota:
    file_system: home
    nas_server: nas01
    tree_quota: /projects/apollo
    uid: 2001
    hard_limit: 100 GiB

- name: Let the user store without limit
  jobwise.appliance.file_user_quota:
    file_system: home
    nas_server: nas01
    windows_name: EXAMPLE\kim
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The user quota as the array returns it after the task, or before the task in check mode.
    - Null if the user quota does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 00000003-08f2-0000-0200-000000000000
    windows_name: example\kim
    hard_limit: 53687091200
    soft_limit: 42949672960
    size_used: 0
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change hard_limit of user quota home, nas01, example\\kim"]
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
    path: /api/rest/file_user_quota/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_systems.user_quotas import (
    UserQuotaHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_systems import (
    FILE_USER_QUOTA,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_USER_QUOTA, UserQuotaHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
