#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: oneview_task
short_description: "OneView: wait for tasks"
version_added: 1.0.0
description:
  - Waits until tasks of the appliance have ended. They may have been started with
    O(jobwise.appliance.oneview_ethernet_network#module:wait=false) or by other people.
  - If one of them failed, the module fails with all errors and the recommended actions. It still waits for the other
    tasks.
  - Only a task in state C(Completed) or C(Warning) is a success. The module returns the warnings of a task as warnings.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.info
  - jobwise.appliance.oneview
options:
  ids:
    description:
      - URIs of the tasks, or last parts of URIs, from RV(jobwise.appliance.oneview_ethernet_network#module:jobs) of
        earlier tasks.
      - With an empty list, the module returns at once. Earlier tasks return no jobs in check mode, or if they change
        nothing.
      - If the appliance does not know one of the tasks, the module fails.
    type: list
    elements: str
    required: true
  wait_timeout:
    description: Seconds to wait for all tasks, more than 0. After that, the module fails and the tasks continue.
    type: float
    default: 600.0
seealso:
  - module: jobwise.appliance.oneview_info
"""

EXAMPLES = r"""
- name: Start to create many networks without waiting for each
  jobwise.appliance.oneview_ethernet_network:
    name: "vm-{{ item }}"
    vlan_id: "{{ item }}"
    wait: false
  loop: [120, 121, 122]
  register: started

- name: Wait for all networks
  jobwise.appliance.oneview_task:
    ids: "{{ started.results | map(attribute='jobs') | flatten | map(attribute='id') }}"
    wait_timeout: 300
"""

RETURN = r"""
jobs:
  description:
    - The tasks of the appliance in the order of O(ids), each once, in the state in which the module last saw them.
    - Empty if the module failed before it read any of them.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: URI of the task.
      type: str
    action:
      description: What the task does, such as V(create), V(modify) or V(delete).
      type: str
    state:
      description: V(running), V(done) or V(failed).
      type: str
    phase:
      description: The state in the appliance's own words. While the task runs, it includes the current step.
      type: str
    percent:
      description: Progress from 0 to 100.
      type: int
    resource_id:
      description: URI of the resource that the task works on or has created.
      type: str
    resource_name:
      description: Name of that resource, null if the appliance does not report it.
      type: str
    owner:
      description: User who started the task.
      type: str
    messages:
      description: The reasons why the task failed, or its warnings.
      returned: if there are any
      type: list
      elements: dict
  sample:
    - id: /rest/tasks/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
      action: create
      state: done
      phase: Completed
      percent: 100
      resource_id: /rest/ethernet-networks/0a6a4cd2-9d5b-4b73-9d22-4a0a1e72c4b1
      resource_name: vm-120
      owner: automation
error:
  description:
    - The facts of a failure. Playbooks can test C(kind), which is one of V(input), V(connection), V(tls), V(login),
      V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed), V(job_lost),
      V(wait_timeout), V(bug). The guide "What all modules return" explains each kind.
    - If several tasks failed, C(job_id) is the first of them.
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
    job_id: /rest/tasks/0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
    messages:
      - code: VLAN_IN_USE
        severity: Error
        message: The VLAN 120 is in use.
        arguments: []
        actions: [Specify a different VLAN.]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.options import ONEVIEW
from ansible_collections.jobwise.appliance.plugins.module_utils._oneview.task_list import await_tasks, shown
from ansible_collections.jobwise.appliance.plugins.module_utils._result import NO_JOBS
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, wait_only

SPEC: Json = {
    "ids": {"type": "list", "elements": "str", "required": True},
    "wait_timeout": {"type": "float", "default": 600.0},
}

TASK = Task("oneview_task", ONEVIEW, SPEC, wait_only(await_tasks, shown), nothing=NO_JOBS)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
