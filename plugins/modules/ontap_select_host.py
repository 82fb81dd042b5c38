#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_host
short_description: "ONTAP Select: manage hypervisor hosts"
version_added: 1.0.0
description:
  - Adds hosts to Deploy, so that nodes can run on them, and removes hosts.
  - Deploy documents no way to change a host over REST, for example to give it another vCenter server. The task fails if
    an existing host differs. It never removes a host to add it again.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.ontap_select
  - jobwise.appliance.wait
options:
  state:
    description:
      - With V(present), Deploy knows the host.
      - With V(absent), Deploy does not know the host. The task fails if nodes use it.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name or address of the host. If a vCenter server manages the host, use the name that vCenter has for it.
    type: str
    required: true
  hypervisor_type:
    description: Hypervisor on the host. Required to add the host.
    type: str
    choices: [ESX, KVM]
  management_server:
    description:
      - vCenter server that manages the host. Leave it out for a stand-alone ESXi host or a KVM host.
      - Deploy logs in to the server with the credential that M(jobwise.appliance.ontap_select_credential) added.
    type: str
  host_username:
    description:
      - User on a stand-alone host. The task sends the user together with a new host.
      - Without it, Deploy uses the credential that M(jobwise.appliance.ontap_select_credential) added for the host.
    type: str
  host_password:
    description: Password of O(host_username). The task sends it only when it adds the host.
    type: str
  if_missing:
    description:
      - What to do if Deploy lacks the credential that it needs to add the host.
      - With V(fail), the task fails. With V(plan), the task plans as if the credential existed, and fails only before
        it writes. Use V(plan) in check mode of a play whose earlier tasks add the credential.
    type: str
    choices: [fail, plan]
    default: fail
notes:
  - If the host or its vCenter server rejects the login, the error says which credential Deploy used. Change a stored
    password in Deploy's user interface or CLI; M(jobwise.appliance.ontap_select_credential) does not change it.
  - Deploy lists a host as soon as it begins to add it, and does not document how to see whether it has logged in. A
    task that finds the host does not look for jobs, so it can end while the job of an earlier task with O(wait=false)
    still runs. Wait for that job with M(jobwise.appliance.ontap_select_job) first.
seealso:
  - module: jobwise.appliance.ontap_select_credential
    description: The step before this one.
  - module: jobwise.appliance.ontap_select_license
    description: The step after this one.
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Add two hosts that vCenter manages
  jobwise.appliance.ontap_select_host:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    name: "{{ item }}"
    hypervisor_type: ESX
    management_server: vcenter.example.com
  loop: [esx1.example.com, esx2.example.com]

- name: Add a KVM host with its own credential
  jobwise.appliance.ontap_select_host:
    name: kvm1.example.com
    hypervisor_type: KVM
    host_username: root
    host_password: "{{ kvm_password }}"

- name: Remove a host
  jobwise.appliance.ontap_select_host:
    name: esx2.example.com
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The host as Deploy shows it after the task, or before the task in check mode.
    - Null if the host does not exist, or if the task did not wait for its job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-80d2-11ea-b7df-00505694379e
    name: esx1.example.com
    hypervisor_type: ESX
    management_server: vcenter.example.com
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add ESX host esx1.example.com through vcenter.example.com"]
jobs:
  description:
    - The appliance's jobs that the task started or adopted, in the state in which the task last saw them.
    - A request that Deploy carries out at once is listed like a job that is done.
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
    - id: 7b5a2f4f-80d2-11ea-b7df-00505694379e
      action: create
      state: done
      phase: success
      percent: null
      resource_id: null
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
    kind: job_failed
    job_id: 7b5a2f4f-80d2-11ea-b7df-00505694379e
    messages: [{code: null, severity: null, message: The host does not answer., arguments: []}]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.hosts import HostHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "name": {"type": "str", "required": True},
    "hypervisor_type": {"type": "str", "choices": ["ESX", "KVM"]},
    "management_server": {"type": "str"},
    "host_username": {"type": "str"},
    "host_password": {"type": "str", "no_log": True},
    "if_missing": {"type": "str", "choices": ["fail", "plan"], "default": "fail"},
}

TASK = Task(
    "ontap_select_host",
    ONTAP_SELECT,
    {**SPEC, **WAITING},
    bring_about(HostHandler),
    {"required_together": [("host_username", "host_password")]},
)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
