#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: file_interface_route
short_description: "PowerStore: manage routes of the interfaces of NAS servers"
version_added: 1.0.0
description:
  - Says through which gateway an interface of a NAS server reaches a host or a network. For all other destinations, it
    uses its own gateway, which M(jobwise.appliance.file_interface) sets.
  - Routes are deleted with their interface.
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
      - With V(present), the route exists and has the given gateway. Without the option, the gateway stays unchanged.
      - With V(absent), the route does not exist.
    type: str
    choices: [present, absent]
    default: present
  id:
    description: Id of an existing route.
    type: str
  destination:
    description:
      - IPv4 or IPv6 address of a host or of a network. It cannot be changed later.
      - Either O(destination), O(prefix_length) and O(file_interface), or O(id) are required.
    type: str
  prefix_length:
    description:
      - Length of the network's prefix, 1 to 128. For a host, it is 32 with IPv4, and 128 with IPv6.
      - O(destination) must be the first address of the network.
    type: int
  file_interface:
    description:
      - The interface, by its IP address or by id. It cannot be changed later.
      - The array makes up the names of interfaces, so they are of no use here.
    type: str
  gateway:
    description:
      - IPv4 or IPv6 address of the gateway, in the network of the interface.
      - V("") removes it.
    type: str
seealso:
  - module: jobwise.appliance.powerstore_info
  - module: jobwise.appliance.file_interface
"""

EXAMPLES = r"""
- name: Reach the backup network through another gateway
  jobwise.appliance.file_interface_route:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    file_interface: 192.0.2.21
    destination: 198.51.100.0
    prefix_length: 24
    gateway: 192.0.2.254

- name: Reach one host directly
  jobwise.appliance.file_interface_route:
    file_interface: 192.0.2.21
    destination: 203.0.113.7
    prefix_length: 32
    gateway: 192.0.2.253
  # host, username and password can come from module_defaults or from the environment, too

- name: Use the gateway of the interface again
  jobwise.appliance.file_interface_route:
    file_interface: 192.0.2.21
    destination: 198.51.100.0
    prefix_length: 24
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The route as the array returns it after the task, or before the task in check mode.
    - Null if the route does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 7d1a0e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    destination: 198.51.100.0
    prefix_length: 24
    file_interface_id: 3c0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    file_interface: {id: 3c0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1, ip_address: 192.0.2.21, prefix_length: 24}
    gateway: 192.0.2.254
    operational_status: Ok
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create route 198.51.100.0"]
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
    path: /api/rest/file_interface_route/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.nas_servers.routes import RouteHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.nas_servers import (
    FILE_INTERFACE_ROUTE,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, FILE_INTERFACE_ROUTE, RouteHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
