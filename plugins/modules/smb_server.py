#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: smb_server
short_description: "PowerStore: manage SMB servers"
version_added: 1.0.0
description:
  - Lets a NAS server speak SMB, standalone with users of its own, or as the member of an Active Directory domain. Each
    NAS server has one SMB server, or none. Shares need one.
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
      - With V(present), the NAS server has an SMB server with the given attributes. Options that are not given leave
        theirs unchanged.
      - With V(absent), the NAS server has no SMB server. The task fails as long as the NAS server has SMB shares, or
        the SMB server is joined to a domain and the task does not say what becomes of its account there.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing SMB server.
    type: str
  nas_server:
    description:
      - The NAS server, by name or id. It cannot be changed later.
      - Either O(nas_server) or O(id) is required.
    type: str
  is_standalone:
    description:
      - Whether the SMB server belongs to a workgroup instead of a domain. Required to create it.
      - V(true) needs O(netbios_name) and O(workgroup), V(false) needs O(computer_name) and O(domain).
    type: bool
  computer_name:
    description:
      - The name of the computer account in the domain. Up to 63 characters, at least 2. Case does not matter, and of a
        name with dots, the array keeps the part before the first one.
    type: str
  domain:
    description: The domain. Up to 255 characters.
    type: str
  netbios_name:
    description:
      - The NetBIOS name. Up to 15 characters. Case does not matter.
      - In a domain, it is the beginning of O(computer_name) unless it is given.
    type: str
  workgroup:
    description: The workgroup. Up to 15 letters and digits. Case does not matter.
    type: str
  description:
    description: Text for humans. Up to 48 characters. V("") clears it.
    type: str
  local_admin_password:
    description: Password of the local administrator. Up to 256 characters. Required to create the SMB server.
    type: str
  update_password:
    description:
      - With V(on_create), the task sets O(local_admin_password) only when it creates the SMB server.
      - With V(always), every run sets it and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
  is_joined:
    description:
      - Whether the SMB server is joined to O(domain).
      - To join and to leave, the task needs O(domain_user_name) and O(domain_password), and the NAS server its DNS. A
        login that the domain refuses is never tried a second time.
      - While it is joined, the array changes neither its names nor its domain. A task with V(false) leaves the domain
        first, and changes them then.
    type: bool
  domain_user_name:
    description:
      - A user who may add computers to the domain, and remove them. Only a task that joins or leaves uses it.
      - With O(state=absent), the SMB server leaves its domain before it is deleted.
    type: str
  domain_password:
    description: The password of O(domain_user_name).
    type: str
  organizational_unit:
    description: The organizational unit of the domain in which the account is made. Only a task that joins uses it.
    type: str
  reuse_computer_account:
    description:
      - Whether the SMB server takes over an account of its name that the domain has already. Only a task that joins
        uses it.
    type: bool
  is_skip_ad_unjoin:
    description:
      - Whether the SMB server leaves the domain without a word to it, for example because no domain controller
        answers. Its account stays there, and the task needs no login.
    type: bool
  force:
    description:
      - Whether the SMB server is deleted although it is joined to a domain. Its account stays there.
      - With O(state=present), V(true) is an error.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Let a NAS server share with a workgroup
  jobwise.appliance.smb_server:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    nas_server: nas02
    is_standalone: true
    netbios_name: FILES02
    workgroup: WORKGROUP
    local_admin_password: "{{ local_admin_password }}"

- name: Let a NAS server share in a domain
  jobwise.appliance.smb_server:
    nas_server: nas01
    is_standalone: false
    computer_name: files01
    domain: example.com
    local_admin_password: "{{ local_admin_password }}"
    is_joined: true
    domain_user_name: "{{ domain_user }}"
    domain_password: "{{ domain_password }}"
    organizational_unit: OU=Servers,DC=example,DC=com
  # host, username and password come from module_defaults or from the environment

- name: Leave the domain, although no domain controller answers
  jobwise.appliance.smb_server:
    nas_server: nas01
    is_joined: false
    is_skip_ad_unjoin: true

- name: Stop sharing
  jobwise.appliance.smb_server:
    nas_server: nas01
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The SMB server as the array returns it after the task, or before the task in check mode.
    - Null if the SMB server does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    nas_server_id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001
    nas_server: {id: 5f5b3d8c-2b60-7a63-1c0e-8a9f3c0de001, name: nas01, is_production_mode_enabled: true}
    is_standalone: false
    computer_name: files01
    domain: example.com
    netbios_name: FILES01
    workgroup: null
    description: null
    is_joined: true
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create SMB server nas01", "join SMB server nas01"]
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
    path: /api/rest/smb_server/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.file_protocols.smb import SmbServerHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.file_protocols import SMB_SERVER
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, SMB_SERVER, SmbServerHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
