#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: nas_server_clone
short_description: "PowerStore: clone NAS servers"
version_added: 1.0.0
description:
  - Makes a new NAS server with the settings of another one, and clones of those of its file systems that the task
    lists.
  - The array does not record what a NAS server was made of. If a NAS server with the name of the clone exists, the task
    takes it for the clone and leaves it as it is.
  - A clone has no interfaces, except for the test of a disaster. Its NFS and SMB servers have the names of the
    originals, so give them others before you make interfaces. It is a NAS server, so manage everything else with
    M(jobwise.appliance.nas_server) and the modules for what belongs to one.
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
      - With V(present), a NAS server with the name of the clone exists.
      - With V(absent), it does not exist. The task refuses to delete a clone that has file systems, so delete these
        first with M(jobwise.appliance.file_system). Its interfaces and services are deleted with it.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name of the clone, 1 to 255 characters.
    type: str
    required: true
  nas_server:
    description: The NAS server to clone, by name or id.
    type: str
    required: true
  file_systems:
    description:
      - The file systems of O(nas_server) to clone, by name or id. Without the option, none is cloned.
      - It counts when the clone is made. The task warns if the clone has none of a file system in the list.
      - The array clones no file system with C(flr_mode=Compliance) in this way.
    type: list
    elements: str
  is_dr_test:
    description:
      - Whether the clone is for the test of a disaster, with the same interfaces and addresses as O(nas_server), which
        must be the destination of a replication. The default is V(false).
      - Give its interfaces other ports before the test, in a network without a connection to the original one.
      - It can be set only when the clone is made.
      - On PowerStoreOS 3.6 and later.
    type: bool
  domain_user_name:
    description:
      - User who may remove the accounts of SMB servers from their domain, when the clone is deleted.
      - If an SMB server of the clone is joined, O(state=absent) needs this option and O(domain_password), or
        O(is_skip_domain_unjoin=true).
    type: str
  domain_password:
    description: Password of O(domain_user_name).
    type: str
  is_skip_domain_unjoin:
    description: Whether a deletion leaves the accounts of SMB servers in their domain.
    type: bool
seealso:
  - module: jobwise.appliance.nas_server
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Clone a NAS server with its home directories
  jobwise.appliance.nas_server_clone:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: nas01-test
    nas_server: nas01
    file_systems: [home]

- name: Delete the clones of the home directories
  jobwise.appliance.file_system:
    name: home
    nas_server: nas01-test
    state: absent
  # host, username and password can come from module_defaults or from the environment, too

- name: Delete the clone of the NAS server
  jobwise.appliance.nas_server_clone:
    name: nas01-test
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The clone as the array returns it after the task, or before the task in check mode.
    - Null if the clone does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de003
    name: nas01-test
    operational_status: Started
    file_systems:
      - {id: 6f5b3d8c-2b60-7a63-1c0e-8a9f3c0de003, name: home, parent_id: 6f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["clone NAS server nas01 as nas01-test with 1 file system (home)"]
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
      action: clone
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
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.clones import CloneHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.nas_servers import (
    NAS_SERVER_CLONE,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    **NAS_SERVER_CLONE.argument_spec(),
    "name": {"type": "str", "required": True},
    "nas_server": {"type": "str", "required": True},
    "file_systems": {"type": "list", "elements": "str"},
    **WAITING,
}
del SPEC["id"]


def make_handler(client: PowerStoreClient, desired: Json) -> CloneHandler:
    """Return the handler of the clone that the task names."""
    return CloneHandler(client, NAS_SERVER_CLONE, desired)


TASK = Task("nas_server_clone", POWERSTORE, SPEC, bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
