#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: select_power
short_description: Switch clusters of ONTAP Select Deploy on and off
version_added: 1.0.0
description:
  - Powers the virtual machines of a deployed cluster on or off, and waits until Deploy shows it so.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.select
  - jobwise.appliance.wait
options:
  cluster:
    description: Name of the cluster.
    type: str
    required: true
  state:
    description: Whether the cluster is on.
    type: str
    choices: [powered_on, powered_off]
    required: true
  force:
    description: Whether to go on where a node does not answer.
    type: bool
    default: false
notes:
  - A task that finds the cluster in O(state) does not look for jobs, so it is over while a job of an earlier task with
    O(wait=false) may still switch the cluster. Wait for that job with M(jobwise.appliance.select_job) first.
"""

EXAMPLES = r"""
- name: Power the cluster off before its hosts are serviced
  jobwise.appliance.select_power:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    cluster: berlin
    state: powered_off
"""

RETURN = r"""
resource:
  description: The cluster as Deploy shows it after the task, before the task in check mode.
  returned: always
  type: dict
  sample: {id: 9317b4d4-80d2-11ea-b7df-00505694379e, name: berlin, state: powered_off, is_deployed: true}
plan:
  description: What was to be done, in words, in this order. The same in check mode.
  returned: always
  type: list
  elements: str
  sample: ["power off cluster berlin", "see cluster berlin powered off"]
jobs:
  description: The jobs on Deploy that the task started or adopted, and the requests that were done at once.
  returned: always
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
    - The facts of a failure. C(kind) is one word for playbooks to test. It is one of V(input), V(connection), V(tls),
      V(login), V(reply), V(refused), V(unsupported), V(outdated), V(session), V(busy), V(reply_lost), V(job_failed),
      V(job_lost), V(wait_timeout), V(bug). The guide "What all modules return" says what each means.
  returned: failure
  type: dict
  sample:
    kind: job_failed
    job_id: 7b5a2f4f-80d2-11ea-b7df-00505694379e
    messages: [{code: null, severity: null, message: The host does not answer., arguments: []}]
"""

from ansible_collections.jobwise.appliance.plugins.module_utils.engine.resource import Json
from ansible_collections.jobwise.appliance.plugins.module_utils.run import WAITING, Task, bring_about, run_module
from ansible_collections.jobwise.appliance.plugins.module_utils.select.options import SELECT
from ansible_collections.jobwise.appliance.plugins.module_utils.select.running import PowerSubject

SPEC: Json = {
    "cluster": {"type": "str", "required": True},
    "state": {"type": "str", "choices": ["powered_on", "powered_off"], "required": True},
    "force": {"type": "bool", "default": False},
}

TASK = Task("select_power", SELECT, {**SPEC, **WAITING}, bring_about(PowerSubject))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
