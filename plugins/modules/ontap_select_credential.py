#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_credential
short_description: "ONTAP Select: add credentials for vCenter servers and hosts"
version_added: 1.0.0
description:
  - Makes sure that Deploy has a credential for a vCenter server, a stand-alone ESXi host or a KVM host.
  - The server identifies the credential. Two servers with the same user have one credential each.
  - Deploy documents no way to change or remove a credential over REST. If the user differs, the task fails. A password
    cannot be compared, so the task warns if it gets a password for a credential that already exists.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.ontap_select
  - jobwise.appliance.wait
options:
  hostname:
    description: Name or address of the vCenter server or host, spelled as in the tasks that add hosts.
    type: str
    required: true
  type:
    description: Whether the server is a vCenter server or a host (ESXi without vCenter, or KVM).
    type: str
    choices: [vcenter, host]
    default: vcenter
  user:
    description: User that Deploy logs in with. Required to make the credential.
    type: str
  user_password:
    description:
      - Password of O(user). The task sends it only when it makes the credential. Required to make the credential.
    type: str
seealso:
  - module: jobwise.appliance.ontap_select_host
    description: The step after this one.
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Let Deploy know the vCenter server
  jobwise.appliance.ontap_select_credential:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    hostname: vcenter.example.com
    user: administrator@vsphere.local
    user_password: "{{ vcenter_password }}"

- name: Let Deploy know the KVM hosts
  jobwise.appliance.ontap_select_credential:
    hostname: "{{ item }}"
    type: host
    user: root
    user_password: "{{ kvm_password }}"
  loop: [kvm1.example.com, kvm2.example.com]
"""

RETURN = r"""
resource:
  description: The credential as Deploy shows it, without its password. Null in check mode if it does not exist yet.
  returned: always
  type: dict
  sample:
    id: 2f6f0f4b-80d2-11ea-b7df-00505694379e
    hostname: vcenter.example.com
    type: vcenter
    username: administrator@vsphere.local
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["add the credential for vCenter vcenter.example.com with user administrator@vsphere.local"]
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
    - id: 7b5a2f4f-80d2-11ea-b7df-00505694379e
      action: create
      state: done
      phase: success
      percent: null
      resource_id: 2f6f0f4b-80d2-11ea-b7df-00505694379e
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
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.credentials import CredentialHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "hostname": {"type": "str", "required": True},
    "type": {"type": "str", "choices": ["vcenter", "host"], "default": "vcenter"},
    "user": {"type": "str"},
    "user_password": {"type": "str", "no_log": True},
}

TASK = Task("ontap_select_credential", ONTAP_SELECT, {**SPEC, **WAITING}, bring_about(CredentialHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
