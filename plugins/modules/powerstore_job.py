#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: powerstore_job
short_description: "PowerStore: wait for jobs"
version_added: 1.0.0
description:
  - Waits until jobs end that earlier tasks started with O(jobwise.appliance.volume_group#module:wait=false). If a job
    failed, the task fails with the array's messages.
  - Each poll reads up to a hundred jobs with one request. If all jobs have ended already, the task polls once.
  - If a job fails, the task still waits for the others.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.info
  - jobwise.appliance.powerstore
options:
  ids:
    description:
      - Ids of the jobs, one or many, from RV(jobwise.appliance.volume_group#module:jobs) of earlier tasks.
      - With an empty list, the task waits for nothing. Earlier tasks leave an empty list in check mode, or if they had
        nothing to do.
      - An id that the array does not know is an error.
    type: list
    elements: str
    required: true
  wait_timeout:
    description:
      - Seconds to wait for all of the jobs, more than 0. After that time, the task fails, but the jobs continue.
    type: float
    default: 600.0
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Start many snapshot sets without waiting for each
  jobwise.appliance.volume_group_snapshot:
    name: "{{ item }}-before-update"
    volume_group: "{{ item }}"
    wait: false
  loop: [finance, web, mail]
  register: started

- name: Wait for all of them
  jobwise.appliance.powerstore_job:
    ids: "{{ started.results | map(attribute='jobs') | flatten | map(attribute='id') }}"
    wait_timeout: 1200
"""

RETURN = r"""
jobs:
  description: The jobs as last read, each once, in the order of O(ids). Empty if the task failed before it read them.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: Id of the job.
      type: str
    action:
      description: What the job does, as the array names it.
      type: str
    state:
      description: V(running), V(done) or V(failed).
      type: str
    phase:
      description: The array's own word for the state.
      type: str
    percent:
      description: Progress of the job.
      type: int
    resource_id:
      description: Id of the object that the job works on or has created.
      type: str
    resource_name:
      description: Name of that object, if the array returns it.
      type: str
    result:
      description: The response body of the job's request. Null if it has none.
      type: dict
    messages:
      description: Why the job failed.
      returned: if the job failed
      type: list
      elements: dict
  sample:
    - id: 0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
      action: snapshot
      state: done
      phase: Completed
      percent: 100
      resource_id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11
      resource_name: finance
      result: {id: 2e5b1c1d-5a57-4c0e-9d38-2f6f0f4b8a11, response_type: job_volume_group_snapshot_response}
error:
  description:
    - The facts of a failure. Playbooks can test C(kind), which is one of V(input), V(connection), V(tls), V(login),
      V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed), V(job_lost),
      V(wait_timeout), V(bug). The guide "What all modules return" explains each kind.
    - If several jobs failed, C(job_id) is the id of the first one.
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
    job_id: 0f6d9a34-8f6e-4dc0-9dd0-57a1f7b5d3a2
    messages: [{code: "0xE0A060010001", severity: Error, message: There is not enough space., arguments: []}]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._engine.data import Json
from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.job_list import await_jobs, shown
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._result import NO_JOBS
from ansible_collections.jobwise.appliance.plugins.module_utils._task import Task, wait_only

SPEC: Json = {
    "ids": {"type": "list", "elements": "str", "required": True},
    "wait_timeout": {"type": "float", "default": 600.0},
}

TASK = Task("powerstore_job", POWERSTORE, SPEC, wait_only(await_jobs, shown), nothing=NO_JOBS)


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
