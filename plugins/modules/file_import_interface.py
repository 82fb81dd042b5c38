#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_import_interface
short_description: "PowerStore: manage interfaces that imports of NAS servers copy through"
version_added: 1.0.0
description:
  - Gives the array an address at which it copies files from the NAS server of another array. It is not an address for
    clients, and an import needs one, see
    M(jobwise.appliance.file_import_session).
  - These interfaces have no names. The address identifies one.
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
      - With V(present), the array has this interface. Options that are not given leave theirs unchanged.
      - With V(absent), the array does not have the interface. While an import uses it, the task fails and names the
        import.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing interface.
    type: str
  ip_address:
    description:
      - IPv4 or IPv6 address of the interface. The interface of the other array must have an address of the same
        version.
      - Either O(ip_address) or O(id) is required.
    type: str
  new_ip_address:
    description:
      - New address of the interface. If the interface already has it, nothing changes, so a second run does not fail.
      - If there is no interface with either address, the task creates one with the new address.
    type: str
  prefix_length:
    description:
      - How many bits of the address name its network, 1 to 128, and at most 32 for IPv4.
      - Required to create an interface.
    type: int
  gateway:
    description:
      - Address of the router for all other networks. It must be in the network of the interface.
      - The array cannot remove it from an interface.
    type: str
  vlan_id:
    description: The VLAN, 0 to 4094. With V(0), which a new interface has by default, packets have no VLAN tag.
    type: int
  ip_port_id:
    description:
      - Id of the IP port, which must be one for file services. Ports have no names.
        M(jobwise.appliance.powerstore_info) with C(type=ip_port) lists them.
      - Required to create an interface.
    type: str
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Create the interface for imports from an old array
  jobwise.appliance.file_import_interface:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    ip_address: 192.0.2.41
    prefix_length: 24
    gateway: 192.0.2.1
    vlan_id: 130
    ip_port_id: IP_PORT11

- name: Give the interface another address
  jobwise.appliance.file_import_interface:
    ip_address: 192.0.2.41
    new_ip_address: 192.0.2.42
  # host, username and password come from module_defaults or from the environment

- name: Remove the interface after the last import
  jobwise.appliance.file_import_interface:
    ip_address: 192.0.2.42
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The interface as the array returns it after the task, or before the task in check mode.
    - Null if the interface does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    ip_address: 192.0.2.41
    prefix_length: 24
    gateway: 192.0.2.1
    vlan_id: 130
    ip_port_id: IP_PORT11
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create file import interface 192.0.2.41"]
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
    method: PATCH
    path: /api/rest/file_import_interface/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.imports.file_interface import (
    ImportInterfaceHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.imports import (
    FILE_IMPORT_INTERFACE,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_IMPORT_INTERFACE, ImportInterfaceHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
