#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: eth_port
short_description: "PowerStore: set the speed of Ethernet ports"
version_added: 1.0.0
description:
  - Sets the speed of an Ethernet port that hosts or switches are connected to. Nobody creates or deletes ports.
  - The port on the other node with the same place, its partner, gets the same speed if it supports it.
    Name one of the two in a playbook, or give both the same speed.
  - The comparison is with the speed that was requested last. C(current_speed) in the result follows when the link is
    up.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.powerstore
  - jobwise.appliance.wait
options:
  id:
    description: Id of an existing Ethernet port.
    type: str
  name:
    description:
      - Name of the Ethernet port.
      - Either O(name) or O(id) is required.
    type: str
  requested_speed:
    description:
      - With V(Auto), the port negotiates the speed. Any other value must be one of C(supported_speeds) of the port,
        which the result shows.
      - V(100_Gbps) needs PowerStoreOS 3.0 or later.
    type: str
    choices: [Auto, 10_Mbps, 100_Mbps, 1_Gbps, 10_Gbps, 25_Gbps, 40_Gbps, 100_Gbps]
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Fix the speed of a port whose switch does not negotiate
  jobwise.appliance.eth_port:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: BaseEnclosure-NodeA-FEPort1
    requested_speed: 10_Gbps

- name: Let both nodes negotiate again
  jobwise.appliance.eth_port:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: BaseEnclosure-NodeA-FEPort1
    requested_speed: Auto
"""

RETURN = r"""
resource:
  description:
    - The Ethernet port as the array returns it after the task, or before the task in check mode.
    - Null if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: FEPort-A1
    name: BaseEnclosure-NodeA-FEPort1
    requested_speed: 10_Gbps
    current_speed: 10_Gbps
    supported_speeds: [10_Gbps, 25_Gbps]
    is_link_up: true
    port_connector_type: null
    stale_state: Not_Stale
    mac_address: '020000000001'
    current_mtu: 1500
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change requested_speed of Ethernet port BaseEnclosure-NodeA-FEPort1"]
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
      resource_id: "FEPort-A1"
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
    path: /api/rest/eth_port/FEPort-A1
    status: 400
    messages:
      - {code: "0xE04040010005", severity: Error, message: Invalid REST request., arguments: []}
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.network.ports import PortHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.network import ETH_PORT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, ETH_PORT, PortHandler)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
