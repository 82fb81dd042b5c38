#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_power
short_description: "ONTAP Select: power clusters on and off"
version_added: 1.0.0
description:
  - Powers the virtual machines of a deployed cluster on or off, and waits until Deploy shows the new state.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.ontap_select
  - jobwise.appliance.wait
options:
  cluster:
    description: Name of the cluster.
    type: str
    required: true
  state:
    description: Power state of the cluster.
    type: str
    choices: [powered_on, powered_off]
    required: true
  force:
    description: Whether to continue if a node does not respond.
    type: bool
    default: false
notes:
  - A task that finds the cluster in O(state) does not look for jobs, so it can end while the job of an earlier task
    with O(wait=false) still switches the cluster. Wait for that job with M(jobwise.appliance.ontap_select_job) first.
seealso:
  - module: jobwise.appliance.ontap_select_deployment
  - module: jobwise.appliance.ontap_select_resize
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Power the cluster off before its hosts are serviced
  jobwise.appliance.ontap_select_power:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    cluster: berlin
    state: powered_off
"""

RETURN = r"""
resource:
  description: The cluster as Deploy shows it after the task, or before the task in check mode.
  returned: always
  type: dict
  sample: {id: 9317b4d4-80d2-11ea-b7df-00505694379e, name: berlin, state: powered_off, is_deployed: true}
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["power off cluster berlin", "see cluster berlin powered off"]
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
      action: power
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
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.clusters.cluster_power import PowerHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._task import WAITING, Task, bring_about

SPEC: Json = {
    "cluster": {"type": "str", "required": True},
    "state": {"type": "str", "choices": ["powered_on", "powered_off"], "required": True},
    "force": {"type": "bool", "default": False},
}

TASK = Task("ontap_select_power", ONTAP_SELECT, {**SPEC, **WAITING}, bring_about(PowerHandler))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
