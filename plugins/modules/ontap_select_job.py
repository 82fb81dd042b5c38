#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: ontap_select_job
short_description: "ONTAP Select: wait for jobs"
version_added: 1.0.0
description:
  - Waits until jobs end, for tasks that ran with O(jobwise.appliance.ontap_select_deployment#module:wait=false). If a
    job failed, the task fails with Deploy's messages.
  - The task reads all jobs with one request, then follows each running job by long polling.
  - A failed job does not end the wait for the others.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.info
  - jobwise.appliance.ontap_select
options:
  ids:
    description:
      - Ids of the jobs, from RV(jobwise.appliance.ontap_select_deployment#module:jobs) of earlier tasks.
      - The list can be empty, for example if the earlier tasks ran in check mode or had nothing to do. The task then
        ends at once.
      - The task fails if Deploy does not know an id.
    type: list
    elements: str
    required: true
  wait_timeout:
    description: Seconds to wait for all jobs together, more than 0. After that, the task fails. The jobs continue.
    type: float
    default: 7200.0
seealso:
  - module: jobwise.appliance.ontap_select_info
"""

EXAMPLES = r"""
- name: Start two deployments without waiting for each
  jobwise.appliance.ontap_select_deployment:
    cluster: "{{ item }}"
    ontap_password: "{{ ontap_password }}"
    wait: false
  loop: [berlin, munich]
  register: started

- name: Wait for both of them
  jobwise.appliance.ontap_select_job:
    ids: "{{ started.results | map(attribute='jobs') | flatten | map(attribute='id') }}"
"""

RETURN = r"""
jobs:
  description:
    - The jobs in the order of O(ids), each once, in the state in which the task last saw them.
    - Empty if the task failed before it read the jobs.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job.
      type: str
    state:
      description: V(running), V(done) or V(failed).
      type: str
    phase:
      description: The state in Deploy's own words.
      type: str
    note:
      description: What the job is doing, in Deploy's words.
      returned: while the job runs
      type: str
    messages:
      description: The reasons why the job failed.
      returned: if the job failed
      type: list
      elements: dict
  sample:
    - {id: 7b5a2f4f-80d2-11ea-b7df-00505694379e, state: done, phase: success}
error:
  description:
    - The facts of a failure. Playbooks can test C(kind), which is one of V(input), V(connection), V(tls), V(login),
      V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed), V(job_lost),
      V(wait_timeout), V(bug). The guide "What all modules return" explains each kind.
    - With several failed jobs, C(job_id) is the first of them.
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
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.job_list import await_jobs, shown
from ansible_collections.jobwise.appliance.plugins.module_utils._ontap_select.options import ONTAP_SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils._result import NO_JOBS
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, wait_only

SPEC: Json = {
    "ids": {"type": "list", "elements": "str", "required": True},
    "wait_timeout": {"type": "float", "default": 7200.0},
}

TASK = Task("ontap_select_job", ONTAP_SELECT, SPEC, wait_only(await_jobs, shown), nothing=NO_JOBS)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
