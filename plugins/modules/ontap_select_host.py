#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_host
short_description: Manage the hypervisor hosts of ONTAP Select Deploy
version_added: 1.0.0
description:
  - Adds hosts to Deploy, so that nodes can run on them, and removes hosts.
  - What Deploy documents no way to change over REST, as another vCenter server for a host, is an error that says so. A
    host is never removed and added anew in silence.
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
      - With V(absent), it does not. That is an error while nodes use the host.
    type: str
    choices: [present, absent]
    default: present
  name:
    description: Name or address of the host, as vCenter knows it where the host is managed by one.
    type: str
    required: true
  hypervisor_type:
    description: What runs on the host. Required to add it.
    type: str
    choices: [ESX, KVM]
  management_server:
    description:
      - vCenter server that manages the host. Leave it out for a stand-alone ESXi host or a KVM host.
      - Deploy logs in there with the credential that M(jobwise.appliance.ontap_select_credential) has given it.
    type: str
  host_username:
    description:
      - User on a stand-alone host, sent together with the host when it is added.
      - Without it, Deploy uses the credential that M(jobwise.appliance.ontap_select_credential) has given it for the
        host.
    type: str
  host_password:
    description: Password of O(host_username). It is sent only when the host is added.
    type: str
  if_missing:
    description:
      - What to do when Deploy has no credential yet that adding the host takes.
      - V(plan) tells what would be done once it is there, and fails only when it comes to writing. It is for check mode
        of a play whose earlier tasks make it.
    type: str
    choices: [fail, plan]
    default: fail
notes:
  - If Deploy is not let in, the failure tells with which credential it tried. A stored password is changed in Deploy's
    user interface or CLI, not by another run of M(jobwise.appliance.ontap_select_credential).
  - Deploy lists a host as soon as it begins to add it, and documents nothing that tells whether it has logged in there.
    A task that finds the host does not look for jobs, so it is over while the job of an earlier task with O(wait=false)
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
    - The host as Deploy shows it after the task, before the task in check mode.
    - Null if there is none, or if the task did not wait for its job.
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

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.resource_type import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.hosts import HostHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about, run_module

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
