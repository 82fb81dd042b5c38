#!/usr/bin/python
# Copyright: (c) 2026, The jobwise.appliance contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: qos_policy
short_description: "PowerStore: manage QoS policies"
version_added: 1.0.0
description:
  - Brings a QoS policy to the declared state. It contains one I/O limit rule.
  - The rule limits every volume and volume group that the policy is assigned to.
  - The array neither changes nor deletes a policy that is predefined, read-only, or a replica of another system's. It
    does not delete a policy that is assigned to a resource. The task checks this before it writes, in check mode, too.
  - PowerStoreOS 4.0 and later has such policies.
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
      - With V(present), the policy exists and has the given attributes. Options that are not given leave theirs
        unchanged.
      - With V(absent), the policy does not exist. Its rule stays.
    type: str
    choices: [present, absent]
    default: present
  name:
    description:
      - Name of the policy, up to 128 characters. All types of policies share one set of names.
      - Either O(name) or O(id) is required.
    type: str
  id:
    description: Id of an existing policy.
    type: str
  new_name:
    description:
      - New name of the policy. A policy that already has this name stays unchanged, so a second run does not fail.
      - If no policy has either name, the task creates one with this name.
    type: str
  description:
    description: Description of the policy. V("") clears it.
    type: str
  io_limit_rule:
    description:
      - The policy's rule, by name or id. Required to create a policy. PowerStoreOS 4.0 and later has such rules.
      - The array does not swap the rule of a policy that is assigned to a resource. To change the limits of such a
        policy, change the rule itself with M(jobwise.appliance.io_limit_rule).
    type: str
seealso:
  - module: jobwise.appliance.powerstore_info
"""

EXAMPLES = r"""
- name: Make a policy for slow volumes
  jobwise.appliance.qos_policy:
    host: powerstore.example.com
    username: "{{ array_user }}"
    password: "{{ array_password }}"
    name: bronze
    io_limit_rule: bronze-limit

- name: Describe it
  jobwise.appliance.qos_policy:
    name: bronze
    description: For test systems
  # host, username and password come from module_defaults or from the environment

- name: Delete the policy
  jobwise.appliance.qos_policy:
    name: bronze
    state: absent
"""

RETURN = r"""
resource:
  description:
    - The QoS policy as the array returns it after the task, or before the task in check mode.
    - Null if the QoS policy does not exist, or if the task did not wait for its last job.
  returned: always
  type: dict
  sample:
    id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    name: bronze
    description: For test systems
    type: QoS
    io_limit_rule:
      id: 7c0e5f8a-3b5f-4c43-8a48-5d7a5a2f4f10
      name: bronze-limit
    managed_by: User
    is_read_only: false
    is_replica: false
plan:
  description:
    - One sentence for each step that the task takes, in order. Check mode returns the same steps.
  returned: always
  type: list
  elements: str
  sample: ["change description of QoS policy bronze"]
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
      resource_id: 4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
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
    method: DELETE
    path: /api/rest/policy/4a0a1e72-9d5b-4b73-9d22-0a6a4cd2c4b1
    status: 422
    messages:
      - code: "0xE0202001000D"
        severity: Error
        message: The policy is assigned to a resource.
        arguments: []
"""

from ansible_collections.jobwise.appliance.plugins.module_utils._module import run_module
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.options import POWERSTORE
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.protection.policies import QosPolicyHandler
from ansible_collections.jobwise.appliance.plugins.module_utils._powerstore.resources.protection import QOS_POLICY
from ansible_collections.jobwise.appliance.plugins.module_utils._task import resource_task

TASK = resource_task(POWERSTORE, QOS_POLICY, QosPolicyHandler, name="qos_policy")


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
