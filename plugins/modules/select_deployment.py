#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: select_deployment
short_description: Deploy a cluster with ONTAP Select Deploy
version_added: 1.0.0
description:
  - Deploys a cluster once. A cluster that is deployed is left alone.
  - It refuses to start while the cluster or a node lacks something, as a host, a network or storage, and tells which.
  - It takes tens of minutes. The task watches Deploy's job by long poll, tells what the job says, and fails with its
    message and with what is left when it fails.
author:
  - The jobwise.appliance contributors (@jobwise)
extends_documentation_fragment:
  - jobwise.appliance.attributes
  - jobwise.appliance.attributes.manages
  - jobwise.appliance.select
  - jobwise.appliance.wait
options:
  cluster:
    description: Name of the cluster, made by M(jobwise.appliance.select_cluster) and M(jobwise.appliance.select_node).
    type: str
    required: true
  ontap_password:
    description: Password that the administrator of the ONTAP cluster is to have. Required to deploy it.
    type: str
  inhibit_rollback:
    description:
      - Whether a deployment that fails leaves its virtual machines, for a look at them. Such a cluster has to be
        removed before it can be made anew. By default, Deploy removes them and keeps the configuration.
    type: bool
    default: false
  if_missing:
    description:
      - What to do when there is no such cluster, or when it lacks something.
      - V(plan) tells what would be done once it is complete, and fails only when it comes to deploying. It is for check
        mode of a play whose earlier tasks make and configure the cluster.
    type: str
    choices: [fail, plan]
    default: fail
  wait_timeout:
    description:
      - Seconds to wait for the job, more than 0. Then the task fails, but the job goes on; the next run adopts it.
    type: float
    default: 7200.0
"""

EXAMPLES = r"""
- name: Deploy the cluster
  jobwise.appliance.select_deployment:
    host: deploy.example.com
    username: admin
    password: "{{ deploy_password }}"
    cluster: berlin
    ontap_password: "{{ ontap_password }}"
"""

RETURN = r"""
resource:
  description:
    - The cluster as Deploy shows it after the task, before the task in check mode or if it failed.
    - Null if there is none, or if the task did not wait for its job.
  returned: always
  type: dict
  sample:
    id: 9317b4d4-80d2-11ea-b7df-00505694379e
    name: berlin
    state: powered_on
    is_deployed: true
    ip: 192.0.2.10
plan:
  description: What was to be done, in words, in this order. The same in check mode.
  returned: always
  type: list
  elements: str
  sample: ["deploy cluster berlin"]
jobs:
  description: The jobs on Deploy that the task started or adopted, and the requests that were done at once.
  returned: always
  type: list
  elements: dict
  sample:
    - id: 7b5a2f4f-80d2-11ea-b7df-00505694379e
      action: deploy
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
from ansible_collections.jobwise.appliance.plugins.module_utils.select.deployments import DeploymentSubject
from ansible_collections.jobwise.appliance.plugins.module_utils.select.options import SELECT

SPEC: Json = {
    "cluster": {"type": "str", "required": True},
    "ontap_password": {"type": "str", "no_log": True},
    "inhibit_rollback": {"type": "bool", "default": False},
    "if_missing": {"type": "str", "choices": ["fail", "plan"], "default": "fail"},
    "wait": WAITING["wait"],
    "wait_timeout": {"type": "float", "default": 7200.0},
}

TASK = Task("select_deployment", SELECT, SPEC, bring_about(DeploymentSubject))


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
