#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_resize
short_description: "ONTAP Select: make the nodes of a cluster larger"
version_added: 1.0.0
description:
  - Gives nodes of a deployed cluster a larger instance type. Nodes cannot become smaller.
  - HA partners must have the same size, so one task must resize both. Deploy restarts one node after the other.
  - To set the size of nodes that are not deployed yet, use M(jobwise.appliance.ontap_select_node).
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.ontap_select
  - jobwise.appliance.wait
options:
  cluster:
    description: Name of the cluster. It must be powered on.
    type: str
    required: true
  instance_type:
    description: New size of the nodes. V(large) is for ESXi only.
    type: str
    choices: [medium, large]
    required: true
  nodes:
    description: Places of the nodes in the cluster, from 1. All nodes by default. The list must not be empty.
    type: list
    elements: int
  ontap_password:
    description: Password of the administrator of the ONTAP cluster. Required if a node needs another size.
    type: str
  wait_timeout:
    description:
      - Seconds to wait for the job, more than 0. After that, the task fails. The job continues; the next run adopts it.
    type: float
    default: 7200.0
seealso:
  - module: jobwise.appliance.ontap_select_deployment
  - module: jobwise.appliance.ontap_select_power
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Make the first pair larger
  jobwise.appliance.ontap_select_resize:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    cluster: berlin
    nodes: [1, 2]
    instance_type: medium
    ontap_password: "{{ ontap_password }}"
"""

RETURN = r"""
resource:
  description: The cluster as Deploy shows it after the task, or before the task in check mode.
  returned: always
  type: dict
  sample:
    id: 9317b4d4-80d2-11ea-b7df-00505694379e
    name: berlin
    state: powered_on
    is_deployed: true
    nodes:
      - {id: 931d5f10-80d2-11ea-b7df-00505694379e, name: berlin-01, instance_type: medium}
      - {id: 93213b30-80d2-11ea-b7df-00505694379e, name: berlin-02, instance_type: medium}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["make berlin-01, berlin-02 of cluster berlin medium"]
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
      action: resize
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
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.cluster_power import (
    ResizeHandler,
)
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "cluster": {"type": "str", "required": True},
    "instance_type": {"type": "str", "choices": ["medium", "large"], "required": True},
    "nodes": {"type": "list", "elements": "int"},
    "ontap_password": {"type": "str", "no_log": True},
    "wait": WAITING["wait"],
    "wait_timeout": {"type": "float", "default": 7200.0},
}

TASK = Task("ontap_select_resize", ONTAP_SELECT, SPEC, bring_about(ResizeHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
