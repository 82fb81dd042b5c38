#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_snmp_trap
short_description: "OneView: manage destinations of SNMP traps"
version_added: 1.0.0
description:
  - Creates, changes and deletes the destinations to which the appliance sends SNMP v1 traps.
  - The module finds a destination by its address, ignoring case, and by its port if the task gives O(trap_port).
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.oneview
  - jobwise.appliance.oneview.force
  - jobwise.appliance.wait
options:
  state:
    description: Whether the appliance must send traps to the destination.
    type: str
    choices: [present, absent]
    default: present
  destination:
    description: Name or address of the machine that receives the traps.
    type: str
    required: true
  trap_port:
    description:
      - Port that receives the traps. If given, the task manages only the destination with this address and this port.
      - The same address with another port is another destination. The module never changes the port of a destination.
      - If not given, the task manages the only destination with this address, regardless of its port. If there are
        several, the task fails and lists their ports. A new destination gets the appliance's default port.
    type: int
  community:
    description:
      - Community string, the password of SNMP v1. Required to create a destination.
      - If the appliance returns the community string, the module compares it. Otherwise, the module sets it only if
        something else changes.
    type: str
seealso:
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Send traps to the monitoring server
  jobwise.appliance.oneview_snmp_trap:
    host: oneview.example.com
    username: administrator
    password: "{{ oneview_password }}"
    destination: monitoring.example.com
    community: "{{ trap_community }}"
    trap_port: 162

- name: Stop sending traps to the old server
  jobwise.appliance.oneview_snmp_trap:
    destination: 192.0.2.7
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The destination as the appliance shows it after the task, without its community. In check mode, as it was before
      the task.
    - Null if the destination does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    uri: /rest/appliance/trap-destinations/1
    destination: monitoring.example.com
    port: 162
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["create trap destination monitoring.example.com"]
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
  sample: []
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
    method: POST
    path: /rest/appliance/trap-destinations/validation
    status: 400
    messages:
      - code: INVALID_DESTINATION
        severity: Error
        message: The destination cannot be resolved.
        arguments: []
        actions: [Specify an address.]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.appliance.snmp_traps import TrapHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.client import OneViewClient
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "destination": {"type": "str", "required": True},
    "trap_port": {"type": "int"},
    "community": {"type": "str", "no_log": True},
    "force": {"type": "bool"},
}


def make_handler(client: OneViewClient, desired: Json) -> TrapHandler:
    """Return the handler for the destination that the task names."""
    return TrapHandler(client, desired)


TASK = Task("oneview_snmp_trap", ONEVIEW, {**SPEC, **WAITING}, bring_about(make_handler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
