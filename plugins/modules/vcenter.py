#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: vcenter
short_description: "PowerStore: manage vCenters"
version_added: 1.0.0
description:
  - Connects the array to vCenter, so that it knows the virtual machines and datastores on its storage.
  - With O(vasa_username) and O(vasa_password), it also registers the array as a VASA provider there, which virtual
    volumes need.
  - An array takes one vCenter.
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
      - With V(present), the vCenter exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the vCenter does not exist.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing vCenter.
    type: str
  address:
    description:
      - Address of the vCenter.
      - Either O(address) or O(id) is required.
    type: str
  new_address:
    description:
      - New address of the same vCenter. If it already has this one, it stays unchanged, so a second run does not fail.
      - If neither exists, the task creates it with this one.
    type: str
  is_verify_server_cert:
    description:
      - Whether the array verifies the certificate of the vCenter. It does by default for a new one.
      - V(true) needs O(server_cert_thumbprint) if it changes something, or if the vCenter is new.
    type: bool
  server_cert_thumbprint:
    description:
      - SHA-256 thumbprint of the certificate of the vCenter, with or without colons.
      - The array does not show it. The task sends it for a new vCenter, when O(is_verify_server_cert) changes, and
        with O(update_secrets=always), which lets the array load a renewed certificate.
    type: str
  vasa_password:
    description: Password of O(vasa_username).
    type: str
  vasa_username:
    description:
      - Local user of the array with whom vCenter logs in to the VASA provider. It needs O(vasa_password).
      - The task registers the provider if the array does not report it as V(Online), and with
        O(update_secrets=always).
    type: str
  vcenter_password:
    description:
      - Password of O(vcenter_username). A new vCenter, and another user, need it.
    type: str
  vcenter_username:
    description: User with whom the array logs in to vCenter.
    type: str
  update_secrets:
    description:
      - With V(on_create), the task sets O(vcenter_password) when it creates the vCenter, and when O(vcenter_username)
        changes.
      - With V(always), every run sets all that the array does not show, and therefore reports a change.
    type: str
    choices: [on_create, always]
    default: on_create
  delete_vendor_provider:
    description:
      - With O(state=absent), V(true) also removes the VASA provider from vCenter, unless other arrays use it.
      - With O(state=present), V(true) is an error.
    type: bool
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Connect the array to vCenter
  jobwise.appliance.vcenter:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    address: vcenter01.example.com
    vcenter_username: powerstore@vsphere.local
    vcenter_password: "{{ vcenter_password }}"
    is_verify_server_cert: true
    server_cert_thumbprint: "{{ vcenter_thumbprint }}"

- name: Register the array as a VASA provider
  jobwise.appliance.vcenter:
    address: vcenter01.example.com
    vasa_username: vasa
    vasa_password: "{{ vasa_password }}"
  # host, username and password come from module_defaults or from the environment

- name: Disconnect the array from vCenter
  jobwise.appliance.vcenter:
    address: vcenter01.example.com
    delete_vendor_provider: true
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The vCenter as the array returns it after the task, or before the task in check mode.
    - Null if the vCenter does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    address: vcenter01.example.com
    username: powerstore@vsphere.local
    is_verify_server_cert: true
    vendor_provider_status: Online
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change vasa_username and vasa_password of vCenter vcenter01.example.com"]
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
    path: /api/rest/vcenter/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.block import VCENTER
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.volumes.vcenters import VcenterHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, VCENTER, VcenterHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
